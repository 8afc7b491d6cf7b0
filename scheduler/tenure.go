package scheduler

import (
	"context"
	"sync"
	"time"
)

// tenure is a run that this process holds, and renews until it lets go or has lost it.
type tenure struct {
	ledger *Ledger
	region string

	mu  sync.Mutex
	run Run // as it was last seen
	end func()
}

// ledger gives this process's hand on the ledger.
func (s *Service) ledger() *Ledger {
	l := &Ledger{Record: s.Record, Now: s.Now, Attempts: int(s.tonight().Attempts)}
	if s.Runs != nil {
		l.Worker = s.Runs.worker()
	}
	return l
}

// newTenure holds a run that was taken.
func (s *Service) newTenure(region string, run Run) *tenure {
	return &tenure{ledger: s.ledger(), region: region, run: run, end: func() {}}
}

// seen gives the run as it was last seen.
func (h *tenure) seen() Run {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.run
}

// see notes how the run stands, unless the ledger refused.
func (h *tenure) see(x Run, err error) error {
	if err != nil {
		return err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.run = x
	return nil
}

// check gives the run as it stands in a transaction, or the error of whoever does not hold it any more.
func (h *tenure) check(r Reader) (Run, error) { return h.ledger.holds(r, h.seen()) }

// checkNow is check in a look of its own.
func (h *tenure) checkNow(ctx context.Context) (x Run, err error) {
	err = h.ledger.Record.View(ctx, h.region, func(r Reader) error {
		x, err = h.check(r)
		return err
	})
	return x, err
}

// take begins the next attempt.
func (h *tenure) take(ctx context.Context) error {
	return h.see(h.ledger.Take(ctx, h.region, h.seen().Name))
}

// save writes the next state, of which only change decides.
func (h *tenure) save(ctx context.Context, change func(*Run)) error {
	return h.see(h.ledger.Save(ctx, h.region, h.seen(), func(_ Writer, now Run) (Run, error) {
		change(&now)
		return now, nil
	}))
}

// glance is how often a worker looks whether somebody asked that its run ends.
const glance = 2 * time.Second

// keep renews the run until it is let go. If it is lost, or somebody asked that it ends, stop is called once.
func (h *tenure) keep(ctx context.Context, stop func()) {
	ctx, end := context.WithCancel(context.WithoutCancel(ctx)) // whoever asked may be gone before it ends
	h.end = end
	go func() {
		renew, look := time.NewTicker(lease/3), time.NewTicker(glance)
		defer renew.Stop()
		defer look.Stop()
		for {
			held := h.seen()
			var now Run
			var err error
			select {
			case <-ctx.Done():
				return
			case <-renew.C:
				now, err = h.ledger.Renew(ctx, h.region, held)
			case <-look.C:
				now, err = h.checkNow(ctx)
			}
			// A record that cannot be reached now may be the next time; only the ledger itself says that a run is lost.
			if lostTo(err) && h.seen().Fence == held.Fence {
				stop()
				return
			}
			if err == nil && now.Stop != "" {
				stop()
				look.Stop()
			}
		}
	}()
}

// letGo ends the renewing.
func (h *tenure) letGo() { h.end() }
