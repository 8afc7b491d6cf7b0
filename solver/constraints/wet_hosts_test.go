package constraints_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

// takenIn gives a second host, the one that people ride to, room when it rains.
func takenIn(room int32) func(*model.Snapshot) {
	return siteOf(carried, func(p *model.Project) { p.WetPlaces = room })
}

// away puts a project so many kilometres from the town.
func farBy(p model.ProjectCode, km float64) func(*model.Snapshot) {
	return siteOf(p, func(p *model.Project) { p.Site.Latitude += km / 111 })
}

// a hosted is one case of what the engine finds for Monday's group outdoors when it rains.
type hosted struct {
	name string
	edit func(sn *model.Snapshot)
	has  []part
	want model.ProjectCode // empty: it finds no host
}

// findsHosts runs the cases of one rule beside that on wet plans.
func findsHosts(t *testing.T, c *solver.Constraint, all []hosted) {
	t.Helper()
	t.Parallel()
	rules := slices.Compact([]*solver.Constraint{constraints.WetPlan, c})
	for _, x := range all {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			sn := ordinary()
			x.edit(sn)
			require.NoError(t, sn.Validate())
			p, err := solver.Compile(sn, rules)
			require.NoError(t, err)
			s := p.NewState()
			s.Load(roster(sn, x.has...))
			written := s.Roster()
			var want []model.WetPlan
			if x.want != "" {
				want = []model.WetPlan{{Session: key(group, mon), Host: x.want}}
			}
			require.Equal(t, want, written.WetPlans)
			require.Equal(t, solver.Total(solver.Check(sn, written, rules), rules), s.Score())
			require.Equal(t, x.want == "", len(solver.Check(sn, written, rules[:1])) == 1)
		})
	}
}

// The words accept any host that holds; which one the engine finds, and that it finds none too many, only these cases show.
func TestWetPlanFindsHosts(t *testing.T) {
	two := []part{goes(group, mon, ann, bob), leads(group, mon, sup1)}
	women := siteOf(group, func(p *model.Project) { p.WomenOnly = true })
	otherTeam := func(sn *model.Snapshot) {
		sn.Teams = append(sn.Teams, model.Team{Code: "T2"})
		sn.Project(group).Team = "T2"
	}
	// The hosts' team has so many sets, when the host asks of its 10 people and 2 guests at most that they wear one.
	vests := func(n int32) func(*model.Snapshot) {
		return all(siteOf(start, func(p *model.Project) { p.HiVis = true }), func(sn *model.Snapshot) {
			sn.Kit = []model.Kit{{Team: "T1", Kind: "hi_vis", Quantity: n - 1}, {Team: "T1", Kind: "hi_vis", Quantity: 1}}
			sn.Policy.BookedPercent = 150
		})
	}
	frozen := func(minutes model.Instant) func(*model.Snapshot) {
		return func(sn *model.Snapshot) { sn.FrozenUntil = at(mon, 540) + minutes }
	}
	told := func(host model.ProjectCode) func(*model.Snapshot) { return published(rainsTo(group, mon, host)) }
	findsHosts(t, constraints.WetPlan, []hosted{
		{"the only one", outdoors(2, group), two, start},
		{"one with a place for one", outdoors(1, group), []part{goes(group, mon, ann), leads(group, mon, sup1)}, start},
		{"none that lacks room", outdoors(1, group), two, ""},
		{"none without wet places, for nobody", outdoors(0, group), []part{goes(group, mon, ann)}, ""},
		{"the nearest", all(outdoors(2, group), takenIn(2), farBy(carried, 5)), two, start},
		{"the other, when that is nearer", all(outdoors(2, group), takenIn(2), farBy(start, 5)), two, carried},
		{"the first by code of two as near", both(outdoors(2, group), takenIn(2)), two, carried},
		{"the farther, when the nearest is full", all(outdoors(1, group), takenIn(2), farBy(carried, 5)), two, carried},
		{"the published, though it is farther", all(outdoors(2, group), takenIn(2), farBy(start, 5), told(start)), two, start},
		{"another than one that is not known", both(outdoors(2, group), told("IN99")), two, start},
		{"another, when the published is full", all(outdoors(1, group), takenIn(2), told(start), frozen(0)), two, carried},
		{"none, when the published is frozen", all(outdoors(1, group), takenIn(2), told(start), frozen(1)), two, ""},
		{"none, when it is frozen and not known", all(outdoors(2, group), told("IN99"), frozen(1)), two, start},
		{"none, when it is frozen and outdoors", all(outdoors(2, group), told(group), frozen(1)), two, ""},
		{"one where the session just fits", all(outdoors(2, group), hours(start, 540, 960)), two, start},
		{"for women, a place for women first", all(outdoors(2, group), takenIn(2), women, farBy(start, 5),
			siteOf(start, func(p *model.Project) { p.WomenOnly = true })), two, start},
		{"for women, a place for all", all(outdoors(2, group), women), two, start},
		{"for others, no place for women", all(outdoors(2, group), siteOf(start, func(p *model.Project) { p.WomenOnly = true })), two, ""},
		{"none outdoors", all(outdoors(2, group), siteOf(start, func(p *model.Project) { p.Exposure = model.Sheltered })), two, ""},
		{"kit for all who may be there", both(outdoors(2, group), vests(18)), two, start}, // (10 + 2) x 1.5
		{"kit for all but one", both(outdoors(2, group), vests(17)), two, ""},
		{"kit that nobody counts", both(outdoors(2, group), siteOf(start, func(p *model.Project) { p.HiVis = true })), two, start},
		{"kit that the host does not ask", both(outdoors(2, group), func(sn *model.Snapshot) { sn.Kit = []model.Kit{{Team: "T1", Kind: "hi_vis"}} }), two, start},
		{"kit of another team", all(outdoors(2, group), vests(17), siteOf(start, func(p *model.Project) { p.Team = "T2" }), func(sn *model.Snapshot) { sn.Teams = append(sn.Teams, model.Team{Code: "T2"}) }), two, start},
		{"kit that the group wears anyway", all(outdoors(2, group), vests(1), siteOf(group, func(p *model.Project) { p.HiVis = true })), two, start},
		{"kit that another team's has", all(outdoors(2, group), vests(17), siteOf(group, func(p *model.Project) { p.HiVis = true }), otherTeam), two, ""},
		{"kit of another team's guests", all(outdoors(2, group), vests(18), otherTeam), two, start},
		{"kit of sessions on other days", all(outdoors(2, group), vests(18), siteOf(carried, func(p *model.Project) { p.HiVis = true }), shut(carried)), two, ""},
		{"kit of wet places elsewhere too", all(outdoors(2, group), vests(33), siteOf(carried, func(p *model.Project) { p.HiVis, p.WetPlaces = true, 1; p.WomenOnly = true })), two, ""},
		{"kit of wet places elsewhere met", all(outdoors(2, group), vests(34), siteOf(carried, func(p *model.Project) { p.HiVis, p.WetPlaces = true, 1; p.WomenOnly = true })), two, start},
		{"wet places of what is outdoors", all(outdoors(2, group, carried), vests(33), siteOf(carried, func(p *model.Project) { p.HiVis, p.WetPlaces = true, 1 })), two, start},
	})
}
