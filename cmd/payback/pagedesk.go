package main

import (
	"context"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// pageDesk answers pages as whoever uses the program on this machine.
type pageDesk struct{ *desk }

// Repair implements [web.Desk], as the methods below do.
func (d pageDesk) Repair(ctx context.Context, region string, q scheduler.RepairRequest) (*scheduler.Repairing, error) {
	return d.desk.Repair(ctx, d.who, region, q)
}

func (d pageDesk) KeepRepair(ctx context.Context, region string, q scheduler.RepairRequest, option int, seen model.Digest, c scheduler.Command) (scheduler.Draft, error) {
	return d.desk.KeepRepair(ctx, d.who, region, q, option, seen, c)
}

func (d pageDesk) ShadowPrices(ctx context.Context, region string, ref scheduler.RosterRef, steps int) (*scheduler.ShadowPrices, *scheduler.Explained, error) {
	return d.desk.ShadowPrices(ctx, d.who, region, ref, steps)
}

func (d pageDesk) Certificate(ctx context.Context, region string, ref scheduler.RosterRef) (*scheduler.Certified, error) {
	return d.desk.Certificate(ctx, d.who, region, ref)
}

func (d pageDesk) Draft(ctx context.Context, region, id string) (scheduler.Draft, error) {
	return d.desk.Draft(ctx, d.who, region, id)
}

func (d pageDesk) Drafts(ctx context.Context, region string, week model.Week) ([]scheduler.Draft, error) {
	return d.desk.Drafts(ctx, d.who, region, week)
}

func (d pageDesk) PlanChanges(ctx context.Context, region, id string) ([]scheduler.Difference, error) {
	return d.desk.PlanChanges(ctx, d.who, region, id)
}

func (d pageDesk) RunHistory(ctx context.Context, region string, limit int) ([]scheduler.Run, error) {
	return d.desk.RunHistory(ctx, d.who, region, limit)
}

func (d pageDesk) StopPlan(ctx context.Context, region, id string) (scheduler.Draft, error) {
	return d.desk.StopPlan(ctx, d.who, region, id)
}

func (d pageDesk) StartNight(ctx context.Context, region string, again bool) (scheduler.Night, error) {
	return d.desk.StartNight(ctx, d.who, region, scheduler.NightRequest{Again: again, Inbox: d.inbox})
}
