package api

import (
	"context"
	"slices"

	paybackv1 "github.com/communitypayback/payback/api/gen/payback/v1"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// explainServer answers ExplainService.
type explainServer struct{ *server }

// ExplainPerson implements the RPC.
func (s explainServer) ExplainPerson(ctx context.Context, q *paybackv1.ExplainPersonRequest) (*paybackv1.ExplainPersonResponse, error) {
	region, ref, err := s.ref(ctx, q, "")
	if err != nil {
		return nil, err
	}
	p, x, err := s.office.ExplainPerson(ctx, who(ctx), region, ref, model.CRN(q.GetCrn()))
	if err != nil {
		return nil, err
	}
	return PersonMessage(p, x), nil
}

// ExplainAppointment implements the RPC.
func (s explainServer) ExplainAppointment(ctx context.Context, q *paybackv1.ExplainAppointmentRequest) (*paybackv1.ExplainAppointmentResponse, error) {
	region, ref, err := s.ref(ctx, q, q.GetSession())
	if err != nil {
		return nil, err
	}
	key, err := sessionKey("session", q.GetSession())
	if err != nil {
		return nil, err
	}
	a, x, err := s.office.ExplainAppointment(ctx, who(ctx), region, ref, model.CRN(q.GetCrn()), key)
	if err != nil {
		return nil, err
	}
	return &paybackv1.ExplainAppointmentResponse{Appointment: appointmentExplained(a, x), AsOf: instantMoment(x.Snapshot.AsOf)}, nil
}

// ExplainNotPlaced implements the RPC.
func (s explainServer) ExplainNotPlaced(ctx context.Context, q *paybackv1.ExplainNotPlacedRequest) (*paybackv1.ExplainNotPlacedResponse, error) {
	first := ""
	var keys []model.SessionKey
	for _, text := range q.GetSessions() {
		key, err := sessionKey("sessions", text)
		if err != nil {
			return nil, err
		}
		first, keys = text, append(keys, key)
	}
	region, ref, err := s.ref(ctx, q, first)
	if err != nil {
		return nil, err
	}
	a, x, err := s.office.WhyNot(ctx, who(ctx), region, ref, model.CRN(q.GetCrn()), keys...)
	if err != nil {
		return nil, err
	}
	return &paybackv1.ExplainNotPlacedResponse{NotPlaced: NotPlacedMessage(x.Snapshot.Week, a), AsOf: instantMoment(x.Snapshot.AsOf)}, nil
}

// ExplainSession implements the RPC.
func (s explainServer) ExplainSession(ctx context.Context, q *paybackv1.ExplainSessionRequest) (*paybackv1.ExplainSessionResponse, error) {
	region, ref, err := s.ref(ctx, q, q.GetSession())
	if err != nil {
		return nil, err
	}
	key, err := sessionKey("session", q.GetSession())
	if err != nil {
		return nil, err
	}
	y, x, err := s.office.ExplainSession(ctx, who(ctx), region, ref, key)
	if err != nil {
		return nil, err
	}
	return SessionMessage(y, x), nil
}

// ExplainRoster implements the RPC.
func (s explainServer) ExplainRoster(ctx context.Context, q *paybackv1.ExplainRosterRequest) (*paybackv1.ExplainRosterResponse, error) {
	region, ref, err := s.ref(ctx, q, "")
	if err != nil {
		return nil, err
	}
	y, x, err := s.office.ExplainRoster(ctx, who(ctx), region, ref)
	if err != nil {
		return nil, err
	}
	return WholeMessage(y, x), nil
}

// ListShadowPrices implements the RPC.
func (s explainServer) ListShadowPrices(ctx context.Context, q *paybackv1.ListShadowPricesRequest) (*paybackv1.ListShadowPricesResponse, error) {
	region, ref, err := s.ref(ctx, q, "")
	if err != nil {
		return nil, err
	}
	steps := int(q.GetSteps())
	if steps == 0 {
		steps = scheduler.PriceSteps
	}
	found, x, err := s.office.ShadowPrices(ctx, who(ctx), region, ref, steps)
	if err != nil {
		return nil, err
	}
	lacking, err := x.Lacking()
	if err != nil {
		return nil, err
	}
	m := &paybackv1.ListShadowPricesResponse{Prices: shadowMessages(found.Prices), Lacking: lackingMessage(lacking), AsOf: instantMoment(x.Snapshot.AsOf)}
	if found.Known {
		m.Bound = boundMessage(&found.Bound, found.Value)
	}
	return m, nil
}

// GetCertificate implements the RPC.
func (s explainServer) GetCertificate(ctx context.Context, q *paybackv1.GetCertificateRequest) (*paybackv1.GetCertificateResponse, error) {
	region, ref, err := s.ref(ctx, q, "")
	if err != nil {
		return nil, err
	}
	c, err := s.office.Certificate(ctx, who(ctx), region, ref)
	if err != nil {
		return nil, err
	}
	return certificateMessage(c)
}

// ListRuleIssues implements the RPC.
func (s explainServer) ListRuleIssues(ctx context.Context, q *paybackv1.ListRuleIssuesRequest) (*paybackv1.ListRuleIssuesResponse, error) {
	at, err := cursorOf(q)
	if err != nil {
		return nil, err
	}
	region, ref, err := s.ref(ctx, q, "")
	if err != nil {
		return nil, err
	}
	if at.version > 0 && ref.Draft == "" {
		ref.Version = int(at.version)
	}
	x, err := s.office.Explained(ctx, who(ctx), region, ref)
	if err != nil {
		return nil, err
	}
	at.version = uint64(max(0, x.Published.Version))
	all := slices.DeleteFunc(slices.Clone(x.Judgement.MustFix), func(c scheduler.Case) bool { return q.GetRule() != "" && c.Rule != q.GetRule() })
	page, next, more := pageOf(all, at, q.GetPageSize())
	m := &paybackv1.ListRuleIssuesResponse{Issues: caseMessages(page), NextPageToken: nextToken(next, more, q)}
	if q.GetIncludeTotalSize() {
		m.TotalSize = count(len(all))
	}
	return m, nil
}

// GetRule implements the RPC.
func (s explainServer) GetRule(ctx context.Context, q *paybackv1.GetRuleRequest) (*paybackv1.GetRuleResponse, error) {
	all, err := s.rules(ctx, q.GetRegion(), q.GetDate())
	if err != nil {
		return nil, err
	}
	for i := range all {
		if all[i].ID == q.GetRule() {
			return &paybackv1.GetRuleResponse{Rule: ruleMessage(&all[i])}, nil
		}
	}
	return nil, model.Errorf(model.CodeNotFound, "found no such rule; ListRules lists those there are")
}

// ListRules implements the RPC.
func (s explainServer) ListRules(ctx context.Context, q *paybackv1.ListRulesRequest) (*paybackv1.ListRulesResponse, error) {
	all, err := s.rules(ctx, q.GetRegion(), q.GetDate())
	if err != nil {
		return nil, err
	}
	m := &paybackv1.ListRulesResponse{}
	for i := range all {
		m.Rules = append(m.Rules, ruleMessage(&all[i]))
	}
	return m, nil
}

func (s explainServer) rules(ctx context.Context, region, date string) ([]scheduler.RuleExplained, error) {
	var on model.Date
	if date != "" {
		var err error
		if on, err = dateField("date", date); err != nil {
			return nil, err
		}
	}
	region, err := s.region(ctx, region)
	if err != nil {
		return nil, err
	}
	return s.office.Rules(ctx, who(ctx), region, on)
}

// rosterRequest is a request about one roster.
type rosterRequest interface {
	GetRegion() string
	GetWeek() string
	GetVersion() int32
	GetPlanId() string
}

// ref reads which roster a request is about. A session says its own week.
func (s explainServer) ref(ctx context.Context, q rosterRequest, session string) (string, scheduler.RosterRef, error) {
	ref := scheduler.RosterRef{Version: int(q.GetVersion()), Draft: q.GetPlanId()}
	var err error
	switch {
	case q.GetPlanId() != "":
	case q.GetWeek() == "" && session != "":
		key, err := sessionKey("session", session)
		if err != nil {
			return "", ref, err
		}
		ref.Week = model.WeekOf(key.Date)
	case q.GetWeek() == "":
		return "", ref, badField("week", "expected an ISO week such as 2026-W49, or a plan_id")
	default:
		if ref.Week, err = weekField("week", q.GetWeek()); err != nil {
			return "", ref, err
		}
	}
	region, err := s.region(ctx, q.GetRegion())
	return region, ref, err
}

// peopleServer answers PeopleService.
type peopleServer struct{ *server }

// GetPersonForecast implements the RPC.
func (s peopleServer) GetPersonForecast(ctx context.Context, q *paybackv1.GetPersonForecastRequest) (*paybackv1.GetPersonForecastResponse, error) {
	var week model.Week
	var err error
	if q.GetWeek() != "" {
		if week, err = weekField("week", q.GetWeek()); err != nil {
			return nil, err
		}
	}
	region, err := s.region(ctx, q.GetRegion())
	if err != nil {
		return nil, err
	}
	f, err := s.office.Forecast(ctx, who(ctx), region, week, model.CRN(q.GetCrn()))
	if err != nil {
		return nil, err
	}
	return &paybackv1.GetPersonForecastResponse{Forecast: forecastMessage(f)}, nil
}
