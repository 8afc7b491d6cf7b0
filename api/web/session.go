package web

import (
	"fmt"
	"slices"
	"strings"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
)

// Session is what the page of one session says. Every text is ready to be read.
type Session struct {
	*Frame // set by the handler

	Title    string
	Name     string
	When     string
	Tag      string // empty: nothing to say
	Tone     string
	Frozen   bool // it may no longer be changed
	Standing Standing
	Facts    []Fact
	Comers   []Comer
	Coming   string // how many, in a sentence
	Trips    []TripTable
	Worries  []Reason // what may go wrong although no rule is broken by it
	Cases    []Reason // of rules that must hold
	Kept     string   // what to say where there are none
	WeekURL  string
	WeekText string
	Register string // the address of its register; empty: nobody comes
}

// Fact is one line of the summary of a session.
type Fact struct{ Label, Value, Note string }

// Comer is one person of a session.
type Comer struct{ CRN, PickUp, Times string }

// TripTable is one minibus with its calls.
type TripTable struct {
	Minibus, Driver, Leaves, Returns, Kilometres string
	Stops                                        []Call
}

// Call is a stop of a minibus: when it calls on the way out, and when on the way back.
type Call struct{ Stop, Out, Back string }

// NewSession works out what the page of a session says; nil if the roster does not hold it. The region is the one that
// links carry, if any.
func NewSession(w *Week, catalogue []*solver.Constraint, k model.SessionKey, region string) *Session {
	x := newIndex(w, catalogue)
	e := x.at[k]
	if e == nil {
		return nil
	}
	name := x.projectName(k.Project)
	page := &Session{
		Title: "Session at " + name + " on " + longDate(k.Date), Name: name, When: longDay(k.Date) + ", " + x.times(k), Standing: x.standing(),
		WeekURL: weekURL(w.Snapshot.Week, Filter{Region: region}), WeekText: "Roster for week starting " + longDate(w.Snapshot.Week.Monday()),
		Coming: fmt.Sprintf("%s.", plural(len(e.comers), "person is booked", "people are booked")),
	}
	page.Tag, page.Tone = e.tag()
	page.Frozen = x.Snapshot.Calendar.Instant(k.Date, k.Start) < x.Snapshot.FrozenUntil
	for _, r := range e.reasons {
		if r.Must {
			page.Cases = append(page.Cases, r)
		} else {
			page.Worries = append(page.Worries, r)
		}
	}
	page.Kept = x.kept()
	page.Facts = x.facts(e)
	for i := range e.comers {
		page.Comers = append(page.Comers, x.comer(e, &e.comers[i]))
	}
	slices.SortStableFunc(page.Comers, func(a, b Comer) int { return strings.Compare(a.CRN, b.CRN) })
	if len(e.comers) > 0 {
		page.Register = registerURL(k, region)
	}
	for i := range e.trips {
		page.Trips = append(page.Trips, x.trip(&e.trips[i]))
	}
	return page
}

// kept says how many rules hold where none is broken.
func (x *index) kept() string {
	n := 0
	for _, c := range x.catalogue {
		if c.Level == solver.Hard {
			n++
		}
	}
	return plural(n, "rule must hold, and it does", "rules must hold, and all of them do") + "."
}

// facts lists how the session is arranged, in the order in which people ask.
func (x *index) facts(e *entry) []Fact {
	out := []Fact{x.lasting(e)}
	add := func(label, value, note string) {
		if value != "" {
			out = append(out, Fact{label, value, note})
		}
	}
	add(x.crew(e))
	add(x.fleet(e))
	if p := e.project; p != nil {
		add("Places", thousands(int64(e.places)), placesNote(p))
	}
	add("Booked", thousands(int64(len(e.comers))), "")
	if e.project != nil {
		add("Expected to come", fmt.Sprintf("%d.%d", e.expected/1000, e.expected%1000/100), "by each person's own record")
		chance := sentHome(e.chance)
		add("Being sent home", strings.ToUpper(chance[:1])+chance[1:], "")
	}
	add(x.weather(e))
	for _, b := range x.Roster.Breaks {
		if b.Session == e.key {
			add("Breaks", x.breaks(b.Spans), "")
		}
	}
	if e.project != nil {
		add("At the site", atSite(e.project), "")
		add("Beneficiary", e.project.Beneficiary, "")
	}
	add("Project", string(e.key.Project), x.teamName(e.team))
	return out
}

func (x *index) lasting(e *entry) Fact {
	f := Fact{Label: "Time", Value: x.times(e.key)}
	if s := x.Snapshot.Session(e.key); s != nil {
		f.Note = hours(s.Minutes())
	}
	return f
}

