package scheduler_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/benchmarks/instance"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

// rainyPlan is a planned week with groups outdoors.
func rainyPlan(t *testing.T) (*model.Snapshot, *model.Roster) {
	t.Helper()
	facts, err := instance.Make(instance.Spec{People: 200, Seed: 1, Week: week})
	require.NoError(t, err)
	sn, _, err := scheduler.Freeze(facts, profile(t), week, calendar(t).Instant(monday-4, 720))
	require.NoError(t, err)
	res, err := scheduler.Plan(context.Background(), scheduler.PlanRequest{Snapshot: sn, Constraints: constraints.All, Seed: 1, Rounds: 1})
	require.NoError(t, err)
	require.NotEmpty(t, res.Roster.WetPlans, "nothing of this would show anything")
	return sn, res.Roster
}

// rulesOf lists the rules of cases, each once.
func rulesOf(all []scheduler.Case) []string {
	var rules []string
	for _, c := range all {
		rules = append(rules, c.Rule)
	}
	return slices.Compact(rules)
}

func TestTheWetHalfOfAPlanKeepsEveryRule(t *testing.T) {
	if testing.Short() {
		t.Skip("it is about size, and takes minutes under the race detector")
	}
	t.Parallel()
	sn, r := rainyPlan(t)
	before := r.Clone()
	j := scheduler.Judge(sn, r, constraints.All, nil)
	require.Empty(t, j.MustFix)
	require.Empty(t, j.Wet.MustFix)
	require.Equal(t, r.WetPlans, j.Wet.Moved)
	require.Equal(t, before, r, "judging changes nothing")
}

// Each way to spoil the host of a group breaks the wet half, found by the words for a dry day; all but the kit is also what a
// rule says of wet plans.
func TestTheWetHalfIsJudgedByItself(t *testing.T) {
	t.Parallel()
	planned, r := rainyPlan(t)
	move := r.WetPlans[0]
	one := r.In(move.Session)[0].CRN
	for name, c := range map[string]struct {
		spoil func(sn *model.Snapshot, p *model.Person, host *model.Project)
		rule  string
		alone bool // no rule about wet plans sees it
	}{
		"a flag": {func(_ *model.Snapshot, p *model.Person, host *model.Project) {
			p.Flags, host.Excluded = model.Arson, model.Arson
		}, "risk-flags", false},
		"a history": {func(_ *model.Snapshot, p *model.Person, host *model.Project) {
			p.Flags, host.Excluded = model.SexualHistory, model.SexualHistory
		}, "risk-sexual", false},
		"children": {func(_ *model.Snapshot, p *model.Person, host *model.Project) {
			p.Flags, host.Excluded = model.RiskToChildren, model.RiskToChildren
		}, "risk-to-children", false},
		"health": {func(_ *model.Snapshot, p *model.Person, host *model.Project) {
			p.Health, host.PowerTools = model.Epilepsy, true
		}, "health", false},
		"the ceiling": {func(_ *model.Snapshot, p *model.Person, host *model.Project) {
			p.Risk, host.Ceiling = model.MediumRisk, model.LowRisk
		}, "risk-of-harm", false},
		"nobody supervises": {func(_ *model.Snapshot, p *model.Person, host *model.Project) {
			p.Flags, host.Kind = model.IndividualBarred, model.Individual
		}, "individual-placement", false},
		"an exclusion area": {func(sn *model.Snapshot, p *model.Person, host *model.Project) {
			sn.Zones = []model.Zone{{CRN: p.CRN, Project: host.Code}}
		}, "exclusion-zone", false},
		"a place for women": {func(_ *model.Snapshot, p *model.Person, host *model.Project) {
			p.Sex, host.WomenOnly = model.Male, true
		}, "not-the-only-woman", false},
		"a host that is nowhere": {func(_ *model.Snapshot, _ *model.Person, host *model.Project) { host.Site.Latitude = 58 }, "travel-limit", false},
		"no time for the way": {func(sn *model.Snapshot, p *model.Person, host *model.Project) {
			host.Site.Latitude = 58
			sn.Policy.TravelMaxMinutes = 100_000
			p.Free = []model.Span{{Start: sn.Session(move.Session).Span.Start - 300, End: sn.Session(move.Session).Span.End + 300}}
		}, "availability", false},
		"a supervisor they may not meet": {func(sn *model.Snapshot, p *model.Person, _ *model.Project) { // another group's, who comes there too
			p.Flags = model.NoMaleSupervisor
			for i := range sn.Supervisors {
				sn.Supervisors[i].Sex = model.Male
			}
		}, "supervisor-gender", false},
		"kit": {func(sn *model.Snapshot, _ *model.Person, host *model.Project) {
			host.HiVis = true
			sn.Kit = []model.Kit{{Team: host.Team, Kind: "hi_vis"}}
		}, "project-terms", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sn := *planned
			book := *planned.Policy
			sn.Policy, sn.People, sn.Projects, sn.Supervisors = &book, slices.Clone(sn.People), slices.Clone(sn.Projects), slices.Clone(sn.Supervisors)
			c.spoil(&sn, sn.Person(one), sn.Project(move.Host))
			wet := scheduler.JudgeWet(&sn, r, constraints.All)
			require.Contains(t, rulesOf(wet.MustFix), c.rule)
			for _, x := range wet.MustFix {
				require.True(t, strings.HasPrefix(x.Sentence, "When it rains: "), x.Sentence)
				require.NotContains(t, x.Sentence, "~")
				require.True(t, slices.ContainsFunc(x.Sessions, func(k model.SessionKey) bool {
					return slices.ContainsFunc(r.WetPlans, func(w model.WetPlan) bool { return w.Session == k })
				}), "a case is about a group that people know")
			}
			dry := solver.Check(&sn, r, constraints.All)
			about := func(v solver.Violation) bool {
				return v.Constraint == c.rule && slices.Contains(v.Sessions, move.Session)
			}
			if c.rule != "supervisor-gender" { // there the dry day breaks it too
				require.Equal(t, c.alone, !slices.ContainsFunc(dry, about), "what the rule says of wet plans")
			}
			j := scheduler.Judge(&sn, r, constraints.All, nil)
			require.Contains(t, rulesOf(j.Open()), c.rule, "it may not be published")
		})
	}
}
