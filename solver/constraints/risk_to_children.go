package constraints

import (
	"fmt"
	"iter"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// RiskToChildren keeps people who are a risk to children away from them. One case: one appointment, at the site, at the wet
// site or at both.
var RiskToChildren = &solver.Constraint{
	ID:    "risk-to-children",
	Title: "A risk to children keeps away from children",
	Doc: "A person whose record says risk_to_children does not work at a project that excludes the flag, because children are there or a school is near, and does not move " +
		"to one when it rains.",
	Clauses: []policy.ClauseID{"risk-to-children"},
	Level:   solver.Hard,
	Unit:    "appointments near children",
	Violations: func(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
		return cases(r, func(r *model.Roster, report reporter) { excludedThere(sn, r, model.RiskToChildren, report) })
	},
	Lower: func(b *solver.Builder) { forbidExcluded(b, model.RiskToChildren) },
	Explain: func(_ *model.Snapshot, v solver.Violation) string {
		return fmt.Sprintf("%s may not be at %s: %s.", who(v), whither(v), v.Why)
	},
}
