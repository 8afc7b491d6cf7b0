package exchange

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
)

// places checks and takes teams, projects, supervisors, minibuses and stops, which most other kinds refer to.
func (r *reader) places(f *model.Facts, w *raw) {
	m := w.middle()
	f.Teams = settle(r, teamsTable, unique(r, teamsTable, w.teams))
	slices.SortFunc(f.Teams, func(a, b model.Team) int { return cmp.Compare(a.Code, b.Code) })
	r.nameRegion(f)

	w.projects = keep(r, projectsTable, unique(r, projectsTable, w.projects), func(p *model.Project) []cellFault {
		return append(r.refer("team_code", "teams", string(p.Team)), m.check(p.Site, false)...)
	})
	f.Projects = settle(r, projectsTable, w.projects)
	slices.SortFunc(f.Projects, func(a, b model.Project) int { return cmp.Compare(a.Code, b.Code) })

	w.supervisors = keep(r, supervisorsTable, unique(r, supervisorsTable, w.supervisors), func(s *supervisorRow) []cellFault {
		return append(r.refer("team_code", "teams", string(s.supervisor.Team)), m.check(s.supervisor.Home, false)...)
	})
	for _, s := range settle(r, supervisorsTable, w.supervisors) {
		f.Supervisors = append(f.Supervisors, s.supervisor)
		if s.supervisor.WeekMinutes == 0 {
			r.note(r.states["supervisors"].name, "supervisors", fmt.Sprintf("%s has no working time (weekly_minutes is 0)", s.supervisor.Code))
		}
	}
	slices.SortFunc(f.Supervisors, func(a, b model.Supervisor) int { return cmp.Compare(a.Code, b.Code) })

	w.minibuses = keep(r, minibusesTable, unique(r, minibusesTable, w.minibuses), func(b *model.Minibus) []cellFault {
		return append(r.refer("team_code", "teams", string(b.Team)), m.check(b.Depot, false)...)
	})
	f.Minibuses = settle(r, minibusesTable, w.minibuses)
	slices.SortFunc(f.Minibuses, func(a, b model.Minibus) int { return cmp.Compare(a.Registration, b.Registration) })

	w.stops = keep(r, stopsTable, unique(r, stopsTable, w.stops), func(s *model.Stop) []cellFault {
		return append(r.refer("team_code", "teams", string(s.Team)), m.check(s.At, false)...)
	})
	f.Stops = settle(r, stopsTable, w.stops)
	slices.SortFunc(f.Stops, func(a, b model.Stop) int { return cmp.Compare(a.Code, b.Code) })

	orders := r.o.orders()
	w.people = keep(r, peopleTable, unique(r, peopleTable, w.people), func(p *personRow) []cellFault {
		return append(append(checkOrder(orders, p), r.refer("team_code", "teams", string(p.person.Team))...), m.check(p.person.Home, false)...)
	})
	w.zones = keep(r, zonesTable, w.zones, func(z *zoneRow) []cellFault { return m.check(z.zone.Centre, true) })
}

// middle is taken from places, which are few and looked after, or from homes where there are hardly any places.
func (w *raw) middle() middle {
	var at []geo.Point
	for _, p := range w.projects {
		at = append(at, p.row.Site)
	}
	for _, s := range w.stops {
		at = append(at, s.row.At)
	}
	for _, b := range w.minibuses {
		at = append(at, b.row.Depot)
	}
	if len(at) < 3 {
		for _, p := range w.people {
			at = append(at, p.row.person.Home)
		}
	}
	return middleOf(at)
}

// nameRegion takes the region's name from the options, or the name that most teams give.
func (r *reader) nameRegion(f *model.Facts) {
	times := map[string]int{}
	for _, t := range f.Teams {
		times[t.Region]++
	}
	for _, t := range f.Teams {
		if f.Region == "" || times[t.Region] > times[f.Region] {
			f.Region = t.Region
		}
	}
	if k := r.o.Known; k != nil && f.Region == "" {
		f.Region = k.Region
	}
	if r.o.Region != "" {
		f.Region = r.o.Region
	}
	if len(times) > 1 {
		r.note(r.states["teams"].name, "teams", fmt.Sprintf("the teams name %d regions; all are taken as %q", len(times), f.Region))
	}
}

