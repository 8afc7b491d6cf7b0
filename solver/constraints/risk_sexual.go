package constraints

import (
	"fmt"
	"iter"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// RiskSexual keeps people with a history of sexual offences away from where a project does not take them. One case: one
// appointment, at the site, at the wet site or at both.
var RiskSexual = &solver.Constraint{
	ID:    "risk-sexual",
	Title: "A history of sexual offences keeps to the places that take it",
	Doc: "A person whose record says sexual_history does not work at a project that excludes the flag, because of who is there or near, and does not move to one when it " +
		"rains.",
	Clauses: []policy.ClauseID{"risk-sexual"},
	Level:   solver.Hard,
	Unit:    "appointments where excluded",
	Violations: func(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
		return cases(r, func(r *model.Roster, report reporter) { excludedThere(sn, r, model.SexualHistory, report) })
	},
	Lower: func(b *solver.Builder) { forbidExcluded(b, model.SexualHistory) },
	Explain: func(_ *model.Snapshot, v solver.Violation) string {
		return fmt.Sprintf("%s may not be at %s: %s.", who(v), whither(v), v.Why)
	},
}
