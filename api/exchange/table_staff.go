package exchange

import (
	"strings"

	"github.com/communitypayback/payback/model"
)

// supervisorRow is a row of supervisors.csv. The name is read so that it is not taken for an unknown column, and kept by
// nobody.
type supervisorRow struct {
	supervisor model.Supervisor
	name       string
}

var supervisorsTable = &table[supervisorRow]{
	kind: "supervisors", needed: true, help: "Supervisors of groups. Their working times are in supervisor_availability.csv.",
	key:   func(s *supervisorRow) string { return string(s.supervisor.Code) },
	start: func(s *supervisorRow) { s.supervisor.Home = notGiven },
	check: func(s *supervisorRow) []cellFault {
		s.name = ""
		return checkPoint(&s.supervisor.Home, false)
	},
	columns: []column[supervisorRow]{
		code("supervisor_code", func(s *supervisorRow) *model.SupervisorCode { return &s.supervisor.Code }).must().also("code", "supervisor", "officer_code", "supervisor_officer_code").says("a code of your own", "S014"),
		words("name", func(s *supervisorRow) *string { return &s.name }).hidden().says("not kept: plans speak of supervisors by code", ""),
		code("team_code", func(s *supervisorRow) *model.TeamCode { return &s.supervisor.Team }).must().also("team").says("a code of teams.csv", "N01"),
		choice("sex", model.ParseSex, func(s *supervisorRow) *model.Sex { return &s.supervisor.Sex }).must().hidden().also("gender").says("female, male or other", "female"),
		choice("grade", model.ParseGrade, func(s *supervisorRow) *model.Grade { return &s.supervisor.Grade }).says("supervisor, sessional or placement_coordinator; empty means supervisor", "supervisor"),
		choice("licence", model.ParseLicence, func(s *supervisorRow) *model.Licence { return &s.supervisor.Licence }).also("license").says("none, B (to 8 passenger seats) or D1 (9 to 16); empty means none", "B"),
		date("licence_until", func(s *supervisorRow) *model.Date { return &s.supervisor.LicenceUntil }).says("last day of the licence check; empty: no end recorded", "2027-03-31"),
		{name: "training", help: "a list of high_risk, women, neurodiversity, first_aid", example: "high_risk;first_aid",
			read: func(c *scan, v string, s *supervisorRow) *fault {
				for _, w := range list(v) {
					t, err := model.ParseTraining(w)
					if err != nil {
						c.note("training " + shorten(w) + " is not one that a rule asks for; it is left out")
						continue
					}
					s.supervisor.Training |= t
				}
				return nil
			},
			write: func(_ *scan, s *supervisorRow) string { return s.supervisor.Training.String() }},
		date("training_until", func(s *supervisorRow) *model.Date { return &s.supervisor.TrainedUntil }).says("last day of the training; empty: no end recorded", "2027-03-31"),
		whole("weekly_minutes", 0, 10080, func(s *supervisorRow) *int32 { return &s.supervisor.WeekMinutes }).must().zeros().says("minutes of work a week", "2220"),
		several("languages", func(s *supervisorRow) *[]string { return &s.supervisor.Languages }).says("a list", "English"),
		degrees("latitude", 90, func(s *supervisorRow) *float64 { return &s.supervisor.Home.Latitude }, supervisorKnown).hidden(),
		degrees("longitude", 180, func(s *supervisorRow) *float64 { return &s.supervisor.Home.Longitude }, supervisorKnown).hidden(),
	},
}

func supervisorKnown(s *supervisorRow) bool { return s.supervisor.Home.Known() }

var shiftsTable = &table[model.Shift]{
	kind: "supervisor_availability", needed: true, help: "When supervisors work, and their leave. Somebody without a row \"available\" in force does not work.",
	key:   func(*model.Shift) string { return "" },
	start: func(s *model.Shift) { s.When.Weekday = -1 },
	check: func(s *model.Shift) []cellFault { return checkWhen(&s.When) },
	columns: append([]column[model.Shift]{
		code("supervisor_code", func(s *model.Shift) *model.SupervisorCode { return &s.Supervisor }).must().also("code", "supervisor").says("a code of supervisors.csv", "S014"),
		either("kind", "available", "leave", func(s *model.Shift) *bool { return &s.Leave }).must(),
	}, whenColumns(func(s *model.Shift) *model.When { return &s.When })...),
}

// either is one of two words; the second sets the field.
func either[T any](name, no, yes string, field func(*T) *bool) column[T] {
	return column[T]{name: name, help: no + " or " + yes, example: no,
		read: func(_ *scan, v string, row *T) *fault {
			switch strings.ToLower(strings.TrimSpace(v)) {
			case no:
				*field(row) = false
			case yes:
				*field(row) = true
			default:
				return &fault{what: "word not known", expected: no + " or " + yes}
			}
			return nil
		},
		write: func(_ *scan, row *T) string {
			if *field(row) {
				return yes
			}
			return no
		},
	}
}

// whenColumns are the columns of a standing time.
func whenColumns[T any](when func(*T) *model.When) []column[T] {
	return []column[T]{
		weekday("day_of_week", func(row *T) *int8 { return &when(row).Weekday }).also("day", "weekday").says("mon to sun; this or a date", "mon"),
		date("date", func(row *T) *model.Date { return &when(row).On }).says("one day; this or a day of the week", ""),
		clock("start_time", func(row *T) *model.Clock { return &when(row).Start }, nil).must().also("start", "from_time"),
		clock("end_time", func(row *T) *model.Clock { return &when(row).End }, nil).must().also("end", "to_time").says("a local time; before the start means the next day", "16:00"),
		date("from_date", func(row *T) *model.Date { return &when(row).From }).also("valid_from").says("the first day it counts", ""),
		date("to_date", func(row *T) *model.Date { return &when(row).To }).also("valid_to", "until").says("the last day it counts", ""),
	}
}

func weekday[T any](name string, field func(*T) *int8) column[T] {
	return column[T]{name: name, help: "a day of the week, mon to sun", example: "mon",
		read: func(c *scan, v string, row *T) (f *fault) { *field(row), f = c.weekday(v); return f },
		write: func(_ *scan, row *T) string {
			if d := *field(row); d >= 0 && int(d) < len(days) {
				return days[d]
			}
			return ""
		},
	}
}

func checkWhen(w *model.When) []cellFault {
	var out []cellFault
	switch {
	case w.Weekday < 0 && w.On == 0:
		out = append(out, cellFault{column: "day_of_week", fault: fault{what: "no day", expected: "a day_of_week or a date"}})
	case w.Weekday >= 0 && w.On != 0 && int8(w.On.Weekday()) != w.Weekday:
		out = append(out, cellFault{column: "date", found: w.On.String(), fault: fault{what: "two different days", expected: "a day_of_week or a date, not both"}})
	case w.On != 0:
		w.Weekday = -1
	}
	if w.To != 0 && w.To < w.From {
		out = append(out, cellFault{column: "to_date", found: w.To.String(), fault: fault{what: "ends before it begins", expected: "a date on or after from_date"}})
	}
	return append(out, checkClocks(w.Start, w.End)...)
}

func checkClocks(start, end model.Clock) []cellFault {
	switch {
	case start == end:
		return []cellFault{{column: "end_time", found: end.String(), fault: fault{what: "no time between start and end", expected: "an end_time that differs from the start_time; 00:00 to 24:00 is a whole day"}}}
	case start == 1440:
		return []cellFault{{column: "start_time", found: start.String(), fault: fault{what: "24:00 is only an end", expected: "a start_time from 00:00 to 23:59"}}}
	}
	return nil
}
