package bound

import (
	"math/bits"
	"slices"

	"github.com/communitypayback/payback/solver"
)

// demand is what some people of one session cannot do without there, if they are counted one way.
type demand struct {
	session solver.SessionIx
	riders  bool
	staff   []int32 // one of these, as positions in Relaxed.Staff
	open    bool    // none of them, for the room of the session is all that is counted
	byRide  bool    // it is drivers or minibuses that are needed
	// whole says that no team leads them which has anybody else in it, so that each of them leads only their share of the group.
	whole bool
	dead  bool // there is nobody who could lead or drive them
}

// demands finds what everybody needs in every session.
type demands struct {
	*solver.Relaxed
	way      Way
	list     []demand
	demandOf []int32 // by arc: index of list
	useful   []int   // by session: the most supervisors that are of any use; 0 where none is needed
	fleet    []int   // by session: its minibuses
}

// newDemands reads them off a relaxed week, counted one way.
func newDemands(r *solver.Relaxed, way Way) *demands {
	x := &demands{Relaxed: r, way: way, demandOf: make([]int32, len(r.Arcs)), useful: make([]int, len(r.Sessions)), fleet: make([]int, len(r.Sessions))}
	leaders, buses := make([][]int32, len(r.Sessions)), make([][]int32, len(r.Sessions))
	for i := range r.Staff {
		for _, a := range r.Staff[i].Arcs {
			if r.Staff[i].Minibus {
				buses[a.Session] = append(buses[a.Session], int32(i))
			} else {
				leaders[a.Session] = append(leaders[a.Session], int32(i))
			}
		}
	}
	driving := make([][]*solver.RelaxedDrivers, len(r.Sessions))
	for i := range r.Drivers {
		for _, t := range r.Drivers[i].Sessions {
			driving[t] = append(driving[t], &r.Drivers[i])
		}
	}
	for t := range r.Sessions {
		s := &r.Sessions[t]
		x.fleet[t] = len(buses[t])
		if !s.Fixed && s.Staffed {
			x.useful[t] = usefulTeam(s, len(leaders[t]))
		}
		x.session(solver.SessionIx(t), way, leaders[t], buses[t], driving[t])
	}
	return x
}

// usefulTeam gives how many supervisors make room in a session.
func usefulTeam(s *solver.RelaxedSession, all int) int {
	n := min(1, all)
	for n < all && leastRoom(s, false, n+1, 0) > leastRoom(s, false, n, 0) {
		n++
	}
	return n
}

// maxTerms is how many terms of a session tell its people apart; what further ones say is left out.
const maxTerms = 62

// session sorts the people of one session by what they need there.
func (x *demands) session(t solver.SessionIx, way Way, leaders, buses []int32, driving []*solver.RelaxedDrivers) {
	s := &x.Sessions[t]
	marks := make([]uint64, len(s.Arcs)) // by position: whether they ride, and a bit for each term that could keep them out
	var terms []*solver.RelaxedTerm
	for i := range s.Terms {
		term := &s.Terms[i]
		if (term.IfAny != solver.NoWay && term.IfNone != solver.NoWay) || len(terms) == maxTerms {
			continue
		}
		terms = append(terms, term)
		for _, m := range term.Members {
			marks[m] |= 1 << len(terms)
		}
	}
	rides := x.needRide(s)
	for i, a := range s.Arcs {
		if rides && x.Arcs[a].Seats > 0 {
			marks[i] |= 1
		}
	}
	known := map[uint64]int32{} // looked up only
	for i, m := range marks {
		d, ok := known[m]
		if !ok {
			d = int32(len(x.list))
			known[m] = d
			x.list = append(x.list, x.demand(t, m, terms, way, leaders, buses, driving))
		}
		x.demandOf[s.Arcs[i]] = d
	}
}

// needRide reports whether nobody who rides can come to a session unless a minibus goes there.
func (x *demands) needRide(s *solver.RelaxedSession) bool {
	if s.Fixed || !s.Staffed {
		return false
	}
	var c crowd
	for _, a := range s.Arcs {
		if arc := &x.Arcs[a]; arc.Seats > 0 {
			c.add(arc.Comes, arc.Seats)
		}
	}
	return c.all > 0 && c.heldIn(s, true, 1, 0) == 0
}

func (x *demands) demand(t solver.SessionIx, mark uint64, terms []*solver.RelaxedTerm, way Way, leaders, buses []int32, driving []*solver.RelaxedDrivers) demand {
	d := demand{session: t, riders: mark&1 != 0}
	if s := &x.Sessions[t]; s.Fixed || !s.Staffed {
		d.open = true
		return d
	}
	team := leaders
	for m := mark >> 1; m != 0; m &= m - 1 {
		if term := terms[bits.TrailingZeros64(m)]; term.IfAny == solver.NoWay {
			team = x.without(team, term.Staff)
		}
	}
	d.staff, d.whole = team, true
	take := func(staff []int32) {
		if len(staff) < len(d.staff) {
			d.staff, d.whole = staff, false
		}
	}
	for m := mark >> 1; m != 0; m &= m - 1 {
		if term := terms[bits.TrailingZeros64(m)]; term.IfNone == solver.NoWay {
			take(x.among(team, term.Staff))
		}
	}
	d.dead = len(d.staff) == 0
	if !d.riders {
		return d
	}
	usable, drivers := x.usable(team, buses, driving)
	d.dead = d.dead || len(usable) == 0
	switch {
	case d.dead || way == ByLeaders:
	case way == ByMinibuses:
		d.staff, d.whole, d.byRide = usable, false, true
	default:
		d.staff, d.whole, d.byRide = drivers, false, true
	}
	return d
}

// usable lists the minibuses that somebody of a team may drive, and the fewest of the team of whom each of them needs one.
func (x *demands) usable(team, buses []int32, driving []*solver.RelaxedDrivers) (usable, drivers []int32) {
	for _, b := range buses {
		if !slices.ContainsFunc(driving, func(r *solver.RelaxedDrivers) bool {
			return x.has(r.Minibuses, b) && len(x.among(team, r.Drivers)) == 0
		}) {
			usable = append(usable, b)
		}
	}
	drivers = team
	for _, r := range driving {
		if slices.ContainsFunc(usable, func(b int32) bool { return !x.has(r.Minibuses, b) }) {
			continue
		}
		if able := x.among(team, r.Drivers); len(able) < len(drivers) {
			drivers = able
		}
	}
	return usable, drivers
}

// has reports whether a list in order has a member of staff.
func (x *demands) has(list []solver.ActorIx, staff int32) bool {
	_, ok := slices.BinarySearch(list, x.Staff[staff].Actor)
	return ok
}

func (x *demands) among(team []int32, list []solver.ActorIx) (out []int32) {
	for _, k := range team {
		if x.has(list, k) {
			out = append(out, k)
		}
	}
	return out
}

func (x *demands) without(team []int32, list []solver.ActorIx) (out []int32) {
	for _, k := range team {
		if !x.has(list, k) {
			out = append(out, k)
		}
	}
	return out
}

// ofThisWay keeps those whom it makes a difference to that they are counted this way: all, if leaders are, or else those who ride to
// every session that somebody must lead.
func (x *demands) ofThisWay(people []solver.ActorIx) (out []solver.ActorIx) {
	for _, a := range people {
		rides, other := false, x.way != ByLeaders
		for k := x.People[a].From; k < x.People[a].To; k++ {
			if d := &x.list[x.demandOf[k]]; !d.open && !d.dead {
				rides, other = rides || d.riders, other && d.riders
			}
		}
		if x.way == ByLeaders || rides && other {
			out = append(out, a)
		}
	}
	return out
}
