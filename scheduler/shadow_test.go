package scheduler_test

import (
	"cmp"
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

// TestNoRosterWithOneMoreGainsMoreThanItsCap gives a week one more supervisor for a day, a copy of one there is, plans it again from
// the roster there was, and holds the gain against what the prices said.
func TestNoRosterWithOneMoreGainsMoreThanItsCap(t *testing.T) {
	if testing.Short() {
		t.Skip("its plans are made again and again, which takes minutes under the race detector")
	}
	t.Parallel()
	sn, r := rainyPlan(t)
	x, err := scheduler.Explain(sn, r, constraints.All, nil)
	require.NoError(t, err)
	one, err := x.ShadowPrices(context.Background(), 60, 1)
	require.NoError(t, err)
	two, err := x.ShadowPrices(context.Background(), 60, 2)
	require.NoError(t, err)
	require.Equal(t, one, two)

	dearest := slices.MaxFunc(one.Prices, func(a, b scheduler.ShadowPrice) int { return cmp.Compare(a.Worth, b.Worth) })
	require.Equal(t, scheduler.OneSupervisor, dearest.Resource, "in a backlog nothing is worth as much")
	gained := int64(0)
	for i := range sn.Supervisors {
		larger := oneMore(t, sn, &sn.Supervisors[i], dearest.Date)
		res, err := scheduler.Plan(context.Background(), scheduler.PlanRequest{Snapshot: larger, Constraints: constraints.All, Seed: 1, Rounds: 1, Start: r})
		require.NoError(t, err)
		gain := res.Score.Value() - one.Value
		gained = max(gained, gain)
		require.LessOrEqual(t, gain, 1000*dearest.AtMost)
		if i == 3 {
			break
		}
	}
	require.Positive(t, gained, "nothing of this would show anything")
	for i := range one.Prices {
		p := &one.Prices[i]
		require.GreaterOrEqual(t, p.AtMost, p.Worth)
		require.Positive(t, p.Sessions)
	}
}

// oneMore adds a copy of a supervisor who works on one day alone.
func oneMore(t *testing.T, sn *model.Snapshot, s *model.Supervisor, day model.Date) *model.Snapshot {
	t.Helper()
	twin := *s
	twin.Code = "TWIN"
	c := calendar(t)
	edits := []model.Edit{model.AddSupervisor{Supervisor: twin}}
	for d := monday; d < monday+7; d++ {
		if d != day {
			edits = append(edits, model.SupervisorOff{Code: "TWIN", Span: model.Span{Start: c.Instant(d, 0), End: c.Instant(d, 1439)}})
		}
	}
	larger, err := sn.With(edits...)
	require.NoError(t, err)
	return larger
}

func TestPricesOfARosterThatBreaksRulesAreNotCertain(t *testing.T) {
	t.Parallel()
	sn, r := rainyPlan(t)
	broken := r.Clone()
	broken.Duties = nil
	require.NotZero(t, solver.Total(solver.Check(sn, broken, constraints.All), constraints.All).Hard())
	x, err := scheduler.Explain(sn, broken, constraints.All, nil)
	require.NoError(t, err)
	found, err := x.ShadowPrices(context.Background(), 5, 1)
	require.NoError(t, err)
	for i := range found.Prices {
		require.Negative(t, found.Prices[i].AtMost)
	}
	_, err = x.ShadowPrices(context.Background(), 0, 1)
	require.ErrorContains(t, err, "expected at least 1")
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = x.ShadowPrices(ended, 5, 1)
	require.ErrorIs(t, err, context.Canceled)
}
