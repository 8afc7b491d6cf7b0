package api_test

import (
	"context"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
)

// fake is an office whose answers a test writes. What it leaves out is not found.
type fake struct {
	regions  []string
	facts    func() (*model.Facts, scheduler.DataVersion, error)
	preview  func(scheduler.ImportRequest) (scheduler.Preview, error)
	imports  func(scheduler.ImportRequest, scheduler.Command) (scheduler.DataVersion, error)
	week     func(model.Week, int) (*scheduler.WeekView, error)
	versions func() ([]scheduler.RosterVersion, error)
	create   func(scheduler.RunRequest, scheduler.Command) (scheduler.Draft, error)
	draft    func() (scheduler.Draft, error)
	drafts   func() ([]scheduler.Draft, error)
	view     func() (*scheduler.DraftView, error)
	wait     func(context.Context) (scheduler.Draft, error)
	watch    func(context.Context, int, func(scheduler.RunEvent) error) error
	stop     func() (scheduler.Draft, error)
	edit     func(scheduler.EditRequest, scheduler.Command) (scheduler.Draft, scheduler.Judgement, error)
	changes  func() ([]scheduler.Difference, error)
	nights   []scheduler.Night
	publish  func(scheduler.PublishPlan, scheduler.Command) (scheduler.PublishedPlan, error)
}

func nothing() error { return model.Errorf(model.CodeNotFound, "found nothing") }

func (f *fake) Regions(context.Context, model.Principal) ([]string, error) { return f.regions, nil }

func (f *fake) Facts(context.Context, model.Principal, string) (*model.Facts, scheduler.DataVersion, error) {
	if f.facts == nil {
		return nil, scheduler.DataVersion{}, nothing()
	}
	return f.facts()
}

func (f *fake) Preview(_ context.Context, _ model.Principal, _ string, q scheduler.ImportRequest) (scheduler.Preview, error) {
	if f.preview == nil {
		return scheduler.Preview{}, nothing()
	}
	return f.preview(q)
}

func (f *fake) Import(_ context.Context, _ model.Principal, _ string, q scheduler.ImportRequest, c scheduler.Command) (scheduler.DataVersion, error) {
	if f.imports == nil {
		return scheduler.DataVersion{}, nothing()
	}
	return f.imports(q, c)
}

func (f *fake) Week(_ context.Context, _ model.Principal, _ string, w model.Week, version int) (*scheduler.WeekView, error) {
	if f.week == nil {
		return nil, nothing()
	}
	return f.week(w, version)
}

func (f *fake) Versions(context.Context, model.Principal, string, model.Week) ([]scheduler.RosterVersion, error) {
	if f.versions == nil {
		return nil, nothing()
	}
	return f.versions()
}

func (f *fake) CheckPlan(context.Context, model.Principal, string, scheduler.RunRequest) error {
	return nil
}

func (f *fake) CreatePlan(_ context.Context, _ model.Principal, _ string, q scheduler.RunRequest, c scheduler.Command) (scheduler.Draft, error) {
	if f.create == nil {
		return scheduler.Draft{}, nothing()
	}
	return f.create(q, c)
}

func (f *fake) Draft(context.Context, model.Principal, string, string) (scheduler.Draft, error) {
	if f.draft == nil {
		return scheduler.Draft{}, nothing()
	}
	return f.draft()
}

func (f *fake) Drafts(context.Context, model.Principal, string, model.Week) ([]scheduler.Draft, error) {
	if f.drafts == nil {
		return nil, nothing()
	}
	return f.drafts()
}

func (f *fake) DraftView(context.Context, model.Principal, string, string) (*scheduler.DraftView, error) {
	if f.view == nil {
		return nil, nothing()
	}
	return f.view()
}

func (f *fake) WaitPlan(ctx context.Context, _ model.Principal, _, _ string) (scheduler.Draft, error) {
	if f.wait == nil {
		return scheduler.Draft{}, nothing()
	}
	return f.wait(ctx)
}

func (f *fake) WatchPlan(ctx context.Context, _ model.Principal, _, _ string, after int, tell func(scheduler.RunEvent) error) error {
	if f.watch == nil {
		return nothing()
	}
	return f.watch(ctx, after, tell)
}

func (f *fake) StopPlan(context.Context, model.Principal, string, string) (scheduler.Draft, error) {
	if f.stop == nil {
		return scheduler.Draft{}, nothing()
	}
	return f.stop()
}

