package web

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// BacklogPage is the page of orders and their days.
type BacklogPage struct {
	*Frame
	State   string
	Figures []Figure
	Tables  []Listing
}

// Listing is a table of plain text with a heading. The first cell of a row names it.
type Listing struct {
	ID, Name, Caption, Note, Empty string
	Head                           []string
	Rows                           [][]string
}

// shownRows is how many rows a listing shows at most; the files have all.
const shownRows = 300

// bandNames says in a few words how likely somebody finishes by their target date.
var bandNames = map[scheduler.Band]string{ // looked up only
	scheduler.BandOnTrack: "On track", scheduler.BandAtRisk: "At risk", scheduler.BandUnlikely: "Unlikely to finish", scheduler.BandPast: "Past the target date",
	scheduler.BandIdle: "Cannot work at present",
}

// dueNames says what is due.
var dueNames = map[scheduler.DueKind]string{ // looked up only
	scheduler.DueInduction: "Induction", scheduler.DueFirstSession: "First session", scheduler.DueSixMonth: "6-month review", scheduler.DueNineMonth: "9-month review",
	scheduler.DueEvidence: "Reason for an absence", scheduler.DueBreach: "Decision on a breach", scheduler.DueExtension: "Going back to court",
}

// backlog shows how the orders of a region stand.
func (s *site) backlog(w http.ResponseWriter, r *http.Request) {
	if s.Backlog == nil {
		s.missing(w, r)
		return
	}
	f, ok := s.frame(w, r)
	if !ok {
		return
	}
	b, err := s.Backlog(r.Context(), f.Region)
	if err != nil {
		s.failed(w, f, err)
		return
	}
	p := NewBacklog(b)
	p.Frame, f.Title = f, "Backlog and deadlines"
	s.page(w, http.StatusOK, backlogPage, p)
}

// NewBacklog lays a backlog out.
func NewBacklog(b *scheduler.Backlog) *BacklogPage {
	p := &BacklogPage{State: "As of " + longDate(b.AsOf) + ". Chances are forecasts from attendance so far, for staff only; they are never told to the person."}
	people := 0
	for i, band := range scheduler.Bands() {
		people += b.Counts[i]
		p.Figures = append(p.Figures, Figure{Label: bandNames[band], Value: fmt.Sprint(b.Counts[i]), Note: "by the target date"})
	}
	p.Figures = append([]Figure{{Label: "Hours left", Value: fmt.Sprint(b.LeftMinutes / 60), Note: plural(people, "person has", "people have") + " work left"}}, p.Figures...)
	p.Tables = []Listing{dueListing(b), monthListing(b), peopleListing(b)}
	for i := range p.Tables {
		t := &p.Tables[i]
		if n := len(t.Rows); n > shownRows {
			t.Rows, t.Note = t.Rows[:shownRows], fmt.Sprintf("The first %d of %d are shown; the exported file has all.", shownRows, n)
		}
	}
	return p
}

// dueListing lists what is due or overdue.
func dueListing(b *scheduler.Backlog) Listing {
	t := Listing{ID: "due", Name: "What is due", Caption: "What is due or overdue, the earliest day first", Empty: "Nothing is due.",
		Head: []string{"CRN", "What", "By", "Stands", "Why"}}
	for i := range b.Due {
		if d := &b.Due[i]; d.State != scheduler.DueLater {
			t.Rows = append(t.Rows, []string{string(d.CRN), dueNames[d.Kind], date(d.By), string(d.State), d.Why})
		}
	}
	return t
}

// monthListing counts people by the month of their target date.
func monthListing(b *scheduler.Backlog) Listing {
	t := Listing{ID: "months", Name: "Target dates by month", Caption: "People by the month of their target date and how likely they finish by it", Empty: "Nobody has a target date.",
		Head: []string{"Month"}}
	for _, band := range scheduler.Bands() {
		t.Head = append(t.Head, bandNames[band])
	}
	for i := range b.Months {
		m := &b.Months[i]
		year, month, _ := m.First.Civil()
		row := []string{fmt.Sprintf("%s %d", month, year)}
		for k := range m.Counts {
			row = append(row, fmt.Sprint(m.Counts[k]))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// peopleListing lists everybody with work left.
func peopleListing(b *scheduler.Backlog) Listing {
	t := Listing{ID: "people", Name: "Deadlines", Caption: "Everybody with work left, the earliest target date first", Empty: "Nobody has work left.",
		Head: []string{"CRN", "Hours left", "Target date", "Chance by it", "Order ends", "Chance by then", "Likely finish", "Stands"}}
	for i := range b.People {
		x := &b.People[i]
		t.Rows = append(t.Rows, []string{string(x.CRN), fmt.Sprintf("%.1f", float64(x.Left)/60), date(x.Target), chanceWords(x.ByTarget), date(x.HardEnd), chanceWords(x.ByHardEnd),
			date(x.Likely), strings.ToLower(bandNames[x.Band])})
	}
	return t
}

// date writes a day in short, with its year; nothing for none.
func date(d model.Date) string {
	if d == 0 {
		return ""
	}
	year, month, day := d.Civil()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Format("2 Jan 2006")
}

// chanceWords writes a chance in permille, and never claims certainty; nothing for none.
func chanceWords(permille int32) string {
	switch {
	case permille < 0:
		return ""
	case permille < 10:
		return "under 1%"
	case permille > 990:
		return "over 99%"
	default:
		return fmt.Sprintf("%d%%", (permille+5)/10)
	}
}
