package scheduler

import (
	"context"
	"errors"
	"time"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/bound"
)

// PlanRequest asks for a plan of one frozen week. Equal snapshots, constraints, seeds, rounds, starts and few prices give equal
// rosters; workers and the clock only decide how soon, and the clock where a run is cut.
type PlanRequest struct {
	Snapshot    *model.Snapshot
	Constraints []*solver.Constraint
	Seed        uint64
	Workers     int              // goroutines; less than 1 means 1
	Rounds      int              // rounds of work planned; 0: as many as fit into Time
	CutAt       *solver.CutPoint // where to stop although more is planned, to repeat a run that was cut; nil: nowhere
	Time        time.Duration    // at most so long; 0: as long as Rounds take
	Start       *model.Roster    // where to begin; nil: what is published, if anything is
	Warm        *bound.FewPrices // with which its bound begins, of an earlier plan of the region; nil: with first prices
	Lacking     bool             // also find what is lacking in the week, for [PlanResult.Lacking]; it takes a part of the time
	Needs       bool             // also say what would help the week, for [PlanResult.Needs]; that takes a part of the time too
	Recheck     int64            // deltas between two moves that are judged again by the words; see solver.Options
	OnProgress  func(solver.Progress)
	OnSearched  func()           // the search ended, and the plan is judged; nil: nobody asks. A search in another process does not tell
	Now         func() time.Time // nil: time.Now
}

// PlanResult is a plan that was made and judged.
type PlanResult struct {
	Roster      *model.Roster
	Score       solver.Score // by the words; without fixed parts the engine's own is the same, or the plan is refused
	Violations  []solver.Violation
	Unplaced    []Unplaced
	Bound       *Bounded         // nil: none was found
	Few         *bound.FewPrices // with which its bound ended, for that of a later plan of the region to begin with; nil: it made no step
	Baseline    int64            // broken cases that what is frozen or pinned causes alone; the plan has no more
	Rounds      int              // done
	Planned     int              // in all
	Cut         solver.CutPoint  // where the run ended, to repeat it
	Deltas      int64
	Rechecked   int         // moves that were judged again by the words
	Fault       *FaultError // a fault that was found although the plan is sound; nil: none
	Needs       *Needs      // what would help the week; nil: nobody asked
	Why         string      // why the run ended, in words that fit after "it ended because"
	Interrupted bool        // the context ended before the run did

	lacks *lacks // nil: nobody asked, the context ended first, or the plan was made in another process
}

// Plan compiles the week, searches, and judges what was found in words. A context that ends, or a time that is up, cuts the
// run within a move or two and keeps the best plan so far. It gives a [model.Error]: CodeTooLate when there was no usable
// plan by then, and CodeInternal, with a [*FaultError], when the engine and the words disagree, about the plan or about what a move made
// on the way, or the plan breaks rules beyond what fixed parts cause. That is a fault of the program; such a plan is not handed out.
func Plan(ctx context.Context, q PlanRequest) (*PlanResult, error) {
	if q.Rounds == 0 && q.Time == 0 && q.CutAt == nil {
		return nil, model.Errorf(model.CodeUsage, "found no limit for the plan; say how long it may take, or how many rounds")
	}
	if err := q.fitting(); err != nil {
		return nil, err
	}
	w := newWatch(&q)
	p, err := solver.Unless(ctx, func() (*solver.Problem, error) { return solver.Compile(q.Snapshot, q.Constraints) })
	if err != nil {
		return nil, err
	}
	w.compiled()
	start := q.Start
	if start == nil {
		start = q.Snapshot.Published
	}
	sketch, err := solver.Unless(ctx, func() (*solver.Sketch, error) { return solver.NewSketch(p, start), nil })
	if err != nil {
		return nil, err
	}
	w.sketched(sketch.Progress())
	timed, done := w.timed(ctx)
	defer done()
	sketch, guide, greedy, err := w.beginnings(timed, p, &q, sketch)
	if err != nil {
		return nil, err
	}
	w.sketched(sketch.Progress())
	proved := w.prove(timed, p, &q, guide)
	found, err := solver.Solve(timed, p, solver.Options{
		Seed: q.Seed, Workers: max(1, q.Workers), Rounds: q.Rounds, Pace: w.pace, Stop: w.stop, Cut: q.CutAt, Sketch: sketch, Start: start, Hints: hintsOf(guide), OnRound: w.round,
		Recheck: q.Recheck, OnEnd: q.OnSearched,
	})
	w.ended(ctx, timed)
	proofs, fault := proved()
	if fault != nil {
		return nil, fault
	}
	if f, ok := errors.AsType[*solver.FaultError](err); ok {
		return nil, refusedAfter(f, guidedBy(guide, greedy, &q))
	}
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err() // whoever interrupted knows why
		}
		return nil, err
	}
	res := &PlanResult{
		Roster: found.Roster, Score: found.Score, Violations: found.Violations, Rounds: found.Rounds, Planned: found.Planned, Cut: found.Cut, Deltas: found.Deltas,
		Rechecked: found.Rechecked, Why: w.why(found.Why), Interrupted: ctx.Err() != nil,
	}
	guided := guidedBy(guide, greedy, &q)
	res.Cut.Guided, res.Cut.Warm, res.Cut.Greedy, res.Few = guided.Guided, guided.Warm, guided.Greedy, fewOf(guide)
	if err := res.judge(&q, w.up || res.Interrupted); err != nil {
		return nil, err
	}
	res.Bound, res.Fault = proofs.bound.beside(res)
	res.lacks = proofs.lacks
	reasons, done := w.whole(ctx)
	defer done()
	res.Unplaced = findUnplacedWithin(reasons, p, res.Roster)
	if q.Needs {
		res.Needs = res.needs(proofs.worth)
	}
	return res, nil
}

