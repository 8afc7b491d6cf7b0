package constraints

import (
	"fmt"
	"iter"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// Supervision puts supervisors where groups work and nowhere else. One case: one group session with people and no
// supervisor, or one duty that is nobody's or where nobody needs it.
var Supervision = &solver.Constraint{
	ID:    "supervision",
	Title: "Every group at work has a supervisor",
	Doc: "A group session with people has at least one supervisor. Supervisors are put on group sessions only, since induction is held by the office and individual " +
		"placements by the beneficiary, and nobody is on duty where nobody works.",
	Clauses:    []policy.ClauseID{"supervision"},
	Level:      solver.Hard,
	Unit:       "sessions without supervisor or idle duties",
	Lack:       "no supervisor",
	Violations: unsupervised,
	Lower:      lowerSupervision,
	Explain: func(_ *model.Snapshot, v solver.Violation) string {
		if len(v.Supervisors) == 0 {
			return fmt.Sprintf("%s has %s and no supervisor.", whither(v), count(v.Found, "person", "people"))
		}
		return fmt.Sprintf("%s is on duty at %s, but %s.", who(v), whither(v), v.Why)
	},
}

func unsupervised(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
	return cases(r, func(r *model.Roster, report reporter) {
		for _, k := range r.Sessions() {
			people, supervisors := len(everyone(r, k)), 0
			for _, d := range r.DutiesOf(k) {
				if sn.Supervisor(d.Supervisor) != nil {
					supervisors++
				}
				if why := idle(sn, d, people); why != "" {
					v := onDuty(d)
					v.Why = why
					report(v)
				}
			}
			if isGroup(sn, k) && people > 0 && supervisors == 0 {
				v := sessionAlone(k, 1)
				v.Found = int64(people)
				report(v)
			}
		}
	})
}

// idle says why a duty should not be; empty: it should.
func idle(sn *model.Snapshot, d model.Duty, people int) string {
	at := sn.Project(d.Session.Project)
	switch {
	case sn.Supervisor(d.Supervisor) == nil:
		return "no supervisor with that code is known"
	case at == nil:
		return "" // the rule on terms speaks of it
	case at.Kind != model.Group:
		return "no supervisor of ours is needed there"
	case people == 0:
		return "nobody works there"
	}
	return ""
}

func lowerSupervision(b *solver.Builder) {
	b.ForbidSession(solver.Supervisors, func(t solver.SessionIx) bool { return b.Project(t).Kind != model.Group })
	g := solver.Grid{
		Cols: b.NumSessions(), Col: groups(b),
		Weight: each(b, solver.Supervisors), Guard: each(b, solver.People),
		Shape: solver.Missing, When: solver.Guarded,
	}
	b.Count(g)
	g.Shape, g.When, g.Limit = solver.Over, solver.Unguarded, constant(0)
	b.Count(g)
}
