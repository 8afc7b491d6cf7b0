package solver

import "math/bits"

// A wet plan is no decision of a roster: it follows from who is where. In the program it is one: a column for each group and each
// host that might take it in, and rows that say what a packing looks at. A group with people has a host exactly if the packing
// finds one for all of them.

// guest is a group that moves when it rains, as the rows of wet plans see it.
type guest struct {
	t      SessionIx
	hosts  []int32 // columns by host; -1: it cannot be there
	need   int32   // column of the places that it takes
	most   int64   // that it can take
	people []lpTerm
	few    []lpTerm // people who are none or several
}

// wetRows states that every group that moves has a host.
func (x *export) wetRows() {
	if !x.wet.any {
		return
	}
	x.rule(x.wet.constraint)
	guests := make([]guest, len(x.wet.moves))
	for i, t := range x.wet.moves {
		guests[i] = x.guest(i, t)
	}
	for i := range guests {
		for k := range guests[i].hosts {
			if guests[i].hosts[k] >= 0 {
				x.ownRows(&guests[i], i, k)
				x.roomRow(guests, i, k)
			}
		}
	}
}

// guest makes the columns of a group and says which hosts suit its people.
func (x *export) guest(i int, t SessionIx) guest {
	m := x.program
	g := guest{t: t, people: x.people(t, func(ActorIx) bool { return true }), few: x.fewOf(t)}
	var choice []lpTerm
	for k := range x.wet.hosts[i] {
		col := int32(-1)
		if held := x.wet.held[i]; held < 0 || held == int8(k) {
			col = m.named("h", 0, 1, true)
			choice = append(choice, lpTerm{col, 1})
		}
		g.hosts = append(g.hosts, col)
	}
	m.below(nil, choice, 1)
	for a := range x.first[Supervisors] {
		col, ok := x.of(a, t)
		if !ok {
			continue
		}
		var suit []lpTerm
		for rest := x.suitsOf(a, t); rest != 0; rest &= rest - 1 {
			if c := g.hosts[bits.TrailingZeros32(rest)]; c >= 0 {
				suit = append(suit, lpTerm{c, 1})
			}
		}
		m.above([]literal{{column: col}}, suit, 1)
	}
	x.needRows(&g)
	return g
}

// needRows makes the column of the places that a group takes: those of its people, but no more than fit under so many
// supervisors.
func (x *export) needRows(g *guest) {
	m := x.program
	var taken, leaders []lpTerm
	for _, p := range x.peopleAt(g.t) {
		taken = append(taken, lpTerm{p.column, int64(x.wet.takes[p.who])})
	}
	for a := x.first[Supervisors]; a < x.first[Minibuses]; a++ {
		if col, ok := x.of(a, g.t); ok {
			leaders = append(leaders, lpTerm{col, 1})
		}
	}
	_, g.most = m.span(taken)
	g.need = m.named("n", 0, g.most, false)
	full := literal{column: m.named("f", 0, 1, true)}
	m.above([]literal{full.opposite()}, append([]lpTerm{{g.need, 1}}, minus(taken)...), 0)
	for n := range int64(len(leaders) + 1) {
		least := m.positive(append([]lpTerm{{0, 1 - n}}, leaders...)) // so many at least, and more
		more := m.positive(append([]lpTerm{{0, -n}}, leaders...))
		m.above([]literal{full, least, more.opposite()}, []lpTerm{{g.need, 1}}, min(int64(x.wet.declared.Most(g.t, int32(n))), g.most))
	}
}

// roomRow says that all who are at a host together with a group have room there, and may meet it.
func (x *export) roomRow(guests []guest, i, k int) {
	m, g, h := x.program, &guests[i], &x.wet.hosts[i][k]
	at := literal{column: g.hosts[k]}
	load := []lpTerm{{g.need, 1}}
	for j := range guests {
		o := &guests[j]
		if j == i || !x.Session(o.t).Span.Overlaps(x.Session(g.t).Span) {
			continue
		}
		for l := range x.wet.hosts[j] {
			other := &x.wet.hosts[j][l]
			if other.project != h.project || o.hosts[l] < 0 {
				continue
			}
			there := literal{column: o.hosts[l]}
			part := m.named("l", 0, o.most, false)
			m.above([]literal{there}, []lpTerm{{part, 1}, {o.need, -1}}, 0)
			load = append(load, lpTerm{part, 1})
			if j < i {
				continue // said already
			}
			if h.alone || other.alone {
				x.never(at, there)
			}
			x.meetRows(g, o.t, at, there)
			x.loneGuestRow(o, g.t, at, there)
		}
	}
	m.below([]literal{at}, load, int64(h.room))
}

