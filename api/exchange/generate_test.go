package exchange_test

import (
	"fmt"
	"slices"

	"pgregory.net/rapid"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/scheduler"
)

// london is the calendar of the files that tests make.
func london() model.Calendar {
	c, err := scheduler.NewCalendar("Europe/London", model.NewDate(2024, 1, 1), model.NewDate(2029, 1, 1))
	if err != nil {
		panic(err) // the zone database is compiled in
	}
	return c
}

// anyText draws text of any kind, formulas, quotation marks and line ends among it, but not of blanks alone, which is the
// same as an empty cell.
func anyText(t *rapid.T, name string) string {
	s := rapid.OneOf(
		rapid.SampledFrom([]string{"", "=1+1", "'=x", "''", "'", "-5", "+44 20", "@home", "\tx", "\rx", "a;b,c\"d\"", "two\nlines", "two\r\nlines", "Zoë Ōkawa", " padded ", "x\""}),
		rapid.StringN(0, 20, 60),
	).Draw(t, name)
	if blankText(s) {
		return ""
	}
	return s
}

func blankText(s string) bool {
	for _, r := range s {
		if r != ' ' && r != '\t' && r != '\n' && r != '\r' && r != '\v' && r != '\f' && r != '\u0085' && r != '\u00a0' && r != '\u1680' &&
			(r < '\u2000' || r > '\u200a') && r != '\u2028' && r != '\u2029' && r != '\u202f' && r != '\u205f' && r != '\u3000' {
			return false
		}
	}
	return true
}

func anyPoint(t *rapid.T, name string) geo.Point {
	return geo.Point{Latitude: 51 + float64(small(t, name+" lat", 1_000_000))/1e6, Longitude: float64(small(t, name+" lon", 2_000_000))/1e6 - 1}
}

func anyDate(t *rapid.T, name string) model.Date {
	return model.NewDate(2026, 1, 1) + model.Date(rapid.IntRange(0, 700).Draw(t, name))
}

func maybeDate(t *rapid.T, name string) model.Date {
	if rapid.Bool().Draw(t, name+" given") {
		return anyDate(t, name)
	}
	return 0
}

func small(t *rapid.T, name string, high int) int { return rapid.IntRange(0, high).Draw(t, name) }

func anyWhen(t *rapid.T) model.When {
	w := model.When{Weekday: int8(rapid.IntRange(-1, 6).Draw(t, "weekday")), From: maybeDate(t, "from")}
	if w.Weekday < 0 {
		w.On = anyDate(t, "on")
	}
	if rapid.Bool().Draw(t, "to given") {
		w.To = max(w.From, model.NewDate(2026, 1, 1)) + model.Date(small(t, "to", 100))
	}
	w.Start, w.End = anyClocks(t)
	return w
}

// anyClocks draws a start and another end, also past midnight.
func anyClocks(t *rapid.T) (start, end model.Clock) {
	start = model.Clock(rapid.IntRange(0, 1439).Draw(t, "start"))
	end = model.Clock(rapid.IntRange(0, 1440).Filter(func(e int) bool { return model.Clock(e) != start }).Draw(t, "end"))
	return start, end
}

