package play

import (
	"context"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
)

// Payback plans as this program does, with so many rounds of work for a week.
type Payback struct{ Rounds int }

// Plan searches. Equal weeks have equal rosters.
func (w Payback) Plan(ctx context.Context, p *solver.Problem) (*model.Roster, error) {
	o := solver.Options{Seed: uint64(p.Snapshot.Week.Number), Workers: 1, Rounds: w.Rounds, Recheck: -1, Start: p.Snapshot.Published}
	res, err := solver.Solve(ctx, p, o)
	if err != nil {
		return nil, err
	}
	return res.Roster, nil
}
