package web

import (
	"net/http"
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// Repair is the page on which somebody says what went wrong in a published week, and looks at what can be done.
type Repair struct {
	*Frame // set by the handler

	Title, Back      string
	Action, Keep     string // where the forms lead
	Kinds            []Link // what can go wrong
	Kind             string
	Subject, Lead    string // the label of the first field, and a hint
	Subjects         []Choice
	Typed            string // what was typed where nothing is chosen from a list
	Days, LastDays   []Choice
	Places, Tell     string
	Short, HasPlaces bool

	Problem string       // what is to be corrected in the form; empty: nothing
	Options *RepairFound // nil: not asked yet
}

// kind is one thing that can go wrong, with what its form asks for.
type kind struct {
	name           scheduler.HappeningKind
	text, who      string
	lead           string
	days, anywhere bool
}

var kinds = []kind{
	{scheduler.SupervisorOff, "Supervisor off", "Supervisor", "", true, false},
	{scheduler.MinibusOff, "Minibus off the road", "Minibus", "", true, false},
	{scheduler.ProjectClosed, "Project closed", "Project", "Without a last day it is closed to the end of the week.", true, false},
	{scheduler.ItRains, "Rain", "Weather area", "", true, true},
	{scheduler.PersonOff, "Person cannot come", "CRN", "A letter and six digits, such as X123456.", true, false},
	{scheduler.Overbooked, "Too many booked", "Session", "Everybody who is booked says that they come.", false, false},
}

// repairAsked is a form as it was filled in.
type repairAsked struct {
	Kind, Who, From, To, Tell string
	Short, Curve              bool
}

func readRepair(r *http.Request) repairAsked {
	return repairAsked{Kind: r.FormValue("what"), Who: r.FormValue("who"), From: r.FormValue("from"), To: r.FormValue("to"), Tell: r.FormValue("tell"),
		Short: r.FormValue("short") != "", Curve: r.FormValue("curve") != ""}
}

// NewRepair lays the form out for a week, as it was filled in.
func NewRepair(w *Week, a repairAsked, region string) *Repair {
	at := kindOf(a.Kind)
	week := w.Snapshot.Week
	path := "/weeks/" + week.String() + "/repair"
	query := Filter{Region: region}.query()
	p := &Repair{
		Title: "Fix a problem in the week starting " + longDate(week.Monday()), Back: weekURL(week, Filter{Region: region}), Action: path + query, Keep: path + "/keep" + query,
		Kind: string(at.name), Subject: at.who, Lead: at.lead, Short: a.Short, Tell: a.Tell,
	}
	for _, k := range kinds {
		p.Kinds = append(p.Kinds, Link{kindURL(path, string(k.name), region), k.text, k.name == at.name})
	}
	p.Subjects = subjects(w, at, a.Who)
	if at.name == scheduler.PersonOff {
		p.Typed = a.Who
	}
	if at.days {
		p.Days, p.LastDays = dayChoices(week, a.From), dayChoices(week, a.To)
	}
	return p
}

func kindOf(name string) kind {
	if i := slices.IndexFunc(kinds, func(k kind) bool { return string(k.name) == name }); i >= 0 {
		return kinds[i]
	}
	return kinds[0]
}

func dayChoices(week model.Week, chosen string) []Choice {
	var out []Choice
	for d := range model.Date(7) {
		at := week.Monday() + d
		out = append(out, Choice{at.String(), shortDate(at), at.String() == chosen})
	}
	return out
}

// subjects lists whom or what something can happen to, in the order in which pages have them.
func subjects(w *Week, k kind, chosen string) []Choice {
	var out []Choice
	add := func(value, text string) { out = append(out, Choice{value, text, value == chosen}) }
	switch sn := w.Snapshot; k.name {
	case scheduler.SupervisorOff:
		for i := range sn.Supervisors {
			add(string(sn.Supervisors[i].Code), string(sn.Supervisors[i].Code))
		}
	case scheduler.MinibusOff:
		for i := range sn.Minibuses {
			add(string(sn.Minibuses[i].Registration), string(sn.Minibuses[i].Registration))
		}
	case scheduler.ProjectClosed:
		for i := range sn.Projects {
			p := &sn.Projects[i]
			add(string(p.Code), string(p.Code)+" "+p.Name)
		}
	case scheduler.ItRains:
		add("", "Everywhere")
		for _, a := range scheduler.WeatherAreas(sn) {
			add(a, a)
		}
	case scheduler.Overbooked:
		for _, s := range w.Roster.Sessions() {
			name := string(s.Project)
			if p := sn.Project(s.Project); p != nil {
				name = p.Name
			}
			add(s.String(), shortDate(s.Date)+", "+clock(s.Start)+": "+name)
		}
	case scheduler.PersonOff: // typed: people are never listed by name
	}
	return out
}

// repairForm shows the form of what went wrong.
func (s *site) repairForm(w http.ResponseWriter, r *http.Request) {
	f, week, ok := s.asks(w, r)
	if !ok {
		return
	}
	found := s.find(w, r, f, week)
	if found == nil {
		return
	}
	if found.Version == 0 {
		s.problem(w, f, http.StatusNotFound, "Nothing is published for this week", "Only a published week is repaired: nobody was told of a plan yet. Change the plan instead, or publish it.")
		return
	}
	s.repairPage(w, f, http.StatusOK, NewRepair(found, repairAsked{Kind: r.URL.Query().Get("what")}, f.carried()))
}

func (s *site) repairPage(w http.ResponseWriter, f *Frame, status int, p *Repair) {
	p.Frame, f.Title, f.Acts = f, "Fix a problem", true
	s.page(w, status, repairPage, p)
}

// repairs shows what can be done about what went wrong. It changes nothing, and is a POST so that no CRN is in an address.
func (s *site) repairs(w http.ResponseWriter, r *http.Request) {
	f, week, ok := s.asks(w, r)
	if !ok {
		return
	}
	found := s.find(w, r, f, week)
	if found == nil {
		return
	}
	asked := readRepair(r)
	p := NewRepair(found, asked, f.carried())
	q, problem := asked.request(week)
	if problem != "" {
		p.Problem = problem
		s.repairPage(w, f, http.StatusBadRequest, p)
		return
	}
	x, err := s.Desk.Repair(r.Context(), f.Region, q)
	if e := usage(err); e != "" {
		p.Problem = e
		s.repairPage(w, f, http.StatusBadRequest, p)
		return
	}
	if err != nil {
		s.refused(w, f, err)
		return
	}
	if p.Options, err = newRepairFound(x, asked, week); err != nil {
		s.failed(w, f, err)
		return
	}
	s.repairPage(w, f, http.StatusOK, p)
}

// keepRepair keeps an option as a plan, and leads to that.
func (s *site) keepRepair(w http.ResponseWriter, r *http.Request) {
	f, week, ok := s.asks(w, r)
	if !ok {
		return
	}
	q, problem := readRepair(r).request(week)
	option, seen, ok := readOption(r)
	if problem != "" || !ok {
		s.problem(w, f, http.StatusBadRequest, "That cannot be done as it was asked", "Go back, ask again what can be done, and choose one of the options.")
		return
	}
	d, err := s.Desk.KeepRepair(r.Context(), f.Region, q, option, seen, scheduler.Command{Key: r.FormValue("key"), Reason: r.FormValue("reason")})
	if err != nil {
		s.refused(w, f, err)
		return
	}
	http.Redirect(w, r, planURL(d.ID, f.carried()), http.StatusSeeOther) //nolint:gosec // the name of a plan and an encoded query stay on this site
}
