package exchange

import (
	"io"
	"strings"
	"unicode/utf8"
)

// text writes indented lines wrapped at a width and remembers the first error.
type text struct {
	w     io.Writer
	width int
	err   error
}

func (t *text) line(indent int, s string) {
	pad := strings.Repeat(" ", indent)
	var b strings.Builder
	used := 0
	for i, word := range strings.Fields(s) {
		n := utf8.RuneCountInString(word)
		switch {
		case i == 0:
			b.WriteString(pad)
			used = indent
		case t.width > 0 && used+1+n > t.width:
			b.WriteString("\n" + pad + "  ")
			used = indent + 2
		default:
			b.WriteByte(' ')
			used++
		}
		b.WriteString(word)
		used += n
	}
	b.WriteByte('\n')
	if t.err == nil {
		_, t.err = io.WriteString(t.w, b.String())
	}
}
