package scheduler

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"slices"
	"sync"
	"time"

	"github.com/communitypayback/payback/model"
)

// Search makes a plan of a frozen week. [Plan] is the one that works in this process; scheduler/child has one that works in a
// process of its own, so that whatever goes wrong costs that run alone.
type Search func(context.Context, PlanRequest) (*PlanResult, error)

// Runs carries searches out, a few at once and the others in the order in which they came. Its fields are set before it is
// first used. It may be used by several goroutines.
type Runs struct {
	Search  Search
	AtOnce  int              // searches under way; less than 1 means 1
	Waiting int              // searches that may wait; more are refused
	Workers int              // goroutines of a search; less than 1 means 1
	Now     func() time.Time // nil: time.Now

	naming sync.Once
	name   string

	over sync.Map // runs that are known to be over, by region and name

	mu      sync.Mutex
	live    map[string]*run // by plan, from when it is asked for until its end is recorded
	queue   []*run
	running int
	taken   int             // places that are reserved and not used yet
	closed  bool            // nothing more is taken on
	life    context.Context //nolint:containedctx // of what is done beside the searches; it outlives the requests that ask for it
	end     func()          // ends it; nil: nothing is
	ended   sync.WaitGroup
}

// run is one search under way or waiting.
type run struct {
	id     string
	do     func(context.Context, *run)
	ctx    context.Context //nolint:containedctx // it lives as long as the run, which outlives the request it came with
	cancel context.CancelFunc
	began  time.Time

	mu     sync.Mutex
	state  DraftState
	gone   bool          // another worker has it now
	events []RunEvent    // all of them: at most four a second, of a search of at most two hours
	more   chan struct{} // closed, and made anew, with every event
}

// worker names this process among all that carry searches out.
func (r *Runs) worker() string {
	r.naming.Do(func() { r.name = "w" + newID()[1:] })
	return r.name
}

// knownOver reports whether a run was noted to be over, so that nobody need look again.
func (r *Runs) knownOver(region, name string) bool {
	_, known := r.over.Load([2]string{region, name})
	return known
}

func (r *Runs) noteOver(region, name string) { r.over.Store([2]string{region, name}, nil) }

// reserve keeps a place for a search that is about to be recorded, or gives a [model.Error]. The place is used by ask or
// given back by free. What nobody waits for is never too much.
func (r *Runs) reserve(patient bool) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case r.closed:
		return r.refusal()
	case !patient && r.running+len(r.queue)+r.taken >= max(r.AtOnce, 1)+max(r.Waiting, 0):
		return model.Errorf(model.CodeBusy, "Too many plans are being made already. Nothing was changed; try again in a minute.")
	}
	r.taken++
	return nil
}

// refusal says that nothing more is taken on.
func (*Runs) refusal() error {
	return model.Errorf(model.CodeUnavailable, "This process is about to end and makes no more plans. Nothing was changed; ask again in a minute.")
}

// free gives a reserved place back.
func (r *Runs) free() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.taken--
}

// ask takes a search on, in a place that is reserved. One that comes after Close ends at once.
func (r *Runs) ask(id string, do func(context.Context, *run)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.taken--
	ctx, cancel := context.WithCancel(context.Background())
	x := &run{id: id, do: do, ctx: ctx, cancel: cancel, state: Queued, more: make(chan struct{})}
	if r.live == nil {
		r.live = map[string]*run{}
	}
	r.live[id] = x
	x.tell(RunEvent{State: Queued, Phase: "waiting"})
	r.queue = append(r.queue, x)
	if r.closed {
		cancel()
	}
	r.next()
}

// next starts what may start. The lock is held.
func (r *Runs) next() {
	for r.running < max(r.AtOnce, 1) && len(r.queue) > 0 {
		x := r.queue[0]
		r.queue = r.queue[1:]
		r.running++
		r.ended.Go(func() { r.carry(x) })
	}
}

// carry does one search and makes room for the next.
func (r *Runs) carry(x *run) {
	defer func() {
		x.cancel()
		r.mu.Lock()
		defer r.mu.Unlock()
		delete(r.live, x.id)
		r.running--
		r.next()
	}()
	x.mu.Lock()
	x.state, x.began = Running, r.now()
	x.mu.Unlock()
	x.tell(RunEvent{State: Running, Phase: "starting"})
	x.do(x.ctx, x)
}

func (r *Runs) now() time.Time {
	if r.Now == nil {
		return time.Now()
	}
	return r.Now()
}

func (r *Runs) find(id string) *run {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.live[id]
}

// state gives how far a search of this process has come; false if it is none of its own.
func (r *Runs) state(id string) (DraftState, bool) {
	x := r.find(id)
	if x == nil {
		return "", false
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.state, !x.gone
}

// stop ends a search, which keeps the best so far; false if it is none of this process. One that waits need not wait for its
// turn to end.
func (r *Runs) stop(id string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	x := r.live[id]
	if x == nil {
		return false
	}
	x.cancel()
	if i := slices.Index(r.queue, x); i >= 0 {
		r.queue = slices.Delete(r.queue, i, i+1)
		r.running++
		r.ended.Go(func() { r.carry(x) })
	}
	return true
}

// Close stops every search and waits until their ends are recorded, or the context ends. Nothing more is taken on.
func (r *Runs) Close(ctx context.Context) error {
	r.mu.Lock()
	r.closed = true
	if r.end != nil {
		r.end()
	}
	for _, x := range r.live {
		x.cancel()
	}
	r.mu.Unlock()
	done := make(chan struct{})
	go func() {
		r.ended.Wait()
		close(done)
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// ending reports whether the process is about to end.
func (r *Runs) ending() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.closed
}

// tell adds an event. Watchers hear of it at once.
func (x *run) tell(e RunEvent) {
	x.mu.Lock()
	defer x.mu.Unlock()
	e.Sequence = 1
	if n := len(x.events); n > 0 {
		e.Sequence = x.events[n-1].Sequence + 1
	}
	x.events = append(x.events, e)
	close(x.more)
	x.more = make(chan struct{})
}

// leave notes that another worker carries the run out. Watchers look at the record from then on.
func (x *run) leave() {
	x.tell(RunEvent{State: Running, Phase: "taken over by another worker"})
	x.mu.Lock()
	defer x.mu.Unlock()
	x.gone = true
	close(x.more) // for good
}

// after gives the events after a sequence number, and what is closed when there are more; nil if the
// last one was before, or nothing more will come from here.
func (x *run) after(n int) ([]RunEvent, <-chan struct{}) {
	x.mu.Lock()
	defer x.mu.Unlock()
	var out []RunEvent
	for _, e := range x.events {
		if e.Sequence > n {
			out = append(out, e)
		}
	}
	if k := len(x.events); len(out) == 0 && k > 0 && (x.gone || x.events[k-1].Last) {
		return nil, nil
	}
	return out, x.more
}

// newID gives the name of a new plan, which tells nothing.
func newID() string {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails
	return "p_" + hex.EncodeToString(b[:])
}
