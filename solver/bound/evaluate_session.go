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

// terms is with whom a session is run.
type terms struct {
	supervisors, minibuses int
	team                   []served // whose prices are paid
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
		return e.fixed(t, 0, 0)
	case !s.Staffed:
		return max(0, e.run(e.frame(t, terms{}), terms{}))
	}
	supervisors, minibuses := e.cheapest(t)
	best, useful := int64(0), e.useful(t)
	for n := 1; n <= min(useful+1, len(supervisors)); n++ {
		buses := n // each has a driver
		if n > useful {
			buses = len(minibuses)
		}
		for b := range min(buses, len(minibuses)) + 1 {
			x := terms{supervisors: n, minibuses: b}
			f := e.frame(t, x)
			if n == 1 {
				base := e.guests(f, make([]int64, len(s.Arcs)))
				for _, k := range supervisors {
					x.team = append([]served{k}, minibuses[:b]...)
					best = max(best, e.total(f, x, e.led(f, base, k.actor)))
				}
			} else {
				x.team = slices.Concat(supervisors[:n], minibuses[:b])
				best = max(best, e.run(f, x))
			}
			if f.rides {
				break // more minibuses only cost more
			}
		}
	}
	return best
}

// frame is what people must fit into in a session, and what they pay there.
type frame struct {
	s        *solver.RelaxedSession
	size     int64   // places that may be booked
	most     int32   // places indoors that are needed at most
	rides    bool    // whether anybody can come by minibus
	seatless int64   // permille: so seldom somebody may come who has no seat
	theta    int64   // the price of room
	rule     limit   // the inequality of the room
	rain     int64   // the price of a place indoors
	worth    []int64 // by position: what somebody pays to be there, with nobody's terms
}

// frame finds what a team of a size makes of a session.
func (e *evaluation) frame(t int, x terms) *frame {
	s := &e.Sessions[t]
	room, ride := e.places(s, x.supervisors), leastRoom(s, true, x.supervisors, x.minibuses)
	f := &frame{s: s, rides: ride > 0 && (x.supervisors == 0 || x.minibuses > 0), worth: make([]int64, len(s.Arcs))}
	widest := int32(1)
	var chance int64
	booked := solver.NoLimit
	for i, a := range s.Arcs {
		widest = max(widest, min(2, int32(e.Arcs[a].Takes)))
		f.worth[i] = at(e.prices.Pairs, int(a))
		for _, r := range e.shares[t] {
			f.worth[i] -= r.price
		}
	}
	for i := range s.Terms {
		for _, m := range s.Terms[i].Members {
			f.worth[m] += s.Terms[i].IfNone
		}
	}
	for i := range s.Rooms {
		r := &s.Rooms[i]
		limit := (r.Limit*1000 + 1<<30 - 1) >> 30
		if r.Riders {
			f.seatless = max(f.seatless, limit)
		} else {
			chance, booked = max(chance, limit), min(booked, r.Booked)
		}
	}
	f.size = int64(2 * len(s.Arcs))
	if booked != solver.NoLimit {
		f.size = min(f.size, int64(room)*int64(booked)/100)
	}
	if f.most = min(s.Most, room); s.Most > 0 && f.most > s.Shelter {
		f.size = min(f.size, int64(s.Shelter*widest))
	}
	if known := e.limits.of(chance); room >= 1 && booked <= usualBooked && int(room) <= len(known) {
		f.rule, f.theta = known[room-1], atLeastZero(e.prices.Rooms, e.rooms[t]+max(0, min(x.supervisors-1, e.useful(t))))
	}
	if s.Rain >= 0 {
		f.rain = atLeastZero(e.prices.Rain, int(s.Rain))
	}
	return f
}

// run gives what a session is worth with a team that is not named: with the best terms that anybody could make, if there is a team.
func (e *evaluation) run(f *frame, x terms) int64 {
	extra := make([]int64, len(f.s.Arcs))
	for i := range f.s.Terms {
		term := &f.s.Terms[i]
		for _, m := range term.Members {
			if x.supervisors > 0 {
				extra[m] += max(0, term.IfAny-term.IfNone)
			}
		}
	}
	return e.total(f, x, e.guests(f, extra))
}

// total adds up what the first guests of a list are worth, any number of them that fit, and what the team costs.
func (e *evaluation) total(f *frame, x terms, guests []guest) int64 {
	var sum, best int64
	indoors := int32(0)
	for i := range min(f.size, int64(len(guests))) {
		sum += guests[i].score
		if !guests[i].half {
			indoors++
		}
		best = max(best, sum-f.rain*int64(min(indoors, f.most)))
	}
	best += (f.theta*f.rule.bound+one-1)/one + f.s.Opening
	for _, m := range x.team {
		best -= m.price
	}
	return best
}

// guests lists who gains by being there, the most first, when terms add something for everybody.
func (e *evaluation) guests(f *frame, extra []int64) (list []guest) {
	for i := range f.s.Arcs {
		list = e.guest(list, f, int32(i), extra[i])
	}
	slices.SortFunc(list, before)
	return list
}

func before(a, b guest) int { return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.at, b.at)) }

// led lists the same when one supervisor leads, as far as there is room for them: those of base, but for whom that changes what they
// are worth.
func (e *evaluation) led(f *frame, base []guest, leader solver.ActorIx) (list []guest) {
	extra := map[int32]int64{}
	for i := range f.s.Terms {
		if term := &f.s.Terms[i]; slices.Contains(term.Staff, leader) {
			for _, m := range term.Members {
				extra[m] += term.IfAny - term.IfNone
			}
		}
	}
	for i := 0; i < len(base) && int64(len(list)) < f.size; i++ {
		if _, other := extra[base[i].at]; !other {
			list = append(list, base[i])
		}
	}
	for m, v := range extra { // in any order: the list is sorted
		list = e.guest(list, f, m, v)
	}
	slices.SortFunc(list, before)
	return list
}

// guest adds somebody to a list if they gain by being there.
func (e *evaluation) guest(list []guest, f *frame, position int32, extra int64) []guest {
	arc := &e.Arcs[f.s.Arcs[position]]
	v := f.worth[position] + extra
	if v <= 0 || arc.Seats > 0 && !f.rides && int64(arc.Comes) > f.seatless {
		return list
	}
	g, comes := guest{at: position}, int32(arc.Comes)
	if arc.Takes > 1 {
		v, g.half, comes = (v+1)/2, true, e.halves[comes]
	}
	if g.score = v - f.theta*f.rule.weight(comes)/one; g.score <= 0 {
		return list
	}
	list = append(list, g)
	if g.half {
		list = append(list, g)
	}
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

// fixed bounds a session in which something is fixed, whatever it breaks: everybody who is, and as many more as it could ever hold
// with some more supervisors and minibuses than there are.
func (e *evaluation) fixed(t, supervisors, minibuses int) (sum int64) {
	s := &e.Sessions[t]
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
