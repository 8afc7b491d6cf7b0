package constraints_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/forecast"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/solver/constraints"
)

func TestAttendance(t *testing.T) {
	// A permille of a day of 420 minutes at 1000 millipoints a minute is worth 420. Ann has been seen before; her general
	// chance is 600. The week is in winter.
	with := func(e forecast.Effects, more ...func(*model.Snapshot)) func(*model.Snapshot) {
		return func(sn *model.Snapshot) {
			sn.Attendance.Effects = e
			person(sn, ann).Outcomes = 1
			for _, f := range more {
				f(sn)
			}
		}
	}
	general := func(permille int32) func(*model.Snapshot) {
		return func(sn *model.Snapshot) { person(sn, ann).Attendance = permille }
	}
	unseen := func(sn *model.Snapshot) { person(sn, ann).Outcomes = 0 }
	away := func(minutes int32) func(*model.Snapshot) {
		return func(sn *model.Snapshot) { sn.Travel = legs(leg(string(ann), string(group), geo.Walk, minutes)) }
	}
	t.Run("is told with both chances, and not where there is nothing to tell", func(t *testing.T) {
		t.Parallel()
		sn := ordinary()
		with(forecast.Effects{Winter: -23})(sn)
		person(sn, bob).Attendance = 100 // below the floor either way
		said := 0
		for v := range constraints.Attendance.Violations(sn, roster(sn, goes(group, tue, ann, bob))) {
			require.Equal(t, string(ann)+" comes to CT01 on 2026-12-01 at 09:00 with a chance of 57.7 %, where it is 60.0 % in general, which is worth -9.6 points.", constraints.Attendance.Explain(sn, v))
			said++
		}
		require.Equal(t, 1, said)
	})
	keepsOrBreaks(t, constraints.Attendance, []clause{
		{"an ordinary session", with(forecast.Effects{Individual: 100, ETE: 90, Induction: 80, First: -100, Monday: -30, Far: -80}), []part{goes(group, tue, ann)}, 0},
		{"an individual placement", with(forecast.Effects{Individual: 100}), []part{goes(alone, tue, ann)}, -100 * 420},
		{"an induction", with(forecast.Effects{Induction: 40}), []part{goes(start, tue, ann)}, -40 * 420},
		{"a Monday", with(forecast.Effects{Monday: -30}), []part{goes(group, mon, ann)}, 30 * 420},
		{"winter", with(forecast.Effects{Winter: -20}), []part{goes(group, tue, ann)}, 20 * 420},
		{"effects add up", with(forecast.Effects{Individual: 100, Monday: -30, Winter: -20}), []part{goes(alone, mon, ann)}, -50 * 420},
		{"a first session", with(forecast.Effects{First: -100}, unseen), []part{goes(group, tue, ann)}, 100 * 420},
		{"no first session", with(forecast.Effects{First: -100}), []part{goes(group, tue, ann)}, 0},
		{"an hour's way is not long", with(forecast.Effects{Far: -80}, away(60)), []part{goes(group, tue, ann)}, 0},
		{"a minute more is", with(forecast.Effects{Far: -80}, away(61)), []part{goes(group, tue, ann)}, 80 * 420},
		{"a way that nobody knows is not long", with(forecast.Effects{Far: -80}, func(sn *model.Snapshot) { person(sn, ann).Home = geo.Point{} }), []part{goes(group, tue, ann)}, 0},
		{"nobody is given more than 95 %", with(forecast.Effects{Individual: 100}, general(900)), []part{goes(alone, tue, ann)}, -50 * 420},
		{"nor counted as more in general", with(forecast.Effects{Winter: -20}, general(960)), []part{goes(group, tue, ann)}, 10 * 420},
		{"below a quarter all count alike", with(forecast.Effects{Winter: -200}, general(249)), []part{goes(group, tue, ann)}, 0},
		{"down to a quarter it counts", with(forecast.Effects{Winter: -200}, general(260)), []part{goes(group, tue, ann)}, 10 * 420},
		{"a session that ends early counts whole", with(forecast.Effects{Winter: -20}), []part{changed(goes(group, tue, ann), endsAt(720))}, 20 * 420},
		{"nothing they could work", with(forecast.Effects{Winter: -20}, func(sn *model.Snapshot) { order(sn, ann).Status = model.Suspended }), []part{goes(group, tue, ann)}, 0},
		{"booked to another requirement", with(forecast.Effects{Winter: -20}), []part{changed(goes(group, tue, ann), func(a *model.Appointment) { a.Event = 2 })}, 0},
		{"somebody unknown", with(forecast.Effects{Winter: -20}), []part{goes(group, tue, "Z999999")}, 0},
	})
}
