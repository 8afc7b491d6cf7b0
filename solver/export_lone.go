package solver

// The price of the chance that exactly one of some people comes depends on who of them is booked as no sum does. It is
// charged on a column of the session, of which a row for each set says that it is at least the price of that set while just
// that set is booked. Where few can come all sets are stated; others when a solution has come upon them.

// fewAlone is of how many people all sets are stated.
const fewAlone = 5

// company is who of the people that count are booked in a session.
type company struct {
	lone    int
	session SessionIx
	booked  []ActorIx
}

// companies gives those of a state in which it is a chance that one comes alone.
func (p *Problem) companies(s *State) []company {
	var all []company
	for i := range p.lones {
		c := &p.lones[i]
		for t := range SessionIx(p.NumSessions()) {
			if !c.sessions[t] {
				continue
			}
			x := company{lone: i, session: t}
			for _, a := range s.members[People][t] {
				if c.row[a] >= 0 {
					x.booked = append(x.booked, a)
				}
			}
			if len(x.booked) > 1 {
				all = append(all, x)
			}
		}
	}
	return all
}

// loneRows states the sets of all sessions in which few count.
func (x *export) loneRows() {
	for i := range x.lones {
		c := &x.lones[i]
		for t := range SessionIx(x.NumSessions()) {
			can := x.whoCounts(c, t)
			if len(can) > fewAlone {
				continue
			}
			for bits := range 1 << len(can) {
				set := company{lone: i, session: t}
				for k, a := range can {
					if bits>>k&1 != 0 {
						set.booked = append(set.booked, a)
					}
				}
				x.companyRow(&set)
			}
		}
	}
}

// whoCounts lists the people that count and can be in a session.
func (x *export) whoCounts(c *lone, t SessionIx) (can []ActorIx) {
	for a := range x.first[Supervisors] {
		if _, ok := x.of(a, t); ok && c.sessions[t] && c.row[a] >= 0 {
			can = append(can, a)
		}
	}
	return can
}

// companyRow charges the price of one set of people, or keeps it out.
func (x *export) companyRow(v *company) {
	c, m := &x.lones[v.lone], x.program
	sum, in := alone{none: sure}, map[ActorIx]bool{} // looked up only
	for _, a := range v.booked {
		sum.with(c, a, v.session)
		in[a] = true
	}
	cost := sum.cost(c)
	if cost == (Score{}) {
		return
	}
	x.rule(c.constraint)
	var just []lpTerm // at most the number of those booked, and only if just they are
	for _, a := range x.whoCounts(c, v.session) {
		col, _ := x.of(a, v.session)
		if in[a] {
			just = append(just, lpTerm{col, 1})
		} else {
			just = append(just, lpTerm{col, -1})
		}
	}
	if cost[Hard] > 0 {
		m.below(nil, just, int64(len(v.booked)-1))
	}
	if cost[Soft] <= 0 {
		return
	}
	at := pair{ActorIx(v.lone), v.session}
	if _, ok := x.prices[at]; !ok {
		x.prices[at] = m.named("p", 0, c.price, false)
		m.columns[x.prices[at]].cost = 1
	}
	terms := []lpTerm{{x.prices[at], -1}}
	for _, j := range just {
		terms = append(terms, lpTerm{j.column, j.factor * cost[Soft]})
	}
	m.below(nil, terms, cost[Soft]*int64(len(v.booked)-1))
}
