package main

import (
	"fmt"
	"io"
	"math"
	"time"
)

// The plot's size, and the margins around its field.
const (
	plotWide, plotHigh      = 720, 400
	marginLeft, marginRight = 64, 110
	marginTop, marginBottom = 34, 44
	earliest                = 0.1 // seconds at the left end
	fieldWide, fieldHigh    = plotWide - marginLeft - marginRight, plotHigh - marginTop - marginBottom
	leastSpan               = 0.5 // per cent that the field shows at least
	lowestShown             = 60  // per cent of the best below which nothing is drawn
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
	x := func(s float64) float64 {
		return marginLeft + fieldWide*math.Log(min(max(s, earliest), latest)/earliest)/math.Log(latest/earliest)
	}
	y := func(percent float64) float64 { return marginTop + fieldHigh*(100-max(percent, low))/(100-low) }
	fmt.Fprintf(w, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" font-family="sans-serif" font-size="12" role="img">
<title>%d people, %s, seed %d: value of the best legal roster against time</title>
<rect width="100%%" height="100%%" fill="#ffffff"/>
<text x="%d" y="20" font-size="14">%d people, %s, seed %d: best legal roster, per cent of the best of all</text>
`, plotWide, plotHigh, plotWide, plotHigh, o.People, o.Profile, o.Seed, marginLeft, o.People, o.Profile, o.Seed)
	o.axes(w, x, y, low, latest, limits)
	for i, c := range all {
		style := colours[c.peer]
		fmt.Fprintf(w, `<path fill="none" stroke="%s" stroke-width="2" stroke-dasharray="%s" d="M%.1f %.1f`, style[0], style[1], x(c.points[0][0]), y(c.points[0][1]))
		for _, p := range c.points[1:] {
			fmt.Fprintf(w, " H%.1f V%.1f", x(p[0]), y(p[1]))
		}
		fmt.Fprintf(w, " H%.1f\"/>\n", x(c.until))
		at := float64(marginTop + 14 + 20*i)
		fmt.Fprintf(w, `<path stroke="%s" stroke-width="2" stroke-dasharray="%s" d="M%d %.1f h26"/><text x="%d" y="%.1f">%s</text>`+"\n",
			style[0], style[1], plotWide-marginRight+8, at, plotWide-marginRight+40, at+4, c.peer)
	}
	fmt.Fprint(w, "</svg>\n")
}

// axes draws the field, a line every so many per cent, and the times.
func (o *outcome) axes(w io.Writer, x, y func(float64) float64, low, latest float64, limits []time.Duration) {
	step := 0.5
	for (100-low)/step > 8 {
		step *= 2
	}
	for p := 100.0; p >= low; p -= step {
		fmt.Fprintf(w, `<path stroke="#dddddd" d="M%d %.1f h%d"/><text x="%d" y="%.1f" text-anchor="end">%g</text>`+"\n", marginLeft, y(p), fieldWide, marginLeft-6, y(p)+4, p)
	}
	times := []float64{earliest, 1}
	for _, l := range limits {
		if s := l.Seconds(); s <= latest {
			times = append(times, s)
		}
	}
	for _, s := range times {
		fmt.Fprintf(w, `<path stroke="#dddddd" d="M%.1f %d v%d"/><text x="%.1f" y="%d" text-anchor="middle">%g s</text>`+"\n", x(s), marginTop, fieldHigh, x(s), plotHigh-marginBottom+18, s)
	}
	fmt.Fprintf(w, `<rect x="%d" y="%d" width="%d" height="%d" fill="none" stroke="#888888"/>`+"\n", marginLeft, marginTop, fieldWide, fieldHigh)
}
