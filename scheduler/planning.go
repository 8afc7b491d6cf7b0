package scheduler

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
)

// The limits of a search that may be asked for.
const (
	maxSearch = time.Hour
	// grace is how long a search may take beyond its limit to be compiled, judged and recorded.
	grace = 2 * time.Minute
	// byRounds is how long a search without a limit of time may take in all.
	byRounds = 2 * time.Hour
)

// CreatePlan asks for a plan of a week and returns at once: the search goes on by itself, and its end is recorded. It needs
// a roster manager or a planner. Too many searches at once give a [model.Error] with CodeBusy.
func (s *Service) CreatePlan(ctx context.Context, who model.Principal, region string, q RunRequest, c Command) (Draft, error) {
	if err := may(who, region, planners); err != nil {
		return Draft{}, err
	}
	if err := q.valid(); err != nil {
		return Draft{}, err
	}
	request := struct {
		Action string
		RunRequest
	}{"plan", q}
	var made Draft
	var start *PlanRequest
	reserved, ours := false, "" // a place among the searches, and the plan it is for; not if the key was answered before
	err := s.change(ctx, who, region, c, request, &made, func(w Writer) (deed, error) {
		asked, err := q.Of(s.Policy, s.Constraints, q.Week)
		if err != nil {
			return deed{}, err
		}
		sn, facts, err := s.freeze(w, q.Week)
		if err != nil {
			return deed{}, err
		}
		if sn, err = Priced(sn, s.Policy, asked); err != nil {
			return deed{}, err
		}
		if s.Runs == nil {
			return deed{}, model.Errorf(model.CodeUnavailable, "This process makes no plans; ask another one.")
		}
		if !reserved { // a change may be made anew
			if err := s.Runs.reserve(); err != nil {
				return deed{}, err
			}
			reserved = true
		}
		start = &PlanRequest{Snapshot: sn, Constraints: s.Constraints, Seed: q.Seed, Workers: s.Runs.Workers, Rounds: q.Rounds, Time: q.Time}
		if q.From != "" {
			if start.Start, err = s.startOf(w, q.From, q.Week); err != nil {
				return deed{}, err
			}
		}
		var warm model.Digest
		if start.Warm, warm, err = lastFew(w, q.Week); err != nil {
			return deed{}, err
		}
		n, err := number(w)
		if err != nil {
			return deed{}, err
		}
		made = Draft{ID: newID(), Number: n, Version: 1, Week: q.Week, State: Queued, Facts: facts, Policy: s.Policy.Name, AsOf: sn.AsOf,
			Seed: q.Seed, Warm: warm, Limit: q.Time, Planned: q.Rounds, Asked: asked, Effects: echoed(q.Week, s.Policy, s.Constraints, asked), Who: who.Name, At: s.now(), Deadline: s.now().Add(q.longest())}
		ours = made.ID
		if sn.Published != nil {
			made.Base = sn.Published.Version
		}
		if made.Snapshot, err = keep(w, sn); err != nil {
			return deed{}, err
		}
		return deed{action: "plan", subject: made.Week.String() + " " + made.ID, version: 1, content: made.Snapshot},
			addEntry(w, KindDraft, made.ID, 0, made)
	})
	if reserved && (err != nil || made.ID != ours) { // another process may have answered the key meanwhile
		s.Runs.free()
		reserved = false
	}
	switch {
	case err != nil:
		return Draft{}, err
	case reserved:
		d := made
		s.Runs.ask(d.ID, func(ctx context.Context, x *run) { s.carry(ctx, x, who, region, d, *start) })
	}
	return made, nil
}

// CheckPlan looks at a request for a plan and makes none: whether it could be asked for, and whether the region has facts. It
// needs a roster manager or a planner.
func (s *Service) CheckPlan(ctx context.Context, who model.Principal, region string, q RunRequest) error {
	if err := may(who, region, planners); err != nil {
		return err
	}
	if err := q.valid(); err != nil {
		return err
	}
	if _, err := q.Of(s.Policy, s.Constraints, q.Week); err != nil {
		return err
	}
	_, _, err := s.Facts(ctx, who, region)
	return err
}

