package api_test

import (
	"strings"
	"testing"

	"connectrpc.com/connect"
	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/api"
	paybackv1 "github.com/communitypayback/payback/api/gen/payback/v1"
	"github.com/communitypayback/payback/benchmarks/instance"
)

// TestAWeekIsPlannedOverEveryProtocol goes from files to a published week and out again, as a system would.
func TestAWeekIsPlannedOverEveryProtocol(t *testing.T) {
	t.Parallel()
	for _, w := range wires() {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			c := w.clients(t, served(t, newOffice(t), api.Options{}))
			imports(t, c)
			id := plans(t, c)
			edits(t, c, id)
			publishes(t, c, id)
			looks(t, c)
		})
	}
}

func imports(t *testing.T, c clients) {
	t.Helper()
	ctx := t.Context()
	checked, err := c.data.CheckImport(ctx, &paybackv1.CheckImportRequest{Region: instance.Region, Files: files(t)})
	require.NoError(t, err)
	report := checked.GetReport()
	require.Zero(t, report.GetProblemCount(), report)
	require.False(t, report.GetRefused())
	require.Zero(t, report.GetDataVersion())
	require.NotEmpty(t, report.GetKinds())
	require.Len(t, report.GetDigest(), 64)

	apply := &paybackv1.ApplyImportRequest{Region: instance.Region, Files: files(t), RequestId: uuid(1), ValidateOnly: true}
	dry, err := c.data.ApplyImport(ctx, apply)
	require.NoError(t, err)
	require.Nil(t, dry.GetDataVersion())
	require.Equal(t, report.GetDigest(), dry.GetReport().GetDigest())

	apply.ValidateOnly = false
	made, err := c.data.ApplyImport(ctx, apply)
	require.NoError(t, err)
	require.Equal(t, int32(1), made.GetDataVersion().GetVersion())
	require.Equal(t, int32(40), made.GetDataVersion().GetPeople())
	require.Equal(t, "someone", made.GetDataVersion().GetMadeBy())
	again, err := c.data.ApplyImport(ctx, apply)
	require.NoError(t, err)
	require.Equal(t, made.GetDataVersion().String(), again.GetDataVersion().String(), "a repeat has one effect")

	// Files may hold a part of what the region has, and refer to the rest.
	part := []*paybackv1.DataFile{{Name: "pick_up_locations.csv", Content: []byte("code,name,latitude,longitude\nNEW1,Station,north,0\n")}}
	checked, err = c.data.CheckImport(ctx, &paybackv1.CheckImportRequest{Files: part})
	require.NoError(t, err)
	require.Equal(t, int32(1), checked.GetReport().GetDataVersion())
	require.NotZero(t, checked.GetReport().GetProblemCount())
	require.False(t, checked.GetReport().GetRefused())
	problem := checked.GetReport().GetFiles()[0].GetProblems()[0]
	require.Equal(t, []any{"latitude", int32(2), "C"}, []any{problem.GetColumn(), problem.GetRow(), problem.GetColumnLetter()})
	require.NotEmpty(t, problem.GetWhat())
}

