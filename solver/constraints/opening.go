package constraints

import (
	"fmt"
	"iter"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// Opening prices what it takes to run a group. One entry: one group session with people, one duty, or one trip.
var Opening = &solver.Constraint{
	ID:    "opening",
	Title: "Running a group costs",
	Doc: "Opening a group session, putting a supervisor on it and sending a minibus each have a price, so that people are gathered where a session runs anyway rather " +
		"than spread over half-empty ones.",
	Clauses:    []policy.ClauseID{"opening", "opening.session", "opening.supervisor", "opening.minibus"},
	Level:      solver.Soft,
	Unit:       "millipoints",
	Violations: running,
	Lower:      lowerOpening,
	Explain: func(_ *model.Snapshot, v solver.Violation) string {
		if len(v.Supervisors)+len(v.Minibuses) == 0 {
			return fmt.Sprintf("Opening %s costs %s.", whither(v), points(v.Amount))
		}
		return fmt.Sprintf("%s at %s costs %s.", who(v), whither(v), points(v.Amount))
	},
}

func running(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
	return cases(r, func(r *model.Roster, report reporter) {
		say := func(v solver.Violation, price int64) {
			if v.Amount = price; price != 0 {
				report(v)
			}
		}
		for _, k := range r.Sessions() {
			if isGroup(sn, k) && len(r.In(k)) > 0 {
				say(solver.Violation{Sessions: []model.SessionKey{k}}, sn.Policy.SessionPrice)
			}
			for _, d := range r.DutiesOf(k) {
				say(onDuty(d), sn.Policy.DutyPrice)
			}
			trips := r.TripsOf(k)
			for i := range trips {
				say(onRoad(&trips[i]), sn.Policy.TripPrice)
			}
		}
	})
}

func lowerOpening(b *solver.Builder) {
	pol := b.Snapshot.Policy
	b.CostAt(solver.Supervisors, func(solver.ActorIx, int32) int64 { return pol.DutyPrice })
	b.CostAt(solver.Minibuses, func(solver.ActorIx, int32) int64 { return pol.TripPrice })
	b.Count(solver.Grid{
		Cols: b.NumSessions(), Col: groups(b), Weight: each(b, solver.People),
		Shape: solver.Open, Limit: constant(int32(pol.SessionPrice)),
	})
}
