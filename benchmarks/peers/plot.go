package main

import (
	"fmt"
	"io"
	"math"
	"time"

	"github.com/communitypayback/payback/benchmarks/chart"
)

// sheet is where the plot is drawn, with room for the names of solvers on the right.
var sheet = chart.Frame{Wide: 720, High: 400, Left: 64, Right: 110, Top: 34, Bottom: 44, Font: 12}

const (
	earliest    = 0.1 // seconds at the left end
	leastSpan   = 0.5 // per cent that the field shows at least
	lowestShown = 60  // per cent of the best below which nothing is drawn
)

// colours tell solvers apart also for people who see few colours; dashes help in grey.
var colours = map[string][2]string{ // looked up only
	ours: {"#0b5fa5", ""}, "cpsat": {"#b3420d", "7 3"}, "highs": {"#3a7d2c", "2 3"}, "timefold": {"#7a3d96", "9 3 2 3"},
}

// curve is a solver's best legal roster over time, in per cent of the best of all.
type curve struct {
	peer   string
	points [][2]float64 // seconds, per cent; each holds until the next
	until  float64
}

// curves gives the curve of each solver's longest run, and the least per cent on them that is shown.
func (o *outcome) curves() (all []curve, low float64) {
	top := int64(math.MinInt64)
	for _, r := range o.runs {
		if x, ok := r.best(r.Limit, exactly); ok {
			top = max(top, x.value)
		}
	}
	low = 100 - leastSpan
	for _, peer := range peerNames {
		r := o.longest(peer)
		if r == nil || top <= 0 {
			continue
		}
		c := curve{peer: peer, until: r.Limit}
		best := math.Inf(-1)
		for i := range r.Answers {
			value, _, legal := exactly(r, &r.Answers[i])
			if percent := 100 * float64(value) / float64(top); legal && percent > best {
				best = percent
				c.points = append(c.points, [2]float64{max(r.Answers[i].At, earliest), percent})
			}
		}
		if len(c.points) > 0 {
			low = min(low, max(lowestShown, c.points[0][1]))
			all = append(all, c)
		}
	}
	return all, math.Floor(low)
}

// plot draws value against time as SVG.
func (o *outcome) plot(w io.Writer, limits []time.Duration) {
	all, low := o.curves()
	latest := 1.0
	for _, c := range all {
		latest = max(latest, c.until)
	}
	wide, high := sheet.Field()
	x := func(s float64) float64 {
		return float64(sheet.Left) + wide*math.Log(min(max(s, earliest), latest)/earliest)/math.Log(latest/earliest)
	}
	y := func(percent float64) float64 { return float64(sheet.Top) + high*(100-max(percent, low))/(100-low) }
	sheet.Begin(w, fmt.Sprintf("%d people, %s, seed %d: value of the best legal roster against time", o.People, o.Profile, o.Seed),
		fmt.Sprintf("%d people, %s, seed %d: best legal roster, per cent of the best of all", o.People, o.Profile, o.Seed))
	o.axes(w, x, y, low, latest, limits)
	for i, c := range all {
		style := colours[c.peer]
		fmt.Fprintf(w, `<path fill="none" stroke="%s" stroke-width="2" stroke-dasharray="%s" d="M%.1f %.1f`, style[0], style[1], x(c.points[0][0]), y(c.points[0][1]))
		for _, p := range c.points[1:] {
			fmt.Fprintf(w, " H%.1f V%.1f", x(p[0]), y(p[1]))
		}
		fmt.Fprintf(w, " H%.1f\"/>\n", x(c.until))
		at := float64(sheet.Top + 14 + 20*i)
		fmt.Fprintf(w, `<path stroke="%s" stroke-width="2" stroke-dasharray="%s" d="M%d %.1f h26"/><text x="%d" y="%.1f">%s</text>`+"\n",
			style[0], style[1], sheet.Wide-sheet.Right+8, at, sheet.Wide-sheet.Right+40, at+4, c.peer)
	}
	sheet.End(w)
}

// axes draws the field, a line every so many per cent, and the times.
func (o *outcome) axes(w io.Writer, x, y func(float64) float64, low, latest float64, limits []time.Duration) {
	step := 0.5
	for (100-low)/step > 8 {
		step *= 2
	}
	for p := 100.0; p >= low; p -= step {
		sheet.Across(w, y(p), fmt.Sprintf("%g", p))
	}
	times := []float64{earliest, 1}
	for _, l := range limits {
		if s := l.Seconds(); s <= latest {
			times = append(times, s)
		}
	}
	for _, s := range times {
		sheet.Down(w, x(s), fmt.Sprintf("%g s", s))
	}
	sheet.Border(w, "")
}
