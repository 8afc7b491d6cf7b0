package constraints

import (
	"fmt"
	"iter"
	"time"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// Weekends prices duties on Saturdays and Sundays. One entry: one duty.
var Weekends = &solver.Constraint{
	ID:    "weekends",
	Title: "Supervisors' weekends are spared",
	Doc: "A duty that begins on a Saturday or Sunday costs. Each of a supervisor beyond the first of the week costs more, and so does each of one who had a duty on the weekend " +
		"before, so that weekends are shared out.",
	Clauses:    []policy.ClauseID{"weekends", "weekends.duty", "weekends.second", "weekends.again"},
	Level:      solver.Soft,
	Unit:       "millipoints",
	Violations: workedWeekends,
	Lower:      lowerWeekends,
	Explain: func(_ *model.Snapshot, v solver.Violation) string {
		return fmt.Sprintf("%s is on duty at %s%s: %s.", who(v), whither(v), v.Why, points(v.Amount))
	},
}

func workedWeekends(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
	return cases(r, func(r *model.Roster, report reporter) {
		weekend := func(k model.SessionKey) bool {
			day := k.Date.Weekday()
			return day == time.Saturday || day == time.Sunday
		}
		had := map[model.SupervisorCode]bool{} // a duty on a weekend of this week; looked up only
		for _, d := range r.Duties {
			if sn.Supervisor(d.Supervisor) == nil || !weekend(d.Session) {
				continue
			}
			v := onDuty(d)
			v.Amount, v.Why = sn.Policy.WeekendDutyPrice, ", on a weekend"
			if had[d.Supervisor] {
				v.Amount += sn.Policy.SecondWeekendDutyPrice
				v.Why += ", not their first duty on it"
			}
			had[d.Supervisor] = true
			for _, was := range inOrder(sn.Before).Duties {
				if was.Supervisor == d.Supervisor && weekend(was.Session) {
					v.Amount += sn.Policy.WeekendAgainPrice
					v.Why += ", after work on the weekend before"
					break
				}
			}
			if v.Amount != 0 {
				report(v)
			}
		}
	})
}

func lowerWeekends(b *solver.Builder) {
	sn := b.Snapshot
	saturday := sn.Week.Monday() + 5
	late := func(t solver.SessionIx) bool { return b.Session(t).Key.Date >= saturday }
	again := make([]bool, b.NumActors(solver.Supervisors))
	if sn.Before != nil {
		for _, d := range sn.Before.Duties {
			a, known := b.SupervisorIx(d.Supervisor)
			if day := d.Session.Date.Weekday(); known && (day == time.Sunday || day == time.Saturday) {
				again[a-b.First(solver.Supervisors)] = true
			}
		}
	}
	b.Cost(solver.Supervisors, func(a solver.ActorIx, t solver.SessionIx) int64 {
		switch {
		case !late(t):
			return 0
		case again[a-b.First(solver.Supervisors)]:
			return sn.Policy.WeekendDutyPrice + sn.Policy.WeekendAgainPrice
		default:
			return sn.Policy.WeekendDutyPrice
		}
	})
	price := sn.Policy.SecondWeekendDutyPrice
	if price == 0 {
		return
	}
	b.Count(solver.Grid{
		Rows: b.NumActors(solver.Supervisors), Row: rowEach(b, solver.Supervisors),
		Cols: 1, Col: func(t solver.SessionIx) []int32 {
			if late(t) {
				return []int32{0}
			}
			return nil
		},
		Shape: solver.Over, Limit: constant(1), Price: price,
	})
}
