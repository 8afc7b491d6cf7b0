package web

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// Plan is the page of one plan.
type Plan struct {
	*Frame // set by the handler

	Title, State, Tag   string
	Bad                 bool
	WeekURL             string
	Prices, Certificate string // addresses; empty: there are none
	Figures, Bound      []Figure
	NoBound             string // why there is no bound; empty: there is one
	LeftOut             string // rules of which the bound does not know all
	Changes             string
}

// Plans is the page of the plans of a week.
type Plans struct {
	*Frame // set by the handler

	Title, WeekURL string
	Rows           []PlanRow
}

// PlanRow is one plan in a list.
type PlanRow struct{ ID, URL, State, At, Who, Placed, Must, Gap string }

var draftStates = map[scheduler.DraftState]string{ // looked up only
	scheduler.Queued: "Waits for its turn", scheduler.Running: "Is being made", scheduler.Ready: "Ready", scheduler.Stopped: "Stopped; the best so far is kept", scheduler.Failed: "Failed",
}

// NewPlan words a plan. Moments are told by the clocks of a zone.
func NewPlan(d *scheduler.Draft, zone *time.Location, region string) *Plan {
	p := &Plan{Title: "Plan " + d.ID, Tag: draftStates[d.State], Bad: d.State == scheduler.Failed, WeekURL: weekURL(d.Week, Filter{Region: region})}
	p.State = fmt.Sprintf("For the week starting %s. Asked for or last changed by %s, %s.", longDate(d.Week.Monday()), d.Who, momentWords(d.At, zone))
	if d.Failure != "" {
		p.State += " " + sentence(d.Failure)
	}
	if d.Why != "" {
		p.State += " The search ended because " + strings.TrimSuffix(d.Why, ".") + "."
	}
	if !d.Usable() {
		return p
	}
	s := &d.Summary
	p.Prices = "/plans/" + d.ID + "/prices" + Filter{Region: region}.query()
	p.Figures = []Figure{
		{"People placed", thousands(int64(s.People)), "of " + thousands(int64(s.Workable)) + " who could work"},
		{"Hours offered", thousands(s.Offered / 60), thousands(s.Expected/60) + " expected to be worked"},
		{"Sessions", thousands(int64(s.Sessions)), fmt.Sprintf("%s of %s places used", thousands(s.Used), thousands(s.Places))},
		{"Must fix", thousands(s.Broken), "cases of rules that must hold, as the plan was made"},
	}
	if d.Bound == nil {
		p.NoBound = "How much better any roster could be is not known: the plan was made by hand, or its search ended before there was a bound."
		return p
	}
	p.Bound = boundFigures(d.Bound, s.Value)
	p.LeftOut = strings.Join(d.Bound.LeftOut, ", ")
	p.Certificate = "/plans/" + d.ID + "/" + scheduler.CertificateName + Filter{Region: region}.query()
	return p
}

// momentWords gives 26 November 2026 at 9am, by the clocks of a zone.
func momentWords(t time.Time, zone *time.Location) string {
	at := t.In(zone)
	return longDate(model.NewDate(at.Year(), at.Month(), at.Day())) + " at " + clock(model.Clock(at.Hour()*60+at.Minute()))
}

// plan shows one plan.
func (s *site) plan(w http.ResponseWriter, r *http.Request) {
	f, zone, ok := s.framed(w, r)
	if !ok {
		return
	}
	d, err := s.Desk.Draft(r.Context(), f.Region, r.PathValue("plan"))
	if err != nil {
		s.refused(w, f, err)
		return
	}
	f.turn(d.Week)
	p := NewPlan(&d, zone, f.carried())
	if d.Usable() {
		all, err := s.Desk.PlanChanges(r.Context(), f.Region, d.ID)
		if err != nil {
			s.refused(w, f, err)
			return
		}
		p.Changes = changeWords(len(all), d.ID)
	}
	p.Frame, f.Title = f, "Plan"
	s.page(w, http.StatusOK, planPage, p)
}

// changeWords says how much a plan changes of what people were told.
func changeWords(n int, id string) string {
	if n == 0 {
		return "It changes nothing of what is published."
	}
	return fmt.Sprintf("It has %s that nobody was told yet. Look at them with payback diff %s, and publish it with payback publish %s.", count(n, "change"), id, id)
}

// plans lists the plans of a week.
func (s *site) plans(w http.ResponseWriter, r *http.Request) {
	f, week, ok := s.asks(w, r)
	if !ok {
		return
	}
	zone, err := time.LoadLocation(s.Zone)
	if err != nil {
		s.failed(w, f, err)
		return
	}
	all, err := s.Desk.Drafts(r.Context(), f.Region, week)
	if err != nil {
		s.refused(w, f, err)
		return
	}
	p := &Plans{Title: "Plans of the week starting " + longDate(week.Monday()), WeekURL: weekURL(week, Filter{Region: f.carried()})}
	for i := range all {
		d := &all[i]
		row := PlanRow{ID: d.ID, URL: planURL(d.ID, f.carried()), State: draftStates[d.State], At: momentWords(d.At, zone), Who: d.Who, Gap: "not known"}
		if d.Usable() {
			row.Placed, row.Must = thousands(int64(d.Summary.People))+" of "+thousands(int64(d.Summary.Workable)), thousands(d.Summary.Broken)
		}
		if d.Bound != nil {
			gap := d.Bound.Gap(d.Summary.Value)
			row.Gap = fmt.Sprintf("%d.%02d%%", gap/100, gap%100)
		}
		p.Rows = append(p.Rows, row)
	}
	p.Frame, f.Title = f, p.Title
	s.page(w, http.StatusOK, plansPage, p)
}

// certificate gives the proof of a plan as a file.
func (s *site) certificate(w http.ResponseWriter, r *http.Request) {
	f, ok := s.frame(w, r)
	if !ok {
		return
	}
	c, err := s.Desk.Certificate(r.Context(), f.Region, scheduler.RosterRef{Draft: r.PathValue("plan")})
	if err != nil {
		s.refused(w, f, err)
		return
	}
	var file bytes.Buffer
	if err := c.Write(&file); err != nil {
		s.failed(w, f, err)
		return
	}
	w.Header().Set("Content-Type", "application/gzip")
	w.Header().Set("Content-Disposition", `attachment; filename="`+scheduler.CertificateName+`"`)
	_, _ = w.Write(file.Bytes())
}

// framed gives the frame and the zone of a page that tells moments.
func (s *site) framed(w http.ResponseWriter, r *http.Request) (*Frame, *time.Location, bool) {
	f, ok := s.frame(w, r)
	if !ok {
		return nil, nil, false
	}
	zone, err := time.LoadLocation(s.Zone)
	if err != nil {
		s.failed(w, f, err)
		return nil, nil, false
	}
	return f, zone, true
}
