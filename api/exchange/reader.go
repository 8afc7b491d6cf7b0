package exchange

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/communitypayback/payback/model"
)

// line is a row that was understood, and where it stands.
type line[T any] struct {
	row T
	at  int // the header is row 1
}

// state is what is known of one kind while a region is read.
type state struct {
	name    string
	given   bool              // there is a file
	refused bool              // none of its rows count
	letters map[string]string // by column
	secret  map[string]bool   // by column
	rows    int
	ready   int
	bad     map[int]bool    // rows with problems
	known   map[string]bool // keys that may be referred to
	dropped map[string]bool // keys of rows with problems
	noted   map[string]bool
}

// reader reads one region.
type reader struct {
	o        Options
	calendar *model.Calendar
	sources  map[string]source
	states   map[string]*state
	report   *Report
	hints    int // suggestions made; they cost time, so there is a limit
	found    *gazetteer
}

func (r *reader) note(file, kind, text string) {
	r.report.Notices = append(r.report.Notices, Notice{File: file, Kind: kind, Text: text})
}

// noteOnce says something of a kind the first time only.
func (r *reader) noteOnce(kind, text string) {
	st := r.states[kind]
	if !st.noted[text] {
		st.noted[text] = true
		r.note(st.name, kind, text)
	}
}

// fileProblem says what is wrong with a file as a whole.
func (r *reader) fileProblem(kind, what, expected, next string) {
	r.report.Problems = append(r.report.Problems, Problem{File: r.states[kind].name, Kind: kind, What: what, Expected: expected, Next: next})
}

// fail reports a row and marks it, and what refers to it, as not taken.
func (r *reader) fail(kind string, at int, key string, f cellFault) {
	st := r.states[kind]
	st.bad[at] = true
	if key != "" {
		st.dropped[key] = true
		first, _, _ := strings.Cut(key, "\x00")
		st.dropped[first] = true // rows refer to a person by CRN alone
	}
	p := Problem{File: st.name, Kind: kind, Column: f.column, Row: at, ColumnLetter: st.letters[f.column],
		What: f.what, Expected: f.expected, Next: f.next, Found: f.found}
	switch {
	case st.secret[f.column] && f.found != "":
		p.Found = "a value that is not shown, as it may tell about a person"
	case f.found != "":
		p.Found = fmt.Sprintf("%q", shorten(f.found))
	}
	if p.Next == "" && slices.Contains(protective, kind) {
		p.Next = "until it is mended, whoever it is about is given no place"
	}
	r.report.Problems = append(r.report.Problems, p)
}

// protective are the kinds of which a row left out takes protection or duties away from somebody who stays. Whoever such a
// row names is doubtful: they stay among the people, and are given no place.
var protective = []string{"keep_apart", "exclusion_areas", "availability"}

func shorten(s string) string {
	if utf8.RuneCountInString(s) <= 60 {
		return s
	}
	return string([]rune(s)[:57]) + "..."
}

// load reads the rows of a kind, each by itself. What comes back is still to be checked against the other rows and kinds.
func load[T any](r *reader, t *table[T]) ([]line[T], error) {
	src, given := r.sources[t.kind]
	st := &state{name: t.kind + ".csv", given: given, letters: map[string]string{}, secret: map[string]bool{},
		bad: map[int]bool{}, known: map[string]bool{}, dropped: map[string]bool{}, noted: map[string]bool{}}
	r.states[t.kind] = st
	for _, c := range t.columns {
		st.secret[c.name] = c.secret
	}
	r.remember(t.kind, st)
	if !given {
		if t.needed && r.o.Known == nil {
			r.fileProblem(t.kind, "file is missing", "a file "+t.kind+".csv, or a sheet "+t.kind, "without it nothing can be planned")
		}
		return nil, nil
	}
	st.name = src.name
	header := map[string]int{}
	for i, c := range t.columns {
		header[c.name] = i
		for _, a := range c.aliases {
			header[a] = i
		}
	}
	var broken error
	records, err := src.open(func(h string) bool { _, ok := header[h]; return ok },
		func(text string) { r.note(st.name, t.kind, text) }, func(err error) { broken = err })
	if err != nil {
		return nil, err
	}
	c := &scan{numbers: src.numbers, date1904: src.date1904, calendar: r.calendar, note: func(text string) { r.noteOnce(t.kind, text) }}
	var lines []line[T]
	var order []int // column of each cell; -1: none
	for rec := range records {
		if order == nil {
			if blank(rec.cells) && !rec.bad {
				continue
			}
			if order = readHeader(r, t, st, header, rec); order == nil {
				return nil, nil
			}
			continue
		}
		if blank(rec.cells) && !rec.bad {
			continue
		}
		if st.rows++; st.rows > cmp.Or(t.rows, maxRows) {
			return nil, tooManyRows(st.name, cmp.Or(t.rows, maxRows))
		}
		if row, ok := readRow(r, t, c, order, rec); ok {
			lines = append(lines, line[T]{row: row, at: rec.at})
		}
	}
	switch {
	case broken != nil:
		return nil, broken
	case order == nil && t.needed:
		r.fileProblem(t.kind, "file is empty", "a header row and a row for each of the "+strings.ReplaceAll(t.kind, "_", " "), "")
	case order == nil:
		r.note(st.name, t.kind, "is empty")
	}
	return lines, nil
}

