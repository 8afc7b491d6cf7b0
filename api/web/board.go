package web

import (
	"fmt"
	"strings"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
)

// Board is what the page of a week says. Every text is ready to be read.
type Board struct {
	*Frame // set by the handler

	Title       string
	Standing    Standing
	More        []Link // to pages about the week; none: there are none
	Night       string // what came of the last night; empty: nothing is to be told
	NightBad    bool
	NightsURL   string
	Figures     []Figure
	Attention   []Attention // what comes first, or all of it if that is asked for
	NeedsLook   int         // how many need attention, shown or not
	AllURL      string      // where all of them are listed; empty: they are
	FewerURL    string      // where they are not; empty: nothing is left out
	Filter      Filter
	AreaChoices []Choice
	TeamChoices []Choice
	DayChoices  []Choice
	Views       []Link
	Shown       string // how many sessions are shown, of how many
	Without     string // the address without filters; empty: there are none
	Days        []string
	Tables      []Table   // of every view but the list
	List        []ListDay // of the list
}

// Standing says what a page rests on: the roster, and what was known.
type Standing struct {
	Version string // empty: never stored
	State   string
	Draft   string
	Known   string // as of when
	Frozen  string // what may no longer change; empty: nothing of the week
}

// Figure is one figure of the summary.
type Figure struct{ Label, Value, Note string }

// Attention is one session, or the week as a whole, with what is to be looked at there.
type Attention struct {
	When, Where, URL string
	Must             bool // a rule that must hold is broken
	Reasons          []Reason
}

// Link is a way to look at the same sessions.
type Link struct {
	URL, Text string
	Current   bool
}

// NewBoard works out what the page of a week says. Violations whose constraint is not in the catalogue count as rules that
// must hold, so that nothing is played down.
func NewBoard(w *Week, catalogue []*solver.Constraint, f Filter) *Board {
	sn := w.Snapshot
	if !sn.Week.Holds(f.Day) {
		f.Day = 0
	}
	b := &boardMaker{index: newIndex(w, catalogue), filter: f, cards: map[*entry]Card{}}
	page := &Board{Title: "Roster for week starting " + longDate(sn.Week.Monday()), Standing: b.standing(), Filter: f}
	page.Night, page.NightBad, page.NightsURL = w.Night, w.NightBad, nightsURL(f.Region)
	page.Figures = b.figures()
	b.attend(page)
	b.choices(page)
	for _, d := range b.days {
		page.Days = append(page.Days, shortDate(d))
	}
	b.choose()
	b.spare = b.countSpare()
	page.Shown = b.shownText()
	if f.narrowed() {
		page.Without = weekURL(sn.Week, Filter{Region: f.Region, View: f.View})
	}
	if len(b.shown) == 0 && f.Only {
		return page // there is nothing but free time to show
	}
	switch f.View {
	case ListView:
		page.List = b.list()
	case MinibusView:
		page.Tables = b.vehicles()
	case ProjectView:
		page.Tables = b.projects()
	default:
		page.Tables = b.teams()
	}
	return page
}

// boardMaker holds a board while it is made.
type boardMaker struct {
	*index
	filter Filter
	days   []model.Date
	shown  []*entry        // in order
	cards  map[*entry]Card // of those shown
	spare  map[onDay[model.TeamCode]]spare
}

// standing tells what the week rests on.
func (x *index) standing() Standing {
	s := Standing{State: x.State, Draft: x.Draft, Known: "As known on " + x.moment(x.Snapshot.AsOf) + "."}
	if x.Version > 0 {
		s.Version = "Version " + thousands(int64(x.Version))
	}
	if x.Snapshot.FrozenUntil > x.Snapshot.Calendar.Instant(x.Snapshot.Week.Monday(), 0) {
		s.Frozen = "What starts before " + x.moment(x.Snapshot.FrozenUntil) + " is frozen."
	}
	return s
}

// moment gives Thur 26 Nov, 4:12pm.
func (x *index) moment(t model.Instant) string {
	d, at := x.Snapshot.Calendar.Local(t)
	return shortDate(d) + ", " + clock(at)
}

