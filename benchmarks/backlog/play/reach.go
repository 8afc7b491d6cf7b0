package play

import (
	"slices"

	"github.com/communitypayback/payback/solver"
)

// reach tells who could have a place in a week if nobody else were served before them. Nobody waits for what there is not.
type reach struct {
	*office
	all []solver.ActorIx
}

func newReach(p *solver.Problem) *reach {
	r := &reach{office: newOffice(p)}
	for a := range solver.ActorIx(p.NumActors(solver.People)) {
		if p.Current(a) != nil {
			r.all = append(r.all, a)
		}
	}
	return r
}

// looksClosely is how many weeks somebody must have waited for it to matter whether companions, a supervisor and a minibus
// could be found for them, and not only a session that suits them.
const looksClosely = 4

// anybody reports whether a person who has waited so many weeks could have a place.
func (r *reach) anybody(a solver.ActorIx, waited int) bool {
	if len(r.suits[a]) == 0 || waited < looksClosely {
		return len(r.suits[a]) > 0
	}
	list := append([]solver.ActorIx{a}, slices.DeleteFunc(slices.Clone(r.all), func(b solver.ActorIx) bool { return a == b })...)
	for _, t := range r.suits[a] {
		was := r.Settle().Hard()
		r.Commit()
		var there bool
		if r.runs(t) {
			there = r.seat(a, t)
		} else {
			clear(r.shut)
			there = r.open(t, list) && r.Has(a, t)
		}
		r.empty(t)
		if r.Settle().Hard() != was {
			panic("play: an office that was emptied is not as it was")
		}
		r.Commit()
		if there {
			return true
		}
	}
	return false
}

// empty takes everybody out of a session.
func (r *reach) empty(t solver.SessionIx) {
	for k := solver.People; k <= solver.Minibuses; k++ {
		for _, a := range slices.Clone(r.In(k, t)) {
			r.Leave(a, t)
		}
	}
}