// Lacking says what is lacking in the week, beside the plan, if the request asked for it. Nil: the context ended before that was known, or
// the plan was made in another process.
func (r *PlanResult) Lacking() *Lacking {
	if r.lacks == nil {
		return nil
	}
	return r.lacks.beside(r.Roster, r.Unplaced)
}

// Judged has the words look at a plan that another process made, as Plan does with its own, and refuses one that must not be
// handed out: it gives a [model.Error] with CodeInternal. The plan's violations are worked out afresh.
func Judged(q *PlanRequest, r *PlanResult) error {
	if r.Roster.From != q.Snapshot.Digest() {
		return model.Errorf(model.CodeInternal, "The plan was refused: it was made from another snapshot. Please report this.")
	}
	if _, err := q.Snapshot.With(model.PublishRoster{Roster: r.Roster}); err != nil {
		return &model.Error{Code: model.CodeInternal, Err: err, Message: "The plan was refused: its form is not that of a roster. Please report this."}
	}
	r.Violations = solver.Check(q.Snapshot, r.Roster, q.Constraints)
	return r.judge(q, r.Interrupted)
}

// judge refuses a roster that must not be handed out, by what the words found in it, which are its Violations.
func (r *PlanResult) judge(q *PlanRequest, cut bool) error {
	words := solver.Total(r.Violations, q.Constraints)
	fixed := FixedPart(q.Snapshot)
	if len(fixed.Appointments)+len(fixed.Duties)+len(fixed.Trips) > 0 {
		// Frozen times are kept as people were told them, which the engine may count otherwise: the words alone decide.
		r.Score = words
	}
	if words != r.Score {
		return r.refuse(q, FaultOfPlan, words,
			"The plan was refused: the search counts %d broken cases and a value of %d millipoints, the independent check %d and %d. Please report this.",
			r.Score.Hard(), r.Score.Value(), words.Hard(), words.Value())
	}
	if r.Score.Hard() == 0 {
		return nil
	}
	r.Baseline = solver.Total(solver.Check(q.Snapshot, fixed, q.Constraints), q.Constraints).Hard()
	switch {
	case r.Score.Hard() <= r.Baseline:
		return nil
	case cut:
		return model.Errorf(model.CodeTooLate,
			"Time ran out before there was a plan that keeps every rule: the best one broke %d cases. Nothing was saved; allow more time.", r.Score.Hard())
	default:
		return r.refuse(q, FaultOfRules, words,
			"The plan was refused: it breaks %d cases of rules that must hold, and what is frozen or pinned causes only %d of them. Please report this.",
			r.Score.Hard(), r.Baseline)
	}
}

// FixedPart gives what of the published roster may not be changed: frozen and pinned appointments, and the duties,
// trips and wet plans of frozen sessions. It is never nil.
func FixedPart(sn *model.Snapshot) *model.Roster {
	fixed := &model.Roster{Region: sn.Region, Week: sn.Week}
	was := sn.Published
	if was == nil {
		return fixed
	}
	frozen := func(k model.SessionKey) bool { return sn.Calendar.Instant(k.Date, k.Start) < sn.FrozenUntil }
	for i := range was.Appointments {
		if sn.Fixed(&was.Appointments[i]) {
			fixed.Appointments = append(fixed.Appointments, was.Appointments[i])
		}
	}
	for _, d := range was.Duties {
		if frozen(d.Session) {
			fixed.Duties = append(fixed.Duties, d)
		}
	}
	for _, t := range was.Trips {
		if frozen(t.Session) {
			fixed.Trips = append(fixed.Trips, t)
		}
	}
	for _, w := range was.WetPlans {
		if frozen(w.Session) {
			fixed.WetPlans = append(fixed.WetPlans, w)
		}
	}
	solver.PlanBreaks(sn, fixed) // which can be made for anybody, so that no lack of them is fixed
	return fixed
}
