package api

import (
	"context"
	"encoding/hex"
	"fmt"

	paybackv1 "github.com/communitypayback/payback/api/gen/payback/v1"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// recommendServer answers RecommendService.
type recommendServer struct{ *server }

// recommended is how many options are given where a request does not say.
const recommended = 5

// Recommend implements the RPC.
func (s recommendServer) Recommend(ctx context.Context, q *paybackv1.RecommendRequest) (*paybackv1.RecommendResponse, error) {
	kinds := map[paybackv1.RecommendKind]scheduler.RecommendKind{
		paybackv1.RecommendKind_RECOMMEND_KIND_SESSIONS: scheduler.BestSessions, paybackv1.RecommendKind_RECOMMEND_KIND_PEOPLE: scheduler.BestPeople,
		paybackv1.RecommendKind_RECOMMEND_KIND_SUPERVISORS: scheduler.BestSupervisors, paybackv1.RecommendKind_RECOMMEND_KIND_MINIBUSES: scheduler.BestMinibuses,
	}
	ask := scheduler.RecommendRequest{Kind: kinds[q.GetKind()], CRN: model.CRN(q.GetCrn()), Instead: q.GetInstead(), Want: int(q.GetCount())}
	if ask.Want == 0 {
		ask.Want = recommended
	}
	switch {
	case ask.Kind == scheduler.BestSessions && ask.CRN == "":
		return nil, badField("crn", "expected the person for whom sessions are recommended")
	case ask.Kind != scheduler.BestSessions && q.GetSession() == "":
		return nil, badField("session", "expected the session for which others are recommended")
	}
	if q.GetSession() != "" {
		var err error
		if ask.Session, err = sessionKey("session", q.GetSession()); err != nil {
			return nil, err
		}
	}
	region, ref, err := explainServer(s).ref(ctx, q, q.GetSession())
	if err != nil {
		return nil, err
	}
	r, x, err := s.office.Recommend(ctx, who(ctx), region, ref, ask)
	if err != nil {
		return nil, err
	}
	return RecommendMessage(r, x), nil
}

// repairServer answers RepairService.
type repairServer struct{ *server }

// ProposeRepairs implements the RPC.
func (s repairServer) ProposeRepairs(ctx context.Context, q *paybackv1.ProposeRepairsRequest) (*paybackv1.ProposeRepairsResponse, error) {
	region, ask, err := s.asked(ctx, q.GetAsked())
	if err != nil {
		return nil, err
	}
	for _, n := range q.GetCurve() {
		ask.Curve = append(ask.Curve, int(n))
	}
	x, err := s.office.Repair(ctx, who(ctx), region, ask)
	if err != nil {
		return nil, err
	}
	return RepairMessage(x)
}

// ApplyRepair implements the RPC.
func (s repairServer) ApplyRepair(ctx context.Context, q *paybackv1.ApplyRepairRequest) (*paybackv1.ApplyRepairResponse, error) {
	region, ask, err := s.asked(ctx, q.GetAsked())
	if err != nil {
		return nil, err
	}
	var seen model.Digest
	if _, err := hex.Decode(seen[:], []byte(q.GetDigest())); err != nil {
		return nil, badField("digest", "expected the digest of an option, as it was told")
	}
	d, err := s.office.KeepRepair(ctx, who(ctx), region, ask, int(q.GetNumber())-1, seen, scheduler.Command{Key: q.GetRequestId(), Reason: q.GetReason()})
	if err != nil {
		return nil, err
	}
	return &paybackv1.ApplyRepairResponse{Plan: planMessage(region, &d)}, nil
}

// asked reads what a repair is asked about.
func (s repairServer) asked(ctx context.Context, m *paybackv1.RepairAsked) (string, scheduler.RepairRequest, error) {
	ask := scheduler.RepairRequest{Budget: -1, ShortNotice: m.GetShortNotice(), Seed: 1}
	if m.PeopleToTell != nil {
		ask.Budget = int(m.GetPeopleToTell())
	}
	var err error
	if ask.Week, err = weekField("asked.week", m.GetWeek()); err != nil {
		return "", ask, err
	}
	for i, h := range m.GetHappened() {
		x, err := happeningOf(fmt.Sprintf("asked.happened[%d]", i), h)
		if err != nil {
			return "", ask, err
		}
		ask.Happened = append(ask.Happened, x)
	}
	region, err := s.region(ctx, m.GetRegion())
	return region, ask, err
}

// happeningOf reads what went wrong.
func happeningOf(path string, m *paybackv1.Happening) (scheduler.Happening, error) {
	kinds := map[paybackv1.HappeningKind]scheduler.HappeningKind{
		paybackv1.HappeningKind_HAPPENING_KIND_SUPERVISOR_OFF: scheduler.SupervisorOff, paybackv1.HappeningKind_HAPPENING_KIND_MINIBUS_OFF: scheduler.MinibusOff,
		paybackv1.HappeningKind_HAPPENING_KIND_PROJECT_CLOSED: scheduler.ProjectClosed, paybackv1.HappeningKind_HAPPENING_KIND_RAIN: scheduler.ItRains,
		paybackv1.HappeningKind_HAPPENING_KIND_PERSON_OFF: scheduler.PersonOff, paybackv1.HappeningKind_HAPPENING_KIND_OVERBOOKED: scheduler.Overbooked,
	}
	h := scheduler.Happening{Kind: kinds[m.GetKind()], Supervisor: model.SupervisorCode(m.GetSupervisorOfficerCode()), Minibus: model.Registration(m.GetMinibus()),
		Project: model.ProjectCode(m.GetProjectCode()), CRN: model.CRN(m.GetCrn()), WeatherArea: m.GetWeatherArea(), Places: m.GetPlaces()}
	var err error
	if m.GetFromDate() != "" {
		if h.From, err = dateField(path+".from_date", m.GetFromDate()); err != nil {
			return h, err
		}
	}
	if m.GetToDate() != "" {
		if h.To, err = dateField(path+".to_date", m.GetToDate()); err != nil {
			return h, err
		}
	}
	if m.GetSession() != "" {
		h.Session, err = sessionKey(path+".session", m.GetSession())
	}
	return h, err
}
