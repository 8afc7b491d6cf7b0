package exchange

import (
	"fmt"
	"strings"

	"github.com/communitypayback/payback/model"
)

// noKey is the key of rows that nothing refers to and that may repeat.
func noKey[T any](*T) string { return "" }

var spellsTable = &table[model.Spell]{
	kind: "availability", help: "When people are free or busy. With any row \"free\", only free spans count; \"busy\" is taken away; without a row, free at all times.",
	key:   func(s *model.Spell) string { return string(s.CRN) },
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
	key: func(p *model.Pair) string { return string(p.A) + "\x00" + string(p.B) },
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
	key:   func(z *zoneRow) string { return string(z.zone.CRN) },
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
