package bound

import (
	"slices"

	"github.com/communitypayback/payback/solver"
)

// comers is everybody who could come to a session, by position: their arcs, side by side, and what it is worth that they are there.
type comers struct {
	t      int
	s      *solver.RelaxedSession
	arcs   []solver.Arc
	needs  []bool  // company
	worth  []int64 // what somebody pays to be there, with nobody's terms
	extra  []int64 // what the best terms add to that
	widest int64   // places that one of them takes, at most two
	seats  int64   // seats for a place, likewise
	comes  []int32 // chances in permille of those who take a place, who come most seldom first
	spare  int64   // how many take none, and how many take two
}

// comers gathers those of one session.
func (e *evaluation) comers(t int) *comers {
	s := &e.Sessions[t]
	n := len(s.Arcs)
	c := &comers{t: t, s: s, arcs: make([]solver.Arc, n), needs: make([]bool, n), worth: make([]int64, n), extra: make([]int64, n), widest: 1, seats: 1,
		comes: make([]int32, 0, n)}
	for i, a := range s.Arcs {
		c.arcs[i], c.worth[i] = e.Arcs[a], at(e.prices.Pairs, int(a))
		for _, r := range e.shares[t] {
			c.worth[i] -= r.price
		}
		if c.arcs[i].Takes > 1 {
			c.widest = 2
			c.spare++
		} else if c.arcs[i].Seats > 1 {
			c.seats = 2
		}
		if c.arcs[i].Takes < 1 {
			c.spare++
		} else {
			c.comes = append(c.comes, int32(min(max(c.arcs[i].Comes, 0), 1000)))
		}
	}
	slices.Sort(c.comes)
	for i := range s.Terms {
		term := &s.Terms[i]
		for _, m := range term.Members {
			c.worth[m] += term.IfNone
			c.extra[m] += max(0, term.IfAny-term.IfNone)
		}
	}
	if s.Company != nil {
		for _, m := range s.Company.Members {
			c.needs[m] = true
		}
	}
	return c
}

// frame is what people must fit into in a session, and what they pay there.
type frame struct {
	*comers
	size     int64   // places that may be booked
	most     int32   // places indoors that are needed at most
	rides    bool    // whether anybody can come by minibus
	seatless int64   // permille: so seldom somebody may come who has no seat
	theta    int64   // the price of room
	rule     limit   // the inequality of the room
	fits     []int64 // by places that are taken: what that allows
	sigma    int64   // the price of seats
	rain     int64   // the price of a place indoors
}

// priceOf finds the prices of room and of seats for a team of a size.
func (e *evaluation) priceOf(t, supervisors int) int {
	return e.rooms[t] + max(0, min(supervisors-1, e.useful(t)))
}

// booked gives the share of a session's places that may be booked, in percent, if there is a limit, and the chance of too many, in
// permille.
func booked(s *solver.RelaxedSession) (percent int32, chance int64) {
	percent = solver.NoLimit
	for i := range s.Rooms {
		if r := &s.Rooms[i]; !r.Riders {
			chance, percent = max(chance, (r.Limit*1000+1<<30-1)>>30), min(percent, r.Booked)
		}
	}
	return percent, chance
}

// size gives how many places may be booked at most with so many supervisors, whoever comes.
func (e *evaluation) size(c *comers, supervisors int) int64 {
	s := c.s
	room := e.places(s, supervisors)
	size := int64(2 * len(s.Arcs))
	if percent, _ := booked(s); percent != solver.NoLimit {
		size = min(size, int64(room)*int64(percent)/100)
	}
	if s.Most > 0 && min(s.Most, room) > s.Shelter {
		size = min(size, int64(s.Shelter)*c.widest)
	}
	return size
}

// frame finds what a team of a size makes of a session.
func (e *evaluation) frame(c *comers, supervisors int, rides bool, on *aboard) *frame {
	s := c.s
	room := e.places(s, supervisors)
	f := &frame{comers: c, rides: rides, size: e.taken(c, supervisors), most: min(s.Most, room)}
	for i := range s.Rooms {
		if r := &s.Rooms[i]; r.Riders {
			f.seatless = max(f.seatless, (r.Limit*1000+1<<30-1)>>30)
		}
	}
	percent, chance := booked(s)
	if known := e.limits.of(chance); room >= 1 && percent <= usualBooked && int(room) <= len(known) {
		f.rule, f.theta = known[room-1], atLeastZero(e.prices.Rooms, e.priceOf(c.t, supervisors))
	}
	f.fits = e.fits(f, room)
	if rides {
		f.sigma = on.price
	}
	if s.Rain >= 0 {
		f.rain = atLeastZero(e.prices.Rain, int(s.Rain))
	}
	return f
}

// taken gives how many places are taken at most with so many supervisors, if those come who come most seldom.
func (e *evaluation) taken(c *comers, supervisors int) int64 {
	size := e.size(c, supervisors)
	for i := range c.s.Rooms {
		if r := &c.s.Rooms[i]; !r.Riders {
			size = min(size, hold(c.comes, r.OfAny(supervisors, 0), r.Limit)+c.spare)
		}
	}
	return size
}

// hold gives how many of some people, who come the more often the later they stand, a room of some places holds, one place each, if too
// many may come with some chance.
func hold(comes []int32, places int32, chance int64) int64 {
	if places < 0 {
		return 0
	}
	if int(places) >= len(comes) {
		return int64(len(comes))
	}
	within := make([]int64, places+1) // by how many come, rounded up
	within[0] = sure
	for n, a := range comes {
		sum := int64(0)
		for k := len(within) - 1; k >= 0; k-- {
			v := within[k] * int64(1000-a)
			if k > 0 {
				v += within[k-1] * int64(a)
			}
			within[k] = (v + 999) / 1000
			sum += within[k]
		}
		if sure-sum > chance+rounding {
			return int64(n)
		}
	}
	return int64(len(comes))
}

// fits gives what the inequality of a room allows a group, by the places that it takes. Of somebody who weighs nothing, or who takes two
// places and needs company, it is not known how many weigh something.
func (e *evaluation) fits(f *frame, room int32) (list []int64) {
	plain := true
	for i := range f.arcs {
		arc := &f.arcs[i]
		double := arc.Takes > 1
		faint := arc.Comes < leastChance || double && e.halves[arc.Comes] < leastChance
		plain = plain && !faint && !(double && f.needs[i])
	}
	for n := range int32(f.size) + 1 {
		if plain {
			list = append(list, f.rule.of(n, room))
		} else {
			list = append(list, f.rule.bound)
		}
	}
	return list
}
