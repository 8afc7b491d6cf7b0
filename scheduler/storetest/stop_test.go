package storetest_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// held is a queue that keeps what it is given until somebody takes it.
type held struct{ tasks []scheduler.Task }

func (h *held) Enqueue(_ context.Context, t scheduler.Task) error {
	if !slices.Contains(h.tasks, t) {
		h.tasks = append(h.tasks, t)
	}
	return nil
}

func TestASearchIsStoppedByAnotherProcess(t *testing.T) {
	t.Parallel()
	began := make(chan uint64, 1)
	s, who, region := planning(t, func(ctx context.Context, q scheduler.PlanRequest) (*scheduler.PlanResult, error) {
		began <- q.Seed
		<-ctx.Done()
		res := emptyPlan(q)
		res.Interrupted = true
		return res, nil
	}, 1, 1)
	d, waits := ask(t, s, who, region, 1), ask(t, s, who, region, 2)
	<-began
	other := &scheduler.Service{Record: s.Record, Policy: s.Policy, Constraints: s.Constraints, Now: s.Now}
	for _, id := range []string{waits.ID, d.ID} {
		done, err := other.StopPlan(ctx, who, region, id)
		require.NoError(t, err)
		require.True(t, done.State.Over())
		again, err := other.StopPlan(ctx, who, region, id)
		require.NoError(t, err)
		require.Equal(t, done, again)
	}
	now, err := s.Draft(ctx, who, region, d.ID)
	require.NoError(t, err)
	require.Equal(t, scheduler.Stopped, now.State, "the best so far is kept")
	x := runOf(t, s, region, d.ID)
	require.Equal(t, []any{who.Name, scheduler.RunMade, 1}, []any{x.Stop, x.State, x.Attempts})
}

func TestASearchThatNobodyTookIsStoppedAtOnce(t *testing.T) {
	t.Parallel()
	s, who, region := planning(t, scheduler.Plan, 1, 0)
	queue := &held{}
	s.Engine = queue
	d := ask(t, s, who, region, 1)
	done, err := s.StopPlan(ctx, who, region, d.ID)
	require.NoError(t, err)
	require.Equal(t, scheduler.Failed, done.State)
	require.NoError(t, scheduler.Worker{Office: s}.Carry(ctx, queue.tasks[0]), "and comes to nothing when the queue gives it out")
	require.Zero(t, runOf(t, s, region, d.ID).Attempts)
	_, _, err = s.VerifyAudit(ctx, who, region)
	require.NoError(t, err)
}

func TestAProcessThatEndsHandsItsSearchBackToTheQueue(t *testing.T) {
	t.Parallel()
	s, who, region := planning(t, nil, 1, 0)
	queue, g := &held{}, newGate()
	s.Engine, s.Runs.Search = queue, g.search
	d := ask(t, s, who, region, 1)
	carried := make(chan error, 1)
	go func() { carried <- scheduler.Worker{Office: s}.Carry(ctx, queue.tasks[0]) }()
	<-g.began
	require.NoError(t, s.Runs.Close(ctx))
	require.NoError(t, <-carried)
	x := runOf(t, s, region, d.ID)
	require.Equal(t, []any{scheduler.RunQueued, "", 0}, []any{x.State, x.Worker, x.Attempts}, "the attempt does not count")
	require.Len(t, queue.tasks, 2)
	require.NotEqual(t, queue.tasks[0], queue.tasks[1], "it is another task, so that the queue takes it")

	other := beside(t, s, scheduler.Plan, 0)
	other.Engine = queue
	require.NoError(t, scheduler.Worker{Office: other}.Carry(ctx, queue.tasks[1]))
	require.Equal(t, scheduler.Ready, wait(t, other, who, region, d.ID).State)
}

func TestWhatTheQueueHasIsLeftToItAndWhatItLostIsHandedOverAnew(t *testing.T) {
	t.Parallel()
	s, who, region := planning(t, scheduler.Plan, 1, 0)
	queue := &held{}
	s.Engine = queue
	d := ask(t, s, who, region, 1)
	other := beside(t, s, scheduler.Plan, 0)
	other.Engine = queue
	takeUp := func(from *scheduler.Service) {
		n, err := scheduler.Worker{Office: from}.TakeUp(ctx, region)
		require.NoError(t, err)
		require.Equal(t, 1, n)
	}
	takeUp(other)
	takeUp(s)
	require.Len(t, queue.tasks, 1, "it waits for its turn")
	require.Zero(t, runOf(t, s, region, d.ID).Attempts)

	stuck := beside(t, s, scheduler.Plan, 11*time.Minute)
	stuck.Engine = queue
	takeUp(stuck)
	require.Len(t, queue.tasks, 2, "a queue that does not give it out gets it anew")

	queue.tasks = nil // lost with the whole queue
	takeUp(other)
	require.Len(t, queue.tasks, 1)

	without := beside(t, s, scheduler.Plan, 0)
	without.Engine = lost{}
	takeUp(without)
	require.Equal(t, scheduler.Ready, wait(t, without, who, region, d.ID).State, "without a queue the process does it itself")
}

// lost is a queue that cannot be reached.
type lost struct{}

func (lost) Enqueue(context.Context, scheduler.Task) error {
	return model.Errorf(model.CodeUnavailable, "away")
}

func TestTasksAreRankedByWhoWaitsForThem(t *testing.T) {
	t.Parallel()
	d := nightly(t, without(1), aDay)
	queue := &held{}
	d.s.Engine = queue
	ask(t, d.s, d.who, d.region, 1)
	_, err := d.s.CreatePlan(ctx, d.who, d.region, scheduler.RunRequest{Week: week, Rounds: 1,
		PriceRequest: scheduler.PriceRequest{Weights: []scheduler.Weight{{Rule: "travel", Percent: 300}}}}, command("what if"))
	require.NoError(t, err)
	limited, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() {
		_, err := d.s.RunNight(limited, d.who, d.region, tonight)
		ended <- err
	}()
	require.Eventually(t, func() bool {
		names, err := d.s.RunHistory(ctx, d.who, d.region, 10)
		return err == nil && len(names) == 4
	}, 2*time.Minute, 10*time.Millisecond)
	stop()
	require.ErrorIs(t, <-ended, context.Canceled)
	var ranks []scheduler.Rank
	for _, task := range queue.tasks {
		ranks = append(ranks, task.Rank)
	}
	require.Equal(t, []scheduler.Rank{scheduler.RankAsked, scheduler.RankWhatIf, scheduler.RankNight}, ranks)
}
