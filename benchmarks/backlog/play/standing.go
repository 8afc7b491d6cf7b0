package play

import (
	"cmp"
	"context"
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
)

// Standing gives each person a weekly slot that is theirs until their order is done, in the order in which they were sentenced:
// one at a session that is held anyway, or else at one that is held from then on. It remembers slots from week to week, so each
// region that is played needs one of its own.
type Standing struct {
	slots map[model.CRN]*standing
	turn  int
}

// standing is somebody's slot.
type standing struct {
	slot
	since  int // the turn in which they were given it
	missed int // weeks in a row in which it was there and had no place for them
}

// patience is how many weeks a slot may have no place for somebody before they look for another.
const patience = 2

// NewStanding gives a way of planning in which nobody has a slot yet.
func NewStanding() *Standing { return &Standing{slots: map[model.CRN]*standing{}} }

// Plan holds the sessions of those who have slots, the fullest first, and then finds slots for the others.
func (w *Standing) Plan(_ context.Context, p *solver.Problem) (*model.Roster, error) {
	o := newOffice(p)
	list := FirstCome().list(p)
	holders := make([][]solver.ActorIx, p.NumSessions())
	var held []solver.SessionIx
	for _, a := range w.inOrder(p, list) {
		if t, ok := w.session(p, a); ok {
			if holders[t] == nil {
				held = append(held, t)
			}
			holders[t] = append(holders[t], a)
		}
	}
	slices.SortStableFunc(held, func(x, y solver.SessionIx) int {
		return cmp.Or(cmp.Compare(len(holders[y]), len(holders[x])), cmp.Compare(x, y))
	})
	for _, t := range held {
		w.hold(o, t, holders[t])
	}
	o.round(slices.DeleteFunc(list, func(a solver.ActorIx) bool { return w.slots[p.Person(a).CRN] != nil }))
	for a := range solver.ActorIx(p.NumActors(solver.People)) {
		if c := p.Person(a).CRN; w.slots[c] == nil && len(o.SessionsOf(a)) > 0 {
			k := p.Session(o.SessionsOf(a)[0]).Key
			w.slots[c] = &standing{slot: slot{k.Project, int8(k.Date.Weekday()), k.Start}, since: w.turn}
			w.turn++
		}
	}
	return o.Roster(), nil
}

// inOrder gives those of a list who have slots, in the order in which they were given them.
func (w *Standing) inOrder(p *solver.Problem, list []solver.ActorIx) []solver.ActorIx {
	out := slices.DeleteFunc(slices.Clone(list), func(a solver.ActorIx) bool { return w.slots[p.Person(a).CRN] == nil })
	slices.SortStableFunc(out, func(a, b solver.ActorIx) int {
		return cmp.Compare(w.slots[p.Person(a).CRN].since, w.slots[p.Person(b).CRN].since)
	})
	return out
}

// session gives the session of somebody's slot in a week; false: there is none.
func (w *Standing) session(p *solver.Problem, a solver.ActorIx) (solver.SessionIx, bool) {
	s := w.slots[p.Person(a).CRN]
	for t := range solver.SessionIx(p.NumSessions()) {
		k := p.Session(t).Key
		if (slot{k.Project, int8(k.Date.Weekday()), k.Start}) == s.slot && p.Session(t).Bar == model.Open {
			return t, true
		}
	}
	return 0, false
}

// hold holds a session for those who have their slot there. Who finds no place too often loses it.
func (w *Standing) hold(o *office, t solver.SessionIx, people []solver.ActorIx) {
	if o.runs(t) {
		for _, a := range people {
			o.seat(a, t)
		}
	} else {
		o.open(t, people)
	}
	for _, a := range people {
		s := w.slots[o.Person(a).CRN]
		s.missed++
		if o.Has(a, t) {
			s.missed = 0
		}
		if s.missed >= patience {
			delete(w.slots, o.Person(a).CRN)
		}
	}
}
