package bound

import (
	"slices"

	"github.com/communitypayback/payback/solver"
)

// aboard is how riders can come to a session with a team of one size.
type aboard struct {
	fleets []ferry
	price  int64 // of a unit of seats
}

// ferry is some minibuses that can take riders to a session together.
type ferry struct {
	minibuses []served
	seats     int64 // what riders take at most, in the unit of [seatWeight]
}

// aboard finds every way in which riders can come to a session: with one minibus, with two, or with some three that have a seat for
// everybody, which is no less than any three or more can do. Of everyone who may serve it, minibuses are given by price.
func (e *evaluation) aboard(c *comers, supervisors, all int, minibuses []served) *aboard {
	t, s := c.t, c.s
	x := &aboard{price: atLeastZero(e.prices.Seats, e.priceOf(t, supervisors))}
	chance := int64(0)
	for i := range s.Rooms {
		if r := &s.Rooms[i]; r.Riders {
			chance = max(chance, (r.Limit*1000+1<<30-1)>>30)
		}
	}
	known := e.limits.ofSeats(chance)
	everybody := c.seats * e.size(c, supervisors)
	add := func(minibuses ...served) {
		seats := int64(e.seats(t, supervisors, all, minibuses))
		if seats <= 0 {
			return
		}
		f := ferry{minibuses, everybody * one}
		if seats <= int64(len(known)) {
			f.seats = min(f.seats, known[seats-1])
		}
		x.fleets = append(x.fleets, f)
	}
	most := supervisors // each has a driver
	if supervisors > e.useful(t) {
		most = len(minibuses)
	}
	switch {
	case !s.Staffed:
		add()
		most = 0
	case most > 0:
		for _, m := range minibuses {
			add(m)
		}
	}
	for i, m := range minibuses {
		for _, o := range minibuses[i+1:] {
			if most > 1 {
				add(m, o)
			}
		}
	}
	if most > 2 && len(minibuses) > 2 {
		x.fleets = append(x.fleets, ferry{minibuses[:3], everybody * one})
	}
	if len(known) == 0 || slices.ContainsFunc(x.fleets, func(f ferry) bool { return f.seats > widestFleet*one }) {
		x.price = 0 // what many seats cost together is more than can be counted
	}
	return x
}

// seats gives how many seats minibuses have with so many supervisors; with more of them than are useful, up to all there are, whichever
// number leaves the most.
func (e *evaluation) seats(t, supervisors, all int, minibuses []served) int32 {
	var actors []solver.ActorIx
	for _, m := range minibuses {
		actors = append(actors, m.actor)
	}
	with := func(supervisors int) int32 {
		least := int32(1 << 20)
		for i := range e.Sessions[t].Rooms {
			if r := &e.Sessions[t].Rooms[i]; r.Riders {
				least = min(least, r.OfTeam(supervisors, actors...))
			}
		}
		return least
	}
	best := with(supervisors)
	if supervisors <= e.useful(t) {
		return best
	}
	for n := supervisors + 1; n <= all; n++ {
		more := with(n)
		if more <= best {
			break // a least of straight lines rises no more once it has not
		}
		best = more
	}
	return best
}

// gain gives what the best of some fleets is worth by its seats, less what its minibuses cost, if it is one that may go. None: false.
func (x *aboard) gain(may func(*ferry) bool) (gain int64, found bool) {
	for i := range x.fleets {
		f := &x.fleets[i]
		if !may(f) {
			continue
		}
		v := (x.price*f.seats + one - 1) / one
		for _, m := range f.minibuses {
			v -= m.price
		}
		if !found || v > gain {
			gain, found = v, true
		}
	}
	return gain, found
}

// driven tells which fleets a supervisor can lead alone: those of a minibus that they may drive.
func (e *evaluation) driven(t int, leader solver.ActorIx) func(*ferry) bool {
	return func(f *ferry) bool {
		return !slices.ContainsFunc(e.licences[t], func(d *solver.RelaxedDrivers) bool {
			return slices.Contains(d.Minibuses, f.minibuses[0].actor) && !slices.Contains(d.Drivers, leader)
		})
	}
}

func anyFleet(*ferry) bool { return true }

// seatsOf gives what somebody takes of seats.
func (e *evaluation) seatsOf(a *solver.Arc) int64 {
	switch {
	case a.Seats < 1:
		return 0
	case a.Seats == 1:
		return seatWeight(int32(a.Comes))
	}
	return 2 * seatWeight(e.halves[a.Comes])
}
