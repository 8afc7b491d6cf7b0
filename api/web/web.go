package web

import (
	"context"
	"net/http"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
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
	Version    int    // of the roster, said beside the title; 0: never stored, and nothing is said
	State      string // a sentence: what the roster is, since when and by whom; it need not repeat the version
	Draft      string // a sentence about a newer draft; empty: there is none
	Night      string // what came of the last night; empty: there has been none
	NightBad   bool   // and somebody should look
}

// Options say what is served. Failed, unless nil, is told of errors that are ours; the page says no more than that there was
// one.
type Options struct {
	Region    string                                                               // shown where the address names none
	Regions   func(context.Context) ([]string, error)                              // what can be chosen; nil: Region alone
	Home      model.Week                                                           // where the address / leads
	Nights    func(ctx context.Context, region string) ([]scheduler.Night, error)  // the latest first; nil: there is no page of them
	Zone      string                                                               // IANA time zone of the clocks that nights are told by
	Backlog   func(ctx context.Context, region string) (*scheduler.Backlog, error) // how orders stand; nil: there is no such page
	Catalogue []*solver.Constraint
	Version   string        // of the program, for the foot of the page; may be empty
	Sample    bool          // whether everybody in it is made up
	Notice    func() string // a sentence for the top of every page and register, about the service itself; nil or empty: none
	Failed    func(error)
}

// Handler serves the week board of one or several regions under /weeks/, the nights of each at /nights, how orders stand at /backlog, and the
// page of each session, and its register for printing, under /sessions/. It
// only reads: any method but GET and HEAD is refused. A region other than Options.Region is named by ?region=, which every
// link then carries.
func Handler(source Source, o Options) http.Handler {
	s := &site{source: source, Options: o}
	mux := http.NewServeMux()
	mux.HandleFunc("/{$}", s.home)
	mux.HandleFunc("/weeks", s.chooseWeek)
	mux.HandleFunc("/weeks/{week}", s.week)
	mux.HandleFunc("/nights", s.nights)
	mux.HandleFunc("/backlog", s.backlog)
	mux.HandleFunc("/sessions/{project}/{date}/{start}", s.session)
	mux.HandleFunc("/sessions/{project}/{date}/{start}/register", s.printed)
	for path, style := range map[string][]byte{"/style.css": styleCSS, "/register.css": []byte(registerCSS)} {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/css; charset=utf-8")
			_, _ = w.Write(style)
		})
	}
	mux.HandleFunc("/", s.missing)
	return s.secured(mux)
}

type site struct {
	source Source
	Options
}

// secured sets the headers that every answer has, and refuses what does not read.
func (s *site) secured(next http.Handler) http.Handler {
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
			s.problem(w, s.bare(), http.StatusMethodNotAllowed, "This page can only be read", "Nothing was changed. Go back to the roster to carry on.")
			return
		}
		next.ServeHTTP(w, r)
	})
}
