package exchange

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
)

// noKey is the key of rows that nothing refers to and that may repeat.
func noKey[T any](*T) string { return "" }

var spellsTable = &table[model.Spell]{
	kind: "availability", help: "When people are free or busy. With any row \"free\", only free spans count; \"busy\" is taken away; without a row, free at all times.",
	key:   noKey[model.Spell],
	start: func(s *model.Spell) { s.When.Weekday = -1 },
	check: func(s *model.Spell) []cellFault { return checkWhen(&s.When) },
	columns: append(append([]column[model.Spell]{
		crn("crn", func(s *model.Spell) *model.CRN { return &s.CRN }).must(),
		{name: "kind", required: true, help: "free or busy", example: "busy",
			read: func(_ *scan, v string, s *model.Spell) *fault {
				v = strings.ToLower(strings.TrimSpace(v))
				s.Free = v == "free"
				if v != "free" && v != "busy" {
					return &fault{what: "word not known", expected: "free or busy"}
				}
				return nil
			},
			write: func(_ *scan, s *model.Spell) string {
				if s.Free {
					return "free"
				}
				return "busy"
			}},
	}, whenColumns(func(s *model.Spell) *model.When { return &s.When })...),
		words("reason", func(s *model.Spell) *string { return &s.Reason }).hidden().says("work, study, caring, curfew, faith, appointment or other", "work")),
}

var apartTable = &table[model.Pair]{
	kind: "keep_apart", help: "Pairs of people who must not meet. One row serves both ways.",
	key: noKey[model.Pair],
	check: func(p *model.Pair) []cellFault {
		if p.A == p.B {
			return []cellFault{{column: "other_crn", found: string(p.B), fault: fault{what: "the same person twice", expected: "the CRN of somebody else"}}}
		}
		if p.B < p.A {
			p.A, p.B = p.B, p.A
		}
		return nil
	},
	columns: []column[model.Pair]{
		crn("crn", func(p *model.Pair) *model.CRN { return &p.A }).must(),
		crn("other_crn", func(p *model.Pair) *model.CRN { return &p.B }).must().says("one letter and six digits; may be somebody of another region", "X123457"),
		written[model.Pair]("reason", "not kept", "").hidden(),
	},
}

// zoneRow is a row of exclusion_areas.csv with what tells empty cells from zeros.
type zoneRow struct {
	zone       model.Zone
	start, end model.Clock
	hasStart   bool
	hasEnd     bool
}

var zonesTable = &table[zoneRow]{
	kind: "exclusion_areas", help: "Where people may not be: an area, or a project.",
	key:   noKey[zoneRow],
	start: func(z *zoneRow) { z.zone.Centre = notGiven },
	check: checkZone,
	columns: []column[zoneRow]{
		crn("crn", func(z *zoneRow) *model.CRN { return &z.zone.CRN }).must(),
		degrees("latitude", 90, func(z *zoneRow) *float64 { return &z.zone.Centre.Latitude }, centreKnown).hidden(),
		degrees("longitude", 180, func(z *zoneRow) *float64 { return &z.zone.Centre.Longitude }, centreKnown).hidden(),
		whole("radius_metres", 1, 500_000, func(z *zoneRow) *int32 { return &z.zone.Metres }).also("radius").says("metres around the position", "500"),
		date("from_date", func(z *zoneRow) *model.Date { return &z.zone.From }).says("the first day it counts", ""),
		date("to_date", func(z *zoneRow) *model.Date { return &z.zone.To }).says("the last day it counts", ""),
		{name: "days", help: "a list of days of the week; empty means every day", example: "mon;tue",
			read: func(c *scan, v string, z *zoneRow) *fault {
				for _, w := range list(v) {
					d, f := c.weekday(w)
					if f != nil {
						return f
					}
					z.zone.Days |= 1 << d
				}
				return nil
			},
			write: func(_ *scan, z *zoneRow) string {
				var out []string
				for i := 1; i <= 7; i++ {
					if z.zone.Days>>(i%7)&1 != 0 {
						out = append(out, days[i%7])
					}
				}
				return strings.Join(out, ";")
			}},
		optionalClock("start_time", func(z *zoneRow) (*model.Clock, *bool) { return &z.start, &z.hasStart }).says("a local time; without times, all day", ""),
		optionalClock("end_time", func(z *zoneRow) (*model.Clock, *bool) { return &z.end, &z.hasEnd }).says("a local time; before the start means the next day", ""),
		code("project_code", func(z *zoneRow) *model.ProjectCode { return &z.zone.Project }).hidden().also("project").says("a code of projects.csv, instead of an area", ""),
	},
}

