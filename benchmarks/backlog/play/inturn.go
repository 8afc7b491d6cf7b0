package play

import (
	"cmp"
	"context"
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
)

// InTurn gives places to people one after the other, each their first place before anybody their second.
type InTurn struct {
	// Before says who comes first: the lower.
	Before func(p *model.Person, q *model.Requirement, monday model.Date) model.Date
}

// FirstCome serves those first who were sentenced first.
func FirstCome() InTurn {
	return InTurn{func(_ *model.Person, q *model.Requirement, _ model.Date) model.Date { return q.Sentenced }}
}

// EarliestDeadline serves those first whose next day comes first: the target date, or the end of the order once that is past.
// Whoever has neither ahead of them is served by the target date that is past, and so before all others.
func EarliestDeadline() InTurn {
	return InTurn{func(_ *model.Person, q *model.Requirement, monday model.Date) model.Date {
		if q.Target < monday && q.HardEnd >= monday {
			return q.HardEnd
		}
		return q.Target
	}}
}

// Plan goes down the list until a whole round gives nobody a place.
func (w InTurn) Plan(_ context.Context, p *solver.Problem) (*model.Roster, error) {
	o := newOffice(p)
	list := w.list(p)
	for o.round(list) {
	}
	return o.Roster(), nil
}

// round gives each of a list one place where there is one; false: nobody was given any.
func (o *office) round(list []solver.ActorIx) (given bool) {
	waits := make([]bool, o.NumActors(solver.People))
	for _, a := range list {
		waits[a] = true
	}
	for _, a := range list {
		if !waits[a] {
			continue // a session was opened with them
		}
		if o.place(a) {
			waits[a], given = false, true
			continue
		}
		if t, ok := o.openFor(a, slices.DeleteFunc(slices.Clone(list), func(b solver.ActorIx) bool { return !waits[b] })); ok {
			given = true
			for _, b := range o.In(solver.People, t) {
				waits[b] = false
			}
		}
	}
	return given
}

// place seats somebody in the session that runs and is worth most to them.
func (o *office) place(a solver.ActorIx) bool {
	type offer struct {
		t    solver.SessionIx
		cost int64
	}
	var offers []offer
	for _, t := range o.suits[a] {
		if o.runs(t) && !o.Has(a, t) {
			if d := o.Delta(a, t, 1); d.Hard() <= 0 {
				offers = append(offers, offer{t, -d.Value()})
			}
		}
	}
	slices.SortStableFunc(offers, func(x, y offer) int { return cmp.Compare(x.cost, y.cost) })
	for _, x := range offers {
		if o.seat(a, x.t) {
			return true
		}
	}
	return false
}

// openFor opens a session that would suit somebody: the one that would suit most of those who wait. They are seated in their
// order as far as there is room.
func (o *office) openFor(a solver.ActorIx, waiting []solver.ActorIx) (solver.SessionIx, bool) {
	var closed []solver.SessionIx
	wanted := map[solver.SessionIx]int{} // looked up only
	for _, t := range o.suits[a] {
		if o.runs(t) || o.shut[t] {
			continue
		}
		closed = append(closed, t)
		for _, b := range waiting {
			if o.Allowed(b, t) {
				wanted[t]++
			}
		}
	}
	slices.SortStableFunc(closed, func(x, y solver.SessionIx) int { return cmp.Compare(wanted[y], wanted[x]) })
	for _, t := range closed {
		if o.open(t, waiting) {
			return t, true
		}
	}
	return 0, false
}

// list gives the people who have work to do, in turn.
func (w InTurn) list(p *solver.Problem) []solver.ActorIx {
	var out []solver.ActorIx
	day := make([]model.Date, p.NumActors(solver.People))
	for i := range day {
		a := solver.ActorIx(i)
		if q := p.Current(a); q != nil {
			day[i] = w.Before(p.Person(a), q, p.Snapshot.Week.Monday())
			out = append(out, a)
		}
	}
	slices.SortStableFunc(out, func(a, b solver.ActorIx) int { return cmp.Or(cmp.Compare(day[a], day[b]), cmp.Compare(a, b)) })
	return out
}
