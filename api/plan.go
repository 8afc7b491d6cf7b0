package api

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
	"time"

	"google.golang.org/protobuf/proto"

	paybackv1 "github.com/communitypayback/payback/api/gen/payback/v1"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// planServer answers PlanService.
type planServer struct{ *server }

// CreatePlan implements the RPC.
func (s planServer) CreatePlan(ctx context.Context, q *paybackv1.CreatePlanRequest) (*paybackv1.CreatePlanResponse, error) {
	week, err := weekField("week", q.GetWeek())
	if err != nil {
		return nil, err
	}
	if q.GetTimeLimitSeconds() == 0 && q.GetRounds() == 0 {
		return nil, badField("time_limit_seconds", "expected how long the search may take, or rounds of work to do")
	}
	region, err := s.region(ctx, q.GetRegion())
	if err != nil {
		return nil, err
	}
	run := scheduler.RunRequest{
		Week: week, Seed: q.GetSeed(), Time: time.Duration(q.GetTimeLimitSeconds()) * time.Second, Rounds: int(q.GetRounds()), From: q.GetFromPlanId(),
		PriceRequest: priceRequest(q),
	}
	if q.GetValidateOnly() {
		return &paybackv1.CreatePlanResponse{}, s.office.CheckPlan(ctx, who(ctx), region, run)
	}
	d, err := s.office.CreatePlan(ctx, who(ctx), region, run, scheduler.Command{Key: q.GetRequestId(), Reason: q.GetReason()})
	if err != nil {
		return nil, err
	}
	return &paybackv1.CreatePlanResponse{Plan: planMessage(region, &d)}, nil
}

// GetPlan implements the RPC.
func (s planServer) GetPlan(ctx context.Context, q *paybackv1.GetPlanRequest) (*paybackv1.GetPlanResponse, error) {
	region, err := s.region(ctx, q.GetRegion())
	if err != nil {
		return nil, err
	}
	if q.GetWaitSeconds() > 0 {
		waiting, done := context.WithTimeout(ctx, time.Duration(q.GetWaitSeconds())*time.Second)
		defer done()
		if _, err := s.office.WaitPlan(waiting, who(ctx), region, q.GetPlanId()); err != nil {
			return nil, err
		}
	}
	if v := q.GetView(); v != paybackv1.PlanView_PLAN_VIEW_FULL && v != paybackv1.PlanView_PLAN_VIEW_EXPLAINED {
		d, err := s.office.Draft(ctx, who(ctx), region, q.GetPlanId())
		if err != nil {
			return nil, err
		}
		return &paybackv1.GetPlanResponse{Plan: planMessage(region, &d)}, nil
	}
	v, err := s.office.DraftView(ctx, who(ctx), region, q.GetPlanId())
	if err != nil {
		return nil, err
	}
	m := &paybackv1.GetPlanResponse{Plan: planMessage(region, &v.Draft), Unplaced: unplacedMessages(v.Unplaced)}
	if v.Roster != nil {
		m.Roster, m.Judgement = RosterMessage(v.Snapshot, v.Roster), judgementMessage(&v.Judgement)
		m.Roster.Version = 0 // nobody published it
		if q.GetView() == paybackv1.PlanView_PLAN_VIEW_EXPLAINED {
			return m, s.explained(ctx, region, m)
		}
	}
	return m, nil
}

// explained adds what one more of each resource would be worth beside a plan, and what is lacking.
func (s planServer) explained(ctx context.Context, region string, m *paybackv1.GetPlanResponse) error {
	found, x, err := s.office.ShadowPrices(ctx, who(ctx), region, scheduler.RosterRef{Draft: m.GetPlan().GetPlanId()}, scheduler.PriceSteps)
	if err != nil {
		return err
	}
	lacking, err := x.Lacking()
	if err != nil {
		return err
	}
	m.Prices, m.Lacking = shadowMessages(found.Prices), lackingMessage(lacking)
	return nil
}

// ListPlans implements the RPC.
func (s planServer) ListPlans(ctx context.Context, q *paybackv1.ListPlansRequest) (*paybackv1.ListPlansResponse, error) {
	at, err := cursorOf(q)
	if err != nil {
		return nil, err
	}
	week, err := weekField("week", q.GetWeek())
	if err != nil {
		return nil, err
	}
	region, err := s.region(ctx, q.GetRegion())
	if err != nil {
		return nil, err
	}
	all, err := s.office.Drafts(ctx, who(ctx), region, week)
	if err != nil {
		return nil, err
	}
	page, next, more := pageOf(all[given(all, at):], cursor{}, q.GetPageSize())
	if more {
		at := page[len(page)-1].At
		next = cursor{version: uint64(at.UnixNano())}
		for i := range all[:slices.IndexFunc(all, func(d scheduler.Draft) bool { return d.ID == page[len(page)-1].ID })+1] {
			if all[i].At.Equal(at) {
				next.offset++
			}
		}
	}
	m := &paybackv1.ListPlansResponse{NextPageToken: nextToken(next, more, q)}
	for i := range page {
		m.Plans = append(m.Plans, planMessage(region, &page[i]))
	}
	return m, nil
}

