package solver

import (
	"slices"

	"github.com/communitypayback/payback/model"
)

// open runs a closed session: a supervisor, minibuses if people ride, and the people who gain most. False: it cannot be
// opened with what is free, and the caller must undo.
func (x *search) open(t SessionIx, blink uint32) bool {
	hard := x.Score()[Hard]
	if !x.staff(t, blink) {
		return false
	}
	x.fill(t, blink)
	if !x.mend(t, hard) || len(x.members[People][t]) == 0 {
		return false
	}
	x.release(t)
	return x.Score()[Hard] <= hard
}

// staff gives a session a supervisor and, if people ride there, a minibus that can be driven. It tries the cheapest few.
func (x *search) staff(t SessionIx, blink uint32) bool {
	sups := x.rank(Supervisors, t, 1, blink)
	// The list is the search's own and is used again below.
	tries := append(x.lists.actors[:0], sups...)
	x.lists.actors = tries
	for _, k := range tries[:min(5, len(tries))] {
		mark := x.Mark()
		x.Join(k, t)
		if !x.carried[t] || x.addBus(t, blink) {
			return true
		}
		if x.Project(t).Transport != model.ByMinibus { // riding is not the only way there
			return true
		}
		x.Undo(mark)
	}
	return false
}

// addBus gives a session one more minibus whose exact trip breaks nothing.
func (x *search) addBus(t SessionIx, blink uint32) bool {
	idle := int64(0)
	if !x.hasRiders(t) {
		idle = 1 // a minibus nobody rides in is a broken case until people join
	}
	for _, b := range x.rank(Minibuses, t, idle, blink) {
		mark := x.Mark()
		before := x.Settle()[Hard]
		x.Join(b, t)
		if x.Settle()[Hard] <= before+idle {
			return true
		}
		x.Undo(mark)
	}
	return false
}

func (x *search) hasRiders(t SessionIx) bool {
	for _, a := range x.members[People][t] {
		if x.Rides(a, x.project[t]) {
			return true
		}
	}
	return false
}

// rank lists the owned actors of a kind who can join a session with at most so many broken cases, cheapest first, at most
// six; now and then one is overlooked.
func (x *search) rank(k ActorKind, t SessionIx, hard int64, blink uint32) []ActorIx {
	var list [6]ranked
	n := 0
	for _, a := range x.of[k][t] {
		if !x.owned[a] || x.Has(a, t) || blink > 0 && x.chance(2*blink) {
			continue
		}
		d := x.Delta(a, t, 1)
		if d[Hard] > hard {
			continue
		}
		c := ranked{a, t, d[Soft]}
		i := n
		if n == len(list) {
			if compareRanked(c, list[n-1]) >= 0 {
				continue
			}
			i = n - 1
		} else {
			n++
		}
		for ; i > 0 && compareRanked(c, list[i-1]) < 0; i-- {
			list[i] = list[i-1]
		}
		list[i] = c
	}
	out := x.lists.rankedActors[:0]
	for _, c := range list[:n] {
		out = append(out, c.actor)
	}
	x.lists.rankedActors = out
	return out
}

// release takes minibuses and supervisors out of a session again that it can do without.
func (x *search) release(t SessionIx) {
	for _, k := range [2]ActorKind{Minibuses, Supervisors} {
		for _, a := range slices.Clone(x.members[k][t]) {
			if !x.removable(a, t) {
				continue
			}
			if d := x.Delta(a, t, -1); d[Hard] <= 0 && d[Soft] < 0 {
				x.Leave(a, t)
			}
		}
	}
}

// free makes one supervisor who could serve a session available for it by closing, or leaving, what stands against it.
func (x *search) free(t SessionIx) {
	all := x.of[Supervisors][t]
	if len(all) == 0 {
		return
	}
	for range 8 {
		k := all[x.rng.IntN(len(all))]
		if !x.owned[k] || x.Has(k, t) {
			continue
		}
		if d := x.Delta(k, t, 1); d[Hard] <= 1 {
			continue // free already
		}
		date := x.Session(t).Key.Date
		clash := SessionIx(-1)
		for _, u := range x.joined[k] {
			if y := x.Session(u).Key.Date; y == date || clash < 0 && y >= date-1 && y <= date+1 {
				clash = u
			}
		}
		if clash < 0 && len(x.joined[k]) > 0 {
			clash = x.joined[k][x.rng.IntN(len(x.joined[k]))] // the week is full: any day gives its hours
		}
		if clash < 0 || !x.ours[clash] {
			continue
		}
		mark := x.Mark()
		if !x.empty(clash) {
			x.Undo(mark)
			continue
		}
		return
	}
}
