package solver

import (
	"encoding/binary"
	"slices"
)

// atMost adds sum <= rhs whenever all conditions hold. worst is the most the sum can be when one of them does not.
func (m *program) atMost(when []literal, terms []lpTerm, rhs, worst int64) {
	when, possible := settled(when)
	if !possible {
		return
	}
	if _, high := m.span(terms); high <= rhs {
		return
	}
	slack := worst - rhs
	if slack <= 0 {
		when = nil // the row holds anyway
	}
	terms = slices.Clone(terms)
	for _, l := range when {
		// rhs + slack for each condition that fails
		if l.not {
			terms = append(terms, lpTerm{l.column, -slack})
		} else {
			terms = append(terms, lpTerm{l.column, slack})
			rhs += slack
		}
	}
	m.row(terms, false, rhs)
}

// below is atMost with the most that the sum can be at all.
func (m *program) below(when []literal, terms []lpTerm, rhs int64) {
	_, high := m.span(terms)
	m.atMost(when, terms, rhs, high)
}

// above adds sum >= rhs whenever all conditions hold.
func (m *program) above(when []literal, terms []lpTerm, rhs int64) {
	opposite := make([]lpTerm, len(terms))
	for i, x := range terms {
		opposite[i] = lpTerm{x.column, -x.factor}
	}
	m.below(when, opposite, -rhs)
}

// row adds a row as it is, with terms of one column added up.
func (m *program) row(terms []lpTerm, exact bool, rhs int64) {
	terms = slices.Clone(terms)
	slices.SortFunc(terms, func(a, b lpTerm) int { return int(a.column - b.column) })
	kept := terms[:0]
	for _, x := range terms {
		if n := len(kept); n > 0 && kept[n-1].column == x.column {
			kept[n-1].factor += x.factor
			continue
		}
		kept = append(kept, x)
	}
	kept = slices.DeleteFunc(kept, func(x lpTerm) bool { return x.factor == 0 })
	if len(kept) == 0 {
		if exact && rhs == 0 || !exact && rhs >= 0 {
			return
		}
		kept, exact, rhs = []lpTerm{{0, 1}}, true, 0 // one = 0: nothing can hold this
	}
	for _, x := range kept {
		m.columns[x.column].used = true
	}
	m.rows = append(m.rows, lpRow{rule: m.rowName(), terms: kept, exact: exact, rhs: rhs})
}

func (m *program) rowName() string {
	name, ok := m.names[m.rule]
	if !ok {
		name = safe(m.rule)
		m.names[m.rule] = name
	}
	return name
}

// positive gives a literal that is true exactly if a sum is above zero.
func (m *program) positive(terms []lpTerm) literal {
	terms = slices.DeleteFunc(slices.Clone(terms), func(x lpTerm) bool { return x.factor == 0 })
	low, high := m.span(terms)
	switch {
	case low > 0:
		return always
	case high <= 0:
		return always.opposite()
	}
	bare := !slices.ContainsFunc(terms, func(x lpTerm) bool { return x.factor < 0 })
	if bare {
		// Any column above zero will do, whatever its factor, so sums that differ only in factors share an indicator.
		for i := range terms {
			terms[i].factor = 1
		}
		if len(terms) == 1 && m.columns[terms[0].column].whole {
			return literal{column: terms[0].column}
		}
	}
	key := make([]byte, 0, 12*len(terms))
	for _, x := range terms {
		key = binary.LittleEndian.AppendUint32(key, uint32(x.column))
		key = binary.LittleEndian.AppendUint64(key, uint64(x.factor))
	}
	if c, ok := m.known[string(key)]; ok {
		return literal{column: c}
	}
	c := m.named("u", 0, 1, true)
	m.known[string(key)] = c
	on := literal{column: c}
	if bare {
		// One row for each column binds a relaxation closer than one for their sum.
		for _, x := range terms {
			m.below([]literal{on.opposite()}, []lpTerm{{x.column, 1}}, 0)
		}
	} else {
		m.below([]literal{on.opposite()}, terms, 0)
	}
	m.above([]literal{on}, terms, 1)
	return on
}

// charge adds a cost that is paid while all conditions hold.
func (m *program) charge(when []literal, cost int64) {
	when, possible := settled(when)
	if !possible || cost == 0 {
		return
	}
	if len(when) == 0 {
		m.constant += cost
		return
	}
	if len(when) > 1 {
		both := m.named("w", 0, 1, true)
		sum := []lpTerm{{both, -1}}
		most := int64(len(when) - 1)
		for _, l := range when {
			m.below([]literal{l.opposite()}, []lpTerm{{both, 1}}, 0)
			if l.not {
				sum = append(sum, lpTerm{l.column, -1})
				most--
			} else {
				sum = append(sum, lpTerm{l.column, 1})
			}
		}
		m.below(nil, sum, most)
		when = []literal{{column: both}}
	}
	if when[0].not {
		m.constant += cost
		cost = -cost
	}
	m.columns[when[0].column].cost += cost
}

// settled drops conditions that always hold or are repeated, and says whether the rest can hold at once.
func settled(when []literal) ([]literal, bool) {
	var kept []literal
	for _, l := range when {
		switch {
		case l == always.opposite() || slices.Contains(kept, l.opposite()):
			return nil, false
		case l != always && !slices.Contains(kept, l):
			kept = append(kept, l)
		}
	}
	return kept, true
}
