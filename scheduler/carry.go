package scheduler

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"runtime"
	"time"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
)

// carried is one search that this process carries out.
type carried struct {
	who    model.Principal
	region string
	draft  Draft
	held   *tenure
	q      PlanRequest
}

// start has a run carried out that this process holds, when its turn comes.
func (s *Service) start(ctx context.Context, c carried) {
	id := c.draft.ID
	c.held.keep(ctx, func() { s.Runs.stop(id) })
	s.Runs.ask(id, func(ctx context.Context, x *run) { s.carry(ctx, x, c) })
}

// carry searches and records what came of it. An attempt that died is made again, as often as the policy allows.
func (s *Service) carry(ctx context.Context, x *run, c carried) {
	defer c.held.letGo()
	began := s.Runs.now()
	last := time.Time{}
	c.q.OnProgress = func(p solver.Progress) {
		now := s.Runs.now()
		if now.Sub(last) < 250*time.Millisecond {
			return
		}
		last = now
		x.tell(RunEvent{State: Running, Phase: "searching", Elapsed: now.Sub(began), Rounds: p.Rounds, Planned: p.Planned, Placed: p.Placed,
			Open: p.Open, MustFix: p.Score.Hard(), Value: p.Score.Value()})
	}
	d := &c.draft
	limited, stop := context.WithTimeout(ctx, d.Deadline.Sub(d.At))
	defer stop()
	var res *PlanResult
	var err error
	for again := true; again; {
		if err = s.begin(ctx, &c); err != nil {
			break
		}
		var failed error
		res, failed = s.search(limited, c.q)
		again, err = s.end(ctx, &c, res, failed, s.Runs.now().Sub(began))
	}
	e := RunEvent{Phase: "ended", Elapsed: s.Runs.now().Sub(began), Last: true}
	if errors.Is(err, ErrSpent) {
		err = s.setAside(ctx, &c)
	}
	if lostTo(err) || errors.Is(err, errHandedBack) {
		x.leave()
		return
	}
	if err != nil {
		// It could not be recorded: whoever asks later is told that it never came back.
		d.State, d.Failure = Failed, "its end could not be recorded."
	}
	if res != nil {
		e.Rounds, e.Planned, e.Placed, e.Open = res.Rounds, res.Planned, d.Summary.People, d.Summary.Sessions
		e.MustFix, e.Value = res.Score.Hard(), res.Score.Value()
	}
	e.State = d.State
	x.mu.Lock()
	x.state = d.State
	x.mu.Unlock()
	x.tell(e)
}

// begin takes a run for the next attempt.
func (s *Service) begin(ctx context.Context, c *carried) error {
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), endTime)
	defer stop()
	return patiently(ctx, func() error { return c.held.take(ctx) })
}

// panicError is what a search panicked with.
type panicError struct{ value any }

func (e *panicError) Error() string { return fmt.Sprintf("search: panic: %v", e.value) }

// search has the search made. Whatever goes wrong in it costs that one alone.
func (s *Service) search(ctx context.Context, q PlanRequest) (res *PlanResult, err error) {
	defer func() {
		if p := recover(); p != nil {
			res, err = nil, &panicError{p}
		}
	}()
	if err := ctx.Err(); err != nil { // stopped while it waited
		return nil, err
	}
	res, err = s.Runs.Search(ctx, q)
	switch {
	case err != nil:
		return nil, err
	case res == nil || res.Roster == nil:
		return nil, errors.New("search: neither a plan nor an error")
	}
	return res, nil
}

// end records what came of an attempt, in the transaction that looks whether the run is still this worker's. The words have judged the
// result; what they refuse is not recorded. It reports whether another attempt is to be made.
func (s *Service) end(ctx context.Context, c *carried, res *PlanResult, failed error, took time.Duration) (again bool, err error) {
	stopped := ctx.Err() != nil
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), endTime) // whoever asked may be gone
	defer stop()
	attempts := c.held.seen().Attempts
	if failed != nil && !stopped && dies(failed) && attempts < c.held.ledger.attempts() {
		return true, c.held.save(ctx, func(x *Run) {
			x.State, x.Failure, x.Errors = RunQueued, failure(failed), append(x.Errors, blame(failed))
		})
	}
	if stopped && s.Engine != nil && s.Runs.ending() && c.held.seen().Stop == "" {
		return false, s.handBack(ctx, c)
	}
	d := &c.draft
	d.Version++
	d.At, d.State = s.now(), Ready
	switch {
	case failed != nil:
		d.State, d.Failure = Failed, failure(failed)
	case res.Interrupted:
		d.State = Stopped
	}
	k := Command{Key: newID(), Reason: d.Failure} // nobody else's key can stand in the way of it
	return false, patiently(ctx, func() error { return s.recordEnd(ctx, c, k, res, failed, took) })
}

// errHandedBack says that a run was given to the queue again because this process ends.
var errHandedBack = errors.New("the run was handed back")

// handBack lets go of a run that this process does not finish because it ends, for another one to make from the beginning. The attempt
// does not count. If that cannot be recorded, the run is found as that of a process that died.
func (s *Service) handBack(ctx context.Context, c *carried) error {
	err := c.held.save(ctx, func(x *Run) { x.State, x.Worker, x.Attempts = RunQueued, "", x.Attempts-1 })
	if err == nil {
		x := c.held.seen()
		_ = s.Engine.Enqueue(ctx, s.task(c.region, &x, &c.draft)) // what is lost on the way is found in the ledger
	}
	return errors.Join(errHandedBack, err)
}

// endTime is how long it is tried to record the end of a search, and how long a night waits for a record that is away.
const endTime = 2 * time.Minute

