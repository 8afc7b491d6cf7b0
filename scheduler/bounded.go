package scheduler

import (
	"context"
	"math"

	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/bound"
)

const (
	// guideShare is how much of the time that a plan has once its week is compiled may go into its bound, which also guides its
	// construction, in percent.
	guideShare = 30
	// guideSteps is how many steps a bound makes where rounds of work are asked for, and mostGuideSteps at most.
	guideSteps, mostGuideSteps = 200, 600
	// Where time is asked for, a bound that settleSteps have not lowered by one part in settled has settled: the rest of its time is
	// better spent on the roster.
	settleSteps, settled = 50, 4000
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
	s, err := solver.Unless(ctx, func() (*bound.Search, error) { return bound.NewFrom(p, max(1, q.Workers), q.Warm) })
	if err != nil {
		return nil, err
	}
	w.guided = w.now()
	began, most := w.guided, w.left()*guideShare/100
	mark, before := settleSteps, int64(math.MaxInt64)
	for s.Steps() < steps {
		if timed && w.now().Sub(began) > most {
			break
		}
		if !s.Step(ctx, 0) {
			break
		}
		if timed && s.Steps() >= mark {
			now := s.Lowest()
			if before-now < now/settled {
				break
			}
			mark, before = s.Steps()+settleSteps, now
		}
	}
	return s, nil
}

// guidedBy gives the part of a cut that says how the construction was guided, and where the greedy roster before it was cut.
func guidedBy(s *bound.Search, greedy int, q *PlanRequest) solver.CutPoint {
	c := solver.CutPoint{Greedy: greedy}
	if s != nil {
		c.Guided = s.Steps()
	}
	if c.Guided > 0 {
		c.Warm = FewName(q.Warm)
	}
	return c
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

// boundOf gives the bound of a search, once it has ended; nil: it made no step.
func boundOf(s *bound.Search) *Bounded {
	most, ok := s.Bound()
	if !ok {
		return nil
	}
	return &Bounded{Most: most, LeftOut: s.LeftOut(), Prices: s.Prices()}
}

// beside gives the bound of a plan, if it is one that says something. A bound below a roster's value is a fault of the program: the
// roster is sound by the words, so it is told without a bound.
func (b *Bounded) beside(r *PlanResult) (*Bounded, *FaultError) {
	if b == nil || r.Score.Hard() > r.Baseline {
		return nil, nil
	}
	if b.Most < r.Score.Value() {
		f := r.fault(FaultOfBound, r.Score)
		f.Bound = b.Most
		return nil, f
	}
	return b, nil
}