func (b *boardMaker) figures() []Figure {
	x := scheduler.Summarise(b.Snapshot, b.Roster, b.Violations, b.catalogue)
	share, turns := "nothing is offered yet", 0
	if x.Offered > 0 {
		share = thousands(x.Expected*100/x.Offered) + "% are likely to be worked"
	}
	for _, e := range b.entries {
		if e.turnsAway() {
			turns++
		}
	}
	hours := func(minutes int64) string { return thousands((minutes + 30) / 60) }
	unplaced := "everybody has a place"
	if n := x.Workable - x.People; n > 0 {
		unplaced = thousands(int64(n)) + " not placed"
	}
	return []Figure{
		{"People due a place", thousands(int64(x.People)) + " of " + thousands(int64(x.Workable)), unplaced},
		{"Hours offered", hours(x.Offered), "in " + count(x.Sessions, "session")},
		{"Hours expected", hours(x.Expected), share},
		{"Sessions that may turn people away", thousands(int64(turns)), fmt.Sprintf("%d%% chance that somebody is, in the week", (x.TurnedAway+5)/10)},
		{"Rule problems", thousands(int64(b.broken)) + " must fix", thousands(int64(b.look)) + " to check"},
		{"Minibuses drive", thousands((x.Metres+500)/1000) + " km", "and give off " + thousands((x.CO2eGrams+500)/1000) + " kg of CO2e"},
	}
}

// attend fills in what needs attention.
func (b *boardMaker) attend(page *Board) {
	page.Attention = b.attention()
	page.NeedsLook = len(page.Attention)
	other := b.filter
	other.All = !other.All
	switch {
	case page.NeedsLook <= shownFirst:
	case b.filter.All:
		page.FewerURL = weekURL(b.Snapshot.Week, other)
	default:
		page.Attention, page.AllURL = page.Attention[:shownFirst], weekURL(b.Snapshot.Week, other)
	}
}

// choices fills in what can be chosen, and the days that are.
func (b *boardMaker) choices(page *Board) {
	sn, f := b.Snapshot, b.filter
	for d := sn.Week.Monday(); sn.Week.Holds(d); d++ {
		page.DayChoices = append(page.DayChoices, Choice{d.String(), shortDate(d), d == f.Day})
		if f.Day == 0 || f.Day == d {
			b.days = append(b.days, d)
		}
	}
	areas := map[string]bool{}
	for i := range sn.Teams {
		t := &sn.Teams[i]
		page.TeamChoices = append(page.TeamChoices, Choice{string(t.Code), b.teamName(t.Code), t.Code == f.Team})
		if t.Area != "" && !areas[t.Area] {
			areas[t.Area] = true
			page.AreaChoices = append(page.AreaChoices, Choice{t.Area, t.Area, t.Area == f.Area})
		}
	}
	for _, v := range []struct {
		view View
		text string
	}{{BoardView, "Board"}, {ListView, "List"}, {MinibusView, "By minibus"}, {ProjectView, "By project"}} {
		to := f
		to.View = v.view
		page.Views = append(page.Views, Link{weekURL(sn.Week, to), v.text, v.view == f.View})
	}
}

// choose picks the sessions that the filter shows.
func (b *boardMaker) choose() {
	for _, e := range b.entries {
		if b.filter.Day != 0 && b.filter.Day != e.key.Date || b.filter.Only && len(e.reasons) == 0 || !b.holds(e.team) {
			continue
		}
		b.shown = append(b.shown, e)
		b.cards[e] = b.card(e)
	}
}

// holds reports whether the filter shows a team.
func (b *boardMaker) holds(c model.TeamCode) bool {
	if b.filter.Team != "" && b.filter.Team != c {
		return false
	}
	if b.filter.Area == "" {
		return true
	}
	t := b.Snapshot.Team(c)
	return t != nil && t.Area == b.filter.Area
}

// shownText counts the sessions that are shown, and repeats the filter.
func (b *boardMaker) shownText() string {
	var by []string
	if b.filter.Only {
		by = append(by, "needs attention")
	}
	if b.filter.Area != "" {
		by = append(by, "area "+b.filter.Area)
	}
	if b.filter.Team != "" {
		by = append(by, "team "+b.teamName(b.filter.Team))
	}
	if b.filter.Day != 0 {
		by = append(by, shortDate(b.filter.Day))
	}
	filters := strings.Join(by, ", ")
	switch all := len(b.entries); {
	case all == 0:
		return "No sessions take place this week."
	case len(b.shown) == 0:
		return fmt.Sprintf("No sessions match: %s. The week has %s.", filters, thousands(int64(all)))
	case filters == "":
		return "Showing all " + count(all, "session") + "."
	default:
		return fmt.Sprintf("Showing %s of %s: %s.", thousands(int64(len(b.shown))), count(all, "session"), filters)
	}
}
