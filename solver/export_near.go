package solver

import "slices"

// A solver that is asked once, and not again with cuts until it is right, needs rows that come near to what a chance allows
// from both sides. Such a row counts a person as one part in n, where n is how many people who come as often as they do there
// would be room for; n is taken between whole people, by how near the chance of the next is to the limit. Groups of people who
// come equally often are then judged right, others nearly so.

// nearWhole is what the people of a cell may count together, and nearSlack what they may count beyond: for rounding, and because
// a hundredth too little cuts off some of the fullest groups, where a hundredth too much lets in few that are too full.
const (
	nearWhole = 10_000
	nearSlack = 100
)

// nearGreatest is up to which room a unit is looked at: five supervisors of eight. In more a unit is good for hardly more.
const nearGreatest = 40

// nearLevels is of how many amounts of room rows are made for a cell.
const nearLevels = 6

// Near gives rows that come near to what chances allow and cost, for a solver that is asked once: legal rosters may be cut off,
// illegal ones left in, both by little. Without other cuts, that is; the optimum with it bounds nothing.
func (p *Problem) Near() Cut { return Cut{near: true} }

// near states all chances nearly.
func (x *export) near() {
	for i := range x.crowds {
		x.nearRows(i)
	}
	for i := range x.lones {
		for t := range SessionIx(x.NumSessions()) {
			x.nearLone(i, t)
		}
	}
}

// nearRows states a crowd nearly: for each amount of room that a cell may have, while it has no more.
func (x *export) nearRows(i int) {
	c := &x.Problem.crowds[i]
	x.rule(c.constraint)
	counts := nearCounts{limit: c.limit}
	for at := range int32(x.NumSessions()) {
		people, most := x.crowdPeople(c, at)
		levels := x.levels(c, at)
		if len(people) > 0 && len(levels) > 0 {
			x.nearShares(c, at, people, &counts, levels[0], levels[len(levels)-1])
		}
		for _, room := range levels {
			if most <= int64(room) {
				continue
			}
			key := roomFor{i, at, room + 1}
			if _, ok := x.rooms[key]; !ok {
				x.rooms[key] = x.tooLittle(c, at, room+1)
			}
			terms := make([]lpTerm, len(people))
			for k, e := range people {
				terms[k] = lpTerm{e.column, counts.of(e.permille, room, e.weight)}
			}
			x.program.below(x.rooms[key], terms, nearWhole+nearSlack)
		}
	}
}

// nearShares states that people share the room that supervisors and minibuses make, without a condition: what they count for
// in the least room is at most the room there is, at the most that a unit of room is good for in any. That follows
// nearly from the other rows, but leaves a relaxation little to gain from half a supervisor.
func (x *export) nearShares(c *crowd, at int32, people []crowdPerson, counts *nearCounts, least, greatest int32) {
	terms, rate := make([]lpTerm, 0, len(people)), int64(0)
	for _, e := range people {
		terms = append(terms, lpTerm{e.column, counts.of(e.permille, least, e.weight)})
		rate = max(rate, counts.rate(e, least, min(greatest, nearGreatest)))
	}
	for i := range c.rooms {
		row, makes := slices.Clone(terms), false
		for _, r := range x.roomOf(c, i, at) {
			if r.factor > 0 {
				row, makes = append(row, lpTerm{r.column, -r.factor * rate}), true
			}
		}
		if makes {
			x.program.below(nil, row, max(0, int64(c.has[i][at]))*rate+nearSlack)
		}
	}
}

// crowdPerson is a person who may be in a cell.
type crowdPerson struct {
	column   int32
	permille int32
	weight   int32
}

// crowdPeople lists who may be in a cell, and what they take in all.
func (x *export) crowdPeople(c *crowd, at int32) (people []crowdPerson, most int64) {
	for _, t := range c.sessions[at] {
		for a := range x.first[Supervisors] {
			w := x.crowdWeight(c, a, t)
			if col, ok := x.of(a, t); ok && w > 0 {
				people = append(people, crowdPerson{col, int32(x.alone[int(a)*x.NumSessions()+int(t)].counted), w})
				most += int64(w)
			}
		}
	}
	return people, most
}

