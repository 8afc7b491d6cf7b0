package constraints

import (
	"fmt"
	"iter"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// RiskFlags keeps people away from where a project does not take what their record says of them. One case: one appointment,
// for however many flags, at the site, at the wet site or at both.
var RiskFlags = &solver.Constraint{
	ID:    "risk-flags",
	Title: "The flags of a record fit the place",
	Doc: "A person does not work at a project that excludes any flag of their record, and does not move to one when it rains. This rule speaks of all flags but " +
		"risk_to_children and sexual_history, which have rules of their own.",
	Clauses:    []policy.ClauseID{"risk-flags"},
	Level:      solver.Hard,
	Unit:       "appointments where excluded",
	Violations: flaggedThere,
	Lower: func(b *solver.Builder) {
		forbidExcluded(b, ^(model.RiskToChildren | model.SexualHistory))
	},
	Explain: func(_ *model.Snapshot, v solver.Violation) string {
		return fmt.Sprintf("%s may not be at %s: %s.", who(v), whither(v), v.Why)
	},
}

func flaggedThere(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
	const others = model.VulnerableAdults | model.Gang | model.Violence | model.Arson | model.RestrictedPlacement | model.IndividualBarred |
		model.NoMaleSupervisor | model.NoFemaleSupervisor
	return cases(r, func(r *model.Roster, report reporter) { excludedThere(sn, r, others, report) })
}
