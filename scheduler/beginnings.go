package scheduler

import (
	"context"

	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/bound"
)

// What a search begins with, and what is proved beside it: neither needs the other, so that no processor waits.

// beginnings gives the greedy roster, or the sketch if that is better, and a bound, which guides the construction. The greedy roster is made
// while the bound is prepared, which one processor does: should the machine have no time for more, the plan has at least that. Where it
// was cut is said as [solver.CutPoint] says it. A context that ends during the preparation leaves no bound: nil.
func (w *watch) beginnings(ctx context.Context, p *solver.Problem, q *PlanRequest, sketch *solver.Sketch) (better *solver.Sketch, guide *bound.Search, cut int, err error) {
	greedy := func() (*solver.Sketch, error) {
		made, at := sketch.Greedy(ctx, q.CutAt)
		cut = at
		return made, nil
	}
	wait := aside(q, greedy)
	guide, err = w.guide(ctx, p, q)
	better, _ = wait()
	if err != nil && ctx.Err() == nil {
		return nil, nil, 0, err
	}
	return better, guide, cut, nil
}

// aside has work done beside what its caller does if the request has a second worker for it, and at once if not.
func aside[T any](q *PlanRequest, work func() (T, error)) (wait func() (T, error)) {
	if q.Workers > 1 {
		return solver.Beside(work)
	}
	made, err := work()
	return func() (T, error) { return made, err }
}

// proofs is what is proved of a week whatever its roster.
type proofs struct {
	bound *Bounded   // nil: there is none
	lacks *lacks     // nil: nobody asked, or it is not known
	worth []marginal // likewise
}

// prove proves it beside the search.
func (w *watch) prove(ctx context.Context, p *solver.Problem, q *PlanRequest, guide *bound.Search) (wait func() (proofs, error)) {
	return aside(q, func() (x proofs, _ error) {
		if guide == nil {
			return x, nil
		}
		x.bound = boundOf(guide)
		if q.Needs {
			x.worth = w.worth(ctx, p, guide, max(1, q.Workers))
		}
		if q.Lacking || q.Needs {
			x.lacks = w.lacks(ctx, p, guide)
		}
		return x, nil
	})
}

// hintsOf gives the hints of a bound, and fewOf its few prices; none: there is no bound.
func hintsOf(guide *bound.Search) [][]solver.Hint {
	if guide == nil {
		return nil
	}
	return guide.HintSets()
}

func fewOf(guide *bound.Search) *bound.FewPrices {
	if guide == nil {
		return nil
	}
	return guide.FewPrices()
}
