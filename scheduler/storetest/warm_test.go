package storetest_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/bound"
)

// began is a search that tells with which few prices it began: with the seed of the plan whose they are, 0 for none.
type began struct{ with []int64 }

func (b *began) search(_ context.Context, q scheduler.PlanRequest) (*scheduler.PlanResult, error) {
	with := int64(0)
	if q.Warm != nil {
		with = q.Warm.Areas[0]
	}
	b.with = append(b.with, with)
	res := emptyPlan(q)
	res.Few = &bound.FewPrices{Areas: []int64{int64(q.Seed)}}
	res.Cut = solver.CutPoint{Guided: 1, Warm: scheduler.FewName(q.Warm)}
	return res, nil
}

func TestABoundBeginsWithTheFewPricesOfTheLatestPlanOfThatWeekOrAnEarlierOne(t *testing.T) {
	t.Parallel()
	b := &began{}
	s, who, region := planning(t, b.search, 1, 0)
	of := func(w model.Week, seed uint64) scheduler.Draft {
		d, err := s.CreatePlan(ctx, who, region, scheduler.RunRequest{Week: w, Seed: seed, Rounds: 1}, command("plan "+w.String()+string(rune('a'+seed))))
		require.NoError(t, err)
		d = wait(t, s, who, region, d.ID)
		require.Equal(t, scheduler.Ready, d.State, d.Failure)
		return d
	}
	first := of(week, 1)
	require.Zero(t, first.Warm)
	require.NotZero(t, first.Few)
	second := of(week, 2)
	require.Equal(t, first.Few, second.Warm)
	require.Equal(t, "g1w"+first.Few.String()[:12]+":0", second.Cut, "the name in a cut is that of what is kept")
	next := of(week.Add(1), 3)
	require.Equal(t, second.Few, next.Warm)
	require.Equal(t, second.Few, of(week, 4).Warm, "a later week is none to begin with")
	require.Equal(t, next.Few, of(week.Add(1), 5).Warm, "the week itself goes before the one before it")
	require.Equal(t, []int64{0, 1, 2, 2, 3}, b.with)
}