func (q *RunRequest) valid() error {
	switch {
	case q.Time < 0 || q.Time > maxSearch:
		return model.Errorf(model.CodeUsage, "found a search of %v; expected at most %v", q.Time, maxSearch)
	case q.Rounds < 0 || q.Rounds > maxRounds:
		return model.Errorf(model.CodeUsage, "found %d rounds of work; expected at most %d", q.Rounds, maxRounds)
	case q.Time == 0 && q.Rounds == 0:
		return model.Errorf(model.CodeUsage, "found no limit for the plan; say how long it may take, or how many rounds")
	}
	return nil
}

// longest gives the time after which nobody need wait for the search any more. The queue before it is not counted: whoever
// asks meanwhile is told that it waits.
func (q *RunRequest) longest() time.Duration {
	if q.Time == 0 {
		return byRounds
	}
	return q.Time + grace
}

// startOf gives the roster of a draft to begin at.
func (s *Service) startOf(r Reader, id string, week model.Week) (*model.Roster, error) {
	d, err := lastDraft(r, id)
	switch {
	case err != nil:
		return nil, err
	case d.Week != week:
		return nil, model.Errorf(model.CodeUsage, "found plan %s of week %v to begin at; expected one of week %v", id, d.Week, week)
	case !d.Usable():
		d = s.standing(d)
		return nil, notUsable(&d)
	}
	return s.rosterOf(r, d.Roster)
}

