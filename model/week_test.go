package model_test

import (
	"time"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/model/policy"
)

// w49 is the week of the fixture: Monday 30 November to Sunday 6 December 2026.
var (
	w49    = model.Week{Year: 2026, Number: 49}
	monday = w49.Monday()
	monKey = model.SessionKey{Project: "CT01", Date: monday, Start: 540}
	tueKey = model.SessionKey{Project: "CT02", Date: monday + 1, Start: 540}
)

func on(p model.ProjectCode, d model.Date, start model.Clock) model.SessionKey {
	return model.SessionKey{Project: p, Date: d, Start: start}
}

// london is Europe/London from the autumn of 2025 to the spring of 2028, its clock changes written out by hand.
func london() model.Calendar {
	utc := func(year int, month time.Month, day int) model.Instant {
		return model.Instant(model.NewDate(year, month, day))*1440 + 60
	}
	return model.Calendar{Zone: "Europe/London", Offsets: []model.Offset{
		{From: utc(2025, 10, 26), Minutes: 0},
		{From: utc(2026, 3, 29), Minutes: 60}, {From: utc(2026, 10, 25), Minutes: 0},
		{From: utc(2027, 3, 28), Minutes: 60}, {From: utc(2027, 10, 31), Minutes: 0},
	}}
}

func book() *policy.Book {
	p, err := policy.Load(policy.Default)
	if err != nil {
		panic(err) // the default profile is embedded
	}
	return p.On("2026-11-30")
}

// smallWeek is a valid week: two projects with a session each, two people, two supervisors, two minibuses, one published
// appointment.
func smallWeek() *model.Snapshot {
	c := london()
	here := geo.Point{Latitude: 52, Longitude: -1.5}
	person := func(crn model.CRN) model.Person {
		return model.Person{
			CRN: crn, Team: "T1", Sex: model.Male, Home: here, Attendance: 600,
			Requirements: []model.Requirement{{Event: 1, Status: model.Active, Sentenced: monday - 90, Target: monday + 275, Required: 6000}},
			Free:         []model.Span{{Start: c.Instant(monday-1, 0), End: c.Instant(monday+9, 0)}},
		}
	}
	supervisor := func(code model.SupervisorCode) model.Supervisor {
		return model.Supervisor{Code: code, Team: "T1", WeekMinutes: 2220,
			Available: []model.Span{c.Span(monday, 480, 1080), c.Span(monday+1, 480, 1080)}}
	}
	session := func(k model.SessionKey) model.Session {
		return model.Session{Key: k, End: 960, Span: c.Span(k.Date, k.Start, 960), Area: "North"}
	}
	return &model.Snapshot{
		Region: "Mercia", Week: w49, Calendar: c, AsOf: c.Instant(monday-4, 720), FrozenUntil: c.Instant(monday-2, 0), Policy: book(),
		Teams:       []model.Team{{Code: "T1", Area: "North", WeatherArea: "W1"}},
		People:      []model.Person{person("X000001"), person("X000002")},
		Supervisors: []model.Supervisor{supervisor("S1"), supervisor("S2")},
		Minibuses: []model.Minibus{
			{Registration: "B1", Team: "T1", Seats: 8, Depot: here}, {Registration: "B2", Team: "T1", Seats: 16, Depot: here},
		},
		Projects: []model.Project{
			{Code: "CT01", Team: "T1", Site: here, Places: 8}, {Code: "CT02", Team: "T1", Site: here, Places: 8, WeatherArea: "W2"},
		},
		Sessions:  []model.Session{session(monKey), session(tueKey)},
		Stops:     []model.Stop{{Code: "P1", At: here}},
		KeepApart: []model.Pair{{A: "X000001", B: "X000002"}},
		Zones:     []model.Zone{{CRN: "X000002", Centre: here, Metres: 500}},
		Outlooks:  []model.Outlook{{WeatherArea: "W1", Date: monday, RainPermille: 100}},
		Standing:  []model.Standing{{CRN: "X000002", Project: "CT01", Weekday: 1, Start: 540, End: 960}},
		Kit:       []model.Kit{{Team: "T1", Kind: "boots", Quantity: 20}},
		Travel:    geo.NewMatrix([]geo.Leg{{From: "P1", To: "CT01", Mode: geo.Car, Minutes: 10}}),
		Published: &model.Roster{Region: "Mercia", Week: w49, Appointments: []model.Appointment{
			{CRN: "X000002", Event: 1, Session: monKey, Span: c.Span(monday, 540, 960)},
		}, Duties: []model.Duty{{Session: monKey, Supervisor: "S1"}}},
	}
}
