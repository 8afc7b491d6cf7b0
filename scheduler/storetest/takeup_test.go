package storetest_test

import (
	"context"
	"encoding/json"
	"errors"
	"os/exec"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// beside gives another process on the same record, whose clock is ahead by so much.
func beside(t *testing.T, s *scheduler.Service, search scheduler.Search, ahead time.Duration) *scheduler.Service {
	t.Helper()
	other := &scheduler.Service{Record: s.Record, Policy: s.Policy, Constraints: s.Constraints, AsOf: s.AsOf,
		Now: func() time.Time { return s.Now().Add(ahead) }, Runs: &scheduler.Runs{Search: search}}
	t.Cleanup(func() { require.NoError(t, other.Runs.Close(ctx)) })
	return other
}

// runOf gives the last state of a run as the record has it.
func runOf(t *testing.T, s *scheduler.Service, region, name string) scheduler.Run {
	t.Helper()
	var x scheduler.Run
	require.NoError(t, s.Record.View(ctx, region, func(r scheduler.Reader) error {
		n, err := r.Last(scheduler.KindRun, name)
		require.NoError(t, err)
		body, err := r.Entry(scheduler.KindRun, name, n)
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(body, &x))
		return nil
	}))
	return x
}

// sleeper is a gate that is opened at the end of the test, if not before: processes are closed after that.
type sleeper struct {
	gate
	wake func()
}

// wakeable is called after whatever waits for its searches to end.
func wakeable(t *testing.T) *sleeper {
	t.Helper()
	s := &sleeper{gate: *newGate()}
	s.wake = sync.OnceFunc(func() { close(s.goOn) })
	t.Cleanup(s.wake)
	return s
}

// dead is a search whose process is stopped: it goes on only when it is woken, and does not notice that it was cancelled.
func dead(g *sleeper) scheduler.Search {
	return func(_ context.Context, q scheduler.PlanRequest) (*scheduler.PlanResult, error) {
		g.began <- q.Seed
		<-g.goOn
		return emptyPlan(q), nil
	}
}

func TestAWorkerThatComesBackAfterItsSearchWasTakenOverChangesNothing(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		name  string
		ahead time.Duration
		state scheduler.DraftState
	}{
		{"three minutes later", 3 * time.Minute, scheduler.Ready},
		{"a clock that is an hour ahead", time.Hour, scheduler.Ready},
		{"a clock that is an hour behind", -time.Hour, scheduler.Ready},
		{"a clock that is a day behind", -24 * time.Hour, scheduler.Ready},
		{"a clock that is a day ahead", 24 * time.Hour, scheduler.Failed}, // and takes the search to be lost
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			s, who, region := planning(t, nil, 1, 0)
			g := wakeable(t)
			s.Runs.Search = dead(g)
			d := ask(t, s, who, region, 1)
			<-g.began
			soon := beside(t, s, scheduler.Plan, time.Minute)
			n, err := scheduler.Worker{Office: soon}.TakeUp(ctx, region)
			require.NoError(t, err)
			require.Zero(t, n, "its worker may still be there")

			other := beside(t, s, scheduler.Plan, x.ahead)
			n, err = scheduler.Worker{Office: other}.TakeUp(ctx, region)
			require.NoError(t, err)
			require.Equal(t, 1, n)
			made := wait(t, other, who, region, d.ID)
			require.Equal(t, x.state, made.State)
			before := entries(t, s.Record, region)
			g.wake()
			require.NoError(t, s.Runs.Close(ctx))
			require.Equal(t, before, entries(t, s.Record, region), "nothing of what it brought is kept")
			now, err := s.Draft(ctx, who, region, d.ID)
			require.NoError(t, err)
			require.Equal(t, made, now)
			if x.state == scheduler.Ready {
				run := runOf(t, s, region, d.ID)
				require.Equal(t, scheduler.RunMade, run.State)
				require.Equal(t, 2, run.Attempts)
				require.Equal(t, []string{"its worker was not heard of any more"}, run.Errors)
			}
			_, _, err = s.VerifyAudit(ctx, who, region)
			require.NoError(t, err)
		})
	}
}

func TestWhatWaitedWhenItsProcessDiedIsTakenUpAndWhatWasBegunLongAgoIsSaidToBeLost(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("under the race detector its search is not over within two minutes; why is not known yet")
	}
	s, who, region := planning(t, nil, 1, 2)
	g := wakeable(t)
	s.Runs.Search = dead(g)
	begun, waits := ask(t, s, who, region, 1), ask(t, s, who, region, 2)
	<-g.began
	later := beside(t, s, scheduler.Plan, 3*time.Hour)
	n, err := scheduler.Worker{Office: later}.TakeUp(ctx, region)
	require.NoError(t, err)
	require.Equal(t, 2, n)
	require.Equal(t, scheduler.Ready, wait(t, later, who, region, waits.ID).State)
	lost := wait(t, later, who, region, begun.ID)
	require.Equal(t, scheduler.Failed, lost.State)
	require.Equal(t, "whoever searched for it stopped without an answer.", lost.Failure)
	require.Equal(t, scheduler.RunFailed, runOf(t, s, region, begun.ID).State)
	all, err := later.Audit(ctx, who, region, 0, 100)
	require.NoError(t, err)
	require.Equal(t, "plan-failed", all[3].Action)

	muchLater := beside(t, s, scheduler.Plan, 30*time.Hour)
	n, err = scheduler.Worker{Office: muchLater}.TakeUp(ctx, region)
	require.NoError(t, err)
	require.Zero(t, n, "nothing is left to be taken up")
}

