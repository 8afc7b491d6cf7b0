package storetest_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/scheduler/memstore"
	"github.com/communitypayback/payback/scheduler/sqlitestore"
)

// gate is a search that waits until it is let go on, and tells the seeds in the order in which it began.
type gate struct {
	began chan uint64
	goOn  chan struct{}
}

func newGate() *gate { return &gate{began: make(chan uint64, 100), goOn: make(chan struct{})} }

func (g *gate) search(ctx context.Context, q scheduler.PlanRequest) (*scheduler.PlanResult, error) {
	g.began <- q.Seed
	select {
	case <-g.goOn:
		return emptyPlan(q), nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// emptyPlan places nobody, which breaks no rule.
func emptyPlan(q scheduler.PlanRequest) *scheduler.PlanResult {
	return &scheduler.PlanResult{Roster: &model.Roster{Region: q.Snapshot.Region, Week: q.Snapshot.Week, From: q.Snapshot.Digest()}, Why: "it was asked to"}
}

func planning(t *testing.T, search scheduler.Search, atOnce, waiting int) (*scheduler.Service, model.Principal, string) {
	t.Helper()
	s, who, f := office(t, anew{Record: &memstore.Store{}})
	s.Runs = &scheduler.Runs{Search: search, AtOnce: atOnce, Waiting: waiting}
	t.Cleanup(func() { require.NoError(t, s.Runs.Close(ctx)) })
	imported(t, s, who, f, 0)
	return s, who, f.Region
}

func ask(t *testing.T, s *scheduler.Service, who model.Principal, region string, seed uint64) scheduler.Draft {
	t.Helper()
	d, err := s.CreatePlan(ctx, who, region, scheduler.RunRequest{Week: week, Seed: seed, Rounds: 1}, command(fmt.Sprint("plan ", seed)))
	require.NoError(t, err)
	require.Equal(t, scheduler.Queued, d.State)
	return d
}

func wait(t *testing.T, s *scheduler.Service, who model.Principal, region, id string) scheduler.Draft {
	t.Helper()
	limited, stop := context.WithTimeout(ctx, 2*time.Minute)
	defer stop()
	d, err := s.WaitPlan(limited, who, region, id)
	require.NoError(t, err)
	require.True(t, d.State.Over(), "it is still %s", d.State)
	return d
}

func TestSearchesAreCarriedOutInTheOrderInWhichTheyCame(t *testing.T) {
	t.Parallel()
	g := newGate()
	s, who, region := planning(t, g.search, 1, 3)
	var all []scheduler.Draft
	for i := range 4 {
		all = append(all, ask(t, s, who, region, uint64(i)))
	}
	before := entries(t, s.Record, region)
	_, err := s.CreatePlan(ctx, who, region, scheduler.RunRequest{Week: week, Seed: 9, Rounds: 1}, command("too many"))
	requireCode(t, model.CodeBusy, err)
	require.Equal(t, before, entries(t, s.Record, region), "nothing of what was refused is recorded")
	again := ask(t, s, who, region, 0)
	require.Equal(t, all[0], again, "a repeat is answered although there is no room")

	now, err := s.Draft(ctx, who, region, all[3].ID)
	require.NoError(t, err)
	require.Equal(t, scheduler.Queued, now.State)
	close(g.goOn)
	for i, d := range all {
		require.Equal(t, scheduler.Ready, wait(t, s, who, region, d.ID).State)
		require.Equal(t, uint64(i), <-g.began)
	}
	require.Empty(t, g.began, "a repeat starts no second search")
}

func TestTwoSearchesRunAtOnceWhereTwoMay(t *testing.T) {
	t.Parallel()
	g := newGate()
	s, who, region := planning(t, g.search, 2, 0)
	a, b := ask(t, s, who, region, 1), ask(t, s, who, region, 2)
	require.ElementsMatch(t, []uint64{1, 2}, []uint64{<-g.began, <-g.began})
	_, err := s.CreatePlan(ctx, who, region, scheduler.RunRequest{Week: week, Seed: 9, Rounds: 1}, command("third"))
	requireCode(t, model.CodeBusy, err)
	close(g.goOn)
	wait(t, s, who, region, a.ID)
	wait(t, s, who, region, b.ID)
	ask(t, s, who, region, 9)
}

func TestManyWhoAskAtOnceGetAsManySearchesAsThereIsRoomFor(t *testing.T) {
	t.Parallel()
	g := newGate()
	s, who, region := planning(t, g.search, 1, 2)
	before := entries(t, s.Record, region)["audit "]
	var all sync.WaitGroup
	errs := make([]error, 12)
	for i := range errs {
		all.Go(func() {
			_, errs[i] = s.CreatePlan(ctx, who, region, scheduler.RunRequest{Week: week, Seed: uint64(i), Rounds: 1}, command(fmt.Sprint(i)))
		})
	}
	all.Wait()
	got := 0
	for _, err := range errs {
		if err == nil {
			got++
			continue
		}
		requireCode(t, model.CodeBusy, err)
	}
	require.Equal(t, 3, got)
	require.Equal(t, before+3, entries(t, s.Record, region)["audit "], "nothing of the others is recorded")
}

func TestASearchThatWaitsEndsAtOnceWhenItIsStopped(t *testing.T) {
	t.Parallel()
	g := newGate()
	s, who, region := planning(t, g.search, 1, 1)
	first, second := ask(t, s, who, region, 1), ask(t, s, who, region, 2)
	require.Equal(t, uint64(1), <-g.began)
	d, err := s.StopPlan(ctx, who, region, second.ID)
	require.NoError(t, err)
	require.Equal(t, scheduler.Failed, d.State)
	require.Equal(t, "it was stopped before there was any plan.", d.Failure)
	now, err := s.Draft(ctx, who, region, first.ID)
	require.NoError(t, err)
	require.Equal(t, scheduler.Running, now.State, "the other goes on")
	third := ask(t, s, who, region, 3)
	close(g.goOn)
	require.Equal(t, scheduler.Ready, wait(t, s, who, region, third.ID).State)
	require.Equal(t, uint64(3), <-g.began, "the one that was stopped never began")
}

func TestAStoppedSearchKeepsTheBestSoFar(t *testing.T) {
	t.Parallel()
	s, who, region := planning(t, scheduler.Plan, 1, 0)
	d, err := s.CreatePlan(ctx, who, region, scheduler.RunRequest{Week: week, Seed: 1, Rounds: 1_000_000}, command("long"))
	require.NoError(t, err)
	limited, stop := context.WithTimeout(ctx, 2*time.Minute)
	defer stop()
	enough := errors.New("enough")
	require.ErrorIs(t, s.WatchPlan(limited, who, region, d.ID, 0, func(e scheduler.RunEvent) error {
		if e.Rounds > 0 {
			return enough
		}
		return nil
	}), enough, "an error of who is told ends the watch, not the search")
	d, err = s.StopPlan(limited, who, region, d.ID)
	require.NoError(t, err)
	require.Equal(t, scheduler.Stopped, d.State)
	require.True(t, d.Usable())
	require.Positive(t, d.Rounds)
	v, err := s.DraftView(ctx, who, region, d.ID)
	require.NoError(t, err)
	require.Empty(t, v.Judgement.MustFix)
	require.NotNil(t, v.Unplaced)
	again, err := s.StopPlan(ctx, who, region, d.ID)
	require.NoError(t, err)
	require.Equal(t, d, again, "one that is over stays as it is")
}

func TestWhatGoesWrongInASearchCostsThatOneAlone(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		name   string
		search scheduler.Search
		says   string
	}{
		{"it gives an error", func(context.Context, scheduler.PlanRequest) (*scheduler.PlanResult, error) {
			return nil, errors.New("dial unix /secret: refused")
		}, "the search ended with a fault of the program."},
		{"it gives a sentence for people", func(context.Context, scheduler.PlanRequest) (*scheduler.PlanResult, error) {
			return nil, model.Errorf(model.CodeTooLate, "Time ran out.")
		}, "Time ran out."},
		{"it panics", func(context.Context, scheduler.PlanRequest) (*scheduler.PlanResult, error) { panic("secret") },
			"the search ended with a fault of the program."},
		{"it gives nothing", func(context.Context, scheduler.PlanRequest) (*scheduler.PlanResult, error) { return nil, nil }, //nolint:nilnil // that is the fault
			"the search ended with a fault of the program."},
		{"it gives a result without a roster", func(context.Context, scheduler.PlanRequest) (*scheduler.PlanResult, error) {
			return &scheduler.PlanResult{}, nil
		}, "the search ended with a fault of the program."},
		{"it never ends by itself", func(c context.Context, _ scheduler.PlanRequest) (*scheduler.PlanResult, error) {
			<-c.Done()
			return nil, c.Err()
		}, "it was stopped before there was any plan."},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			s, who, region := planning(t, func(c context.Context, q scheduler.PlanRequest) (*scheduler.PlanResult, error) {
				if q.Seed == 1 {
					return x.search(c, q)
				}
				return emptyPlan(q), nil
			}, 1, 1)
			d := ask(t, s, who, region, 1)
			var err error
			if strings.Contains(x.name, "never") {
				d, err = s.StopPlan(ctx, who, region, d.ID)
				require.NoError(t, err)
			} else {
				d = wait(t, s, who, region, d.ID)
			}
			require.Equal(t, scheduler.Failed, d.State)
			require.Equal(t, x.says, d.Failure)
			require.False(t, d.Usable())
			v, err := s.DraftView(ctx, who, region, d.ID)
			require.NoError(t, err)
			require.Nil(t, v.Roster)
			_, _, err = s.EditPlan(ctx, who, region, scheduler.EditRequest{Draft: d.ID, Version: d.Version, Edits: []scheduler.Edit{{Kind: scheduler.Cancel}}}, command("e"))
			requireCode(t, model.CodeTooLate, err)
			_, err = s.PublishPlan(ctx, who, region, scheduler.PublishPlan{Draft: d.ID}, command("p"))
			requireCode(t, model.CodeTooLate, err)
			require.Equal(t, scheduler.Ready, wait(t, s, who, region, ask(t, s, who, region, 2).ID).State, "the next plan works")
			_, _, err = s.VerifyAudit(ctx, who, region)
			require.NoError(t, err)
		})
	}
}

