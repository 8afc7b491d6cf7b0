package api

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"connectrpc.com/connect"
	"connectrpc.com/grpcreflect"

	"github.com/communitypayback/payback/api/gen/grpc/health/v1/healthv1connect"
	"github.com/communitypayback/payback/api/gen/payback/v1/paybackv1connect"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
)

// Options say how requests are served. Principal is needed; everything else has a default.
type Options struct {
	// Principal says who asks. It is called before anything of the message is read. Its error refuses the request as not signed
	// in, with the sentence of a [model.Error] and nothing of any other.
	Principal func(*http.Request) (model.Principal, error)
	// Ready says why the service cannot answer, by an error that is not told, or nil when data is loaded and the policy is valid.
	// Health answers come from it. Nil: always.
	Ready func(context.Context) error
	// Failed is told of faults of ours. It never gets what a request held. Nil: nobody is told.
	Failed func(error)
	// Catalogue words what a week breaks. Nil: RosterService leaves that out.
	Catalogue []*solver.Constraint
	// Zone is the IANA time zone of the wall clocks in files and messages; empty: Europe/London.
	Zone string
	// Orders says what a court may order, for files; the zero value: as in England and Wales.
	Orders policy.Orders
	// Inbox is what may have come in for a night that is started; nil: nothing.
	Inbox scheduler.Inbox
	// Version is told in the header Payback-Version of every answer; empty: it is left out.
	Version string
	// Heartbeat is how long WatchPlan is silent before it repeats itself; 0: ten seconds.
	Heartbeat time.Duration
}

// The limits on a request as it is sent, and on each message once it is unpacked.
const (
	maxImportBytes = 32 << 20
	maxBytes       = 1 << 20
)

// maxStreams is how many streams are served at once; more are refused.
const maxStreams = 256

// server answers the requests of every service.
type server struct {
	Options

	office  Office
	wall    wall
	streams chan struct{}
}

// Handler serves the services of payback.v1, grpc.health.v1 and reflection over Connect, gRPC and gRPC-Web. Requests need the paths /payback.v1..., /grpc.health.v1.Health/ and /grpc.reflection...; anything else is not
// found. It gives a [model.Error] for an unknown time zone.
//
// gRPC needs HTTP/2: set [http.Server.Protocols] to HTTP1 and UnencryptedHTTP2. A server whose ReadTimeout or WriteTimeout is
// set cuts long uploads and answers; use ReadHeaderTimeout and IdleTimeout instead. WatchPlan sets a deadline of its own for
// each message, so that a reader who takes nothing for ten seconds is dropped and one who waits is not.
func Handler(office Office, o Options) (http.Handler, error) {
	if o.Zone == "" {
		o.Zone = "Europe/London"
	}
	if o.Heartbeat == 0 {
		o.Heartbeat = 10 * time.Second
	}
	const firstYear, lastYear = 2000, 2037 // as for files
	calendar, err := scheduler.NewCalendar(o.Zone, model.NewDate(firstYear, 1, 1), model.NewDate(lastYear, 12, 31))
	if err != nil {
		return nil, err
	}
	if _, err := validator(); err != nil {
		return nil, err
	}
	s := &server{Options: o, office: office, wall: wall{&calendar}, streams: make(chan struct{}, maxStreams)}
	mux := http.NewServeMux()
	mount := func(signedIn bool, limit int, handler func(...connect.HandlerOption) (string, http.Handler)) {
		path, h := handler(s.options(limit)...)
		if signedIn {
			h = s.signedIn(h, connect.NewErrorWriter())
		}
		mux.Handle(path, http.MaxBytesHandler(h, int64(limit)))
	}
	mount(true, maxBytes, func(o ...connect.HandlerOption) (string, http.Handler) {
		return paybackv1connect.NewRosterServiceHandler(rosterServer{s}, o...)
	})
	mount(true, maxBytes, func(o ...connect.HandlerOption) (string, http.Handler) {
		path, h := paybackv1connect.NewPlanServiceHandler(planServer{s}, o...)
		return path, withDeadlines(h)
	})
	mount(true, maxImportBytes, func(o ...connect.HandlerOption) (string, http.Handler) {
		return paybackv1connect.NewDataServiceHandler(dataServer{s}, o...)
	})
	mount(true, maxBytes, func(o ...connect.HandlerOption) (string, http.Handler) {
		return paybackv1connect.NewExplainServiceHandler(explainServer{s}, o...)
	})
	mount(true, maxBytes, func(o ...connect.HandlerOption) (string, http.Handler) {
		return paybackv1connect.NewPeopleServiceHandler(peopleServer{s}, o...)
	})
	mount(true, maxBytes, func(o ...connect.HandlerOption) (string, http.Handler) {
		return paybackv1connect.NewRecommendServiceHandler(recommendServer{s}, o...)
	})
	mount(true, maxBytes, func(o ...connect.HandlerOption) (string, http.Handler) {
		return paybackv1connect.NewRepairServiceHandler(repairServer{s}, o...)
	})
	mount(true, maxBytes, func(o ...connect.HandlerOption) (string, http.Handler) {
		return paybackv1connect.NewNightServiceHandler(nightServer{s}, o...)
	})
	mount(true, maxBytes, func(o ...connect.HandlerOption) (string, http.Handler) {
		return paybackv1connect.NewRunServiceHandler(runServer{s}, o...)
	})
	mount(true, maxBytes, func(o ...connect.HandlerOption) (string, http.Handler) {
		return paybackv1connect.NewBacklogServiceHandler(backlogServer{s}, o...)
	})
	mount(false, maxBytes, func(o ...connect.HandlerOption) (string, http.Handler) {
		return healthv1connect.NewHealthHandler(healthServer{s}, o...)
	})
	reflector := grpcreflect.NewStaticReflector(append(ServiceNames(), healthv1connect.HealthName)...)
	mount(false, maxBytes, func(o ...connect.HandlerOption) (string, http.Handler) {
		return grpcreflect.NewHandlerV1(reflector, o...)
	})
	mount(false, maxBytes, func(o ...connect.HandlerOption) (string, http.Handler) {
		return grpcreflect.NewHandlerV1Alpha(reflector, o...)
	})
	return s.headed(mux), nil
}