// patiently does something again while the record is away, until the context ends: the work of a search is worth waiting for a record that
// comes back. What is done must have one effect however often it is done.
func patiently(ctx context.Context, do func() error) error {
	for pause := 100 * time.Millisecond; ; pause = min(2*pause, 5*time.Second) {
		err := do()
		if !isAway(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(pause):
		}
	}
}

// isAway reports whether an error says that the record cannot be reached.
func isAway(err error) bool {
	e, ok := errors.AsType[*model.Error](err)
	return ok && e.Code == model.CodeUnavailable
}

// recordEnd makes the change that records the end of a run. The same key makes it once, however often it is tried.
func (s *Service) recordEnd(ctx context.Context, c *carried, k Command, res *PlanResult, failed error, took time.Duration) error {
	d := &c.draft
	var answer struct{}
	return s.change(ctx, c.who, c.region, k, d.ID, &answer, func(w Writer) (deed, error) {
		now, err := c.held.check(w)
		if err != nil {
			return deed{}, err
		}
		now.At, now.Failure = s.now(), d.Failure
		var did deed
		switch {
		case failed == nil:
			if did, err = s.keepResult(w, d, res, took, &now); err != nil {
				return deed{}, err
			}
		case dies(failed) || faultBehind(failed) != nil:
			now.Errors = append(now.Errors, blame(failed))
			if did, err = failedPlan(w, d, &now, RunAside); err != nil {
				return deed{}, err
			}
		default:
			if did, err = failedPlan(w, d, &now, RunFailed); err != nil {
				return deed{}, err
			}
		}
		_, err = addRun(w, now)
		return did, err
	})
}

// keepResult writes a plan that was made, and notes it in its run.
func (s *Service) keepResult(w Writer, d *Draft, res *PlanResult, took time.Duration, now *Run) (deed, error) {
	d.Rounds, d.Planned, d.Cut, d.Deltas, d.Why, d.Baseline = res.Rounds, res.Planned, res.Cut.String(), res.Deltas, res.Why, res.Baseline
	d.Bound = res.Bound
	var err error
	if d.Unplaced, err = keep(w, res.Unplaced); err != nil {
		return deed{}, err
	}
	if res.Few != nil {
		if d.Few, err = keep(w, res.Few); err != nil {
			return deed{}, err
		}
	}
	if err := keepNeeds(w, d, res); err != nil {
		return deed{}, err
	}
	sn := &model.Snapshot{}
	if err := kept(w, d.Snapshot, sn); err != nil {
		return deed{}, err
	}
	did, err := s.keepRoster(w, d, sn, res.Roster, "plan-made")
	now.State, now.Done = RunMade, Done{Roster: d.Roster, Cut: res.Cut, Rounds: res.Rounds, Planned: res.Planned, Deltas: res.Deltas,
		Placed: d.Summary.People, Broken: d.Summary.Broken, Value: d.Summary.Value, Took: took}
	return did, err
}

// failedPlan writes a draft without a roster. A run that is set aside gets its bundle.
func failedPlan(w Writer, d *Draft, now *Run, state RunState) (deed, error) {
	now.State = state
	if state == RunAside {
		var err error
		if now.Bundle, err = keep(w, Bundle{Run: now.Name, Work: now.Work, Attempts: now.Attempts, Errors: now.Errors}); err != nil {
			return deed{}, err
		}
	}
	return deed{action: "plan-failed", subject: d.Week.String() + " " + d.ID, version: d.Version, content: d.Snapshot},
		addEntry(w, KindDraft, d.ID, d.Version-1, d)
}

// setAside ends a run that died with its workers as often as it may.
func (s *Service) setAside(ctx context.Context, c *carried) error {
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
	defer stop()
	d := &c.draft
	d.Version++
	d.At, d.State, d.Failure = s.now(), Failed, noAnswer
	_, err := c.held.ledger.SetAside(ctx, c.region, d.ID, func(w Writer, now Run) (Run, error) {
		now.Failure = d.Failure
		did, err := failedPlan(w, d, &now, RunAside)
		if err != nil {
			return now, err
		}
		return now, s.tell(w, c.who, d.Failure, did)
	})
	return err
}

// dies reports whether an attempt ended without an answer, so that another one may have better luck: a search that answers, even with
// a fault that it found in itself, answers the same again.
func dies(err error) bool {
	if faultBehind(err) != nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return false
	}
	e, ok := errors.AsType[*model.Error](err)
	return !ok || e.Code == model.CodeInternal || e.Code == model.CodeUnavailable
}

func faultBehind(err error) *FaultError {
	f, _ := errors.AsType[*FaultError](err)
	return f
}

// blame says what an attempt died of without a word that could be about somebody.
func blame(err error) string {
	if f := faultBehind(err); f != nil {
		return f.Error()
	}
	if x, ok := errors.AsType[*exec.ExitError](err); ok {
		return "its process ended: " + x.ProcessState.String()
	}
	if p, ok := errors.AsType[*panicError](err); ok {
		if r, ok := p.value.(runtime.Error); ok {
			return "panic: " + r.Error()
		}
		return "panic"
	}
	if e, ok := errors.AsType[*model.Error](err); ok {
		return string(e.Code)
	}
	return "an error of the program"
}

// stoppedEarly is why a search has no answer that somebody stopped, or its process, before there was any.
const stoppedEarly = "it was stopped before there was any plan."

// failure words why a search has no answer. What is not for people is not told to them.
func failure(err error) string {
	var e *model.Error
	if errors.As(err, &e) && e.Code != model.CodeInternal {
		return e.Message
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return stoppedEarly
	}
	if errors.As(err, &e) {
		return e.Message
	}
	return "the search ended with a fault of the program."
}
