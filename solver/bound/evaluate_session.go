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

// useful gives how many supervisors make room in a session.
func (e *evaluation) useful(t int) int {
	s := &e.Sessions[t]
	if !s.Staffed {
		return 0
	}
	all := e.leaders[t]
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
		return e.run(e.comers(t), 0, nil, nil)
	}
	supervisors, minibuses := e.cheapest(t)
	if len(supervisors) == 0 {
		return 0
	}
	c := e.comers(t)
	best := e.single(c, supervisors, minibuses)
	for n := 2; n <= min(e.useful(t)+1, len(supervisors)); n++ {
		best = max(best, e.run(c, n, supervisors, minibuses))
	}
	return best
}

// single gives what a session is worth with the best of those who may supervise it alone. It is not worth less than nothing.
func (e *evaluation) single(c *comers, supervisors, minibuses []served) (best int64) {
	on := e.aboard(c, 1, len(supervisors), minibuses)
	for _, rides := range []bool{false, true} {
		f := e.frame(c, 1, rides, on)
		// With the best terms of all, the best minibus and no rain nobody makes less of it. Whoever is too dear for that is left out.
		dry := *f
		dry.rain = 0
		most := e.total(&dry, e.guests(f, c.extra), e.company(f, e.friends(f, c.extra)))
		if rides {
			carried, _ := on.gain(anyFleet)
			most += carried
		}
		if most-supervisors[0].price <= best {
			continue
		}
		none := make([]int64, len(c.arcs))
		base, plain := e.guests(f, none), e.company(f, e.friends(f, none))
		for _, k := range supervisors { // by price
			if most-k.price <= best {
				break
			}
			carried, ok := on.gain(e.driven(c.t, k.actor))
			switch {
			case !rides:
				carried = 0
			case !ok:
				continue
			}
			list, brings := e.led(f, base, plain, k.actor)
			best = max(best, e.total(f, list, brings)+carried-k.price)
		}
	}
	return best
}

// run gives what a session is worth with the first so many of those who may supervise it, who are not named: with the best terms that
// anybody could make, if there is a team. It is not worth less than nothing.
func (e *evaluation) run(c *comers, n int, supervisors, minibuses []served) (best int64) {
	extra := c.extra
	if n == 0 {
		extra = make([]int64, len(c.arcs))
	}
	cost := int64(0)
	for _, k := range supervisors[:n] {
		cost += k.price
	}
	on := e.aboard(c, n, len(supervisors), minibuses)
	f := e.frame(c, n, false, on)
	best = max(0, e.total(f, e.guests(f, extra), e.company(f, e.friends(f, extra)))-cost)
	if carried, ok := on.gain(anyFleet); ok {
		f = e.frame(c, n, true, on)
		best = max(best, e.total(f, e.guests(f, extra), e.company(f, e.friends(f, extra)))+carried-cost)
	}
	return best
}

// total adds up what the first guests of a list are worth with some who need company, any number of each that fit, without what the
// team costs.
func (e *evaluation) total(f *frame, guests []guest, brings []int64) (best int64) {
	wide := int32(0) // who need company and may find no place indoors by themselves
	if f.s.Company != nil {
		for _, m := range f.s.Company.Members {
			if f.arcs[m].Takes > 1 {
				wide++
			}
		}
	}
	for n, v := range brings {
		sum, indoors := v, max(0, int32(n)-wide)
		for i := 0; ; i++ {
			fits := (f.theta*f.fits[n+i] + one - 1) / one
			best = max(best, sum+fits-f.rain*int64(min(indoors, f.most)))
			if i == len(guests) || int64(n+i) >= f.size {
				break
			}
			sum += guests[i].score
			if !guests[i].half {
				indoors++
			}
		}
	}
	return best + f.s.Opening
}

// guests lists who gains by being there, the most first, when terms add something for everybody.
func (e *evaluation) guests(f *frame, extra []int64) (list []guest) {
	list = make([]guest, 0, len(f.arcs))
	for i := range f.arcs {
		list = e.guest(list, f, int32(i), extra[i])
	}
	slices.SortFunc(list, before)
	return list
}

func before(a, b guest) int {
	if a.score != b.score {
		return cmp.Compare(b.score, a.score)
	}
	return cmp.Compare(a.at, b.at)
}

// led lists the same when one supervisor leads, as far as there is room for them: those of base, but for whom that changes what they
// are worth. It also gives what those who need company bring then, plain if they are worth the same.
func (e *evaluation) led(f *frame, base []guest, plain []int64, leader solver.ActorIx) (list []guest, brings []int64) {
	turned := e.turned(f, leader)
	for i := 0; i < len(base) && int64(len(list)) < f.size; i++ {
		if !turned.is[base[i].at] {
			list = append(list, base[i])
		}
	}
	brings = plain
	for _, m := range turned.who {
		list = e.guest(list, f, m, turned.extra[m])
		if f.needs[m] && turned.extra[m] != 0 {
			brings = nil
		}
	}
	slices.SortFunc(list, before)
	if brings == nil {
		brings = e.company(f, e.friends(f, turned.extra))
	}
	if c := f.s.Company; c != nil && c.Unled > 0 && !slices.Contains(c.Led, leader) {
		brings = slices.Clone(brings)
		for n := 1; n < len(brings); n++ {
			brings[n] -= c.Unled
		}
	}
	return list, brings
}

// turn is what a leader's terms add for those who could come.
type turn struct {
	who   []int32 // positions of those whom a term is about
	is    []bool  // by position: they are among these
	extra []int64 // by position
}

// turned finds what the terms of a leader add.
func (e *evaluation) turned(f *frame, leader solver.ActorIx) turn {
	x := turn{is: make([]bool, len(f.arcs)), extra: make([]int64, len(f.arcs))}
	for i := range f.s.Terms {
		term := &f.s.Terms[i]
		if !slices.Contains(term.Staff, leader) {
			continue
		}
		for _, m := range term.Members {
			if !x.is[m] {
				x.is[m], x.who = true, append(x.who, m)
			}
			x.extra[m] += term.IfAny - term.IfNone
		}
	}
	return x
}

// guest adds somebody to a list if they gain by being there.
func (e *evaluation) guest(list []guest, f *frame, position int32, extra int64) []guest {
	if f.needs[position] {
		return list // see friends
	}
	arc := &f.arcs[position]
	v := f.worth[position] + extra
	if v <= 0 || arc.Seats > 0 && !f.rides && int64(arc.Comes) > f.seatless {
		return list
	}
	g, comes, seats := guest{at: position}, int32(arc.Comes), e.seatsOf(arc)
	if arc.Takes > 1 {
		v, g.half, comes, seats = (v+1)/2, true, e.halves[comes], seats/2
	}
	if g.score = v - f.theta*f.rule.weight(comes)/one - f.sigma*seats/one; g.score <= -f.theta {
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
