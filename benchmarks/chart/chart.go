// Package chart draws the frame of the plots that benchmarks make, as SVG: a white sheet with a title, a field with lines across and
// down at round values, and what they are called.
package chart

import (
	"fmt"
	"io"
	"math"
)

// Frame is a sheet with a field for points and curves on it. Sizes are in the units of the drawing, which are pixels at its own size.
type Frame struct {
	Wide, High               int // of the sheet
	Left, Right, Top, Bottom int // margins around the field
	Font                     int
}

// Field gives the width and the height of the field.
func (f Frame) Field() (wide, high float64) {
	return float64(f.Wide - f.Left - f.Right), float64(f.High - f.Top - f.Bottom)
}

// Begin begins the drawing. The title is for whoever cannot see it, and the heading stands above the field.
func (f Frame) Begin(w io.Writer, title, heading string) {
	fmt.Fprintf(w, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" font-family="sans-serif" font-size="%d" role="img">
<title>%s</title>
<rect width="100%%" height="100%%" fill="#ffffff"/>
<text x="%d" y="20" font-size="14">%s</text>
`, f.Wide, f.High, f.Wide, f.High, f.Font, title, f.Left, heading)
}

// Down draws a line from the top of the field to its bottom, with its value beneath.
func (f Frame) Down(w io.Writer, x float64, value string) {
	_, high := f.Field()
	fmt.Fprintf(w, `<path stroke="#dddddd" d="M%.1f %d v%.0f"/><text x="%.1f" y="%d" text-anchor="middle">%s</text>`+"\n", x, f.Top, high, x, f.High-f.Bottom+f.Font+5, value)
}

// Across draws a line from the left of the field to its right, with its value before it.
func (f Frame) Across(w io.Writer, y float64, value string) {
	wide, _ := f.Field()
	fmt.Fprintf(w, `<path stroke="#dddddd" d="M%d %.1f h%.0f"/><text x="%d" y="%.1f" text-anchor="end">%s</text>`+"\n", f.Left, y, wide, f.Left-6, y+4, value)
}

// Border draws the border of the field, and says beneath what is drawn; empty: nothing.
func (f Frame) Border(w io.Writer, what string) {
	wide, high := f.Field()
	fmt.Fprintf(w, `<rect x="%d" y="%d" width="%.0f" height="%.0f" fill="none" stroke="#888888"/>`+"\n", f.Left, f.Top, wide, high)
	if what != "" {
		fmt.Fprintf(w, `<text x="%d" y="%d">%s</text>`+"\n", f.Left, f.High-12, what)
	}
}

// End ends the drawing.
func (f Frame) End(w io.Writer) { fmt.Fprint(w, "</svg>\n") }

// Step gives a round number, 1, 2 or 5 times a power of ten, of which at most so many fit into a span that is above 0.
func Step(span float64, most int) float64 {
	least := span / float64(most)
	for step := math.Pow(10, math.Floor(math.Log10(least))); ; step *= 10 {
		for _, by := range []float64{1, 2, 5} {
			if step*by >= least {
				return step * by
			}
		}
	}
}
