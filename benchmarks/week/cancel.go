package main

import (
	"context"
	"fmt"
	"time"

	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

// cancelled prints how long after a cancel the engine gives its roster, in the construction and in the rounds after it, and
// how long after one in the rounds a whole plan is there, judged and with the reasons why people are left over.
func cancelled(p *solver.Problem, seed uint64, workers int, construction time.Duration) error {
	o := solver.Options{Seed: seed, Workers: workers, Rounds: 1000}
	building, err := late(func(ctx context.Context, press func(time.Duration)) error {
		press(construction / 2)
		_, err := solver.Solve(ctx, p, o)
		return err
	})
	if err != nil {
		return err
	}
	searching, err := late(func(ctx context.Context, press func(time.Duration)) error {
		o.OnRound = inRound(press)
		_, err := solver.Solve(ctx, p, o)
		return err
	})
	if err != nil {
		return err
	}
	planning, err := late(func(ctx context.Context, press func(time.Duration)) error {
		_, err := scheduler.Plan(ctx, scheduler.PlanRequest{Snapshot: p.Snapshot, Constraints: constraints.All, Seed: seed, Workers: workers,
			Rounds: o.Rounds, OnProgress: inRound(press)})
		return err
	})
	if err != nil {
		return err
	}
	fmt.Printf("  after a cancel the engine ends within %v in the construction and %v in a round; the plan is there after %v\n",
		building.Round(time.Millisecond), searching.Round(time.Millisecond), planning.Round(time.Millisecond))
	return nil
}

// inRound presses within the third round.
func inRound(press func(time.Duration)) func(solver.Progress) {
	return func(g solver.Progress) {
		if g.Rounds == 2 {
			press(20 * time.Millisecond)
		}
	}
}

// late runs something that is cancelled when it presses, so much later, and gives how much longer it took.
func late(run func(ctx context.Context, press func(after time.Duration)) error) (time.Duration, error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	pressed := make(chan time.Time, 1)
	err := run(ctx, func(after time.Duration) {
		time.AfterFunc(after, func() { pressed <- time.Now(); cancel() })
	})
	if err != nil {
		return 0, err
	}
	end := time.Now()
	return end.Sub(<-pressed), nil
}
