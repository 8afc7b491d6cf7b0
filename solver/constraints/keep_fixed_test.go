package constraints_test

import (
	"testing"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver/constraints"
)

func TestKeepFixed(t *testing.T) {
	frozen := func(until model.Instant) func(*model.Snapshot) {
		return func(sn *model.Snapshot) { sn.FrozenUntil = until }
	}
	monday := frozen(at(tue, 0))
	week := published(goes(carried, mon, ann), leads(carried, mon, sup1), runs(carried, mon, bus1, sup1), goes(group, tue, bob), leads(group, tue, sup1))
	same := []part{goes(carried, mon, ann), leads(carried, mon, sup1), runs(carried, mon, bus1, sup1), goes(group, tue, bob), leads(group, tue, sup1)}
	pinned := published(changed(goes(group, wed, ann), func(a *model.Appointment) { a.Pinned = true }))
	keepsOrBreaks(t, constraints.KeepFixed, []clause{
		{"nothing published, nothing frozen", nil, same, 0},
		{"the published week, kept", both(week, monday), same, 0},
		{"the frozen day dropped: appointment, duty and trip", both(week, monday), same[3:], 3},
		{"the day after it dropped", both(week, monday), same[:3], 0},
		{"a duty and a trip that begin as frozen time ends, dropped", both(week, frozen(at(mon, 540))), same[3:], 0},
		{"a duty and a trip that begin a minute before, dropped", both(week, frozen(at(mon, 541))), same[3:], 3},
		{"a pinned appointment kept", pinned, []part{goes(group, wed, ann)}, 0},
		{"a pinned appointment dropped", pinned, nil, 1},
		{"a pinned appointment booked to another requirement", pinned, []part{changed(goes(group, wed, ann), func(a *model.Appointment) { a.Event = 2 })}, 1},
		{"an appointment, a duty and a trip added in frozen time", both(week, monday),
			append([]part{goes(carried, mon, bob), leads(carried, mon, sup2), runs(carried, mon, bus2, sup2)}, same...), 3},
		{"one added after frozen time", both(week, monday), append([]part{goes(group, wed, bob)}, same...), 0},
		{"one added in frozen time when nothing is published", monday, []part{goes(group, mon, bob)}, 1},
		{"a session that begins as frozen time ends", frozen(at(mon, 540)), []part{goes(group, mon, bob)}, 0},
		{"a session that begins a minute before frozen time ends", frozen(at(mon, 541)), []part{goes(group, mon, bob)}, 1},
		{"somebody no longer known is missing all the same", both(published(goes(group, mon, "Z999999")), monday), nil, 1},
	})
}
