package api_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"connectrpc.com/connect"
	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/api"
	paybackv1 "github.com/communitypayback/payback/api/gen/payback/v1"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
)

// knowing is an office with a plan that is published, and a client of it.
func knowing(t *testing.T) (*scheduler.Service, clients, string) {
	t.Helper()
	office := newOffice(t)
	c := wires()[0].clients(t, served(t, office, api.Options{}))
	imports(t, c)
	id := plans(t, c)
	edits(t, c, id)
	publishes(t, c, id)
	return office, c, id
}

// TestAPlanTellsHowGoodItIs asks for the bound, the prices, the witness and the certificate of a plan, and works the bound out again from
// the certificate alone.
func TestAPlanTellsHowGoodItIs(t *testing.T) {
	t.Parallel()
	searches(t)
	office, c, id := knowing(t)
	basic, err := c.plans.GetPlan(t.Context(), &paybackv1.GetPlanRequest{PlanId: id})
	require.NoError(t, err)
	b, value := basic.GetPlan().GetBound(), basic.GetPlan().GetSummary().GetValueMillipoints()
	require.Greater(t, b.GetMostMillipoints(), value)
	require.Positive(t, b.GetGapHundredthsPercent())
	require.Positive(t, b.GetGapTenthPlacements())
	require.Empty(t, basic.GetPrices())
	require.Nil(t, basic.GetLacking())

	full, err := c.plans.GetPlan(t.Context(), &paybackv1.GetPlanRequest{PlanId: id, View: paybackv1.PlanView_PLAN_VIEW_EXPLAINED})
	require.NoError(t, err)
	require.NotEmpty(t, full.GetRoster().GetAppointments())
	require.NotEmpty(t, full.GetPrices())
	require.Positive(t, full.GetLacking().GetWorkable())
	require.NotEmpty(t, full.GetLacking().GetSentences())

	prices, err := c.explain.ListShadowPrices(t.Context(), &paybackv1.ListShadowPricesRequest{Week: "2026-W49", Steps: 5})
	require.NoError(t, err)
	require.Greater(t, prices.GetBound().GetMostMillipoints(), value)
	for _, p := range prices.GetPrices() {
		require.GreaterOrEqual(t, p.GetAtMostMinutes(), p.GetWorthMinutes())
	}

	for name, q := range map[string]*paybackv1.GetCertificateRequest{"the plan": {PlanId: id}, "what is published": {Week: "2026-W49"}} {
		got, err := c.explain.GetCertificate(t.Context(), q)
		require.NoError(t, err, name)
		require.Equal(t, []any{value, b.GetMostMillipoints()}, []any{got.GetCertificate().GetValueMillipoints(), got.GetCertificate().GetBound().GetMostMillipoints()}, name)
		z, err := gzip.NewReader(bytes.NewReader(got.GetFile()))
		require.NoError(t, err)
		var proof scheduler.Certificate
		require.NoError(t, json.NewDecoder(z).Decode(&proof))
		full, err := office.Certificate(t.Context(), someone, got.GetCertificate().GetRegion(), scheduler.RosterRef{Draft: id})
		require.NoError(t, err)
		require.Equal(t, full.Snapshot.Digest().String(), proof.Input)
		p, err := solver.Compile(full.Snapshot, office.Constraints)
		require.NoError(t, err)
		week, err := p.Relaxed()
		require.NoError(t, err)
		require.Equal(t, proof.Bound, proof.Proves(week).Most, name)
	}
}

var someone = model.Principal{Name: "someone", Roles: model.Roles(), Regions: []string{model.AllRegions}}

func TestAPlanMadeByHandHasNoCertificate(t *testing.T) {
	t.Parallel()
	office, c, id := knowing(t)
	v, err := office.DraftView(t.Context(), someone, "Middle Vale", id)
	require.NoError(t, err)
	d, err := office.KeepDraft(t.Context(), someone, "Middle Vale", v.Roster, 0, scheduler.Command{Key: "hand"})
	require.NoError(t, err)
	got, err := c.plans.GetPlan(t.Context(), &paybackv1.GetPlanRequest{PlanId: d.ID})
	require.NoError(t, err)
	require.Nil(t, got.GetPlan().GetBound())
	_, err = c.explain.GetCertificate(t.Context(), &paybackv1.GetCertificateRequest{PlanId: d.ID})
	refusal, reason, _ := told(t, err)
	require.Equal(t, []any{connect.CodeNotFound, "UNKNOWN_REFERENCE"}, []any{refusal.Code(), reason})
}

