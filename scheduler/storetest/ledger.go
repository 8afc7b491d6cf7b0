package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// night is the run that the suite carries out.
const night = "night/2026-12-01"

// clock is one clock that several workers read.
type clock struct{ minutes atomic.Int64 }

func (c *clock) now() time.Time { return time.Unix(c.minutes.Load()*60, 0) }

func (c *clock) worker(r scheduler.Record, name string) *scheduler.Ledger {
	return &scheduler.Ledger{Record: r, Worker: name, Now: c.now}
}

// saving keeps a mark of its worker, so that what was kept can be counted.
func saving(l *scheduler.Ledger, state scheduler.RunState) func(scheduler.Writer, scheduler.Run) (scheduler.Run, error) {
	return func(w scheduler.Writer, now scheduler.Run) (scheduler.Run, error) {
		n, err := w.Last(scheduler.KindOutbox, "")
		if err != nil {
			return now, err
		}
		now.State = state
		return now, w.Add(scheduler.KindOutbox, "", n, []byte(l.Worker))
	}
}

// kept gives the marks that were kept, one after another.
func kept(t *testing.T, r scheduler.Record) string {
	t.Helper()
	var all [][]byte
	view(t, r, region, func(v scheduler.Reader) error {
		var err error
		all, err = v.Entries(scheduler.KindOutbox, "", 0, 100)
		return err
	})
	return string(bytes.Join(all, nil))
}

func begunOnce(t *testing.T, r scheduler.Record) {
	t.Helper()
	var c clock
	var all sync.WaitGroup
	var got atomic.Int32
	for i := range 8 {
		all.Go(func() {
			l := c.worker(r, fmt.Sprint("w", i))
			held, err := l.Begin(context.Background(), region, scheduler.Run{Name: night, Who: "a test"})
			var e *model.Error
			switch {
			case err == nil:
				got.Add(1)
				if _, err := l.Save(context.Background(), region, held, saving(l, scheduler.RunMade)); err != nil {
					t.Errorf("found %v; expected the run to be saved", err)
				}
			case !errors.As(err, &e) || e.Code != model.CodeConflict:
				t.Errorf("found %v; expected a conflict", err)
			}
		})
	}
	all.Wait()
	same(t, got.Load(), 1)
	same(t, len(kept(t, r)), len("w0"))
	_, err := c.worker(r, "late").Begin(context.Background(), region, scheduler.Run{Name: night})
	coded(t, err, model.CodeConflict) // it is over
}

func fenced(t *testing.T, r scheduler.Record) {
	t.Helper()
	ctx := context.Background()
	var c clock
	a, b := c.worker(r, "a"), c.worker(r, "b")
	old, err := a.Begin(ctx, region, scheduler.Run{Name: night})
	must(t, err)
	same(t, old.Fence, old.Version)
	c.minutes.Add(1)
	old, err = a.Renew(ctx, region, old)
	must(t, err)
	c.minutes.Add(2)
	_, err = b.Take(ctx, region, night)
	coded(t, err, model.CodeConflict) // it was renewed
	c.minutes.Add(1)
	held, err := b.Take(ctx, region, night)
	must(t, err)
	same(t, held.Attempts, 2)
	_, err = a.Renew(ctx, region, old)
	coded(t, err, model.CodeConflict)
	_, err = a.Save(ctx, region, old, saving(a, scheduler.RunMade))
	coded(t, err, model.CodeConflict)
	same(t, kept(t, r), "")
	_, err = b.Save(ctx, region, held, saving(b, scheduler.RunMade))
	must(t, err)
	_, err = a.Save(ctx, region, old, saving(a, scheduler.RunMade))
	coded(t, err, model.CodeConflict)
	_, err = b.Save(ctx, region, held, saving(b, scheduler.RunMade))
	coded(t, err, model.CodeConflict) // it is over
	same(t, kept(t, r), "b")
}

func spent(t *testing.T, r scheduler.Record) {
	t.Helper()
	ctx := context.Background()
	var c clock
	l := c.worker(r, "a")
	_, err := l.SetAside(ctx, region, night, saving(l, scheduler.RunAside))
	coded(t, err, model.CodeNotFound)
	for range 3 {
		_, err := l.Begin(ctx, region, scheduler.Run{Name: night})
		must(t, err)
		_, err = l.SetAside(ctx, region, night, saving(l, scheduler.RunAside))
		coded(t, err, model.CodeConflict) // it is held
		c.minutes.Add(10)
	}
	for _, take := range []func() (scheduler.Run, error){
		func() (scheduler.Run, error) { return l.Take(ctx, region, night) },
		func() (scheduler.Run, error) { return l.Begin(ctx, region, scheduler.Run{Name: night}) },
	} {
		x, err := take()
		if !errors.Is(err, scheduler.ErrSpent) {
			t.Fatalf("found %v; expected the run to be spent", err)
		}
		same(t, x.Attempts, 3)
	}
	x, err := l.SetAside(ctx, region, night, saving(l, scheduler.RunAside))
	must(t, err)
	same(t, x.State, scheduler.RunAside)
	_, err = l.SetAside(ctx, region, night, saving(l, scheduler.RunAside))
	coded(t, err, model.CodeConflict)
	same(t, kept(t, r), "a")
}
