package web

import (
	"net/http"
	"strings"
	"time"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// Runs is the page of the latest runs.
type Runs struct {
	*Frame // set by the handler

	Title, Action string
	Rows          []RunRow
}

// RunRow is one run.
type RunRow struct {
	Run, URL, Name   string // URL: of its plan, or of the nights
	State            string
	Bad              bool
	Week, WeekURL    string
	Asked, Who, Took string
	Placed, Why      string
	Stop             bool // it can be cancelled
}

// shownRuns is how many runs the page shows.
const shownRuns = 50

// NewRuns words runs. Moments are told by the clocks of a zone.
func NewRuns(all []scheduler.Run, zone *time.Location, region string) *Runs {
	p := &Runs{Title: "Runs", Action: "/runs" + Filter{Region: region}.query()}
	for i := range all {
		x := &all[i]
		row := RunRow{Run: x.Name, Name: "Search", URL: planURL(x.Name, region), State: string(x.State), Asked: momentWords(x.Asked, zone), Who: x.Who,
			Bad: x.State == scheduler.RunFailed || x.State == scheduler.RunAside, Why: x.Failure}
		if night, ok := strings.CutPrefix(x.Name, "night/"); ok {
			row.Name, row.URL = nightWords(night), nightsURL(region)
		} else {
			row.Week, row.WeekURL = x.Work.Week.String(), weekURL(x.Work.Week, Filter{Region: region})
			row.Stop = !x.State.Over()
		}
		if x.State == scheduler.RunMade && x.Done.Took > 0 {
			row.Took, row.Placed = x.Done.Took.Round(time.Second).String(), thousands(int64(x.Done.Placed))
		}
		p.Rows = append(p.Rows, row)
	}
	return p
}

// nightWords gives Night of 26 November 2026, of a night's name; one that was begun once more says so.
func nightWords(name string) string {
	date, _, again := strings.Cut(name, "+")
	if d, err := model.ParseDate(date); err == nil {
		date = longDate(d)
	}
	if again {
		date += ", once more"
	}
	return "Night of " + date
}

// runs shows the latest runs.
func (s *site) runs(w http.ResponseWriter, r *http.Request) {
	f, zone, ok := s.framed(w, r)
	if !ok {
		return
	}
	all, err := s.Desk.RunHistory(r.Context(), f.Region, shownRuns)
	if err != nil {
		s.refused(w, f, err)
		return
	}
	p := NewRuns(all, zone, f.carried())
	p.Frame, f.Title, f.Acts = f, p.Title, true
	s.page(w, http.StatusOK, runsPage, p)
}

// stopRun ends a search, which keeps the best so far, and leads back.
func (s *site) stopRun(w http.ResponseWriter, r *http.Request) {
	f, ok := s.frame(w, r)
	if !ok {
		return
	}
	if _, err := s.Desk.StopPlan(r.Context(), f.Region, r.FormValue("run")); err != nil {
		s.refused(w, f, err)
		return
	}
	http.Redirect(w, r, "/runs"+Filter{Region: f.carried()}.query(), http.StatusSeeOther)
}

// startNight begins the night of today, and leads to where it is told.
func (s *site) startNight(w http.ResponseWriter, r *http.Request) {
	f, ok := s.frame(w, r)
	if !ok {
		return
	}
	if _, err := s.Desk.StartNight(r.Context(), f.Region, r.FormValue("again") != ""); err != nil {
		s.refused(w, f, err)
		return
	}
	http.Redirect(w, r, nightsURL(f.carried()), http.StatusSeeOther)
}
