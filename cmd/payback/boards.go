package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/communitypayback/payback/api/web"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
)

// boards gives pages the weeks of the record: what is published, or else the newest plan.
type boards struct{ *desk }

// Week implements [web.Source].
func (b *boards) Week(ctx context.Context, region string, week model.Week) (*web.Week, error) {
	page, err := b.week(ctx, region, week)
	if err != nil {
		return nil, err
	}
	news, away := b.NightNews(ctx, b.who, region)
	if away != nil && !b.lost() { // while the record is away, the notice says so
		return nil, away
	}
	page.Night, page.NightBad = news.Text, news.Bad
	return page, nil
}

func (b *boards) week(ctx context.Context, region string, week model.Week) (*web.Week, error) {
	drafts, away := b.Drafts(ctx, b.who, region, week)
	if away != nil && !b.lost() {
		return nil, away
	}
	var newest *scheduler.Draft
	for i := range drafts {
		if drafts[i].Usable() {
			newest = &drafts[i]
			break
		}
	}
	w, err := b.desk.Week(ctx, b.who, region, week, 0)
	var e *model.Error
	switch {
	case err == nil:
		return b.published(ctx, region, w, newest)
	case errors.As(err, &e) && e.Code == model.CodeNotFound && newest != nil:
		return b.draft(ctx, region, newest.ID)
	case away != nil: // nothing is published, and whether there is a plan nobody knows
		return nil, away
	}
	return nil, err
}

func (b *boards) published(ctx context.Context, region string, w *scheduler.WeekView, newest *scheduler.Draft) (*web.Week, error) {
	p := w.Published
	page := &web.Week{Snapshot: w.Snapshot, Roster: w.Roster, Violations: w.Violations, Version: p.Version,
		State: strings.TrimSpace(fmt.Sprintf("Published %s by %s. %s", clockOf(p.At, b.Policy.Name), p.Who, b.asKnown()))}
	if newest != nil && newest.ID != p.Draft && newest.At.After(p.At) {
		all, err := b.PlanChanges(ctx, b.who, region, newest.ID)
		if err != nil {
			return nil, err
		}
		page.Draft = fmt.Sprintf("A newer plan has %s that nobody was told yet.", count(len(all), "change"))
	}
	return page, nil
}

func (b *boards) draft(ctx context.Context, region, id string) (*web.Week, error) {
	v, err := b.DraftView(ctx, b.who, region, id)
	if err != nil {
		return nil, err
	}
	return &web.Week{Snapshot: v.Snapshot, Roster: v.Roster, Violations: solver.Check(v.Snapshot, v.Roster, b.Constraints),
		State: fmt.Sprintf("Plan of %s. Nothing is published: nobody was told yet.", clockOf(v.At, b.Policy.Name))}, nil
}
