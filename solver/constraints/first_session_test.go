package constraints_test

import (
	"testing"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver/constraints"
)

func TestFirstSession(t *testing.T) {
	// A first session that is due is worth 60 points, and 60 more in time.
	due := func(day int) func(*model.Snapshot) {
		return func(sn *model.Snapshot) { person(sn, ann).FirstDue = monday + model.Date(day) }
	}
	keepsOrBreaks(t, constraints.FirstSession, []clause{
		{"nothing is due", nil, []part{goes(group, mon, ann)}, 0},
		{"nobody is placed", due(wed), nil, 0},
		{"on the day", due(wed), []part{goes(group, wed, ann)}, -120_000},
		{"a day before", due(wed), []part{goes(group, tue, ann)}, -120_000},
		{"a day after", due(wed), []part{goes(group, thu, ann)}, -60_000},
		{"due on the Sunday", due(sun), []part{goes(group, sun, ann)}, -120_000},
		{"due on the Monday of the week", due(mon), []part{goes(group, mon, ann)}, -120_000},
		{"due on the Monday after", due(7), []part{goes(group, mon, ann)}, 0},
		{"overdue since the day before the week", due(-1), []part{goes(group, mon, ann)}, -60_000},
		{"overdue for long", due(-30), []part{goes(group, sun, ann)}, -60_000},
		{"only the first counts", due(wed), []part{goes(group, tue, ann), goes(group, wed, ann)}, -120_000},
		{"the first is in time, the second is not", due(wed), []part{goes(group, wed, ann), goes(group, thu, ann)}, -120_000},
		{"an induction counts", due(wed), []part{goes(start, wed, ann)}, -120_000},
		{"another's session", due(wed), []part{goes(group, wed, bob)}, 0},
		{"two who wait", both(due(wed), func(sn *model.Snapshot) { person(sn, bob).FirstDue = monday - 5 }), []part{goes(group, wed, ann, bob)}, -180_000},
		{"booked to another requirement", due(wed), []part{changed(goes(group, wed, ann), func(a *model.Appointment) { a.Event = 2 })}, 0},
		{"first to another requirement", due(wed), []part{changed(goes(group, tue, ann), func(a *model.Appointment) { a.Event = 2 }), goes(group, thu, ann)}, -60_000},
		{"nothing they could work", both(due(wed), func(sn *model.Snapshot) { order(sn, ann).Status = model.Suspended }), []part{goes(group, wed, ann)}, 0},
		{"a region that does not price it", both(due(wed), func(sn *model.Snapshot) { sn.Policy.FirstSessionWorth, sn.Policy.FirstInTimeWorth = 0, 0 }),
			[]part{goes(group, wed, ann)}, 0},
		{"somebody whom nobody knows", due(wed), []part{goes(group, wed, "Z999999")}, 0},
	})
}
