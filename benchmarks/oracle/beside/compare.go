package beside

import (
	"context"
	"fmt"
	"time"

	"github.com/communitypayback/payback/solver"
)

// Options say how a comparison is run.
type Options struct {
	Linear
	Rounds  int // of our search
	Workers int
	Split   bool // solve a second time with our supervisors and minibuses held, to tell what our people cost from what our sessions do
}

// Pair is one week with both answers.
type Pair struct {
	Week     Week
	Sessions int
	Actors   int // supervisors and minibuses
	Linear   *Answer
	Held     *Answer // with our supervisors and minibuses; nil unless asked for
	Ours     *solver.Result
	OurTime  time.Duration
	State    *solver.State // our roster
	Problem  *solver.Problem
}

// Compare solves one week both ways. It is an error if the two disagree on what a roster costs, if ours breaks a rule that
// could be kept, or if ours is better than what was proved to be the best.
func Compare(ctx context.Context, w Week, o Options) (*Pair, error) {
	p, err := w.Compile()
	if err != nil {
		return nil, err
	}
	c := &Pair{Week: w, Sessions: p.NumSessions(), Actors: p.NumActors(solver.Supervisors) + p.NumActors(solver.Minibuses), Problem: p}
	start := time.Now()
	if c.Ours, err = solver.Solve(ctx, p, solver.Options{Seed: 1, Workers: o.Workers, Rounds: o.Rounds}); err != nil {
		return nil, err
	}
	c.OurTime = time.Since(start)
	c.State = p.NewState()
	c.State.Load(c.Ours.Roster)
	if got := c.State.Score(); got != c.Ours.Score {
		return nil, fmt.Errorf("seed %d: the search says %v of its roster, a state that loads it %v", w.Seed, c.Ours.Score, got)
	}
	if got, least := c.Ours.Score.Hard(), p.Unavoidable(); got != least {
		return nil, fmt.Errorf("seed %d: our roster breaks %d cases; expected %d", w.Seed, got, least)
	}
	if c.Linear, err = o.Solve(ctx, p); err != nil {
		return nil, fmt.Errorf("seed %d: %w", w.Seed, err)
	}
	if ours := c.Ours.Score.Value(); ours > c.Linear.Bound {
		return nil, fmt.Errorf("seed %d: our roster is worth %d millipoints, more than the bound of %d; the rows say too much", w.Seed, ours, c.Linear.Bound)
	}
	if o.Split {
		o.Staff = c.State
		if c.Held, err = o.Solve(ctx, p); err != nil {
			return nil, fmt.Errorf("seed %d, with our staff: %w", w.Seed, err)
		}
	}
	return c, nil
}

// Loss gives by how much our value falls short of the best proved, or of the bound where none is, in parts of one.
func (c *Pair) Loss() float64 {
	if c.Linear.Bound == 0 {
		return 0
	}
	return float64(c.Linear.Bound-c.Ours.Score.Value()) / float64(c.Linear.Bound)
}
