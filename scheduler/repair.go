package scheduler

import (
	"context"
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
)

// RepairRequest asks what can be done about a published week in which something went wrong.
type RepairRequest struct {
	Week     model.Week
	Happened []Happening
	// Budget is how many people may have to be told that their sessions change; negative: as many as it takes.
	Budget int
	// Curve lists budgets for which the best value is asked; with any, there are no options.
	Curve []int
	// ShortNotice lets what is frozen be changed as well, as long as it has not begun. Whoever publishes it has to release each case.
	ShortNotice bool
	Seed        uint64
}

// Repairing is a week in which something went wrong, and what can be done about it.
type Repairing struct {
	*solver.Repair

	Snapshot  *model.Snapshot // with what happened in it
	Published RosterVersion   // what the record says of the published roster; zero for files
	// Moved are groups that go to their wet places on the days on which it rains now, in order: nobody is told another session.
	Moved []model.WetPlan

	constraints []*solver.Constraint
}

// Cases words what the words of rules found in the published roster as things are now, or in an option.
func (x *Repairing) Cases(found []solver.Violation) []Case {
	return casesOf(x.Snapshot, found, x.constraints)
}

// Repair says what can be done about a published week in which something went wrong: options that trade people to tell for work
// kept. It changes nothing. It needs a roster manager or a planner. What cannot be mended is told in the options, and is no error.
func (s *Service) Repair(ctx context.Context, who model.Principal, region string, q RepairRequest) (*Repairing, error) {
	if err := may(who, region, planners); err != nil {
		return nil, err
	}
	var (
		sn *model.Snapshot
		v  RosterVersion
	)
	err := s.Record.View(ctx, region, func(r Reader) error {
		roster, at, err := s.published(r, q.Week, 0)
		if err != nil {
			return err
		}
		if roster == nil {
			return nothingPublished(q.Week)
		}
		v = at
		sn, _, err = s.freeze(r, q.Week)
		return err
	})
	if err != nil {
		return nil, err
	}
	key, err := digestOf(struct {
		Snapshot model.Digest
		Request  RepairRequest
	}{sn.Digest(), q})
	if err != nil {
		return nil, err
	}
	return look(&s.repairs, keptRepairs, key, func() (*Repairing, error) {
		x, err := RepairWeek(ctx, sn, q, s.Constraints)
		if err == nil {
			x.Published = v
		}
		return x, err
	})
}

// keptRepairs is how many repairs are kept, for whoever chooses one of their options.
const keptRepairs = 4

// RepairWeek repairs the published roster of a frozen week.
func RepairWeek(ctx context.Context, sn *model.Snapshot, q RepairRequest, constraints []*solver.Constraint) (*Repairing, error) {
	if len(q.Happened) == 0 {
		return nil, model.Errorf(model.CodeUsage, "found nothing that went wrong; say what happened, such as a supervisor who is off")
	}
	if sn.Published == nil {
		return nil, nothingPublished(sn.Week)
	}
	known := solver.Check(sn, sn.Published, constraints)
	known = slices.DeleteFunc(known, func(v solver.Violation) bool {
		return v.Waived || ruleOf(constraints, v.Constraint).Level == solver.Soft
	})
	var edits []model.Edit
	if q.ShortNotice {
		edits = append(edits, model.Thaw{})
	}
	for i := range q.Happened {
		more, err := q.Happened[i].Edits(sn)
		if err != nil {
			return nil, err
		}
		edits = append(edits, more...)
	}
	now, err := sn.With(edits...)
	if err != nil {
		return nil, err
	}
	p, err := solver.Compile(now, constraints)
	if err != nil {
		return nil, err
	}
	x := &Repairing{Snapshot: now, constraints: constraints, Moved: movedByRain(now, q.Happened)}
	o := solver.RepairOptions{Seed: q.Seed, Budget: q.Budget, Known: known}
	if len(q.Curve) > 0 {
		x.Repair, err = p.Curve(ctx, o, q.Curve)
	} else {
		x.Repair, err = p.Repair(ctx, o)
	}
	if err == nil {
		err = ctx.Err() // half an answer is none that may be kept
	}
	return x, err
}

// movedByRain lists the published wet plans that come into force.
func movedByRain(sn *model.Snapshot, happened []Happening) []model.WetPlan {
	var out []model.WetPlan
	for _, w := range sn.Published.WetPlans {
		at := sn.Project(w.Session.Project)
		if at == nil || len(sn.Published.In(w.Session)) == 0 {
			continue
		}
		permille, _ := sn.Rain(at, w.Session.Date)
		if permille == 1000 && slices.ContainsFunc(happened, func(h Happening) bool {
			return h.Kind == ItRains && h.From <= w.Session.Date && w.Session.Date <= max(h.From, h.To)
		}) {
			out = append(out, w)
		}
	}
	return out
}

// KeepRepair keeps an option of a repair, counted from 0, as a plan. Publication judges it again, by the facts as they are then. The
// roster's digest says which option was looked at: where the week has changed so that it is another one now, that is a [model.Error]
// with CodeConflict. It needs a roster manager.
func (s *Service) KeepRepair(ctx context.Context, who model.Principal, region string, q RepairRequest, option int, seen model.Digest, c Command) (Draft, error) {
	if err := may(who, region, editors); err != nil {
		return Draft{}, err
	}
	q.Curve = nil
	request := struct {
		Action string
		Asked  RepairRequest
		Option int
		Seen   model.Digest
	}{"keep-repair", q, option, seen}
	// A repeat gets the first answer, also when the week has become another one by now.
	var made Draft
	sum, err := sumOf(who, request)
	if err != nil {
		return made, err
	}
	known := false
	if err := s.Record.View(ctx, region, func(r Reader) error {
		var err error
		known, err = repeated(r, c.Key, sum, &made)
		return err
	}); known || err != nil {
		return made, err
	}
	x, err := s.Repair(ctx, who, region, q)
	if err != nil {
		return Draft{}, err
	}
	if option < 0 || option >= len(x.Options) {
		return Draft{}, model.Errorf(model.CodeNotFound, "found option %d; this repair has %d", option+1, len(x.Options))
	}
	roster := x.Options[option].Roster
	is, err := OptionDigest(roster)
	if err != nil {
		return Draft{}, err
	}
	if seen != (model.Digest{}) && seen != is {
		return Draft{}, model.Errorf(model.CodeConflict, "The week has changed since this option was made, and option %d is another one now. Ask again, and look at it.", option+1)
	}
	return s.keepDraft(ctx, who, region, roster, x.Published.Version, "it repairs what is published", c, request)
}

// OptionDigest names the roster of an option. It does not depend on the minute in which the option was made.
func OptionDigest(r *model.Roster) (model.Digest, error) {
	x := *r
	x.From = model.Digest{}
	return digestOf(&x)
}

// casesOf words what the words of rules found.
func casesOf(sn *model.Snapshot, found []solver.Violation, constraints []*solver.Constraint) []Case {
	var out []Case
	for _, v := range found {
		out = append(out, caseOf(sn, ruleOf(constraints, v.Constraint), v))
	}
	return out
}
