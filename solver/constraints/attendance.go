package constraints

import (
	"fmt"
	"iter"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// Attendance prices by how much likelier or less likely people come to a session than they come in general. One entry: one
// appointment.
//
// It is the first minute's worth of urgency, at the chance of the session instead of the person's own: less than what the
// session is worth to them in any case, so that nobody's work becomes worthless by it.
var Attendance = &solver.Constraint{
	ID:    "attendance",
	Title: "Work is worth more where people are likelier to come",
	Doc: "Each minute of a session is worth more or less by the difference between a person's chance of coming to it (its kind, day and season, the way there, a first session) " +
		"and their general chance, at the base value of a minute. Chances below the floor of urgency count as the floor. A session that ends early counts whole.",
	Clauses: []policy.ClauseID{"attendance", "attendance.least", "attendance.most", "attendance.region-weight", "attendance.effect-weight", "attendance.individual", "attendance.ete",
		"attendance.induction", "attendance.first", "attendance.monday", "attendance.winter", "attendance.winter-from", "attendance.winter-to", "attendance.far", "attendance.far-minutes", "attendance.group-tolerance"},
	Level:      solver.Soft,
	Unit:       "millipoints",
	Violations: likelihood,
	Lower:      lowerAttendance,
	Explain: func(_ *model.Snapshot, v solver.Violation) string {
		return fmt.Sprintf("%s comes to %s with a chance of %s, where it is %s in general, which is worth %s.", who(v), whither(v), tenths(v.Found), tenths(v.Limit), points(-v.Amount))
	},
}

// tenths writes permille in percent.
func tenths(permille int64) string { return fmt.Sprintf("%d.%d %%", permille/10, permille%10) }

func likelihood(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
	return cases(r, func(r *model.Roster, report reporter) {
		for i := range r.Appointments {
			a := &r.Appointments[i]
			p, s := sn.Person(a.CRN), sn.Session(a.Session)
			if p == nil || s == nil {
				continue
			}
			if q := p.Current(sn.Week); q == nil || q.Event != a.Event {
				continue // work that is worth nothing this week
			}
			floor := sn.Policy.WorthAttendanceFloor
			comes := int64(sn.Comes(p, s))
			general := min(max(int64(p.Attendance), int64(sn.Policy.AttendanceLeast)), int64(sn.Policy.AttendanceMost))
			gain := max(comes, floor) - max(general, floor)
			v := here(a)
			v.Found, v.Limit = comes, general
			if v.Amount = -gain * sn.Policy.WorthBase * int64(s.Minutes()) / 1000; v.Amount != 0 {
				report(v)
			}
		}
	})
}

func lowerAttendance(b *solver.Builder) {
	pol := b.Snapshot.Policy
	worth := func(chance int32) int64 {
		return pol.WorthBase * max(int64(min(max(chance, pol.AttendanceLeast), pol.AttendanceMost)), pol.WorthAttendanceFloor)
	}
	b.Cost(solver.People, func(a solver.ActorIx, t solver.SessionIx) int64 {
		if b.Current(a) == nil {
			return 0
		}
		return (worth(b.Person(a).Attendance) - worth(b.Comes(a, t))) * int64(b.Session(t).Minutes()) / 1000
	})
}
