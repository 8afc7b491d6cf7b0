package lastknown_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/scheduler/lastknown"
	"github.com/communitypayback/payback/scheduler/memstore"
	"github.com/communitypayback/payback/scheduler/storetest"
)

// broken is a record that can be lost.
type broken struct {
	scheduler.Record
	lost  atomic.Bool
	reads atomic.Int32 // views that were asked for
}

var errLost = model.Errorf(model.CodeUnavailable, "lost")

func (b *broken) View(ctx context.Context, region string, look func(scheduler.Reader) error) error {
	b.reads.Add(1)
	if b.lost.Load() {
		return errLost
	}
	return b.Record.View(ctx, region, look)
}

func (b *broken) Update(ctx context.Context, region string, change func(scheduler.Writer) error) error {
	if b.lost.Load() {
		return errLost
	}
	return b.Record.Update(ctx, region, change)
}

func (b *broken) Regions(ctx context.Context) ([]string, error) {
	if b.lost.Load() {
		return nil, errLost
	}
	return b.Record.Regions(ctx)
}

func TestARecordWithWhatIsInForceAtHandKeepsThePromisesOfARecord(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T) scheduler.Record {
		t.Helper()
		s := &lastknown.Store{Record: &memstore.Store{}}
		require.NoError(t, s.Look(t.Context()))
		return s
	})
}

// made gives a record with what offices write, of which two versions of a roster.
func made(t *testing.T) (*broken, *lastknown.Store) {
	t.Helper()
	b := &broken{Record: &memstore.Store{}}
	now := time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)
	s := &lastknown.Store{Record: b, Now: func() time.Time { now = now.Add(time.Minute); return now }}
	for i, text := range []string{"first", "second"} {
		publish(t, s, i, text)
	}
	require.NoError(t, s.Look(t.Context()))
	return b, s
}

func publish(t *testing.T, s *lastknown.Store, base int, text string) {
	t.Helper()
	require.NoError(t, s.Update(t.Context(), "Mercia", func(w scheduler.Writer) error {
		d, err := w.Keep([]byte(text))
		require.NoError(t, err)
		require.NoError(t, w.Add(scheduler.KindRoster, "2026-W49", base, []byte(`{"Content":"`+d.String()+`"}`)))
		require.NoError(t, w.Add(scheduler.KindFacts, "", base, []byte(`{}`)))
		require.NoError(t, w.Add(scheduler.KindDraft, text, 0, []byte(`{}`)))
		return w.Add(scheduler.KindAudit, "", base, []byte(text))
	}))
}

func TestWhatIsInForceIsReadWhileTheRecordIsLost(t *testing.T) {
	t.Parallel()
	b, s := made(t)
	before := s.Standing()
	require.False(t, before.Lost)
	b.lost.Store(true)
	require.NoError(t, s.View(t.Context(), "Mercia", func(r scheduler.Reader) error {
		n, err := r.Last(scheduler.KindRoster, "2026-W49")
		require.NoError(t, err)
		require.Equal(t, 2, n)
		body, err := r.Entry(scheduler.KindRoster, "2026-W49", 2)
		require.NoError(t, err)
		d := scheduler.ContentDigest([]byte("second"))
		require.Contains(t, string(body), d.String())
		content, err := r.Content(d)
		require.NoError(t, err)
		require.Equal(t, "second", string(content))
		all, err := r.Entries(scheduler.KindRoster, "2026-W49", 1, 9)
		require.NoError(t, err)
		require.Equal(t, [][]byte{body}, all)
		names, err := r.Names(scheduler.KindRoster)
		require.Equal(t, []string{"2026-W49"}, names)
		return err
	}))
	require.Equal(t, lastknown.Standing{Lost: true, Known: before.Known}, s.Standing())
	regions, err := s.Regions(t.Context())
	require.NoError(t, err)
	require.Equal(t, []string{"Mercia"}, regions)
}

// What is not at hand is not there, and nothing that is there is said not to be.
func TestNothingIsGuessedWhileTheRecordIsLost(t *testing.T) {
	t.Parallel()
	b, s := made(t)
	b.lost.Store(true)
	err := s.Update(t.Context(), "Mercia", func(scheduler.Writer) error { panic("it is not asked") })
	requireUnavailable(t, err)
	require.Error(t, s.Look(t.Context()))
	err = s.Update(t.Context(), "Mercia", func(scheduler.Writer) error { panic("it is not asked") })
	requireUnavailable(t, err)
	require.ErrorContains(t, err, "can still be looked at")
	require.NoError(t, s.View(t.Context(), "Mercia", func(r scheduler.Reader) error {
		_, err := r.Last(scheduler.KindDraft, "first")
		requireUnavailable(t, err)
		_, err = r.Names(scheduler.KindDraft)
		requireUnavailable(t, err)
		_, err = r.Entries(scheduler.KindAudit, "", 0, 9)
		requireUnavailable(t, err)
		_, err = r.Entry(scheduler.KindRoster, "2026-W49", 1)
		requireUnavailable(t, err)
		_, err = r.Entries(scheduler.KindRoster, "2026-W49", 0, 9)
		requireUnavailable(t, err)
		_, err = r.Content(scheduler.ContentDigest([]byte("first")))
		requireUnavailable(t, err)
		_, err = r.Entry(scheduler.KindRoster, "2026-W49", 3)
		var e *model.Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, model.CodeNotFound, e.Code, "this is known: there was none")
		return nil
	}))
	requireUnavailable(t, s.View(t.Context(), "Kent", func(scheduler.Reader) error { return nil }))
}

