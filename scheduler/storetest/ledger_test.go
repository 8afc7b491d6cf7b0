package storetest_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/scheduler/memstore"
)

// holder is a worker with a clock of its own, and what it believes to hold.
type holder struct {
	*scheduler.Ledger
	ahead time.Duration
	held  *scheduler.Run
}

// Workers die, come back, are late and have clocks that jump by an hour or a day: what a run brings is kept once.
func TestWhateverClocksAndWorkersDoARunIsKeptOnce(t *testing.T) {
	t.Parallel()
	zombies, jumps := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		record, now := &memstore.Store{}, time.Unix(1_800_000_000, 0)
		var all []*holder
		for i := range 3 {
			h := &holder{}
			h.Ledger = &scheduler.Ledger{Record: record, Worker: fmt.Sprint(i), Now: func() time.Time { return now.Add(h.ahead) }}
			all = append(all, h)
		}
		kept := 0
		for range rapid.IntRange(5, 40).Draw(t, "steps") {
			h := rapid.SampledFrom(all).Draw(t, "worker")
			switch rapid.IntRange(0, 5).Draw(t, "step") {
			case 0:
				now = now.Add(time.Duration(rapid.IntRange(1, 300).Draw(t, "seconds")) * time.Second)
			case 1:
				h.ahead = rapid.SampledFrom([]time.Duration{0, time.Hour, -time.Hour, 24 * time.Hour, -24 * time.Hour}).Draw(t, "jump")
				jumps++
			case 2, 3:
				x, err := h.Begin(ctx, "Mercia", scheduler.Run{Name: "night/2026-12-01"})
				if err == nil {
					h.held = &x
				} else if !errors.Is(err, scheduler.ErrSpent) {
					require.Equal(t, model.CodeConflict, codeOf(t, err))
				}
			case 4:
				if h.held != nil {
					_, err := h.Renew(ctx, "Mercia", *h.held)
					require.True(t, err == nil || codeOf(t, err) == model.CodeConflict, err)
				}
			case 5:
				if h.held == nil {
					continue
				}
				x, err := h.Save(ctx, "Mercia", *h.held, func(_ scheduler.Writer, now scheduler.Run) (scheduler.Run, error) {
					now.State = scheduler.RunMade
					return now, nil
				})
				if err != nil {
					require.Equal(t, model.CodeConflict, codeOf(t, err))
					zombies++
					continue
				}
				require.Equal(t, h.held.Fence, x.Fence)
				require.LessOrEqual(t, x.Attempts, 3)
				kept++
			}
		}
		require.LessOrEqual(t, kept, 1)
	})
	least := 10
	if testing.Short() { // rapid makes a fifth of the checks then
		least = 1
	}
	require.Greater(t, zombies, least, "workers that come back were met")
	require.Greater(t, jumps, least)
}

// The control of the tests of fences: a worker that saves without a look at the fence is kept beside the one that took over.
func TestWithoutALookAtTheFenceAWorkerThatComesBackIsKeptToo(t *testing.T) {
	t.Parallel()
	record, now := &memstore.Store{}, time.Unix(1_800_000_000, 0)
	worker := func(name string) *scheduler.Ledger {
		return &scheduler.Ledger{Record: record, Worker: name, Now: func() time.Time { return now }}
	}
	kept := func(look bool) (n int) {
		name := fmt.Sprint("night/", look)
		old, err := worker("a").Begin(ctx, "Mercia", scheduler.Run{Name: name})
		require.NoError(t, err)
		now = now.Add(time.Hour)
		held, err := worker("b").Begin(ctx, "Mercia", scheduler.Run{Name: name})
		require.NoError(t, err)
		for _, x := range []struct {
			*scheduler.Ledger
			held scheduler.Run
		}{{worker("b"), held}, {worker("a"), old}} {
			bring := func(w scheduler.Writer) error {
				n, err := w.Last(scheduler.KindOutbox, name)
				require.NoError(t, err)
				return w.Add(scheduler.KindOutbox, name, n, nil)
			}
			if look {
				_, err = x.Save(ctx, "Mercia", x.held, func(w scheduler.Writer, run scheduler.Run) (scheduler.Run, error) {
					run.State = scheduler.RunMade
					return run, bring(w)
				})
			} else {
				err = record.Update(ctx, "Mercia", bring)
			}
			if err == nil {
				n++
			}
		}
		return n
	}
	require.Equal(t, 1, kept(true))
	require.Equal(t, 2, kept(false))
}

func codeOf(t require.TestingT, err error) model.Code {
	e, ok := errors.AsType[*model.Error](err)
	require.True(t, ok, "%v", err)
	return e.Code
}
