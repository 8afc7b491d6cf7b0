package exchange

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
)

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
	kind: "travel", rows: maxLegs, help: "Known journeys, instead of estimates. From and to are any codes of the other files: a person, project, pick-up location, registration or supervisor. A journey serves the way back too unless that is given as well.",
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
