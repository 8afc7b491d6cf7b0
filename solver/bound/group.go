package bound

import (
	"slices"

	"github.com/communitypayback/payback/solver"
)

// group is what a session's part of the decomposition needs to know besides its arcs.
type group struct {
	supervisors, minibuses []int32   // duties
	teams                  int       // the most supervisors that are of any use
	plain, best            []int64   // by position: what its terms are worth with nobody, and at best
	terms                  [][]int32 // by supervisor: terms that turn
	rows                   []int32   // of what it shares with other sessions
	rooms                  int32     // where its prices of room start in Prices.Rooms: one for each size of team
	chance                 int64     // permille, of too many
	booked                 int32     // percent
	seatless               int64     // permille, of too many riders; who comes with no greater chance may ride where there is no seat
	limits                 []limit   // of rooms of 1, 2, ...
	fits                   [][]int64 // by size of team, as prices of room, and then by places that are taken: B; as many as any group takes, and none
	widest                 int32     // the most places that anybody takes, at most two
	seating                []seating // by size of team, as prices of room
	company                *solver.RelaxedCompany
	needs                  []int32  // by position: 1 and up in the order of company; 0: needs none
	doubles                int32    // who need company and take two places
	alone                  []int64  // by how many who need company: what one coming alone costs at least
	leads                  []bool   // by supervisor: one of those who should lead whoever needs company
	drives                 [][]bool // by supervisor and minibus: may drive it; nil: everybody may drive everything
}

// roomIndex gives the price of room of a team.
func (g *group) roomIndex(supervisors int) int32 { return g.rooms + int32(max(0, supervisors-1)) }

// limit gives the inequality of a room. False: none is known, and a group is limited by its size alone.
func (g *group) limit(room int32) (limit, bool) {
	if room < 1 || g.booked > usualBooked || int(room) > len(g.limits) {
		return limit{}, false
	}
	return g.limits[room-1], true
}

// largest gives how many places may be booked in a room.
func (g *group) largest(room int32) int32 {
	if g.booked == solver.NoLimit {
		return 1 << 20
	}
	return int32(int64(room) * int64(g.booked) / 100)
}

// size gives how many places a group takes at most in a room, whatever the chances: of what may be booked, and of a shelter.
func (g *group) size(s *solver.RelaxedSession, room int32) int32 {
	size := min(g.largest(room), 2*int32(len(s.Arcs)))
	if s.Most > 0 && min(s.Most, room) > s.Shelter {
		size = min(size, s.Shelter*g.widest)
	}
	return size
}

// makeGroups prepares every session.
func (w *week) makeGroups() {
	known := newLimits()
	w.groups = make([]group, len(w.Sessions))
	sideBySide(len(w.Sessions), func(t int) {
		s, g := &w.Sessions[t], &w.groups[t]
		g.booked, g.widest = solver.NoLimit, 1
		for _, a := range s.Arcs {
			g.widest = max(g.widest, min(2, int32(w.Arcs[a].Takes)))
		}
		for i := range s.Rooms {
			switch r := &s.Rooms[i]; {
			case r.Riders:
				g.seatless = max(g.seatless, permille(r.Limit))
			default:
				g.chance, g.booked = max(g.chance, permille(r.Limit)), min(g.booked, r.Booked)
			}
		}
		g.limits = known.of(g.chance)
		w.makeStaff(g, s, t)
		w.makeTerms(g, s)
		g.makeCompany(s, w)
		w.makeDrives(g, solver.SessionIx(t))
		w.makeFits(g, s)
		w.makeSeating(g, s, known.ofSeats(g.seatless))
	})
	for t := range w.groups {
		w.groups[t].rooms = w.teams
		w.teams += int32(w.groups[t].teams) + 1
	}
}

// permille gives a chance in permille, rounded up.
func permille(limit int64) int64 { return (limit*1000 + 1<<30 - 1) >> 30 }

// makeStaff lists who may serve a session, and how many supervisors can be of use: one more than the places need.
func (w *week) makeStaff(g *group, s *solver.RelaxedSession, t int) {
	for _, i := range w.at[t] {
		if !w.duties[i].minibus {
			g.supervisors = append(g.supervisors, i)
			continue
		}
		g.minibuses = append(g.minibuses, i)
	}
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

// makeTerms adds up what people are worth whoever is there.
func (w *week) makeTerms(g *group, s *solver.RelaxedSession) {
	g.plain, g.best = make([]int64, len(s.Arcs)), make([]int64, len(s.Arcs))
	g.terms = make([][]int32, len(g.supervisors))
	for i := range s.Terms {
		term := &s.Terms[i]
		for _, m := range term.Members {
			g.plain[m] += term.IfNone
			g.best[m] += max(term.IfAny, term.IfNone)
		}
		for k, d := range g.supervisors {
			if _, ok := slices.BinarySearch(term.Staff, w.Staff[w.duties[d].staff].Actor); ok {
				g.terms[k] = append(g.terms[k], int32(i))
			}
		}
	}
}

// comesAs gives the chance, in permille, with which a person is reckoned. Somebody who takes two places is reckoned as two people
// who each come with a lower chance, so that of the two no more come than the one takes, whatever room is asked for.
func comesAs(a *solver.Arc) int32 {
	if a.Takes < 2 {
		return int32(a.Comes)
	}
	return halves[a.Comes]
}

// halves gives, for a chance a in permille, the chance of each of two: 1 - sqrt(1 - a), rounded down.
var halves = func() (of [1001]int32) {
	half := int32(0)
	for a := range of {
		for half < 1000 && (1000-half-1)*(1000-half-1) >= 1000*(1000-int32(a)) {
			half++
		}
		of[a] = half
	}
	return of
}()
