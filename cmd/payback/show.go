package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/communitypayback/payback/model"
)

// showCommand prints a plan: of the record, or from its folder alone.
type showCommand struct {
	Plan string `arg:"" optional:"" help:"A plan of the record, published, published=3, or a folder of a plan. Left out: the newest plan."`
	pickFlags
	By      string `default:"session" placeholder:"WHAT" help:"What to list: session, person, supervisor, minibus or unplaced."`
	Session string `placeholder:"CT01/2026-11-30" help:"Only this session."`
	Person  string `placeholder:"X123456" help:"Only this person."`
}

var showKinds = []string{"session", "person", "supervisor", "minibus", "unplaced"}

// Run prints.
func (c *showCommand) Run(ctx context.Context, m *Main) error {
	if err := choice("--by", c.By, showKinds); err != nil {
		return err
	}
	p, err := c.pick(ctx, m, c.Plan)
	if err != nil {
		return err
	}
	if err := c.narrow(p); err != nil {
		return err
	}
	switch c.By {
	case "person":
		return writeList(m, shownPeople(p), personColumns)
	case "supervisor":
		return writeList(m, shownSupervisors(p), useColumns("supervisor"))
	case "minibus":
		return writeList(m, shownMinibuses(p), useColumns("minibus"))
	case "unplaced":
		return writeList(m, shownUnplaced(p), unplacedColumns)
	default:
		if c.Person != "" || c.Session != "" {
			return writeList(m, shownPeople(p), personColumns)
		}
		return writeList(m, shownSessions(p), sessionColumns)
	}
}

// narrow keeps what --session and --person ask for.
func (c *showCommand) narrow(p *planned) error {
	if c.Session != "" {
		k, err := p.findSession(c.Session)
		if err != nil {
			return err
		}
		r := p.roster
		r.Appointments, r.Duties, r.Trips = r.In(k), r.DutiesOf(k), r.TripsOf(k)
		p.sessions = slices.DeleteFunc(p.sessions, func(row map[string]string) bool { return keyOf(row) != k })
	}
	if c.Person != "" {
		crn := model.CRN(strings.ToUpper(c.Person))
		if !crn.Valid() {
			return model.Errorf(model.CodeUsage, "--person: found %q; expected a CRN, one letter and six digits such as X123456.", c.Person)
		}
		if !slices.ContainsFunc(p.roster.Appointments, func(a model.Appointment) bool { return a.CRN == crn }) &&
			!slices.ContainsFunc(p.unplaced, func(row map[string]string) bool { return row["crn"] == string(crn) }) {
			return model.Errorf(model.CodeNotFound, "No person %s in this plan, placed or not. Look for the CRN in the region's people.csv.", crn)
		}
		p.roster.Appointments = slices.DeleteFunc(p.roster.Appointments, func(a model.Appointment) bool { return a.CRN != crn })
		p.unplaced = slices.DeleteFunc(p.unplaced, func(row map[string]string) bool { return row["crn"] != string(crn) })
	}
	return nil
}

// findSession finds a session of the plan by PROJECT/DATE or PROJECT/DATE/TIME.
func (p *planned) findSession(s string) (model.SessionKey, error) {
	want, err := model.ParseSessionKey(s)
	if err != nil {
		return want, model.Errorf(model.CodeUsage, "--session: %s.", err)
	}
	var hits, near []model.SessionKey
	for _, k := range p.roster.Sessions() {
		if k.Date != want.Date {
			continue
		}
		if k.Project == want.Project && (want.Start < 0 || k.Start == want.Start) {
			hits = append(hits, k)
		} else if strings.HasPrefix(string(k.Project), string(want.Project)) || k.Project == want.Project {
			near = append(near, k)
		}
	}
	names := func(all []model.SessionKey) string {
		return strings.Join(convert(all, model.SessionKey.String), ", ")
	}
	switch {
	case len(hits) == 1:
		return hits[0], nil
	case len(hits) > 1:
		return want, model.Errorf(model.CodeUsage, "%q is several sessions: %s. Add the time.", s, names(hits))
	case len(near) > 0:
		return want, model.Errorf(model.CodeNotFound, "No session %q. Sessions that day starting with %s: %s.", s, want.Project, names(near))
	}
	var all []string
	for _, k := range p.roster.Sessions() {
		all = append(all, string(k.Project))
	}
	return want, model.Errorf(model.CodeNotFound, "No session %q in this plan.%s", s, meant(string(want.Project), distinct(all)))
}

// keyOf names the session of a row of sessions.csv.
func keyOf(row map[string]string) model.SessionKey {
	k, err := model.ParseSessionKey(row["project_code"] + "/" + row["date"] + "/" + row["start_time"])
	if err != nil {
		return model.SessionKey{}
	}
	return k
}

// shownSession is a session as show lists it.
type shownSession struct {
	Project     string   `json:"project_code"`
	Name        string   `json:"name"`
	Date        string   `json:"date"`
	Start       string   `json:"start_time"`
	End         string   `json:"end_time"`
	Supervisors []string `json:"supervisor_codes"`
	Minibuses   []string `json:"registrations"`
	Stops       []string `json:"stops"`
	Places      int      `json:"places"`
	Booked      int      `json:"booked"`
	Expected    string   `json:"expected"`
	ChanceOver  string   `json:"chance_over"`
	WetProject  string   `json:"wet_project_code"` // where it goes when it rains
	Kilometres  string   `json:"minibus_kilometres"`

	key model.SessionKey
}

