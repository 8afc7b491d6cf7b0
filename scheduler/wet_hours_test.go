package scheduler_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

// Whoever begins later for a caring duty does so when it rains too, whether or not the way to the host asks for it; but they must be
// free for that way.
func TestHoursOfOnesOwnAreThoseOfTheDryDay(t *testing.T) {
	t.Parallel()
	planned, r := rainyPlan(t)
	const late = 10
	tried := false
	for _, move := range r.WetPlans {
		sn := *planned
		site, s := sn.Project(move.Session.Project), *sn.Session(move.Session)
		sn.People, sn.Projects = slices.Clone(sn.People), slices.Clone(sn.Projects)
		own := slices.IndexFunc(r.In(move.Session), func(a model.Appointment) bool {
			p := sn.Person(a.CRN)
			way := sn.Travel.Minutes(p.Mode, p.At(), site.At())
			return !sn.Rides(p, site, way) && way > 0 && a.Span == s.Span
		})
		if own < 0 {
			continue
		}
		tried = true
		crn := r.In(move.Session)[own].CRN
		p := sn.Person(crn)
		way := model.Instant(sn.Travel.Minutes(p.Mode, p.At(), site.At()))
		p.Caring = []model.Span{{Start: s.Span.Start - way, End: s.Span.Start - way + late}}
		p.Free = []model.Span{{Start: s.Span.Start - way + late, End: s.Span.End + 300}}
		host := sn.Project(move.Host)
		host.Site = p.At().At // no way at all
		roster := r.Clone()
		for i := range roster.Appointments {
			if a := &roster.Appointments[i]; a.CRN == crn && a.Session == move.Session {
				a.Span.Start += late
			}
		}
		theirs := func(people []model.CRN, rule string) bool {
			return rule == "availability" && slices.Contains(people, crn)
		}
		require.False(t, slices.ContainsFunc(solver.Check(&sn, roster, constraints.All), func(v solver.Violation) bool {
			return theirs(v.People, v.Constraint) && slices.Contains(v.Sessions, move.Session)
		}), "the caring duty asks for it")

		wet := func() bool {
			return slices.ContainsFunc(scheduler.JudgeWet(&sn, roster, constraints.All).MustFix, func(c scheduler.Case) bool {
				return theirs(c.People, c.Rule) && slices.Contains(c.Sessions, move.Session)
			})
		}
		require.False(t, wet(), "they come when they were told")
		host.Site.Latitude++
		require.True(t, wet(), "they are not free for so long a way")
	}
	require.True(t, tried)
}
