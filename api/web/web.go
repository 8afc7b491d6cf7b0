package web

import (
	"context"
	"net/http"
	"regexp"

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
	Desk      Desk                                                                 // answers the pages of plans, repairs, prices and runs; nil: there are none, and nothing can be done
	Catalogue []*solver.Constraint
	Version   string        // of the program, for the foot of the page; may be empty
	Sample    bool          // whether everybody in it is made up
	Notice    func() string // a sentence for the top of every page and register, about the service itself; nil or empty: none
	Failed    func(error)
}

// Handler serves the week board of one or several regions under /weeks/, the nights of each at /nights, how orders stand at /backlog, and the
// page of each session, and its register for printing, under /sessions/. With a Desk it also serves what plans, repairs, prices and runs there
// are, and forms that do something; what no form of these pages asks for is refused. Without one it only reads. A region other than Options.Region is named by ?region=, which every
// link then carries.
func Handler(source Source, o Options) http.Handler {
	s := &site{source: source, Options: o, guard: http.NewCrossOriginProtection()}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.home)
	mux.HandleFunc("GET /weeks", s.chooseWeek)
	mux.HandleFunc("GET /weeks/{week}", s.week)
	mux.HandleFunc("GET /nights", s.nights)
	mux.HandleFunc("GET /backlog", s.backlog)
	mux.HandleFunc("GET /sessions/{project}/{date}/{start}", s.session)
	mux.HandleFunc("GET /sessions/{project}/{date}/{start}/register", s.printed)
	s.serveDesk(mux)
	for path, style := range map[string][]byte{"/style.css": styleCSS, "/register.css": []byte(registerCSS)} {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/css; charset=utf-8")
			_, _ = w.Write(style)
		})
	}
	mux.HandleFunc("/", s.missing)
	return s.secured(mux)
}

// forms are the addresses at which something can be asked to be done.
var forms = regexp.MustCompile(`^/(weeks/[^/]+/repair(/keep)?|runs|nights)$`)

type site struct {
	source Source
	Options

	guard *http.CrossOriginProtection // against forms of other sites
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
		if r.Method != http.MethodGet && r.Method != http.MethodHead && !s.acts(w, r) {
			return
		}
		next.ServeHTTP(w, r)
	})
}

// acts reports whether a request that is to change something may be looked at: it is the form of one of these pages. Otherwise that is
// answered.
func (s *site) acts(w http.ResponseWriter, r *http.Request) bool {
	if r.Method != http.MethodPost || s.Desk == nil || !forms.MatchString(r.URL.Path) {
		w.Header().Set("Allow", "GET, HEAD")
		s.problem(w, s.bare(), http.StatusMethodNotAllowed, "This page can only be read", "Nothing was changed. Go back to the roster to carry on.")
		return false
	}
	r.Body = http.MaxBytesReader(w, r.Body, mostForm)
	if s.guard.Check(r) != nil || r.ParseForm() != nil {
		s.problem(w, s.bare(), http.StatusForbidden, "This form did not come from here", "Nothing was changed. Open the page again and send its form.")
		return false
	}
	return true
}
