package bound

import (
	"cmp"
	"slices"

	"github.com/communitypayback/payback/solver"
)

// guest is somebody who could be in a session, at its prices. Who takes two places stands there as two halves.
type guest struct {
	at    int32
	score int64
	half  bool
}

// terms is how a session is run: with whom, and what they make of it.
type terms struct {
	supervisors, minibuses int
	team                   []served
	named                  bool // the team is just these people; otherwise any of that number or more
}

// useful gives how many supervisors make room in a session.
func (e *evaluation) useful(t int) int {
	s := &e.Sessions[t]
	if !s.Staffed {
		return 0
	}
	all := 0
	for _, x := range e.serving[t] {
		if !x.minibus {
			all++
		}
	}
	n := min(1, all)
	for n < all && e.places(s, n+1) > e.places(s, n) {
		n++
	}
	return n
}

func (e *evaluation) places(s *solver.RelaxedSession, supervisors int) int32 {
	return leastRoom(s, false, supervisors, 0)
}

// leastRoom gives the least of a session's rooms, for people or for riders.
func leastRoom(s *solver.RelaxedSession, riders bool, supervisors, minibuses int) int32 {
	room := int32(1 << 20)
	for i := range s.Rooms {
		if s.Rooms[i].Riders == riders {
			room = min(room, s.Rooms[i].OfAny(supervisors, minibuses))
		}
	}
	return room
}

// session gives what the best way to run a session is worth at most.
func (e *evaluation) session(t int) int64 {
	s := &e.Sessions[t]
	switch {
	case len(s.Arcs) == 0:
		return 0
	case s.Fixed:
		return e.fixed(t)
	case !s.Staffed:
		return max(0, e.run(t, terms{}))
	}
	var supervisors, minibuses []served
	for _, x := range e.serving[t] {
		if x.minibus {
			minibuses = append(minibuses, x)
		} else {
			supervisors = append(supervisors, x)
		}
	}
	cheap := func(a, b served) int { return cmp.Or(cmp.Compare(a.price, b.price), cmp.Compare(a.actor, b.actor)) }
	slices.SortFunc(supervisors, cheap)
	slices.SortFunc(minibuses, cheap)
	best, useful := int64(0), e.useful(t)
	for n := 1; n <= min(useful+1, len(supervisors)); n++ {
		buses := n // each has a driver
		if n > useful {
			buses = len(minibuses)
		}
		for b := range min(buses, len(minibuses)) + 1 {
			x := terms{supervisors: n, minibuses: b}
			if n > 1 {
				x.team = slices.Concat(supervisors[:n], minibuses[:b])
				best = max(best, e.run(t, x))
				continue
			}
			x.named = true
			for k := range supervisors {
				x.team = slices.Concat(supervisors[k:k+1], minibuses[:b])
				best = max(best, e.run(t, x))
			}
		}
	}
	return best
}

// run gives what a session is worth with a team.
func (e *evaluation) run(t int, x terms) int64 {
	s := &e.Sessions[t]
	room, ride := e.places(s, x.supervisors), leastRoom(s, true, x.supervisors, x.minibuses)
	rides := ride > 0 && (x.supervisors == 0 || x.minibuses > 0)
	widest := int32(1)
	var chance int64
	booked := solver.NoLimit
	for _, a := range s.Arcs {
		widest = max(widest, min(2, int32(e.Arcs[a].Takes)))
	}
	for i := range s.Rooms {
		if r := &s.Rooms[i]; !r.Riders {
			chance, booked = max(chance, (r.Limit*1000+1<<30-1)>>30), min(booked, r.Booked)
		}
	}
	size := int64(2 * len(s.Arcs))
	if booked != solver.NoLimit {
		size = min(size, int64(room)*int64(booked)/100)
	}
	most := min(s.Most, room)
	if s.Most > 0 && most > s.Shelter {
		size = min(size, int64(s.Shelter*widest))
	}
	var theta int64
	var rule limit
	if known := e.limits.of(chance); room >= 1 && booked <= usualBooked && int(room) <= len(known) {
		rule, theta = known[room-1], atLeastZero(e.prices.Rooms, e.rooms[t]+max(0, x.supervisors-1))
	}
	guests := e.guests(s, x, rides, theta, &rule, t)
	rain := int64(0)
	if s.Rain >= 0 {
		rain = atLeastZero(e.prices.Rain, int(s.Rain))
	}
	var sum, best int64
	indoors := int32(0)
	for i := range min(size, int64(len(guests))) {
		sum += guests[i].score
		if !guests[i].half {
			indoors++
		}
		best = max(best, sum-rain*int64(min(indoors, most)))
	}
	best += (theta*rule.bound+one-1)/one + s.Opening
	for _, m := range x.team {
		best -= m.price
	}
	return best
}

