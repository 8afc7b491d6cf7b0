package scheduler

import (
	"context"
	"time"

	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/bound"
)

const (
	// guideShare is how much of the time of a plan goes into its bound, which also guides its construction, in percent. In a region of
	// more than guidedPeople a bound takes longer to say anything than most plans have: it gets lessShare, and guides nothing.
	guideShare, lessShare, guidedPeople = 30, 10, 2500
	// guideSteps is how many steps a bound makes where rounds of work are asked for, and mostGuideSteps at most.
	guideSteps, mostGuideSteps = 200, 600
)

// guide lowers a bound for a share of the time, or for so many steps as the request says.
func (w *watch) guide(ctx context.Context, p *solver.Problem, q *PlanRequest) (*bound.Search, error) {
	steps, timed := guideSteps, false
	switch {
	case q.CutAt != nil:
		steps = q.CutAt.Guided
	case q.Time > 0 && q.Rounds == 0:
		steps, timed = mostGuideSteps, true
	}
	s, err := bound.New(p, max(1, q.Workers))
	if err != nil {
		return nil, err
	}
	share := int64(guideShare)
	if p.NumActors(solver.People) > guidedPeople {
		share = lessShare
	}
	for s.Steps() < steps {
		if timed && w.now().Sub(w.began) > time.Duration(int64(q.Time)/100*share) {
			break
		}
		if !s.Step(ctx, 0) {
			break
		}
	}
	return s, nil
}

// hintsOf gives what a bound hints at, where that is worth following.
func hintsOf(s *bound.Search, p *solver.Problem) []solver.Hint {
	if p.NumActors(solver.People) > guidedPeople {
		return nil
	}
	return s.Hints()
}

// Bounded says how much better any roster of the week could be.
type Bounded struct {
	// Most is what no roster that breaks no more than it must is worth more than, in millipoints.
	Most int64
	// LeftOut names the rules of which the bound does not know all, so that the best roster may be worth less.
	LeftOut []string
	// Prices prove the bound; nil where they were not kept.
	Prices *bound.Prices `json:"-"`
}

// Gap gives how much of the bound a value falls short of, in hundredths of a percent, rounded up.
func (b *Bounded) Gap(value int64) int64 {
	if b.Most <= 0 || value >= b.Most {
		return 0
	}
	missing := b.Most - value
	return missing/b.Most*10_000 + (missing%b.Most*10_000+b.Most-1)/b.Most
}

// placement is what a day of seven hours is worth to somebody who is certain to come and needs it, in millipoints.
const placement = 420 * 1000

// Placements gives the same in tenths of a day of seven hours of on-time work, rounded up.
func (b *Bounded) Placements(value int64) int64 {
	return max(0, (10*(b.Most-value)+placement-1)/placement)
}

// boundedBy gives the bound of a search, if it made any step. A bound below a roster's value is a fault of the program, and is not
// told: nil.
func boundedBy(s *bound.Search, r *PlanResult) *Bounded {
	most, ok := s.Bound()
	if !ok || most < r.Score.Value() || r.Score.Hard() > r.Baseline {
		return nil
	}
	return &Bounded{Most: most, LeftOut: s.LeftOut(), Prices: s.Prices()}
}