func plans(t *testing.T, c clients) string {
	t.Helper()
	ctx := t.Context()
	ask := &paybackv1.CreatePlanRequest{Week: "2026-W49", Seed: 1, Rounds: 3, RequestId: uuid(2), ValidateOnly: true}
	dry, err := c.plans.CreatePlan(ctx, ask)
	require.NoError(t, err)
	require.Nil(t, dry.GetPlan())
	ask.Weights = []*paybackv1.AskedWeight{{Rule: "supervision", Percent: 50}}
	_, err = c.plans.CreatePlan(ctx, ask)
	require.ErrorContains(t, err, "expected a priced rule")
	ask.Weights[0].Rule, ask.ValidateOnly = "reserve", false
	made, err := c.plans.CreatePlan(ctx, ask)
	require.NoError(t, err)
	id := made.GetPlan().GetPlanId()
	require.NotEmpty(t, id)
	require.Equal(t, instance.Region, made.GetPlan().GetRegion())

	stream, err := c.plans.WatchPlan(ctx, &paybackv1.WatchPlanRequest{PlanId: id})
	require.NoError(t, err)
	var all []*paybackv1.WatchPlanResponse
	for stream.Receive() {
		all = append(all, stream.Msg())
	}
	require.NoError(t, stream.Err())
	require.NoError(t, stream.Close())
	require.GreaterOrEqual(t, len(all), 2)
	require.NotNil(t, all[0].GetPlan())
	last := all[len(all)-1]
	require.True(t, last.GetLast())
	require.Equal(t, paybackv1.PlanState_PLAN_STATE_SUCCEEDED, last.GetState())
	require.Positive(t, last.GetPlan().GetSummary().GetPeople())
	require.Len(t, made.GetPlan().GetPriceEffects(), 1)
	effect := last.GetPlan().GetPriceEffects()[0]
	require.Equal(t, []any{"reserve", "reserve.duty", int64(45_000), int64(90_000)},
		[]any{effect.GetRule(), effect.GetClause(), effect.GetAsked(), effect.GetUsual()})
	require.Equal(t, effect.GetUsualCostMillipoints(), 2*effect.GetCostMillipoints())
	for i, e := range all[1:] {
		require.GreaterOrEqual(t, e.GetSequence(), all[i].GetSequence())
		require.Equal(t, i == len(all)-2, e.GetLast())
	}

	got, err := c.plans.GetPlan(ctx, &paybackv1.GetPlanRequest{PlanId: id, WaitSeconds: 30, View: paybackv1.PlanView_PLAN_VIEW_FULL})
	require.NoError(t, err)
	require.True(t, got.GetPlan().GetUsable())
	require.NotEmpty(t, got.GetRoster().GetAppointments())
	require.Equal(t, "Europe/London", got.GetRoster().GetZone())
	require.Zero(t, got.GetRoster().GetVersion())
	require.Empty(t, got.GetJudgement().GetMustFix())
	require.NotEmpty(t, got.GetJudgement().GetPrices())
	stopped, err := c.plans.StopPlan(ctx, &paybackv1.StopPlanRequest{PlanId: id})
	require.NoError(t, err)
	require.Equal(t, paybackv1.PlanState_PLAN_STATE_SUCCEEDED, stopped.GetPlan().GetState(), "what is over stays as it is")
	list, err := c.plans.ListPlans(ctx, &paybackv1.ListPlansRequest{Week: "2026-W49"})
	require.NoError(t, err)
	require.Len(t, list.GetPlans(), 1)
	require.Empty(t, list.GetNextPageToken())
	return id
}

func edits(t *testing.T, c clients, id string) {
	t.Helper()
	ctx := t.Context()
	got, err := c.plans.GetPlan(ctx, &paybackv1.GetPlanRequest{PlanId: id, View: paybackv1.PlanView_PLAN_VIEW_FULL})
	require.NoError(t, err)
	version := got.GetPlan().GetVersion()
	a := got.GetRoster().GetAppointments()[0]
	pin := &paybackv1.Edit{Edit: &paybackv1.Edit_Pin{Pin: &paybackv1.PersonFrom{Crn: a.GetCrn(), FromSession: a.GetSession()}}}
	edited, err := c.plans.EditPlan(ctx, &paybackv1.EditPlanRequest{PlanId: id, Version: version, RequestId: uuid(3), Edits: []*paybackv1.Edit{pin}})
	require.NoError(t, err)
	require.Equal(t, version+1, edited.GetPlan().GetVersion())
	require.Equal(t, int32(1), edited.GetPlan().GetEdits())
	require.NotNil(t, edited.GetJudgement())
	_, err = c.plans.EditPlan(ctx, &paybackv1.EditPlanRequest{PlanId: id, Version: version, RequestId: uuid(4), Edits: []*paybackv1.Edit{pin}})
	refusal, reason, _ := told(t, err)
	require.Equal(t, connect.CodeAborted, refusal.Code())
	require.Equal(t, "ETAG_MISMATCH", reason)

	var changes []*paybackv1.PlanChange
	ask := &paybackv1.ListPlanChangesRequest{PlanId: id, PageSize: 10, IncludeTotalSize: true}
	for {
		page, err := c.plans.ListPlanChanges(ctx, ask)
		require.NoError(t, err)
		changes = append(changes, page.GetChanges()...)
		if ask.PageToken = page.GetNextPageToken(); page.GetNextPageToken() == "" {
			require.Len(t, changes, int(page.GetTotalSize()))
			break
		}
	}
	require.Equal(t, paybackv1.Part_PART_PERSON, changes[0].GetPart())
	require.Equal(t, paybackv1.ChangeKind_CHANGE_KIND_ADDED, changes[0].GetKind())
	require.NotEmpty(t, changes[0].GetAppointment().GetStartTime())
}

