package scheduler

import (
	"context"
	"time"

	"github.com/communitypayback/payback/model"
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
	return s.createPlan(ctx, who, region, q, c, nil)
}

// createPlan is CreatePlan, of a week by itself or as a part of a night.
func (s *Service) createPlan(ctx context.Context, who model.Principal, region string, q RunRequest, c Command, n *nightWork) (Draft, error) {
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
	if n != nil {
		request.Time = 0 // whoever takes a night over may have more or less left, and asks for the same plan
	}
	var made Draft
	var start *carried
	reserved, ours := false, "" // a place among the searches, and the plan it is for; not if the key was answered before
	err := s.change(ctx, who, region, c, request, &made, func(w Writer) (deed, error) {
		if err := n.check(w); err != nil {
			return deed{}, err
		}
		asked, err := q.Of(s.Policy, s.Constraints, q.Week)
		if err != nil {
			return deed{}, err
		}
		sn, facts, err := s.freezeAfter(w, q.Week, n.before())
		if err != nil {
			return deed{}, err
		}
		if sn, err = Priced(sn, s.Policy, asked); err != nil {
			return deed{}, err
		}
		if s.Runs == nil && s.Engine == nil {
			return deed{}, model.Errorf(model.CodeUnavailable, "This process makes no plans; ask another one.")
		}
		if s.Engine == nil && !reserved { // a change may be made anew
			if err := s.Runs.reserve(n != nil); err != nil {
				return deed{}, err
			}
			reserved = true
		}
		x := Run{State: RunQueued, Who: who.Name, Asked: s.now(), Work: Work{Week: q.Week, Policy: s.Policy.Name, Seed: q.Seed, Rounds: q.Rounds, Limit: q.Time, Night: n.name()}}
		p := PlanRequest{Snapshot: sn, Constraints: s.Constraints, Seed: q.Seed, Rounds: q.Rounds, Time: q.Time, Needs: n != nil}
		if p.Start, x.Work.Start, err = s.startOf(w, &q, sn, n); err != nil {
			return deed{}, err
		}
		if p.Warm, x.Work.Warm, err = lastFew(w, q.Week); err != nil {
			return deed{}, err
		}
		number, err := number(w)
		if err != nil {
			return deed{}, err
		}
		made = Draft{ID: newID(), Number: number, Version: 1, Week: q.Week, State: Queued, Facts: facts, Policy: s.Policy.Name, AsOf: sn.AsOf,
			Seed: q.Seed, Warm: x.Work.Warm, Limit: q.Time, Planned: q.Rounds, Asked: asked, Effects: echoed(q.Week, s.Policy, s.Constraints, asked), Who: who.Name, At: s.now(), Deadline: s.now().Add(q.longest())}
		ours = made.ID
		if sn.Published != nil {
			made.Base = sn.Published.Version
		}
		if made.Snapshot, err = keep(w, sn); err != nil {
			return deed{}, err
		}
		x.Name, x.Work.Snapshot = made.ID, made.Snapshot
		x, err = s.enter(w, x)
		if err != nil {
			return deed{}, err
		}
		start = &carried{who: who, region: region, draft: made, held: s.newTenure(region, x), q: p}
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
		start.q.Workers = s.Runs.Workers
		s.start(ctx, *start)
	case start != nil && made.ID == ours:
		x := start.held.seen()
		_ = s.Engine.Enqueue(ctx, s.task(region, &x, &made)) // what is lost on the way is found in the ledger
	}
	return made, nil
}

// enter writes the first state of a run: held by this process, or waiting for whoever the engine gives it to.
func (s *Service) enter(w Writer, x Run) (Run, error) {
	if s.Engine == nil {
		return s.ledger().hold(w, x, RunQueued)
	}
	x.At = s.now()
	return addRun(w, x)
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

// startOf gives the roster to begin at, and its digest: that of a draft which the request names, or in a night that of the night before.
// Nil: what is published.
func (s *Service) startOf(r Reader, q *RunRequest, sn *model.Snapshot, n *nightWork) (*model.Roster, model.Digest, error) {
	switch {
	case q.From != "":
		return s.startNamed(r, q.From, q.Week)
	case n != nil:
		return s.lastNightly(r, sn)
	default:
		return nil, model.Digest{}, nil
	}
}

// startNamed gives the roster of a draft to begin at, and its digest.
func (s *Service) startNamed(r Reader, id string, week model.Week) (*model.Roster, model.Digest, error) {
	d, err := lastDraft(r, id)
	switch {
	case err != nil:
		return nil, d.Roster, err
	case d.Week != week:
		return nil, d.Roster, model.Errorf(model.CodeUsage, "found plan %s of week %v to begin at; expected one of week %v", id, d.Week, week)
	case !d.Usable():
		if d, err = s.standing(r, d); err != nil {
			return nil, d.Roster, err
		}
		return nil, d.Roster, notUsable(&d)
	}
	roster, err := s.rosterOf(r, d.Roster)
	return roster, d.Roster, err
}
