package main

import (
	"fmt"
	"io"

	"github.com/communitypayback/payback/benchmarks/chart"
)

// sheet is where the plot is drawn, with room for the numbers of processes on the right.
var sheet = chart.Frame{Wide: 720, High: 400, Left: 64, Right: 120, Top: 34, Bottom: 48, Font: 12}

// dashes and colours tell numbers of processes apart.
var strokes = [][2]string{{"#0b5fa5", ""}, {"#b3420d", "7 3"}, {"#3a7d2c", "2 3"}, {"#7a3d96", "9 3 2 3"}}

// drawGrowth draws the time of nights of fixed work against the number of regions, a line for each number of processes.
func drawGrowth(w io.Writer, all []*measured) {
	regions, longest := 1, 1.0
	for _, m := range all {
		regions, longest = max(regions, m.Regions), max(longest, m.Wall)
	}
	wide, high := sheet.Field()
	x := func(n int) float64 { return float64(sheet.Left) + wide*float64(n)/float64(regions) }
	y := func(s float64) float64 { return float64(sheet.Top) + high*(1-s/longest) }
	const title = "Seconds that a night of fixed work takes, against regions"
	sheet.Begin(w, title, title)
	const most = 8 // lines
	for s, step := 0.0, chart.Step(longest, most); s <= longest; s += step {
		sheet.Across(w, y(s), fmt.Sprintf("%g", s))
	}
	for n, step := 0, max(1, int(chart.Step(float64(regions), regions))); n <= regions; n += step {
		sheet.Down(w, x(n), fmt.Sprint(n))
	}
	sheet.Border(w, "regions; seconds upward")
	line, last := -1, 0
	for i, m := range all {
		if m.Processes != last {
			if line++; line > 0 {
				fmt.Fprint(w, "\"/>\n")
			}
			last = m.Processes
			s := strokes[line%len(strokes)]
			at := sheet.Top + 14 + 20*line
			fmt.Fprintf(w, `<path stroke="%s" stroke-width="2" stroke-dasharray="%s" d="M%d %d h26"/><text x="%d" y="%d">%d processes</text>`+"\n",
				s[0], s[1], sheet.Wide-sheet.Right+8, at, sheet.Wide-sheet.Right+40, at+4, m.Processes)
			fmt.Fprintf(w, `<path fill="none" stroke="%s" stroke-width="2" stroke-dasharray="%s" d="M`, s[0], s[1])
		} else if i > 0 {
			fmt.Fprint(w, " L")
		}
		fmt.Fprintf(w, "%.1f %.1f", x(m.Regions), y(m.Wall))
	}
	if line >= 0 {
		fmt.Fprint(w, "\"/>\n")
	}
	sheet.End(w)
}
