package constraints

import (
	"fmt"
	"iter"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// OrderDates keeps work within the life of the order. One case: one appointment, for however many reasons.
var OrderDates = &solver.Constraint{
	ID:    "order-dates",
	Title: "Work lies within the order",
	Doc: "Nobody works before sentence, after the hard end of the order, or while the requirement is suspended, in breach, awaiting assessment or complete. Before " +
		"induction only induction sessions are possible, and afterwards they are not. Someone or some requirement that is not known cannot work.",
	Clauses:    []policy.ClauseID{"order-dates"},
	Level:      solver.Hard,
	Own:        true,
	Unit:       "appointments outside the order",
	Violations: outsideOrder,
	Lower:      lowerOrderDates,
	Explain: func(_ *model.Snapshot, v solver.Violation) string {
		return fmt.Sprintf("%s cannot work at %s: %s.", who(v), whither(v), v.Why)
	},
}

func outsideOrder(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
	return cases(r, func(r *model.Roster, report reporter) {
		for i := range r.Appointments {
			a := &r.Appointments[i]
			if why := notToWork(sn, a); why != "" {
				v := here(a)
				v.Why = why
				report(v)
			}
		}
	})
}

// notToWork says why an appointment lies outside its order; empty: it does not.
func notToWork(sn *model.Snapshot, a *model.Appointment) string {
	p := sn.Person(a.CRN)
	if p == nil {
		return "nobody with that CRN is known"
	}
	q := p.Requirement(a.Event)
	if q == nil {
		return fmt.Sprintf("they have no requirement %d", a.Event)
	}
	date := a.Session.Date
	switch {
	case q.Status != model.Active:
		return fmt.Sprintf("requirement %d is %v, not active", q.Event, q.Status)
	case q.Remaining() == 0:
		return fmt.Sprintf("nothing remains of requirement %d", q.Event)
	case date < q.Sentenced:
		return fmt.Sprintf("they are sentenced on %v", q.Sentenced)
	case q.HardEnd != 0 && date > q.HardEnd:
		return fmt.Sprintf("the order ended on %v", q.HardEnd)
	}
	at := sn.Project(a.Session.Project)
	if at == nil {
		return ""
	}
	inducted := q.Inducted != 0 && q.Inducted <= date
	switch {
	case at.Kind == model.Induction && inducted:
		return fmt.Sprintf("they were inducted on %v already", q.Inducted)
	case at.Kind != model.Induction && q.Inducted == 0:
		return "they have not been inducted"
	case at.Kind != model.Induction && !inducted:
		return fmt.Sprintf("they are inducted on %v", q.Inducted)
	}
	return ""
}

// A person with nothing to work this week is booked to their first requirement, which the dates of the week rule out.
func lowerOrderDates(b *solver.Builder) {
	b.Forbid(solver.People, func(a solver.ActorIx, t solver.SessionIx) bool {
		q, date := b.Current(a), b.Session(t).Key.Date
		if q == nil || date < q.Sentenced || q.HardEnd != 0 && q.HardEnd < date {
			return true
		}
		started := q.Inducted != 0 && date >= q.Inducted
		return started == (b.Project(t).Kind == model.Induction)
	})
}
