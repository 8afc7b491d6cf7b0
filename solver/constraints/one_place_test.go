package constraints_test

import (
	"testing"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/solver/constraints"
)

func TestOnePlace(t *testing.T) {
	twoADay := func(sn *model.Snapshot) { sn.Policy.SessionsADay = 2 }
	// CT02 runs in the evening instead, 16:30 to 20:30.
	evening := func(sn *model.Snapshot) {
		for i := range sn.Sessions {
			if s := &sn.Sessions[i]; s.Key.Project == carried {
				s.Key.Start, s.End = 990, 1230
				s.Span = sn.Calendar.Span(s.Key.Date, 990, 1230)
			}
		}
		sortSessions(sn)
	}
	late := func(p part) part { return moved(p, 990, 1230) }
	walk := func(minutes int32) func(*model.Snapshot) {
		return func(sn *model.Snapshot) { sn.Travel = legs(leg("CT01", "CT02", geo.Walk, minutes)) }
	}
	drive := func(minutes int32) func(*model.Snapshot) {
		return func(sn *model.Snapshot) { sn.Travel = legs(leg("CT01", "CT02", geo.Car, minutes)) }
	}
	keepsOrBreaks(t, constraints.OnePlace, []clause{
		{"one session a day", nil, []part{goes(group, mon, ann), goes(carried, tue, ann)}, 0},
		{"two sessions on one day, far apart in time", evening, []part{goes(group, mon, ann), late(goes(carried, mon, ann))}, 1},
		{"two sessions on one day where the policy allows two", both(evening, twoADay), []part{goes(group, mon, ann), late(goes(carried, mon, ann))}, 0},
		{"three on one day where it allows two, two of which overlap", both(evening, twoADay),
			[]part{goes(group, mon, ann), goes(start, mon, ann), late(goes(carried, mon, ann))}, 2},
		{"thirty minutes between them and a way of thirty", all(evening, twoADay, walk(30)), []part{goes(group, mon, ann), late(goes(carried, mon, ann))}, 0},
		{"thirty minutes between them and a way of thirty-one", all(evening, twoADay, walk(31)), []part{goes(group, mon, ann), late(goes(carried, mon, ann))}, 1},
		{"a shortened appointment still holds its session's time", all(evening, twoADay, walk(31)),
			[]part{changed(goes(group, mon, ann), endsAt(600)), late(goes(carried, mon, ann))}, 1},
		{"two people in two sessions", nil, []part{goes(group, mon, ann), goes(carried, mon, bob)}, 0},
		{"one person twice in one session", nil, []part{goes(group, mon, ann, ann)}, 1},
		{"a supervisor on two sessions at once", nil, []part{leads(group, mon, sup1), leads(carried, mon, sup1)}, 1},
		{"two supervisors on two sessions at once", nil, []part{leads(group, mon, sup1), leads(carried, mon, sup2)}, 0},
		{"a supervisor with thirty minutes and a drive of thirty", both(evening, drive(30)), []part{leads(group, mon, sup1), late(leads(carried, mon, sup1))}, 0},
		{"a supervisor with thirty minutes and a drive of thirty-one", both(evening, drive(31)), []part{leads(group, mon, sup1), late(leads(carried, mon, sup1))}, 1},
		{"a supervisor entered twice", nil, []part{leads(group, mon, sup1, sup1)}, 1},
		{"a driver who leaves the depot in time", evening, []part{leads(group, mon, sup1), late(leads(carried, mon, sup1)),
			late(trip(runs(carried, mon, bus1, sup1), leavesAndReturns(960, 1230)))}, 0},
		{"a driver who would have to leave the depot before their first duty ends", evening, []part{leads(group, mon, sup1), late(leads(carried, mon, sup1)),
			late(trip(runs(carried, mon, bus1, sup1), leavesAndReturns(959, 1230)))}, 1},
		{"a driver whose depot is too far from the first site", both(evening, func(sn *model.Snapshot) { sn.Travel = legs(leg("CT01", "BUS01", geo.Car, 1)) }),
			[]part{leads(group, mon, sup1), late(leads(carried, mon, sup1)), late(trip(runs(carried, mon, bus1, sup1), leavesAndReturns(960, 1230)))}, 1},
		{"a minibus on two sessions at once", nil, []part{runs(group, mon, bus1, sup1), runs(carried, mon, bus1, sup2)}, 1},
		{"a minibus back before it leaves again", evening, []part{trip(runs(group, mon, bus1, sup1), leavesAndReturns(500, 960)),
			late(trip(runs(carried, mon, bus1, sup1), leavesAndReturns(960, 1230)))}, 0},
		{"a minibus that would have to leave before it is back", evening, []part{trip(runs(group, mon, bus1, sup1), leavesAndReturns(500, 961)),
			late(trip(runs(carried, mon, bus1, sup1), leavesAndReturns(960, 1230)))}, 1},
		{"a minibus entered twice", nil, []part{runs(carried, mon, bus1, sup1), runs(carried, mon, bus1, sup1)}, 1},
	})
}
