package storetest_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
)

func TestAnyRunIsMadeAgainToTheSameBytes(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("some twenty searches, which take minutes under the race detector")
	}
	d := nightly(t, scheduler.Plan, map[policy.ClauseID]int64{"night.weeks": 2})
	n := d.night(t, scheduler.NightRequest{Rounds: 2})
	byRounds := ask(t, d.s, d.who, d.region, 7)
	byTime, err := d.s.CreatePlan(ctx, d.who, d.region, scheduler.RunRequest{Week: week, Seed: 3, Time: 300 * time.Millisecond}, command("timed"))
	require.NoError(t, err)
	wait(t, d.s, d.who, d.region, byTime.ID)
	from, err := d.s.CreatePlan(ctx, d.who, d.region, scheduler.RunRequest{Week: week, Seed: 3, Rounds: 1, From: byTime.ID,
		PriceRequest: scheduler.PriceRequest{Weights: []scheduler.Weight{{Rule: "travel", Percent: 300}}}}, command("from"))
	require.NoError(t, err)
	long, err := d.s.CreatePlan(ctx, d.who, d.region, scheduler.RunRequest{Week: week, Seed: 5, Rounds: 1_000_000}, command("stopped"))
	require.NoError(t, err)
	wait(t, d.s, d.who, d.region, from.ID)
	limited, stop := context.WithTimeout(ctx, 2*time.Minute)
	defer stop()
	require.ErrorIs(t, d.s.WatchPlan(limited, d.who, d.region, long.ID, 0, func(e scheduler.RunEvent) error {
		if e.Rounds > 1 {
			return context.Canceled
		}
		return nil
	}), context.Canceled)
	_, err = d.s.StopPlan(limited, d.who, d.region, long.ID)
	require.NoError(t, err)

	// The facts have changed since, which no run that was made looks at.
	d.change(&model.Facts{KeepApart: []model.Pair{{A: d.facts.People[0].CRN, B: d.facts.People[1].CRN}}})
	for name, id := range map[string]string{"a night's first": n.Weeks[0].Draft, "a night's second": n.Weeks[1].Draft, "by rounds": byRounds.ID, "by time": byTime.ID,
		"from a plan, at other prices": from.ID, "stopped": long.ID} {
		for _, workers := range []int{1, 2} {
			d.s.Runs.Workers = workers
			again, err := d.s.Replay(ctx, d.who, d.region, id)
			require.NoError(t, err, name)
			require.True(t, again.Same, "%s: %s", name, again.Ended)
			require.Equal(t, again.Run.Done.Roster, again.Roster)
			require.Positive(t, again.Bytes)
		}
	}
	all, err := d.s.RunHistory(ctx, d.who, d.region, 100)
	require.NoError(t, err)
	require.Len(t, all, 7, "six searches and the night")
	some, err := d.s.RunHistory(ctx, d.who, d.region, 2)
	require.NoError(t, err)
	require.Equal(t, all[:2], some)

	_, err = d.s.Replay(ctx, d.who, d.region, "night/"+n.Name)
	requireCode(t, model.CodeUsage, err)
	_, err = d.s.Replay(ctx, d.who, d.region, "p_0")
	requireCode(t, model.CodeNotFound, err)

	d.s.Runs.Search = func(c context.Context, q scheduler.PlanRequest) (*scheduler.PlanResult, error) {
		res, err := scheduler.Plan(c, q)
		res.Roster.Appointments = res.Roster.Appointments[1:]
		return res, err
	}
	other, err := d.s.Replay(ctx, d.who, d.region, byRounds.ID)
	require.NoError(t, err)
	require.False(t, other.Same, "another program is found out")
}

func TestARunThatWasSetAsideIsMadeAgainToLookIntoIt(t *testing.T) {
	t.Parallel()
	poisoned := true
	s, who, region := planning(t, func(c context.Context, q scheduler.PlanRequest) (*scheduler.PlanResult, error) {
		if poisoned {
			panic("poison")
		}
		return scheduler.Plan(c, q)
	}, 1, 1)
	d := ask(t, s, who, region, 1)
	wait(t, s, who, region, d.ID)
	again, err := s.Replay(ctx, who, region, d.ID)
	require.NoError(t, err)
	require.True(t, again.Same)
	require.Equal(t, "panic", again.Ended)
	poisoned = false
	again, err = s.Replay(ctx, who, region, d.ID)
	require.NoError(t, err)
	require.False(t, again.Same, "it was mended")
	require.Empty(t, again.Ended)
}
