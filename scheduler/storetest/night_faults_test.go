package storetest_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
)

var aDay = map[policy.ClauseID]int64{"night.weeks": 2, "night.publish": 1, "night.people-to-tell": 5}

func TestReplicasThatFireTheSameNightDoItOnce(t *testing.T) {
	t.Parallel()
	d := nightly(t, without(1), aDay)
	d.published()
	all := []*scheduler.Service{d.s}
	for i := range 4 {
		all = append(all, beside(t, d.s, without(1), time.Duration(i)*500*time.Millisecond))
	}
	var done, refused atomic.Int32
	var at sync.WaitGroup
	for _, s := range all {
		at.Go(func() {
			_, err := s.RunNight(ctx, d.who, d.region, tonight)
			if err == nil {
				done.Add(1)
			} else if codeOf(t, err) == model.CodeConflict {
				refused.Add(1)
			}
		})
	}
	at.Wait()
	require.Equal(t, []int32{1, 4}, []int32{done.Load(), refused.Load()})
	versions, err := d.s.Versions(ctx, d.who, d.region, week)
	require.NoError(t, err)
	require.Len(t, versions, 2, "what was published before, and what one of them published")
	for i := range 2 {
		drafts, err := d.s.Drafts(ctx, d.who, d.region, week.Add(i))
		require.NoError(t, err)
		require.Len(t, drafts, 2-i, "one plan of a week besides the one that was published before")
	}
}

func TestANightGoesOnWhereItsWorkerDiedAndWhoeverComesBackPublishesNothing(t *testing.T) {
	t.Parallel()
	d := nightly(t, nil, aDay)
	d.published()
	var seeds atomic.Int32
	g := wakeable(t)
	d.s.Runs.Search = func(c context.Context, q scheduler.PlanRequest) (*scheduler.PlanResult, error) {
		if seeds.Add(1) == 2 { // the second week: its process is stopped
			return dead(g)(c, q)
		}
		return without(1)(c, q)
	}
	came := make(chan error, 1)
	go func() {
		_, err := d.s.RunNight(ctx, d.who, d.region, tonight)
		came <- err
	}()
	<-g.began
	early := beside(t, d.s, without(1), time.Minute)
	_, err := early.RunNight(ctx, d.who, d.region, tonight)
	requireCode(t, model.CodeConflict, err)
	running, err := early.Night(ctx, d.who, d.region, "2026-11-26")
	require.NoError(t, err)
	require.Equal(t, scheduler.RunRunning, running.State)
	require.Len(t, running.Weeks, 1, "what is done is told")

	other := beside(t, d.s, without(1), 10*time.Minute)
	n, err := other.RunNight(ctx, d.who, d.region, scheduler.NightRequest{Rounds: 7}) // what it began with counts
	require.NoError(t, err)
	require.Equal(t, scheduler.RunPublished, n.State, n.Failure)
	require.Equal(t, 2, n.Attempts)
	require.Equal(t, running.Weeks[0].Draft, n.Weeks[0].Draft, "a week that was planned is not planned again")
	require.Equal(t, running.Weeks[0].Published, n.Weeks[0].Published)
	require.Equal(t, 2, runOf(t, d.s, d.region, n.Weeks[1].Draft).Attempts)
	before := entries(t, d.s.Record, d.region)
	g.wake()
	requireCode(t, model.CodeConflict, <-came)
	require.NoError(t, d.s.Runs.Close(ctx))
	require.Equal(t, before, entries(t, d.s.Record, d.region), "nothing of what it brought is kept")
	_, _, err = d.s.VerifyAudit(ctx, d.who, d.region)
	require.NoError(t, err)
}

func TestANightThatDiesIsTriedAgainAndThenSetAside(t *testing.T) {
	t.Parallel()
	d := nightly(t, keepsWhatIs, aDay)
	d.published()
	poison := scheduler.NightRequest{Rounds: 1, Inbox: func(context.Context, string) ([]scheduler.Arrival, error) { panic("E093452") }}
	for i := range 2 {
		_, err := d.s.RunNight(ctx, d.who, d.region, poison)
		require.Error(t, err)
		n, err := d.s.Night(ctx, d.who, d.region, "2026-11-26")
		require.NoError(t, err)
		require.Equal(t, scheduler.RunQueued, n.State)
		require.Equal(t, i+1, n.Attempts)
		require.Contains(t, n.Headline(), "is not done yet; an attempt failed")
	}
	_, err := d.s.RunNight(ctx, d.who, d.region, poison)
	require.Error(t, err)
	_, err = d.s.RunNight(ctx, d.who, d.region, tonight)
	requireCode(t, model.CodeConflict, err)
	x := runOf(t, d.s, d.region, "night/2026-11-26")
	require.Equal(t, scheduler.RunAside, x.State)
	require.Equal(t, []string{"panic", "panic", "panic"}, x.Errors)
	require.NoError(t, d.s.Record.View(ctx, d.region, func(r scheduler.Reader) error {
		body, err := r.Content(x.Bundle)
		require.NotContains(t, string(body), "E093452")
		return err
	}))
	n := d.night(t, scheduler.NightRequest{Rounds: 1, Again: true})
	require.Equal(t, scheduler.RunMade, n.State, "a night without the poison works")
}