// ServiceNames gives the full names of the services of payback.v1.
func ServiceNames() []string {
	return []string{
		paybackv1connect.RosterServiceName, paybackv1connect.PlanServiceName, paybackv1connect.DataServiceName,
		paybackv1connect.ExplainServiceName, paybackv1connect.PeopleServiceName, paybackv1connect.RecommendServiceName,
		paybackv1connect.RepairServiceName, paybackv1connect.NightServiceName, paybackv1connect.RunServiceName, paybackv1connect.BacklogServiceName,
	}
}

func (s *server) options(limit int) []connect.HandlerOption {
	return append(codecs(), compression(limit), connect.WithReadMaxBytes(limit), connect.WithInterceptors(&edge{failed: s.Failed}))
}

// headed sets the headers that every answer has. Answers hold personal data, so nobody on the way may keep them.
func (s *server) headed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Cache-Control", "no-store")
		h.Set("X-Content-Type-Options", "nosniff")
		if s.Version != "" {
			h.Set("Payback-Version", s.Version)
		}
		next.ServeHTTP(w, r)
	})
}

// whoKey finds the principal in a request's context.
type whoKey struct{}

// signedIn finds out who asks before anything of the message is read.
func (s *server) signedIn(next http.Handler, refusals *connect.ErrorWriter) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		who, err := s.Principal(r)
		if err != nil {
			words := "Found nobody who is signed in; expected somebody who may ask this."
			if e := (*model.Error)(nil); errors.As(err, &e) {
				words = e.Message
			}
			_ = refusals.Write(w, r, refuse(signInAnswer, words)) // whoever went away needs no answer
			return
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), whoKey{}, who)))
	})
}

// who gives whoever asks; nobody if nobody was found out, who may do nothing.
func who(ctx context.Context) model.Principal {
	p, _ := ctx.Value(whoKey{}).(model.Principal)
	return p
}

// region gives the region of a request: the one it names, or the only one there is.
func (s *server) region(ctx context.Context, named string) (string, error) {
	if named != "" {
		return named, nil
	}
	all, err := s.office.Regions(ctx, who(ctx))
	switch {
	case err != nil:
		return "", err
	case len(all) == 1:
		return all[0], nil
	case len(all) == 0:
		return "", badField("region", "expected the name of a region, as there is none yet")
	}
	return "", badField("region", "expected one of several regions: "+strings.Join(all, ", "))
}