// people joins the rows of each person.
func (r *reader) people(f *model.Facts, w *raw) {
	first := map[model.CRN]int{}
	contrary := map[model.CRN]bool{}
	for i := range w.people {
		p := &w.people[i].row
		j, again := first[p.person.CRN]
		if !again {
			first[p.person.CRN] = i
			continue
		}
		if column := differs(&w.people[j].row, p); column != "" {
			contrary[p.person.CRN] = true
			r.fail("people", w.people[i].at, peopleTable.key(p), cellFault{column: column, fault: fault{what: "differs between rows of one person",
				expected: fmt.Sprintf("the same as in row %d, which is about the same person", w.people[j].at),
				next:     "make the rows agree; until then the person is left out, for a wrong guess could put someone in danger"}})
		}
	}
	if len(contrary) > 0 {
		w.people = slices.DeleteFunc(w.people, func(l line[personRow]) bool { return contrary[l.row.person.CRN] })
		for c := range contrary {
			r.states["people"].dropped[string(c)] = true
		}
	}
	rows := settle(r, peopleTable, w.people)
	slices.SortStableFunc(rows, func(a, b personRow) int {
		return cmp.Or(cmp.Compare(a.person.CRN, b.person.CRN), cmp.Compare(a.need.Event, b.need.Event))
	})
	homeless := 0
	for _, p := range rows {
		if n := len(f.People); n > 0 && f.People[n-1].CRN == p.person.CRN {
			f.People[n-1].Requirements = append(f.People[n-1].Requirements, p.need)
			continue
		}
		p.person.Requirements = []model.Requirement{p.need}
		f.People = append(f.People, p.person)
		r.states["people"].known[string(p.person.CRN)] = true
		if !p.person.Home.Known() {
			homeless++
		}
		if p.name.CRN = p.person.CRN; p.name != (model.Name{CRN: p.name.CRN}) {
			f.Names = append(f.Names, p.name)
		}
	}
	if homeless > 0 {
		who := "person has"
		if homeless > 1 {
			who = "people have"
		}
		r.note(r.states["people"].name, "people", fmt.Sprintf("%s %s a postcode but no position; gazetteer.csv can give it, and without one only journeys in travel.csv are known for them", thousands(homeless), who))
	}
}

// differs names the first column about the person in which two rows differ, or gives "".
func differs(a, b *personRow) string {
	for i := range peopleTable.columns {
		c := &peopleTable.columns[i]
		if !slices.Contains(orderColumns, c.name) && c.write(nil, a) != c.write(nil, b) {
			return c.name
		}
	}
	return ""
}

// orderColumns are about the requirement; the others are about the person.
var orderColumns = []string{"event_number", "sentence_date", "induction_date", "target_date", "extended_until", "order_end_date", "order_type",
	"required_minutes", "completed_minutes", "adjustment_minutes", "completed_ete_minutes", "status"}

// standing checks and takes what stands from week to week.
func (r *reader) standing(f *model.Facts, w *raw) {
	f.Slots = settle(r, slotsTable, keep(r, slotsTable, unique(r, slotsTable, w.slots), func(s *model.Slot) []cellFault {
		return r.refer("project_code", "projects", string(s.Project))
	}))
	slices.SortStableFunc(f.Slots, func(a, b model.Slot) int {
		return cmp.Or(cmp.Compare(a.Project, b.Project), cmp.Compare(a.Weekday, b.Weekday), cmp.Compare(a.Start, b.Start), cmp.Compare(a.StartDate, b.StartDate))
	})
	f.Shifts = settle(r, shiftsTable, keep(r, shiftsTable, w.shifts, func(s *model.Shift) []cellFault {
		return r.refer("supervisor_code", "supervisors", string(s.Supervisor))
	}))
	slices.SortStableFunc(f.Shifts, func(a, b model.Shift) int { return cmp.Compare(a.Supervisor, b.Supervisor) })

	f.Spells = settle(r, spellsTable, keep(r, spellsTable, w.spells, func(s *model.Spell) []cellFault { return r.refer("crn", "people", string(s.CRN)) }))
	slices.SortStableFunc(f.Spells, func(a, b model.Spell) int { return cmp.Compare(a.CRN, b.CRN) })

	for _, z := range settle(r, zonesTable, keep(r, zonesTable, w.zones, func(z *zoneRow) []cellFault {
		return append(r.refer("crn", "people", string(z.zone.CRN)), r.refer("project_code", "projects", string(z.zone.Project))...)
	})) {
		f.Zones = append(f.Zones, z.zone)
	}
	slices.SortStableFunc(f.Zones, func(a, b model.Zone) int { return cmp.Compare(a.CRN, b.CRN) })

	f.Standing = settle(r, standingTable, keep(r, standingTable, w.standing, func(s *model.Standing) []cellFault {
		out := append(r.refer("crn", "people", string(s.CRN)), r.refer("project_code", "projects", string(s.Project))...)
		return append(out, r.refer("pick_up_location_code", "pick_up_locations", string(s.PickUp))...)
	}))
	slices.SortStableFunc(f.Standing, func(a, b model.Standing) int {
		return cmp.Or(cmp.Compare(a.CRN, b.CRN), cmp.Compare(a.Project, b.Project), cmp.Compare(a.Weekday, b.Weekday), cmp.Compare(a.Start, b.Start))
	})
	r.apart(f, w)
	r.doubt(f)
}

// doubt lists the people whom a row that could not be read protects, or protects others from.
func (r *reader) doubt(f *model.Facts) {
	for _, kind := range protective {
		for key := range r.states[kind].dropped {
			for crn := range strings.SplitSeq(key, "\x00") {
				if r.states["people"].known[crn] {
					f.Doubtful = append(f.Doubtful, model.Doubt{CRN: model.CRN(crn), Kind: kind})
				}
			}
		}
	}
	slices.SortFunc(f.Doubtful, model.Doubt.Compare)
	f.Doubtful = slices.Compact(f.Doubtful)
}

