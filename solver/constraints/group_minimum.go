package constraints

import (
	"fmt"
	"iter"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// GroupMinimum keeps groups from being too small to open. One case: one group session.
var GroupMinimum = &solver.Constraint{
	ID:    "group-minimum",
	Title: "An opened group has enough people",
	Doc: "A group session with people has at least the project's minimum, or the policy's where the project gives none. A recorded waiver for the project or the session " +
		"sets the rule aside until its date.",
	Clauses:    []policy.ClauseID{"group-minimum", "group-minimum.people"},
	Level:      solver.Hard,
	Unit:       "sessions with too few people",
	Lack:       "too few people",
	Waivable:   true,
	Violations: tooSmall,
	Lower:      lowerGroupMinimum,
	Explain: func(_ *model.Snapshot, v solver.Violation) string {
		return fmt.Sprintf("%s has %s; a group there opens with at least %d.", whither(v), count(v.Found, "person", "people"), v.Limit)
	},
}

func tooSmall(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
	return cases(r, func(r *model.Roster, report reporter) {
		for _, k := range r.Sessions() {
			if !isGroup(sn, k) {
				continue
			}
			least := sn.Project(k.Project).MinimumGroup
			if least == 0 {
				least = sn.Policy.GroupMinimum
			}
			people := len(everyone(r, k))
			if 0 < people && people < int(least) {
				v := sessionAlone(k, 1)
				v.Found, v.Limit = int64(people), int64(least)
				report(v)
			}
		}
	})
}

func lowerGroupMinimum(b *solver.Builder) {
	b.Count(solver.Grid{
		Cols: b.NumSessions(), Col: groups(b), Weight: each(b, solver.People),
		Shape: solver.Hole,
		Limit: func(_, col int32) int32 {
			t := solver.SessionIx(col)
			switch own := b.Project(t).MinimumGroup; {
			case b.Snapshot.Waived("group-minimum", b.Session(t).Key):
				return 0
			case own > 0:
				return own
			default:
				return b.Snapshot.Policy.GroupMinimum
			}
		},
	})
}
