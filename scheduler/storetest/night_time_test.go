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

// seen is a search that keeps what it was asked, and keeps what is published or gives the roster that it began at.
type seen struct{ asked []scheduler.PlanRequest }

func (x *seen) search(c context.Context, q scheduler.PlanRequest) (*scheduler.PlanResult, error) {
	x.asked = append(x.asked, q)
	return keepsWhatIs(c, q)
}

func TestANightWithoutALimitTakesTheRegionsShareOfTheTime(t *testing.T) {
	t.Parallel()
	x := &seen{}
	d := nightly(t, x.search, map[policy.ClauseID]int64{"night.weeks": 3, "night.minutes": 20})
	d.night(t, scheduler.NightRequest{})
	limits := func() (out []time.Duration) {
		for i := range x.asked {
			require.Zero(t, x.asked[i].Rounds)
			require.True(t, x.asked[i].Needs)
			out = append(out, x.asked[i].Time)
		}
		x.asked = nil
		return out
	}
	// The clock stands still, so nothing is ever used up: a half, then a half of all, then all, each less what is kept for the rest.
	require.Equal(t, []time.Duration{9 * time.Minute, 10 * time.Minute, 20 * time.Minute}, limits())

	other := region(t)
	other.Region = "Far Vale"
	for i := range other.Teams {
		other.Teams[i].Region = other.Region
	}
	imported(t, d.s, everybody(other.Region), other, 0)
	d.night(t, scheduler.NightRequest{Again: true})
	require.Equal(t, []time.Duration{9 * time.Minute / 2, 5 * time.Minute, 10 * time.Minute}, limits(), "two of a size share it")
	_, err := d.s.RunNight(ctx, everybody(other.Region), other.Region, scheduler.NightRequest{Again: true, Time: time.Minute})
	require.NoError(t, err)
	require.Equal(t, []time.Duration{time.Minute, time.Minute, time.Minute}, limits(), "whoever says how long is obeyed")
}

func TestANightBeginsAtThePlansOfTheNightBefore(t *testing.T) {
	t.Parallel()
	x := &seen{}
	d := nightly(t, x.search, map[policy.ClauseID]int64{"night.weeks": 2})
	d.published()
	again := scheduler.NightRequest{Rounds: 1, Again: true}
	starts := func() (out []*model.Roster) {
		for i := range x.asked {
			out = append(out, x.asked[i].Start)
		}
		x.asked = nil
		return out
	}
	first := d.night(t, again)
	require.Equal(t, []*model.Roster{nil, nil}, starts(), "there was none")
	d.night(t, again)
	for i, s := range starts() {
		draft, err := d.s.Draft(ctx, d.who, d.region, first.Weeks[i].Draft)
		require.NoError(t, err)
		require.Equal(t, d.view(draft).Roster.Appointments, s.Appointments)
		require.Equal(t, first.Weeks[i].Week, s.Week)
	}
	_, err := d.publish(d.keep(d.current(), 1), false)
	require.NoError(t, err)
	third := d.night(t, again)
	all := starts()
	require.Nil(t, all[0], "it was made from what is not published any more")
	require.NotNil(t, all[1])
	require.Equal(t, runOf(t, d.s, d.region, third.Weeks[1].Draft).Work.Start, runOf(t, d.s, d.region, first.Weeks[1].Draft).Done.Roster, "what it began at is in the ledger")
}

func TestWhoTakesANightOverFindsItsPlansThoughLessTimeIsLeft(t *testing.T) {
	t.Parallel()
	x := &seen{}
	d := nightly(t, x.search, map[policy.ClauseID]int64{"night.weeks": 2, "night.minutes": 20})
	stopped, stop := context.WithCancel(ctx)
	d.s.Runs.Search = func(c context.Context, q scheduler.PlanRequest) (*scheduler.PlanResult, error) {
		if len(x.asked) == 1 {
			stop() // the process is about to end
		}
		return x.search(c, q)
	}
	_, err := d.s.RunNight(stopped, d.who, d.region, scheduler.NightRequest{})
	require.Error(t, err)
	now := d.s.Now
	d.s.Now = func() time.Time { return now().Add(5 * time.Minute) }
	d.s.Policy.Clauses = nightValues(d.s.Policy.Clauses, "night.minutes", 10)
	n := d.night(t, scheduler.NightRequest{})
	require.Equal(t, scheduler.RunMade, n.State, n.Failure)
	require.Len(t, n.Weeks, 2)
	require.Len(t, x.asked, 2, "nothing is searched for twice")
}

// nightValues gives clauses with another value of one.
func nightValues(all []policy.Clause, id policy.ClauseID, v int64) []policy.Clause {
	for i := range all {
		if all[i].ID == id {
			all[i].Values = []policy.Dated{{From: "2020-01-01", Value: v}}
		}
	}
	return all
}
