package constraints

import (
	"fmt"
	"iter"
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// KeepFixed keeps what is too near or was decided by a person. One case: one published entry that is fixed and missing, or
// one entry in frozen time that was not published.
var KeepFixed = &solver.Constraint{
	ID:    "keep-fixed",
	Title: "What is frozen or pinned stays",
	Doc: "A published appointment stays if it is pinned or begins in frozen time, a published duty or trip if its session does. Nothing else is added in frozen time, which " +
		"ends with the next working day once its cut-off has passed.",
	Clauses:    []policy.ClauseID{"keep-fixed", "keep-fixed.cutoff"},
	Level:      solver.Hard,
	Unit:       "fixed entries moved or added",
	Violations: moved,
	Lower:      lowerKeepFixed,
	Explain: func(_ *model.Snapshot, v solver.Violation) string {
		return fmt.Sprintf("%s at %s %s.", who(v), whither(v), v.Why)
	},
}

func moved(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
	return cases(r, func(r *model.Roster, report reporter) {
		was := inOrder(sn.Published)
		frozen := func(k model.SessionKey) bool { return startOf(sn, k) < sn.FrozenUntil }
		say := func(v solver.Violation, why string) {
			v.Why = why
			report(v)
		}
		const gone, added = "is published and fixed, but missing", "is added in frozen time"
		for i := range was.Appointments {
			if a := &was.Appointments[i]; sn.Fixed(a) && !holds(r.Appointments, *a, model.Appointment.Compare) {
				say(here(a), gone)
			}
		}
		for _, d := range was.Duties {
			if frozen(d.Session) && !holds(r.Duties, d, model.Duty.Compare) {
				say(onDuty(d), gone)
			}
		}
		for i := range was.Trips {
			if t := &was.Trips[i]; frozen(t.Session) && !holds(r.Trips, *t, model.Trip.Compare) {
				say(onRoad(t), gone)
			}
		}
		for i := range r.Appointments {
			if a := &r.Appointments[i]; frozen(a.Session) && !holds(was.Appointments, *a, model.Appointment.Compare) {
				say(here(a), added)
			}
		}
		for _, d := range r.Duties {
			if frozen(d.Session) && !holds(was.Duties, d, model.Duty.Compare) {
				say(onDuty(d), added)
			}
		}
		for i := range r.Trips {
			if t := &r.Trips[i]; frozen(t.Session) && !holds(was.Trips, *t, model.Trip.Compare) {
				say(onRoad(t), added)
			}
		}
	})
}

// holds reports whether a sorted list has an entry of the same key.
func holds[T any](all []T, x T, compare func(a, b T) int) bool {
	_, ok := slices.BinarySearchFunc(all, x, compare)
	return ok
}

func lowerKeepFixed(b *solver.Builder) {
	sn := b.Snapshot
	people, supervisors, minibuses := told(b)
	if sn.Published != nil {
		requireFixed(b)
	}
	var near []bool // by session
	for i := range sn.Sessions {
		near = append(near, sn.Sessions[i].Span.Start < sn.FrozenUntil)
	}
	if !slices.Contains(near, true) {
		return
	}
	added := func(held table) func(solver.ActorIx, solver.SessionIx) bool {
		return func(a solver.ActorIx, t solver.SessionIx) bool { return near[t] && !held.has(a, t) }
	}
	b.Forbid(solver.People, added(people))
	b.Forbid(solver.Supervisors, added(supervisors))
	b.Forbid(solver.Minibuses, added(minibuses))
}

// requireFixed asks for what is fixed. What the engine cannot write, because it is no longer known or belongs to another
// requirement than the one worked this week, is missing from every roster it makes.
func requireFixed(b *solver.Builder) {
	sn := b.Snapshot
	want := func(a solver.ActorIx, t solver.SessionIx, ok bool) {
		if ok {
			b.Require(a, t)
			return
		}
		b.Baseline(solver.Score{solver.Hard: 1})
	}
	frozen := func(k model.SessionKey) bool { return sn.Calendar.Instant(k.Date, k.Start) < sn.FrozenUntil }
	for i := range sn.Published.Appointments {
		if x := &sn.Published.Appointments[i]; sn.Fixed(x) {
			want(reproduced(b, x))
		}
	}
	for _, d := range sn.Published.Duties {
		if frozen(d.Session) {
			a, known := b.SupervisorIx(d.Supervisor)
			t, listed := b.SessionIx(d.Session)
			want(a, t, known && listed)
		}
	}
	for i := range sn.Published.Trips {
		if x := &sn.Published.Trips[i]; frozen(x.Session) {
			a, known := b.MinibusIx(x.Minibus)
			t, listed := b.SessionIx(x.Session)
			want(a, t, known && listed)
		}
	}
}
