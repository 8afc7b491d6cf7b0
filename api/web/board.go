package web

import (
	"cmp"
	"slices"
	"strings"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
)

// Filter narrows the board. The zero Filter shows everything.
type Filter struct {
	Team model.TeamCode // empty: every team
	Day  model.Date     // zero: every day
	Only bool           // only sessions that need attention
	List bool           // a list by day in place of tables
}

// Board is what the page of a week says. Every text is ready to be read.
type Board struct {
	Region, Title     string
	Week              string // the week shown, as in an address
	Previous, Next    string // the weeks beside it, as in an address
	State             string
	Figures           []Figure
	Attention         []Attention
	Filter            Filter
	TeamChoices       []Choice
	DayChoices        []Choice
	Shown             string // how many sessions are shown, of how many
	Days              []string
	Teams             []TeamTable
	List              []ListDay
	BoardURL, ListURL string
}

// Figure is one figure of the summary.
type Figure struct{ Label, Value, Note string }

// Attention is one broken case of a rule that must hold.
type Attention struct{ When, Where, Title, Text, URL string }

// Choice is one choice of a filter.
type Choice struct {
	Value, Text string
	Chosen      bool
}

// TeamTable is the table of one team: a row for each supervisor, a cell for each day shown.
type TeamTable struct {
	ID, Name, Size string
	Rows           []Row
}

// Row is one supervisor's week; the last row of a team may hold the sessions that nobody leads.
type Row struct {
	Name  string
	Cells []Cell
}

// Cell is one supervisor's day. Without sessions, Note says why.
type Cell struct {
	Cards []Card
	Note  string
}

// Card is one session.
type Card struct {
	ID, Name, Time, Booked string
	Tag                    string // empty: nothing to say
	Supervisors, Minibuses string // for the list; empty: none
}

// ListDay is one day of the list.
type ListDay struct {
	Title string
	Cards []Card
}

// NewBoard works out what the page says of a week. Violations whose constraint is not in the catalogue count as rules that
// must hold, so that nothing is played down.
func NewBoard(w *Week, catalogue []*solver.Constraint, f Filter) *Board {
	b := &boardMaker{Week: w, catalogue: catalogue, filter: f, broken: map[model.SessionKey]bool{}, cards: map[model.SessionKey]Card{}}
	sn := w.Snapshot
	page := &Board{
		Region: sn.Region, Title: "Roster for week starting " + longDate(sn.Week.Monday()), Week: sn.Week.String(),
		Previous: sn.Week.Add(-1).String(), Next: sn.Week.Add(1).String(), State: w.State, Filter: f,
	}
	page.Attention = b.attention()
	page.Figures = b.figures(len(page.Attention))
	for d := sn.Week.Monday(); sn.Week.Holds(d); d++ {
		page.DayChoices = append(page.DayChoices, Choice{d.String(), shortDate(d), d == f.Day})
		if f.Day == 0 || f.Day == d {
			b.days = append(b.days, d)
			page.Days = append(page.Days, shortDate(d))
		}
	}
	for i := range sn.Teams {
		t := &sn.Teams[i]
		page.TeamChoices = append(page.TeamChoices, Choice{string(t.Code), cmp.Or(t.Name, string(t.Code)), t.Code == f.Team})
	}
	all := b.choose()
	page.Shown = "Showing " + count(len(b.keys), "session") + " of " + thousands(int64(all)) + "."
	if f.List {
		page.List = b.list()
	} else {
		page.Teams = b.teams()
	}
	return page
}

// boardMaker holds a board while it is made. Its maps are only looked up.
type boardMaker struct {
	*Week
	catalogue []*solver.Constraint
	filter    Filter
	days      []model.Date
	keys      []model.SessionKey // the sessions shown, in order
	broken    map[model.SessionKey]bool
	cards     map[model.SessionKey]Card
}

func (b *boardMaker) figures(broken int) []Figure {
	x := scheduler.Summarise(b.Snapshot, b.Roster, b.Violations, b.catalogue)
	share := "nothing is offered yet"
	if x.Offered > 0 {
		share = thousands(x.Expected*100/x.Offered) + "% are likely to be worked"
	}
	hours := func(minutes int64) string { return thousands((minutes + 30) / 60) }
	return []Figure{
		{"People due a place", thousands(int64(x.People)) + " of " + thousands(int64(x.Workable)), thousands(int64(x.Workable-x.People)) + " have no place"},
		{"Hours offered", hours(x.Offered), "in " + count(x.Sessions, "session")},
		{"Hours expected", hours(x.Expected), share},
		{"Places used", thousands(x.Used) + " of " + thousands(x.Places), "with " + thousands(int64(x.Duties)) + " supervisor duties"},
		{"Rule problems", thousands(int64(broken)), "must be put right"},
	}
}