func TestEventsAreNumberedWithoutGapsAndTakenUpAnywhere(t *testing.T) {
	t.Parallel()
	now := time.Unix(0, 0)
	goOn := make(chan struct{})
	s, who, region := planning(t, nil, 1, 1)
	s.Runs.Now = func() time.Time { now = now.Add(time.Second); return now }
	s.Runs.Search = func(_ context.Context, q scheduler.PlanRequest) (*scheduler.PlanResult, error) {
		<-goOn
		for range 1000 {
			q.OnProgress(progress)
		}
		return emptyPlan(q), nil
	}
	d := ask(t, s, who, region, 1)
	var all sync.WaitGroup
	heard := make([][]scheduler.RunEvent, 2)
	for i := range heard {
		watching := make(chan struct{})
		all.Go(func() {
			_ = s.WatchPlan(ctx, who, region, d.ID, i, func(e scheduler.RunEvent) error {
				if heard[i] = append(heard[i], e); len(heard[i]) == 1 {
					close(watching)
				}
				return nil
			})
		})
		<-watching
	}
	close(goOn)
	all.Wait()
	require.Len(t, heard[0], 1003, "waiting, starting, every step and the end")
	for i, e := range heard[0] {
		require.Equal(t, i+1, e.Sequence)
		require.Equal(t, i == len(heard[0])-1, e.Last)
	}
	for n := range heard {
		require.Equal(t, heard[0][n:], heard[n], "after %d come exactly the later ones", n)
	}
	for _, after := range []int{0, 2, 1003} {
		var late []scheduler.RunEvent
		require.NoError(t, s.WatchPlan(ctx, who, region, d.ID, after, func(e scheduler.RunEvent) error {
			late = append(late, e)
			return nil
		}))
		require.True(t, late[len(late)-1].Last)
		require.Equal(t, scheduler.Ready, late[len(late)-1].State)
		require.Equal(t, after+1, late[0].Sequence)
	}
}

