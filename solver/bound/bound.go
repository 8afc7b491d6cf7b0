package bound

import (
	"context"
	"sync/atomic"

	"github.com/communitypayback/payback/solver"
)

// Search finds a bound of one week, step by step. It is used by one goroutine at a time.
type Search struct {
	problem *solver.Problem
	ascent  *ascent
}

// New prepares a search for a bound. It gives a [model.Error] with CodeInternal where a rule rewards in a way that no bound can be
// stated for.
func New(p *solver.Problem, workers int) (*Search, error) {
	r, err := p.Relaxed()
	if err != nil {
		return nil, err
	}
	return &Search{p, newAscent(newWeek(r), workers)}, nil
}

// Step tries to lower the bound, aiming at the value of some roster, in millipoints, or at somewhat less than the bound if that is
// more. Equal problems, targets and numbers of steps give equal bounds at any number of workers. False: the context ended first,
// and the step was not made.
func (s *Search) Step(ctx context.Context, target int64) bool {
	var halt atomic.Bool
	defer context.AfterFunc(ctx, func() { halt.Store(true) })()
	return ctx.Err() == nil && s.ascent.step(target, &halt)
}

// Steps gives how many steps were made.
func (s *Search) Steps() int { return s.ascent.steps }

// Hints says what was often in the answers of the parts: a guide to good rosters.
func (s *Search) Hints() []solver.Hint { return s.ascent.hints() }

// LeftOut names the rules of which the bound does not know all, in catalogue order: the true best may be further below it.
func (s *Search) LeftOut() []string { return s.ascent.w.LeftOut }

// Prices gives the best prices so far. They are copied.
func (s *Search) Prices() *Prices {
	p := newPrices(s.ascent.w)
	p.copyFrom(s.ascent.best)
	return p
}

// Bound gives the lowest bound so far, in millipoints: no roster that breaks no more than it must is worth more. It is the word of
// [Evaluate], which shares no code with the search. Before the first step there is none: false.
func (s *Search) Bound() (int64, bool) {
	if s.ascent.steps == 0 {
		return 0, false
	}
	return Evaluate(s.ascent.w.Relaxed, s.ascent.best), true
}
