package api

import (
	"context"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
)

// Office is what the handlers ask. Every method takes who asks and the region, and gives a [model.Error] or a
// [scheduler.StaleError]; [scheduler.Service] says what each means. What it gives is only read.
type Office interface {
	Regions(ctx context.Context, who model.Principal) ([]string, error)
	DataOffice
	RosterOffice
	PlanOffice
	ExplainOffice
	RepairOffice
	NightOffice
	BacklogOffice
}

// DataOffice is what DataService asks.
type DataOffice interface {
	Facts(ctx context.Context, who model.Principal, region string) (*model.Facts, scheduler.DataVersion, error)
	Preview(ctx context.Context, who model.Principal, region string, q scheduler.ImportRequest) (scheduler.Preview, error)
	Import(ctx context.Context, who model.Principal, region string, q scheduler.ImportRequest, c scheduler.Command) (scheduler.DataVersion, error)
}

// RosterOffice is what RosterService asks.
type RosterOffice interface {
	Week(ctx context.Context, who model.Principal, region string, week model.Week, version int) (*scheduler.WeekView, error)
	Versions(ctx context.Context, who model.Principal, region string, week model.Week) ([]scheduler.RosterVersion, error)
}

// SearchOffice is what PlanService asks about searches.
type SearchOffice interface {
	CheckPlan(ctx context.Context, who model.Principal, region string, q scheduler.RunRequest) error
	CreatePlan(ctx context.Context, who model.Principal, region string, q scheduler.RunRequest, c scheduler.Command) (scheduler.Draft, error)
	WaitPlan(ctx context.Context, who model.Principal, region, id string) (scheduler.Draft, error)
	WatchPlan(ctx context.Context, who model.Principal, region, id string, after int, tell func(scheduler.RunEvent) error) error
	StopPlan(ctx context.Context, who model.Principal, region, id string) (scheduler.Draft, error)
}

// PlanOffice is what PlanService asks.
type PlanOffice interface {
	SearchOffice

	Draft(ctx context.Context, who model.Principal, region, id string) (scheduler.Draft, error)
	Drafts(ctx context.Context, who model.Principal, region string, week model.Week) ([]scheduler.Draft, error)
	DraftView(ctx context.Context, who model.Principal, region, id string) (*scheduler.DraftView, error)
	EditPlan(ctx context.Context, who model.Principal, region string, q scheduler.EditRequest, c scheduler.Command) (scheduler.Draft, scheduler.Judgement, error)
	PlanChanges(ctx context.Context, who model.Principal, region, id string) ([]scheduler.Difference, error)
	PublishPlan(ctx context.Context, who model.Principal, region string, q scheduler.PublishPlan, c scheduler.Command) (scheduler.PublishedPlan, error)
}

// ExplainOffice is what ExplainService and PeopleService ask.
type ExplainOffice interface {
	Explained(ctx context.Context, who model.Principal, region string, ref scheduler.RosterRef) (*scheduler.Explained, error)
	ExplainPerson(ctx context.Context, who model.Principal, region string, ref scheduler.RosterRef, crn model.CRN) (*scheduler.PersonExplained, *scheduler.Explained, error)
	ExplainAppointment(ctx context.Context, who model.Principal, region string, ref scheduler.RosterRef, crn model.CRN, session model.SessionKey) (*scheduler.AppointmentExplained, *scheduler.Explained, error)
	ExplainSession(ctx context.Context, who model.Principal, region string, ref scheduler.RosterRef, session model.SessionKey) (*scheduler.SessionExplained, *scheduler.Explained, error)
	ExplainRoster(ctx context.Context, who model.Principal, region string, ref scheduler.RosterRef) (*scheduler.RosterExplained, *scheduler.Explained, error)
	WhyNot(ctx context.Context, who model.Principal, region string, ref scheduler.RosterRef, crn model.CRN, sessions ...model.SessionKey) (*solver.Answer, *scheduler.Explained, error)
	ShadowPrices(ctx context.Context, who model.Principal, region string, ref scheduler.RosterRef, steps int) (*scheduler.ShadowPrices, *scheduler.Explained, error)
	Certificate(ctx context.Context, who model.Principal, region string, ref scheduler.RosterRef) (*scheduler.Certified, error)
	Rules(ctx context.Context, who model.Principal, region string, on model.Date) ([]scheduler.RuleExplained, error)
	Forecast(ctx context.Context, who model.Principal, region string, week model.Week, crn model.CRN) (*scheduler.Forecast, error)
}

// RepairOffice is what RecommendService and RepairService ask.
type RepairOffice interface {
	Recommend(ctx context.Context, who model.Principal, region string, ref scheduler.RosterRef, q scheduler.RecommendRequest) (*solver.Recommendation, *scheduler.Explained, error)
	Repair(ctx context.Context, who model.Principal, region string, q scheduler.RepairRequest) (*scheduler.Repairing, error)
	KeepRepair(ctx context.Context, who model.Principal, region string, q scheduler.RepairRequest, option int, seen model.Digest, c scheduler.Command) (scheduler.Draft, error)
}

// NightOffice is what NightService and RunService ask.
type NightOffice interface {
	Nights(ctx context.Context, who model.Principal, region string, limit int) ([]scheduler.Night, error)
	Night(ctx context.Context, who model.Principal, region, name string) (scheduler.Night, error)
	StartNight(ctx context.Context, who model.Principal, region string, q scheduler.NightRequest) (scheduler.Night, error)
	RunHistory(ctx context.Context, who model.Principal, region string, limit int) ([]scheduler.Run, error)
	Run(ctx context.Context, who model.Principal, region, name string) (scheduler.Run, error)
	Replay(ctx context.Context, who model.Principal, region, name string) (scheduler.Replayed, error)
}

// BacklogOffice is what BacklogService asks.
type BacklogOffice interface {
	Backlog(ctx context.Context, who model.Principal, region string) (*scheduler.Backlog, error)
	BacklogSeries(ctx context.Context, who model.Principal, region string) ([]scheduler.BacklogDay, error)
}

var _ Office = (*scheduler.Service)(nil)
