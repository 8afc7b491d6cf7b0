package constraints

import (
	"fmt"
	"iter"
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// ChangeBudget bounds how many people are told of changes. One case: one person to tell beyond the budget.
var ChangeBudget = &solver.Constraint{
	ID:    "change-budget",
	Title: "Few people are told of changes",
	Doc: "Once a week is published, the people who have an appointment fewer, more or elsewhere than they were told are counted, each once, and are no more than the budget of the policy. " +
		"A time or stop that changes is not counted, and nothing is where nothing was published.",
	Clauses:    []policy.ClauseID{"change-budget", "change-budget.people"},
	Level:      solver.Hard,
	Scope:      solver.WholeWeek,
	Unit:       "people to tell",
	Violations: tooManyTold,
	Lower:      lowerChangeBudget,
	Explain: func(_ *model.Snapshot, v solver.Violation) string {
		return fmt.Sprintf("The week changes for %s (%s); the budget is %d.", count(v.Found, "person", "people"), who(v), v.Limit)
	},
}

func tooManyTold(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
	return cases(r, func(r *model.Roster, report reporter) {
		was := inOrder(sn.Published)
		if len(was.Appointments)+len(was.Duties) == 0 {
			return
		}
		var v solver.Violation
		for i := range was.Appointments {
			if a := &was.Appointments[i]; !holds(r.Appointments, *a, model.Appointment.Compare) {
				v.People = append(v.People, a.CRN)
			}
		}
		for i := range r.Appointments {
			if a := &r.Appointments[i]; !holds(was.Appointments, *a, model.Appointment.Compare) {
				v.People = append(v.People, a.CRN)
			}
		}
		slices.Sort(v.People)
		v.People = slices.Compact(v.People)
		v.Found, v.Limit = int64(len(v.People)), int64(sn.Policy.PeopleToTell)
		if v.Amount = v.Found - v.Limit; v.Amount > 0 {
			report(v)
		}
	})
}

func lowerChangeBudget(b *solver.Builder) {
	was := b.Snapshot.Published
	if was == nil || len(was.Appointments) == 0 && len(was.Duties) == 0 {
		return
	}
	var strangers []model.CRN
	told := make([][]solver.SessionIx, b.NumActors(solver.People))
	lost := make([]bool, len(told)) // an appointment that cannot be given again
	for i := range was.Appointments {
		x := &was.Appointments[i]
		a, known := b.PersonIx(x.CRN)
		if !known {
			strangers = append(strangers, x.CRN)
			continue
		}
		if _, t, ok := reproduced(b, x); ok {
			told[a] = append(told[a], t)
		} else {
			lost[a] = true
		}
	}
	slices.Sort(strangers)
	strangers = slices.Compact(strangers)
	if int(b.Snapshot.Policy.PeopleToTell) >= len(strangers)+len(told) {
		return // there are not so many
	}
	b.Budget(int(b.Snapshot.Policy.PeopleToTell), len(strangers), func(a solver.ActorIx) []solver.SessionIx { return told[a] },
		func(a solver.ActorIx) bool { return lost[a] })
}
