package scheduler

import (
	"context"
	"time"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/bound"
)

// Needs says what would help a week, beside the plan with which it was found.
type Needs struct {
	Prices  []ShadowPrice // what one more of each would be worth, at the prices with which the plan's bound ended; only what is worth anything
	Lacking []string      // what is lacking whatever the roster, in sentences; empty: that was not known in time
}

// worthSteps is how many steps of a bound, on one processor, take as long as working out what one more of everything is worth, which
// evaluates every session some times over: 17 were measured at 2,500 people.
const worthSteps = 20

// worth works out what one more of everything is worth at the prices of a bound that was just made, unless it has made no step, or that
// would take more than a share of the time, by how long the steps took on so many processors. It needs no roster, so it comes before the search.
func (w *watch) worth(ctx context.Context, p *solver.Problem, s *bound.Search, workers int) []marginal {
	if s.Steps() == 0 || ctx.Err() != nil {
		return nil
	}
	step := w.now().Sub(w.guided) / time.Duration(s.Steps()) * time.Duration(workers)
	if w.limit > 0 && step*worthSteps > w.limit*lackShare/100 {
		return nil
	}
	return marginals(p, s)
}

// needs puts together what would help the week of a plan that was judged.
func (r *PlanResult) needs(worth []marginal) *Needs {
	out := &Needs{}
	for _, m := range worth {
		if x := m.price(); x.Worth > 0 {
			if r.Bound != nil {
				x.AtMost = upMinutes(max(0, r.Bound.Most-r.Score.Value()) + m.value)
			}
			out.Prices = append(out.Prices, x)
		}
	}
	if l := r.Lacking(); l != nil {
		out.Lacking = LackingText(l)
	}
	return out
}

// price gives what one more is worth, with nothing known about what no roster gains more than.
func (m *marginal) price() ShadowPrice {
	return ShadowPrice{Date: m.date, Area: m.area, Resource: m.resource, Sessions: m.sessions, Worth: upMinutes(m.value), AtMost: -1}
}

// keepNeeds keeps what a plan says of them with its draft.
func keepNeeds(w Writer, d *Draft, res *PlanResult) error {
	if res.Needs == nil {
		return nil
	}
	var err error
	d.Needs, err = keep(w, res.Needs)
	return err
}

// needsOf gives what a draft keeps; none is no error.
func needsOf(r Reader, d *Draft) (Needs, error) {
	var out Needs
	if (d.Needs == model.Digest{}) {
		return out, nil
	}
	return out, kept(r, d.Needs, &out)
}
