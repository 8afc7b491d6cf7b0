package constraints

import (
	"fmt"
	"iter"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// SupervisorDuty keeps duties within working hours and rest. One case: one duty outside working time, one supervisor with too
// many minutes, one pair of duties with too little rest, or one duty with too little rest to any of the weeks before and after.
var SupervisorDuty = &solver.Constraint{
	ID:    "supervisor-duty",
	Title: "Supervisors keep their hours and their rest",
	Doc: "A duty lies within the supervisor's working time, leave taken away; a driver's runs from leaving the depot to being back. The duties of a week come to no more " +
		"than their weekly minutes. Between duties of different days, those of the weeks before and after included, lies the rest the policy sets.",
	Clauses:    []policy.ClauseID{"supervisor-duty", "supervisor-duty.rest"},
	Level:      solver.Hard,
	Unit:       "breaches of hours or rest",
	Violations: overworked,
	Lower:      lowerSupervisorDuty,
	Explain: func(_ *model.Snapshot, v solver.Violation) string {
		return fmt.Sprintf("%s %s (%s).", who(v), v.Why, whither(v))
	},
}

func overworked(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
	return cases(r, func(r *model.Roster, report reporter) {
		others := neighbouringDuties(sn)
		for _, own := range weekOf(r.Duties, func(d model.Duty) model.SupervisorCode { return d.Supervisor }) {
			s := sn.Supervisor(own[0].Supervisor)
			if s == nil {
				continue
			}
			var mine []stint
			for i, d := range own {
				x, known := stintOf(sn, r, d)
				if !known || i > 0 && own[i-1] == d {
					continue
				}
				for _, y := range mine {
					if x.tooSoon(y, sn.Policy.RestMinutes) {
						v := onDuty(y.duty)
						v.Sessions, v.Limit = append(v.Sessions, d.Session), int64(sn.Policy.RestMinutes)
						v.Why = fmt.Sprintf("has less than %d minutes of rest between two duties", sn.Policy.RestMinutes)
						report(v)
					}
				}
				mine = append(mine, x)
			}
			workingTime(sn, s, mine, others[s.Code], report)
		}
	})
}

// stint is a duty with its times by the session and exactly.
type stint struct {
	duty         model.Duty
	static, real model.Span
}

func stintOf(sn *model.Snapshot, r *model.Roster, d model.Duty) (stint, bool) {
	s := sn.Session(d.Session)
	if s == nil {
		return stint{}, false
	}
	span, known := exactDuty(sn, r, d)
	return stint{d, s.Span, span}, known
}

// tooSoon reports whether two duties of different days leave too little rest, by the times of either kind.
func (x stint) tooSoon(y stint, rest int32) bool {
	if x.duty.Session.Date == y.duty.Session.Date {
		return false
	}
	return restBetween(x.static, y.static) < rest || restBetween(x.real, y.real) < rest
}

// restBetween gives the minutes between two spans, in whichever order they come; negative if they overlap.
func restBetween(x, y model.Span) int32 { return int32(max(y.Start-x.End, x.Start-y.End)) }

// workingTime reports duties outside working time, duties too near those of other weeks, and a week with too many minutes.
func workingTime(sn *model.Snapshot, s *model.Supervisor, mine []stint, others []stint, report reporter) {
	var total int64
	for _, x := range mine {
		total += int64(x.real.Minutes())
		if !model.Covered(s.Available, x.static) || !model.Covered(s.Available, x.real) {
			v := onDuty(x.duty)
			_, from := sn.Calendar.Local(x.real.Start)
			_, to := sn.Calendar.Local(x.real.End)
			v.Why = fmt.Sprintf("does not work from %s to %s", from, to)
			report(v)
		}
		for _, y := range others {
			// The times of the neighbouring week are fixed; only this week's may be known by the session alone.
			if x.tooSoon(y, sn.Policy.RestMinutes) {
				v := onDuty(x.duty)
				v.Limit = int64(sn.Policy.RestMinutes)
				v.Why = fmt.Sprintf("has less than %d minutes of rest to a duty on %v", sn.Policy.RestMinutes, y.duty.Session.Date)
				report(v)
				break
			}
		}
	}
	if total > int64(s.WeekMinutes) {
		v := solver.Violation{Amount: 1, Supervisors: []model.SupervisorCode{s.Code}, Found: total, Limit: int64(s.WeekMinutes)}
		for _, x := range mine {
			v.Sessions = append(v.Sessions, x.duty.Session)
		}
		v.Why = fmt.Sprintf("is on duty for %d minutes in a week of %d", total, s.WeekMinutes)
		report(v)
	}
}

// neighbouringDuties lists the duties of the weeks before and after by supervisor; the map is only looked up.
func neighbouringDuties(sn *model.Snapshot) map[model.SupervisorCode][]stint {
	out := make(map[model.SupervisorCode][]stint)
	for _, r := range []*model.Roster{sn.Before, sn.After} {
		if r == nil {
			continue
		}
		for _, d := range r.Duties {
			if span, known := r.DutySpan(d); known {
				out[d.Supervisor] = append(out[d.Supervisor], stint{d, span, span})
			}
		}
	}
	return out
}

func lowerSupervisorDuty(b *solver.Builder) {
	b.Forbid(solver.Supervisors, func(a solver.ActorIx, t solver.SessionIx) bool {
		return !model.Covered(b.Supervisor(a).Available, b.Session(t).Span)
	})
	rest := model.Instant(b.Snapshot.Policy.RestMinutes)
	near := fixedDuties(b)
	b.Forbid(solver.Supervisors, func(a solver.ActorIx, t solver.SessionIx) bool {
		s := b.Session(t)
		for _, n := range near[a-b.First(solver.Supervisors)] {
			if s.Span.Overlaps(model.Span{Start: n.Start - rest, End: n.End + rest}) {
				return true
			}
		}
		return false
	})
	b.Clash(solver.Supervisors, 1, func(solver.ActorIx) int { return 0 }, func(_ int, t, u solver.SessionIx) bool {
		first, second := b.Session(t), b.Session(u)
		return first.Key.Date != second.Key.Date && first.Span.End+rest > second.Span.Start
	})
	b.Count(solver.Grid{
		Rows: b.NumActors(solver.Supervisors), Row: rowEach(b, solver.Supervisors),
		Length: func(t solver.SessionIx) int32 { return b.Session(t).Minutes() },
		Shape:  solver.Beyond,
		Limit:  func(row, _ int32) int32 { return b.Snapshot.Supervisors[row].WeekMinutes },
	})
	b.Settle(solver.DriverWithinShift, solver.NoPrice)
	b.Settle(solver.DriverWithinWeek, solver.NoPrice)
	b.Settle(solver.DriverRest, solver.NoPrice)
}

// fixedDuties lists, by supervisor, the times of duties of the weeks before and after, which the engine cannot change.
func fixedDuties(b *solver.Builder) [][]model.Span {
	out := make([][]model.Span, b.NumActors(solver.Supervisors))
	add := func(r *model.Roster) {
		if r == nil {
			return
		}
		for _, d := range r.Duties {
			a, known := b.SupervisorIx(d.Supervisor)
			if span, told := r.DutySpan(d); known && told {
				i := a - b.First(solver.Supervisors)
				out[i] = append(out[i], span)
			}
		}
	}
	add(b.Snapshot.Before)
	add(b.Snapshot.After)
	return out
}
