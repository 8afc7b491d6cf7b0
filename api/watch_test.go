package api_test

import (
	"context"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"connectrpc.com/connect"
	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/api"
	paybackv1 "github.com/communitypayback/payback/api/gen/payback/v1"
	"github.com/communitypayback/payback/scheduler"
)

// searching is an office with one search, whose events a test sends. Ended counts watchers that are gone.
type searching struct {
	fake

	events chan scheduler.RunEvent
	state  atomic.Value
	after  atomic.Int64
	ended  atomic.Int64
	stops  atomic.Int64
}

func newSearching() *searching {
	s := &searching{events: make(chan scheduler.RunEvent)}
	s.state.Store(scheduler.Running)
	s.regions = []string{"R1"}
	s.draft = func() (scheduler.Draft, error) {
		return scheduler.Draft{ID: "p_1", Week: week, State: s.state.Load().(scheduler.DraftState), Summary: scheduler.Summary{People: 7}, Roster: monKeyDigest}, nil
	}
	s.stop = func() (scheduler.Draft, error) { s.stops.Add(1); return s.draft() }
	s.watch = func(ctx context.Context, after int, tell func(scheduler.RunEvent) error) error {
		defer s.ended.Add(1)
		s.after.Store(int64(after))
		for {
			select {
			case e := <-s.events:
				if err := tell(e); err != nil || e.Last {
					return err
				}
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	}
	return s
}

var monKeyDigest = [32]byte{1}

func TestAWatcherIsToldAtOnceAndAgainWhenNothingHappens(t *testing.T) {
	t.Parallel()
	for _, w := range wires() {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			s := newSearching()
			c := w.clients(t, served(t, s, api.Options{Heartbeat: 50 * time.Millisecond}))
			began := time.Now()
			stream, err := c.plans.WatchPlan(t.Context(), &paybackv1.WatchPlanRequest{PlanId: "p_1", AfterSequence: 3})
			require.NoError(t, err)
			next := func() *paybackv1.WatchPlanResponse {
				require.True(t, stream.Receive(), stream.Err())
				return stream.Msg()
			}
			first := next()
			require.Less(t, time.Since(began), 5*time.Second)
			require.Equal(t, int32(3), first.GetSequence())
			require.Equal(t, "p_1", first.GetPlan().GetPlanId())
			require.Equal(t, paybackv1.PlanState_PLAN_STATE_RUNNING, first.GetState())
			again := next()
			require.Equal(t, int32(3), again.GetSequence(), "a heartbeat repeats what was told")
			require.Equal(t, int64(3), s.after.Load(), "it resumes")

			s.events <- scheduler.RunEvent{Sequence: 4, State: scheduler.Running, Phase: "searching", Elapsed: 1500 * time.Millisecond, Rounds: 2, Planned: 9,
				Placed: 5, Open: 2, MustFix: 1, Value: 1234}
			var got *paybackv1.WatchPlanResponse
			for got = next(); got.GetSequence() == 3; got = next() { //nolint:revive // heartbeats before the event
			}
			require.Equal(t, []any{int32(4), "searching", int32(1500), int32(2), int32(9), int32(5), int32(2), int32(1), int64(1234)}, []any{got.GetSequence(),
				got.GetPhase(), got.GetElapsedMilliseconds(), got.GetRoundsDone(), got.GetRoundsPlanned(), got.GetPlaced(), got.GetOpenSessions(), got.GetMustFix(),
				got.GetValueMillipoints()})
			require.Equal(t, int32(4), next().GetSequence())
			s.state.Store(scheduler.Ready)
			s.events <- scheduler.RunEvent{Sequence: 5, State: scheduler.Ready, Last: true}
			for got = next(); !got.GetLast(); got = next() {
				require.Equal(t, int32(4), got.GetSequence())
			}
			require.Equal(t, int32(5), got.GetSequence())
			require.Equal(t, int32(7), got.GetPlan().GetSummary().GetPeople())
			require.False(t, stream.Receive())
			require.NoError(t, stream.Err())
			require.NoError(t, stream.Close())
		})
	}
}

func TestWatchersWhoGoAwayEndNothingAndGoroutinesDoNotGrow(t *testing.T) {
	before := goroutines()
	s := newSearching()
	func() {
		url := served(t, s, api.Options{})
		for _, w := range wires() {
			c := w.clients(t, url)
			ctx, leave := context.WithCancel(t.Context())
			stream, err := c.plans.WatchPlan(ctx, &paybackv1.WatchPlanRequest{PlanId: "p_1"})
			require.NoError(t, err)
			require.True(t, stream.Receive())
			leave()
			require.False(t, stream.Receive())
			require.Equal(t, connect.CodeCanceled, connect.CodeOf(stream.Err()))
			_ = stream.Close()
		}
	}()
	require.Eventually(t, func() bool { return s.ended.Load() == int64(len(wires())) }, 10*time.Second, 10*time.Millisecond)
	require.Zero(t, s.stops.Load())
	require.Eventually(t, func() bool { return goroutines() <= before }, 10*time.Second, 10*time.Millisecond, "a goroutine of a stream is left")
}

// goroutines counts those that are in this package's handlers.
func goroutines() int {
	buf := make([]byte, 4<<20)
	n := 0
	for g := range strings.SplitSeq(string(buf[:runtime.Stack(buf, true)]), "\n\n") {
		if strings.Contains(g, "payback/api.planServer") {
			n++
		}
	}
	return n
}

func TestAWriteTimeoutOfTheServerCutsNoStream(t *testing.T) {
	t.Parallel()
	for _, w := range wires() {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			s := newSearching()
			c := w.clients(t, servedFor(t, s, api.Options{Heartbeat: 60 * time.Millisecond}, 200*time.Millisecond))
			stream, err := c.plans.WatchPlan(t.Context(), &paybackv1.WatchPlanRequest{PlanId: "p_1"})
			require.NoError(t, err)
			for range 8 { // well beyond the timeout
				require.True(t, stream.Receive(), stream.Err())
			}
		})
	}
}
