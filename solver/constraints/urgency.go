package constraints

import (
	"fmt"
	"iter"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// Urgency is what a week's work is worth to each person: a negative price. One entry: one person.
var Urgency = &solver.Constraint{
	ID:    "urgency",
	Title: "Work is worth most to those who need it most",
	Doc: "The value of the minutes a person is booked for in the week: high for the first day, less up to the pace they need, little beyond, weighted by how likely they come " +
		"and by the pressure of the target date, a near end of the order and weeks of waiting. Who ends their order with a short last session, or comes for part of one because " +
		"of a caring duty, has the session's full worth.",
	Clauses: []policy.ClauseID{"urgency", "urgency.day", "urgency.attendance-floor", "urgency.pace-floor", "urgency.late-pace", "urgency.base", "urgency.pressure-max", "urgency.hard-end",
		"urgency.hard-end-weeks", "urgency.waiting-week", "urgency.waiting-free", "urgency.waiting-max", "urgency.beyond", "urgency.attendance-prior", "urgency.attendance-weight"},
	Level:      solver.Soft,
	Unit:       "millipoints",
	Violations: worthOfWork,
	Lower:      lowerUrgency,
	Explain: func(_ *model.Snapshot, v solver.Violation) string {
		return fmt.Sprintf("%s is booked for %d minutes, which are worth %s: %s.", who(v), v.Found, points(-v.Amount), whither(v))
	},
}

func worthOfWork(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
	return cases(r, func(r *model.Roster, report reporter) {
		for _, own := range weekOf(r.Appointments, func(a model.Appointment) model.CRN { return a.CRN }) {
			p := sn.Person(own[0].CRN)
			if p == nil {
				continue
			}
			q := p.Current(sn.Week)
			if q == nil {
				continue // nothing they could work this week
			}
			v := solver.Violation{People: []model.CRN{p.CRN}}
			counted := int32(0)
			for i := range own {
				if own[i].Event != q.Event {
					continue
				}
				v.Found += int64(own[i].Minutes())
				v.Sessions = append(v.Sessions, own[i].Session)
				counted += own[i].Minutes()
				s, at := sn.Session(own[i].Session), sn.Project(own[i].Session.Project)
				if s != nil && at != nil && ownTimes(sn, r, p, at, &own[i]) == "" {
					counted += s.Minutes() - own[i].Minutes()
				}
			}
			worth := model.NewWorth(sn.Policy, p, q, sn.Week, sn.WeekLimit(p))
			if v.Amount = -worth.Of(counted); v.Amount != 0 {
				report(v)
			}
		}
	})
}

// A place is taken for the whole session whoever leaves it early, so its full length counts: nobody loses theirs to somebody
// who has no child to collect.
func lowerUrgency(b *solver.Builder) {
	sn := b.Snapshot
	b.Count(solver.Grid{
		Rows: b.NumActors(solver.People), Row: rowEach(b, solver.People),
		Length: func(t solver.SessionIx) int32 { return b.Session(t).Minutes() },
		Shape:  solver.Curve,
		Worth: func(row int32) model.Worth {
			a := b.First(solver.People) + solver.ActorIx(row)
			return model.NewWorth(sn.Policy, b.Person(a), b.Current(a), sn.Week, sn.WeekLimit(b.Person(a)))
		},
	})
}
