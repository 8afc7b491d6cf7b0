package main

import (
	"fmt"
	"io"
	"math"
)

// The plot's size, and the margins around its field.
const (
	plotWide, plotHigh      = 720, 440
	marginLeft, marginRight = 60, 20
	marginTop, marginBottom = 36, 48
	fieldWide, fieldHigh    = plotWide - marginLeft - marginRight, plotHigh - marginTop - marginBottom
	stepWait, stepOnTime    = 5, 10
)

// plot draws orders completed on time against the longest wait as SVG: the better, the further up and to the left.
func plot(w io.Writer, title string, all []point) {
	low, high, far := math.Inf(1), math.Inf(-1), 0.0
	for i := range all {
		low, high, far = min(low, all[i].onTime), max(high, all[i].onTime), max(far, all[i].wait)
	}
	low, high = math.Floor(low/stepOnTime)*stepOnTime, math.Ceil(high/stepOnTime)*stepOnTime
	far = (math.Floor(far/stepWait) + 1) * stepWait
	x := func(wait float64) float64 { return marginLeft + fieldWide*wait/far }
	y := func(onTime float64) float64 { return marginTop + fieldHigh*(high-onTime)/max(1, high-low) }
	fmt.Fprintf(w, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" font-family="sans-serif" font-size="11" role="img">
<title>%s</title>
<rect width="100%%" height="100%%" fill="#ffffff"/>
<text x="%d" y="20" font-size="14">%s</text>
`, plotWide, plotHigh, plotWide, plotHigh, title, marginLeft, title)
	for wait := 0.0; wait <= far; wait += stepWait {
		fmt.Fprintf(w, `<path stroke="#dddddd" d="M%.1f %d v%d"/><text x="%.1f" y="%d" text-anchor="middle">%.0f</text>`+"\n", x(wait), marginTop, fieldHigh, x(wait), plotHigh-marginBottom+16, wait)
	}
	for n := low; n <= high; n += stepOnTime {
		fmt.Fprintf(w, `<path stroke="#dddddd" d="M%d %.1f h%d"/><text x="%d" y="%.1f" text-anchor="end">%.0f</text>`+"\n", marginLeft, y(n), fieldWide, marginLeft-6, y(n)+4, n)
	}
	fmt.Fprintf(w, `<rect x="%d" y="%d" width="%d" height="%d" fill="none" stroke="#888888"/>
<text x="%d" y="%d">longest wait, weeks; orders completed on time upward</text>
`, marginLeft, marginTop, fieldWide, fieldHigh, marginLeft, plotHigh-12)
	for i := range all {
		p := &all[i]
		anchor, off := "start", 8.0
		if x(p.wait) > plotWide*2/3 {
			anchor, off = "end", -8
		}
		if p.own {
			fmt.Fprintf(w, `<circle cx="%.1f" cy="%.1f" r="4.5" fill="#0b5fa5"/>`, x(p.wait), y(p.onTime))
		} else {
			fmt.Fprintf(w, `<path d="M%.1f %.1f l5 9 h-10 z" fill="#b3420d"/>`, x(p.wait), y(p.onTime)-5)
		}
		fmt.Fprintf(w, `<text x="%.1f" y="%.1f" text-anchor="%s">%s</text>`+"\n", x(p.wait)+off, y(p.onTime)+4, anchor, p.name)
	}
	fmt.Fprint(w, "</svg>\n")
}
