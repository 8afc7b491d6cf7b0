package model_test

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
)

func TestAWholeWeekIsValid(t *testing.T) {
	t.Parallel()
	require.NoError(t, smallWeek().Validate())
}

func TestValidateNamesWhatIsNotWhole(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		damage func(*model.Snapshot)
		says   string
	}{
		{"no policy", func(s *model.Snapshot) { s.Policy = nil }, "there is no policy"},
		{"a negative price", func(s *model.Snapshot) { s.Policy.DutyPrice = -1 }, "policy opening.supervisor: found -1"},
		{"a pace that divides by zero", func(s *model.Snapshot) { s.Policy.WorthPaceFloor = 0 }, "urgency.pace-floor"},
		{"a week of more minutes than there are", func(s *model.Snapshot) { s.Policy.WeekMaxMinutes = 10_081 }, "a week has 10080 minutes"},
		{"a share of more than everything", func(s *model.Snapshot) { s.Policy.ETESharePercent = 101 }, "policy ete-limit.share: found 101"},
		{"more training promised than there is promised", func(s *model.Snapshot) { s.People[0].Requirements[0].PromisedETE = 1 }, "promised minutes of education"},
		{"a week that does not exist", func(s *model.Snapshot) { s.Week.Number = 54 }, "week 2026-W54 does not exist"},
		{"people out of order", func(s *model.Snapshot) { s.People[0], s.People[1] = s.People[1], s.People[0] }, "the people are out of order"},
		{"a person twice",
			func(s *model.Snapshot) { s.People = append(s.People, s.People[1]) }, "the people are out of order or hold one twice, at number 3"},
		{"sessions twice", func(s *model.Snapshot) { s.Sessions = append(s.Sessions, s.Sessions[1]) }, "the sessions"},
		{"supervisors twice", func(s *model.Snapshot) { s.Supervisors = append(s.Supervisors, s.Supervisors[1]) }, "the supervisors"},
		{"minibuses twice", func(s *model.Snapshot) { s.Minibuses = append(s.Minibuses, s.Minibuses[1]) }, "the minibuses"},
		{"projects twice", func(s *model.Snapshot) { s.Projects = append(s.Projects, s.Projects[1]) }, "the projects"},
		{"teams twice", func(s *model.Snapshot) { s.Teams = append(s.Teams, s.Teams[0]) }, "the teams"},
		{"stops twice", func(s *model.Snapshot) { s.Stops = append(s.Stops, s.Stops[0]) }, "the stops"},
		{"a pair twice", func(s *model.Snapshot) { s.KeepApart = append(s.KeepApart, s.KeepApart[0]) }, "the keep-apart pairs"},
		{"a pair the wrong way round",
			func(s *model.Snapshot) { s.KeepApart[0] = model.Pair{A: "X000002", B: "X000001"} }, "expected the first before the second"},
		{"a person apart from themselves", func(s *model.Snapshot) { s.KeepApart[0].B = "X000001" }, "expected the first before the second"},
		{"forecasts out of order", func(s *model.Snapshot) { s.Outlooks = append(s.Outlooks, s.Outlooks[0]) }, "the forecasts"},
		{"a CRN of another form", func(s *model.Snapshot) { s.People[1].CRN = "X0000012" }, "expected one letter and six digits"},
		{"a person of no team", func(s *model.Snapshot) { s.People[0].Team = "T9" }, "X000001: found team T9"},
		{"a position that is no number", func(s *model.Snapshot) { s.People[0].Home.Latitude = math.NaN() }, "X000001: the position"},
		{"a depot beyond the pole", func(s *model.Snapshot) { s.Minibuses[0].Depot.Latitude = 91 }, "minibus B1: the position"},
		{"a site infinitely far away", func(s *model.Snapshot) { s.Projects[0].Site.Longitude = math.Inf(1) }, "project CT01: the position"},
		{"a word of no list", func(s *model.Snapshot) { s.People[0].Sex = 3 }, "none of its list"},
		{"a person without a requirement", func(s *model.Snapshot) { s.People[0].Requirements = nil }, "has no requirement"},
		{"a requirement twice", func(s *model.Snapshot) {
			s.People[0].Requirements = append(s.People[0].Requirements, s.People[0].Requirements[0])
		}, "requirements of X000001"},
		{"more minutes than fit",
			func(s *model.Snapshot) { s.People[0].Requirements[0].Required = 100_001 }, "required minutes 100001; expected 0 to 100000"},
		{"an adjustment below all bounds",
			func(s *model.Snapshot) { s.People[0].Requirements[0].Adjustment = math.MinInt32 }, "adjusted minutes"},
		{"fewer completed than none", func(s *model.Snapshot) { s.People[0].Requirements[0].Completed = -1 }, "completed minutes -1"},
		{"an attendance above certainty", func(s *model.Snapshot) { s.People[0].Attendance = 1001 }, "attendance in permille 1001"},
		{"an effect beyond certainty", func(s *model.Snapshot) { s.Attendance.Effects.Far = -1001 }, "effect of a long way -1001; expected -1000 to 1000"},
		{"a mean above certainty", func(s *model.Snapshot) { s.Attendance.Mean = 1001 }, "mean attendance in permille 1001"},
		{"chances the wrong way round", func(s *model.Snapshot) { s.Policy.AttendanceLeast = 951 }, "policy attendance.most: found 950 after a least of 951"},
		{"a most above certainty", func(s *model.Snapshot) { s.Policy.AttendanceMost = 1001 }, "policy attendance.most: found 1001"},
		{"an assumed effect above certainty", func(s *model.Snapshot) { s.Policy.AttendanceFirst = 1001 }, "policy attendance.first: found 1001"},
		{"an assumption that drowns every record", func(s *model.Snapshot) { s.Policy.AttendanceRegionWeight = 10_001 }, "policy attendance.region-weight: found 10001"},
		{"weeks of a forecast beyond all records", func(s *model.Snapshot) { s.Policy.ForecastOfferWeeks = 521 }, "policy forecast.offer-weeks: found 521"},
		{"a month of no year", func(s *model.Snapshot) { s.Policy.AttendanceWinterTo = 13 }, "policy attendance.winter-to: found 13; expected a month, 1 to 12"},
		{"free time out of order", func(s *model.Snapshot) {
			s.People[0].Free = []model.Span{{Start: 20, End: 30}, {Start: 0, End: 10}}
		}, "X000001: the free spans"},
		{"free time that touches", func(s *model.Snapshot) {
			s.People[0].Free = []model.Span{{Start: 0, End: 10}, {Start: 10, End: 20}}
		}, "X000001: the free spans"},
		{"caring time out of order", func(s *model.Snapshot) {
			s.People[0].Free, s.People[0].Caring = nil, []model.Span{{Start: 20, End: 30}, {Start: 0, End: 10}}
		}, "X000001: the caring spans"},
		{"caring time that is free", func(s *model.Snapshot) {
			s.People[0].Free, s.People[0].Caring = []model.Span{{Start: 0, End: 10}}, []model.Span{{Start: 9, End: 20}}
		}, "X000001: caring and free spans overlap"},
		{"working time of no length",
			func(s *model.Snapshot) { s.Supervisors[0].Available = []model.Span{{}} }, "supervisor S1: the working spans"},
		{"more hours than a week has", func(s *model.Snapshot) { s.Supervisors[0].WeekMinutes = 10_081 }, "weekly minutes 10081"},
		{"a minibus without seats", func(s *model.Snapshot) { s.Minibuses[0].Seats = 0 }, "passenger seats 0; expected 1 to 16"},
		{"a minibus with too many", func(s *model.Snapshot) { s.Minibuses[0].Seats = 17 }, "passenger seats 17"},
		{"too many places", func(s *model.Snapshot) { s.Projects[0].Places = 1001 }, "places 1001"},
		{"a session of no project",
			func(s *model.Snapshot) { s.Projects = s.Projects[:1] }, "session CT02/2026-12-01/09:00: the week has no project CT02"},
		{"a session of another week", func(s *model.Snapshot) { s.Sessions[1].Key.Date += 7 }, "lies outside week"},
		{"a span that its times do not give", func(s *model.Snapshot) { s.Sessions[0].Span.End++ }, "the span is not what its times give"},
		{"a zone of nobody", func(s *model.Snapshot) { s.Zones[0].CRN = "X000009" }, "found person X000009"},
		{"a zone nowhere", func(s *model.Snapshot) { s.Zones[0].Centre = geo.Point{} }, "neither a centre nor a project"},
		{"a standing slot nowhere", func(s *model.Snapshot) { s.Standing[0].Project = "CT9" }, "found project CT9"},
		{"rain beyond certainty", func(s *model.Snapshot) { s.Outlooks[0].RainPermille = 1001 }, "rain in permille 1001"},
		{"a journey of negative length", func(s *model.Snapshot) { s.Travel.Legs[0].Minutes = -1 }, "P1 to CT01: found minutes -1"},
		{"journeys out of order", func(s *model.Snapshot) { s.Travel.Legs = append(s.Travel.Legs, s.Travel.Legs[0]) }, "the journeys"},
		{"a roster of another week", func(s *model.Snapshot) { s.Published.Week = w49.Add(1) }, "the published roster is of week 2026-W50"},
		{"the published roster as that of the week before",
			func(s *model.Snapshot) { s.Before = s.Published }, "the roster of the week before is of week 2026-W49"},
		{"an appointment twice", func(s *model.Snapshot) {
			s.Published.Appointments = append(s.Published.Appointments, s.Published.Appointments[0])
		}, "appointments of the published roster"},
		{"an appointment of no length", func(s *model.Snapshot) { s.Published.Appointments[0].Span.End = 0 }, "no real length"},
		{"an unknown outcome", func(s *model.Snapshot) { s.Published.Appointments[0].Outcome = "WXYZ" }, "unknown outcome"},
		{"a duty of another week", func(s *model.Snapshot) { s.Published.Duties[0].Session.Date += 7 }, "is of another week"},
		{"offsets out of order", func(s *model.Snapshot) { s.Calendar.Offsets[0].From = 1 << 29 }, "offsets are out of order"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			sn := smallWeek()
			c.damage(sn)
			err := sn.Validate()
			var e *model.Error
			require.ErrorAs(t, err, &e)
			require.Equal(t, model.CodeInvalid, e.Code)
			require.Contains(t, e.Message, c.says)
		})
	}
}

func TestValidateNamesTheFirstFewProblemsAndCountsTheRest(t *testing.T) {
	t.Parallel()
	sn := smallWeek()
	for range 40 {
		sn.Stops = append(sn.Stops, model.Stop{Code: "P1"})
	}
	err := sn.Validate()
	require.ErrorContains(t, err, "and 35 more")
	require.Less(t, strings.Count(err.Error(), ";"), 7)
}

func TestRostersMayNameWhatTheWeekHasNoMore(t *testing.T) {
	t.Parallel()
	sn := smallWeek()
	sn.Published.Appointments[0].CRN = "X000009"
	sn.Published.Duties[0].Supervisor = "S9"
	sn.Published.Trips = []model.Trip{{Session: monKey, Minibus: "B9"}}
	sn.KeepApart = append(sn.KeepApart, model.Pair{A: "X000002", B: "Z000001"})
	require.NoError(t, sn.Validate())
}