func centreKnown(z *zoneRow) bool { return z.zone.Centre.Known() }

func optionalClock[T any](name string, field func(*T) (*model.Clock, *bool)) column[T] {
	return column[T]{name: name,
		read: func(c *scan, v string, row *T) (f *fault) {
			at, has := field(row)
			*at, f = c.clock(v)
			*has = true
			return f
		},
		write: func(_ *scan, row *T) string {
			at, has := field(row)
			if !*has {
				return ""
			}
			return at.String()
		},
	}
}

func checkZone(z *zoneRow) []cellFault {
	var out []cellFault
	area := given(z.zone.Centre)
	out = append(out, checkPoint(&z.zone.Centre, z.zone.Project == "")...)
	if area && z.zone.Metres == 0 {
		out = append(out, cellFault{column: "radius_metres", fault: fault{what: "cell is empty", expected: "metres around the position"}})
	}
	if z.zone.To != 0 && z.zone.To < z.zone.From {
		out = append(out, cellFault{column: "to_date", found: z.zone.To.String(), fault: fault{what: "ends before it begins", expected: "a date on or after from_date"}})
	}
	if z.hasStart || z.hasEnd {
		if !z.hasEnd {
			z.end = 1440
		}
		out = append(out, checkClocks(z.start, z.end)...)
		z.zone.Start, z.zone.End = z.start, z.end
	}
	z.hasStart, z.hasEnd, z.start, z.end = false, false, 0, 0
	return out
}

var slotsTable = &table[model.Slot]{
	kind: "project_availability", needed: true, help: "The standing times of projects.",
	key: func(s *model.Slot) string {
		return fmt.Sprintf("%s\x00%s %s from %s", s.Project, days[max(0, s.Weekday)], s.Start, s.StartDate)
	},
	start: func(s *model.Slot) { s.Weekday = -1 },
	check: func(s *model.Slot) []cellFault { return checkSlot(s.Start, s.End, s.StartDate, s.EndDate) },
	columns: []column[model.Slot]{
		code("project_code", func(s *model.Slot) *model.ProjectCode { return &s.Project }).must().also("project").says("a code of projects.csv", "CT01"),
		weekday("day_of_week", func(s *model.Slot) *int8 { return &s.Weekday }).must().also("day", "weekday"),
		clock("start_time", func(s *model.Slot) *model.Clock { return &s.Start }, nil).must().also("start"),
		clock("end_time", func(s *model.Slot) *model.Clock { return &s.End }, nil).must().also("end").says("a local time; before the start means the next day", "16:00"),
		choice("frequency", model.ParseFrequency, func(s *model.Slot) *model.Frequency { return &s.Frequency }).says("weekly, fortnightly or once; empty means weekly", "weekly"),
		date("start_date", func(s *model.Slot) *model.Date { return &s.StartDate }).must().says("its first day; the week of a fortnightly slot that runs", "2026-01-05"),
		date("end_date", func(s *model.Slot) *model.Date { return &s.EndDate }).says("its last day", ""),
	},
}

func checkSlot(start, end model.Clock, from, to model.Date) []cellFault {
	out := checkClocks(start, end)
	if to != 0 && to < from {
		out = append(out, cellFault{column: "end_date", found: to.String(), fault: fault{what: "ends before it begins", expected: "a date on or after start_date"}})
	}
	return out
}

