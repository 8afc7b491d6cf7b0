package storetest_test

import (
	"errors"
	"reflect"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// permission is a method of the office, who may call it, and a call of it.
type permission struct {
	roles []model.Role
	call  func(*scheduler.Service, model.Principal, string) error
}

var (
	anyone   = model.Roles()
	managers = []model.Role{model.RosterManager}
	planners = []model.Role{model.RosterManager, model.Planner}
	takers   = []model.Role{model.RosterManager, model.Integrator}
	auditors = []model.Role{model.Auditor}
)

// permissions has a row for every method of the office that is asked for a region.
func permissions() map[string]permission {
	one := func(_ any, err error) error { return err }
	two := func(_, _ any, err error) error { return err }
	ref := scheduler.RosterRef{Week: week}
	type s = scheduler.Service
	type p = model.Principal
	return map[string]permission{
		"Preview": {takers, func(s *s, who p, region string) error {
			return one(s.Preview(ctx, who, region, scheduler.ImportRequest{}))
		}},
		"Import": {takers, func(s *s, who p, region string) error {
			return one(s.Import(ctx, who, region, scheduler.ImportRequest{}, command("k")))
		}},
		"Facts":    {anyone, func(s *s, who p, region string) error { return two(s.Facts(ctx, who, region)) }},
		"Snapshot": {anyone, func(s *s, who p, region string) error { return two(s.Snapshot(ctx, who, region, week)) }},
		"Roster":   {anyone, func(s *s, who p, region string) error { return two(s.Roster(ctx, who, region, week, 0)) }},
		"Versions": {anyone, func(s *s, who p, region string) error { return one(s.Versions(ctx, who, region, week)) }},
		"Weeks":    {anyone, func(s *s, who p, region string) error { return one(s.Weeks(ctx, who, region)) }},
		"Week":     {anyone, func(s *s, who p, region string) error { return one(s.Week(ctx, who, region, week, 0)) }},
		"AttendanceReport": {[]model.Role{model.RosterManager, model.Auditor}, func(s *s, who p, region string) error {
			return one(s.AttendanceReport(ctx, who, region, week, 6))
		}},
		"Backlog":       {anyone, func(s *s, who p, region string) error { return one(s.Backlog(ctx, who, region)) }},
		"BacklogSeries": {anyone, func(s *s, who p, region string) error { return one(s.BacklogSeries(ctx, who, region)) }},
		"KeepBacklog":   {planners, func(s *s, who p, region string) error { return one(s.KeepBacklog(ctx, who, region, command("k"))) }},
		"Forecast": {anyone, func(s *s, who p, region string) error {
			return one(s.Forecast(ctx, who, region, week, "X000001"))
		}},
		"Explained": {anyone, func(s *s, who p, region string) error { return one(s.Explained(ctx, who, region, ref)) }},
		"ExplainPerson": {anyone, func(s *s, who p, region string) error {
			return two(s.ExplainPerson(ctx, who, region, ref, "X000001"))
		}},
		"ExplainAppointment": {anyone, func(s *s, who p, region string) error {
			return two(s.ExplainAppointment(ctx, who, region, ref, "X000001", model.SessionKey{}))
		}},
		"ExplainSession": {anyone, func(s *s, who p, region string) error {
			return two(s.ExplainSession(ctx, who, region, ref, model.SessionKey{}))
		}},
		"ExplainRoster": {anyone, func(s *s, who p, region string) error { return two(s.ExplainRoster(ctx, who, region, ref)) }},
		"WhyNot":        {anyone, func(s *s, who p, region string) error { return two(s.WhyNot(ctx, who, region, ref, "X000001")) }},
		"Rules":         {anyone, func(s *s, who p, region string) error { return one(s.Rules(ctx, who, region, 0)) }},
		"Draft":         {anyone, func(s *s, who p, region string) error { return one(s.Draft(ctx, who, region, "p_0")) }},
		"Drafts":        {anyone, func(s *s, who p, region string) error { return one(s.Drafts(ctx, who, region, week)) }},
		"DraftView": {anyone, func(s *s, who p, region string) error {
			return one(s.DraftView(ctx, who, region, "p_0"))
		}},
		"PlanChanges": {anyone, func(s *s, who p, region string) error {
			return one(s.PlanChanges(ctx, who, region, "p_0"))
		}},
		"KeepDraft": {managers, func(s *s, who p, region string) error {
			return one(s.KeepDraft(ctx, who, region, nil, 0, command("k")))
		}},
		"Recommend": {anyone, func(s *s, who p, region string) error {
			return two(s.Recommend(ctx, who, region, ref, scheduler.RecommendRequest{Kind: scheduler.BestSessions, CRN: "X000001", Want: 1}))
		}},
		"Repair": {planners, func(s *s, who p, region string) error {
			return one(s.Repair(ctx, who, region, scheduler.RepairRequest{Week: week}))
		}},
		"KeepRepair": {managers, func(s *s, who p, region string) error {
			return one(s.KeepRepair(ctx, who, region, scheduler.RepairRequest{Week: week}, 0, model.Digest{}, command("k")))
		}},
		"EditPlan": {managers, func(s *s, who p, region string) error {
			return two(s.EditPlan(ctx, who, region, scheduler.EditRequest{}, command("k")))
		}},
		"CreatePlan": {planners, func(s *s, who p, region string) error {
			return one(s.CreatePlan(ctx, who, region, scheduler.RunRequest{}, command("k")))
		}},
		"CheckPlan": {planners, func(s *s, who p, region string) error {
			return s.CheckPlan(ctx, who, region, scheduler.RunRequest{})
		}},
		"StopPlan": {planners, func(s *s, who p, region string) error { return one(s.StopPlan(ctx, who, region, "p_0")) }},
		"WaitPlan": {anyone, func(s *s, who p, region string) error { return one(s.WaitPlan(ctx, who, region, "p_0")) }},
		"WatchPlan": {anyone, func(s *s, who p, region string) error {
			return s.WatchPlan(ctx, who, region, "p_0", 0, func(scheduler.RunEvent) error { return nil })
		}},
		"PublishPlan": {[]model.Role{model.Publisher}, func(s *s, who p, region string) error {
			return one(s.PublishPlan(ctx, who, region, scheduler.PublishPlan{}, command("k")))
		}},
		"RunNight": {planners, func(s *s, who p, region string) error {
			return one(s.RunNight(ctx, who, region, scheduler.NightRequest{}))
		}},
		"StartNight": {planners, func(s *s, who p, region string) error {
			return one(s.StartNight(ctx, who, region, scheduler.NightRequest{}))
		}},
		"ShadowPrices": {anyone, func(s *s, who p, region string) error { return two(s.ShadowPrices(ctx, who, region, ref, 1)) }},
		"Certificate":  {anyone, func(s *s, who p, region string) error { return one(s.Certificate(ctx, who, region, ref)) }},
		"Run":          {anyone, func(s *s, who p, region string) error { return one(s.Run(ctx, who, region, "p_0")) }},
		"Nights":       {anyone, func(s *s, who p, region string) error { return one(s.Nights(ctx, who, region, 1)) }},
		"Night":        {anyone, func(s *s, who p, region string) error { return one(s.Night(ctx, who, region, "2026-12-01")) }},
		"NightNews":    {anyone, func(s *s, who p, region string) error { return one(s.NightNews(ctx, who, region)) }},
		"RunHistory":   {anyone, func(s *s, who p, region string) error { return one(s.RunHistory(ctx, who, region, 1)) }},
		"Replay":       {planners, func(s *s, who p, region string) error { return one(s.Replay(ctx, who, region, "p_0")) }},
		"Audit":        {auditors, func(s *s, who p, region string) error { return one(s.Audit(ctx, who, region, 0, 1)) }},
		"VerifyAudit": {auditors, func(s *s, who p, region string) error {
			return two(s.VerifyAudit(ctx, who, region))
		}},
	}
}

func TestEveryMethodKeepsToItsRolesAndRegions(t *testing.T) {
	t.Parallel()
	methods := permissions()
	service := reflect.TypeFor[*scheduler.Service]()
	for method := range service.Methods() {
		if name := method.Name; name != "Regions" { // has a test of its own
			require.Contains(t, methods, name, "a new method needs a row that says who may call it")
		}
	}
	require.Len(t, methods, service.NumMethod()-1)
	d := newDesk(t)
	s := d.s
	code := func(err error) model.Code {
		if e, ok := errors.AsType[*model.Error](err); ok {
			return e.Code
		}
		return ""
	}
	missing := code(methods["Facts"].call(s, everybody("Nowhere"), "Nowhere"))
	require.Equal(t, model.CodeNotFound, missing)
	for name, m := range methods {
		for _, role := range append(model.Roles(), "", "emperor") {
			who := model.Principal{Name: "x", Roles: []model.Role{role}, Regions: d.who.Regions}
			got := code(m.call(s, who, d.region))
			if slices.Contains(m.roles, role) {
				require.NotEqual(t, model.CodeForbidden, got, "%s refuses the role %q", name, role)
			} else {
				require.Equal(t, model.CodeForbidden, got, "%s allows the role %q", name, role)
			}
			who.Regions = []string{"Nowhere"}
			elsewhere := m.call(s, who, d.region)
			require.Equal(t, model.CodeNotFound, code(elsewhere), "%s tells the role %q of a region of others", name, role)
			require.Equal(t, m.call(s, who, "Unknown"), elsewhere, "%s tells regions of others from none", name)
			who.Regions, who.Name = d.who.Regions, ""
			require.Equal(t, model.CodeNotFound, code(m.call(s, who, d.region)), "%s answers nobody", name)
		}
	}
}

func TestRegionsAreListedForThoseWhoSeeThem(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for _, x := range []struct {
		name string
		who  model.Principal
		want []string
		code model.Code
	}{
		{"one's own", d.who, []string{d.region}, ""},
		{"another's", everybody("Nowhere"), nil, ""},
		{"all", everybody(model.AllRegions), []string{d.region}, ""},
		{"of nobody", model.Principal{}, nil, model.CodeForbidden},
		{"without a role", model.Principal{Name: "x", Regions: []string{d.region}}, nil, model.CodeForbidden},
	} {
		got, err := d.s.Regions(ctx, x.who)
		if x.code != "" {
			requireCode(t, x.code, err)
			continue
		}
		require.NoError(t, err)
		require.ElementsMatch(t, x.want, got, x.name)
	}
}
