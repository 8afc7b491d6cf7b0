package solver

// Lone declares people of whom exactly one may come to a session, where at least two are booked: with the chance of it, that
// of [model.Snapshot.Comes], grows a price, and a chance above a limit is one broken case.
type Lone struct {
	Session func(t SessionIx) bool // those that count
	Person  func(a ActorIx) bool   // those of whom one may be alone
	Price   int64                  // millipoints, if it is certain
	Limit   int32                  // permille; 1000: none
}

// lone is a compiled [Lone].
type lone struct {
	constraint int
	sessions   []bool
	row        []int32 // by person: into comes; -1: does not count
	comes      []int16 // row x session, in permille
	price      int64
	limit      int64 // in parts of sure
}

// Lone declares people who should not come alone; see [Lone].
func (b *Builder) Lone(g Lone) {
	p := b.Problem
	c := lone{constraint: b.current, sessions: make([]bool, p.NumSessions()), row: make([]int32, p.NumActors(People)), price: g.Price,
		limit: int64(g.Limit) * sure / 1000}
	for t := range c.sessions {
		c.sessions[t] = g.Session(SessionIx(t))
	}
	rows := int32(0)
	for a := range c.row {
		c.row[a] = -1
		if !g.Person(ActorIx(a)) {
			continue
		}
		c.row[a] = rows
		rows++
		for t := range SessionIx(p.NumSessions()) {
			c.comes = append(c.comes, int16(p.Comes(ActorIx(a), t)))
		}
	}
	p.lones = append(p.lones, c)
}

// alone is how likely it is that of some people nobody comes, and that exactly one does, in parts of sure.
type alone struct {
	none, one int64
	booked    int
}

// with adds somebody to a session. The order is that of index, for chances are rounded person by person.
func (x *alone) with(c *lone, a ActorIx, t SessionIx) {
	q := int64(c.comes[int(c.row[a])*len(c.sessions)+int(t)]) * sure / 1000
	more, lost := x.none*q>>30, x.one*q>>30
	x.none, x.one = x.none-more, x.one-lost+more
	x.booked++
}

// cost prices it. Of one person or nobody it is not left to chance.
func (x *alone) cost(c *lone) (cost Score) {
	if x.booked < 2 {
		return Score{}
	}
	if x.one > c.limit {
		cost[Hard] = 1
	}
	cost[Soft] = c.price * x.one >> 30
	return cost
}

// loneCost prices a session with one person more (n = 1) or less (n = -1), or as it is (n = 0).
func (s *State) loneCost(c *lone, t SessionIx, who ActorIx, n int8) Score {
	x, waits := alone{none: sure}, n > 0
	for _, a := range s.members[People][t] {
		if c.row[a] < 0 || n < 0 && a == who {
			continue
		}
		if waits && who < a {
			x.with(c, who, t)
			waits = false
		}
		x.with(c, a, t)
	}
	if waits {
		x.with(c, who, t)
	}
	return x.cost(c)
}

// loneChange prices a person's joining or leaving.
func (s *State) loneChange(c *lone, a ActorIx, t SessionIx, n int8) Score {
	if !c.sessions[t] || c.row[a] < 0 {
		return Score{}
	}
	return s.loneCost(c, t, a, n).Sub(s.loneCost(c, t, -1, 0))
}
