package solver

// terms reads a table in which people and those who supervise them meet: somebody is worth more, or less, or cannot come, by who
// is there. False: it is not such a table.
func (x *relaxing) terms(g *grid) bool {
	if g.shape == Missing && g.price >= 0 || g.shape == Over && g.price >= 0 && g.pair != nil {
		x.left[g.constraint] = true
		if g.shape == Missing && g.when == Guarded && g.price > 0 && g.cells == g.cols && g.pair == nil && x.ownColumns(g) && !x.weighs(g, 0, x.first[Supervisors]) {
			x.unled(g)
		}
		return true
	}
	if g.shape != Over || g.when == Always || g.pair != nil || !x.ownSessions(g) {
		return false
	}
	for _, l := range g.limit {
		if l != 0 {
			return false
		}
	}
	var (
		n                   = x.first[Supervisors]
		peopleWeigh         = x.weighs(g, 0, n)
		staffWeigh          = x.weighs(g, n, x.first[kinds])
		peopleGuard, staffs = guards(g, 0, n), guards(g, n, x.first[kinds])
	)
	switch {
	case peopleWeigh && !staffWeigh && staffs && !peopleGuard:
		x.eachTerms(g, g.weight, g.guard)
	case staffWeigh && !peopleWeigh && peopleGuard && !staffs && g.when == Guarded && g.price == 0:
		x.eachTerms(g, g.guard, g.weight)
	case g.price >= 0:
		x.left[g.constraint] = true
	default:
		return false
	}
	return true
}

func guards(g *grid, from, to ActorIx) bool {
	for a := from; a < to; a++ {
		if g.row[a] >= 0 && g.guard[a] != 0 {
			return true
		}
	}
	return false
}

// ownSessions reports whether every session counts in its own column, and perhaps in others; only its own is read.
func (x *relaxing) ownSessions(g *grid) bool {
	for t := range x.out.Sessions {
		cols := g.colList[g.colFrom[t]:g.colFrom[t+1]]
		own := len(cols) == 0
		for _, c := range cols {
			own = own || c == int32(t)
		}
		if !own || g.length[t] != 1 {
			return false
		}
		if len(cols) > 1 {
			if g.price != 0 {
				return false
			}
			x.left[g.constraint] = true
		}
	}
	return true
}

// eachTerms adds the terms of all sessions, one for each row: people who count by members meet staff who count by turns.
func (x *relaxing) eachTerms(g *grid, members, turns []int32) {
	staff := make([][]ActorIx, g.cells/g.cols) // by row
	for a := x.first[Supervisors]; a < x.first[kinds]; a++ {
		if r := g.row[a]; r >= 0 && turns[a] > 0 {
			staff[r] = append(staff[r], a)
		}
	}
	parallel(len(x.out.Sessions), func(t int) { x.termsOf(g, SessionIx(t), members, staff) })
}

// termsOf adds those of one session.
func (x *relaxing) termsOf(g *grid, t SessionIx, members []int32, staff [][]ActorIx) {
	s := &x.out.Sessions[t]
	if g.colFrom[t] == g.colFrom[t+1] {
		return
	}
	byRow := make([]RelaxedTerm, len(staff))
	for i, arc := range s.Arcs {
		a := x.out.Arcs[arc].Person
		if r := g.row[a]; r >= 0 && members[a] > 0 && !x.out.Arcs[arc].Fixed {
			byRow[r].Members = append(byRow[r].Members, int32(i))
		}
	}
	value := -g.price
	if g.price == 0 {
		value = NoWay
	}
	for r, term := range byRow {
		if len(term.Members) == 0 {
			continue
		}
		term.Staff = staff[r]
		if g.when == Guarded {
			term.IfAny = value
		} else {
			term.IfNone = value
		}
		if term.IfAny != term.IfNone {
			s.Terms = append(s.Terms, term)
		}
	}
}
