package web

import (
	"bytes"
	_ "embed" // the pages are part of the program
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"slices"

	"github.com/communitypayback/payback/model"
)

var (
	//go:embed frame.html
	frameHTML string
	//go:embed board.html
	boardHTML string
	//go:embed backlog.html
	backlogHTML string
	//go:embed session.html
	sessionHTML string
	//go:embed nights.html
	nightsHTML string
	//go:embed repair.html
	repairHTML string
	//go:embed prices.html
	pricesHTML string
	//go:embed plan.html
	planHTML string
	//go:embed plans.html
	plansHTML string
	//go:embed runs.html
	runsHTML string
	//go:embed problem.html
	problemHTML string
	//go:embed register.html
	registerHTML string
	//go:embed style.css
	styleCSS []byte
	//go:embed register.css
	registerCSS string

	boardPage   = parsed(boardHTML)
	backlogPage = parsed(backlogHTML)
	sessionPage = parsed(sessionHTML)
	nightsPage  = parsed(nightsHTML)
	problemPage = parsed(problemHTML)
	repairPage  = parsed(repairHTML)
	pricesPage  = parsed(pricesHTML)
	planPage    = parsed(planHTML)
	plansPage   = parsed(plansHTML)
	runsPage    = parsed(runsHTML)

	registerPage = template.Must(template.New("register").Parse(registerHTML)) // stands alone, for paper
)

// parsed reads a page, which fills the blocks of the frame.
func parsed(page string) *template.Template {
	return template.Must(template.Must(template.New("frame").Parse(frameHTML)).Parse(page))
}

// Frame is what stands around every page.
type Frame struct {
	Title          string
	Region         string   // the one shown
	Regions        []Choice // what can be chosen; empty where there is but one
	Week           string   // in the form, as in an address
	Home           string   // the address of the week shown
	Orders         string   // the address of the page of orders and their days; empty: there is none
	Runs           string   // the address of the page of runs; empty: there is none
	Acts           bool     // something can be done on the page
	Previous, Next string   // the addresses of the weeks beside it; empty where the page is of no week
	Version        string   // of the program
	Sample         bool
	Notice         string // about the service itself; empty: none
}

// Choice is one choice of a form.
type Choice struct {
	Value, Text string
	Chosen      bool
}

// carried gives the region that links must name: none where there is but one.
func (f *Frame) carried() string {
	if len(f.Regions) == 0 {
		return ""
	}
	return f.Region
}

// turn makes the frame one of a week.
func (f *Frame) turn(w model.Week) {
	beside := Filter{Region: f.carried()}
	f.Week, f.Home = w.String(), weekURL(w, beside)
	f.Previous, f.Next = weekURL(w.Add(-1), beside), weekURL(w.Add(1), beside)
}

// frame reads which region is asked for. False: there is no such region, and that is answered.
func (s *site) frame(w http.ResponseWriter, r *http.Request) (*Frame, bool) {
	f := s.bare()
	var names []string
	if s.Regions != nil {
		var err error
		if names, err = s.Regions(r.Context()); err != nil {
			s.failed(w, f, err)
			return nil, false
		}
	}
	asked := r.URL.Query().Get("region")
	if asked != "" && asked != s.Region && !slices.Contains(names, asked) {
		s.problem(w, f, http.StatusNotFound, "There is no such region", "Go to the roster and choose one of the regions there.")
		return nil, false
	}
	if asked != "" {
		f.Region = asked
	}
	if len(names) > 1 {
		for _, n := range names {
			f.Regions = append(f.Regions, Choice{n, n, n == f.Region})
		}
	}
	f.Home = weekURL(s.Home, Filter{Region: f.carried()})
	if s.Backlog != nil {
		if f.Orders = "/backlog"; f.carried() != "" {
			f.Orders += "?" + url.Values{"region": {f.Region}}.Encode()
		}
	}
	if s.Desk != nil {
		f.Runs = "/runs" + Filter{Region: f.carried()}.query()
	}
	return f, true
}

// bare gives a frame that asks nobody for anything, so it can be had whatever has gone wrong.
func (s *site) bare() *Frame {
	return &Frame{Region: s.Region, Week: s.Home.String(), Home: weekURL(s.Home, Filter{}), Version: s.Version, Sample: s.Sample, Notice: s.notice()}
}

// notice gives what is to be said about the service itself.
func (s *site) notice() string {
	if s.Notice == nil {
		return ""
	}
	return s.Notice()
}

// failed says that something went wrong: what is away for a while in its own words, anything else to whoever looks after it.
func (s *site) failed(w http.ResponseWriter, f *Frame, err error) {
	if e, ok := errors.AsType[*model.Error](err); ok && e.Code == model.CodeUnavailable {
		w.Header().Set("Retry-After", "60")
		s.problem(w, f, http.StatusServiceUnavailable, "This cannot be shown just now", e.Message)
		return
	}
	if s.Failed != nil {
		s.Failed(err)
	}
	s.problem(w, f, http.StatusInternalServerError, "There is a problem with the service", "Nothing was changed. Try again in a few minutes.")
}

// problem says what is wrong and what to do, and leads to where the site begins: the week asked for may be what is wrong.
func (s *site) problem(w http.ResponseWriter, f *Frame, status int, title, text string) {
	f.Title, f.Home = title, weekURL(s.Home, Filter{Region: f.carried()})
	s.page(w, status, problemPage, struct {
		*Frame
		Text string
	}{f, text})
}

// page writes a page whole or not at all.
func (s *site) page(w http.ResponseWriter, status int, t *template.Template, x any) {
	var body bytes.Buffer
	if err := t.Execute(&body, x); err != nil {
		if s.Failed != nil {
			s.Failed(err)
		}
		http.Error(w, "There is a problem with the service. Nothing was changed.", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(body.Bytes())
}
