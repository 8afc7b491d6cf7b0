package web

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// Nights is what the page of nights says. Every text is ready to be read.
type Nights struct {
	*Frame // set by the handler

	Title  string
	Action string      // where the form leads that begins a night; empty: none can be begun
	Nights []NightPart // the latest first
}

// NightPart is one night.
type NightPart struct {
	ID       string
	Date     string
	State    string
	Bad      bool
	Headline string
	About    string   // when, how long, asked by whom
	Left     []string // files that could not be taken in, and why
	Taken    string   // what was taken in; empty: nothing
	Since    string   // what has changed since the night before; empty: nothing
	Broken   []NightBroken
	Weeks    []NightRow
}

// NightBroken is a published week that does not hold.
type NightBroken struct {
	Week, URL string
	Text      string
	Cases     []string
}

// NightRow is a week that was planned.
type NightRow struct {
	Week, URL, Plan, PlanURL                string
	Placed, Changes, Tell, Must, Gap, Ended string
	Bad                                     bool
	Lacking                                 []string
}

// shownCases is how many broken cases of a week a page tells.
const shownCases = 10

// NewNights words nights. Times are by the clocks of a zone. Plans: their pages are there to be led to.
func NewNights(all []scheduler.Night, zone *time.Location, region string, plans bool) *Nights {
	page := &Nights{Title: "Nights"}
	for i := range all {
		page.Nights = append(page.Nights, nightPart(&all[i], zone, region, plans))
	}
	return page
}

func nightPart(n *scheduler.Night, zone *time.Location, region string, plans bool) NightPart {
	began := n.Began.In(zone)
	out := NightPart{ID: "night-" + strings.ReplaceAll(n.Name, "+", "-"), Date: longDate(n.Date), State: string(n.State), Bad: n.Bad(), Headline: n.Headline(),
		About: fmt.Sprintf("Begun %s on %s %s, asked for by %s.", clock(model.Clock(began.Hour()*60+began.Minute())), weekdays[began.Weekday()], began.Format("2 January"), n.Who)}
	if !n.Ended.IsZero() {
		out.About += " It took " + n.Ended.Sub(n.Began).Round(time.Second).String() + "."
	}
	if n.Attempts > 1 {
		out.About += fmt.Sprintf(" Attempt %d.", n.Attempts)
	}
	var taken []string
	for _, f := range n.Files {
		switch {
		case f.Problem != "":
			out.Left = append(out.Left, f.Name+": "+f.Problem)
		case f.Version > 0:
			taken = append(taken, f.Name+" ("+count(f.Rows, "row")+")")
		}
	}
	var since []string
	for _, k := range n.Changes {
		since = append(since, fmt.Sprintf("%s: %d new, %d changed, %d removed", k.Kind, k.New, k.Changed, k.Removed))
	}
	out.Taken, out.Since = strings.Join(taken, ", "), strings.Join(since, "; ")
	at := func(w model.Week) string { return weekURL(w, Filter{Region: region}) }
	for i := range n.Rosters {
		r := &n.Rosters[i]
		if len(r.Broken) == 0 {
			continue
		}
		since := "it is still in force"
		if v := n.Published(r.Week); v > 0 {
			since = fmt.Sprintf("version %d was published in its place", v)
		}
		b := NightBroken{Week: r.Week.String(), URL: at(r.Week), Text: fmt.Sprintf("Version %d breaks %s of rules that must hold, %d of them new; %s.", r.Version, count(len(r.Broken), "case"), r.New, since)}
		for _, c := range r.Broken[:min(shownCases, len(r.Broken))] {
			b.Cases = append(b.Cases, c.Sentence)
		}
		out.Broken = append(out.Broken, b)
	}
	for i := range n.Weeks {
		out.Weeks = append(out.Weeks, nightRow(&n.Weeks[i], at))
		if id := n.Weeks[i].Draft; id != "" && plans {
			out.Weeks[i].PlanURL = planURL(id, region)
		}
	}
	return out
}

func nightRow(w *scheduler.NightWeek, at func(model.Week) string) NightRow {
	row := NightRow{Week: w.Week.String(), URL: at(w.Week), Plan: w.Draft, Lacking: w.Lacking}
	if w.Draft == "" || w.Failure != "" {
		row.Bad, row.Ended = true, "No new plan: "+w.Failure
		return row
	}
	row.Placed = thousands(int64(w.Placed)) + " of " + thousands(int64(w.Workable))
	row.Changes, row.Tell, row.Must, row.Gap = thousands(int64(w.Changes)), thousands(int64(w.Tell)), thousands(w.Broken), "not known"
	if w.Gap >= 0 {
		row.Gap = fmt.Sprintf("%d.%02d%%", w.Gap/100, w.Gap%100)
	}
	if w.Published > 0 {
		row.Ended = fmt.Sprintf("Published by itself as version %d.", w.Published)
	} else {
		row.Ended = "Waits for somebody: " + w.Withheld
	}
	return row
}

// nights shows the latest nights of a region.
func (s *site) nights(w http.ResponseWriter, r *http.Request) {
	f, ok := s.frame(w, r)
	if !ok {
		return
	}
	if s.Nights == nil {
		s.missing(w, r)
		return
	}
	all, err := s.Nights(r.Context(), f.Region)
	if err != nil {
		s.failed(w, f, err)
		return
	}
	zone, err := time.LoadLocation(s.Zone)
	if err != nil {
		s.failed(w, f, err)
		return
	}
	page := NewNights(all, zone, f.carried(), s.Desk != nil)
	if s.Desk != nil && (len(all) == 0 || all[0].State.Over()) {
		page.Action, f.Acts = nightsURL(f.carried()), true
	}
	page.Frame, f.Title = f, page.Title
	s.page(w, http.StatusOK, nightsPage, page)
}

// nightsURL gives the address of the nights of a region.
func nightsURL(region string) string { return "/nights" + Filter{Region: region}.query() }
