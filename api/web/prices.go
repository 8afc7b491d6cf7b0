package web

import (
	"fmt"
	"net/http"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// Prices is the page of what one more of each resource would be worth.
type Prices struct {
	*Frame // set by the handler

	Title, Back, BackText string
	About                 string // what the figures mean
	Figures               []Figure
	Lacking               []string
	Table                 Listing
}

// NewPrices words shadow prices, and what is lacking. All: also what would add nothing.
func NewPrices(found *scheduler.ShadowPrices, lacking []string, all bool) *Prices {
	p := &Prices{Lacking: lacking}
	p.About = "What one more of each would add, in minutes of on-time work in the week. \"Worth\" is an estimate by the prices of the bound. \"At most\" is certain: no roster with one more is worth more than this one by so much."
	if found.Known {
		p.Figures = boundFigures(&found.Bound, found.Value)
	} else {
		p.About += " This roster breaks rules that it need not break, so nothing is certain of it."
	}
	p.Table = Listing{ID: "prices", Name: "By day and area", Caption: "What one more would add, in minutes of on-time work; a session lasts about 400",
		Empty: "One more of anything would add nothing, as far as is known.", Head: []string{"Day", "Area", "One more", "Could be used in", "Worth", "At most"}}
	left := 0
	for _, x := range found.Prices {
		if x.Worth == 0 && !all {
			left++
			continue
		}
		most := "not known"
		if x.AtMost >= 0 {
			most = thousands(x.AtMost)
		}
		p.Table.Rows = append(p.Table.Rows, []string{shortDate(x.Date), x.Area, string(x.Resource), count(x.Sessions, "session"), thousands(x.Worth), most})
	}
	if left > 0 {
		p.Table.Note = fmt.Sprintf("%d more would add nothing, and are left out.", left)
	}
	return p
}

// boundFigures say how much better any roster could be.
func boundFigures(b *scheduler.Bounded, value int64) []Figure {
	gap, days := b.Gap(value), b.Placements(value)
	return []Figure{
		{"Worth", thousands(value / 1000), "points: minutes of on-time work less what changes, travel and opening cost"},
		{"No roster is worth more than", thousands(b.Most / 1000), "points; this is proved"},
		{"Short of the best", fmt.Sprintf("%d.%02d%%", gap/100, gap%100), "at most"},
		{"In placements", fmt.Sprintf("%s.%d", thousands(days/10), days%10), "days of 7 hours, at most"},
	}
}

// weekPrices shows the prices of what is published.
func (s *site) weekPrices(w http.ResponseWriter, r *http.Request) {
	f, week, ok := s.asks(w, r)
	if !ok {
		return
	}
	s.prices(w, r, f, scheduler.RosterRef{Week: week}, weekURL(week, Filter{Region: f.carried()}), "Back to the week")
}

// planPrices shows those of a plan.
func (s *site) planPrices(w http.ResponseWriter, r *http.Request) {
	f, ok := s.frame(w, r)
	if !ok {
		return
	}
	id := r.PathValue("plan")
	s.prices(w, r, f, scheduler.RosterRef{Draft: id}, planURL(id, f.carried()), "Back to the plan")
}

func (s *site) prices(w http.ResponseWriter, r *http.Request, f *Frame, ref scheduler.RosterRef, back, text string) {
	found, x, err := s.Desk.ShadowPrices(r.Context(), f.Region, ref, scheduler.PriceSteps)
	if err != nil {
		s.refused(w, f, err)
		return
	}
	lacking, err := x.Lacking()
	if err != nil {
		s.failed(w, f, err)
		return
	}
	p := NewPrices(found, lackingWords(lacking), r.URL.Query().Get("all") != "")
	f.turn(x.Snapshot.Week)
	p.Title, p.Back, p.BackText = "What one more would be worth in the week starting "+longDate(x.Snapshot.Week.Monday()), back, text
	p.Frame, f.Title = f, "What one more would be worth"
	s.page(w, http.StatusOK, pricesPage, p)
}

// lackingWords says what is lacking, a paragraph each.
func lackingWords(l *scheduler.Lacking) []string {
	if l == nil {
		return nil
	}
	return scheduler.LackingText(l)
}

// planURL gives the address of a plan's page.
func planURL(id, region string) string { return "/plans/" + id + Filter{Region: region}.query() }

// weekPath gives the address of a page that belongs to a week.
func weekPath(w model.Week, page, region string) string {
	return "/weeks/" + w.String() + "/" + page + Filter{Region: region}.query()
}