// guests lists who gains by being there, the most first.
func (e *evaluation) guests(s *solver.RelaxedSession, x terms, rides bool, theta int64, rule *limit, t int) (list []guest) {
	seatless := int64(0) // permille: so seldom somebody may come who has no seat
	for i := range s.Rooms {
		if s.Rooms[i].Riders {
			seatless = max(seatless, (s.Rooms[i].Limit*1000+1<<30-1)>>30)
		}
	}
	extra := make([]int64, len(s.Arcs))
	for i := range s.Terms {
		term := &s.Terms[i]
		worth := max(term.IfAny, term.IfNone)
		if x.named || x.supervisors == 0 {
			worth = term.IfNone
			for _, m := range x.team {
				if slices.Contains(term.Staff, m.actor) {
					worth = term.IfAny
				}
			}
		}
		for _, m := range term.Members {
			extra[m] += worth
		}
	}
	for i, a := range s.Arcs {
		arc := &e.Arcs[a]
		v := at(e.prices.Pairs, int(a)) + extra[i]
		for _, r := range e.shares[t] {
			v -= r.price
		}
		if v <= 0 || arc.Seats > 0 && !rides && int64(arc.Comes) > seatless {
			continue
		}
		g, comes := guest{at: int32(i)}, int32(arc.Comes)
		if arc.Takes > 1 {
			v, g.half, comes = (v+1)/2, true, half(comes)
		}
		if g.score = v - theta*rule.weight(comes)/one; g.score <= 0 {
			continue
		}
		list = append(list, g)
		if g.half {
			list = append(list, g)
		}
	}
	slices.SortFunc(list, func(a, b guest) int { return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.at, b.at)) })
	return list
}

// half gives the greatest whole permille h for which two who come with h are never more, in any number, than one who takes two places
// and comes with a: (1 - h)(1 - h) >= 1 - a.
func half(a int32) (h int32) {
	for (1000-h-1)*(1000-h-1) >= 1000*(1000-a) && h < 1000 {
		h++
	}
	return h
}

// fixed bounds a session in which something is fixed, whatever it breaks: everybody who is, and as many more as it could ever hold.
func (e *evaluation) fixed(t int) (sum int64) {
	s := &e.Sessions[t]
	supervisors, minibuses := 0, 0
	for _, x := range e.serving[t] {
		if x.minibus {
			minibuses++
		} else {
			supervisors++
		}
	}
	best := make([]int64, len(s.Arcs))
	for i, a := range s.Arcs {
		best[i] = at(e.prices.Pairs, int(a))
		for _, r := range e.shares[t] {
			best[i] -= r.price
		}
	}
	for i := range s.Terms {
		for _, m := range s.Terms[i].Members {
			best[m] += max(s.Terms[i].IfAny, s.Terms[i].IfNone)
		}
	}
	var others []int64
	for i, a := range s.Arcs {
		switch {
		case best[i] <= 0:
		case e.Arcs[a].Fixed:
			sum += best[i]
		default:
			others = append(others, best[i])
		}
	}
	slices.SortFunc(others, func(a, b int64) int { return cmp.Compare(b, a) })
	room := 2 * int64(leastRoom(s, false, supervisors, minibuses))
	for i := range min(room, int64(len(others))) {
		sum += others[i]
	}
	return sum
}
