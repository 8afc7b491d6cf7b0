package bound

import (
	"slices"

	"github.com/communitypayback/payback/solver"
)

// fleet is some minibuses that may go to a session together.
type fleet struct {
	minibuses []int32 // positions in group.minibuses
	any       bool    // stands for all larger ones: any so many, with a seat for everybody
	seats     int64   // parts: what all riders take at most
}

// seating is how riders can come to a session with a team of one size.
type seating struct {
	fleets []fleet // none: nobody can ride
	priced bool    // seats have a price: some fleet has fewer than the team has places, or must keep them surer
}

const (
	// named is how many minibuses a fleet has at most that is known by which they are.
	named = 2
	// widestFleet is how many seats a fleet has at most, so that what they cost can be counted.
	widestFleet = 64
)

// seatTaking gives what a rider takes of seats, in parts: nothing if they do not ride, and as two who come more seldom if they take two.
func seatTaking(a *solver.Arc) int32 {
	switch {
	case a.Seats <= 0:
		return 0
	case a.Seats == 1:
		return int32(seatWeight(int32(a.Comes)))
	}
	return int32(2 * seatWeight(halves[a.Comes]))
}

// makeSeating lists the fleets of a session for each size of team, if the seats of 1, 2, ... allow so many parts. A fleet of which
// another has no more seats and is part of it is left out: it only costs more.
func (w *week) makeSeating(g *group, s *solver.RelaxedSession, bounds []int64) {
	wide := int64(1)
	for _, a := range s.Arcs {
		if arc := &w.Arcs[a]; arc.Seats > 1 && arc.Takes < 2 {
			wide = 2
		}
	}
	g.seating = make([]seating, g.teams+1)
	for i := range g.seating {
		n, largest, drivers := i+1, i+1, i+1
		switch {
		case !s.Staffed:
			n, largest, drivers = 0, 0, 0
		case n > g.teams: // stands for all larger teams
			largest, drivers = len(g.supervisors), len(g.minibuses)
		}
		few, room := g.seatless < g.chance, int64(w.room(s, n, 0))*wide
		everybody := int64(g.size(s, w.room(s, n, 0))) * wide // seats that are never too few
		x := &g.seating[i]
		add := func(minibuses ...int32) (enough bool) {
			seats := int64(w.carries(s, g, n, largest, minibuses))
			if seats <= 0 {
				return false
			}
			f := fleet{minibuses: minibuses, seats: everybody * one}
			if seats < everybody && seats <= int64(len(bounds)) {
				f.seats = min(f.seats, bounds[seats-1])
			}
			few = few || seats < room
			x.fleets = append(x.fleets, f)
			return f.seats == everybody*one
		}
		if !s.Staffed {
			add()
		}
		eachFleet(g, drivers, add)
		if min(drivers, len(g.minibuses)) > named {
			x.fleets = append(x.fleets, fleet{any: true, seats: everybody * one})
		}
		x.priced = few && len(bounds) > 0 && !slices.ContainsFunc(x.fleets, func(f fleet) bool { return f.seats > widestFleet*one })
	}
}

// eachFleet adds every minibus, and with two drivers every two of which neither has enough seats by itself.
func eachFleet(g *group, drivers int, add func(...int32) (enough bool)) {
	if drivers < 1 {
		return
	}
	enough := make([]bool, len(g.minibuses))
	for k := range int32(len(g.minibuses)) {
		enough[k] = add(k)
	}
	for k := range int32(len(g.minibuses)) {
		for l := k + 1; l < int32(len(g.minibuses)) && drivers >= named; l++ {
			if !enough[k] && !enough[l] {
				add(k, l)
			}
		}
	}
}

// carries gives how many seats some minibuses have for riders, with any team of the sizes from n to largest.
func (w *week) carries(s *solver.RelaxedSession, g *group, n, largest int, minibuses []int32) (most int32) {
	actors := make([]solver.ActorIx, 0, len(minibuses))
	for _, k := range minibuses {
		actors = append(actors, w.Staff[w.duties[g.minibuses[k]].staff].Actor)
	}
	for ; n <= largest; n++ {
		seats := int32(1 << 20)
		for i := range s.Rooms {
			if s.Rooms[i].Riders {
				seats = min(seats, s.Rooms[i].OfTeam(n, actors...))
			}
		}
		most = max(most, seats)
	}
	return most
}

// makeDrives finds which supervisors of a session may drive which of its minibuses.
func (w *week) makeDrives(g *group, t solver.SessionIx) {
	for i := range w.Drivers {
		d := &w.Drivers[i]
		if _, ok := slices.BinarySearch(d.Sessions, t); !ok {
			continue
		}
		for k, duty := range g.minibuses {
			if !slices.Contains(d.Minibuses, w.Staff[w.duties[duty].staff].Actor) {
				continue
			}
			for l, leader := range g.supervisors {
				if slices.Contains(d.Drivers, w.Staff[w.duties[leader].staff].Actor) {
					continue
				}
				if g.drives == nil {
					g.drives = everything(len(g.supervisors), len(g.minibuses))
				}
				g.drives[l][k] = false
			}
		}
	}
}

// everything gives a table of so many rows and columns in which all is true.
func everything(rows, columns int) [][]bool {
	table := make([][]bool, rows)
	for i := range table {
		table[i] = slices.Repeat([]bool{true}, columns)
	}
	return table
}