func shownSessions(p *planned) []shownSession {
	var out []shownSession
	for _, row := range p.sessions {
		out = append(out, shownSession{
			Project: row["project_code"], Name: p.name(model.ProjectCode(row["project_code"])), Date: row["date"],
			Start: row["start_time"], End: row["end_time"], Supervisors: orEmpty(list(row["supervisor_codes"])),
			Minibuses: orEmpty(list(row["registrations"])), Stops: orEmpty(list(row["stops"])), Places: whole(row["places"]),
			Booked: whole(row["booked"]), Expected: row["expected"], ChanceOver: row["chance_over"],
			WetProject: row["wet_project_code"], Kilometres: row["minibus_kilometres"], key: keyOf(row),
		})
	}
	slices.SortStableFunc(out, func(a, b shownSession) int { return a.key.Compare(b.key) })
	return out
}

var sessionColumns = []column[shownSession]{
	{name: "date", cell: func(s shownSession) string { return s.Date }, table: func(s shownSession) string { return day(s.key.Date) }},
	{name: "start_time", cell: func(s shownSession) string { return s.Start }, hide: true},
	{name: "end_time", cell: func(s shownSession) string { return s.End }, hide: true},
	{name: "time", only: true, cell: func(s shownSession) string { return s.Start + "-" + s.End }},
	{name: "project_code", cell: func(s shownSession) string { return s.Project }, hide: true},
	{name: "project", cell: func(s shownSession) string { return s.Name }, table: func(s shownSession) string { return s.Project + " " + short(s.Name, 20) }},
	{name: "booked", right: true, cell: func(s shownSession) string { return strconv.Itoa(s.Booked) },
		table: func(s shownSession) string { return fmt.Sprintf("%d of %d", s.Booked, s.Places) }},
	{name: "places", hide: true, cell: func(s shownSession) string { return strconv.Itoa(s.Places) }},
	{name: "expected", right: true, cell: func(s shownSession) string { return s.Expected }},
	{name: "supervisors", cell: func(s shownSession) string { return strings.Join(s.Supervisors, ";") },
		table: func(s shownSession) string { return strings.Join(s.Supervisors, " ") }},
	{name: "minibuses", cell: func(s shownSession) string { return strings.Join(s.Minibuses, ";") },
		table: func(s shownSession) string { return strings.Join(s.Minibuses, " ") }},
	{name: "chance_over", cell: func(s shownSession) string { return s.ChanceOver }, hide: true},
	{name: "wet_project_code", cell: func(s shownSession) string { return s.WetProject }, hide: true},
	{name: "minibus_kilometres", cell: func(s shownSession) string { return s.Kilometres }, hide: true},
	{name: "stops", cell: func(s shownSession) string { return strings.Join(s.Stops, ";") }, hide: true},
}

// shownPerson is an appointment as show lists it.
type shownPerson struct {
	CRN        string `json:"crn"`
	Event      int32  `json:"event_number"`
	Project    string `json:"project_code"`
	Name       string `json:"name"`
	Date       string `json:"date"`
	Start      string `json:"start_time"`
	End        string `json:"end_time"`
	Minutes    int32  `json:"minutes"`
	PickUp     string `json:"pick_up_location_code"`
	PickUpTime string `json:"pick_up_time"`
	Pinned     bool   `json:"pinned"`

	day model.Date
}

func shownPeople(p *planned) []shownPerson {
	var out []shownPerson
	for i := range p.roster.Appointments {
		a := &p.roster.Appointments[i]
		_, start := p.calendar.Local(a.Span.Start)
		_, end := p.calendar.Local(a.Span.End)
		s := shownPerson{
			CRN: string(a.CRN), Event: a.Event, Project: string(a.Session.Project), Name: p.name(a.Session.Project), Date: a.Session.Date.String(),
			Start: start.String(), End: end.String(), Minutes: a.Minutes(), PickUp: string(a.PickUp), Pinned: a.Pinned, day: a.Session.Date,
		}
		if a.PickUp != "" {
			_, at := p.calendar.Local(a.PickUpAt)
			s.PickUpTime = at.String()
		}
		out = append(out, s)
	}
	slices.SortStableFunc(out, func(a, b shownPerson) int { return cmp.Or(cmp.Compare(a.CRN, b.CRN), cmp.Compare(a.Event, b.Event)) })
	return out
}

var personColumns = []column[shownPerson]{
	{name: "crn", cell: func(s shownPerson) string { return s.CRN }},
	{name: "event_number", cell: func(s shownPerson) string { return strconv.Itoa(int(s.Event)) }, hide: true},
	{name: "date", cell: func(s shownPerson) string { return s.Date }, table: func(s shownPerson) string { return day(s.day) }},
	{name: "start_time", cell: func(s shownPerson) string { return s.Start }, hide: true},
	{name: "end_time", cell: func(s shownPerson) string { return s.End }, hide: true},
	{name: "time", only: true, cell: func(s shownPerson) string { return s.Start + "-" + s.End }},
	{name: "minutes", right: true, cell: func(s shownPerson) string { return strconv.Itoa(int(s.Minutes)) },
		table: func(s shownPerson) string { return hours(int64(s.Minutes)) }},
	{name: "project_code", cell: func(s shownPerson) string { return s.Project }, hide: true},
	{name: "project", cell: func(s shownPerson) string { return s.Name }, table: func(s shownPerson) string { return s.Project + " " + short(s.Name, 28) }},
	{name: "pick_up", cell: func(s shownPerson) string { return strings.TrimSpace(s.PickUp + " " + s.PickUpTime) }},
}

// short cuts text to so many characters.
func short(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n-1]) + "…"
}

func orEmpty(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}