func (f *fake) EditPlan(_ context.Context, _ model.Principal, _ string, q scheduler.EditRequest, c scheduler.Command) (scheduler.Draft, scheduler.Judgement, error) {
	if f.edit == nil {
		return scheduler.Draft{}, scheduler.Judgement{}, nothing()
	}
	return f.edit(q, c)
}

func (f *fake) PlanChanges(context.Context, model.Principal, string, string) ([]scheduler.Difference, error) {
	if f.changes == nil {
		return nil, nothing()
	}
	return f.changes()
}

func (f *fake) PublishPlan(_ context.Context, _ model.Principal, _ string, q scheduler.PublishPlan, c scheduler.Command) (scheduler.PublishedPlan, error) {
	if f.publish == nil {
		return scheduler.PublishedPlan{}, nothing()
	}
	return f.publish(q, c)
}

func (*fake) Explained(context.Context, model.Principal, string, scheduler.RosterRef) (*scheduler.Explained, error) {
	return nil, nothing()
}

func (*fake) ExplainPerson(context.Context, model.Principal, string, scheduler.RosterRef, model.CRN) (*scheduler.PersonExplained, *scheduler.Explained, error) {
	return nil, nil, nothing()
}

func (*fake) ExplainAppointment(context.Context, model.Principal, string, scheduler.RosterRef, model.CRN, model.SessionKey) (*scheduler.AppointmentExplained, *scheduler.Explained, error) {
	return nil, nil, nothing()
}

func (*fake) ExplainSession(context.Context, model.Principal, string, scheduler.RosterRef, model.SessionKey) (*scheduler.SessionExplained, *scheduler.Explained, error) {
	return nil, nil, nothing()
}

func (*fake) ExplainRoster(context.Context, model.Principal, string, scheduler.RosterRef) (*scheduler.RosterExplained, *scheduler.Explained, error) {
	return nil, nil, nothing()
}

func (*fake) WhyNot(context.Context, model.Principal, string, scheduler.RosterRef, model.CRN, ...model.SessionKey) (*solver.Answer, *scheduler.Explained, error) {
	return nil, nil, nothing()
}

func (*fake) Recommend(context.Context, model.Principal, string, scheduler.RosterRef, scheduler.RecommendRequest) (*solver.Recommendation, *scheduler.Explained, error) {
	return nil, nil, nothing()
}

func (*fake) Repair(context.Context, model.Principal, string, scheduler.RepairRequest) (*scheduler.Repairing, error) {
	return nil, nothing()
}

func (*fake) KeepRepair(context.Context, model.Principal, string, scheduler.RepairRequest, int, model.Digest, scheduler.Command) (scheduler.Draft, error) {
	return scheduler.Draft{}, nothing()
}

func (*fake) Rules(context.Context, model.Principal, string, model.Date) ([]scheduler.RuleExplained, error) {
	return nil, nothing()
}

func (*fake) Forecast(context.Context, model.Principal, string, model.Week, model.CRN) (*scheduler.Forecast, error) {
	return nil, nothing()
}

func (*fake) ShadowPrices(context.Context, model.Principal, string, scheduler.RosterRef, int) (*scheduler.ShadowPrices, *scheduler.Explained, error) {
	return nil, nil, nothing()
}

func (*fake) Certificate(context.Context, model.Principal, string, scheduler.RosterRef) (*scheduler.Certified, error) {
	return nil, nothing()
}

func (f *fake) Nights(context.Context, model.Principal, string, int) ([]scheduler.Night, error) {
	return f.nights, nil
}

func (*fake) Night(context.Context, model.Principal, string, string) (scheduler.Night, error) {
	return scheduler.Night{}, nothing()
}

func (*fake) StartNight(context.Context, model.Principal, string, scheduler.NightRequest) (scheduler.Night, error) {
	return scheduler.Night{}, nothing()
}

func (*fake) RunHistory(context.Context, model.Principal, string, int) ([]scheduler.Run, error) {
	return nil, nothing()
}

func (*fake) Run(context.Context, model.Principal, string, string) (scheduler.Run, error) {
	return scheduler.Run{}, nothing()
}

func (*fake) Replay(context.Context, model.Principal, string, string) (scheduler.Replayed, error) {
	return scheduler.Replayed{}, nothing()
}

func (*fake) Backlog(context.Context, model.Principal, string) (*scheduler.Backlog, error) {
	return nil, nothing()
}

func (*fake) BacklogSeries(context.Context, model.Principal, string) ([]scheduler.BacklogDay, error) {
	return nil, nothing()
}
