package solver

import "slices"

// RelaxedCompany is some people of one session none of whom is there without others of them.
type RelaxedCompany struct {
	Members []int32   // positions in RelaxedSession.Arcs, rising
	Comes   []int16   // by member: the chance of coming, in permille
	Least   int32     // so many of them, or none
	Led     []ActorIx // one of these should supervise them; in order of index
	Unled   int64     // millipoints where none does
	Alone   int64     // millipoints if it is certain that exactly one comes
}

// hole reads a table of people of whom a session has none or enough.
func (x *relaxing) hole(g *grid) {
	parallel(len(x.out.Sessions), func(t int) {
		if c := x.company(g.colFrom, SessionIx(t), func(a ActorIx) bool { return g.row[a] >= 0 && g.weight[a] == 1 }); c != nil {
			c.Least = max(c.Least, g.limit[g.colList[g.colFrom[t]]])
		}
	})
}

// unled reads a table of people with whom a session should have somebody of the staff. What another table says of other people is
// left out.
func (x *relaxing) unled(g *grid) {
	parallel(len(x.out.Sessions), func(t int) {
		c := x.company(g.colFrom, SessionIx(t), func(a ActorIx) bool { return g.row[a] >= 0 && g.guard[a] > 0 })
		if c == nil || c.Unled > 0 {
			return
		}
		c.Unled = g.price
		for a := x.first[Supervisors]; a < x.first[kinds]; a++ {
			if g.row[a] >= 0 && g.weight[a] > 0 {
				c.Led = append(c.Led, a)
			}
		}
	})
}

// lone reads the price of one who comes alone.
func (x *relaxing) lone(l *lone) {
	parallel(len(x.out.Sessions), func(t int) {
		if !l.sessions[t] {
			return
		}
		if c := x.company(nil, SessionIx(t), func(a ActorIx) bool { return l.row[a] >= 0 }); c != nil && c.Alone == 0 {
			c.Alone = l.price
			for i, m := range c.Members {
				row := l.row[x.out.Arcs[x.at[t][m]].Person]
				c.Comes[i] = l.comes[int(row)*len(l.sessions)+t]
			}
		}
	})
}

// company gives the company of a session if it is of just these people, or makes it. Nil: there is none, or it is of others, or
// something is fixed in the session and may break the rule.
func (x *relaxing) company(columns []int32, t SessionIx, counts func(a ActorIx) bool) *RelaxedCompany {
	s := &x.out.Sessions[t]
	if s.Fixed || columns != nil && columns[t+1]-columns[t] != 1 {
		return nil
	}
	var members []int32
	for i, arc := range s.Arcs {
		if counts(x.out.Arcs[arc].Person) {
			members = append(members, int32(i))
		}
	}
	switch {
	case len(members) == 0:
		return nil
	case s.Company == nil:
		s.Company = &RelaxedCompany{Members: members, Comes: make([]int16, len(members)), Least: 1}
	case !slices.Equal(s.Company.Members, members):
		return nil
	}
	return s.Company
}
