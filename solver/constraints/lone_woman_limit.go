package constraints

import (
	"fmt"
	"iter"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// LoneWomanLimit bounds the chance that of the women booked in a mixed group exactly one comes. One case: one session.
var LoneWomanLimit = &solver.Constraint{
	ID:    "lone-woman-limit",
	Title: "It is unlikely that only one woman comes",
	Doc: "Where a region sets a limit, the chance that of at least two women booked in a mixed group, induction or training session exactly one comes is at most that. " +
		"Without a limit, which is 1000 permille, that chance only has a price.",
	Clauses:    []policy.ClauseID{"lone-woman-limit", "lone-woman-limit.chance"},
	Level:      solver.Hard,
	Unit:       "sessions",
	Lack:       "no other woman",
	Violations: tooOftenAlone,
	Lower: func(b *solver.Builder) {
		if limit := b.Snapshot.Policy.LoneWomanPermille; model.Exceeds(model.Sure, limit) {
			lowerLoneWoman(b, solver.NoPrice, limit)
		}
	},
	Explain: func(_ *model.Snapshot, v solver.Violation) string {
		return fmt.Sprintf("%s: %s.", whither(v), v.Why)
	},
}

func tooOftenAlone(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
	return cases(r, func(r *model.Roster, report reporter) {
		for _, k := range r.Sessions() {
			limit := sn.Policy.LoneWomanPermille
			if women, alone := chanceOfOneWoman(sn, r, k); model.Exceeds(alone, limit) {
				v := sessionAlone(k, 1)
				v.People = women
				v.Why = fmt.Sprintf("of %s only one comes with a chance of %s, and at most %s is allowed", count(int64(len(women)), "woman", "women"),
					percent(alone), permille(int64(limit)))
				report(v)
			}
		}
	})
}
