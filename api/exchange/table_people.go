package exchange

import (
	"strconv"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
)

// personRow is a row of people.csv: one requirement, with all that is said of the person.
type personRow struct {
	person   model.Person
	need     model.Requirement
	name     model.Name
	extended model.Date
}

const maxMinutes = 100_000 // of a requirement; the longest order is 18,000

var peopleTable = &table[personRow]{
	kind: "people", needed: true, help: "One requirement a row: a person with two orders has two rows that agree in all that is about the person.",
	key: func(p *personRow) string { return string(p.person.CRN) + "\x00" + strconv.Itoa(int(p.need.Event)) },
	start: func(p *personRow) {
		p.need.Status = model.Active
		p.person.Home = notGiven
	},
	check: checkPerson,
	columns: []column[personRow]{
		crn("crn", func(p *personRow) *model.CRN { return &p.person.CRN }).must(),
		whole("event_number", 1, 1_000_000, func(p *personRow) *int32 { return &p.need.Event }).must().also("event", "order_number", "event_no").says("the number of the order, a whole number from 1", "1"),
		words("surname", func(p *personRow) *string { return &p.name.Surname }).hidden().also("last_name", "family_name").says("printed on registers only", "Example"),
		words("forename", func(p *personRow) *string { return &p.name.Forename }).hidden().also("first_name", "forenames", "given_name").says("printed on registers only", "Robin"),
		date("date_of_birth", func(p *personRow) *model.Date { return &p.name.DateOfBirth }).hidden().also("dob", "birth_date").says("a date", "1990-01-31"),
		choice("sex", model.ParseSex, func(p *personRow) *model.Sex { return &p.person.Sex }).must().hidden().also("gender").says("female, male or other; people recorded as other are placed by hand", "female"),
		choice("placement_preference", model.ParsePreference, func(p *personRow) *model.Preference { return &p.person.Preference }).hidden().also("preference").says("mixed_group, female_only_group or individual; empty means mixed_group", "mixed_group"),
		date("sentence_date", func(p *personRow) *model.Date { return &p.need.Sentenced }).must().also("sentenced", "date_of_sentence").says("the date of the sentence", "2026-04-03"),
		date("induction_date", func(p *personRow) *model.Date { return &p.need.Inducted }).also("inducted", "date_of_induction").says("empty: not inducted yet, so only induction sessions are possible", "2026-04-10"),
		date("target_date", func(p *personRow) *model.Date { return &p.need.Target }).also("target").says("empty: as long after the sentence as the policy says, twelve months in England and Wales", "2027-04-03"),
		date("extended_until", func(p *personRow) *model.Date { return &p.extended }).also("extension_date").says("the target moves to this date if it is later", ""),
		date("order_end_date", func(p *personRow) *model.Date { return &p.need.HardEnd }).also("order_end", "hard_end").says("the hard end, after which no work counts", ""),
		choice("order_type", model.ParseOrderType, func(p *personRow) *model.OrderType { return &p.need.Order }).says("community_order, suspended_sentence_order or other; empty means other", "community_order"),
		whole("required_minutes", 1, maxMinutes, func(p *personRow) *int32 { return &p.need.Required }).must().says("minutes, not hours: in England and Wales 40 to 300 hours are 2400 to 18000", "7200"),
		whole("completed_minutes", 0, maxMinutes, func(p *personRow) *int32 { return &p.need.Completed }).also("completed").says("minutes worked so far, education and training included", "1260"),
		whole("adjustment_minutes", -maxMinutes, maxMinutes, func(p *personRow) *int32 { return &p.need.Adjustment }).also("adjustment", "adjustments").says("minutes added (positive) or taken off (negative)", "0"),
		whole("completed_ete_minutes", 0, maxMinutes, func(p *personRow) *int32 { return &p.need.ETEDone }).also("ete_minutes").says("minutes of education, training and employment so far", "0"),
		code("team_code", func(p *personRow) *model.TeamCode { return &p.person.Team }).must().also("team").says("a code of teams.csv", "N01"),
		choice("status", model.ParseStatus, func(p *personRow) *model.Status { return &p.need.Status }).says("active, suspended, awaiting_assessment, breach or complete; empty means active", "active"),
		choice("rosh", model.ParseLevel, func(p *personRow) *model.Level { return &p.person.Risk }).must().hidden().also("risk_of_serious_harm", "rosh_level").says("low, medium, high or very_high", "low"),
		words("high_risk_approved_by", func(p *personRow) *string { return &p.person.ApprovedBy }).hidden().says("who approved a high-risk placement", ""),
		date("high_risk_approved_on", func(p *personRow) *model.Date { return &p.person.ApprovedOn }).says("when it was approved", ""),
		set("flags", model.ParseFlag, func(p *personRow) *model.Flags { return &p.person.Flags }).hidden().says("a list of risk_to_children, sexual_history, vulnerable_adults, gang, violence, arson, restricted_placement, individual_barred, no_male_supervisor, no_female_supervisor", "gang;violence"),
		set("health", model.ParseHealth, func(p *personRow) *model.Health { return &p.person.Health }).hidden().says("a list of light_work_only, no_power_tools, step_free, wheelchair, support_worker, epilepsy, pregnancy, allergy", "no_power_tools"),
		choice("prayer", model.ParsePrayer, func(p *personRow) *model.Prayer { return &p.person.Prayer }).hidden().says("none, daily or daily_and_friday; empty means none", "none"),
		several("languages", func(p *personRow) *[]string { return &p.person.Languages }).hidden().says("a list", "English"),
		several("preferences", func(p *personRow) *[]string { return &p.person.Likes }).hidden().says("a list of days and kinds of work", "tue;gardening"),
		choice("travel_mode", parseMode, func(p *personRow) *geo.Mode { return &p.person.Mode }).also("mode").says("walk, bus or car; empty means walk", "bus"),
		degrees("latitude", 90, func(p *personRow) *float64 { return &p.person.Home.Latitude }, homeKnown).hidden(),
		degrees("longitude", 180, func(p *personRow) *float64 { return &p.person.Home.Longitude }, homeKnown).hidden(),
		words("postcode", func(p *personRow) *string { return &p.name.Postcode }).hidden().says("a position or a postcode is needed; distances need the position, which gazetteer.csv can give", "ZZ99 3WZ"),
		whole("max_travel_minutes", 0, 1440, func(p *personRow) *int32 { return &p.person.MaxTravelMinutes }).says("minutes from home to the site; it can only lower the policy's limit", "60"),
		whole("max_weekly_minutes", 0, 10080, func(p *personRow) *int32 { return &p.person.MaxWeekMinutes }).says("minutes a week; it can only lower the policy's limit", "840"),
		whole("attended_sessions", 0, 100_000, func(p *personRow) *int32 { return &p.person.Attended }).also("attended").says("sessions attended before the first row of appointments.csv", "3"),
		whole("missed_sessions", 0, 100_000, func(p *personRow) *int32 { return &p.person.Missed }).also("missed").says("sessions missed before the first row of appointments.csv", "1"),
		yesNo("restricted_record", func(p *personRow) *bool { return &p.person.Restricted }).hidden().also("restricted").says("yes: shown by CRN only", "no"),
	},
}

func homeKnown(p *personRow) bool { return p.person.Home.Known() }

func checkPerson(p *personRow) []cellFault {
	var out []cellFault
	add := func(column, found, what, expected, next string) {
		out = append(out, cellFault{column: column, found: found, fault: fault{what, expected, next}})
	}
	n := &p.need
	if n.ETEDone > n.Completed {
		add("completed_ete_minutes", strconv.Itoa(int(n.ETEDone)), "more than was completed", "at most completed_minutes, which include it", "")
	}
	if n.HardEnd != 0 && n.HardEnd < n.Sentenced {
		add("order_end_date", n.HardEnd.String(), "ends before it begins", "a date on or after the sentence_date", "")
	}
	if p.name.Postcode == "" && !given(p.person.Home) {
		add("latitude", "", "neither position nor postcode", "latitude and longitude, or at least a postcode", "")
	} else {
		out = append(out, checkPoint(&p.person.Home, false)...)
	}
	return out
}
