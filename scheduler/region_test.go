package scheduler_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
)

// week is the week every test freezes: Monday 30 November to Sunday 6 December 2026.
var week = model.Week{Year: 2026, Number: 49}

var (
	monday = week.Monday()
	town   = geo.Point{Latitude: 52, Longitude: -1.5}
)

func profile(tb testing.TB) *policy.Profile {
	tb.Helper()
	p, err := policy.Load(policy.Default)
	require.NoError(tb, err)
	return p
}

func calendar(tb testing.TB) model.Calendar {
	tb.Helper()
	c, err := scheduler.NewCalendar("Europe/London", monday, monday+6)
	require.NoError(tb, err)
	return c
}

// region is one team with a project that runs on Mondays, a supervisor, a minibus, and one person.
func region() *model.Facts {
	return &model.Facts{
		Region:      "Mercia",
		Teams:       []model.Team{{Code: "T1", Name: "One", Area: "North", Region: "Mercia", WeatherArea: "W1"}},
		People:      []model.Person{person("X000001")},
		Projects:    []model.Project{{Code: "CT01", Kind: model.Group, Team: "T1", Site: town, Places: 8, Exposure: model.Indoor}},
		Slots:       []model.Slot{slot("CT01", 1, 9*60, 16*60)},
		Supervisors: []model.Supervisor{{Code: "S1", Team: "T1", WeekMinutes: 2220}},
		Shifts: []model.Shift{{Supervisor: "S1", When: model.When{
			Weekday: 1, Start: 8 * 60, End: 18 * 60}}},
		Minibuses: []model.Minibus{{Registration: "AB12 CDE", Team: "T1", Seats: 8, Depot: town}},
		Stops:     []model.Stop{{Code: "P1", At: geo.Point{Latitude: 52.05, Longitude: -1.5}}},
	}
}

func person(crn model.CRN) model.Person {
	return model.Person{
		CRN: crn, Team: "T1", Sex: model.Male, Home: town, Mode: geo.Bus,
		Requirements: []model.Requirement{{
			Event: 1, Status: model.Active, Sentenced: monday - 100, Inducted: monday - 90, Target: monday + 265, Required: 6000,
		}},
	}
}

func slot(project model.ProjectCode, weekday int8, start, end model.Clock) model.Slot {
	return model.Slot{Project: project, Weekday: weekday, Start: start, End: end, StartDate: monday - 700}
}

// appointment is one on the person's first event from nine to four.
func appointment(c model.Calendar, crn model.CRN, d model.Date, outcome model.Outcome) model.Appointment {
	return model.Appointment{
		CRN: crn, Event: 1, Session: model.SessionKey{Project: "CT01", Date: d, Start: 540},
		Span: c.Span(d, 540, 960), Outcome: outcome,
	}
}

// freeze freezes the region as of noon of the Thursday before, which freezes nothing of the week.
func freeze(tb testing.TB, f *model.Facts) (*model.Snapshot, []scheduler.Finding) {
	tb.Helper()
	sn, found, err := scheduler.Freeze(f, profile(tb), week, calendar(tb).Instant(monday-4, 720))
	require.NoError(tb, err)
	return sn, found
}

func kinds(found []scheduler.Finding) []string {
	var out []string
	for _, f := range found {
		out = append(out, f.Kind)
	}
	return out
}