// carry searches and records what came of it.
func (s *Service) carry(ctx context.Context, x *run, who model.Principal, region string, d Draft, q PlanRequest) {
	began := s.Runs.now()
	last := time.Time{}
	q.OnProgress = func(p solver.Progress) {
		now := s.Runs.now()
		if now.Sub(last) < 250*time.Millisecond {
			return
		}
		last = now
		x.tell(RunEvent{State: Running, Phase: "searching", Elapsed: now.Sub(began), Rounds: p.Rounds, Planned: p.Planned, Placed: p.Placed,
			Open: p.Open, MustFix: p.Score.Hard(), Value: p.Score.Value()})
	}
	limited, stop := context.WithTimeout(ctx, d.Deadline.Sub(d.At))
	res, err := s.search(limited, q)
	stop()
	e := RunEvent{Phase: "ended", Elapsed: s.Runs.now().Sub(began), Last: true}
	if err = s.end(ctx, who, region, &d, res, err); err != nil {
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

// search has the search made. Whatever goes wrong in it costs that one alone.
func (s *Service) search(ctx context.Context, q PlanRequest) (res *PlanResult, err error) {
	defer func() {
		if p := recover(); p != nil {
			res, err = nil, fmt.Errorf("search: panic: %v", p)
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

// end records what came of a search, in d and in the record. The words have judged the result; what they refuse is not
// recorded.
func (s *Service) end(ctx context.Context, who model.Principal, region string, d *Draft, res *PlanResult, failed error) error {
	d.Version++
	d.At, d.State = s.now(), Ready
	switch {
	case failed != nil:
		d.State, d.Failure = Failed, failure(failed)
	case res != nil && res.Interrupted:
		d.State = Stopped
	}
	c := Command{Key: newID(), Reason: d.Failure}                         // nobody else's key can stand in the way of it
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), endTime) // whoever asked may be gone
	defer stop()
	for pause := 100 * time.Millisecond; ; pause = min(2*pause, 5*time.Second) {
		err := s.recordEnd(ctx, who, region, c, d, res)
		if away, ok := errors.AsType[*model.Error](err); !ok || away.Code != model.CodeUnavailable {
			return err
		}
		select { // the work of a search is worth waiting for a record that comes back
		case <-ctx.Done():
			return err
		case <-time.After(pause):
		}
	}
}

// endTime is how long it is tried to record the end of a search.
const endTime = 2 * time.Minute

// recordEnd makes the change that records it. The same key makes it once, however often it is tried.
func (s *Service) recordEnd(ctx context.Context, who model.Principal, region string, c Command, d *Draft, res *PlanResult) error {
	var answer struct{}
	return s.change(ctx, who, region, c, d.ID, &answer, func(w Writer) (deed, error) {
		if res == nil {
			return deed{action: "plan-failed", subject: d.Week.String() + " " + d.ID, version: d.Version, content: d.Snapshot},
				addEntry(w, KindDraft, d.ID, d.Version-1, d)
		}
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
		sn := &model.Snapshot{}
		if err := kept(w, d.Snapshot, sn); err != nil {
			return deed{}, err
		}
		return s.keepRoster(w, d, sn, res.Roster, "plan-made")
	})
}

// failure words why a search has no answer. What is not for people is not told to them.
func failure(err error) string {
	var e *model.Error
	if errors.As(err, &e) && e.Code != model.CodeInternal {
		return e.Message
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return "it was stopped before there was any plan."
	}
	if errors.As(err, &e) {
		return e.Message
	}
	return "the search ended with a fault of the program."
}

// StopPlan ends a search, which keeps the best so far, and waits for its end to be recorded. One that is over stays as it
// is. It needs a roster manager or a planner.
func (s *Service) StopPlan(ctx context.Context, who model.Principal, region, id string) (Draft, error) {
	if err := may(who, region, planners); err != nil {
		return Draft{}, err
	}
	d, err := s.Draft(ctx, who, region, id)
	if err != nil || d.State.Over() {
		return d, err
	}
	if s.Runs == nil || !s.Runs.stop(id) {
		if d, err = s.Draft(ctx, who, region, id); err != nil || d.State.Over() { // it ended meanwhile
			return d, err
		}
		return d, model.Errorf(model.CodeUnavailable, "The plan %s is searched for by another process; ask that one to stop it.", id)
	}
	return s.WaitPlan(ctx, who, region, id)
}

// WaitPlan waits until a search is over or the context ends, and gives the plan as it stands then. It needs any role.
func (s *Service) WaitPlan(ctx context.Context, who model.Principal, region, id string) (Draft, error) {
	err := s.WatchPlan(ctx, who, region, id, 0, func(RunEvent) error { return nil })
	if err != nil && ctx.Err() == nil {
		return Draft{}, err
	}
	return s.Draft(context.WithoutCancel(ctx), who, region, id)
}

// WatchPlan tells the events of a search after a sequence number, as they come, until the last one, an error of tell, or the
// end of the context, whose error it gives. To a watcher who comes when the search is over it tells how it ended. Watching
// never ends a search. It needs any role.
func (s *Service) WatchPlan(ctx context.Context, who model.Principal, region, id string, after int, tell func(RunEvent) error) error {
	if _, err := s.Draft(ctx, who, region, id); err != nil {
		return err
	}
	var x *run
	if s.Runs != nil {
		x = s.Runs.find(id)
	}
	for x != nil {
		events, more := x.after(after)
		if events == nil && more == nil {
			break
		}
		for _, e := range events {
			if err := tell(e); err != nil {
				return err
			}
			if after = e.Sequence; e.Last {
				return nil
			}
		}
		select {
		case <-more:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	d, err := s.Draft(ctx, who, region, id) // which may have ended meanwhile
	if err != nil {
		return err
	}
	return s.watchElsewhere(ctx, who, region, d, after, tell)
}

// watchElsewhere looks now and then whether a search that another process carries out, or that is over, has ended.
func (s *Service) watchElsewhere(ctx context.Context, who model.Principal, region string, d Draft, after int, tell func(RunEvent) error) error {
	tick := time.NewTicker(500 * time.Millisecond)
	defer tick.Stop()
	for {
		e := RunEvent{Sequence: after + 1, State: d.State, Phase: "searching elsewhere", Rounds: d.Rounds, Planned: d.Planned, Last: d.State.Over()}
		if e.Last {
			e.Phase, e.Placed, e.Open, e.MustFix, e.Value = "ended", d.Summary.People, d.Summary.Sessions, d.Summary.Broken, d.Summary.Value
			return tell(e)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return ctx.Err()
		}
		var err error
		if d, err = s.Draft(ctx, who, region, d.ID); err != nil {
			return err
		}
	}
}
