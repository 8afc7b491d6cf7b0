package constraints_test

import (
	"testing"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver/constraints"
)

func TestETELimit(t *testing.T) {
	// CT01 offers training. 30 % of 6,000 minutes are 1,800; a session has 420.
	training := func(sn *model.Snapshot) { sn.Project(group).Kind = model.ETE }
	requires := func(required, done, promised int32) func(*model.Snapshot) {
		return func(sn *model.Snapshot) {
			training(sn)
			q := order(sn, ann)
			q.Required, q.Completed, q.ETEDone, q.PromisedETE, q.Promised = required, done, done, promised, promised
		}
	}
	remains := func(minutes int32, edit func(*model.Snapshot)) func(*model.Snapshot) {
		return both(edit, func(sn *model.Snapshot) {
			q := order(sn, ann)
			q.Completed, q.Promised = q.Required-minutes, 0
		})
	}
	days := func(n int) (all []part) {
		for day := range n {
			all = append(all, goes(group, day, ann))
		}
		return all
	}
	secondOrder := func(sn *model.Snapshot) {
		p := person(sn, ann)
		q := p.Requirements[0]
		q.Event, q.Target = 2, q.Target+1
		p.Requirements = append(p.Requirements, q)
	}
	keepsOrBreaks(t, constraints.ETELimit, []clause{
		{"1,680 of 1,800 minutes", requires(6000, 0, 0), days(4), 0},
		{"2,100 of 1,800 minutes", requires(6000, 0, 0), days(5), 1},
		{"other work does not count", nil, days(5), 0},
		{"just 30 %", requires(1400, 0, 0), days(1), 0},
		{"30 %, rounded down to 419 minutes", requires(1399, 0, 0), days(1), 1},
		{"rounded down to 420 minutes", requires(1401, 0, 0), days(1), 0},
		{"with what is completed, just the share", requires(6000, 1380, 0), days(1), 0},
		{"with what is completed, more", requires(6000, 1381, 0), days(1), 1},
		{"with what is promised in other weeks, just the share", requires(6000, 0, 1380), days(1), 0},
		{"with what is promised in other weeks, more", requires(6000, 0, 1381), days(1), 1},
		{"completed and promised are added", requires(6000, 700, 700), days(1), 1},
		{"too much before this week, and none in it", requires(6000, 2000, 0), []part{goes(carried, mon, ann)}, 0},
		{"too much before this week, and more in it", requires(6000, 2000, 0), days(1), 1},
		{"too much before this week, and one minute in it", remains(1, requires(6000, 2000, 0)), []part{changed(goes(group, mon, ann), endsAt(541))}, 1},
		{"several appointments are one case", requires(1000, 0, 0), days(3), 1},
		{"each person is a case", both(requires(1000, 0, 0), func(sn *model.Snapshot) { order(sn, bob).Required = 1000 }), []part{goes(group, mon, ann, bob)}, 2},
		{"a last appointment shortened to what remains", remains(300, requires(1000, 0, 0)), []part{changed(goes(group, mon, ann), endsAt(840))}, 0},
		{"shortened, and still more than the share", remains(301, requires(1000, 0, 0)), []part{changed(goes(group, mon, ann), endsAt(841))}, 1},
		{"not shortened", remains(300, requires(1000, 0, 0)), days(1), 1},
		{"shortened after other work", remains(620, requires(1000, 0, 0)), []part{goes(carried, mon, ann), changed(goes(group, tue, ann), endsAt(740))}, 0},
		{"whole before other work is shortened", remains(620, requires(1000, 0, 0)), []part{goes(group, mon, ann), changed(goes(carried, tue, ann), endsAt(740))}, 1},
		{"an order of their own each", both(requires(1400, 0, 0), secondOrder),
			[]part{goes(group, mon, ann), changed(goes(group, tue, ann), func(a *model.Appointment) { a.Event = 2 })}, 0},
		{"two cases, one an order", both(requires(1000, 0, 0), secondOrder),
			[]part{goes(group, mon, ann), changed(goes(group, tue, ann), func(a *model.Appointment) { a.Event = 2 })}, 2},
		{"an order that is not theirs", requires(1000, 0, 0), []part{changed(goes(group, mon, ann), func(a *model.Appointment) { a.Event = 7 })}, 0},
	})
}
