package exchange

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// WriteFormats writes docs/formats.md: every kind of file and column, in Markdown, from the tables that read them.
func WriteFormats(w io.Writer) error {
	var b strings.Builder
	b.WriteString(formatsHead)
	for _, f := range forms() {
		fmt.Fprintf(&b, "\n## %s.csv\n\n%s", f.kind, f.help)
		if f.needed {
			b.WriteString(" Nothing can be planned without this file.")
		}
		b.WriteString("\n\n| column | needed | what it holds | example | read as this too |\n|---|---|---|---|---|\n")
		for _, c := range f.columns {
			name := c.name
			if c.secret {
				name += " †"
			}
			aliases := slices.Clone(c.aliases)
			slices.Sort(aliases)
			fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", name, c.need(), c.help, code1(c.example), strings.Join(aliases, ", "))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func code1(s string) string {
	if s == "" {
		return ""
	}
	return "`" + s + "`"
}

const formatsHead = `# Files in and out

A region is a folder with one CSV file a kind, named as below, or one workbook (.xlsx) with one sheet a kind. This page is
made from the tables that read the files; ` + "`go test ./api/exchange -run Formats -update`" + ` writes it anew.

- **Form.** UTF-8 with a header row. Also read: UTF-16 with a byte order mark, Windows-1252 (with a notice), any line end, cells
  parted by comma, semicolon or tab, blank rows, columns in any order. Headers may be written in capitals, with blanks or with
  hyphens. Columns that are not listed are not used, and a notice says so.
- **Dates** ` + "`2026-04-03` or `3/4/2026`" + ` (day first), in a workbook also date cells. **Times** ` + "`09:00`, `9:00` or `24:00`" + `, local wall clock,
  in a workbook also time cells. An end before its start is on the next day. **Yes or no**: ` + "`yes`, `no`, `true`, `false`, `y`, `n`, `1`, `0`" + `.
  **Lists** are parted by semicolons. **Days** are ` + "`mon` to `sun`" + `, or the full names. Durations are whole minutes.
- **Limits.** 64 MiB and 250,000 rows a file (1,000,000 journeys, 5,000,000 postcodes, of any size on disk), 1,000 characters a cell.
- **Problems.** A row that cannot be understood is left out and told of, with what was found, what was expected and what to do; it never
  harms another row, but rows that refer to it are left out too. A kind declared complete is taken whole or not at all. Two different
  rows for one thing count as neither. Rows of one person must agree in all that is about the person, or the person is left out.
- **Secrets.** What stands in a column marked † is never repeated in a message.
- **Formulas.** A text that begins with ` + "`=`, `+`, `-`, `@`" + `, a tab or a line end is written with a leading quotation mark, so that no
  spreadsheet works it out, and read back without it.
`
