package exchange

import (
	"fmt"
	"strings"

	"github.com/communitypayback/payback/model"
)

// visitRow is a row of appointments.csv, with its times as written.
type visitRow struct {
	visit      model.Appointment // Session.Start and the instants are not set yet
	start, end model.Clock
	pickUpAt   model.Clock
	hasPickUp  bool // there is a pick-up time
	offered    int32
}

var visitsTable = &table[visitRow]{
	kind: "appointments", help: "Who was or is to be where: history with outcomes, and what is published.",
	key: func(v *visitRow) string {
		return fmt.Sprintf("%s\x00event %d, %s", v.visit.CRN, v.visit.Event, v.visit.Session)
	},
	check: checkVisit,
	columns: []column[visitRow]{
		crn("crn", func(v *visitRow) *model.CRN { return &v.visit.CRN }).must(),
		whole("event_number", 1, 1_000_000, func(v *visitRow) *int32 { return &v.visit.Event }).must().also("event").says("the number of the order", "1"),
		code("project_code", func(v *visitRow) *model.ProjectCode { return &v.visit.Session.Project }).must().also("project").says("a code of projects.csv", "CT01"),
		date("date", func(v *visitRow) *model.Date { return &v.visit.Session.Date }).must().says("the day on which the session starts", "2026-12-01"),
		clock("start_time", func(v *visitRow) *model.Clock { return &v.start }, nil).must().also("start"),
		clock("end_time", func(v *visitRow) *model.Clock { return &v.end }, nil).must().also("end").says("a local time; before the start means the next day", "16:00"),
		code("pick_up_location_code", func(v *visitRow) *model.StopCode { return &v.visit.PickUp }).also("pick_up").says("a code of pick_up_locations.csv; empty: comes by their own means", "P01"),
		optionalClock("pick_up_time", func(v *visitRow) (*model.Clock, *bool) { return &v.pickUpAt, &v.hasPickUp }).says("a local time; after the start means the evening before", "08:20"),
		code("supervisor_officer_code", func(v *visitRow) *model.SupervisorCode { return &v.visit.Supervisor }).also("supervisor_code", "supervisor").says("a code of supervisors.csv", "S014"),
		{name: "contact_outcome_code", aliases: []string{"outcome", "outcome_code"}, help: "an NDelius outcome code; empty until attendance is recorded",
			read: func(_ *scan, v string, row *visitRow) *fault {
				row.visit.Outcome = model.Outcome(strings.ToUpper(strings.TrimSpace(v)))
				if !row.visit.Outcome.Known() {
					return &fault{what: "outcome not known", expected: "one of ATTC, AFTC, AFDA, ATSH, ATCH, ATSS, ATFI, AAME, AAEM, AAFC, AACL, AARC, CO05, UACP, AASD, RSSR, RSOF"}
				}
				return nil
			},
			write: func(_ *scan, v *visitRow) string { return string(v.visit.Outcome) }},
		whole("minutes_offered", 0, 2880, func(v *visitRow) *int32 { return &v.offered }).says("minutes from start to end", "420"),
		whole("minutes_credited", 0, 2880, func(v *visitRow) *int32 { return &v.visit.Credited }).says("minutes, once there is an outcome", ""),
		whole("penalty_minutes", 0, 2880, func(v *visitRow) *int32 { return &v.visit.Penalty }).says("minutes, once there is an outcome", ""),
		yesNo("pinned", func(v *visitRow) *bool { return &v.visit.Pinned }).says("yes: a person decided it, and it is not moved", "no"),
	},
}

func checkVisit(v *visitRow) []cellFault {
	out := checkClocks(v.start, v.end)
	if v.visit.PickUp != "" && !v.hasPickUp {
		v.visit.PickUpAt = 0
	}
	if v.hasPickUp && v.visit.PickUp == "" {
		out = append(out, cellFault{column: "pick_up_location_code", fault: fault{what: "cell is empty", expected: "where the person is picked up, as there is a pick_up_time"}})
	}
	return out
}

// heldRow is a row of sessions.csv; what is worked out from a roster is only written.
type heldRow struct {
	held model.Held

	places, seats, booked, expected, chance, kilometres, explanation string
}

