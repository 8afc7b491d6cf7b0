package exchange

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Report says what became of every file that was read.
type Report struct {
	Files    []FileSummary // in the order of the kinds
	Problems []Problem     // by file, then row
	Notices  []Notice      // by file, as met
}

// FileSummary counts the rows of one file. Rows leaves out the header and blank rows; Ready is how many are in the facts.
type FileSummary struct {
	Kind  string
	Name  string
	Rows  int
	Ready int
}

// Problem is a reason why a row, or with Row 0 a whole file, was not taken.
type Problem struct {
	File         string // people.csv, or week.xlsx "people"
	Kind         string
	Column       string // empty: the row as a whole
	Row          int    // the header is row 1; 0: the whole file
	ColumnLetter string // as a spreadsheet shows it; empty if the column is not in the file
	What         string // "date not understood"
	Found        string // "hidden" for columns about a person's identity, place or health; may be empty
	Expected     string
	Next         string // what to do; may be empty
}

// Notice is something worth knowing that stops nothing.
type Notice struct {
	File string
	Kind string
	Text string
}

// Problem columns of the CSV, in order.
var problemHeader = []string{"file", "row", "column", "column_letter", "problem", "found", "expected", "next_step"}

// WriteProblems writes every problem as CSV, so that the rows can be put right one by one.
func WriteProblems(w io.Writer, r *Report) error {
	out := csv.NewWriter(w)
	rows := [][]string{problemHeader}
	for _, p := range r.Problems {
		row := ""
		if p.Row > 0 {
			row = strconv.Itoa(p.Row)
		}
		rows = append(rows, []string{guard(p.File), row, p.Column, p.ColumnLetter, p.What, guard(p.Found), guard(p.Expected), guard(p.Next)})
	}
	if err := out.WriteAll(rows); err != nil {
		return fmt.Errorf("write problems: %w", err)
	}
	return nil
}

// Write writes the report for a person to read: per file how many rows have problems, the problems in groups with an
// example each, then the notices. Lines are wrapped at width characters; 0 does not wrap.
func (r *Report) Write(w io.Writer, width int) error {
	t := &text{w: w, width: width}
	for i, file := range r.problemFiles() {
		if i > 0 {
			t.line(0, "")
		}
		r.writeFile(t, file)
	}
	if len(r.Notices) > 0 {
		if len(r.Problems) > 0 {
			t.line(0, "")
		}
		t.line(0, "Worth knowing:")
		for _, n := range r.Notices {
			t.line(2, n.File+": "+n.Text)
		}
	}
	return t.err
}

func (r *Report) problemFiles() []string {
	var files []string
	for _, p := range r.Problems {
		if !slices.Contains(files, p.File) {
			files = append(files, p.File)
		}
	}
	return files
}

// problemGroup is the problems of one file that have the same column and kind of fault.
type problemGroup struct {
	column, what string
	problems     []Problem
}

func (r *Report) writeFile(t *text, file string) {
	var groups []problemGroup
	index := map[[2]string]int{}
	bad := map[int]bool{}
	for _, p := range r.Problems {
		if p.File != file {
			continue
		}
		if p.Row > 0 {
			bad[p.Row] = true
		}
		k := [2]string{p.Column, p.What}
		i, ok := index[k]
		if !ok {
			i = len(groups)
			index[k] = i
			groups = append(groups, problemGroup{column: p.Column, what: p.What})
		}
		groups[i].problems = append(groups[i].problems, p)
	}
	slices.SortStableFunc(groups, func(a, b problemGroup) int { return cmp.Compare(len(b.problems), len(a.problems)) })

	total := 0
	if i := slices.IndexFunc(r.Files, func(f FileSummary) bool { return f.Name == file }); i >= 0 {
		total = r.Files[i].Rows
	}
	switch {
	case len(bad) == 0:
		t.line(0, file+" could not be read.")
	case len(bad) == 1:
		t.line(0, fmt.Sprintf("%s: 1 of %s has problems.", file, count(total, "row")))
	default:
		t.line(0, fmt.Sprintf("%s: %s of %s have problems.", file, thousands(len(bad)), count(total, "row")))
	}
	t.line(0, "")
	for _, g := range groups {
		g.write(t)
	}
}

func (g problemGroup) write(t *text) {
	head := g.what
	if g.column != "" {
		head = g.column + " – " + g.what
	}
	var rows []string
	for _, p := range g.problems {
		if p.Row > 0 && (len(rows) == 0 || rows[len(rows)-1] != strconv.Itoa(p.Row)) {
			rows = append(rows, strconv.Itoa(p.Row))
		}
	}
	switch {
	case len(rows) == 1:
		head += " (1 row)"
	case len(rows) > 3:
		head += fmt.Sprintf(" (%s: %s … see problems.csv)", count(len(rows), "row"), strings.Join(rows[:3], ", "))
	case len(rows) > 1:
		head += fmt.Sprintf(" (%s: %s)", count(len(rows), "row"), strings.Join(rows, ", "))
	}
	t.line(2, head)
	t.line(4, g.problems[0].sentence())
}

// sentence tells one problem: row 22, column F: found "03-Apr"; expected a full date.
func (p Problem) sentence() string {
	var b strings.Builder
	if p.Row > 0 {
		fmt.Fprintf(&b, "row %d", p.Row)
		if p.ColumnLetter != "" {
			fmt.Fprintf(&b, ", column %s", p.ColumnLetter)
		}
		b.WriteString(": ")
	}
	var parts []string
	if p.Found != "" {
		parts = append(parts, "found "+p.Found)
	}
	if p.Expected != "" {
		parts = append(parts, "expected "+p.Expected)
	}
	if len(parts) == 0 {
		parts = append(parts, p.What)
	}
	b.WriteString(strings.Join(parts, "; "))
	if p.Next != "" {
		b.WriteString(". " + strings.ToUpper(p.Next[:1]) + p.Next[1:])
	}
	return strings.TrimRight(b.String(), ".") + endMark(p.Next)
}

// endMark keeps the question mark of "Did you mean CT01?" and ends other sentences with a full stop.
func endMark(s string) string {
	if strings.HasSuffix(s, "?") {
		return ""
	}
	return "."
}

// count gives "1 row" or "1,040 rows".
func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return thousands(n) + " " + what + "s"
}

func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
