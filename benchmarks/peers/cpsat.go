package main

import (
	"bufio"
	"io"
	"math"
	"strconv"
)

// writeCPSAT writes a program as CP-SAT reads it, the text form of its CpModelProto, which knows whole numbers only. Most
// columns that are not marked as whole take whole values anyway. Those of a curve from 0 to 1 that stand for several minutes are
// stretched to as many as those, where a minute then costs a whole number; the others end at one of their ends in some best
// solution, and are marked as whole. hint names columns that are 1 in a first solution, of all that begin with x.
func (l *linearProgram) writeCPSAT(w io.Writer, hint map[string]bool) error {
	stretch := l.stretches()
	out := &protoText{w: bufio.NewWriter(w)}
	for i := range l.names {
		out.open("variables").list("domain", l.low[i], l.high[i]*stretch[i]).close()
	}
	for i := range l.rows {
		l.writeRow(out, &l.rows[i], stretch)
	}
	l.writeObjective(out, stretch)
	out.open("solution_hint")
	for i, name := range l.names {
		if name[0] == 'x' {
			out.field("vars", int64(i))
		}
	}
	for _, name := range l.names {
		if name[0] == 'x' {
			out.field("values", truth(hint[name]))
		}
	}
	out.close()
	return out.w.Flush()
}

func truth(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// stretches gives by how much each column's values are multiplied.
func (l *linearProgram) stretches() []int64 {
	out := make([]int64, len(l.names))
	for i := range out {
		out[i] = 1
	}
	for i := range l.rows {
		if !l.rows[i].exact {
			continue
		}
		for _, t := range l.rows[i].terms {
			if c := t.column; l.names[c][0] == 'g' && !l.whole[c] && t.factor < 0 && l.cost[c]%t.factor == 0 {
				out[c] = -t.factor
			}
		}
	}
	return out
}

// writeRow writes a row, multiplied so that the factors of stretched columns stay whole.
func (l *linearProgram) writeRow(out *protoText, r *linearRow, stretch []int64) {
	times := int64(1)
	for _, t := range r.terms {
		if s := stretch[t.column]; t.factor*times%s != 0 {
			times *= s / gcd(s, t.factor*times)
		}
	}
	out.open("constraints")
	if l.atMostOne(r) {
		out.open("at_most_one")
		for _, t := range r.terms {
			out.field("literals", int64(t.column))
		}
		out.close().close()
		return
	}
	out.open("linear")
	for _, t := range r.terms {
		out.field("vars", int64(t.column))
	}
	for _, t := range r.terms {
		out.field("coeffs", t.factor*times/stretch[t.column])
	}
	low := int64(math.MinInt64)
	if r.exact {
		low = r.rhs * times
	}
	out.list("domain", low, r.rhs*times).close().close()
}

// atMostOne reports whether a row says just that.
func (l *linearProgram) atMostOne(r *linearRow) bool {
	if r.exact || r.rhs != 1 {
		return false
	}
	for _, t := range r.terms {
		if t.factor != 1 || !l.whole[t.column] || l.low[t.column] != 0 || l.high[t.column] != 1 {
			return false
		}
	}
	return true
}

func (l *linearProgram) writeObjective(out *protoText, stretch []int64) {
	out.open("objective")
	for i, c := range l.cost {
		if c != 0 {
			out.field("vars", int64(i))
		}
	}
	for i, c := range l.cost {
		if c != 0 {
			out.field("coeffs", c/stretch[i])
		}
	}
	out.close()
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	if a < 0 {
		return -a
	}
	return a
}

// protoText writes messages in the text form of protocol buffers.
type protoText struct {
	w   *bufio.Writer
	num []byte
}

func (o *protoText) open(name string) *protoText {
	_, _ = o.w.WriteString(name + "{") // the first error comes back from Flush
	return o
}

func (o *protoText) close() *protoText {
	_, _ = o.w.WriteString("}\n")
	return o
}

func (o *protoText) field(name string, v int64) *protoText {
	_, _ = o.w.WriteString(name)
	_ = o.w.WriteByte(':')
	o.num = strconv.AppendInt(o.num[:0], v, 10)
	_, _ = o.w.Write(o.num)
	_ = o.w.WriteByte(' ')
	return o
}

func (o *protoText) list(name string, vs ...int64) *protoText {
	for _, v := range vs {
		o.field(name, v)
	}
	return o
}