func TestANightThatIsCutShortByItsProcessGoesOnInTheNextAndThatCountsForNothing(t *testing.T) {
	t.Parallel()
	d := nightly(t, nil, aDay)
	d.published()
	for range 2 {
		limited, stop := context.WithCancel(ctx)
		d.s.Runs.Search = func(c context.Context, _ scheduler.PlanRequest) (*scheduler.PlanResult, error) {
			stop()
			<-c.Done()
			return nil, c.Err()
		}
		_, err := d.s.RunNight(limited, d.who, d.region, tonight)
		require.ErrorIs(t, err, context.Canceled)
		n, err := d.s.Night(ctx, d.who, d.region, "2026-11-26")
		require.NoError(t, err)
		require.Equal(t, scheduler.RunQueued, n.State)
		require.Zero(t, n.Attempts)
		require.Equal(t, "The night of 26 November 2026 is not done yet.", n.Headline())
	}
	d.s.Runs.Search = keepsWhatIs
	n := d.night(t, tonight)
	require.Equal(t, scheduler.RunMade, n.State)
	require.Equal(t, 1, n.Attempts)
}

func TestARegionWhoseDataPanicsTheSearchIsSetAsideAndTheOthersFinish(t *testing.T) {
	t.Parallel()
	d := nightly(t, nil, aDay)
	for _, region := range []string{"Kent", "Sussex"} {
		f := *d.facts
		f.Region = region
		imported(t, d.s, everybody(region), &f, 0)
	}
	d.s.Runs.Search = func(c context.Context, q scheduler.PlanRequest) (*scheduler.PlanResult, error) {
		if q.Snapshot.Region == "Kent" {
			none := func() map[string]int { return nil }
			none()["nobody"]++
		}
		return placesNobody(c, q)
	}
	was := d.s.Now()
	d.s.Now = func() time.Time { return was.Add(24 * time.Hour) }
	cron := &scheduler.Cron{Office: d.s, Failed: func(region string, err error) { t.Errorf("%s: %v", region, err) }}
	cron.Look(ctx)
	cron.Look(ctx)
	for region, state := range map[string]scheduler.RunState{d.region: scheduler.RunMade, "Kent": scheduler.RunFailed, "Sussex": scheduler.RunMade} {
		all, err := d.s.Nights(ctx, everybody(region), region, 10)
		require.NoError(t, err)
		require.Len(t, all, 1)
		require.Equal(t, state, all[0].State)
		for _, w := range all[0].Weeks {
			x := runOf(t, d.s, region, w.Draft)
			if region == "Kent" {
				require.Equal(t, scheduler.RunAside, x.State)
				require.Equal(t, "panic: assignment to entry in nil map", x.Errors[2])
			} else {
				require.Equal(t, scheduler.RunMade, x.State)
			}
		}
	}
}

// gone is a record that cannot be looked at for a while, once it is told.
type gone struct {
	scheduler.Record
	left atomic.Int32
}

func (g *gone) View(ctx context.Context, region string, look func(scheduler.Reader) error) error {
	if g.left.Add(-1) >= 0 {
		return model.Errorf(model.CodeUnavailable, "away")
	}
	return g.Record.View(ctx, region, look)
}

func (g *gone) Update(ctx context.Context, region string, change func(scheduler.Writer) error) error {
	if g.left.Add(-1) >= 0 {
		return model.Errorf(model.CodeUnavailable, "away")
	}
	return g.Record.Update(ctx, region, change)
}

func TestARecordThatIsAwayForAMomentCostsANightNothing(t *testing.T) {
	t.Parallel()
	for from := range int32(14) {
		if testing.Short() && from%5 != 2 {
			continue
		}
		t.Run(fmt.Sprint("after ", from, " looks and changes"), func(t *testing.T) {
			t.Parallel()
			d := nightly(t, without(1), aDay)
			d.published()
			record := &counting{gone: gone{Record: d.s.Record}}
			record.after.Store(from)
			d.s.Record = record
			n, err := d.s.RunNight(ctx, d.who, d.region, tonight)
			for i := int32(0); err != nil && from < 2 && i < 3; i++ { // it could not begin, and is begun by a later look
				requireCode(t, model.CodeUnavailable, err)
				n, err = d.s.RunNight(ctx, d.who, d.region, tonight)
			}
			require.NoError(t, err)
			require.Equal(t, scheduler.RunPublished, n.State, n.Failure)
			require.Equal(t, 1, n.Attempts)
			require.Len(t, n.Weeks, 2)
			_, _, err = d.s.VerifyAudit(ctx, d.who, d.region)
			require.NoError(t, err)
		})
	}
}

// counting is gone after so many looks and changes, for three.
type counting struct {
	gone
	after atomic.Int32
}

func (c *counting) View(ctx context.Context, region string, look func(scheduler.Reader) error) error {
	c.count()
	return c.gone.View(ctx, region, look)
}

func (c *counting) Update(ctx context.Context, region string, change func(scheduler.Writer) error) error {
	c.count()
	return c.gone.Update(ctx, region, change)
}

func (c *counting) count() {
	if c.after.Add(-1) == -1 {
		c.left.Store(3)
	}
}
