package faults

import (
	"context"
	"errors"

	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
)

// Replayed is what became of a fault.
type Replayed struct {
	// Engine and Words are what the roster of the report is worth now; equal: they agree about it.
	Engine, Words solver.Score
	Rules         []solver.Disagreement // about which they disagree, each rule taken alone
	// Again is the fault that the same search found again; nil: none. Other than the one of the report it may be, because addresses are
	// rounded.
	Again *scheduler.FaultError
	Ended error // why the search has no plan, if that is not a fault; nil: it has one, or a fault
}

// There reports whether anything is still wrong.
func (r *Replayed) There() bool { return r.Engine != r.Words || len(r.Rules) > 0 || r.Again != nil }

// Replay judges the roster of a report again, and makes its search again. Equal reports and constraints give equal answers.
func (r *Report) Replay(ctx context.Context, constraints []*solver.Constraint, workers int) (*Replayed, error) {
	p, err := solver.Compile(r.Week, constraints)
	if err != nil {
		return nil, err
	}
	out := &Replayed{}
	if r.Roster != nil {
		s := p.NewState()
		s.Load(r.Roster)
		out.Engine, out.Words = s.Settle(), solver.Total(solver.Check(r.Week, s.Roster(), constraints), constraints)
		out.Rules = solver.Disagreements(r.Week, r.Roster, constraints)
	}
	cut := r.Cut
	res, err := scheduler.Plan(ctx, scheduler.PlanRequest{
		Snapshot: r.Week, Constraints: constraints, Seed: r.Seed, Workers: workers, Rounds: r.Planned, CutAt: &cut, Start: r.Start, Warm: r.Warm, Recheck: r.Recheck,
	})
	switch f, ok := errors.AsType[*scheduler.FaultError](err); {
	case ok:
		out.Again = f
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		out.Ended = err
	default:
		out.Again = res.Fault
	}
	return out, nil
}