var heldTable = &table[heldRow]{
	kind: "sessions", help: "What is planned or was held, without its people. The columns from places to chance_over, and the last two, are worked out and not read.",
	key:   func(h *heldRow) string { return h.held.Session.String() },
	check: func(h *heldRow) []cellFault { return checkClocks(h.held.Session.Start, h.held.End) },
	columns: []column[heldRow]{
		code("project_code", func(h *heldRow) *model.ProjectCode { return &h.held.Session.Project }).must().also("project").says("a code of projects.csv", "CT01"),
		date("date", func(h *heldRow) *model.Date { return &h.held.Session.Date }).must().says("the day on which it starts", "2026-12-01"),
		clock("start_time", func(h *heldRow) *model.Clock { return &h.held.Session.Start }, nil).must().also("start"),
		clock("end_time", func(h *heldRow) *model.Clock { return &h.held.End }, nil).must().also("end").says("a local time; before the start means the next day", "16:00"),
		codes("supervisor_codes", func(h *heldRow) *[]model.SupervisorCode { return &h.held.Supervisors }).also("supervisors").says("a list of codes of supervisors.csv; those who drive come first, in the order of registrations", "S014"),
		codes("registrations", func(h *heldRow) *[]model.Registration { return &h.held.Minibuses }).also("minibuses").says("a list of registrations of minibuses.csv", "AB12 CDE"),
		out("places", "people who may be there at once", "8", func(h *heldRow) string { return h.places }),
		out("seats", "seats for people; empty where nobody rides", "8", func(h *heldRow) string { return h.seats }),
		out("booked", "people booked", "10", func(h *heldRow) string { return h.booked }),
		out("expected", "people expected to come", "6.10", func(h *heldRow) string { return h.expected }),
		out("chance_over", "the chance that more come than there are places for, from 0 to 1", "0.0123", func(h *heldRow) string { return h.chance }),
		code("wet_project_code", func(h *heldRow) *model.ProjectCode { return &h.held.Host }).also("wet_project").says("where it goes when it rains, a code of projects.csv", ""),
		{name: "breaks", help: "a list of times such as 12:10-12:40", example: "12:10-12:40",
			read: func(c *scan, v string, h *heldRow) *fault {
				for _, w := range list(v) {
					a, b, _ := strings.Cut(w, "-")
					start, f := c.clockText(a)
					end, g := c.clockText(b)
					if f != nil || g != nil || start == end {
						return &fault{what: "break not understood", expected: "a list of times such as 12:10-12:40"}
					}
					h.held.Breaks = append(h.held.Breaks, [2]model.Clock{start, end})
				}
				return nil
			},
			write: func(_ *scan, h *heldRow) string {
				var out []string
				for _, b := range h.held.Breaks {
					out = append(out, b[0].String()+"-"+b[1].String())
				}
				return strings.Join(out, ";")
			}},
		{name: "stops", help: "a list of pick-up calls in order, such as P01@08:20", example: "",
			read: func(c *scan, v string, h *heldRow) *fault {
				for _, w := range list(v) {
					i := strings.LastIndexByte(w, '@')
					if i <= 0 {
						return &fault{what: "stop not understood", expected: "a list of calls such as P01@08:20"}
					}
					at, f := c.clockText(w[i+1:])
					if f != nil {
						return &fault{what: "stop not understood", expected: "a list of calls such as P01@08:20"}
					}
					h.held.Stops = append(h.held.Stops, model.HeldStop{Stop: model.StopCode(strings.TrimSpace(w[:i])), At: at})
				}
				return nil
			},
			write: func(_ *scan, h *heldRow) string {
				var out []string
				for _, s := range h.held.Stops {
					out = append(out, string(s.Stop)+"@"+s.At.String())
				}
				return strings.Join(out, ";")
			}},
		out("minibus_kilometres", "what its minibuses drive, out and back", "42.5", func(h *heldRow) string { return h.kilometres }),
		out("explanation", "the session in a sentence", "", func(h *heldRow) string { return h.explanation }),
	},
}

// clockText reads a time within a list, where a spreadsheet has no serial numbers.
func (c *scan) clockText(v string) (model.Clock, *fault) {
	return (&scan{}).clock(v)
}

// out is a column that is worked out and only written.
func out(name, help, example string, write func(*heldRow) string) column[heldRow] {
	return column[heldRow]{name: name, help: help, example: example, write: func(_ *scan, h *heldRow) string { return write(h) }}
}

// codes is a list of codes.
func codes[T any, S ~string](name string, field func(*T) *[]S) column[T] {
	return column[T]{name: name,
		read: func(_ *scan, v string, row *T) *fault {
			*field(row) = nil
			for _, w := range list(v) {
				*field(row) = append(*field(row), S(w))
			}
			return nil
		},
		write: func(_ *scan, row *T) string {
			var out []string
			for _, s := range *field(row) {
				out = append(out, string(s))
			}
			return strings.Join(out, ";")
		},
	}
}
