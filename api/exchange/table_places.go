package exchange

import (
	"errors"

	"github.com/communitypayback/payback/model"
)

var teamsTable = &table[model.Team]{
	kind: "teams", needed: true, help: "Delivery teams. Areas are how work is planned and reported; a weather area shares one forecast.",
	key: func(t *model.Team) string { return string(t.Code) },
	columns: []column[model.Team]{
		code("team_code", func(t *model.Team) *model.TeamCode { return &t.Code }).must().also("code", "team").says("a code of your own", "N01"),
		words("name", func(t *model.Team) *string { return &t.Name }).also("team_name").says("its name", "North team"),
		words("area", func(t *model.Team) *string { return &t.Area }).must().says("the area it works in", "North"),
		words("region", func(t *model.Team) *string { return &t.Region }).must().says("the region it belongs to", "Example region"),
		words("weather_area", func(t *model.Team) *string { return &t.WeatherArea }).must().says("the area of its forecast", "North"),
	},
}

var projectsTable = &table[model.Project]{
	kind: "projects", needed: true, help: "Places where people work. Their times are in project_availability.csv.",
	key:   func(p *model.Project) string { return string(p.Code) },
	start: func(p *model.Project) { p.Site = notGiven },
	check: func(p *model.Project) []cellFault {
		out := checkPoint(&p.Site, true)
		if p.EndDate != 0 && p.EndDate < p.StartDate {
			out = append(out, cellFault{column: "end_date", found: p.EndDate.String(), fault: fault{what: "ends before it begins", expected: "a date on or after the start_date"}})
		}
		return out
	},
	columns: []column[model.Project]{
		code("project_code", func(p *model.Project) *model.ProjectCode { return &p.Code }).must().also("code", "project").says("a code of your own", "CT01"),
		words("name", func(p *model.Project) *string { return &p.Name }).must().also("project_name").says("its name", "Canal towpath"),
		{name: "project_type", required: true, aliases: []string{"type", "project_type_code"}, help: "an NDelius project type code such as NP1 or ICP, or group, individual, ete or induction", example: "NP1",
			read: func(_ *scan, v string, p *model.Project) *fault {
				k, err := model.ParseKind(v)
				if err != nil {
					return &fault{what: "word not known", expected: expectation(err)}
				}
				p.Kind, p.TypeCode = k, v
				return nil
			},
			write: func(_ *scan, p *model.Project) string {
				if p.TypeCode == "" {
					return p.Kind.String()
				}
				return p.TypeCode
			}},
		code("team_code", func(p *model.Project) *model.TeamCode { return &p.Team }).must().also("team").says("a code of teams.csv", "N01"),
		words("beneficiary", func(p *model.Project) *string { return &p.Beneficiary }).says("whom the work is for", "Example canal trust"),
		degrees("latitude", 90, func(p *model.Project) *float64 { return &p.Site.Latitude }, siteKnown).must(),
		degrees("longitude", 180, func(p *model.Project) *float64 { return &p.Site.Longitude }, siteKnown).must(),
		choice("exposure", model.ParseExposure, func(p *model.Project) *model.Exposure { return &p.Exposure }).must().says("outdoor, sheltered or indoor", "outdoor"),
		whole("places", 0, 1000, func(p *model.Project) *int32 { return &p.Places }).must().zeros().says("people it can take at once", "10"),
		whole("minimum_group", 0, 1000, func(p *model.Project) *int32 { return &p.MinimumGroup }).says("the smallest group; empty means the policy's", ""),
		choice("rosh_ceiling", parseCeiling, func(p *model.Project) *model.Level { return &p.Ceiling }).must().also("rosh_limit").says("the highest level of risk it takes: low, medium or high", "medium"),
		set("excluded_flags", model.ParseFlag, func(p *model.Project) *model.Flags { return &p.Excluded }).says("a list of flags, as in people.csv, that it cannot take", "risk_to_children"),
		yesNo("women_only", func(p *model.Project) *bool { return &p.WomenOnly }),
		choice("physical_demand", model.ParseDemand, func(p *model.Project) *model.Demand { return &p.Demand }).says("light, medium or heavy; empty means heavy", "medium"),
		yesNo("power_tools", func(p *model.Project) *bool { return &p.PowerTools }),
		yesNo("step_free", func(p *model.Project) *bool { return &p.StepFree }),
		yesNo("wheelchair", func(p *model.Project) *bool { return &p.Wheelchair }),
		yesNo("quiet_place", func(p *model.Project) *bool { return &p.QuietPlace }),
		whole("wet_places", 0, 1000, func(p *model.Project) *int32 { return &p.WetPlaces }).says("people of rained-off groups it can take at once, besides its own", "0"),
		words("weather_area", func(p *model.Project) *string { return &p.WeatherArea }).says("empty: that of its team", ""),
		choice("transport", model.ParseTransport, func(p *model.Project) *model.Transport { return &p.Transport }).must().says("minibus, self or either", "minibus"),
		date("agreement_until", func(p *model.Project) *model.Date { return &p.AgreementUntil }).says("last day of the agreement; empty: no end recorded", "2027-03-31"),
		date("risk_assessment_until", func(p *model.Project) *model.Date { return &p.AssessedUntil }).says("last day of the risk assessment; empty: no end recorded", "2027-03-31"),
		date("start_date", func(p *model.Project) *model.Date { return &p.StartDate }).says("its first day", ""),
		date("end_date", func(p *model.Project) *model.Date { return &p.EndDate }).says("its last day", ""),
		yesNo("hi_vis", func(p *model.Project) *bool { return &p.HiVis }),
	},
}

