package solver

import "slices"

// A chance has no linear form. The export states what follows from it, a relaxation, and is cut closer where a solution of
// it breaks the chance after all: some people of a group for whom there is too little room cannot all be there, whoever else
// is, unless supervisors or minibuses make room for all of them. As a group has finitely many subsets, cutting ends.

// cover is people of a cell for whom together there is too little room.
type cover struct {
	crowd int
	cell  int32
	pairs []pair // the first few are the cover, of whom one has to go
	few   int    // how many those are; the others may stand in for any of them
	need  int32  // the room that is enough for the few
}

// covers gives what cuts off a state in which too many people may come. There is none if and only if no chance is above its
// limit.
func (p *Problem) covers(s *State) []cover {
	var all []cover
	for i := range p.crowds {
		c := &p.crowds[i]
		for at := range int32(p.NumSessions()) {
			x := s.fresh(c, at)
			if room := min(x.room[0], x.room[1]); x.people > 0 && x.need > room {
				for _, often := range []bool{false, true} {
					all = append(all, p.cover(s, i, at, room, often))
				}
			}
		}
	}
	return all
}

// cover drops people of a cell as long as the others are too many for the room, those first who come seldom, or often.
func (p *Problem) cover(s *State, i int, at, room int32, often bool) cover {
	c := &p.crowds[i]
	list := slices.Clone(s.crowdOf(c, at))
	order := slices.Clone(list)
	slices.SortStableFunc(order, func(a, b crowdEntry) int {
		if often {
			return int(b.comes) - int(a.comes)
		}
		return int(a.comes) - int(b.comes)
	})
	x := cover{crowd: i, cell: at}
	for _, drop := range order {
		less := slices.DeleteFunc(slices.Clone(list), func(e crowdEntry) bool { return e == drop })
		if need, _ := c.enough(s.spread(less)); need > room {
			list = less
		}
	}
	var over int64
	x.need, over = c.enough(s.spread(list))
	x.few = len(list)
	most := crowdEntry{}
	for _, e := range list {
		x.pairs = append(x.pairs, pair{e.actor, e.session})
		most.comes, most.weight = max(most.comes, e.comes), max(most.weight, e.weight)
	}
	// Whoever is as likely to come as any of them and takes as much may stand in for any, unless rounding might decide.
	over += int64(s.crowdMass[x.need])
	if guard := int64(len(s.crowdMass)); over-guard <= c.limit {
		return x
	}
	for _, t := range c.sessions[at] {
		for a := range p.first[Supervisors] {
			if w := p.crowdWeight(c, a, t); w > 0 && !slices.Contains(x.pairs, pair{a, t}) {
				if e := s.crowdEntry(a, t, w); e.comes >= most.comes && e.weight >= most.weight {
					x.pairs = append(x.pairs, pair{a, t})
				}
			}
		}
	}
	return x
}

// coverRow keeps one of a cover out, unless there is room for all.
func (x *export) coverRow(v *cover) {
	c := &x.Problem.crowds[v.crowd]
	x.rule(c.constraint)
	var terms []lpTerm
	for _, pr := range v.pairs {
		if col, ok := x.of(pr.actor, pr.session); ok {
			terms = append(terms, lpTerm{col, 1})
		}
	}
	room := roomFor{v.crowd, v.cell, v.need}
	if _, ok := x.rooms[room]; !ok {
		x.rooms[room] = x.tooLittle(c, v.cell, v.need)
	}
	x.program.below(x.rooms[room], terms, int64(v.few-1))
}

// roomFor is as much room as some people need in a cell.
type roomFor struct {
	crowd      int
	cell, need int32
}

// tooLittle gives the condition that a cell has less room than need: no column claims that it has, and none can where
// nobody makes that much. Nil: always.
func (x *export) tooLittle(c *crowd, at, need int32) []literal {
	m := x.program
	for i := range c.rooms {
		if _, most := m.span(x.roomOf(c, i, at)); most < int64(need-c.has[i][at]) {
			return nil
		}
	}
	enough := literal{m.named("r", 0, 1, true), false}
	for i := range c.rooms {
		m.above([]literal{enough}, x.roomOf(c, i, at), int64(need-c.has[i][at]))
	}
	return []literal{enough.opposite()}
}

// roomOf lists what supervisors and minibuses add to the room of a cell.
func (x *export) roomOf(c *crowd, i int, at int32) (terms []lpTerm) {
	for _, t := range c.sessions[at] {
		for a := x.first[Supervisors]; a < x.first[kinds]; a++ {
			if n := c.adds[i][a-x.first[Supervisors]]; n != 0 {
				if col, ok := x.of(a, t); ok {
					terms = append(terms, lpTerm{col, int64(n)})
				}
			}
		}
	}
	return terms
}

// crowdRows states what follows from a chance of at most the limit: the weight that may be booked; that those who come for
// certain have room; and, where the limit is below a half, that fewer than one more come on average than there is room
// for, since the median of independent arrivals lies within one of their mean (Jogdeo and Samuels, 1968). That counts people
// and not weights, which takes less room still.
func (x *export) crowdRows(c *crowd) {
	x.rule(c.constraint)
	m := x.program
	for at := range int32(x.NumSessions()) {
		var weight, certain, mean []lpTerm
		for _, t := range c.sessions[at] {
			for a := range x.first[Supervisors] {
				w := x.crowdWeight(c, a, t)
				col, ok := x.of(a, t)
				if w == 0 || !ok {
					continue
				}
				permille := int64(x.countedAs(a, t))
				weight, mean = append(weight, lpTerm{col, int64(w)}), append(mean, lpTerm{col, permille})
				if permille == 1000 {
					certain = append(certain, lpTerm{col, int64(w)})
				}
			}
		}
		if len(weight) == 0 {
			continue
		}
		somebody := []literal{m.positive(weight)}
		for i := range c.rooms {
			room, has := x.roomOf(c, i, at), int64(c.has[i][at])
			within := func(terms []lpTerm, factor, rhs int64) {
				terms = slices.Clone(terms)
				for _, r := range room {
					terms = append(terms, lpTerm{r.column, -r.factor * factor})
				}
				m.below(somebody, terms, rhs)
			}
			if c.booked != NoLimit {
				for k := range weight {
					weight[k].factor *= 100
				}
				within(weight, int64(c.booked), has*int64(c.booked))
				for k := range weight {
					weight[k].factor /= 100
				}
			}
			if c.limit < sure {
				within(certain, 1, has)
			}
			if c.limit < sure*49/100 {
				within(mean, 1000, (has+1)*1000)
			}
		}
	}
}
