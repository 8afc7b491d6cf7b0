package api_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"
	"pgregory.net/rapid"

	"github.com/communitypayback/payback/api"
	paybackv1 "github.com/communitypayback/payback/api/gen/payback/v1"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

var (
	week   = model.Week{Year: 2026, Number: 49}
	monKey = model.SessionKey{Project: "CT01", Date: model.NewDate(2026, 11, 30), Start: 540}
	tueKey = model.SessionKey{Project: "CT02", Date: model.NewDate(2026, 12, 1), Start: 540}
)

func london(t require.TestingT) model.Calendar {
	c, err := scheduler.NewCalendar("Europe/London", model.NewDate(2025, 1, 1), model.NewDate(2028, 12, 31))
	require.NoError(t, err)
	return c
}

func TestEveryPartOfARosterIsTold(t *testing.T) {
	t.Parallel()
	c := london(t)
	at := func(clock model.Clock) model.Instant { return c.Instant(monKey.Date, clock) }
	got := api.RosterMessage(&model.Snapshot{Calendar: c}, &model.Roster{
		Region: "R1", Week: week, Version: 2, From: model.Digest{1},
		Appointments: []model.Appointment{{CRN: "X000001", Event: 2, Session: monKey, Span: c.Span(monKey.Date, 540, 1440), PickUp: "ST01", PickUpAt: at(500),
			Supervisor: "S014", Pinned: true, Outcome: "ATTC", Credited: 400, Penalty: 15}},
		Duties: []model.Duty{{Session: monKey, Supervisor: "S014"}},
		Trips: []model.Trip{{
			Session: monKey, Minibus: "KX21ABC", Driver: "S014", Leaves: at(480), Returns: at(1020), Stops: []model.StopTime{{Stop: "ST01", At: at(500)}},
		}},
		WetPlans: []model.WetPlan{{Session: monKey, Host: "WR02"}},
		Breaks:   []model.Breaks{{Session: monKey, Spans: []model.Span{{Start: at(720), End: at(750)}}}},
	})
	const session = "CT01/2026-11-30/09:00"
	want := &paybackv1.Roster{
		Region: "R1", Week: "2026-W49", Version: 2, Zone: "Europe/London", InputDigest: model.Digest{1}.String(),
		Appointments: []*paybackv1.Appointment{{Crn: "X000001", EventNumber: 2, Session: session, ProjectCode: "CT01", Date: "2026-11-30", StartTime: "09:00",
			EndTime: "24:00", PickUpLocationCode: "ST01", PickUpTime: "08:20", SupervisorOfficerCode: "S014", Pinned: true, MinutesOffered: 900,
			ContactOutcomeCode: "ATTC", MinutesCredited: 400, PenaltyMinutes: 15}},
		Duties: []*paybackv1.Duty{{Session: session, SupervisorOfficerCode: "S014"}},
		Trips: []*paybackv1.Trip{{
			Session: session, Minibus: "KX21ABC", DriverOfficerCode: "S014", LeaveTime: "08:00", ReturnTime: "17:00",
			PickUps: []*paybackv1.PickUp{{PickUpLocationCode: "ST01", PickUpTime: "08:20"}},
		}},
		WetPlans:   []*paybackv1.WetPlan{{Session: session, HostProjectCode: "WR02"}},
		BreakPlans: []*paybackv1.BreakPlan{{Session: session, Breaks: []*paybackv1.Break{{StartTime: "12:00", EndTime: "12:30"}}}},
	}
	require.True(t, proto.Equal(want, got), "%v", got)
}

func TestAnAppointmentIsToldAsItIs(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := london(t)
		date := model.NewDate(2026, 1, 1) + model.Date(rapid.IntRange(0, 364).Draw(t, "day"))
		start := model.Clock(rapid.IntRange(0, 23).Draw(t, "hour")) * 60
		a := model.Appointment{
			CRN: model.CRN(rapid.StringMatching(`[A-Z][0-9]{6}`).Draw(t, "crn")), Event: rapid.Int32Range(1, 9).Draw(t, "event"),
			Session: model.SessionKey{Project: "CT01", Date: date, Start: start},
			Span:    c.Span(date, start, start+model.Clock(rapid.IntRange(1, 1440-int(start)).Draw(t, "minutes"))),
			PickUp:  model.StopCode(rapid.SampledFrom([]string{"", "ST01"}).Draw(t, "stop")), Supervisor: "S014",
			Pinned: rapid.Bool().Draw(t, "pinned"), Outcome: "ATTC", Credited: rapid.Int32().Draw(t, "credited"), Penalty: 15,
		}
		if a.PickUp != "" {
			a.PickUpAt = a.Span.Start
		}
		m := api.RosterMessage(&model.Snapshot{Calendar: c}, &model.Roster{Region: "R1", Week: week, Appointments: []model.Appointment{a}})
		require.Len(t, m.GetAppointments(), 1)
		got := m.GetAppointments()[0]
		require.Equal(t, a.PickUp == "", got.GetPickUpTime() == "")
		require.Equal(t, a.Minutes(), got.GetMinutesOffered())
		require.Equal(t, a.Session.Project, model.ProjectCode(got.GetProjectCode()))

		key, err := model.ParseSessionKey(got.GetSession())
		require.NoError(t, err)
		day, err := model.ParseDate(got.GetDate())
		require.NoError(t, err)
		from, err := model.ParseClock(got.GetStartTime())
		require.NoError(t, err)
		to, err := model.ParseClock(got.GetEndTime())
		require.NoError(t, err)
		back := model.Appointment{
			CRN: model.CRN(got.GetCrn()), Event: got.GetEventNumber(), Session: key, Span: a.Span, PickUp: model.StopCode(got.GetPickUpLocationCode()),
			PickUpAt: a.PickUpAt, Supervisor: model.SupervisorCode(got.GetSupervisorOfficerCode()), Pinned: got.GetPinned(),
			Outcome: model.Outcome(got.GetContactOutcomeCode()), Credited: got.GetMinutesCredited(), Penalty: got.GetPenaltyMinutes(),
		}
		require.Equal(t, a, back)
		if length := c.Span(day, from, to).Minutes(); length != a.Minutes() { // the hour that a clock change repeats has one name
			require.EqualValues(t, 60, max(length-a.Minutes(), a.Minutes()-length))
		}
	})
}
