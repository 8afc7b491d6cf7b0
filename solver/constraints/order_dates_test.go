package constraints_test

import (
	"testing"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver/constraints"
)

func TestOrderDates(t *testing.T) {
	of := func(edit func(*model.Requirement)) func(*model.Snapshot) {
		return func(sn *model.Snapshot) { edit(order(sn, ann)) }
	}
	status := func(s model.Status) func(*model.Snapshot) {
		return of(func(q *model.Requirement) { q.Status = s })
	}
	sentenced := of(func(q *model.Requirement) { q.Sentenced, q.Inducted = monday+2, monday+2 })
	ends := of(func(q *model.Requirement) { q.HardEnd = monday + 2 })
	inducted := of(func(q *model.Requirement) { q.Inducted = monday + 2 })
	never := of(func(q *model.Requirement) { q.Inducted = 0 })
	keepsOrBreaks(t, constraints.OrderDates, []clause{
		{"an active order", nil, []part{goes(group, mon, ann)}, 0},
		{"suspended", status(model.Suspended), []part{goes(group, mon, ann)}, 1},
		{"in breach", status(model.Breach), []part{goes(group, mon, ann)}, 1},
		{"awaiting assessment", status(model.AwaitingAssessment), []part{goes(group, mon, ann)}, 1},
		{"complete", status(model.Complete), []part{goes(group, mon, ann)}, 1},
		{"nothing remains", of(func(q *model.Requirement) { q.Completed = 6000 }), []part{goes(group, mon, ann)}, 1},
		{"nothing remains after what is promised elsewhere", of(func(q *model.Requirement) { q.Promised = 6000 }), []part{goes(group, mon, ann)}, 1},
		{"a minute remains", of(func(q *model.Requirement) { q.Completed = 5999 }), []part{goes(group, mon, ann)}, 0},
		{"the day before sentence", sentenced, []part{goes(group, tue, ann)}, 1},
		{"the day of sentence", sentenced, []part{goes(group, wed, ann)}, 0},
		{"the day the order ends", ends, []part{goes(group, wed, ann)}, 0},
		{"the day after the order ended", ends, []part{goes(group, thu, ann)}, 1},
		{"past the target is not past the end", of(func(q *model.Requirement) { q.Target = monday - 1 }), []part{goes(group, mon, ann)}, 0},
		{"the day before induction", inducted, []part{goes(group, tue, ann)}, 1},
		{"the day of induction", inducted, []part{goes(group, wed, ann)}, 0},
		{"an induction session before induction", inducted, []part{goes(start, tue, ann)}, 0},
		{"an induction session after induction", inducted, []part{goes(start, wed, ann)}, 1},
		{"work before any induction", never, []part{goes(group, mon, ann)}, 1},
		{"an induction session before any induction", never, []part{goes(start, mon, ann)}, 0},
		{"an unknown person", nil, []part{goes(group, mon, "Z999999")}, 1},
		{"an unknown requirement", nil, []part{changed(goes(group, mon, ann), func(a *model.Appointment) { a.Event = 9 })}, 1},
		{"several reasons are one case", both(status(model.Breach), never), []part{goes(group, mon, ann)}, 1},
		{"a date before 1970 is a date, and that of an end long past", of(func(q *model.Requirement) { q.HardEnd = -1 }), []part{goes(group, mon, ann)}, 1},
		{"and of an induction long past", of(func(q *model.Requirement) { q.Inducted = -1 }), []part{goes(group, mon, ann)}, 0},
	})
}

func TestOrderDatesSay(t *testing.T) {
	inducted := func(d model.Date) func(*model.Snapshot) {
		return func(sn *model.Snapshot) { order(sn, ann).Inducted = d }
	}
	says(t, constraints.OrderDates, []saying{
		{"never inducted", inducted(0), []part{goes(group, mon, ann)}, []string{"A000001 cannot work at CT01 on 2026-11-30 at 09:00: they have not been inducted."}},
		{"inducted the day after", inducted(monday + 1), []part{goes(group, mon, ann)}, []string{"A000001 cannot work at CT01 on 2026-11-30 at 09:00: they are inducted on 2026-12-01."}},
	})
}
