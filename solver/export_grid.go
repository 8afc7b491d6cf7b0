package solver

import "slices"

// lpCell is what one cell of a grid adds up.
type lpCell struct {
	value []lpTerm
	guard []lpTerm
	// idle is the most that the value can be while the guard is zero.
	idle int64
}

// gridRows states one table: each of its cells, by shape and condition.
func (x *export) gridRows(g *grid) {
	x.rule(g.constraint)
	for i, c := range x.gather(g) {
		var when []literal
		switch g.when {
		case Guarded:
			when = []literal{x.program.positive(c.guard)}
		case Unguarded:
			when = []literal{x.program.positive(c.guard).opposite()}
		}
		x.cellRows(g, int32(i), &c, when)
	}
}

// gather lists the columns that count in each cell.
func (x *export) gather(g *grid) []lpCell {
	cells := make([]lpCell, g.cells)
	carried := make([]bool, g.cells) // the guard takes from no column, so that it is zero only without any
	for i := range carried {
		carried[i] = true
	}
	for a := range x.first[kinds] {
		if g.row[a] < 0 {
			continue
		}
		for t := range SessionIx(x.NumSessions()) {
			col, ok := x.of(a, t)
			if !ok {
				continue
			}
			row, value, guard, ok := x.counts(g, a, t)
			if !ok {
				continue
			}
			for _, k := range g.colList[g.colFrom[t]:g.colFrom[t+1]] {
				at := row*g.cols + k
				c := &cells[at]
				if value != 0 {
					c.value = append(c.value, lpTerm{col, int64(value)})
				}
				if guard != 0 {
					c.guard = append(c.guard, lpTerm{col, int64(guard)})
				}
				carried[at] = carried[at] && guard >= 0
				if guard == 0 {
					_, most := x.program.span([]lpTerm{{col, int64(value)}})
					c.idle += most
				}
			}
		}
	}
	for i := range cells {
		if !carried[i] {
			_, cells[i].idle = x.program.span(cells[i].value)
		}
	}
	return cells
}

// cellRows states one cell.
func (x *export) cellRows(g *grid, i int32, c *lpCell, when []literal) {
	m := x.program
	low, high := m.span(c.value)
	limit := int64(0)
	if g.limit != nil {
		limit = int64(g.limit[i])
	}
	if g.price != 0 {
		x.cellCharge(g, c, limit, when)
		return
	}
	switch g.shape {
	case Over, Beyond:
		switch {
		case onlyEmpty(m, c.value, limit):
			for _, v := range c.value {
				m.below(when, []lpTerm{{v.column, 1}}, 0)
			}
		case g.when == Guarded:
			m.atMost(when, c.value, limit, c.idle)
		default:
			m.below(when, c.value, limit)
		}
	case Hole:
		if limit > 1 {
			m.above(append(when, m.positive(c.value)), c.value, limit)
		}
	case Missing:
		switch {
		case low >= 0:
			m.above(when, c.value, 1)
		case high <= 0:
			m.below(when, c.value, -1)
		default:
			either := append(m.truth(m.positive(c.value)), m.truth(m.positive(negated(c.value)))...)
			m.above(when, either, 1)
		}
	case Open:
		m.charge(append(when, m.positive(c.value)), limit)
	case Curve:
		m.curve(g.worth[i/g.cols], c.value, when)
	}
}

// cellCharge states one cell whose cases have a price.
func (x *export) cellCharge(g *grid, c *lpCell, limit int64, when []literal) {
	m := x.program
	above := func(n int64) literal {
		if n == 0 {
			return m.positive(c.value)
		}
		return m.positive(append(slices.Clone(c.value), lpTerm{0, -n})) // the first column is 1
	}
	switch g.shape {
	case Over:
		m.over(limit, g.price, c.value, when)
	case Beyond:
		m.charge(append(when, above(limit)), g.price)
	case Hole:
		m.charge(append(when, above(0), above(limit-1).opposite()), g.price)
	case Missing:
		m.charge(append(when, above(0).opposite(), above(-1)), g.price)
	}
}

// onlyEmpty reports whether a sum keeps a limit only without any of its columns.
func onlyEmpty(m *program, terms []lpTerm, limit int64) bool {
	if limit < 0 {
		return false
	}
	for _, x := range terms {
		if x.factor <= limit || m.columns[x.column].low != 0 || m.columns[x.column].high != 1 {
			return false
		}
	}
	return true
}

// truth gives a literal that is not an opposite as a sum, for use in a row.
func (m *program) truth(l literal) []lpTerm {
	if l == always.opposite() {
		return nil
	}
	return []lpTerm{{l.column, 1}}
}

func negated(terms []lpTerm) []lpTerm {
	out := slices.Clone(terms)
	for i := range out {
		out[i].factor = -out[i].factor
	}
	return out
}