func TestClosingEndsEverySearchAndRecordsIt(t *testing.T) {
	t.Parallel()
	g := newGate()
	s, who, region := planning(t, g.search, 2, 4)
	var all []scheduler.Draft
	for i := range 5 {
		all = append(all, ask(t, s, who, region, uint64(i)))
	}
	require.NoError(t, s.Runs.Close(ctx))
	for _, d := range all {
		now, err := s.Draft(ctx, who, region, d.ID)
		require.NoError(t, err)
		require.Equal(t, scheduler.Failed, now.State)
		require.Equal(t, 2, now.Version)
	}
	_, err := s.CreatePlan(ctx, who, region, scheduler.RunRequest{Week: week, Rounds: 1}, command("late"))
	requireCode(t, model.CodeUnavailable, err)
}

func TestASearchWhoseProcessDiedIsToldAsFailed(t *testing.T) {
	t.Parallel()
	g := newGate()
	s, who, region := planning(t, g.search, 1, 0)
	d := ask(t, s, who, region, 1)
	require.Equal(t, uint64(1), <-g.began)
	other := &scheduler.Service{Record: s.Record, Policy: s.Policy, Constraints: s.Constraints, Now: s.Now}
	now, err := other.Draft(ctx, who, region, d.ID)
	require.NoError(t, err)
	require.False(t, now.State.Over(), "it may still be searched for")
	_, err = other.CreatePlan(ctx, who, region, scheduler.RunRequest{Week: week, Rounds: 1}, command("x"))
	requireCode(t, model.CodeUnavailable, err)
	again, err := other.CreatePlan(ctx, who, region, scheduler.RunRequest{Week: week, Seed: 1, Rounds: 1}, command("plan 1"))
	require.NoError(t, err, "what was answered is answered again by any process")
	require.Equal(t, d, again)

	other.Now = func() time.Time { return d.Deadline.Add(time.Second) }
	now, err = other.Draft(ctx, who, region, d.ID)
	require.NoError(t, err)
	require.Equal(t, scheduler.Failed, now.State)
	require.NotEmpty(t, now.Failure)
	list, err := other.Drafts(ctx, who, region, week)
	require.NoError(t, err)
	require.Equal(t, scheduler.Failed, list[0].State)
	require.Equal(t, scheduler.Failed, wait(t, other, who, region, d.ID).State)
	mine, err := s.Draft(ctx, who, region, d.ID)
	require.NoError(t, err)
	require.Equal(t, scheduler.Running, mine.State, "whoever searches knows better")
	close(g.goOn)
}

