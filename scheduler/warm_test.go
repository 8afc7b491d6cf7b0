package scheduler_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/bound"
)

func TestAPlanThatBeganWithTheFewPricesOfAnotherCanBeMadeAgain(t *testing.T) {
	t.Parallel()
	q := asked(madeUp(t, 120))
	first, err := scheduler.Plan(context.Background(), q)
	require.NoError(t, err)
	require.NotNil(t, first.Few)
	require.Empty(t, first.Cut.Warm)

	q.Warm, q.Rounds = first.Few, 4
	warm, err := scheduler.Plan(context.Background(), q)
	require.NoError(t, err)
	require.Equal(t, scheduler.FewName(first.Few), warm.Cut.Warm)
	require.NotEqual(t, first.Bound.Prices, warm.Bound.Prices, "it went another way")

	cut, err := solver.ParseCutPoint(warm.Cut.String())
	require.NoError(t, err)
	q.CutAt = &cut
	for workers := 1; workers < 4; workers++ {
		q.Workers = workers
		again, err := scheduler.Plan(context.Background(), q)
		require.NoError(t, err)
		require.Equal(t, warm.Roster, again.Roster)
		require.Equal(t, warm.Cut, again.Cut)
		require.Equal(t, warm.Bound, again.Bound)
		require.Equal(t, warm.Few, again.Few)
	}
}

func TestARunIsRepeatedOnlyWithTheFewPricesItBeganWith(t *testing.T) {
	t.Parallel()
	q := asked(madeUp(t, 40))
	few := &bound.FewPrices{Sessions: []bound.SessionPrices{{Project: "P1", Room: 7}}}
	for name, c := range map[string]struct {
		was   solver.CutPoint
		given *bound.FewPrices
		want  string
	}{
		"none were given":    {solver.CutPoint{Guided: 3, Warm: scheduler.FewName(few), Rounds: 1}, nil, "expected those named " + scheduler.FewName(few)},
		"others were given":  {solver.CutPoint{Guided: 3, Warm: "0b1f", Rounds: 1}, few, "expected those named 0b1f"},
		"there were none":    {solver.CutPoint{Guided: 3, Rounds: 1}, few, "expected none"},
		"these are the same": {solver.CutPoint{Guided: 3, Warm: scheduler.FewName(few), Rounds: 1}, few, ""},
		"no bound was made":  {solver.CutPoint{Rounds: 1}, few, ""},
	} {
		q.CutAt, q.Warm = &c.was, c.given
		_, err := scheduler.Plan(context.Background(), q)
		if c.want == "" {
			require.NoError(t, err, name)
			continue
		}
		require.Equal(t, model.CodeUsage, codeOf(t, err), name)
		require.ErrorContains(t, err, c.want, name)
	}
}