func siteKnown(p *model.Project) bool { return p.Site.Known() }

// parseCeiling reads a level that a project may have as its ceiling: very high is placed by hand and nobody's ceiling.
func parseCeiling(v string) (model.Level, error) {
	l, err := model.ParseLevel(v)
	if err != nil || l > model.HighRisk {
		return 0, errors.New("not a ceiling; expected one of low, medium, high")
	}
	return l, nil
}

var minibusesTable = &table[model.Minibus]{
	kind: "minibuses", help: "Vehicles. Passenger seats do not count the driver's.",
	key:   func(m *model.Minibus) string { return string(m.Registration) },
	start: func(m *model.Minibus) { m.Depot = notGiven },
	check: func(m *model.Minibus) []cellFault {
		out := checkPoint(&m.Depot, true)
		if m.WheelchairPlaces > m.Seats {
			out = append(out, cellFault{column: "wheelchair_places", fault: fault{what: "more than the seats", expected: "at most passenger_seats"}})
		}
		if m.OffRoadTo != 0 && m.OffRoadTo < m.OffRoadFrom {
			out = append(out, cellFault{column: "off_road_to", found: m.OffRoadTo.String(), fault: fault{what: "ends before it begins", expected: "a date on or after off_road_from"}})
		}
		return out
	},
	columns: []column[model.Minibus]{
		code("registration", func(m *model.Minibus) *model.Registration { return &m.Registration }).must().also("reg", "vehicle", "minibus").says("its number plate", "AB12 CDE"),
		code("team_code", func(m *model.Minibus) *model.TeamCode { return &m.Team }).must().also("team").says("a code of teams.csv", "N01"),
		whole("passenger_seats", 1, 16, func(m *model.Minibus) *int32 { return &m.Seats }).must().also("seats").says("seats besides the driver's, from 1 to 16", "8"),
		whole("wheelchair_places", 0, 16, func(m *model.Minibus) *int32 { return &m.WheelchairPlaces }).says("places for wheelchairs", "0"),
		degrees("latitude", 90, func(m *model.Minibus) *float64 { return &m.Depot.Latitude }, depotKnown).must(),
		degrees("longitude", 180, func(m *model.Minibus) *float64 { return &m.Depot.Longitude }, depotKnown).must(),
		date("inspection_until", func(m *model.Minibus) *model.Date { return &m.InspectedUntil }).says("last day of its inspection; empty: no end recorded", "2027-03-31"),
		date("off_road_from", func(m *model.Minibus) *model.Date { return &m.OffRoadFrom }).says("first day off the road", ""),
		date("off_road_to", func(m *model.Minibus) *model.Date { return &m.OffRoadTo }).says("last day off the road; empty: until further notice", ""),
	},
}

func depotKnown(m *model.Minibus) bool { return m.Depot.Known() }

var stopsTable = &table[model.Stop]{
	kind: "pick_up_locations", help: "Where minibuses stop for people.",
	key:   func(s *model.Stop) string { return string(s.Code) },
	start: func(s *model.Stop) { s.At = notGiven },
	check: func(s *model.Stop) []cellFault { return checkPoint(&s.At, true) },
	columns: []column[model.Stop]{
		code("pick_up_location_code", func(s *model.Stop) *model.StopCode { return &s.Code }).must().also("code", "pick_up", "stop", "stop_code").says("a code of your own, without @", "P01"),
		words("description", func(s *model.Stop) *string { return &s.Description }).also("name").says("where it is, in words", "Station forecourt"),
		degrees("latitude", 90, func(s *model.Stop) *float64 { return &s.At.Latitude }, stopKnown).must(),
		degrees("longitude", 180, func(s *model.Stop) *float64 { return &s.At.Longitude }, stopKnown).must(),
		code("team_code", func(s *model.Stop) *model.TeamCode { return &s.Team }).also("team").says("a code of teams.csv", "N01"),
	},
}

func stopKnown(s *model.Stop) bool { return s.At.Known() }
