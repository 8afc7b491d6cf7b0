package scheduler

import (
	"bytes"
	"cmp"
	"context"
	"slices"

	"github.com/communitypayback/payback/model"
)

// RunHistory gives the latest runs of a region, searches and nights, the one asked for last first. It needs any role.
func (s *Service) RunHistory(ctx context.Context, who model.Principal, region string, limit int) ([]Run, error) {
	if err := may(who, region, readers); err != nil {
		return nil, err
	}
	var out []Run
	err := s.Record.View(ctx, region, func(r Reader) error {
		names, err := r.Names(KindRun)
		if err != nil {
			return err
		}
		out = nil // the record may be looked at anew
		for _, name := range names {
			x, err := lastRun(r, name)
			if err != nil {
				return err
			}
			out = append(out, x)
		}
		return nil
	})
	slices.SortFunc(out, func(a, b Run) int { return cmp.Or(b.Asked.Compare(a.Asked), cmp.Compare(b.Name, a.Name)) })
	return out[:min(len(out), max(0, limit))], err
}

// Run gives one run by its name, or a [model.Error] with CodeNotFound. It needs any role.
func (s *Service) Run(ctx context.Context, who model.Principal, region, name string) (Run, error) {
	var x Run
	if err := may(who, region, readers); err != nil {
		return x, err
	}
	err := s.Record.View(ctx, region, func(r Reader) error {
		var err error
		if x, err = lastRun(r, name); err == nil && x.Version == 0 {
			err = noRun(name)
		}
		return err
	})
	return x, err
}

func noRun(name string) error {
	return model.Errorf(model.CodeNotFound, "found no run %q in this region; list the runs to see what there is. Plans that were made before runs were recorded have none.", name)
}

// Replayed is what a run that was made again gave.
type Replayed struct {
	Run    Run
	Roster model.Digest // of what it gave this time; zero: it gave nothing again
	Same   bool         // the same bytes as the first time, or the same want of an answer
	Bytes  int          // of the roster
	Ended  string       // why there is no roster this time; empty: there is one
}

// Replay makes a search again from what its run says it was made of, and compares what it gives byte by byte. Nothing is recorded. A
// run that goes on, or a night, which is made of several, gives a [model.Error]. It needs a roster manager or a planner.
func (s *Service) Replay(ctx context.Context, who model.Principal, region, name string) (Replayed, error) {
	out := Replayed{}
	if err := may(who, region, planners); err != nil {
		return out, err
	}
	var q PlanRequest
	var first []byte
	if err := s.Record.View(ctx, region, func(r Reader) error {
		var err error
		if out.Run, err = lastRun(r, name); err != nil {
			return err
		}
		switch x := &out.Run; {
		case x.Version == 0:
			return noRun(name)
		case isNight(name):
			return model.Errorf(model.CodeUsage, "found the night %s; expected one of the searches that it made, which its report names", name)
		case !x.State.Over():
			return model.Errorf(model.CodeConflict, "The run %s is not over; wait for it.", name)
		}
		if q, err = s.request(r, &out.Run.Work); err != nil || out.Run.State != RunMade {
			return err
		}
		cut := out.Run.Done.Cut
		q.Needs = false // which decides nothing about the roster
		q.CutAt, q.Rounds, q.Time = &cut, out.Run.Done.Planned, 0
		first, err = r.Content(out.Run.Done.Roster)
		return err
	}); err != nil {
		return out, err
	}
	if s.Runs == nil {
		return out, model.Errorf(model.CodeUnavailable, "This process makes no plans; ask another one.")
	}
	if !s.again.TryLock() {
		return out, model.Errorf(model.CodeBusy, "A search is being made again already. Try again when it is done.")
	}
	defer s.again.Unlock()
	q.Workers = s.Runs.Workers
	res, err := s.search(ctx, q)
	if ctx.Err() != nil {
		return out, ctx.Err()
	}
	if err != nil {
		out.Ended, out.Same = blame(err), out.Run.State != RunMade
		return out, nil
	}
	again, err := written(res.Roster)
	if err != nil {
		return out, err
	}
	out.Roster, out.Bytes, out.Same = ContentDigest(again), len(again), bytes.Equal(first, again)
	return out, nil
}
