package main

import (
	"fmt"
	"io"
	"math"

	"github.com/communitypayback/payback/benchmarks/chart"
)

// sheet is where the plot is drawn.
var sheet = chart.Frame{Wide: 720, High: 440, Left: 60, Right: 20, Top: 36, Bottom: 48, Font: 11}

// Lines of the plot are so far apart.
const stepWait, stepOnTime = 5, 10

// plot draws orders completed on time against the longest wait as SVG: the better, the further up and to the left.
func plot(w io.Writer, title string, all []point) {
	low, high, far := math.Inf(1), math.Inf(-1), 0.0
	for i := range all {
		low, high, far = min(low, all[i].onTime), max(high, all[i].onTime), max(far, all[i].wait)
	}
	low, high = math.Floor(low/stepOnTime)*stepOnTime, math.Ceil(high/stepOnTime)*stepOnTime
	far = (math.Floor(far/stepWait) + 1) * stepWait
	wide, tall := sheet.Field()
	x := func(wait float64) float64 { return float64(sheet.Left) + wide*wait/far }
	y := func(onTime float64) float64 { return float64(sheet.Top) + tall*(high-onTime)/max(1, high-low) }
	sheet.Begin(w, title, title)
	for wait := 0.0; wait <= far; wait += stepWait {
		sheet.Down(w, x(wait), fmt.Sprintf("%.0f", wait))
	}
	for n := low; n <= high; n += stepOnTime {
		sheet.Across(w, y(n), fmt.Sprintf("%.0f", n))
	}
	sheet.Border(w, "longest wait, weeks; orders completed on time upward")
	for i := range all {
		p := &all[i]
		anchor, off := "start", 8.0
		if x(p.wait) > float64(sheet.Wide)*2/3 {
			anchor, off = "end", -8
		}
		if p.own {
			fmt.Fprintf(w, `<circle cx="%.1f" cy="%.1f" r="4.5" fill="#0b5fa5"/>`, x(p.wait), y(p.onTime))
		} else {
			fmt.Fprintf(w, `<path d="M%.1f %.1f l5 9 h-10 z" fill="#b3420d"/>`, x(p.wait), y(p.onTime)-5)
		}
		fmt.Fprintf(w, `<text x="%.1f" y="%.1f" text-anchor="%s">%s</text>`+"\n", x(p.wait)+off, y(p.onTime)+4, anchor, p.name)
	}
	sheet.End(w)
}
