package model_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
)

func TestRosterFromTakesTheWeeksRows(t *testing.T) {
	t.Parallel()
	sn := smallWeek()
	c := sn.Calendar
	row := func(crn model.CRN, d model.Date) model.Appointment {
		return model.Appointment{CRN: crn, Event: 1, Session: on("CT01", d, 540), Span: c.Span(d, 540, 960), PickUp: "P1"}
	}
	history := []model.Appointment{row("X000002", monday), row("X000001", monday), row("X000001", monday), row("X000001", monday-1),
		row("X000001", monday+7)}
	r := sn.RosterFrom(w49, history, []model.Held{
		{Session: tueKey, End: 960, Host: "CT01", Supervisors: []model.SupervisorCode{"S2", "S1"},
			Breaks: [][2]model.Clock{{720, 750}, {840, 850}}},
		{Session: on("CT01", monday+7, 540), End: 960, Supervisors: []model.SupervisorCode{"S1"}},
	})
	require.Equal(t, "Mercia", r.Region)
	require.Equal(t, w49, r.Week)
	require.Zero(t, r.Version)
	require.Equal(t, []model.Appointment{row("X000001", monday), row("X000002", monday)}, r.Appointments)
	require.Equal(t, []model.Duty{{Session: tueKey, Supervisor: "S1"}, {Session: tueKey, Supervisor: "S2"}}, r.Duties)
	require.Equal(t, []model.WetPlan{{Session: tueKey, Host: "CT01"}}, r.WetPlans)
	require.Equal(t, []model.Breaks{{Session: tueKey, Spans: []model.Span{c.Span(monday+1, 720, 750), c.Span(monday+1, 840, 850)}}}, r.Breaks)
	require.Empty(t, r.Trips)
	require.NotNil(t, sn.RosterFrom(w49, nil, nil))
}

func TestTripsReadBackAreTheTripsThatWerePlanned(t *testing.T) {
	t.Parallel()
	sn := smallWeek()
	sn.Stops = append(sn.Stops, model.Stop{Code: "P2", At: geo.Point{Latitude: 52.1, Longitude: -1.5}})
	sn.Policy.BoardingMinutes = 3
	for _, stops := range [][]model.StopCode{nil, {"P1"}, {"P2", "P1"}} {
		want := model.TripTimes(sn, monKey, sn.Minibus("B1"), stops, 3)
		want.Driver = "S2"
		h := model.Held{Session: monKey, End: 960, Supervisors: []model.SupervisorCode{"S2", "S1"}, Minibuses: []model.Registration{"B1"}}
		for _, s := range want.Stops {
			_, at := sn.Calendar.Local(s.At)
			h.Stops = append(h.Stops, model.HeldStop{Stop: s.Stop, At: at})
		}
		require.Equal(t, []model.Trip{want}, sn.RosterFrom(w49, nil, []model.Held{h}).Trips)
	}
}

func TestTheDriverOfEachMinibusIsTheSupervisorInItsPlace(t *testing.T) {
	t.Parallel()
	sn := smallWeek()
	r := sn.RosterFrom(w49, nil, []model.Held{{
		Session: monKey, End: 960, Supervisors: []model.SupervisorCode{"S2"}, Minibuses: []model.Registration{"B2", "B1", "B9"},
		Stops: []model.HeldStop{{Stop: "P1", At: 500}},
	}})
	require.Len(t, r.Trips, 3)
	require.Equal(t, model.Registration("B1"), r.Trips[0].Minibus)
	require.Empty(t, r.Trips[0].Driver, "the second minibus has no second supervisor")
	require.Equal(t, model.SupervisorCode("S2"), r.Trips[1].Driver)
	call := sn.Calendar.Instant(monday, 500)
	for _, trip := range r.Trips {
		require.Equal(t, []model.StopTime{{Stop: "P1", At: call}}, trip.Stops)
	}
	require.Equal(t, call, r.Trips[2].Leaves, "nobody knows where the depot of B9 is")
}

func TestSessionsAroundMidnight(t *testing.T) {
	t.Parallel()
	sn := smallWeek()
	c := sn.Calendar
	early := model.SessionKey{Project: "CT01", Date: monday + 1, Start: 20}
	late := model.SessionKey{Project: "CT01", Date: monday + 2, Start: 1320}
	r := sn.RosterFrom(w49, nil, []model.Held{
		{Session: early, End: 240, Minibuses: []model.Registration{"B1"}, Stops: []model.HeldStop{{Stop: "P1", At: 1430}, {Stop: "P1", At: 5}}},
		{Session: late, End: 360, Breaks: [][2]model.Clock{{1430, 10}, {120, 130}}},
	})
	require.Equal(t, c.Instant(monday, 1430), r.Trips[0].Stops[0].At)
	require.Equal(t, c.Instant(monday+1, 5), r.Trips[0].Stops[1].At)
	require.Equal(t, []model.Span{c.Span(monday+2, 1430, 10), c.Span(monday+3, 120, 130)}, r.Breaks[0].Spans)
}
