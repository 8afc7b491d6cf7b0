package scheduler

import (
	"context"
	"time"

	"github.com/communitypayback/payback/model"
)

// StopPlan ends a search, which keeps the best so far, and waits for its end to be recorded, whichever process searches. One that is over
// stays as it is. A process that does not say within half a minute that it ended gives a [model.Error] with CodeUnavailable. It needs a
// roster manager or a planner.
func (s *Service) StopPlan(ctx context.Context, who model.Principal, region, id string) (Draft, error) {
	if err := may(who, region, planners); err != nil {
		return Draft{}, err
	}
	d, err := s.Draft(ctx, who, region, id)
	if err != nil || d.State.Over() {
		return d, err
	}
	if s.Runs != nil && s.Runs.stop(id) {
		return s.WaitPlan(ctx, who, region, id)
	}
	if err := s.askToStop(ctx, who, region, id); err != nil {
		return d, err
	}
	limited, stop := context.WithTimeout(ctx, searchEnd)
	defer stop()
	if d, err = s.WaitPlan(limited, who, region, id); err == nil && !d.State.Over() && ctx.Err() == nil {
		err = model.Errorf(model.CodeUnavailable, "The process that searches for plan %s was asked to stop and has not said that it did. Look again in a minute.", id)
	}
	return d, err
}

// askToStop marks a search that another process holds as one that is to end, which that process sees within seconds. One that nobody
// holds ends at once.
func (s *Service) askToStop(ctx context.Context, who model.Principal, region, id string) error {
	return s.Record.Update(ctx, region, func(w Writer) error {
		x, err := lastRun(w, id)
		if err != nil || x.Version == 0 || x.State.Over() || x.Stop != "" {
			return err
		}
		x.Stop = who.Name
		if x.Worker != "" {
			_, err := addRun(w, x)
			return err
		}
		d, err := lastDraft(w, id)
		if err != nil {
			return err
		}
		return s.lose(w, x, d, stoppedEarly)
	})
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
	for {
		over, err := s.watchHere(ctx, id, &after, tell)
		if over || err != nil {
			return err
		}
		if over, err = s.watchElsewhere(ctx, who, region, id, after, tell); over || err != nil {
			return err
		}
	}
}

// watchHere tells the events of a search that this process carries out, as long as it does. It reports whether the last one was told.
func (s *Service) watchHere(ctx context.Context, id string, after *int, tell func(RunEvent) error) (over bool, err error) {
	if s.Runs == nil {
		return false, nil
	}
	for x := s.Runs.find(id); x != nil; {
		events, more := x.after(*after)
		if events == nil && more == nil {
			break
		}
		for _, e := range events {
			if err := tell(e); err != nil {
				return false, err
			}
			if *after = e.Sequence; e.Last {
				return true, nil
			}
		}
		select {
		case <-more:
		case <-ctx.Done():
			return false, ctx.Err()
		}
	}
	return false, nil
}

// watchElsewhere looks now and then whether a search that another process carries out, or that is over, has ended. It returns early
// if this process takes the search up.
func (s *Service) watchElsewhere(ctx context.Context, who model.Principal, region, id string, after int, tell func(RunEvent) error) (over bool, err error) {
	tick := time.NewTicker(500 * time.Millisecond)
	defer tick.Stop()
	for {
		d, err := s.Draft(ctx, who, region, id)
		if err != nil {
			return false, err
		}
		if d.State.Over() {
			return true, tell(RunEvent{Sequence: after + 1, State: d.State, Phase: "ended", Rounds: d.Rounds, Planned: d.Planned, Last: true,
				Placed: d.Summary.People, Open: d.Summary.Sessions, MustFix: d.Summary.Broken, Value: d.Summary.Value})
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return false, ctx.Err()
		}
		if s.Runs != nil {
			if _, live := s.Runs.state(id); live {
				return false, nil
			}
		}
	}
}
