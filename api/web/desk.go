package web

import (
	"context"
	"errors"
	"net/http"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// Desk answers what pages ask beyond a week's roster, and does what their forms ask for, as whoever looks at them. [scheduler.Service] says
// what each method means and gives; the errors that are a [model.Error] are told in their own words.
type Desk interface { //nolint:interfacebloat // one method for each thing that a page asks
	Repair(ctx context.Context, region string, q scheduler.RepairRequest) (*scheduler.Repairing, error)
	KeepRepair(ctx context.Context, region string, q scheduler.RepairRequest, option int, seen model.Digest, c scheduler.Command) (scheduler.Draft, error)
	ShadowPrices(ctx context.Context, region string, ref scheduler.RosterRef, steps int) (*scheduler.ShadowPrices, *scheduler.Explained, error)
	Certificate(ctx context.Context, region string, ref scheduler.RosterRef) (*scheduler.Certified, error)
	Draft(ctx context.Context, region, id string) (scheduler.Draft, error)
	Drafts(ctx context.Context, region string, week model.Week) ([]scheduler.Draft, error)
	PlanChanges(ctx context.Context, region, id string) ([]scheduler.Difference, error)
	RunHistory(ctx context.Context, region string, limit int) ([]scheduler.Run, error)
	StopPlan(ctx context.Context, region, id string) (scheduler.Draft, error)
	StartNight(ctx context.Context, region string, again bool) (scheduler.Night, error)
}

// serveDesk adds the pages that a desk answers. Whatever changes something is a POST, and leads to a page that can be looked at again.
func (s *site) serveDesk(mux *http.ServeMux) {
	if s.Desk == nil {
		return
	}
	for pattern, page := range map[string]http.HandlerFunc{
		"GET /weeks/{week}/repair": s.repairForm, "POST /weeks/{week}/repair": s.repairs, "POST /weeks/{week}/repair/keep": s.keepRepair,
		"GET /weeks/{week}/prices": s.weekPrices, "GET /weeks/{week}/plans": s.plans,
		"GET /plans/{plan}": s.plan, "GET /plans/{plan}/prices": s.planPrices, "GET /plans/{plan}/" + scheduler.CertificateName: s.certificate,
		"GET /runs": s.runs, "POST /runs": s.stopRun, "POST /nights": s.startNight,
	} {
		mux.HandleFunc(pattern, page)
	}
}

// mostForm is how many bytes a form may have.
const mostForm = 64 << 10

// refused answers an error of a desk: what is wrong with the request in its own words, anything else as a fault of ours.
func (s *site) refused(w http.ResponseWriter, f *Frame, err error) {
	e, ok := errors.AsType[*model.Error](err)
	if !ok {
		s.failed(w, f, err)
		return
	}
	status, title := http.StatusBadRequest, "That cannot be done as it was asked"
	switch e.Code {
	case model.CodeNotFound:
		status, title = http.StatusNotFound, "There is nothing to show"
	case model.CodeForbidden:
		status, title = http.StatusForbidden, "You may not do this"
	case model.CodeConflict, model.CodeReused, model.CodeUnsafe:
		status, title = http.StatusConflict, "It is not as it was when you looked"
	case model.CodeBusy:
		status, title = http.StatusServiceUnavailable, "Too much is under way just now"
	case model.CodeUsage, model.CodeInvalid:
	default:
		s.failed(w, f, err)
		return
	}
	s.problem(w, f, status, title, sentence(e.Message))
}

// asks gives the frame of a page about a week, and the week; false: there is none, and that is answered.
func (s *site) asks(w http.ResponseWriter, r *http.Request) (*Frame, model.Week, bool) {
	week, err := model.ParseWeek(r.PathValue("week"))
	if err != nil {
		s.missing(w, r)
		return nil, week, false
	}
	f, ok := s.frame(w, r)
	if !ok {
		return nil, week, false
	}
	f.turn(week)
	return f, week, true
}

// more leads to the pages about a week. What needs a published roster is left out where there is none.
func (s *site) more(week model.Week, region string, published bool) []Link {
	var out []Link
	if published {
		out = []Link{{URL: weekPath(week, "repair", region), Text: "Fix a problem"}, {URL: weekPath(week, "prices", region), Text: "What one more would be worth"}}
	}
	out = append(out, Link{URL: weekPath(week, "plans", region), Text: "Plans of this week"})
	if s.Nights != nil {
		out = append(out, Link{URL: nightsURL(region), Text: "Nights"})
	}
	return out
}
