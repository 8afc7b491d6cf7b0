package redisstore_test

import (
	"bytes"
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/scheduler/redisstore"
	"github.com/communitypayback/payback/scheduler/redistest"
)

// note adds one entry to the audit.
func note(text string) func(scheduler.Writer) error {
	return func(w scheduler.Writer) error {
		n, err := w.Last(scheduler.KindAudit, "")
		if err != nil {
			return err
		}
		return w.Add(scheduler.KindAudit, "", n, []byte(text))
	}
}

// notes gives the audit.
func notes(tb testing.TB, s *redisstore.Store) (out []string) {
	tb.Helper()
	require.NoError(tb, s.View(context.Background(), region, func(r scheduler.Reader) error {
		n, err := r.Last(scheduler.KindAudit, "")
		require.NoError(tb, err)
		all, err := r.Entries(scheduler.KindAudit, "", 0, n)
		for _, e := range all {
			out = append(out, string(e))
		}
		return err
	}))
	return out
}

func isCommit(request []byte) bool {
	return bytes.Contains(request, []byte("Commits a change as a whole"))
}
func isSettle(request []byte) bool {
	return bytes.Contains(request, []byte("Finds out whether a commit took place"))
}

// A connection breaks while a change is being kept. Whether Redis did it or not, and however late the request arrives, the
// change is there once.
func TestAChangeWhoseAnswerIsLostIsMadeOnce(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		fates []redistest.Fate // of commits, one after the other; what follows passes
		calls int              // of the change
	}{
		{"nothing is lost", nil, 1},
		{"the answer is lost", []redistest.Fate{redistest.LoseAnswer}, 1},
		{"the request is lost", []redistest.Fate{redistest.LoseIt}, 2},
		{"two requests are lost", []redistest.Fate{redistest.LoseIt, redistest.LoseIt}, 3},
		{"the request comes late", []redistest.Fate{redistest.Delay}, 2},
		{"one is lost, and the answer of the next", []redistest.Fate{redistest.LoseIt, redistest.LoseAnswer}, 2},
		{"two come late", []redistest.Fate{redistest.Delay, redistest.Delay}, 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			server := redistest.Start(t)
			var sent atomic.Int32
			proxy := redistest.StartProxy(t, server, func(request []byte) redistest.Fate {
				if !isCommit(request) {
					return redistest.Pass
				}
				if n := int(sent.Add(1)); n <= len(c.fates) {
					return c.fates[n-1]
				}
				return redistest.Pass
			})
			s, calls := open(t, "redis://"+proxy.Address()), 0
			require.NoError(t, s.Update(t.Context(), region, func(w scheduler.Writer) error {
				calls++
				return note("once")(w)
			}))
			require.Equal(t, c.calls, calls)
			proxy.Release()
			require.Equal(t, []string{"once"}, notes(t, s))
			require.NoError(t, s.Verify(t.Context()))
		})
	}
}

// The control: were a commit that comes late not barred, it would be made a second time where nothing else stands in its way.
func TestALateCommitIsRefusedBecauseItIsBarred(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	var held atomic.Bool
	proxy := redistest.StartProxy(t, server, func(request []byte) redistest.Fate {
		if isCommit(request) && held.CompareAndSwap(false, true) {
			return redistest.Delay
		}
		return redistest.Pass
	})
	s, n := open(t, "redis://"+proxy.Address()), 0
	require.NoError(t, s.Update(t.Context(), region, func(w scheduler.Writer) error {
		n++
		return w.Add(scheduler.KindDraft, fmt.Sprint(n), 0, []byte("a name of its own")) // so that no version is in the way
	}))
	drafts := func() (names []string) {
		require.NoError(t, s.View(t.Context(), region, func(r scheduler.Reader) (err error) {
			names, err = r.Names(scheduler.KindDraft)
			return err
		}))
		return names
	}
	require.Equal(t, 1, proxy.Release())
	require.Equal(t, []string{"2"}, drafts())

	// The same with the bar lifted behind the record's back.
	held.Store(false)
	require.NoError(t, s.Update(t.Context(), region, func(w scheduler.Writer) error {
		n++
		return w.Add(scheduler.KindDraft, fmt.Sprint(n), 0, []byte("a name of its own"))
	}))
	client := raw(t, "redis://"+server.Address())
	for _, id := range client.ZRange(t.Context(), "{payback:Mercia}:commits", 0, -1).Val() {
		if id[0] == '!' {
			require.NoError(t, client.ZRem(t.Context(), "{payback:Mercia}:commits", id).Err())
		}
	}
	require.Equal(t, 1, proxy.Release())
	require.Equal(t, []string{"2", "3", "4"}, drafts())
}

// Where Redis cannot be asked what became of a change, nobody pretends to know.
func TestAnOutcomeThatNobodyKnowsIsToldAsSuch(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	var cut atomic.Bool
	proxy := redistest.StartProxy(t, server, func(request []byte) redistest.Fate {
		switch {
		case !cut.Load() || !isCommit(request) && !isSettle(request):
			return redistest.Pass
		case isCommit(request):
			return redistest.LoseAnswer
		default:
			return redistest.LoseIt
		}
	})
	s := open(t, "redis://"+proxy.Address(), hasty)
	cut.Store(true)
	err := s.Update(t.Context(), region, note("perhaps"))
	requireCode(t, model.CodeUnavailable, err)
	require.ErrorContains(t, err, "not known")
	require.ErrorContains(t, err, "same request")
	require.Equal(t, []string{"perhaps"}, notes(t, s))
}

func TestARedisThatIsPausedForLongerThanAnybodyWaitsLosesAndDoublesNothing(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	s := open(t, "redis://"+server.Address(), hasty)
	require.NoError(t, s.Update(t.Context(), region, note("before")))
	for i := range 3 {
		began := time.Now()
		paused := false
		err := s.Update(t.Context(), region, func(w scheduler.Writer) error {
			if err := note(fmt.Sprint("during ", i))(w); err != nil {
				return err
			}
			if !paused {
				paused = true
				server.Pause()
			}
			return nil
		})
		requireCode(t, model.CodeUnavailable, err)
		require.Less(t, time.Since(began), 10*time.Second)
		err = s.View(t.Context(), region, func(scheduler.Reader) error { return nil })
		requireCode(t, model.CodeUnavailable, err)
		server.Resume()
		require.NoError(t, s.Update(t.Context(), region, note(fmt.Sprint("after ", i))))
	}
	found := map[string]int{}
	for _, text := range notes(t, s) {
		found[text]++
	}
	require.Equal(t, 1, found["before"])
	for i := range 3 {
		require.Equal(t, 1, found[fmt.Sprint("after ", i)])
		require.LessOrEqual(t, found[fmt.Sprint("during ", i)], 1)
	}
	require.NoError(t, s.Verify(t.Context()))
}
