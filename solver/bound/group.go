package bound

import (
	"cmp"
	"slices"

	"github.com/communitypayback/payback/solver"
)

// group is what a session's part of the decomposition needs to know besides its arcs.
type group struct {
	supervisors, minibuses []int32 // duties
	classes                []busClass
	teams                  int       // the most supervisors that are of any use
	plain, best            []int64   // by arc: what its terms are worth with nobody, and at best
	terms                  [][]int32 // by supervisor: terms that turn
	places, seats          *chances
	least                  int32 // permille: the least chance with which anybody comes
	allRide                bool
	rows                   []int32 // of what it shares with other sessions
	theta                  []int64 // by size above the room: the last price of what people take, for a unit
	star                   int64   // the price by which people are chosen to be looked at
}

// busClass is the minibuses that make room for the same number of riders.
type busClass struct {
	seats  int32
	duties []int32
}

// makeGroups prepares every session. Staff follow people in the numbering of actors.
func (w *week) makeGroups(people solver.ActorIx) error {
	least := int32(1000)
	for i := range w.Arcs {
		least = min(least, int32(w.Arcs[i].Comes))
	}
	known := map[int64]*chances{} // by chance; looked up only
	chance := func(limit int64) (*chances, error) {
		permille := (limit*1000 + 1<<29) >> 30
		if c, ok := known[permille]; ok {
			return c, nil
		}
		c, err := newChances(permille, least)
		known[permille] = c
		return c, err
	}
	w.groups = make([]group, len(w.Sessions))
	for t := range w.Sessions {
		s, g := &w.Sessions[t], &w.groups[t]
		g.least, g.allRide = least, !slices.ContainsFunc(s.Arcs, func(a int32) bool { return w.Arcs[a].Seats == 0 })
		for i := range s.Rooms {
			c, err := chance(s.Rooms[i].Limit)
			if err != nil {
				return err
			}
			if s.Rooms[i].Riders {
				g.seats = c
			} else {
				g.places = c
			}
		}
		w.makeStaff(g, s, t, people)
		w.makeTerms(g, s, people)
	}
	return nil
}

// makeStaff lists who may serve a session, and how many supervisors can be of use: one more than the places need.
func (w *week) makeStaff(g *group, s *solver.RelaxedSession, t int, people solver.ActorIx) {
	for _, i := range w.at[t] {
		if !w.duties[i].minibus {
			g.supervisors = append(g.supervisors, i)
			continue
		}
		g.minibuses = append(g.minibuses, i)
		seats := int32(0)
		for r := range s.Rooms {
			if s.Rooms[r].Riders {
				seats = max(seats, s.Rooms[r].Of(people+solver.ActorIx(w.duties[i].staff)))
			}
		}
		k := slices.IndexFunc(g.classes, func(c busClass) bool { return c.seats == seats })
		if k < 0 {
			k = len(g.classes)
			g.classes = append(g.classes, busClass{seats: seats})
		}
		g.classes[k].duties = append(g.classes[k].duties, i)
	}
	slices.SortFunc(g.classes, func(a, b busClass) int { return cmp.Compare(a.seats, b.seats) })
	if !s.Staffed {
		return
	}
	for g.teams = min(1, len(g.supervisors)); g.teams < len(g.supervisors); g.teams++ {
		if w.room(s, g.teams+1, 0) <= w.room(s, g.teams, 0) {
			break
		}
	}
}

// room gives the places that any so many supervisors and minibuses make.
func (w *week) room(s *solver.RelaxedSession, supervisors, minibuses int) int32 {
	room := int32(1 << 20)
	for i := range s.Rooms {
		if !s.Rooms[i].Riders {
			room = min(room, s.Rooms[i].OfAny(supervisors, minibuses))
		}
	}
	return room
}

// ride gives the seats likewise.
func (w *week) ride(s *solver.RelaxedSession, supervisors, minibuses int) int32 {
	room := int32(1 << 20)
	for i := range s.Rooms {
		if s.Rooms[i].Riders {
			room = min(room, s.Rooms[i].OfAny(supervisors, minibuses))
		}
	}
	return room
}

// makeTerms adds up what people are worth whoever is there.
func (w *week) makeTerms(g *group, s *solver.RelaxedSession, people solver.ActorIx) {
	g.plain, g.best = make([]int64, len(s.Arcs)), make([]int64, len(s.Arcs))
	g.terms = make([][]int32, len(g.supervisors))
	for i := range s.Terms {
		term := &s.Terms[i]
		for _, m := range term.Members {
			g.plain[m] += term.IfNone
			g.best[m] += max(term.IfAny, term.IfNone)
		}
		for k, d := range g.supervisors {
			if _, ok := slices.BinarySearch(term.Staff, people+solver.ActorIx(w.duties[d].staff)); ok {
				g.terms[k] = append(g.terms[k], int32(i))
			}
		}
	}
}