func publishes(t *testing.T, c clients, id string) {
	t.Helper()
	ctx := t.Context()
	got, err := c.plans.GetPlan(ctx, &paybackv1.GetPlanRequest{PlanId: id})
	require.NoError(t, err)
	require.Nil(t, got.GetRoster(), "nobody asked for it")
	out, err := c.data.Export(ctx, &paybackv1.ExportRequest{Source: &paybackv1.ExportRequest_PlanId{PlanId: id}})
	require.NoError(t, err)
	require.Len(t, out.GetFiles(), 3)
	ask := &paybackv1.PublishPlanRequest{PlanId: id, Version: got.GetPlan().GetVersion(), RequestId: uuid(5)}
	made, err := c.plans.PublishPlan(ctx, ask)
	require.NoError(t, err)
	require.Equal(t, int32(1), made.GetVersion().GetVersion())
	require.Positive(t, made.GetChanges())
	require.Zero(t, made.GetLeftOut())
	again, err := c.plans.PublishPlan(ctx, ask)
	require.NoError(t, err)
	require.Equal(t, made.String(), again.String())
	ask.Partial = true
	_, err = c.plans.PublishPlan(ctx, ask)
	refusal, reason, _ := told(t, err)
	require.Equal(t, connect.CodeFailedPrecondition, refusal.Code())
	require.Equal(t, "REQUEST_ID_REUSED", reason)
}

func looks(t *testing.T, c clients) {
	t.Helper()
	ctx := t.Context()
	roster, err := c.rosters.GetRoster(ctx, &paybackv1.GetRosterRequest{Week: "2026-W49"})
	require.NoError(t, err)
	require.Equal(t, int32(1), roster.GetRoster().GetVersion())
	require.Empty(t, roster.GetMustFix())
	require.NotNil(t, roster.GetAsOf())

	sessions, err := c.rosters.ListSessions(ctx, &paybackv1.ListSessionsRequest{Week: "2026-W49", PageSize: 2, IncludeTotalSize: true})
	require.NoError(t, err)
	require.Len(t, sessions.GetSessions(), 2)
	require.Greater(t, sessions.GetTotalSize(), int32(2))
	first := sessions.GetSessions()[0]
	require.Positive(t, first.GetPlaces())
	require.NotEmpty(t, first.GetEndTime())
	one, err := c.rosters.GetSession(ctx, &paybackv1.GetSessionRequest{Session: first.GetSession()})
	require.NoError(t, err)
	require.Equal(t, first.String(), one.GetSession().String())
	require.Len(t, one.GetAppointments(), int(first.GetBooked()))
	day, err := c.rosters.ListSessions(ctx, &paybackv1.ListSessionsRequest{Week: "2026-W49", Date: first.GetDate(), ProjectCode: first.GetProjectCode()})
	require.NoError(t, err)
	require.NotEmpty(t, day.GetSessions())

	crn := roster.GetRoster().GetAppointments()[0].GetCrn()
	mine, err := c.rosters.ListAppointments(ctx, &paybackv1.ListAppointmentsRequest{Week: "2026-W49", Crn: crn})
	require.NoError(t, err)
	require.NotEmpty(t, mine.GetAppointments())
	for _, a := range mine.GetAppointments() {
		require.Equal(t, crn, a.GetCrn())
	}
	there, err := c.rosters.ListAppointments(ctx, &paybackv1.ListAppointmentsRequest{Week: "2026-W49", Session: first.GetSession()})
	require.NoError(t, err)
	require.Len(t, there.GetAppointments(), int(first.GetBooked()))
	versions, err := c.rosters.ListRosterVersions(ctx, &paybackv1.ListRosterVersionsRequest{Week: "2026-W49"})
	require.NoError(t, err)
	require.Len(t, versions.GetVersions(), 1)
	require.Equal(t, "someone", versions.GetVersions()[0].GetPublishedBy())

	out, err := c.data.Export(ctx, &paybackv1.ExportRequest{Source: &paybackv1.ExportRequest_Published{Published: &paybackv1.PublishedWeek{Week: "2026-W49"}}})
	require.NoError(t, err)
	require.Len(t, out.GetFiles(), 2)
	require.Equal(t, len(roster.GetRoster().GetAppointments())+1, strings.Count(string(out.GetFiles()[0].GetContent()), "\n"))
}