// attention lists the broken cases of rules that must hold, as the week goes, and marks their sessions.
func (b *boardMaker) attention() []Attention {
	var out []Attention
	broken := slices.DeleteFunc(slices.Clone(b.Violations), func(v solver.Violation) bool {
		c := b.rule(v.Constraint)
		return c != nil && c.Level == solver.Soft
	})
	slices.SortStableFunc(broken, func(x, y solver.Violation) int {
		switch {
		case len(x.Sessions) == 0 || len(y.Sessions) == 0:
			return cmp.Compare(len(y.Sessions), len(x.Sessions))
		default:
			return x.Sessions[0].Compare(y.Sessions[0])
		}
	})
	for _, v := range broken {
		a := Attention{Title: v.Constraint, Text: v.Why}
		if c := b.rule(v.Constraint); c != nil {
			a.Title, a.Text = c.Title, c.Explain(b.Snapshot, v)
		}
		for _, k := range v.Sessions {
			b.broken[k] = true
		}
		if len(v.Sessions) > 0 {
			k := v.Sessions[0]
			a.When, a.Where = shortDate(k.Date), b.projectName(k.Project)
			a.URL = "?view=list#" + anchor(k)
		}
		out = append(out, a)
	}
	return out
}

func (b *boardMaker) rule(id string) *solver.Constraint {
	if i := slices.IndexFunc(b.catalogue, func(c *solver.Constraint) bool { return c.ID == id }); i >= 0 {
		return b.catalogue[i]
	}
	return nil
}

// choose picks the sessions that the filter shows, and gives how many the week has.
func (b *boardMaker) choose() int {
	all := b.Roster.Sessions()
	for _, k := range all {
		if !slices.Contains(b.days, k.Date) || b.filter.Only && !b.broken[k] || b.filter.Team != "" && b.team(k) != b.filter.Team {
			continue
		}
		b.keys = append(b.keys, k)
		b.cards[k] = b.card(k)
	}
	return len(all)
}

// team gives the project's team; empty for a project that is not known.
func (b *boardMaker) team(k model.SessionKey) model.TeamCode {
	if p := b.Snapshot.Project(k.Project); p != nil {
		return p.Team
	}
	return ""
}

func (b *boardMaker) projectName(c model.ProjectCode) string {
	if p := b.Snapshot.Project(c); p != nil && p.Name != "" {
		return p.Name
	}
	return string(c)
}

func (b *boardMaker) card(k model.SessionKey) Card {
	c := Card{ID: anchor(k), Name: b.projectName(k.Project), Time: clock(k.Start)}
	if s := b.Snapshot.Session(k); s != nil {
		c.Time += " to " + clock(s.End)
	}
	c.Booked = count(len(b.Roster.In(k)), "person")
	if n := len(b.Roster.In(k)); n != 1 {
		c.Booked = thousands(int64(n)) + " people"
	}
	p := b.Snapshot.Project(k.Project)
	if p != nil {
		c.Booked += ", " + count(int(scheduler.PlacesIn(b.Snapshot, b.Roster, p, k)), "place")
	}
	var crew, buses []string
	for _, d := range b.Roster.DutiesOf(k) {
		crew = append(crew, string(d.Supervisor))
	}
	for _, t := range b.Roster.TripsOf(k) {
		buses = append(buses, string(t.Minibus))
	}
	c.Supervisors, c.Minibuses = strings.Join(crew, ", "), strings.Join(buses, ", ")
	switch {
	case p != nil && p.Supervised() && len(crew) == 0:
		c.Tag = "No supervisor"
	case b.broken[k]:
		c.Tag = "Breaks a rule"
	}
	return c
}

// anchor names a session on the page by its project, date and time.
func anchor(k model.SessionKey) string {
	return "s-" + strings.NewReplacer("/", "-", ":", "", " ", "-").Replace(k.String())
}