var standingTable = &table[model.Standing]{
	kind: "allocations", help: "Standing weekly slots of people.",
	key:   noKey[model.Standing],
	start: func(s *model.Standing) { s.Weekday = -1 },
	check: func(s *model.Standing) []cellFault { return checkSlot(s.Start, s.End, s.StartDate, s.EndDate) },
	columns: []column[model.Standing]{
		crn("crn", func(s *model.Standing) *model.CRN { return &s.CRN }).must(),
		whole("event_number", 1, 1_000_000, func(s *model.Standing) *int32 { return &s.Event }).also("event").says("the number of the order", "1"),
		code("project_code", func(s *model.Standing) *model.ProjectCode { return &s.Project }).must().also("project").says("a code of projects.csv", "CT01"),
		weekday("day_of_week", func(s *model.Standing) *int8 { return &s.Weekday }).must().also("day", "weekday"),
		clock("start_time", func(s *model.Standing) *model.Clock { return &s.Start }, nil).must().also("start"),
		clock("end_time", func(s *model.Standing) *model.Clock { return &s.End }, nil).must().also("end").says("a local time; before the start means the next day", "16:00"),
		choice("frequency", model.ParseFrequency, func(s *model.Standing) *model.Frequency { return &s.Frequency }).says("weekly, fortnightly or once; empty means weekly", "weekly"),
		date("start_date", func(s *model.Standing) *model.Date { return &s.StartDate }).must().says("its first day", "2026-04-13"),
		date("end_date", func(s *model.Standing) *model.Date { return &s.EndDate }).says("its last day", ""),
		code("pick_up_location_code", func(s *model.Standing) *model.StopCode { return &s.PickUp }).also("pick_up").says("a code of pick_up_locations.csv", ""),
	},
}

var holidaysTable = &table[model.Holiday]{
	kind: "non_working_days", help: "Days on which no project runs.",
	key: func(h *model.Holiday) string { return h.Date.String() },
	columns: []column[model.Holiday]{
		date("date", func(h *model.Holiday) *model.Date { return &h.Date }).must().says("a date", "2026-12-25"),
		words("name", func(h *model.Holiday) *string { return &h.Name }).says("its name", "Christmas Day"),
	},
}

var weatherTable = &table[model.Outlook]{
	kind: "weather", help: "Forecasts: the chance of rain in a weather area on a day. Of several for one day the last issued counts.",
	key: func(o *model.Outlook) string { return o.WeatherArea + "\x00" + o.Date.String() },
	columns: []column[model.Outlook]{
		words("weather_area", func(o *model.Outlook) *string { return &o.WeatherArea }).must().also("area").says("a weather area of teams.csv", "North"),
		date("date", func(o *model.Outlook) *model.Date { return &o.Date }).must().says("the day", "2026-12-01"),
		{name: "rain_probability", required: true, aliases: []string{"probability", "rain"}, help: "the chance of rain, from 0 to 1", example: "0.35",
			read: func(c *scan, v string, o *model.Outlook) *fault {
				p, f := c.number(v, 0, 1, "0.35")
				if f != nil && f.what == "out of range" {
					if percent, g := c.number(v, 0, 100, "35"); g == nil {
						f.next = fmt.Sprintf("did you mean %v?", percent/100)
					}
				}
				o.RainPermille = int32(p*1000 + 0.5)
				return f
			},
			write: func(_ *scan, o *model.Outlook) string {
				return strconv.FormatFloat(float64(o.RainPermille)/1000, 'f', -1, 64)
			}},
		words("issued_at", func(o *model.Outlook) *string { return &o.IssuedAt }).says("when it was issued", "2026-11-30T06:00:00Z"),
		words("source", func(o *model.Outlook) *string { return &o.Source }).says("who issued it", "Example weather office"),
	},
}

var legsTable = &table[geo.Leg]{
	kind: "travel", help: "Known journeys, instead of estimates. From and to are any codes of the other files: a person, project, pick-up location, registration or supervisor. A journey serves the way back too unless that is given as well.",
	key: func(l *geo.Leg) string { return l.From + "\x00" + l.To + "\x00" + l.Mode.String() },
	columns: []column[geo.Leg]{
		code("from", func(l *geo.Leg) *string { return &l.From }).must().says("where it begins", "P01"),
		code("to", func(l *geo.Leg) *string { return &l.To }).must().says("where it ends", "CT01"),
		choice("mode", parseMode, func(l *geo.Leg) *geo.Mode { return &l.Mode }).must().says("walk, bus or car; minibuses drive as cars", "car"),
		whole("minutes", 0, 10_000, func(l *geo.Leg) *int32 { return &l.Minutes }).must().zeros().says("minutes", "25"),
		whole("metres", 0, 2_000_000, func(l *geo.Leg) *int32 { return &l.Metres }).says("metres", "14000"),
	},
}