// levels lists some amounts of room that a cell may have: by each of its rooms with one or two who add to it.
func (x *export) levels(c *crowd, at int32) []int32 {
	most, all := noRoom, []int32(nil)
	for i := range c.rooms {
		has := c.has[i][at]
		terms := x.roomOf(c, i, at)
		_, sum := x.program.span(terms)
		most = min(most, has+int32(min(sum, int64(noRoom-has))))
		all = append(all, has)
		for _, a := range terms {
			all = append(all, has+int32(a.factor))
			if a.factor > 0 {
				all = append(all, has+2*int32(a.factor))
			}
		}
	}
	all = append(all, most)
	all = slices.DeleteFunc(all, func(r int32) bool { return r < 1 || r > most })
	slices.Sort(all)
	all = slices.Compact(all)
	for len(all) > nearLevels { // the smallest matter most, and the greatest always holds
		all = slices.Delete(all, len(all)-2, len(all)-1)
	}
	return all
}

// nearLone charges, in a session in which many count, about what the chance that one comes alone costs: that of so many who
// come as often as they do on average, straight between whole numbers.
func (x *export) nearLone(i int, t SessionIx) {
	c, m := &x.lones[i], x.program
	can := x.whoCounts(c, t)
	if len(can) <= fewAlone || c.price <= 0 {
		return
	}
	x.rule(c.constraint)
	var (
		sum   int64
		terms []lpTerm
	)
	for _, a := range can {
		sum += int64(c.comes[int(c.row[a])*len(c.sessions)+int(t)])
		col, _ := x.of(a, t)
		terms = append(terms, lpTerm{col, 1})
	}
	comes := sum / int64(len(can)) * sure / 1000
	price := func(n int) int64 { // the price of n of them
		none, one := int64(sure), int64(0)
		for range n {
			none, one = none-none*comes>>30, one-(one*comes>>30)+none*comes>>30
		}
		return c.price * one >> 30
	}
	at := pair{ActorIx(i), t}
	if _, ok := x.prices[at]; !ok {
		x.prices[at] = m.named("p", 0, c.price, false)
		m.columns[x.prices[at]].cost = 1
	}
	some := m.positive(terms)
	for n := 2; n < fewAlone; n++ {
		here, fall := price(n), price(n)-price(n+1)
		if fall < 0 {
			continue // they come so seldom that one more makes it likelier
		}
		row := []lpTerm{{x.prices[at], -1}, {some.column, here + fall*int64(n)}}
		for _, p := range terms {
			row = append(row, lpTerm{p.column, -fall})
		}
		m.below(nil, row, 0)
	}
}

// Thin takes people out of a state until the rows of [Problem.Near] hold, those first whose leaving costs least, and breaks
// nothing more by it: a start that a solver of those rows can use.
func (p *Problem) Thin(s *State) {
	for i := range p.crowds {
		c := &p.crowds[i]
		counts := nearCounts{limit: c.limit}
		for at := range int32(p.NumSessions()) {
			for s.overNear(c, at, &counts) && s.dropCheapest(c, at) {
			}
		}
	}
	s.Settle()
	s.Commit()
}

// overNear reports whether the people of a cell count for more than they may together.
func (s *State) overNear(c *crowd, at int32, counts *nearCounts) bool {
	x := &s.crowd[c.offset+at]
	room := min(x.room[0], x.room[1])
	switch {
	case x.people == 0:
	case room < 1:
		return true
	default:
		sum := int64(0)
		for _, e := range s.crowdOf(c, at) {
			sum += counts.of(int32(s.alone[int(e.actor)*s.NumSessions()+int(e.session)].counted), room, e.weight)
		}
		return sum > nearWhole+nearSlack
	}
	return false
}

// dropCheapest takes somebody out of a cell; false: nobody can leave without breaking something.
func (s *State) dropCheapest(c *crowd, at int32) bool {
	var (
		found bool
		best  crowdEntry
		least int64
	)
	for _, e := range slices.Clone(s.crowdOf(c, at)) {
		if d := s.Delta(e.actor, e.session, -1); d[Hard] <= 0 && (!found || d[Soft] < least) {
			found, best, least = true, e, d[Soft]
		}
	}
	if found {
		s.Leave(best.actor, best.session)
	}
	return found
}
