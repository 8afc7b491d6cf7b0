package location

import (
	"fmt"
	"time"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/model/policy"
)

// The one session of every facility: all at the same time.
var (
	planned = model.Week{Year: 2026, Number: 49}
	starts  = model.Clock(540)
	ends    = model.Clock(960)
)

// week states an instance as a week: a project, a session and a supervisor for each facility, a person for each customer.
func (in *Instance) week() (*model.Snapshot, error) {
	profile, err := policy.Load(policy.Default)
	if err != nil {
		return nil, err
	}
	var (
		monday = planned.Monday()
		always = []model.Span{{Start: model.Instant(monday-2) * 1440, End: model.Instant(monday+10) * 1440}}
		here   = geo.Point{Latitude: 52, Longitude: -1.5}
		sn     = &model.Snapshot{
			Region: "Location", Week: planned, Calendar: model.Calendar{Offsets: []model.Offset{{From: -1 << 30}}},
			Travel: &geo.Matrix{}, Policy: profile.On(monday.String()), Teams: []model.Team{{Code: "T1", Area: "A", Region: "Location", WeatherArea: "W"}},
		}
	)
	for i := range in.Capacity {
		code := model.ProjectCode(fmt.Sprintf("F%06d", i))
		sn.Projects = append(sn.Projects, model.Project{Code: code, Kind: model.Group, Team: "T1", Site: here, Places: in.Capacity[i], Transport: model.ByThemselves})
		sn.Sessions = append(sn.Sessions, model.Session{Key: model.SessionKey{Project: code, Date: monday, Start: starts}, End: ends, Span: sn.Calendar.Span(monday, starts, ends), Area: "A"})
		sn.Supervisors = append(sn.Supervisors, model.Supervisor{Code: model.SupervisorCode(fmt.Sprintf("K%06d", i)), Team: "T1", Home: here, WeekMinutes: 2220, Available: always})
	}
	for i := range in.Demand {
		sn.People = append(sn.People, model.Person{
			CRN: model.CRN(fmt.Sprintf("X%06d", i)), Team: "T1", Sex: model.Male, Home: here, Attendance: 600, Free: always,
			Requirements: []model.Requirement{{Event: 1, Status: model.Active, Required: 6000, Sentenced: model.NewDate(2026, time.March, 1), Target: monday + 99}},
		})
	}
	return sn, nil
}