func blank(cells []string) bool {
	return !slices.ContainsFunc(cells, func(c string) bool { return strings.TrimSpace(c) != "" })
}

// readHeader finds the column of each cell, or says why the rows cannot be read and gives nil.
func readHeader[T any](r *reader, t *table[T], st *state, header map[string]int, rec record) []int {
	order := make([]int, len(rec.cells))
	seen := make([]bool, len(t.columns))
	ok := !rec.bad
	for i, cell := range rec.cells {
		name := headerName(unguard(cell))
		at, known := header[name]
		switch {
		case !known:
			order[i] = -1
			if name != "" {
				r.note(st.name, t.kind, fmt.Sprintf("column %s %q is not used%s", columnLetter(i), shorten(cell), suggest(name, names(t), "")))
			}
			continue
		case seen[at]:
			order[i] = -1
			r.fileProblem(t.kind, "column is there twice", "one column "+t.columns[at].name, "take one away, so that it is certain which one counts")
			ok = false
			continue
		}
		order[i], seen[at] = at, true
		st.letters[t.columns[at].name] = columnLetter(i)
		if name != t.columns[at].name {
			r.note(st.name, t.kind, fmt.Sprintf("column %s %q is read as %s", columnLetter(i), shorten(cell), t.columns[at].name))
		}
	}
	for i, c := range t.columns {
		if c.required && !seen[i] {
			r.fileProblem(t.kind, "column "+c.name+" is missing", "a column "+c.name+": "+c.help, "add it; the first row of the file must hold the column names")
			ok = false
		}
	}
	if !ok {
		st.refused = true
		return nil
	}
	return order
}

func names[T any](t *table[T]) []string {
	var out []string
	for _, c := range t.columns {
		out = append(out, c.name)
	}
	return out
}

// readRow reads one row, reports all that is wrong with it, and says whether nothing was.
func readRow[T any](r *reader, t *table[T], c *scan, order []int, rec record) (row T, ok bool) {
	if t.start != nil {
		t.start(&row)
	}
	var faults []cellFault
	if rec.bad {
		faults = append(faults, cellFault{fault: fault{what: "quotation marks do not match",
			expected: `cells in quotation marks closed before the next cell, and "" for a mark within`, next: "only this line was left out"}})
	}
	var filled uint64
	for i, v := range rec.cells {
		if rec.bad {
			break
		}
		if i >= len(order) {
			if strings.TrimSpace(v) != "" {
				faults = append(faults, cellFault{fault: fault{what: "more cells than columns", expected: "as many cells as the header has",
					next: "put a cell that holds the delimiter in quotation marks"}})
				break
			}
			continue
		}
		at := order[i]
		if at < 0 || v == "" {
			continue
		}
		col := &t.columns[at]
		if len(v) > maxCell && utf8.RuneCountInString(v) > maxCell {
			faults = append(faults, cellFault{column: col.name, fault: fault{what: "cell is too long", expected: fmt.Sprintf("at most %s characters", thousands(maxCell))}})
			continue
		}
		if strings.TrimSpace(v) == "" {
			continue
		}
		filled |= 1 << at
		if col.read == nil {
			continue
		}
		v = unguard(v)
		if f := col.read(c, v, &row); f != nil {
			faults = append(faults, cellFault{column: col.name, fault: *f, found: v})
		}
	}
	for i := range t.columns {
		if t.columns[i].required && filled>>i&1 == 0 && !rec.bad {
			faults = append(faults, cellFault{column: t.columns[i].name, fault: fault{what: "cell is empty", expected: t.columns[i].help}})
		}
	}
	if len(faults) == 0 && t.check != nil {
		faults = t.check(&row)
	}
	for _, f := range faults {
		r.fail(t.kind, rec.at, t.key(&row), f)
	}
	return row, len(faults) == 0
}

// finish sorts the report and sums it up.
func (r *reader) finish(kinds []string) {
	index := map[string]int{}
	for i, k := range kinds {
		index[k] = i
		if st := r.states[k]; st != nil && st.given {
			r.report.Files = append(r.report.Files, FileSummary{Kind: k, Name: st.name, Rows: st.rows, Ready: st.ready})
		}
	}
	slices.SortStableFunc(r.report.Problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(index[a.Kind], index[b.Kind]), cmp.Compare(a.Row, b.Row))
	})
}