// apart takes the pairs of which both are known. Somebody outside the region cannot be met in it, so an unknown half is
// only worth a notice.
func (r *reader) apart(f *model.Facts, w *raw) {
	st := r.states["people"]
	pairs := keep(r, apartTable, w.apart, func(p *model.Pair) []cellFault {
		if st.known[string(p.A)] || st.known[string(p.B)] {
			return nil
		}
		return r.refer("crn", "people", string(p.A))
	})
	for _, p := range settle(r, apartTable, pairs) {
		unknown := p.B
		if !st.known[string(p.A)] {
			unknown = p.A
		}
		if st.known[string(unknown)] {
			f.KeepApart = append(f.KeepApart, p)
			continue
		}
		r.note(r.states["keep_apart"].name, "keep_apart", fmt.Sprintf("%s and %s: %s is not among the people of this region%s", p.A, p.B, unknown,
			suggest(string(unknown), sortedKeys(st.known), "")))
	}
	slices.SortFunc(f.KeepApart, func(a, b model.Pair) int { return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B)) })
	f.KeepApart = slices.Compact(f.KeepApart)
}

// rest checks and takes the other kinds.
func (r *reader) rest(f *model.Facts, w *raw) {
	r.roster(f, w)

	slices.SortStableFunc(w.holidays, func(a, b line[model.Holiday]) int { return cmp.Compare(a.row.Date, b.row.Date) })
	f.Holidays = slices.CompactFunc(settle(r, holidaysTable, w.holidays), func(a, b model.Holiday) bool { return a.Date == b.Date })

	slices.SortStableFunc(w.outlooks, func(a, b line[model.Outlook]) int {
		return cmp.Or(cmp.Compare(a.row.WeatherArea, b.row.WeatherArea), cmp.Compare(a.row.Date, b.row.Date), -cmp.Compare(a.row.IssuedAt, b.row.IssuedAt))
	})
	f.Outlooks = slices.CompactFunc(settle(r, weatherTable, w.outlooks), func(a, b model.Outlook) bool {
		return a.WeatherArea == b.WeatherArea && a.Date == b.Date
	})
	if legs := settle(r, legsTable, keep(r, legsTable, w.legs, r.checkLeg)); len(legs) > 0 {
		f.Legs = geo.NewMatrix(legs).Legs
	}
	f.Kit = settle(r, kitTable, keep(r, kitTable, unique(r, kitTable, w.kit), func(k *model.Kit) []cellFault { return r.refer("team_code", "teams", string(k.Team)) }))
	slices.SortFunc(f.Kit, func(a, b model.Kit) int { return cmp.Or(cmp.Compare(a.Team, b.Team), cmp.Compare(a.Kind, b.Kind)) })

	f.Contacts = settle(r, contactsTable, keep(r, contactsTable, unique(r, contactsTable, w.contacts), func(c *model.Contact) []cellFault {
		return r.refer("crn", "people", string(c.CRN))
	}))
	slices.SortFunc(f.Contacts, func(a, b model.Contact) int { return cmp.Compare(a.CRN, b.CRN) })

	f.Reviews = settle(r, reviewsTable, keep(r, reviewsTable, w.reviews, func(v *model.Review) []cellFault { return r.refer("crn", "people", string(v.CRN)) }))
	slices.SortStableFunc(f.Reviews, func(a, b model.Review) int {
		return cmp.Or(cmp.Compare(a.CRN, b.CRN), cmp.Compare(a.Event, b.Event), cmp.Compare(a.Kind, b.Kind))
	})
	f.Waivers = settle(r, waiversTable, w.waivers)
	slices.SortStableFunc(f.Waivers, func(a, b model.Waiver) int {
		return cmp.Or(cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Subject, b.Subject))
	})
	f.Costs = settle(r, costsTable, unique(r, costsTable, w.costs))
	slices.SortFunc(f.Costs, func(a, b model.Cost) int { return cmp.Compare(a.Lever, b.Lever) })
}

// endKinds are the kinds whose rows may be the end of a journey.
var endKinds = []string{"people", "projects", "pick_up_locations", "minibuses", "supervisors"}

func (r *reader) checkLeg(l *geo.Leg) []cellFault {
	var out []cellFault
	for _, end := range [2][2]string{{"from", l.From}, {"to", l.To}} {
		known, bad := false, ""
		for _, k := range endKinds {
			known = known || r.states[k].known[end[1]]
			if r.states[k].dropped[end[1]] {
				bad = k
			}
		}
		switch {
		case known:
		case bad != "":
			out = append(out, r.refer(end[0], bad, end[1])...)
		default:
			out = append(out, cellFault{column: end[0], found: end[1], fault: fault{what: "place not known",
				expected: "a code of a person, project, pick-up location, minibus or supervisor: " + strings.Join(endKinds, ", ")}})
		}
	}
	return out
}