var kitTable = &table[model.Kit]{
	kind: "kit", help: "Kit that teams have.",
	key: func(k *model.Kit) string { return string(k.Team) + "\x00" + k.Kind },
	columns: []column[model.Kit]{
		code("team_code", func(k *model.Kit) *model.TeamCode { return &k.Team }).must().also("team").says("a code of teams.csv", "N01"),
		words("kind", func(k *model.Kit) *string { return &k.Kind }).must().says("what it is", "boots"),
		whole("quantity", 0, 1_000_000, func(k *model.Kit) *int32 { return &k.Quantity }).must().zeros().says("how many", "20"),
	},
}

var contactsTable = &table[model.Contact]{
	kind: "contacts", help: "Whom to ring about a person. It is printed with registers and enters no plan.",
	key: func(c *model.Contact) string { return string(c.CRN) },
	columns: []column[model.Contact]{
		crn("crn", func(c *model.Contact) *model.CRN { return &c.CRN }).must(),
		words("emergency_name", func(c *model.Contact) *string { return &c.Name }).hidden().says("a name", "Example Person"),
		words("emergency_phone", func(c *model.Contact) *string { return &c.Phone }).hidden().says("a number", "01632 960000"),
		words("medical_instruction", func(c *model.Contact) *string { return &c.Advice }).hidden().says("what to do", ""),
	},
}

var reviewsTable = &table[model.Review]{
	kind: "reviews", help: "Standing reviews that were held.",
	key: noKey[model.Review],
	columns: []column[model.Review]{
		crn("crn", func(r *model.Review) *model.CRN { return &r.CRN }).must(),
		whole("event_number", 1, 1_000_000, func(r *model.Review) *int32 { return &r.Event }).must().also("event").says("the number of the order", "1"),
		{name: "kind", help: "six_month or nine_month", example: "six_month",
			read: func(_ *scan, v string, r *model.Review) *fault {
				if r.Kind = strings.ToLower(strings.TrimSpace(v)); r.Kind != "six_month" && r.Kind != "nine_month" {
					return &fault{what: "word not known", expected: "six_month or nine_month"}
				}
				return nil
			},
			write: func(_ *scan, r *model.Review) string { return r.Kind }},
		date("done_on", func(r *model.Review) *model.Date { return &r.DoneOn }).says("when it was held", "2026-10-05"),
	},
}

var waiversTable = &table[model.Waiver]{
	kind: "waivers", help: "Recorded decisions not to count one rule against one subject. They work only for rules that the policy marks waivable.",
	key: noKey[model.Waiver],
	columns: []column[model.Waiver]{
		code("rule", func(w *model.Waiver) *string { return &w.Rule }).must().says("the rule", "group-minimum"),
		code("subject", func(w *model.Waiver) *string { return &w.Subject }).must().says("whom or what it is about: a code or CRN", "CT01"),
		code("session", func(w *model.Waiver) *string { return &w.Session }).says("PROJECT/DATE or PROJECT/DATE/TIME; empty: every session", "CT01/2026-12-01"),
		words("who", func(w *model.Waiver) *string { return &w.Who }).must().hidden().says("who decided", "operations manager"),
		words("why", func(w *model.Waiver) *string { return &w.Why }).must().hidden().says("why", "agreed with the beneficiary"),
		date("until", func(w *model.Waiver) *model.Date { return &w.Until }).must().says("the last day it counts", "2026-12-31"),
	},
}

var costsTable = &table[model.Cost]{
	kind: "costs", help: "What one unit of a lever of a what-if costs.",
	key: func(c *model.Cost) string { return c.Lever },
	columns: []column[model.Cost]{
		words("lever", func(c *model.Cost) *string { return &c.Lever }).must().says("the lever", "supervisor"),
		{name: "unit_cost", required: true, help: "a decimal, without a currency sign", example: "31000.00",
			read: func(c *scan, v string, row *model.Cost) *fault {
				row.UnitCost = strings.TrimSpace(v)
				_, f := c.number(v, 0, largest, "31000.00")
				return f
			},
			write: func(_ *scan, row *model.Cost) string { return row.UnitCost }},
	},
}