func TestASearchThatDiesIsMadeAgainAndThenSetAside(t *testing.T) {
	t.Parallel()
	exit := exec.CommandContext(ctx, "sh", "-c", "exit 2").Run()
	require.Error(t, exit)
	for _, x := range []struct {
		name   string
		search func(attempt int32) error
		state  scheduler.RunState
		begun  int32
		says   []string
	}{
		{"a child that dies twice", func(n int32) error {
			if n > 2 {
				return nil
			}
			return &model.Error{Code: model.CodeInternal, Message: "The search ended without an answer.", Err: exit}
		}, scheduler.RunMade, 3, []string{"its process ended: exit status 2", "its process ended: exit status 2"}},
		{"data that always panics", func(int32) error {
			var none []int
			_ = none[len(none)]
			return nil
		}, scheduler.RunAside, 3, []string{"panic: runtime error: index out of range [0] with length 0", "panic: runtime error: index out of range [0] with length 0", "panic: runtime error: index out of range [0] with length 0"}},
		{"a panic that names somebody", func(int32) error { panic("X123456") }, scheduler.RunAside, 3, []string{"panic", "panic", "panic"}},
		{"an error that names somebody", func(int32) error { return errors.New("X123456") }, scheduler.RunAside, 3, []string{"an error of the program", "an error of the program", "an error of the program"}},
		{"a refusal, which is an answer", func(int32) error { return model.Errorf(model.CodeTooLate, "Time ran out.") }, scheduler.RunFailed, 1, nil},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			var begun atomic.Int32
			s, who, region := planning(t, func(_ context.Context, q scheduler.PlanRequest) (*scheduler.PlanResult, error) {
				if q.Seed != 1 {
					return emptyPlan(q), nil
				}
				if err := x.search(begun.Add(1)); err != nil {
					return nil, err
				}
				return emptyPlan(q), nil
			}, 1, 1)
			poisoned, other := ask(t, s, who, region, 1), ask(t, s, who, region, 2)
			d := wait(t, s, who, region, poisoned.ID)
			require.Equal(t, scheduler.Ready, wait(t, s, who, region, other.ID).State, "the others finish")
			require.Equal(t, x.begun, begun.Load())
			made := runOf(t, s, region, d.ID)
			require.Equal(t, x.state, made.State)
			require.Equal(t, x.says, made.Errors)
			require.Equal(t, x.state == scheduler.RunMade, d.Usable())
			if x.state != scheduler.RunAside {
				require.Zero(t, made.Bundle)
				return
			}
			require.NoError(t, s.Record.View(ctx, region, func(r scheduler.Reader) error {
				body, err := r.Content(made.Bundle)
				require.NoError(t, err)
				require.NotContains(t, string(body), "X123456", "a bundle names nobody")
				require.Contains(t, string(body), made.Work.Snapshot.String())
				_, err = r.Content(made.Work.Snapshot)
				return err
			}))
			n, err := scheduler.Worker{Office: beside(t, s, scheduler.Plan, time.Hour)}.TakeUp(ctx, region)
			require.NoError(t, err)
			require.Zero(t, n, "nobody tries again")
		})
	}
}

func TestARunThatKillsItsWorkersIsSetAsideWithoutAFourth(t *testing.T) {
	t.Parallel()
	s, who, region := planning(t, nil, 1, 0)
	g := wakeable(t)
	s.Runs.Search = dead(g)
	d := ask(t, s, who, region, 1)
	<-g.began
	for i := range 2 {
		other := beside(t, s, nil, time.Duration(i+1)*10*time.Minute)
		h := wakeable(t)
		other.Runs.Search = dead(h)
		n, err := scheduler.Worker{Office: other}.TakeUp(ctx, region)
		require.NoError(t, err)
		require.Equal(t, 1, n)
		<-h.began
	}
	last := beside(t, s, scheduler.Plan, 30*time.Minute)
	_, err := scheduler.Worker{Office: last}.TakeUp(ctx, region)
	require.NoError(t, err)
	require.Equal(t, scheduler.Failed, wait(t, last, who, region, d.ID).State)
	x := runOf(t, s, region, d.ID)
	require.Equal(t, scheduler.RunAside, x.State)
	require.Equal(t, 3, x.Attempts)
	require.Len(t, x.Errors, 3)
}

// patchy is a queue that loses every third task, and gives the others twice.
type patchy struct {
	tasks []scheduler.Task
	n     int
}

func (p *patchy) Enqueue(_ context.Context, t scheduler.Task) error {
	if p.n++; p.n%3 == 0 {
		return errors.New("lost")
	}
	p.tasks = append(p.tasks, t, t)
	return nil
}

func TestAQueueThatLosesAndRepeatsTasksChangesNothing(t *testing.T) {
	t.Parallel()
	var begun atomic.Int32
	search := func(_ context.Context, q scheduler.PlanRequest) (*scheduler.PlanResult, error) {
		begun.Add(1)
		return emptyPlan(q), nil
	}
	s, who, region := planning(t, search, 1, 0)
	queue := &patchy{}
	s.Engine = queue
	var all []scheduler.Draft
	for i := range 9 {
		all = append(all, ask(t, s, who, region, uint64(i)))
	}
	workers := []scheduler.Worker{{Office: beside(t, s, search, 0)}, {Office: beside(t, s, search, 0)}}
	for i, task := range queue.tasks {
		require.NoError(t, workers[i%2].Carry(ctx, task))
	}
	require.EqualValues(t, 6, begun.Load())
	n, err := workers[0].TakeUp(ctx, region)
	require.NoError(t, err)
	require.Equal(t, 3, n, "what the queue lost is found")
	for _, d := range all {
		require.Equal(t, scheduler.Ready, wait(t, workers[0].Office, who, region, d.ID).State)
	}
	require.EqualValues(t, 9, begun.Load())
	for _, d := range all {
		require.Equal(t, 1, runOf(t, s, region, d.ID).Attempts)
	}
}
