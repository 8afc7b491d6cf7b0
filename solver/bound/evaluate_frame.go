package bound

import "github.com/communitypayback/payback/solver"

// frame is what people must fit into in a session, and what they pay there.
type frame struct {
	s        *solver.RelaxedSession
	size     int64   // places that may be booked
	most     int32   // places indoors that are needed at most
	rides    bool    // whether anybody can come by minibus
	seatless int64   // permille: so seldom somebody may come who has no seat
	theta    int64   // the price of room
	rule     limit   // the inequality of the room
	sigma    int64   // the price of seats
	rain     int64   // the price of a place indoors
	worth    []int64 // by position: what somebody pays to be there, with nobody's terms
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

// size gives how many places may be booked at most with so many supervisors.
func (e *evaluation) size(t, supervisors int) int64 {
	s := &e.Sessions[t]
	room := e.places(s, supervisors)
	widest := int32(1)
	for _, a := range s.Arcs {
		widest = max(widest, min(2, int32(e.Arcs[a].Takes)))
	}
	size := int64(2 * len(s.Arcs))
	if percent, _ := booked(s); percent != solver.NoLimit {
		size = min(size, int64(room)*int64(percent)/100)
	}
	if s.Most > 0 && min(s.Most, room) > s.Shelter {
		size = min(size, int64(s.Shelter*widest))
	}
	return size
}

// frame finds what a team of a size makes of a session.
func (e *evaluation) frame(t, supervisors int, rides bool, on *aboard) *frame {
	s := &e.Sessions[t]
	room := e.places(s, supervisors)
	f := &frame{s: s, rides: rides, size: e.size(t, supervisors), most: min(s.Most, room), worth: make([]int64, len(s.Arcs))}
	for i, a := range s.Arcs {
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
		if r := &s.Rooms[i]; r.Riders {
			f.seatless = max(f.seatless, (r.Limit*1000+1<<30-1)>>30)
		}
	}
	percent, chance := booked(s)
	if known := e.limits.of(chance); room >= 1 && percent <= usualBooked && int(room) <= len(known) {
		f.rule, f.theta = known[room-1], atLeastZero(e.prices.Rooms, e.priceOf(t, supervisors))
	}
	if rides {
		f.sigma = on.price
	}
	if s.Rain >= 0 {
		f.rain = atLeastZero(e.prices.Rain, int(s.Rain))
	}
	return f
}
