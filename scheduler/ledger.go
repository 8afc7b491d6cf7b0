package scheduler

import (
	"context"
	"errors"
	"time"

	"github.com/communitypayback/payback/model"
)

// The terms on which a worker holds a run.
const (
	// lease is how long a worker holds a run without saying that it is still there.
	lease = 2 * time.Minute
	// skew is how far the clocks of two machines may be apart before one takes from the other what that still holds. What is taken so is
	// done twice and kept once.
	skew = 30 * time.Second
	// mostAttempts is how often a run is begun before it is set aside, where no policy says so.
	mostAttempts = 3
)

// notHeardOf is what an attempt died of whose worker never said.
const notHeardOf = "its worker was not heard of any more"

// ErrSpent is the error of a ledger for a run that was begun as often as it may be: it is to be set aside.
var ErrSpent = errors.New("the run was begun as often as it may be")

// Ledger says who carries a run out, and keeps what came of it once, whatever the number of workers and whatever they believe. It is
// the truth about runs; queues, timers and locks are hints. It may be used by several goroutines.
//
// A run is taken by writing its next version, which is its fence. Whatever a worker saves, it saves in one transaction with a look at
// the fence: a worker that was given up and comes back finds another one there, and nothing of what it brings is kept.
type Ledger struct {
	Record   Record
	Worker   string           // names this worker among all; never empty
	Attempts int              // less than 1: three
	Now      func() time.Time // nil: time.Now
}

// Take takes a run that waits, or whose worker has not been heard of for too long. One that is over, or that somebody else holds,
// gives a [model.Error] with CodeConflict, and one that was begun too often [ErrSpent] beside the run as it stands.
func (l *Ledger) Take(ctx context.Context, region, name string) (Run, error) {
	var x Run
	err := l.Record.Update(ctx, region, func(w Writer) error {
		var err error
		x, err = l.take(w, name)
		return err
	})
	return x, err
}

// Begin takes a run that there has not been yet, and so exists once whatever the number of those who begin it. If there is one of
// that name, it is as Take.
func (l *Ledger) Begin(ctx context.Context, region string, first Run) (Run, error) {
	var x Run
	err := l.Record.Update(ctx, region, func(w Writer) error {
		known, err := lastRun(w, first.Name)
		if err != nil {
			return err
		}
		if known.Version > 0 {
			x, err = l.take(w, first.Name)
			return err
		}
		first.State, first.Asked = RunQueued, l.now()
		x, err = l.hold(w, first, RunRunning)
		return err
	})
	return x, err
}

// Renew keeps a run for another while.
func (l *Ledger) Renew(ctx context.Context, region string, held Run) (Run, error) {
	return l.Save(ctx, region, held, func(_ Writer, now Run) (Run, error) {
		now.Until = l.now().Add(lease)
		return now, nil
	})
}

// Save keeps what the holder of a run brings and the run's next state, which bring gives, in one transaction. Whoever does not hold
// the run any more gets a [model.Error] with CodeConflict, and nothing is kept.
func (l *Ledger) Save(ctx context.Context, region string, held Run, bring func(w Writer, now Run) (Run, error)) (Run, error) {
	var x Run
	err := l.Record.Update(ctx, region, func(w Writer) error {
		now, err := l.holds(w, held)
		if err != nil {
			return err
		}
		next, err := bring(w, now)
		if err != nil {
			return err
		}
		next.At = l.now()
		x, err = addRun(w, next)
		return err
	})
	return x, err
}

// SetAside ends a run that was begun as often as it may be, for which Take gave [ErrSpent], with what bring keeps of it. If it can be
// taken, is held or is over by now, the error is that of Take, or a [model.Error] with CodeConflict.
func (l *Ledger) SetAside(ctx context.Context, region, name string, bring func(w Writer, now Run) (Run, error)) (Run, error) {
	var x Run
	err := l.Record.Update(ctx, region, func(w Writer) error {
		now, err := l.take(w, name)
		if err == nil {
			return model.Errorf(model.CodeConflict, "The run %s may still be tried again.", name)
		}
		if !errors.Is(err, ErrSpent) {
			return err
		}
		if now, err = bring(w, now); err != nil {
			return err
		}
		now.State, now.At = RunAside, l.now()
		x, err = addRun(w, now)
		return err
	})
	return x, err
}

func (l *Ledger) now() time.Time {
	if l.Now == nil {
		return time.Now().UTC()
	}
	return l.Now().UTC()
}

// take is Take within a transaction.
func (l *Ledger) take(w Writer, name string) (Run, error) {
	x, err := lastRun(w, name)
	switch {
	case err != nil:
		return x, err
	case x.Version == 0:
		return x, model.Errorf(model.CodeNotFound, "found no run %q in this region; list the runs to see what there is", name)
	case x.State.Over():
		return x, model.Errorf(model.CodeConflict, "The run %s is over already: it is %s.", name, x.State)
	case !l.free(&x):
		return x, model.Errorf(model.CodeConflict, "The run %s is being carried out by another worker.", name)
	case x.Attempts >= l.attempts():
		return x, ErrSpent
	}
	return l.hold(w, x, RunRunning)
}

// attempts gives how often a run is begun at most.
func (l *Ledger) attempts() int {
	if l.Attempts < 1 {
		return mostAttempts
	}
	return l.Attempts
}

// hold makes a run this worker's, with a new fence. Running counts as an attempt.
func (l *Ledger) hold(w Writer, x Run, state RunState) (Run, error) {
	if x.State == RunRunning {
		x.Errors = append(x.Errors, notHeardOf)
	}
	if state == RunRunning {
		x.Attempts++
	}
	now := l.now()
	x.State, x.Worker, x.Fence, x.Until, x.At = state, l.Worker, x.Version+1, now.Add(lease), now
	return addRun(w, x)
}

// free reports whether a run may be taken: nobody holds it, or this worker does and it waits, or its holder's time is up by this
// worker's clock. A time that no holder could have been given by now was given by a clock that was wrong, and does not count.
func (l *Ledger) free(x *Run) bool {
	if x.Worker == "" || x.Worker == l.Worker && x.State == RunQueued {
		return true
	}
	left := x.Until.Sub(l.now())
	return left < -skew || left > lease+skew
}

// holds looks whether a run is still held as it was taken, and gives its last state.
func (l *Ledger) holds(r Reader, held Run) (Run, error) {
	now, err := lastRun(r, held.Name)
	if err != nil {
		return now, err
	}
	if now.State.Over() || now.Worker != l.Worker || now.Fence != held.Fence {
		return now, model.Errorf(model.CodeConflict,
			"The run %s was taken over while this worker was not heard of: it was held under fence %d and is under %d now. Nothing of this one's work was kept.",
			held.Name, held.Fence, now.Fence)
	}
	return now, nil
}

// lostTo reports whether an error says that a run is not held any more.
func lostTo(err error) bool {
	e, ok := errors.AsType[*model.Error](err)
	return ok && e.Code == model.CodeConflict
}