func TestTheEndOfASearchIsSeenByAnotherProcess(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "payback.db")
	open := func() scheduler.Record {
		r, err := sqlitestore.Open(ctx, path)
		require.NoError(t, err)
		t.Cleanup(func() { r.Close() })
		return r
	}
	s, who, f := office(t, open())
	imported(t, s, who, f, 0)
	g := newGate()
	s.Runs = &scheduler.Runs{Search: g.search}
	t.Cleanup(func() { require.NoError(t, s.Runs.Close(ctx)) })
	d := ask(t, s, who, f.Region, 1)
	other, _, _ := office(t, open())
	time.AfterFunc(50*time.Millisecond, func() { close(g.goOn) })
	var heard []scheduler.RunEvent
	require.NoError(t, other.WatchPlan(ctx, who, f.Region, d.ID, 0, func(e scheduler.RunEvent) error {
		heard = append(heard, e)
		return nil
	}))
	require.Len(t, heard, 1)
	require.True(t, heard[0].Last)
	require.Equal(t, scheduler.Ready, heard[0].State)
}

func TestACancelledWatchDoesNotLeaveAGrowingNumberOfGoroutines(t *testing.T) { //nolint:paralleltest // goroutines are counted
	g := newGate()
	s, who, region := planning(t, g.search, 1, 0)
	d := ask(t, s, who, region, 1)
	<-g.began
	before := runtime.NumGoroutine()
	limited, stop := context.WithCancel(ctx)
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			err := s.WatchPlan(limited, who, region, d.ID, 0, func(scheduler.RunEvent) error { return nil })
			if !errors.Is(err, context.Canceled) {
				t.Errorf("found %v; expected the error of the context", err)
			}
		})
	}
	stop()
	all.Wait()
	for end := time.Now().Add(5 * time.Second); runtime.NumGoroutine() > before && time.Now().Before(end); {
		time.Sleep(5 * time.Millisecond)
	}
	require.LessOrEqual(t, runtime.NumGoroutine(), before)
	now, err := s.Draft(ctx, who, region, d.ID)
	require.NoError(t, err)
	require.Equal(t, scheduler.Running, now.State, "watching never ends a search")
}
