package bound_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/bound"
)

// TestNoLegalGroupIsWorthMoreThanItsSession draws, for sessions with riders, groups and teams that keep the rules of places, seats and
// drivers and are so full that nobody fits in besides, and sets prices at which they are just what a session wants most.
func TestNoLegalGroupIsWorthMoreThanItsSession(t *testing.T) {
	t.Parallel()
	alone(t)
	full, twice, two, barred, together := 0, 0, 0, 0, 0
	for _, seats := range [][]int32{{3}, {5}, {6, 4, 7}, {8, 3}, {2}} {
		r := relaxed(t, func(f *model.Facts) {
			for i := range f.Minibuses {
				f.Minibuses[i].Seats = seats[i%len(seats)]
			}
			for i := range f.Supervisors {
				if i%4 == 3 {
					f.Supervisors[i].Licence = model.NoLicence
				}
			}
			for i := range f.People {
				if i%9 == 0 {
					f.People[i].Health |= model.SupportWorker
				}
			}
		})
		rng := rand.New(rand.NewPCG(uint64(len(seats)), uint64(seats[0])))
		n := bound.NumRoomPrices(r)
		for s := range solver.SessionIx(len(r.Sessions)) {
			if !slices.ContainsFunc(r.Sessions[s].Arcs, func(a int32) bool { return r.Arcs[a].Seats > 0 }) {
				continue
			}
			for range 9 {
				g := drawn(rng, r, s)
				if g == nil {
					barred++
					continue
				}
				seating := bound.RoomPrice(r, s, len(g.supervisors))
				p := &bound.Prices{Pairs: make([]int64, len(r.Arcs)), Rooms: make([]int64, n), Seats: make([]int64, n), Duties: g.prices(rng, r)}
				p.Rooms[seating], p.Seats[seating] = rng.Int64N(3)*rng.Int64N(40_000), rng.Int64N(3)*rng.Int64N(60_000)
				value := g.price(rng, r, p, p.Rooms[seating], p.Seats[seating])
				most, searched := bound.PartOf(r, p, s)
				require.LessOrEqual(t, value, most, "session %d, %+v", s, g)
				require.Equal(t, most, searched)
				if g.taken > bound.SeatUnit*int64(g.seats)*85/100 {
					full++
				}
				if g.double {
					twice++
				}
				if len(g.minibuses) > 1 {
					two++
				}
				if g.company(r) > 0 {
					together++
				}
			}
		}
	}
	require.Greater(t, full, 30, "many groups come near the limit of seats")
	require.Greater(t, twice, 50, "many have somebody who takes two")
	require.Greater(t, two, 20, "many come by two minibuses")
	require.Positive(t, barred, "some teams may not drive")
	require.Greater(t, together, 50, "in many somebody could come alone")
}

// relaxed gives the relaxed week of a made-up region, once it is changed.
func relaxed(t *testing.T, change func(*model.Facts)) *solver.Relaxed {
	t.Helper()
	r, err := made(t, 400, "normal", change).Relaxed()
	require.NoError(t, err)
	return r
}

// outing is a group and a team that may run a session together.
type outing struct {
	session                solver.SessionIx
	members                []int // positions in the session's arcs
	supervisors, minibuses []solver.ActorIx
	cost                   int64 // of its team
	seats                  int32
	taken                  int64 // by riders, in parts
	double                 bool  // some rider takes two seats
}

// drawn gives a legal group that is as large as it can be, with a team; nil: the team may not drive, or nobody can come.
func drawn(rng *rand.Rand, r *solver.Relaxed, t solver.SessionIx) *outing {
	g := &outing{session: t}
	for i := range r.Staff {
		if x := &r.Staff[i]; slices.ContainsFunc(x.Arcs, func(a solver.StaffArc) bool { return a.Session == t }) {
			if x.Minibus {
				g.minibuses = append(g.minibuses, x.Actor)
			} else {
				g.supervisors = append(g.supervisors, x.Actor)
			}
		}
	}
	some := func(list []solver.ActorIx, n int) []solver.ActorIx {
		rng.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		return list[:min(n, len(list))]
	}
	g.supervisors = some(g.supervisors, 1+rng.IntN(3))
	g.minibuses = some(g.minibuses, 1+rng.IntN(3))
	if len(g.supervisors) == 0 || len(g.minibuses) == 0 || len(g.minibuses) > len(g.supervisors) {
		return nil
	}
	among := func(list, of []solver.ActorIx) (n int) {
		for _, a := range list {
			if slices.Contains(of, a) {
				n++
			}
		}
		return n
	}
	for i := range r.Drivers {
		d := &r.Drivers[i]
		if slices.Contains(d.Sessions, t) && among(g.minibuses, d.Minibuses) > among(g.supervisors, d.Drivers) {
			return nil
		}
	}
	order := rng.Perm(len(r.Sessions[t].Arcs))
	slices.SortStableFunc(order, func(a, b int) int { return g.rank(r, a) - g.rank(r, b) })
	for _, i := range order {
		if g.terms(r, i) <= solver.NoWay/2 {
			continue
		}
		if g.members = append(g.members, i); !g.legal(r) {
			g.members = g.members[:len(g.members)-1]
		}
	}
	if c := r.Sessions[t].Company; c != nil && len(g.friends(c)) < int(c.Least) {
		g.members = slices.DeleteFunc(g.members, func(i int) bool { return slices.Contains(c.Members, int32(i)) })
	}
	for _, i := range g.members {
		a := &r.Arcs[r.Sessions[t].Arcs[i]]
		g.taken += bound.SeatTaking(a)
		g.double = g.double || a.Seats > 1
	}
	if len(g.members) == 0 {
		return nil
	}
	return g
}