// anyFacts draws the facts of a region with something of every kind. References hold and slices are sorted, as reading
// leaves them.
func anyFacts(t *rapid.T) *model.Facts {
	f := &model.Facts{Region: "Example"}
	for i := range 1 + small(t, "teams", 2) {
		f.Teams = append(f.Teams, model.Team{Code: model.TeamCode(fmt.Sprintf("T%02d", i)), Name: anyText(t, "team"), Area: "A", Region: f.Region, WeatherArea: "W"})
	}
	team := func() model.TeamCode { return f.Teams[small(t, "team", len(f.Teams)-1)].Code }
	for i := range 1 + small(t, "projects", 3) {
		p := model.Project{Code: model.ProjectCode(fmt.Sprintf("P%02d", i)), Name: "project " + anyText(t, "project"), Kind: model.Kind(small(t, "kind", 3)), Team: team(),
			Beneficiary: anyText(t, "beneficiary"), Site: anyPoint(t, "site"), Exposure: model.Exposure(small(t, "exposure", 2)), Places: int32(small(t, "places", 30)),
			MinimumGroup: int32(small(t, "minimum", 3)), Ceiling: model.Level(small(t, "ceiling", 2)), Excluded: model.Flags(small(t, "excluded", 1023)),
			WomenOnly: rapid.Bool().Draw(t, "women"), Demand: model.Demand(small(t, "demand", 2)), WetPlaces: int32(small(t, "wet", 9)), HiVis: rapid.Bool().Draw(t, "vis"),
			Transport: model.Transport(small(t, "transport", 2)), AgreementUntil: maybeDate(t, "agreement"), AssessedUntil: maybeDate(t, "assessed")}
		p.TypeCode = []string{"NP1", "ICP", "ET1", "PI"}[p.Kind]
		f.Projects = append(f.Projects, p)
		start, end := anyClocks(t)
		f.Slots = append(f.Slots, model.Slot{Project: p.Code, Weekday: int8(small(t, "day", 6)), Start: start, End: end, Frequency: model.Frequency(small(t, "freq", 2)), StartDate: anyDate(t, "slot")})
		f.Stops = append(f.Stops, model.Stop{Code: model.StopCode(fmt.Sprintf("K%02d", i)), Description: anyText(t, "stop"), At: anyPoint(t, "stop")})
		f.Minibuses = append(f.Minibuses, model.Minibus{Registration: model.Registration(fmt.Sprintf("AB%02d CDE", i)), Team: team(), Seats: int32(1 + small(t, "seats", 15)),
			Depot: anyPoint(t, "depot"), InspectedUntil: maybeDate(t, "inspected"), OffRoadFrom: maybeDate(t, "off")})
		s := model.Supervisor{Code: model.SupervisorCode(fmt.Sprintf("S%02d", i)), Team: team(), Sex: model.Sex(small(t, "sex", 2)), Grade: model.Grade(small(t, "grade", 2)),
			Licence: model.Licence(small(t, "licence", 2)), LicenceUntil: maybeDate(t, "licence"), Training: model.Training(small(t, "training", 15)), WeekMinutes: int32(1 + small(t, "week", 2219))}
		if rapid.Bool().Draw(t, "home") {
			s.Home = anyPoint(t, "home")
		}
		f.Supervisors = append(f.Supervisors, s)
		f.Shifts = append(f.Shifts, model.Shift{Supervisor: s.Code, Leave: rapid.Bool().Draw(t, "leave"), When: anyWhen(t)})
	}
	for i := range 1 + small(t, "people", 4) {
		addPerson(t, f, model.CRN(fmt.Sprintf("X%06d", i)), team())
	}
	if n := len(f.People); n > 1 {
		f.KeepApart = []model.Pair{{A: f.People[0].CRN, B: f.People[n-1].CRN}}
	}
	f.Holidays = []model.Holiday{{Date: anyDate(t, "holiday"), Name: anyText(t, "holiday")}}
	f.Outlooks = []model.Outlook{{WeatherArea: "W", Date: anyDate(t, "rain"), RainPermille: int32(small(t, "rain", 1000)), Source: anyText(t, "source")}}
	f.Legs = geo.NewMatrix([]geo.Leg{{From: "K00", To: "P00", Mode: geo.Car, Minutes: int32(small(t, "leg", 90)), Metres: int32(small(t, "metres", 9000))}}).Legs
	f.Kit = []model.Kit{{Team: f.Teams[0].Code, Kind: "boots", Quantity: int32(small(t, "boots", 9))}}
	f.Waivers = []model.Waiver{{Rule: "group-minimum", Subject: "P00", Who: "manager", Why: "agreed " + anyText(t, "why"), Until: anyDate(t, "until")}}
	f.Costs = []model.Cost{{Lever: "supervisor", UnitCost: "31000.00"}}
	addWork(t, f)
	return f
}

