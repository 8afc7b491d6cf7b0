package bound

import (
	"context"
	"slices"
	"sync/atomic"

	"github.com/communitypayback/payback/solver"
)

// Search finds a bound of one week, step by step. It is used by one goroutine at a time.
type Search struct {
	problem   *solver.Problem
	ascent    *ascent
	tied      *tied // until it has settled
	few       int   // the steps that took
	kept      [len(hintSteps)][]solver.Hint
	settledAt int64      // the value at which it did
	settled   *FewPrices // the prices at which it did
}

// New prepares a search for a bound. It gives a [model.Error] with CodeInternal where a rule rewards in a way that no bound can be
// stated for.
func New(p *solver.Problem, workers int) (*Search, error) { return NewFrom(p, workers, nil) }

// NewFrom does the same, and begins with the few prices of another search where they are of something of this week, and if the bound at
// them is lower than the one at first prices. Whatever they are, the bound holds. Nil: there are none.
func NewFrom(p *solver.Problem, workers int, few *FewPrices) (*Search, error) {
	r, err := p.Relaxed()
	if err != nil {
		return nil, err
	}
	w := newWeek(r)
	return &Search{problem: p, ascent: newAscent(w, workers), tied: newTied(w, few, p.Snapshot.Sessions)}, nil
}

// hintSteps are the steps after which hints are kept, those that are tried first in front. Early hints are broad, late ones speak for
// one plan of duties and are wrong where the bound does not know a rule: neither is always the better.
var hintSteps = [...]int{80, 60, 100, 140, 40, 200, 280}

// Step tries to lower the bound, aiming at the value of some roster, in millipoints, or at somewhat less than the bound if that is
// more. Equal problems, targets and numbers of steps give equal bounds at any number of workers. False: the context ended first,
// and the step was not made.
func (s *Search) Step(ctx context.Context, target int64) bool {
	if !s.step(ctx, target) {
		return false
	}
	if i := slices.Index(hintSteps[:], s.Steps()); i >= 0 {
		s.kept[i] = s.Hints()
	}
	return true
}

func (s *Search) step(ctx context.Context, target int64) bool {
	var halt atomic.Bool
	defer context.AfterFunc(ctx, func() { halt.Store(true) })()
	if ctx.Err() != nil {
		return false
	}
	if s.tied == nil {
		return s.ascent.step(target, &halt)
	}
	if !s.tied.step(s.ascent.workers, &halt) {
		return false
	}
	if s.tied.done() {
		s.ascent.goOn(s.tied)
		s.few, s.settledAt, s.settled = s.tied.steps, s.tied.value, s.FewPrices()
		s.tied = nil
	}
	return true
}

// Steps gives how many steps were made.
func (s *Search) Steps() int {
	if s.tied != nil {
		return s.tied.steps
	}
	return s.few + s.ascent.steps
}

// Hints says what was often in the answers of the parts: a guide to good rosters.
func (s *Search) Hints() []solver.Hint {
	if s.tied != nil {
		return s.ascent.w.hints(s.tied.taken, s.tied.used)
	}
	return s.ascent.w.hints(s.ascent.taken, s.ascent.used)
}

// HintSets gives the hints of several steps, those first that are likely the best; of a search that made few, the last alone.
func (s *Search) HintSets() (out [][]solver.Hint) {
	for _, h := range s.kept {
		if h != nil {
			out = append(out, h)
		}
	}
	if out == nil {
		out = append(out, s.Hints())
	}
	return out
}

// Week gives the relaxed week that is searched in. It is the search's own, for reading.
func (s *Search) Week() *solver.Relaxed { return s.ascent.w.Relaxed }

// LeftOut names the rules of which the bound does not know all, in catalogue order: the true best may be further below it.
func (s *Search) LeftOut() []string { return s.ascent.w.LeftOut }

// Prices gives the best prices so far. They are copied.
func (s *Search) Prices() *Prices {
	p := newPrices(s.ascent.w)
	p.copyFrom(s.best())
	return p
}

// FewPrices gives the best prices so far that pairs share, for [NewFrom] to begin with. Before the first step there are none: nil.
func (s *Search) FewPrices() *FewPrices {
	if s.tied == nil || s.tied.steps == 0 {
		return s.settled
	}
	return s.tied.told(s.tied.top, s.problem.Snapshot.Sessions)
}

// Lowest gives the lowest bound so far as the search itself reckons it, in millipoints: good enough to see whether it still falls.
func (s *Search) Lowest() int64 {
	if s.tied != nil {
		return s.tied.value
	}
	return min(s.ascent.value, s.settledAt)
}

// best gives the best prices so far.
func (s *Search) best() *Prices {
	if s.tied != nil {
		return s.tied.settled()
	}
	return s.ascent.best
}

// Bound gives the lowest bound so far, in millipoints: no roster that breaks no more than it must is worth more. It is the word of
// [Evaluate], which shares no code with the search. Before the first step there is none: false.
func (s *Search) Bound() (int64, bool) {
	if s.Steps() == 0 {
		return 0, false
	}
	return Evaluate(s.ascent.w.Relaxed, s.best()), true
}