// ownRows says whom of a host's own people a group may meet.
func (x *export) ownRows(g *guest, i, k int) {
	h, at := &x.wet.hosts[i][k], literal{column: g.hosts[k]}
	for _, u := range h.own {
		if h.alone {
			x.never(at, x.program.positive(x.people(u, func(ActorIx) bool { return true })))
		}
		x.meetRows(g, u, at)
		own := guest{t: u, few: x.fewOf(u)}
		x.loneGuestRow(&own, g.t, at)
	}
}

// meetRows says who may not meet where a group and another session are in one place, which they are on some conditions.
func (x *export) meetRows(g *guest, u SessionIx, together ...literal) {
	m := x.program
	for _, pair := range [][2]SessionIx{{g.t, u}, {u, g.t}} {
		for bit := range 8 {
			has := func(a ActorIx) bool { return x.wet.shun[a]>>bit&1 != 0 }
			x.never(append(together, m.positive(x.people(pair[0], has)), m.positive(x.leaders(pair[1], has)))...)
		}
	}
	x.loneGuestRow(g, u, together...)
	if x.apart.enemies == nil {
		return
	}
	for _, p := range x.peopleAt(g.t) {
		for _, e := range x.apart.enemies[p.who] {
			if col, ok := x.of(e.who, u); ok {
				x.never(append(together, literal{column: p.column}, literal{column: col})...)
			}
		}
	}
}

// loneGuestRow says that a session with too few of those who are none or several meets nobody.
func (x *export) loneGuestRow(g *guest, u SessionIx, together ...literal) {
	if len(g.few) == 0 || !x.wet.among(g.t) {
		return
	}
	m := x.program
	enough := m.positive(append([]lpTerm{{0, 1 - int64(x.wet.least)}}, g.few...))
	x.never(append(together, m.positive(g.few), enough.opposite(), m.positive(x.people(u, func(ActorIx) bool { return true })))...)
}

// never says that some conditions do not all hold.
func (x *export) never(all ...literal) {
	x.program.below(all, []lpTerm{{0, 1}}, 0)
}

// someone is a person who may be in a session.
type someone struct {
	who    ActorIx
	column int32
}

// peopleAt lists who may be in a session. It is asked for every two groups that may share a host, so the answer is kept; it must
// not be changed.
func (x *export) peopleAt(t SessionIx) []someone {
	if x.crew == nil {
		x.crew = make([][]someone, x.NumSessions())
		for a := range x.first[Supervisors] {
			for t := range SessionIx(x.NumSessions()) {
				if col, ok := x.of(a, t); ok {
					x.crew[t] = append(x.crew[t], someone{a, col})
				}
			}
		}
	}
	return x.crew[t]
}

// people gives the columns of some people in a session.
func (x *export) people(t SessionIx, some func(a ActorIx) bool) (out []lpTerm) {
	for _, p := range x.peopleAt(t) {
		if some(p.who) {
			out = append(out, lpTerm{p.column, 1})
		}
	}
	return out
}

// leaders gives the columns of some supervisors in a session.
func (x *export) leaders(t SessionIx, some func(a ActorIx) bool) (out []lpTerm) {
	for a := x.first[Supervisors]; a < x.first[Minibuses]; a++ {
		if col, ok := x.of(a, t); ok && some(a) {
			out = append(out, lpTerm{col, 1})
		}
	}
	return out
}

// fewOf gives the columns of those in a session who are none or several.
func (x *export) fewOf(t SessionIx) []lpTerm {
	return x.people(t, func(a ActorIx) bool { return x.wet.counted[a] })
}

func minus(terms []lpTerm) []lpTerm {
	out := make([]lpTerm, len(terms))
	for i, t := range terms {
		out[i] = lpTerm{t.column, -t.factor}
	}
	return out
}