func addPerson(t *rapid.T, f *model.Facts, c model.CRN, team model.TeamCode) {
	p := model.Person{CRN: c, Team: team, Sex: model.Sex(small(t, "sex", 2)), Preference: model.Preference(small(t, "preference", 2)), Risk: model.Level(small(t, "risk", 3)),
		ApprovedBy: anyText(t, "approved"), ApprovedOn: maybeDate(t, "approved"), Flags: model.Flags(small(t, "flags", 1023)), Health: model.Health(small(t, "health", 255)),
		Prayer: model.Prayer(small(t, "prayer", 2)), Restricted: rapid.Bool().Draw(t, "restricted"), Home: anyPoint(t, "home"), Mode: geo.Mode(small(t, "mode", 2)),
		MaxTravelMinutes: int32(small(t, "travel", 90)), MaxWeekMinutes: int32(small(t, "week", 1680)), Attended: int32(small(t, "attended", 9)), Missed: int32(small(t, "missed", 9))}
	if rapid.Bool().Draw(t, "languages") {
		p.Languages = []string{"English", "Welsh"}
	}
	for e := range 1 + small(t, "orders", 2) {
		sentenced := anyDate(t, "sentenced")
		p.Requirements = append(p.Requirements, model.Requirement{Event: int32(e + 1), Order: model.OrderType(small(t, "order", 2)), Status: model.Status(small(t, "status", 4)),
			Sentenced: sentenced, Inducted: maybeDate(t, "inducted"), Target: sentenced + model.Date(small(t, "target", 500)), HardEnd: sentenced + 600,
			Required: int32(2400 + small(t, "required", 15600)), Completed: int32(100 + small(t, "completed", 900)), Adjustment: int32(small(t, "adjust", 600) - 300), ETEDone: int32(small(t, "ete", 100))})
	}
	f.People = append(f.People, p)
	if n := (model.Name{CRN: c, Surname: anyText(t, "surname"), Forename: anyText(t, "forename"), DateOfBirth: maybeDate(t, "born"), Postcode: anyText(t, "postcode")}); n != (model.Name{CRN: c}) {
		f.Names = append(f.Names, n)
	}
	for range small(t, "spells", 2) {
		f.Spells = append(f.Spells, model.Spell{CRN: c, Free: rapid.Bool().Draw(t, "free"), When: anyWhen(t), Reason: anyText(t, "reason")})
	}
	if rapid.Bool().Draw(t, "zone") {
		z := model.Zone{CRN: c, Centre: anyPoint(t, "zone"), Metres: 500, From: maybeDate(t, "zone from"), Days: uint8(small(t, "days", 127))}
		if rapid.Bool().Draw(t, "timed") {
			z.Start, z.End = anyClocks(t)
		}
		f.Zones = append(f.Zones, z)
	}
	f.Contacts = append(f.Contacts, model.Contact{CRN: c, Name: anyText(t, "contact"), Phone: anyText(t, "phone"), Advice: anyText(t, "advice")})
	f.Reviews = append(f.Reviews, model.Review{CRN: c, Event: 1, Kind: "six_month", DoneOn: maybeDate(t, "done")})
	f.Standing = append(f.Standing, model.Standing{CRN: c, Event: 1, Project: "P00", Weekday: int8(small(t, "day", 6)), Start: 540, End: 960, StartDate: anyDate(t, "standing"), PickUp: "K00"})
}

// addWork adds sessions and who came to them, one session a week so that none overlap.
func addWork(t *rapid.T, f *model.Facts) {
	c := london()
	for w := range small(t, "weeks", 3) {
		day := model.NewDate(2026, 10, 19) + model.Date(7*w+small(t, "weekday", 6))
		start := model.Clock(4*60 + 15*small(t, "start", 60))
		end := (start+420-1)%1440 + 1
		h := model.Held{Session: model.SessionKey{Project: "P00", Date: day, Start: start}, End: end,
			Supervisors: []model.SupervisorCode{"S00"}, Minibuses: []model.Registration{"AB00 CDE"}, Breaks: [][2]model.Clock{{(start + 180) % 1440, (start + 210) % 1440}},
			Stops: []model.HeldStop{{Stop: "K00", At: start - 30}}}
		f.Held = append(f.Held, h)
		for i := range f.People {
			a := model.Appointment{CRN: f.People[i].CRN, Event: 1, Session: h.Session, Span: c.Span(day, start, end), PickUp: "K00", PickUpAt: c.Instant(day, start-30),
				Supervisor: "S00", Pinned: rapid.Bool().Draw(t, "pinned")}
			if rapid.Bool().Draw(t, "shortened") {
				a.Span.End -= 60
			}
			if rapid.Bool().Draw(t, "over") {
				a.Outcome, a.Credited, a.Penalty = "ATTC", a.Minutes(), int32(small(t, "penalty", 60))
			}
			f.History = append(f.History, a)
		}
	}
	slices.SortFunc(f.Held, func(a, b model.Held) int { return a.Session.Compare(b.Session) })
	slices.SortFunc(f.History, model.Appointment.Compare)
	// A slot at another time of the day must not draw the appointments to itself, so the first project's own slot is retired.
	f.Slots[0].EndDate = f.Slots[0].StartDate
}