// TestNightsRunsAndBacklogAreTold begins a night, waits for it, and looks at all that it left.
func TestNightsRunsAndBacklogAreTold(t *testing.T) {
	t.Parallel()
	searches(t)
	_, c, id := knowing(t)
	ctx := t.Context()
	begun, err := c.nights.StartNight(ctx, &paybackv1.StartNightRequest{Rounds: 1})
	require.NoError(t, err)
	name := begun.GetNight().GetNight()
	require.Equal(t, "2026-11-26", name)
	require.Equal(t, "someone", begun.GetNight().GetAskedBy())
	_, err = c.nights.StartNight(ctx, &paybackv1.StartNightRequest{Rounds: 1})
	refusal, reason, _ := told(t, err)
	require.Equal(t, []any{connect.CodeAborted, "ETAG_MISMATCH"}, []any{refusal.Code(), reason})

	var night *paybackv1.Night
	require.Eventually(t, func() bool {
		got, err := c.nights.GetNight(ctx, &paybackv1.GetNightRequest{Night: name})
		require.NoError(t, err)
		night = got.GetNight()
		return night.GetEndedAt() != nil
	}, time.Minute, 50*time.Millisecond)
	require.Contains(t, []string{"made", "published"}, night.GetState(), night.GetFailure())
	require.Len(t, night.GetInForce(), 1)
	require.NotEmpty(t, night.GetWeeks())
	first := night.GetWeeks()[0]
	require.NotEmpty(t, first.GetPlanId())
	require.NotNil(t, first.GapHundredthsPercent)
	require.NotEmpty(t, first.GetLacking())
	list, err := c.nights.ListNights(ctx, &paybackv1.ListNightsRequest{})
	require.NoError(t, err)
	require.Equal(t, night.String(), list.GetNights()[0].String())
	_, err = c.nights.GetNight(ctx, &paybackv1.GetNightRequest{Night: "2026-11-20"})
	require.Equal(t, connect.CodeNotFound, connect.CodeOf(err))

	var runs []*paybackv1.Run
	ask := &paybackv1.ListRunsRequest{PageSize: 2}
	for {
		page, err := c.runs.ListRuns(ctx, ask)
		require.NoError(t, err)
		runs = append(runs, page.GetRuns()...)
		if ask.PageToken = page.GetNextPageToken(); ask.GetPageToken() == "" {
			break
		}
	}
	require.Len(t, runs, 2+len(night.GetWeeks()))
	require.True(t, slices.ContainsFunc(runs, func(x *paybackv1.Run) bool { return x.GetRun() == id && x.GetState() == "made" }))
	again, err := c.runs.ReplayRun(ctx, &paybackv1.ReplayRunRequest{Run: id})
	require.NoError(t, err)
	require.True(t, again.GetSame())
	require.Equal(t, again.GetRun().GetResultDigest(), again.GetResultDigest())
	one, err := c.runs.GetRun(ctx, &paybackv1.GetRunRequest{Run: "night/" + name})
	require.NoError(t, err)
	require.Empty(t, one.GetRun().GetWeek())
	_, err = c.runs.ReplayRun(ctx, &paybackv1.ReplayRunRequest{Run: "night/" + name})
	require.Equal(t, connect.CodeInvalidArgument, connect.CodeOf(err))

	backlog, err := c.backlog.GetBacklog(ctx, &paybackv1.GetBacklogRequest{})
	require.NoError(t, err)
	require.Positive(t, backlog.GetMinutesLeft())
	require.Empty(t, backlog.GetPeople())
	whole, err := c.backlog.GetBacklog(ctx, &paybackv1.GetBacklogRequest{IncludePeople: true, IncludeDue: true})
	require.NoError(t, err)
	n := whole.GetCounts()
	require.Len(t, whole.GetPeople(), int(n.GetOnTrack()+n.GetAtRisk()+n.GetUnlikely()+n.GetPast()+n.GetIdle()))
	require.NotEmpty(t, whole.GetDue())
	days, err := c.backlog.ListBacklogDays(ctx, &paybackv1.ListBacklogDaysRequest{})
	require.NoError(t, err)
	require.Equal(t, backlog.GetMinutesLeft(), days.GetDays()[0].GetMinutesLeft(), "the night noted it")
}

// searches leaves a test that searches for plans out of a short run: under the race detector it would take minutes, and what an office
// does side by side is tried with the scheduler. CI runs it without the detector.
func searches(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("it searches for plans")
	}
}
