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
	// On Sunday the clocks go from 01:00 to 02:00. CT01 is to run from 01:30, which is 02:30, to 02:35; CT02 from 02:15 to 02:30.
	forward := func(sn *model.Snapshot) {
		sn.Calendar.Offsets = append(sn.Calendar.Offsets, model.Offset{From: at(sun, 60), Minutes: 60})
		times := map[model.SessionKey][2]model.Clock{key(group, sun): {90, 155}, key(carried, sun): {135, 150}}
		for i := range sn.Sessions {
			s := &sn.Sessions[i]
			if x, ok := times[s.Key]; ok {
				s.Key.Start, s.End = x[0], x[1]
			}
			s.Span = sn.Calendar.Span(s.Key.Date, s.Key.Start, s.End)
		}
		sortSessions(sn)
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
		{"somebody unknown goes from one session to the next", both(twoADay, hours(carried, 960, 1200)),
			[]part{goes(group, mon, "Z999999"), moved(goes(carried, mon, "Z999999"), 960, 1200)}, 0},
		{"one session after the other, though not by the clock", both(twoADay, forward), []part{moved(goes(group, sun, ann), 90, 155), moved(goes(carried, sun, ann), 135, 150)}, 0},
		{"one duty after the other, though not by the clock", forward, []part{moved(leads(group, sun, sup1), 90, 155), moved(leads(carried, sun, sup1), 135, 150)}, 0},
		{"a minibus on two sessions at once, whatever the times of its trips", nil, []part{trip(runs(group, mon, bus1, sup1), leavesAndReturns(500, 600)),
			trip(runs(carried, mon, bus1, sup2), leavesAndReturns(700, 1000))}, 1},
		{"a minibus entered twice", nil, []part{runs(carried, mon, bus1, sup1), runs(carried, mon, bus1, sup1)}, 1},
	})
}

func TestOnePlaceSays(t *testing.T) {
	ways := func(sn *model.Snapshot) {
		sn.Policy.SessionsADay = 2
		sn.Travel = legs(leg("CT01", "CT02", geo.Walk, 10), leg("CT02", "CT01", geo.Walk, 20), leg("CT01", "CT02", geo.Car, 5), leg("CT02", "CT01", geo.Car, 7))
	}
	says(t, constraints.OnePlace, []saying{
		{"three sessions of a day", nil, []part{goes(alone, mon, ann), goes(group, mon, ann), goes(start, mon, ann)}, []string{
			"A000001 has 3 sessions on one day, and 1 are allowed: CT01 on 2026-11-30 at 09:00, IP01 on 2026-11-30 at 09:00 and PI01 on 2026-11-30 at 09:00.",
			"A000001 cannot be at both sessions, which are 0 minutes apart: CT01 on 2026-11-30 at 09:00 and IP01 on 2026-11-30 at 09:00.",
			"A000001 cannot be at both sessions, which are 0 minutes apart: CT01 on 2026-11-30 at 09:00 and PI01 on 2026-11-30 at 09:00.",
			"A000001 cannot be at both sessions, which are 0 minutes apart: IP01 on 2026-11-30 at 09:00 and PI01 on 2026-11-30 at 09:00.",
		}},
		{"two that begin at one time, from the first to the second", ways, []part{goes(group, mon, ann), goes(carried, mon, ann)}, []string{
			"A000001 cannot be at both sessions, which are 10 minutes apart: CT01 on 2026-11-30 at 09:00 and CT02 on 2026-11-30 at 09:00.",
		}},
		{"two duties that begin at one time", ways, []part{leads(group, mon, sup1), leads(carried, mon, sup1)}, []string{
			"supervisor SV01 cannot be on both duties, whose sites are 5 minutes apart: CT01 on 2026-11-30 at 09:00 and CT02 on 2026-11-30 at 09:00.",
		}},
	})
}
