package solver

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// program is a mixed integer linear program, to be minimised. All its numbers are whole.
type program struct {
	comments []string
	columns  []lpColumn // the first is always 1
	rows     []lpRow
	constant int64
	rule     string            // names the rows that are added next
	known    map[string]int32  // indicator columns by what they indicate
	names    map[string]string // rule by constraint ID, as far as asked
}

// lpColumn is a variable: whole or not, between two bounds.
type lpColumn struct {
	name      string
	cost      int64
	low, high int64
	whole     bool
	used      bool // in some row
}

// lpRow is sum of terms <= rhs, or = rhs.
type lpRow struct {
	rule  string
	terms []lpTerm // by column, each once
	exact bool
	rhs   int64
}

type lpTerm struct {
	column int32
	factor int64
}

// literal is a column of 0 or 1, or its opposite.
type literal struct {
	column int32
	not    bool
}

// always is true; its opposite is never.
var always = literal{}

func (l literal) opposite() literal { return literal{l.column, !l.not} }

func newProgram() *program {
	return &program{columns: []lpColumn{{name: "one", low: 1, high: 1, used: true}}, known: map[string]int32{}, names: map[string]string{}}
}

func (m *program) add(c lpColumn) int32 {
	m.columns = append(m.columns, c)
	return int32(len(m.columns) - 1)
}

// named makes a column with a letter and its own number for a name.
func (m *program) named(letter string, low, high int64, whole bool) int32 {
	return m.add(lpColumn{name: fmt.Sprintf("%s%d", letter, len(m.columns)), low: low, high: high, whole: whole})
}

// span gives the least and the most that a sum can be, by the bounds of its columns.
func (m *program) span(terms []lpTerm) (low, high int64) {
	for _, x := range terms {
		a, b := x.factor*m.columns[x.column].low, x.factor*m.columns[x.column].high
		low, high = low+min(a, b), high+max(a, b)
	}
	return low, high
}

// write gives the text of the program.
func (m *program) write(w io.Writer) error {
	out := &lineWriter{w: bufio.NewWriter(w)}
	for _, c := range m.comments {
		out.line("\\ " + c)
	}
	out.line("Min")
	out.start(" cost:")
	for i := range m.columns {
		// A column that stands nowhere else stands here, so that every reader knows it.
		if c := &m.columns[i]; c.cost != 0 || !c.used {
			out.word(signed(c.cost, c.name))
		}
	}
	out.word(signed(m.constant, "one"))
	out.line("")
	out.line("Subject To")
	for i := range m.rows {
		r := &m.rows[i]
		out.start(fmt.Sprintf(" %s_%d:", r.rule, i))
		for _, x := range r.terms {
			out.word(signed(x.factor, m.columns[x.column].name))
		}
		sense := "<="
		if r.exact {
			sense = "="
		}
		out.word(fmt.Sprintf("%s %d", sense, r.rhs))
		out.line("")
	}
	out.line("Bounds")
	for i := range m.columns {
		c := &m.columns[i]
		switch {
		case c.low == c.high:
			out.line(fmt.Sprintf(" %s = %d", c.name, c.low))
		case !c.whole || c.low != 0 || c.high != 1:
			out.line(fmt.Sprintf(" %d <= %s <= %d", c.low, c.name, c.high))
		}
	}
	out.line("Binaries")
	out.start("")
	for i := range m.columns {
		if c := &m.columns[i]; c.whole {
			out.word(c.name)
		}
	}
	out.line("")
	out.line("End")
	return out.close()
}

// signed writes a term.
func signed(factor int64, name string) string {
	if factor < 0 {
		return fmt.Sprintf("- %d %s", -factor, name)
	}
	return fmt.Sprintf("+ %d %s", factor, name)
}

// safe makes a constraint's ID a name that every reader of the format takes: letters, digits and underscores, and not to be
// taken for a number or a word of the format.
func safe(id string) string {
	return "r_" + strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9':
			return r
		default:
			return '_'
		}
	}, id)
}

// lineWriter breaks long lines between words and remembers the first error.
type lineWriter struct {
	w    *bufio.Writer
	have int // bytes in the line
	err  error
}

func (o *lineWriter) put(s string) {
	if o.err == nil {
		_, o.err = o.w.WriteString(s)
	}
}

func (o *lineWriter) start(s string) {
	o.put(s)
	o.have = len(s)
}

// word adds to the line, or to a new one where it would become too long for some readers.
func (o *lineWriter) word(s string) {
	if o.have+len(s) > 120 {
		o.put("\n ")
		o.have = 1
	}
	o.put(" " + s)
	o.have += 1 + len(s)
}

func (o *lineWriter) line(s string) {
	o.put(s + "\n")
	o.have = 0
}

func (o *lineWriter) close() error {
	if o.err == nil {
		o.err = o.w.Flush()
	}
	return o.err
}
