package solver

import "iter"

// Delta gives what the score would change by if an actor joined (n = 1) a session it is not in or left (n = -1) one it is
// in. Trips are estimated; see [State.Settle]. It allocates nothing.
func (s *State) Delta(a ActorIx, t SessionIx, n int8) Score {
	s.deltas++
	return s.change(a, t, n)
}

// change is Delta without the count.
func (s *State) change(a ActorIx, t SessionIx, n int8) Score {
	sign, k := int64(n), s.Kind(a)
	sum := s.pairCost(a, t)
	sum[Hard] *= sign
	sum[Soft] *= sign
	var known [8]int8
	row := s.columns[int(t)*len(s.grids) : (int(t)+1)*len(s.grids)]
	for _, m := range s.tallies[s.tallyFrom[a]:s.tallyFrom[a+1]] {
		c := row[m.grid]
		if c.col == none {
			continue
		}
		g := &s.grids[m.grid]
		if s.masked(g, a, t, &known) {
			continue
		}
		if g.worked {
			c.length = s.lengths(a)[t]
		}
		hard, soft := s.tallyChange(g, m, c, t, int32(n))
		sum[Hard] += hard
		sum[Soft] += soft
	}
	for i := range s.crowds {
		sum[Hard] += s.crowdChange(&s.crowds[i], a, t, n)
	}
	if k == People {
		for i := range s.lones {
			sum = sum.Add(s.loneChange(&s.lones[i], a, t, n))
		}
	}
	if joined := s.joined[a]; len(joined) > 0 {
		for i := range s.clashes {
			if c := &s.clashes[i]; c.kind == k {
				sum[Hard] += sign * c.with(s.Problem, a, t, joined)
			}
		}
		if k == People {
			sum[Hard] += s.prefixChange(a, t, n) // one session alone never fills a limit
		}
	}
	if k == People {
		sum[Hard] += sign*s.meetings(a, t) + s.partialChange(a, t, n) + s.shareChange(a, t, n)
		for i := range s.budgets {
			sum = sum.Add(s.budgetChange(i, a, t, n))
		}
	}
	return sum
}

// tallyChange prices the cells a pair counts in, before and after.
func (s *State) tallyChange(g *grid, m tally, c slot, t SessionIx, n int32) (hard, soft int64) {
	value, guard := n*m.weight*c.length, n*m.guard
	if c.col >= 0 {
		at := m.base + c.col
		x := s.cells[at]
		at -= g.offset
		h1, s1 := g.cellPrice(at, x.v, x.guard)
		h2, s2 := g.cellPrice(at, x.v+value, x.guard+guard)
		return h2 - h1, s2 - s1
	}
	for _, col := range g.colList[g.colFrom[t]:g.colFrom[t+1]] {
		at := m.base + col
		x := s.cells[at]
		at -= g.offset
		h1, s1 := g.cellPrice(at, x.v, x.guard)
		h2, s2 := g.cellPrice(at, x.v+value, x.guard+guard)
		hard += h2 - h1
		soft += s2 - s1
	}
	return hard, soft
}

// meetings counts the appointments of others kept apart from a person that meet a session.
func (s *State) meetings(a ActorIx, t SessionIx) (n int64) {
	if s.apart.enemies == nil {
		return 0
	}
	for _, e := range s.apart.enemies[a] {
		for _, u := range s.joined[e.who] {
			if s.apart.meets(s.Problem, t, u) {
				n++
			}
		}
	}
	return n
}

func (s *State) prefixChange(a ActorIx, t SessionIx, n int8) int64 {
	if s.prefix.limit == nil {
		return 0
	}
	now := s.prefix.broken(s.Problem, a, s.joined[a], -1, -1)
	if n > 0 {
		return s.prefix.broken(s.Problem, a, s.joined[a], t, -1) - now
	}
	return s.prefix.broken(s.Problem, a, s.joined[a], -1, t) - now
}

// DeltaBy tells Delta apart by constraint, in catalogue order; constraints that do not change are left out.
func (s *State) DeltaBy(a ActorIx, t SessionIx, n int8) iter.Seq2[*Constraint, Score] {
	by := make([]Score, len(s.constraints))
	s.deltaInto(by, a, t, n)
	return func(yield func(*Constraint, Score) bool) {
		for i, x := range by {
			if x != (Score{}) && !yield(s.constraints[i], x) {
				return
			}
		}
	}
}

// deltaInto adds what each constraint's part of Delta is, by index.
func (s *State) deltaInto(by []Score, a ActorIx, t SessionIx, n int8) {
	s.pairBy(by, a, t, n)
	s.othersBy(by, a, t, n)
}

// pairBy adds what a pair changes by itself, by constraint.
func (s *State) pairBy(by []Score, a ActorIx, t SessionIx, n int8) {
	sign, k := int64(n), s.Kind(a)
	for i := range s.forbids {
		if f := &s.forbids[i]; f.kind == k && f.broken(s.Problem, a, t) {
			by[f.constraint][Hard] += sign
		}
	}
	for i, r := range s.requires {
		if r == (pair{a, t}) {
			by[s.requiredBy[i]][Hard] -= sign
		}
	}
	for i := range s.costs {
		if c := &s.costs[i]; c.kind == k {
			by[c.constraint][Soft] += sign * c.price(s.Problem, a, t)
		}
	}
}

// othersBy adds what a pair changes because of what else is joined, by constraint.
func (s *State) othersBy(by []Score, a ActorIx, t SessionIx, n int8) {
	sign, k := int64(n), s.Kind(a)
	var known [8]int8
	for _, m := range s.tallies[s.tallyFrom[a]:s.tallyFrom[a+1]] {
		g, c := &s.grids[m.grid], s.columns[int(t)*len(s.grids)+int(m.grid)]
		if c.col == none || s.masked(g, a, t, &known) {
			continue
		}
		if g.worked {
			c.length = s.lengths(a)[t]
		}
		hard, soft := s.tallyChange(g, m, c, t, int32(n))
		by[g.constraint] = by[g.constraint].Add(Score{hard, soft})
	}
	for i := range s.clashes {
		if c := &s.clashes[i]; c.kind == k {
			by[c.constraint][Hard] += sign * c.with(s.Problem, a, t, s.joined[a])
		}
	}
	for i := range s.crowds {
		by[s.crowds[i].constraint][Hard] += s.crowdChange(&s.crowds[i], a, t, n)
	}
	if k == People {
		for i := range s.lones {
			x := &by[s.lones[i].constraint]
			*x = x.Add(s.loneChange(&s.lones[i], a, t, n))
		}
		if s.apart.enemies != nil {
			by[s.apart.constraint][Hard] += sign * s.meetings(a, t)
		}
		if s.prefix.limit != nil {
			by[s.prefix.constraint][Hard] += s.prefixChange(a, t, n)
		}
		if s.partial.fits != nil {
			by[s.partial.constraint][Hard] += s.partialChange(a, t, n)
		}
		if s.share.counts != nil {
			by[s.share.constraint][Hard] += s.shareChange(a, t, n)
		}
		for i := range s.budgets {
			x := &by[s.budgets[i].constraint]
			*x = x.Add(s.budgetChange(i, a, t, n))
		}
	}
}
