package scheduler

import (
	"context"
	"time"

	"github.com/communitypayback/payback/model"
)

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
