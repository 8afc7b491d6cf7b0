package exchange

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// unique drops rows that share a key: of equal ones all but the first, of different ones all, for none can be trusted.
func unique[T any](r *reader, t *table[T], lines []line[T]) []line[T] {
	first := make(map[string]int, len(lines))
	drop := map[int]bool{}
	for i := range lines {
		key := t.key(&lines[i].row)
		j, again := first[key]
		switch {
		case !again:
			first[key] = i
		case reflect.DeepEqual(lines[i].row, lines[j].row):
			drop[i] = true
			r.note(r.states[t.kind].name, t.kind, fmt.Sprintf("row %d repeats row %d word for word; it counts once", lines[i].at, lines[j].at))
		default:
			if !drop[j] {
				drop[j] = true
				r.fail(t.kind, lines[j].at, key, repeated(lines[i].at, key))
			}
			drop[i] = true
			r.fail(t.kind, lines[i].at, key, repeated(lines[j].at, key))
		}
	}
	return without(lines, drop)
}

func repeated(other int, key string) cellFault {
	return cellFault{fault: fault{what: "repeated", expected: fmt.Sprintf("one row for %s, but row %d is another that differs", strings.ReplaceAll(key, "\x00", ", "), other),
		next: "keep the one that is right; until then neither counts"}}
}

func without[T any](lines []line[T], drop map[int]bool) []line[T] {
	if len(drop) == 0 {
		return lines
	}
	out := lines[:0]
	for i, l := range lines {
		if !drop[i] {
			out = append(out, l)
		}
	}
	return out
}

// keep drops the rows for which check finds a fault.
func keep[T any](r *reader, t *table[T], lines []line[T], check func(*T) []cellFault) []line[T] {
	drop := map[int]bool{}
	for i := range lines {
		faults := check(&lines[i].row)
		for _, f := range faults {
			drop[i] = true
			r.fail(t.kind, lines[i].at, t.key(&lines[i].row), f)
		}
	}
	return without(lines, drop)
}

// settle ends the checks of a kind: it refuses a kind declared complete that has problems, notes which keys may be referred
// to, and gives the rows that count.
func settle[T any](r *reader, t *table[T], lines []line[T]) []T {
	st := r.states[t.kind]
	if len(st.bad) > 0 && slices.Contains(r.o.Complete, t.kind) {
		r.fileProblem(t.kind, "declared complete, but it is not", "every row to be readable when a file is declared complete",
			fmt.Sprintf("nothing was taken from it, because %s of %s cannot be read", thousands(len(st.bad)), count(st.rows, "row")))
		for i := range lines {
			st.dropped[t.key(&lines[i].row)] = true
		}
		st.refused, lines = true, nil
	}
	st.ready = len(lines)
	if len(lines) == 0 {
		return nil
	}
	rows := make([]T, len(lines))
	for i, l := range lines {
		rows[i] = l.row
		st.known[t.key(&l.row)] = true
	}
	return rows
}

// refer checks that a code is known to a kind. The fault says whether the row it names has problems of its own.
func (r *reader) refer(column, kind, value string) []cellFault {
	st := r.states[kind]
	if value == "" || st.known[value] {
		return nil
	}
	what := strings.ReplaceAll(strings.TrimSuffix(kind, "s"), "_", " ")
	if kind == "people" {
		what = "person"
	} else if kind == "minibuses" {
		what = "minibus"
	}
	f := cellFault{column: column, found: value}
	switch {
	case st.dropped[value]:
		f.fault = fault{what: what + " has problems of its own", expected: "a row of " + st.name + " that can be read", next: "mend that row first; until then this one does not count"}
	case !st.given && r.o.Known != nil:
		f.fault = fault{what: what + " not known", expected: "a code that the region has already, or a row in " + st.name}
	case !st.given:
		f.fault = fault{what: what + " not known", expected: "a row in " + st.name + ", which is not there"}
	case st.refused:
		f.fault = fault{what: what + " not known", expected: "a row of " + st.name + ", which was not taken"}
	default:
		f.fault = fault{what: what + " not known", expected: "a code that is in " + st.name}
		if r.hints++; r.hints <= 200 {
			f.next = strings.TrimPrefix(suggest(value, sortedKeys(st.known), ""), ". ")
		}
	}
	return []cellFault{f}
}

func sortedKeys(m map[string]bool) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
