package main

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// linearProgram is a program that solver.Problem.WriteLP wrote, read back. All its numbers are whole.
type linearProgram struct {
	names   []string
	index   map[string]int32
	cost    []int64
	low     []int64
	high    []int64
	whole   []bool
	rows    []linearRow
	section string
}

// linearRow is sum of terms <= or = rhs.
type linearRow struct {
	terms []linearTerm
	exact bool
	rhs   int64
}

type linearTerm struct {
	column int32
	factor int64
}

// readLP reads as much of the format as is written.
func readLP(r io.Reader) (*linearProgram, error) {
	l := &linearProgram{index: map[string]int32{}}
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		switch {
		case line == "" || strings.HasPrefix(line, "\\"):
			continue
		case line == "Min", line == "Subject To", line == "Bounds", line == "Binaries", line == "End":
			l.section = line
			continue
		}
		if err := l.take(strings.Fields(line)); err != nil {
			return nil, fmt.Errorf("line %d of the linear program: %w", n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	if l.section != "End" {
		return nil, fmt.Errorf("the linear program stops in %q; expected End", l.section)
	}
	return l, nil
}

func (l *linearProgram) column(name string) int32 {
	i, ok := l.index[name]
	if !ok {
		name = strings.Clone(name)
		i = int32(len(l.names))
		l.index[name] = i
		l.names, l.cost = append(l.names, name), append(l.cost, 0)
		l.low, l.high, l.whole = append(l.low, 0), append(l.high, unbounded), append(l.whole, false)
	}
	return i
}

// unbounded is a bound that no column of ours reaches.
const unbounded = int64(1) << 40

func (l *linearProgram) take(words []string) error {
	switch l.section {
	case "Min", "Subject To":
		return l.takeTerms(words)
	case "Bounds":
		return l.takeBounds(words)
	case "Binaries":
		for _, w := range words {
			i := l.column(w)
			l.whole[i] = true
			if l.high[i] == unbounded {
				l.high[i] = 1
			}
		}
		return nil
	default:
		return fmt.Errorf("found %q outside of every section", words[0])
	}
}

// takeTerms reads a part of the objective or of a row.
func (l *linearProgram) takeTerms(words []string) error {
	for i := 0; i < len(words); i++ {
		w := words[i]
		switch {
		case strings.HasSuffix(w, ":"):
			if l.section != "Min" {
				l.rows = append(l.rows, linearRow{})
			}
		case w == "+", w == "-":
			if i+2 >= len(words) {
				return fmt.Errorf("found %q at the end; expected a number and a column after it", w)
			}
			f, err := strconv.ParseInt(words[i+1], 10, 64)
			if err != nil {
				return err
			}
			if w == "-" {
				f = -f
			}
			l.add(l.column(words[i+2]), f)
			i += 2
		case (w == "<=" || w == "=") && i+1 < len(words) && len(l.rows) > 0:
			rhs, err := strconv.ParseInt(words[i+1], 10, 64)
			if err != nil {
				return err
			}
			r := &l.rows[len(l.rows)-1]
			r.exact, r.rhs = w == "=", rhs
			i++
		default:
			return fmt.Errorf("found %q; expected +, -, <= or =", w)
		}
	}
	return nil
}

func (l *linearProgram) add(c int32, f int64) {
	if l.section == "Min" {
		l.cost[c] += f
		return
	}
	r := &l.rows[len(l.rows)-1]
	r.terms = append(r.terms, linearTerm{c, f})
}

// takeBounds reads "x = 1" or "0 <= x <= 9".
func (l *linearProgram) takeBounds(words []string) error {
	switch {
	case len(words) == 3 && words[1] == "=":
		words = []string{words[2], "<=", words[0], "<=", words[2]}
	case len(words) != 5 || words[1] != "<=" || words[3] != "<=":
		return fmt.Errorf("found %q; expected a bound such as 0 <= x <= 9", strings.Join(words, " "))
	}
	low, err := strconv.ParseInt(words[0], 10, 64)
	if err != nil {
		return err
	}
	high, err := strconv.ParseInt(words[4], 10, 64)
	if err != nil {
		return err
	}
	i := l.column(words[2])
	l.low[i], l.high[i] = low, high
	return nil
}

// pairsFirst puts the columns of who is in which session before all others.
func (l *linearProgram) pairsFirst() {
	to := make([]int32, len(l.names))
	n := int32(0)
	for _, pairs := range []bool{true, false} {
		for i, name := range l.names {
			if (name[0] == 'x') == pairs {
				to[i] = n
				n++
			}
		}
	}
	l.names, l.cost, l.low, l.high, l.whole = moved(l.names, to), moved(l.cost, to), moved(l.low, to), moved(l.high, to), moved(l.whole, to)
	for i, name := range l.names {
		l.index[name] = int32(i)
	}
	for i := range l.rows {
		for k := range l.rows[i].terms {
			t := &l.rows[i].terms[k]
			t.column = to[t.column]
		}
	}
}

func moved[T any](list []T, to []int32) []T {
	out := make([]T, len(list))
	for i, x := range list {
		out[to[i]] = x
	}
	return out
}
