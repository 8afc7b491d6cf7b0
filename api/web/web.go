package web

import (
	"bytes"
	"context"
	_ "embed" // the pages are part of the program
	"errors"
	"html/template"
	"net/http"
	"net/url"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
)

// Source gives the weeks that pages show.
type Source interface {
	// Week gives one week of a region, or a [model.Error] with CodeNotFound. What it gives is only read.
	Week(ctx context.Context, region string, week model.Week) (*Week, error)
}

// Week is one week as it stands. Snapshot and Roster are not nil.
type Week struct {
	Snapshot   *model.Snapshot
	Roster     *model.Roster
	Violations []solver.Violation
	State      string // a sentence: what is published, since when
}

// Options say what is served. Failed, unless nil, is told of errors that are ours; the page says no more than that there was
// one.
type Options struct {
	Region    string
	Home      model.Week // where the address / leads
	Catalogue []*solver.Constraint
	Failed    func(error)
}

var (
	//go:embed board.html
	boardHTML string
	//go:embed problem.html
	problemHTML string
	//go:embed style.css
	styleCSS []byte

	boardPage   = template.Must(template.New("board").Parse(boardHTML))
	problemPage = template.Must(template.New("problem").Parse(problemHTML))
)

// Handler serves the week board of a region under /weeks/. It only reads: any method but GET and HEAD is refused.
func Handler(source Source, o Options) http.Handler {
	s := &site{source: source, Options: o}
	mux := http.NewServeMux()
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/weeks/"+o.Home.String(), http.StatusSeeOther)
	})
	mux.HandleFunc("/weeks/{week}", s.week)
	mux.HandleFunc("/weeks", s.chooseWeek)
	mux.HandleFunc("/style.css", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/css; charset=utf-8")
		_, _ = w.Write(styleCSS)
	})
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { s.missing(w) })
	return secured(s, mux)
}

type site struct {
	source Source
	Options
}

// secured sets the headers that every answer has, and refuses what does not read.
func secured(s *site, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			h.Set("Allow", "GET, HEAD")
			s.problem(w, http.StatusMethodNotAllowed, "This page can only be read", "Nothing was changed. Go back to the roster to carry on.")
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (s *site) week(w http.ResponseWriter, r *http.Request) {
	week, err := model.ParseWeek(r.PathValue("week"))
	if err != nil {
		s.missing(w)
		return
	}
	found, err := s.source.Week(r.Context(), s.Region, week)
	var e *model.Error
	switch {
	case errors.As(err, &e) && e.Code == model.CodeNotFound:
		s.problem(w, http.StatusNotFound, "There is no roster for this week", "Nothing is planned for the week starting "+longDate(week.Monday())+". Choose another week.")
		return
	case err != nil:
		s.failed(w, err)
		return
	}
	b := NewBoard(found, s.Catalogue, readFilter(r.URL.Query()))
	b.BoardURL, b.ListURL = viewURL(b.Filter, false), viewURL(b.Filter, true)
	s.page(w, http.StatusOK, boardPage, b)
}

// chooseWeek leads to the week that was asked for in the form.
func (s *site) chooseWeek(w http.ResponseWriter, r *http.Request) {
	week, err := model.ParseWeek(r.URL.Query().Get("week"))
	if err != nil {
		s.problem(w, http.StatusBadRequest, "Enter a week that exists", "Write the year and the number of the week, such as 2026-W49.")
		return
	}
	http.Redirect(w, r, "/weeks/"+week.String(), http.StatusSeeOther) //nolint:gosec // a week that was parsed is digits and stays on this site
}

// readFilter reads the form; what it does not know it leaves out.
func readFilter(q url.Values) Filter {
	f := Filter{Team: model.TeamCode(q.Get("team")), Only: q.Get("show") == "attention", List: q.Get("view") == "list"}
	if d, err := model.ParseDate(q.Get("day")); err == nil {
		f.Day = d
	}
	return f
}

// viewURL gives the query of the same filter in one of the views.
func viewURL(f Filter, list bool) string {
	q := url.Values{"view": {"board"}}
	if list {
		q.Set("view", "list")
	}
	if f.Team != "" {
		q.Set("team", string(f.Team))
	}
	if f.Day != 0 {
		q.Set("day", f.Day.String())
	}
	if f.Only {
		q.Set("show", "attention")
	}
	return "?" + q.Encode()
}

func (s *site) missing(w http.ResponseWriter) {
	s.problem(w, http.StatusNotFound, "Page not found", "Check the address, or go back to the roster.")
}

func (s *site) failed(w http.ResponseWriter, err error) {
	if s.Failed != nil {
		s.Failed(err)
	}
	s.problem(w, http.StatusInternalServerError, "There is a problem with the service", "Nothing was changed. Try again in a few minutes.")
}

func (s *site) problem(w http.ResponseWriter, status int, title, text string) {
	s.page(w, status, problemPage, struct{ Title, Text, Week string }{title, text, s.Home.String()})
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