func TestTheRecordIsBackByItself(t *testing.T) {
	t.Parallel()
	b, s := made(t)
	s.Every = time.Millisecond
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		s.Keep(ctx)
		close(ended)
	}()
	b.lost.Store(true)
	require.Eventually(t, func() bool { return s.Standing().Lost }, 10*time.Second, time.Millisecond)
	b.lost.Store(false)
	require.Eventually(t, func() bool { return !s.Standing().Lost }, 10*time.Second, time.Millisecond)
	publish(t, s, 2, "third")
	require.Eventually(t, func() bool {
		b.lost.Store(true)
		defer b.lost.Store(false)
		third := false
		_ = s.View(ctx, "Mercia", func(r scheduler.Reader) error {
			n, err := r.Last(scheduler.KindRoster, "2026-W49")
			third = n == 3
			return err
		})
		return third
	}, 10*time.Second, time.Millisecond)
	stop()
	<-ended
}

func TestAnErrorThatIsNotOfTheRecordIsNoLoss(t *testing.T) {
	t.Parallel()
	_, s := made(t)
	busy := model.Errorf(model.CodeUnavailable, "something else")
	require.ErrorIs(t, s.View(t.Context(), "Mercia", func(scheduler.Reader) error { return busy }), busy)
	ours := errors.New("ours")
	require.ErrorIs(t, s.View(t.Context(), "Mercia", func(scheduler.Reader) error { return ours }), ours)
	require.False(t, s.Standing().Lost)
}

func TestWhatDidNotChangeIsNotReadAgain(t *testing.T) {
	t.Parallel()
	b, s := made(t)
	read := 0
	b.Record = counting{b.Record, &read}
	require.NoError(t, s.Look(t.Context()))
	require.Zero(t, read)
	publish(t, s, 2, "third")
	require.NoError(t, s.Look(t.Context()))
	require.Equal(t, 1, read, "the new roster alone")
}

// counting counts contents that are read.
type counting struct {
	scheduler.Record
	n *int
}

type countingReader struct {
	scheduler.Reader
	n *int
}

func (c counting) View(ctx context.Context, region string, look func(scheduler.Reader) error) error {
	return c.Record.View(ctx, region, func(r scheduler.Reader) error { return look(countingReader{r, c.n}) })
}

func (c countingReader) Content(d model.Digest) ([]byte, error) {
	*c.n++
	return c.Reader.Content(d)
}

func requireUnavailable(t *testing.T, err error) {
	t.Helper()
	var e *model.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, model.CodeUnavailable, e.Code)
}

// spoiled hands out no content, as a record does whose bytes are not what was stored.
type spoiled struct {
	scheduler.Record
	region string
}

type spoiledReader struct{ scheduler.Reader }

func (s spoiled) View(ctx context.Context, region string, look func(scheduler.Reader) error) error {
	return s.Record.View(ctx, region, func(r scheduler.Reader) error {
		if region == s.region {
			r = spoiledReader{r}
		}
		return look(r)
	})
}

func (spoiledReader) Content(model.Digest) ([]byte, error) { return nil, scheduler.Damaged("content") }

func TestDamageToOneRegionIsNoLossOfTheRecord(t *testing.T) {
	t.Parallel()
	b, s := made(t)
	require.NoError(t, s.Update(t.Context(), "Kent", func(w scheduler.Writer) error {
		return w.Add(scheduler.KindFacts, "", 0, []byte(`{}`))
	}))
	damaged := &lastknown.Store{Record: spoiled{b, "Mercia"}}
	require.NoError(t, damaged.Look(t.Context()))
	require.False(t, damaged.Standing().Lost)
	b.lost.Store(true)
	require.NoError(t, damaged.View(t.Context(), "Kent", func(scheduler.Reader) error { return nil }))
	requireUnavailable(t, damaged.View(t.Context(), "Mercia", func(scheduler.Reader) error { return nil }))
}
