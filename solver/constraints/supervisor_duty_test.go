package constraints_test

import (
	"testing"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver/constraints"
)

func TestSupervisorDuty(t *testing.T) {
	works := func(from, to model.Clock) func(*model.Snapshot) {
		return func(sn *model.Snapshot) {
			sn.Supervisor(sup1).Available = []model.Span{{Start: at(mon, from), End: at(mon, to)}}
		}
	}
	hours := func(minutes int32) func(*model.Snapshot) {
		return func(sn *model.Snapshot) { sn.Supervisor(sup1).WeekMinutes = minutes }
	}
	// A session of a later day may begin early: rest runs from 16:00 to then.
	early := func(from model.Clock) func(*model.Snapshot) {
		return func(sn *model.Snapshot) {
			for i := range sn.Sessions {
				if s := &sn.Sessions[i]; s.Key == key(carried, tue) {
					s.Key.Start, s.End = from, 960
					s.Span = sn.Calendar.Span(s.Key.Date, from, 960)
				}
			}
			sortSessions(sn)
		}
	}
	// The clocks go forward in the night to Tuesday.
	clocks := func(sn *model.Snapshot) {
		sn.Calendar.Offsets = append(sn.Calendar.Offsets, model.Offset{From: at(tue, 60), Minutes: 60})
		for i := range sn.Sessions {
			s := &sn.Sessions[i]
			s.Span = sn.Calendar.Span(s.Key.Date, s.Key.Start, s.End)
		}
	}
	// A duty on the Monday after, from some time on.
	next := func(from model.Clock) func(*model.Snapshot) {
		return func(sn *model.Snapshot) {
			k := model.SessionKey{Project: group, Date: monday + 7, Start: from}
			sn.After = &model.Roster{Week: week.Add(1), Duties: []model.Duty{{Session: k, Supervisor: sup1}},
				Appointments: []model.Appointment{{CRN: ann, Event: 1, Session: k, Span: model.Span{Start: at(7, from), End: at(7, 500)}}}}
		}
	}
	drives := func(leaves, returns model.Clock) part {
		return trip(runs(carried, mon, bus1, sup1), leavesAndReturns(leaves, returns))
	}
	// A duty on the Sunday before that ends so many minutes before Monday begins.
	sunday := func(minutes int, driven bool) func(*model.Snapshot) {
		return func(sn *model.Snapshot) {
			k := model.SessionKey{Project: group, Date: monday - 1, Start: 540}
			ends := at(mon, 0) - model.Instant(minutes)
			sn.Before = &model.Roster{Week: week.Add(-1), Duties: []model.Duty{{Session: k, Supervisor: sup1}},
				Appointments: []model.Appointment{{CRN: ann, Event: 1, Session: k, Span: model.Span{Start: at(-1, 540), End: ends}}}}
			if driven {
				sn.Before.Trips = []model.Trip{{Session: k, Minibus: bus1, Driver: sup1, Leaves: at(-1, 500), Returns: ends + 60}}
			}
		}
	}
	keepsOrBreaks(t, constraints.SupervisorDuty, []clause{
		{"within working time, exactly", works(540, 960), []part{leads(group, mon, sup1)}, 0},
		{"a minute after working time", works(540, 959), []part{leads(group, mon, sup1)}, 1},
		{"on leave that day", works(540, 960), []part{leads(group, tue, sup1)}, 1},
		{"a driver back in time", works(500, 1000), []part{leads(carried, mon, sup1), drives(500, 1000)}, 0},
		{"a driver who leaves the depot too early", works(500, 1000), []part{leads(carried, mon, sup1), drives(499, 1000)}, 1},
		{"a driver who is back too late", works(500, 1000), []part{leads(carried, mon, sup1), drives(500, 1001)}, 1},
		{"somebody else drives", works(540, 960), []part{leads(carried, mon, sup1, sup2), trip(runs(carried, mon, bus1, sup2), leavesAndReturns(400, 1100))}, 0},
		{"the week's minutes, exactly", hours(840), []part{leads(group, mon, sup1), leads(group, tue, sup1)}, 0},
		{"a minute beyond the week", hours(839), []part{leads(group, mon, sup1), leads(group, tue, sup1)}, 1},
		{"a driver's minutes count from depot to depot", hours(460), []part{leads(carried, mon, sup1), drives(520, 981)}, 1},
		{"a driver's minutes within the week", hours(460), []part{leads(carried, mon, sup1), drives(520, 980)}, 0},
		{"eleven hours of rest", early(180), []part{leads(group, mon, sup1), leads2(carried, tue, 180, sup1)}, 0},
		{"a minute less than eleven hours of rest", early(179), []part{leads(group, mon, sup1), leads2(carried, tue, 179, sup1)}, 1},
		{"a driver's rest begins at the depot", early(180), []part{leads(carried, mon, sup1), drives(540, 961), leads2(carried, tue, 180, sup1)}, 1},
		{"no rest asked for between duties of one day", nil, []part{leads(group, mon, sup1), leads(carried, mon, sup1)}, 0},
		{"eleven hours after last week's duty", sunday(120, false), []part{leads(group, mon, sup1)}, 0},
		{"less than eleven hours after last week's duty", sunday(119, false), []part{leads(group, mon, sup1)}, 1},
		{"last week's duty was driven and ended later", sunday(120, true), []part{leads(group, mon, sup1)}, 1},
		{"last week's duty was somebody else's", sunday(0, false), []part{leads(group, mon, sup2)}, 0},
		{"eleven hours before next week's duty", next(180), []part{leads(group, sun, sup1)}, 0},
		{"a duty next week too soon", next(179), []part{leads(group, sun, sup1)}, 1},
		{"eleven hours of which the clocks' going forward takes none", both(clocks, early(240)), []part{leads(group, mon, sup1), leads2(carried, tue, 240, sup1)}, 0},
		{"eleven hours by the clock that are ten", both(clocks, early(239)), []part{leads(group, mon, sup1), leads2(carried, tue, 239, sup1)}, 1},
		{"an hour of leave in the middle of the day", func(sn *model.Snapshot) {
			sn.Supervisor(sup1).Available = []model.Span{{Start: at(mon, 500), End: at(mon, 700)}, {Start: at(mon, 760), End: at(mon, 1000)}}
		}, []part{leads(group, mon, sup1)}, 1},
		{"leave that begins when the session ends", func(sn *model.Snapshot) {
			sn.Supervisor(sup1).Available = []model.Span{{Start: at(mon, 500), End: at(mon, 960)}}
		}, []part{leads(group, mon, sup1)}, 0},
		{"a duty entered twice counts once", hours(420), []part{leads(group, mon, sup1, sup1)}, 0},
		{"no hours at all", hours(0), []part{leads(group, mon, sup1)}, 1},
		{"a placement coordinator covers, by the same hours", func(sn *model.Snapshot) {
			sn.Supervisor(sup1).Grade = model.PlacementCoordinator
		}, []part{leads(group, mon, sup1)}, 0},
	})
}

// leads2 is leads for a session that begins at another time.
func leads2(p model.ProjectCode, day int, from model.Clock, s model.SupervisorCode) part {
	return moved(leads(p, day, s), from, 960)
}