// rank says who is asked first: riders.
func (g *outing) rank(r *solver.Relaxed, position int) int {
	return -int(min(1, r.Arcs[r.Sessions[g.session].Arcs[position]].Seats))
}

// terms gives what somebody is worth more by who is in the team.
func (g *outing) terms(r *solver.Relaxed, position int) (sum int64) {
	for i := range r.Sessions[g.session].Terms {
		x := &r.Sessions[g.session].Terms[i]
		switch {
		case !slices.Contains(x.Members, int32(position)):
		case slices.ContainsFunc(g.supervisors, func(a solver.ActorIx) bool { return slices.Contains(x.Staff, a) }):
			sum += x.IfAny
		default:
			sum += x.IfNone
		}
	}
	return sum
}

// friends gives the chances of those who need company.
func (g *outing) friends(c *solver.RelaxedCompany) (booked []model.Arrival) {
	for i, m := range c.Members {
		if slices.Contains(g.members, int(m)) {
			booked = append(booked, model.Arrival{Permille: int32(c.Comes[i]), Places: 1})
		}
	}
	return booked
}

// company gives what it costs that of those who need company one may come alone, or that nobody leads who should.
func (g *outing) company(r *solver.Relaxed) (cost int64) {
	c := r.Sessions[g.session].Company
	if c == nil {
		return 0
	}
	booked := g.friends(c)
	if len(booked) > 1 {
		cost = c.Alone * model.NewArrivals(booked)[1] / model.Sure
	}
	if len(booked) > 0 && !slices.ContainsFunc(g.supervisors, func(a solver.ActorIx) bool { return slices.Contains(c.Led, a) }) {
		cost += c.Unled
	}
	return cost
}

// legal reports whether the rooms of the session and the seats of the minibuses hold the group, as the rules have it.
func (g *outing) legal(r *solver.Relaxed) bool {
	s := &r.Sessions[g.session]
	for i := range s.Rooms {
		room := &s.Rooms[i]
		var booked []model.Arrival
		for _, m := range g.members {
			a := &r.Arcs[s.Arcs[m]]
			if takes := int32(a.Takes); !room.Riders && takes > 0 {
				booked = append(booked, model.Arrival{Permille: int32(a.Comes), Places: takes})
			} else if room.Riders && a.Seats > 0 {
				booked = append(booked, model.Arrival{Permille: int32(a.Comes), Places: int32(a.Seats)})
			}
		}
		places := room.Of(slices.Concat(g.supervisors, g.minibuses)...)
		if room.Riders {
			g.seats = places
		}
		f := model.NewArrivals(booked)
		if f.Over(places) > room.Limit || room.Booked != solver.NoLimit && f.Most() > places*room.Booked/100 {
			return false
		}
	}
	return s.Most == 0 || len(g.members) <= int(s.Shelter)
}

// prices makes prices of all duties, and adds up what the team costs.
func (g *outing) prices(rng *rand.Rand, r *solver.Relaxed) (duties []int64) {
	for i := range r.Staff {
		for _, a := range r.Staff[i].Arcs {
			price := rng.Int64N(100_000)
			if x := r.Staff[i].Actor; a.Session == g.session && (slices.Contains(g.supervisors, x) || slices.Contains(g.minibuses, x)) {
				price = rng.Int64N(1000)
				g.cost += price
			}
			duties = append(duties, price)
		}
	}
	return duties
}

// price makes prices of the session's pairs, at which members are worth a little more than what they take of room and seats, and
// nobody else is worth anything. It gives what the group is worth.
func (g *outing) price(rng *rand.Rand, r *solver.Relaxed, p *bound.Prices, room, seat int64) int64 {
	s := &r.Sessions[g.session]
	value := s.Opening - g.cost - g.company(r)
	for i, a := range s.Arcs {
		p.Pairs[a] = -1 << 32
		if slices.Contains(g.members, i) {
			x := &r.Arcs[a]
			worth := (room*int64(max(1, x.Takes)) + seat*bound.SeatTaking(x)/bound.SeatUnit) + rng.Int64N(20_000)
			if c := s.Company; c != nil && rng.IntN(4) == 0 && slices.Contains(c.Members, int32(i)) {
				worth -= 40_000 // there for the others' sake
			}
			value += worth
			p.Pairs[a] = worth - g.terms(r, i)
		}
	}
	return value
}