// given counts the plans that earlier pages gave, or that were made or changed since and so come before those: a cursor holds
// when the last one given was changed, and how many of that moment were given.
func given(all []scheduler.Draft, at cursor) int {
	n, same := 0, uint64(0)
	for at.version > 0 && n < len(all) {
		switch moment := uint64(all[n].At.UnixNano()); {
		case moment < at.version || moment == at.version && same == at.offset:
			return n
		case moment == at.version:
			same++
		}
		n++
	}
	return n
}

// StopPlan implements the RPC.
func (s planServer) StopPlan(ctx context.Context, q *paybackv1.StopPlanRequest) (*paybackv1.StopPlanResponse, error) {
	region, err := s.region(ctx, q.GetRegion())
	if err != nil {
		return nil, err
	}
	d, err := s.office.StopPlan(ctx, who(ctx), region, q.GetPlanId())
	if err != nil {
		return nil, err
	}
	return &paybackv1.StopPlanResponse{Plan: planMessage(region, &d)}, nil
}

// EditPlan implements the RPC.
func (s planServer) EditPlan(ctx context.Context, q *paybackv1.EditPlanRequest) (*paybackv1.EditPlanResponse, error) {
	var edits []scheduler.Edit
	for i, m := range q.GetEdits() {
		e, err := editOf(fmt.Sprintf("edits[%d]", i), m)
		if err != nil {
			return nil, err
		}
		edits = append(edits, e)
	}
	region, err := s.region(ctx, q.GetRegion())
	if err != nil {
		return nil, err
	}
	d, j, err := s.office.EditPlan(ctx, who(ctx), region, scheduler.EditRequest{Draft: q.GetPlanId(), Version: int(q.GetVersion()), Edits: edits},
		scheduler.Command{Key: q.GetRequestId(), Reason: q.GetReason()})
	if err != nil {
		return nil, err
	}
	return &paybackv1.EditPlanResponse{Plan: planMessage(region, &d), Judgement: judgementMessage(&j)}, nil
}

// ListPlanChanges implements the RPC.
func (s planServer) ListPlanChanges(ctx context.Context, q *paybackv1.ListPlanChangesRequest) (*paybackv1.ListPlanChangesResponse, error) {
	at, err := cursorOf(q)
	if err != nil {
		return nil, err
	}
	region, err := s.region(ctx, q.GetRegion())
	if err != nil {
		return nil, err
	}
	found, err := s.office.PlanChanges(ctx, who(ctx), region, q.GetPlanId())
	if err != nil {
		return nil, err
	}
	all, sum, err := s.changes(found)
	if err != nil {
		return nil, err
	}
	if at.version == 0 {
		at.version = sum
	} else if at.version != sum {
		return nil, model.Errorf(model.CodeConflict, "found a plan that was changed while its changes were listed; begin again at the first page")
	}
	page, next, more := pageOf(all, at, q.GetPageSize())
	m := &paybackv1.ListPlanChangesResponse{Changes: page, NextPageToken: nextToken(next, more, q)}
	if q.GetIncludeTotalSize() {
		m.TotalSize = count(len(all))
	}
	return m, nil
}

// changes tells differences, and a number that another list of them does not have.
func (s planServer) changes(found []scheduler.Difference) ([]*paybackv1.PlanChange, uint64, error) {
	var all []*paybackv1.PlanChange
	h := sha256.New()
	for i := range found {
		m := s.wall.change(&found[i])
		body, err := proto.MarshalOptions{Deterministic: true}.Marshal(m)
		if err != nil {
			return nil, 0, err
		}
		h.Write(binary.AppendUvarint(nil, uint64(len(body))))
		h.Write(body)
		all = append(all, m)
	}
	return all, binary.BigEndian.Uint64(h.Sum(nil)) >> 1, nil // half of it is room enough, and keeps clear of the sign
}

// PublishPlan implements the RPC.
func (s planServer) PublishPlan(ctx context.Context, q *paybackv1.PublishPlanRequest) (*paybackv1.PublishPlanResponse, error) {
	region, err := s.region(ctx, q.GetRegion())
	if err != nil {
		return nil, err
	}
	p, err := s.office.PublishPlan(ctx, who(ctx), region, scheduler.PublishPlan{Draft: q.GetPlanId(), Version: int(q.GetVersion()), Partial: q.GetPartial()},
		scheduler.Command{Key: q.GetRequestId(), Reason: q.GetReason()})
	if err != nil {
		return nil, err
	}
	return &paybackv1.PublishPlanResponse{Version: versionMessage(&p.RosterVersion), Changes: count(p.Changes), LeftOut: count(p.LeftOut)}, nil
}
