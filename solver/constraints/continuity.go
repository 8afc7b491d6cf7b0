package constraints

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// Continuity keeps people where they are settled. One entry: one appointment, or one duty.
var Continuity = &solver.Constraint{
	ID:    "continuity",
	Title: "People go on where they are settled",
	Doc: "An appointment in a person's standing slot is worth something. Elsewhere another project and another weekday than the person's last session cost, and everywhere " +
		"in a group a supervisor who is not their last one, where that one is known. A supervisor at a project that only others led in the week before costs too.",
	Clauses:    []policy.ClauseID{"continuity", "continuity.standing", "continuity.project", "continuity.weekday", "continuity.supervisor", "continuity.leader"},
	Level:      solver.Soft,
	Unit:       "millipoints",
	Violations: unsettled,
	Lower:      lowerContinuity,
	Explain: func(_ *model.Snapshot, v solver.Violation) string {
		return fmt.Sprintf("%s at %s has %s: %s.", who(v), whither(v), v.Why, points(v.Amount))
	},
}

func unsettled(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
	return cases(r, func(r *model.Roster, report reporter) {
		var why []string
		for i := range r.Appointments {
			a := &r.Appointments[i]
			p := sn.Person(a.CRN)
			if p == nil {
				continue
			}
			v := here(a)
			v.Amount, why = 0, why[:0]
			if inStandingSlot(sn, a) {
				v.Amount, why = -sn.Policy.StandingWorth, append(why, "their standing slot")
			} else if p.Last.Project != "" {
				if a.Session.Project != p.Last.Project {
					v.Amount, why = v.Amount+sn.Policy.OtherProjectPrice, append(why, "another project")
				}
				if a.Session.Date.Weekday() != p.Last.Date.Weekday() {
					v.Amount, why = v.Amount+sn.Policy.OtherWeekdayPrice, append(why, "another weekday")
				}
			}
			if isGroup(sn, a.Session) && sn.Supervisor(p.Last.Supervisor) != nil && !slices.Contains(crew(r, a.Session), p.Last.Supervisor) {
				v.Amount, why = v.Amount+sn.Policy.OtherSupervisorPrice, append(why, "another supervisor")
			}
			if v.Why = strings.Join(why, " and "); v.Amount != 0 {
				report(v)
			}
		}
		before := inOrder(sn.Before)
		for _, d := range r.Duties {
			others, same := false, false
			for _, was := range before.Duties {
				if was.Session.Project == d.Session.Project {
					others, same = true, same || was.Supervisor == d.Supervisor
				}
			}
			if others && !same && sn.Supervisor(d.Supervisor) != nil && sn.Policy.OtherLeaderPrice != 0 {
				v := onDuty(d)
				v.Amount, v.Why = sn.Policy.OtherLeaderPrice, "a project that others led in the week before"
				report(v)
			}
		}
	})
}

// inStandingSlot reports whether an appointment is what allocations.csv says that the person does every week.
func inStandingSlot(sn *model.Snapshot, a *model.Appointment) bool {
	slots := sn.StandingOf(a.CRN)
	for i := range slots {
		x := &slots[i]
		if (x.Event == a.Event || x.Event == 0) && x.Project == a.Session.Project && x.Start == a.Session.Start && x.Runs(a.Session.Date) {
			return true
		}
	}
	return false
}

func lowerContinuity(b *solver.Builder) {
	sn := b.Snapshot
	pol := sn.Policy
	standing := make([][]model.Standing, b.NumActors(solver.People))
	for a := range standing {
		standing[a] = sn.StandingOf(sn.People[a].CRN)
	}
	b.Cost(solver.People, func(a solver.ActorIx, t solver.SessionIx) int64 {
		key, last := &b.Session(t).Key, &b.Person(a).Last
		for i := range standing[a] {
			x := &standing[a][i]
			if x.Project == key.Project && x.Start == key.Start && x.Runs(key.Date) && (x.Event == 0 || x.Event == eventOf(b, a)) {
				return -pol.StandingWorth
			}
		}
		sum := int64(0)
		if last.Project != "" {
			if last.Project != key.Project {
				sum += pol.OtherProjectPrice
			}
			if (key.Date-last.Date)%7 != 0 {
				sum += pol.OtherWeekdayPrice
			}
		}
		return sum
	})
	lowerLeaders(b)
	lead := func(a solver.ActorIx) int32 { return int32(a - b.First(solver.Supervisors)) }
	if pol.OtherSupervisorPrice == 0 {
		return
	}
	b.Count(solver.Grid{
		Rows: b.NumActors(solver.Supervisors), Cols: b.NumSessions(), Col: groups(b),
		Row: func(a solver.ActorIx) int32 { // the supervisor that it is about
			if b.Kind(a) != solver.People {
				return lead(a) // a minibus weighs nothing anywhere
			}
			if s, known := b.SupervisorIx(b.Person(a).Last.Supervisor); known {
				return lead(s)
			}
			return -1
		},
		Weight: each(b, solver.People), Guard: each(b, solver.Supervisors),
		Shape: solver.Over, When: solver.Unguarded, Limit: constant(0), Price: pol.OtherSupervisorPrice,
	})
}

// lowerLeaders prices supervisors who are new to a project.
func lowerLeaders(b *solver.Builder) {
	sn := b.Snapshot
	if sn.Before == nil {
		return
	}
	led := make([][]model.SupervisorCode, b.NumProjects())
	for _, d := range sn.Before.Duties {
		for k := range led {
			if b.ProjectAt(int32(k)).Code == d.Session.Project {
				led[k] = append(led[k], d.Supervisor)
			}
		}
	}
	b.Cost(solver.Supervisors, func(a solver.ActorIx, t solver.SessionIx) int64 {
		by := led[b.ProjectIx(t)]
		if len(by) == 0 || slices.Contains(by, b.Supervisor(a).Code) {
			return 0
		}
		return sn.Policy.OtherLeaderPrice
	})
}
