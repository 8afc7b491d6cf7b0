package storetest_test

import (
	"fmt"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
)

// kindOf is one kind of file with four rows of it: one that new facts leave out, one that they have as it was, one that
// they change, and one that is new.
type kindOf struct {
	kind string
	// fill gives facts the given rows of the kind and no others.
	fill  func(f *model.Facts, rows ...int)
	rows  func(f *model.Facts) int
	alone bool // the rows are their own key: a changed one is a new one
}

const (
	leftOut = iota
	same
	old
	changed
	fresh
)

func kindRows[T any](kind string, at func(*model.Facts) *[]T, rows [5]T) kindOf {
	return kindOf{kind: kind,
		fill: func(f *model.Facts, which ...int) {
			list := at(f)
			*list = nil
			for _, i := range which {
				*list = append(*list, rows[i])
			}
		},
		rows: func(f *model.Facts) int { return len(*at(f)) }}
}

func ownKey(k kindOf) kindOf {
	k.alone = true
	return k
}

func like[T any](x T, to ...func(*T)) T {
	for _, f := range to {
		f(&x)
	}
	return x
}

// kindsOf gives every kind, with rows like those of a region.
func kindsOf(all *model.Facts) []kindOf {
	a, b, c, d := all.People[0], all.People[1], all.People[2], all.People[3]
	person := func(p model.Person, at ...func(*model.Person)) model.Person { return like(p, at...) }
	p := all.Projects
	friday := model.When{Weekday: 5, Start: 600, End: 900}
	monday := model.When{Weekday: 1, Start: 600, End: 900}
	name := func(prefix string, i int) string { return fmt.Sprint(prefix, i) }
	team := func(i int) model.Team {
		return like(all.Teams[0], func(t *model.Team) { t.Code = model.TeamCode(name("T", i)) })
	}
	project := func(i int) model.Project {
		return like(p[0], func(x *model.Project) { x.Code = model.ProjectCode(name("P", i)) })
	}
	sup := func(i int) model.Supervisor {
		return like(all.Supervisors[0], func(x *model.Supervisor) { x.Code = model.SupervisorCode(name("S", i)) })
	}
	bus := func(i int) model.Minibus {
		return like(all.Minibuses[0], func(x *model.Minibus) { x.Registration = model.Registration(name("B", i)) })
	}
	stop := func(i int) model.Stop {
		return like(all.Stops[0], func(x *model.Stop) { x.Code = model.StopCode(name("U", i)) })
	}
	held := func(i int) model.Held {
		return model.Held{Session: model.SessionKey{Project: p[0].Code, Date: week.Monday() - 70 + model.Date(i), Start: 540}, End: 960}
	}
	visit := func(i int) model.Appointment {
		at := model.Instant(week.Monday()-60+model.Date(i)) * 1440
		return model.Appointment{CRN: a.CRN, Event: a.Requirements[0].Event, Span: model.Span{Start: at + 540, End: at + 960},
			Session: model.SessionKey{Project: p[0].Code, Date: week.Monday() - 60 + model.Date(i), Start: 540}}
	}
	slot := func(i int, start model.Clock) model.Slot {
		return model.Slot{Project: p[i].Code, Weekday: 2, Start: start, End: start + 300, StartDate: week.Monday() - 100}
	}
	standing := func(x model.Person, start model.Clock) model.Standing {
		return model.Standing{CRN: x.CRN, Project: p[0].Code, Weekday: 2, Start: start, End: start + 300, StartDate: week.Monday() - 100}
	}
	return []kindOf{
		kindRows("teams", func(f *model.Facts) *[]model.Team { return &f.Teams },
			[5]model.Team{team(1), team(2), team(3), like(team(3), func(x *model.Team) { x.Area = "elsewhere" }), team(4)}),
		kindRows("projects", func(f *model.Facts) *[]model.Project { return &f.Projects },
			[5]model.Project{project(1), project(2), project(3), like(project(3), func(x *model.Project) { x.Places++ }), project(4)}),
		kindRows("project_availability", func(f *model.Facts) *[]model.Slot { return &f.Slots },
			[5]model.Slot{slot(0, 540), slot(1, 540), slot(2, 540), slot(2, 600), slot(3, 540)}),
		kindRows("supervisors", func(f *model.Facts) *[]model.Supervisor { return &f.Supervisors },
			[5]model.Supervisor{sup(1), sup(2), sup(3), like(sup(3), func(x *model.Supervisor) { x.WeekMinutes++ }), sup(4)}),
		kindRows("supervisor_availability", func(f *model.Facts) *[]model.Shift { return &f.Shifts },
			[5]model.Shift{{Supervisor: "S1", When: friday}, {Supervisor: "S2", When: friday}, {Supervisor: "S3", When: friday}, {Supervisor: "S3", When: monday}, {Supervisor: "S4", When: monday}}),
		kindRows("minibuses", func(f *model.Facts) *[]model.Minibus { return &f.Minibuses },
			[5]model.Minibus{bus(1), bus(2), bus(3), like(bus(3), func(x *model.Minibus) { x.Seats-- }), bus(4)}),
		kindRows("pick_up_locations", func(f *model.Facts) *[]model.Stop { return &f.Stops },
			[5]model.Stop{stop(1), stop(2), stop(3), like(stop(3), func(x *model.Stop) { x.At.Latitude += 0.01 }), stop(4)}),
		kindRows("people", func(f *model.Facts) *[]model.Person { return &f.People },
			[5]model.Person{a, b, c, person(c, func(x *model.Person) { x.Missed++ }), d}),
		kindRows("availability", func(f *model.Facts) *[]model.Spell { return &f.Spells },
			[5]model.Spell{{CRN: a.CRN, When: friday}, {CRN: b.CRN, When: friday}, {CRN: c.CRN, When: friday}, {CRN: c.CRN, When: monday}, {CRN: d.CRN, When: friday}}),
		ownKey(kindRows("keep_apart", func(f *model.Facts) *[]model.Pair { return &f.KeepApart },
			[5]model.Pair{{A: a.CRN, B: b.CRN}, {A: a.CRN, B: c.CRN}, {A: a.CRN, B: d.CRN}, {A: b.CRN, B: c.CRN}, {A: b.CRN, B: d.CRN}})),
		ownKey(kindRows("exclusion_areas", func(f *model.Facts) *[]model.Zone { return &f.Zones },
			[5]model.Zone{{CRN: a.CRN, Project: p[0].Code}, {CRN: a.CRN, Project: p[1].Code}, {CRN: b.CRN, Project: p[0].Code}, {CRN: b.CRN, Project: p[1].Code}, {CRN: c.CRN, Project: p[0].Code}})),
		kindRows("allocations", func(f *model.Facts) *[]model.Standing { return &f.Standing },
			[5]model.Standing{standing(a, 540), standing(b, 540), standing(c, 540), standing(c, 600), standing(d, 540)}),
		kindRows("sessions", func(f *model.Facts) *[]model.Held { return &f.Held },
			[5]model.Held{held(1), held(2), held(3), like(held(3), func(x *model.Held) { x.End += 60 }), held(4)}),
		kindRows("appointments", func(f *model.Facts) *[]model.Appointment { return &f.History },
			[5]model.Appointment{visit(1), visit(2), visit(3), like(visit(3), func(x *model.Appointment) { x.Outcome = "ATTC" }), visit(4)}),
		kindRows("non_working_days", func(f *model.Facts) *[]model.Holiday { return &f.Holidays },
			[5]model.Holiday{{Date: 20_000}, {Date: 20_001}, {Date: 20_002}, {Date: 20_002, Name: "a feast"}, {Date: 20_003}}),
		kindRows("weather", func(f *model.Facts) *[]model.Outlook { return &f.Outlooks },
			[5]model.Outlook{{WeatherArea: "W", Date: 20_000}, {WeatherArea: "W", Date: 20_001}, {WeatherArea: "W", Date: 20_002}, {WeatherArea: "W", Date: 20_002, RainPermille: 300}, {WeatherArea: "X", Date: 20_000}}),
		kindRows("travel", func(f *model.Facts) *[]geo.Leg { return &f.Legs },
			[5]geo.Leg{{From: "A", To: "B"}, {From: "A", To: "C"}, {From: "A", To: "D"}, {From: "A", To: "D", Minutes: 5}, {From: "B", To: "A"}}),
		kindRows("kit", func(f *model.Facts) *[]model.Kit { return &f.Kit },
			[5]model.Kit{{Team: "T1", Kind: "boots"}, {Team: "T1", Kind: "gloves"}, {Team: "T2", Kind: "boots"}, {Team: "T2", Kind: "boots", Quantity: 5}, {Team: "T2", Kind: "gloves"}}),
		kindRows("contacts", func(f *model.Facts) *[]model.Contact { return &f.Contacts },
			[5]model.Contact{{CRN: a.CRN}, {CRN: b.CRN}, {CRN: c.CRN}, {CRN: c.CRN, Phone: "01632 960001"}, {CRN: d.CRN}}),
		ownKey(kindRows("reviews", func(f *model.Facts) *[]model.Review { return &f.Reviews },
			[5]model.Review{{CRN: a.CRN, Event: 1, Kind: "six_month", DoneOn: 20_001}, {CRN: a.CRN, Event: 1, Kind: "six_month", DoneOn: 20_002}, {CRN: b.CRN, Event: 1, Kind: "six_month", DoneOn: 20_003},
				{CRN: b.CRN, Event: 1, Kind: "six_month", DoneOn: 20_004}, {CRN: c.CRN, Event: 1, Kind: "six_month"}})),
		ownKey(kindRows("waivers", func(f *model.Facts) *[]model.Waiver { return &f.Waivers },
			[5]model.Waiver{{Rule: "group-minimum", Subject: "P1", Until: 20_000}, {Rule: "group-minimum", Subject: "P2"}, {Rule: "group-minimum", Subject: "P3"}, {Rule: "group-minimum", Subject: "P3", Until: 3}, {Rule: "group-minimum", Subject: "P4"}})),
		kindRows("costs", func(f *model.Facts) *[]model.Cost { return &f.Costs },
			[5]model.Cost{{Lever: "a"}, {Lever: "b"}, {Lever: "c"}, {Lever: "c", UnitCost: "1"}, {Lever: "d"}}),
	}
}

// ground gives facts of which other kinds need nothing that the kind tells.
func ground(all *model.Facts, kind string) *model.Facts {
	f := *all
	f.Zones, f.History, f.Held, f.Standing = nil, nil, nil, nil
	if kind == "teams" || kind == "people" || kind == "projects" {
		f = model.Facts{Region: all.Region, Teams: all.Teams}
	}
	if kind == "kit" {
		f.Kit = nil
	}
	return &f
}
