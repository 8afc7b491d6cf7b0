package scheduler

import (
	"context"
	"errors"
	"time"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver/bound"
)

// Worker carries out what the ledger says is to be done. It asks for nothing by itself, so it has nobody's roles: each run was asked
// for by somebody who had them, in whose name it ends.
type Worker struct{ Office *Service }

// takeUpWithin is how long after it was asked for a run is taken up that nobody carries out. Later, whoever asked has asked again.
const takeUpWithin = 12 * time.Hour

// takesUp reports whether a run without a worker is still worth taking up: one that never began, or a part of a night. What somebody
// waited for and was begun is not, once the time is past that it was to take.
func (s *Service) takesUp(x *Run, d *Draft) bool {
	if x.Version == 0 || x.State.Over() || s.now().After(x.Asked.Add(takeUpWithin)) {
		return false
	}
	return x.State == RunQueued || x.Work.Night != "" || !s.now().After(d.Deadline)
}

// Carry carries out a run that a queue handed over, and returns when it is over. A run that is over, or that somebody else carries
// out, is no error: queues give tasks twice.
func (k Worker) Carry(ctx context.Context, t Task) error {
	s := k.Office
	if s.Runs == nil {
		return model.Errorf(model.CodeUnavailable, "This process makes no plans; hand the run to another one.")
	}
	x := s.Runs.find(t.Run)
	if x == nil {
		if err := s.takeUp(ctx, t.Region, t.Run); err != nil {
			if lostTo(err) {
				return nil
			}
			return err
		}
		if x = s.Runs.find(t.Run); x == nil {
			return nil // it is over already
		}
	}
	for n := 0; ; {
		events, more := x.after(n)
		if len(events) > 0 {
			n = events[len(events)-1].Sequence
		}
		if more == nil || len(events) > 0 && events[len(events)-1].Last {
			return nil
		}
		select {
		case <-more:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// TakeUp takes up the searches of a region that nobody carries out, because whoever held them died or a queue lost them, and says of
// those that it does not take up that they are lost. It gives how many these are in all. Where there is a queue it hands them to that,
// and takes up itself only what the queue does not take.
func (k Worker) TakeUp(ctx context.Context, region string) (int, error) {
	s := k.Office
	names, err := s.unfinished(ctx, region)
	if err != nil || s.Runs == nil {
		return 0, err
	}
	n := 0
	var bad []error
	for _, name := range names {
		if s.Runs.find(name) != nil {
			continue
		}
		take := s.takeUp
		if s.Engine != nil {
			take = s.handOver
		}
		switch err := take(ctx, region, name); {
		case err == nil:
			n++
		case !lostTo(err):
			bad = append(bad, err)
		}
	}
	return n, errors.Join(bad...)
}

// unfinished lists the searches of a region that are not over.
func (s *Service) unfinished(ctx context.Context, region string) ([]string, error) {
	var out []string
	err := s.Record.View(ctx, region, func(r Reader) error {
		names, err := r.Names(KindRun)
		if err != nil {
			return err
		}
		out = nil // the record may be looked at anew
		for _, name := range names {
			if isNight(name) || s.Runs != nil && s.Runs.knownOver(region, name) {
				continue
			}
			x, err := lastRun(r, name)
			switch {
			case err != nil:
				return err
			case !x.State.Over():
				out = append(out, name)
			case s.Runs != nil:
				s.Runs.noteOver(region, name)
			}
		}
		return nil
	})
	return out, err
}

// takeUp makes a run that nobody holds this process's and has it carried out when its turn comes. One that is not worth it is recorded
// as lost. A [model.Error] with CodeConflict says that there is nothing to be done.
func (s *Service) takeUp(ctx context.Context, region, name string) error {
	if err := s.Runs.reserve(true); err != nil {
		return err
	}
	l := s.ledger()
	var c *carried
	err := s.Record.Update(ctx, region, func(w Writer) error {
		c = nil // a change may be made anew
		x, err := lastRun(w, name)
		if err != nil {
			return err
		}
		if x.Version == 0 || x.State.Over() || !l.free(&x) {
			return model.Errorf(model.CodeConflict, "The run %s is over, or another worker carries it out.", name)
		}
		d, err := lastDraft(w, name)
		if err != nil {
			return err
		}
		if !s.takesUp(&x, &d) {
			return s.lose(w, x, d, noAnswer)
		}
		if x, err = l.hold(w, x, RunQueued); err != nil {
			return err
		}
		c = &carried{who: model.Principal{Name: d.Who}, region: region, held: s.newTenure(region, x)}
		if c.q, err = s.request(w, &x.Work); err != nil {
			return err
		}
		d.Version++
		d.At, d.Deadline = s.now(), s.now().Add(d.Deadline.Sub(d.At))
		c.draft = d
		return addEntry(w, KindDraft, d.ID, d.Version-1, d)
	})
	if err != nil || c == nil {
		s.Runs.free()
		return err
	}
	c.q.Workers = s.Runs.Workers
	s.start(ctx, *c)
	return nil
}

// noAnswer is why a search has no plan whose worker was not heard of again.
const noAnswer = "whoever searched for it stopped without an answer."

// lose records that nothing comes of a run, and why.
func (s *Service) lose(w Writer, x Run, d Draft, why string) error {
	d.Version++
	d.At, d.State, d.Failure = s.now(), Failed, why
	x.At, x.Failure = d.At, d.Failure
	did, err := failedPlan(w, &d, &x, RunFailed)
	if err != nil {
		return err
	}
	if _, err := addRun(w, x); err != nil {
		return err
	}
	return s.tell(w, model.Principal{Name: d.Who}, d.Failure, did)
}

// request gives a search anew from what the record kept of its work.
func (s *Service) request(r Reader, x *Work) (PlanRequest, error) {
	q := PlanRequest{Snapshot: &model.Snapshot{}, Constraints: s.Constraints, Seed: x.Seed, Rounds: x.Rounds, Time: x.Limit, Needs: x.Night != ""}
	if err := kept(r, x.Snapshot, q.Snapshot); err != nil {
		return q, err
	}
	var err error
	if (x.Start != model.Digest{}) {
		if q.Start, err = s.rosterOf(r, x.Start); err != nil {
			return q, err
		}
	}
	if (x.Warm != model.Digest{}) {
		q.Warm = &bound.FewPrices{}
		err = kept(r, x.Warm, q.Warm)
	}
	return q, err
}
