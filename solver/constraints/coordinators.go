package constraints

import (
	"fmt"
	"iter"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// Coordinators prices placement coordinators who lead groups. One entry: one duty.
var Coordinators = &solver.Constraint{
	ID:    "coordinators",
	Title: "Placement coordinators are cover",
	Doc: "A duty of a placement coordinator costs more than a supervisor's, since their own work waits meanwhile. They lead groups that would not run otherwise, and are " +
		"free to stand in.",
	Clauses:    []policy.ClauseID{"coordinators", "coordinators.duty"},
	Level:      solver.Soft,
	Unit:       "millipoints",
	Violations: coordinatorsLead,
	Lower:      lowerCoordinators,
	Explain: func(_ *model.Snapshot, v solver.Violation) string {
		return fmt.Sprintf("%s, a placement coordinator, leads %s: %s.", who(v), whither(v), points(v.Amount))
	},
}

func coordinatorsLead(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
	return cases(r, func(r *model.Roster, report reporter) {
		for _, d := range r.Duties {
			if s := sn.Supervisor(d.Supervisor); s != nil && s.Grade == model.PlacementCoordinator && sn.Policy.CoordinatorDutyPrice != 0 {
				v := onDuty(d)
				v.Amount = sn.Policy.CoordinatorDutyPrice
				report(v)
			}
		}
	})
}

func lowerCoordinators(b *solver.Builder) {
	b.CostAt(solver.Supervisors, func(a solver.ActorIx, _ int32) int64 {
		if b.Supervisor(a).Grade == model.PlacementCoordinator {
			return b.Snapshot.Policy.CoordinatorDutyPrice
		}
		return 0
	})
}
