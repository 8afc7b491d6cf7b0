package main

import "strings"

// colour reports whether results may be coloured: only on a terminal, and only if nobody asked for none.
func (m *Main) colour() bool {
	return !m.cli.NoColor && m.Env("NO_COLOR") == "" && m.Env("TERM") != "dumb" && terminal(m.Stdout)
}

// paintSigns colours the lines of a diff by their sign, which also tells them apart without colour.
func paintSigns(text string) string {
	const reset = "\x1b[0m"
	colours := map[byte]string{'+': "\x1b[32m", '-': "\x1b[31m", '~': "\x1b[33m", '!': "\x1b[35m"}
	lines := strings.SplitAfter(text, "\n")
	for i, l := range lines {
		if l != "" && colours[l[0]] != "" {
			lines[i] = colours[l[0]] + strings.TrimSuffix(l, "\n") + reset + "\n"
		}
	}
	return strings.Join(lines, "")
}