func (x *index) crew(e *entry) (label, value, note string) {
	var names []string
	for _, d := range e.duties {
		names = append(names, string(d.Supervisor))
	}
	label = "Supervisors"
	if len(names) == 1 {
		label = "Supervisor"
	}
	switch {
	case len(names) > 0:
		return label, strings.Join(names, ", "), ""
	case e.unled():
		return "Supervisor", "Nobody yet", ""
	}
	return label, "None needed", ""
}

func (x *index) fleet(e *entry) (label, value, note string) {
	var names []string
	seats := int32(0)
	for _, t := range e.trips {
		names = append(names, string(t.Minibus))
		if m := x.Snapshot.Minibus(t.Minibus); m != nil {
			seats += m.Seats
		}
	}
	if len(names) == 0 {
		switch p := e.project; {
		case p == nil || p.Transport == model.ByThemselves:
			return "Minibus", "None needed", "people come by their own means"
		case p.Transport == model.ByMinibus:
			return "Minibus", "None yet", "people come to this project by minibus"
		}
		return "Minibus", "None", "people come by their own means"
	}
	return "Minibus", strings.Join(names, ", "), count(int(seats), "passenger seat")
}

func placesNote(p *model.Project) string {
	if p.Supervised() {
		return "the smaller of " + thousands(int64(p.Places)) + " at the site and what the supervisors may lead"
	}
	return ""
}

func (x *index) weather(e *entry) (label, value, note string) {
	label = "If wet"
	if e.rain >= 0 {
		note = percent(e.rain) + " chance of rain in the forecast"
	}
	switch p := e.project; {
	case e.host != "":
		return label, "Moves to " + x.projectName(e.host), note
	case p == nil || p.Exposure == model.Indoor:
		return label, "", ""
	case p.Exposure == model.Sheltered:
		return label, "Stays: the site is sheltered", note
	}
	return label, "No indoor plan", note
}

func (x *index) breaks(spans []model.Span) string {
	var said []string
	for _, s := range spans {
		said = append(said, x.from(s))
	}
	return strings.Join(said, ", ")
}

// from gives 9am to 4pm.
func (x *index) from(s model.Span) string {
	return x.clockAt(s.Start) + " to " + x.clockAt(s.End)
}

func (x *index) clockAt(t model.Instant) string {
	_, at := x.Snapshot.Calendar.Local(t)
	return clock(at)
}

// atSite says what is to be known of a site before going there.
func atSite(p *model.Project) string {
	said := []string{[...]string{"Outdoors", "Sheltered", "Indoors"}[p.Exposure]}
	for _, f := range []struct {
		holds bool
		text  string
	}{
		{p.HiVis, "hi-vis clothing needed"}, {p.PowerTools, "power tools used"}, {p.WomenOnly, "women only"},
		{p.StepFree, "step-free"}, {p.Wheelchair, "wheelchair access"}, {p.QuietPlace, "a quiet place"},
	} {
		if f.holds {
			said = append(said, f.text)
		}
	}
	return strings.Join(said, ", ")
}

func (x *index) comer(e *entry, a *model.Appointment) Comer {
	c := Comer{CRN: string(a.CRN), PickUp: "Comes by their own means", Times: x.from(a.Span)}
	if e.project != nil && e.project.Transport == model.ByMinibus {
		c.PickUp = "Not decided yet"
	}
	if a.PickUp != "" {
		c.PickUp = x.clockAt(a.PickUpAt) + ", " + x.stopName(a.PickUp)
	}
	return c
}

func (x *index) stopName(c model.StopCode) string {
	if s := x.Snapshot.Stop(c); s != nil && s.Description != "" {
		return s.Description
	}
	return string(c)
}

func (x *index) trip(t *model.Trip) TripTable {
	out := TripTable{Minibus: string(t.Minibus), Driver: string(t.Driver), Leaves: x.clockAt(t.Leaves), Returns: x.clockAt(t.Returns)}
	if out.Driver == "" {
		out.Driver = "nobody named"
	}
	var codes []model.StopCode
	for _, s := range t.Stops {
		codes = append(codes, s.Stop)
	}
	if bus := x.Snapshot.Minibus(t.Minibus); bus != nil {
		out.Kilometres = fmt.Sprintf("%.1f", float64(model.TripMetres(x.Snapshot, t.Session, bus, codes))/1000)
	}
	for i, s := range t.Stops {
		c := Call{Stop: x.stopName(s.Stop), Out: x.clockAt(s.At), Back: "not known"}
		if back := model.DropOff(x.Snapshot, t.Session, codes, i); back != 0 {
			c.Back = x.clockAt(back)
		}
		out.Stops = append(out.Stops, c)
	}
	return out
}
