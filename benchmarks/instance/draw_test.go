package instance_test

import (
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/benchmarks/instance"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
)

// many is enough people for a share of one in ten to lie within a percentage point of its expectation.
const many = 20000

// largeOnce makes the region that the tests of shares look at; they only read it.
var largeOnce = sync.OnceValues(func() (*model.Facts, error) {
	return instance.Make(instance.Spec{People: many, Seed: 3, Week: week})
})

func large(t *testing.T) *model.Facts {
	t.Helper()
	f, err := largeOnce()
	require.NoError(t, err)
	return f
}

// share gives how many in a thousand are so.
func share[T any](all []T, so func(*T) bool) float64 {
	n := 0
	for i := range all {
		if so(&all[i]) {
			n++
		}
	}
	return 1000 * float64(n) / float64(len(all))
}

// mean gives the mean of a figure.
func mean[T any](all []T, of func(*T) float64) float64 {
	sum := 0.0
	for i := range all {
		sum += of(&all[i])
	}
	return sum / float64(len(all))
}

func TestPeopleAreDrawnAsTheCatalogueSays(t *testing.T) {
	t.Parallel()
	f := large(t)
	flag := func(x model.Flags) func(*model.Person) bool {
		return func(p *model.Person) bool { return p.Flags.Has(x) }
	}
	level := func(x model.Level) func(*model.Person) bool { return func(p *model.Person) bool { return p.Risk == x } }
	for _, c := range []struct {
		what      string
		want, tol float64
		so        func(*model.Person) bool
	}{
		{"women", 130, 10, func(p *model.Person) bool { return p.Sex == model.Female }},
		{"low risk", 450, 15, level(model.LowRisk)},
		{"medium risk", 470, 15, level(model.MediumRisk)},
		{"high risk", 75, 8, level(model.HighRisk)},
		{"very high risk", 5, 2, level(model.VeryHighRisk)},
		{"barred from individual placements", 120, 10, flag(model.IndividualBarred)},
		{"a risk to children", 60, 7, flag(model.RiskToChildren)},
		{"restricted placements", 50, 7, flag(model.RestrictedPlacement)},
		{"sexual history", 40, 6, flag(model.SexualHistory)},
		{"gang", 40, 6, flag(model.Gang)},
		{"tool limits", 150, 10, func(p *model.Person) bool { return p.Health.Has(model.NoPowerTools) }},
		{"light work", 80, 8, func(p *model.Person) bool { return p.Health.Has(model.LightWorkOnly) }},
		{"asking for prayer", 50, 8, func(p *model.Person) bool { return p.Prayer != model.NoPrayer }},
		{"cars", 350, 12, func(p *model.Person) bool { return p.Mode == geo.Car }},
		{"not started", 80, 10, func(p *model.Person) bool {
			return p.Requirements[0].Completed == 0 && p.Requirements[0].Status != model.AwaitingAssessment
		}},
		{"past the target", 150, 12, func(p *model.Person) bool { return p.Requirements[0].Target < week.Monday() }},
		{"orders up to 80 hours", 350, 12, func(p *model.Person) bool { return p.Requirements[0].Required < 80*60 }},
		{"orders over 150 hours", 250, 12, func(p *model.Person) bool { return p.Requirements[0].Required >= 150*60 }},
		{"active", 935, 10, func(p *model.Person) bool { return p.Requirements[0].Status == model.Active }},
	} {
		require.InDelta(t, c.want, share(f.People, c.so), c.tol, c.what)
	}
	require.InDelta(t, 115, mean(f.People, func(p *model.Person) float64 { return float64(p.Requirements[0].Required) / 60 }), 4)

	high := slices.DeleteFunc(slices.Clone(f.People), func(p model.Person) bool { return p.Risk != model.HighRisk })
	require.InDelta(t, 850, share(high, func(p *model.Person) bool { return p.ApprovedBy != "" && p.ApprovedOn != 0 }), 30, "approved")

	begun := slices.DeleteFunc(slices.Clone(f.People), func(p model.Person) bool {
		return p.Requirements[0].Completed == 0 || p.Requirements[0].Status == model.Complete
	})
	left := func(p *model.Person) float64 {
		return 1 - float64(p.Requirements[0].Completed)/float64(p.Requirements[0].Required)
	}
	require.InDelta(t, 1.6/3, mean(begun, left), 0.01, "share remaining, Beta(1.6, 1.4)")
	// The variance of Beta(1.6, 1.4) is 1.6 x 1.4 / (3 x 3 x 4) = 0.0622.
	require.InDelta(t, 0.0622+1.6*1.6/9, mean(begun, func(p *model.Person) float64 { return left(p) * left(p) }), 0.015)
}

func TestAgesFollowTheirBands(t *testing.T) {
	t.Parallel()
	f := large(t)
	year, month, day := week.Monday().Civil()
	age := func(n *model.Name) int {
		y, m, d := n.DateOfBirth.Civil()
		if m > month || m == month && d > day {
			return year - y - 1
		}
		return year - y
	}
	for _, c := range []struct {
		low, high int
		want      float64
	}{{18, 24, 200}, {25, 34, 330}, {35, 49, 330}, {50, 73, 140}} {
		require.InDelta(t, c.want, share(f.Names, func(n *model.Name) bool { return age(n) >= c.low && age(n) <= c.high }), 15, "from %d", c.low)
	}
	require.Zero(t, share(f.Names, func(n *model.Name) bool { return age(n) < 18 }))
}

func TestTimeIsTakenAsTheCatalogueSays(t *testing.T) {
	t.Parallel()
	f := large(t)
	worker, part, carer := map[model.CRN]bool{}, map[model.CRN]bool{}, map[model.CRN]bool{}
	days := map[model.CRN]int{}
	for _, s := range f.Spells {
		switch {
		case s.Free:
			worker[s.CRN] = true
		case s.Reason == "work" || s.Reason == "study":
			days[s.CRN]++
			worker[s.CRN], part[s.CRN] = days[s.CRN] == 5, days[s.CRN] < 5
		case s.Reason == "caring":
			carer[s.CRN] = true
		}
	}
	require.InDelta(t, 300, share(f.People, func(p *model.Person) bool { return worker[p.CRN] }), 12, "full time")
	require.InDelta(t, 120, share(f.People, func(p *model.Person) bool { return part[p.CRN] }), 10, "part time")
	for sex, want := range map[model.Sex]float64{model.Male: 150, model.Female: 450} {
		of := slices.DeleteFunc(slices.Clone(f.People), func(p model.Person) bool { return p.Sex != sex })
		require.InDelta(t, want, share(of, func(p *model.Person) bool { return carer[p.CRN] }), 35, "caring, %v", sex)
	}
}

func TestPeopleWhoKeepApartAreFewWithUpToFourOthers(t *testing.T) {
	t.Parallel()
	f := large(t)
	others := map[model.CRN]int{}
	for _, p := range f.KeepApart {
		others[p.A]++
		others[p.B]++
	}
	require.InDelta(t, 30, 1000*float64(len(others))/many, 3)
	for crn, n := range others {
		require.LessOrEqual(t, n, 4, crn)
	}
}

// siteMetres gives the median over people of the median distance to their own unit's sites.
func siteMetres(f *model.Facts) float64 {
	sites := map[model.TeamCode][]geo.Point{}
	for _, p := range f.Projects {
		sites[p.Team] = append(sites[p.Team], p.Site)
	}
	var all []float64
	for _, p := range f.People {
		var own []float64
		for _, at := range sites[p.Team] {
			own = append(own, geo.Metres(p.Home, at))
		}
		slices.Sort(own)
		all = append(all, own[len(own)/2])
	}
	slices.Sort(all)
	return all[len(all)/2]
}

func TestHomesLieAsFarFromSitesAsTheProfileSays(t *testing.T) {
	t.Parallel()
	// A unit's sites spread over three towns, which adds to the six kilometres of townspeople and less to eighteen.
	require.InDelta(t, 9000, siteMetres(made(t, 5000, 7, instance.Normal)), 1500)
	require.InDelta(t, 18500, siteMetres(made(t, 5000, 7, instance.Rural)), 1500)
}

func TestAttendanceIsAsTheCatalogueSays(t *testing.T) {
	t.Parallel()
	f := large(t)
	of := func(codes ...model.Outcome) func(*model.Appointment) bool {
		return func(a *model.Appointment) bool { return slices.Contains(codes, a.Outcome) }
	}
	came := share(f.History, func(a *model.Appointment) bool { return a.Outcome.Presence() == model.Came })
	require.InDelta(t, 570, came, 25, "0.60 less what winter, Mondays and travel take")
	missed := slices.DeleteFunc(slices.Clone(f.History), func(a model.Appointment) bool { return a.Outcome.Presence() == model.Came })
	require.InDelta(t, 500, share(missed, of("UACP")), 20)
	require.InDelta(t, 350, share(missed, of("AAME", "AAEM", "AAFC", "AACL", "AARC")), 20)
	require.InDelta(t, 100, share(missed, of("RSSR")), 15)
	require.InDelta(t, 50, share(missed, of("AASD")), 10)
	// A first session is the first row with an outcome of whoever has no count from before.
	counted := map[model.CRN]bool{}
	for _, p := range f.People {
		counted[p.CRN] = p.Attended+p.Missed > 0
	}
	first := slices.DeleteFunc(slices.Clone(f.History), func(a model.Appointment) bool {
		known := counted[a.CRN] || a.Outcome.Presence() == model.NoRecord
		counted[a.CRN] = counted[a.CRN] || a.Outcome.Presence() != model.NoRecord
		return known
	})
	require.Greater(t, len(first), 100)
	require.InDelta(t, came-70, share(first, func(a *model.Appointment) bool { return a.Outcome.Presence() == model.Came }), 70, "0.10 less, of outcomes alone")
	require.InDelta(t, 1900, float64(len(f.History))/6*4400/many, 700, "booked a week in a region")
}

func TestCrewsAndProjectsAreAsTheCatalogueSays(t *testing.T) {
	t.Parallel()
	f := large(t)
	require.InDelta(t, 450, share(f.Supervisors, func(s *model.Supervisor) bool { return s.Sex == model.Female }), 120)
	require.InDelta(t, 350, share(f.Supervisors, func(s *model.Supervisor) bool { return s.Licence == model.LicenceD1 }), 120)
	require.InDelta(t, 700, share(f.Minibuses, func(b *model.Minibus) bool { return b.Seats == 8 }), 140)
	require.InDelta(t, 750, 1000*float64(len(f.Minibuses))/float64(len(f.Supervisors)), 30)
	require.InDelta(t, 750, share(f.Projects, func(p *model.Project) bool { return p.Kind == model.Group }), 30)
	require.InDelta(t, 650, share(f.Projects, func(p *model.Project) bool { return p.Exposure != model.Indoor }), 40)
	out := slices.DeleteFunc(slices.Clone(f.Projects), func(p model.Project) bool { return p.Kind != model.Group || p.Exposure == model.Indoor })
	require.InDelta(t, 700, share(out, func(p *model.Project) bool { return p.Transport != model.ByThemselves }), 80)
	leave := 0
	for _, s := range f.Shifts {
		if s.Leave {
			leave++
		}
	}
	require.InDelta(t, 60, 1000*float64(leave)/float64(7*len(f.Supervisors)), 25, "absent a day")
}

func TestAnAverageRegionHasTheSizesOfOne(t *testing.T) {
	t.Parallel()
	f := made(t, 4400, 10, instance.Normal)
	require.Len(t, f.Teams, 9)
	require.Len(t, f.Supervisors, 30)
	require.True(t, len(f.Projects) >= 100 && len(f.Projects) <= 150, len(f.Projects))
	groups := map[model.ProjectCode]bool{}
	for _, p := range f.Projects {
		groups[p.Code] = p.Kind == model.Group
	}
	sessions := 0
	for _, s := range f.Slots {
		if groups[s.Project] {
			sessions++
		}
	}
	require.InDelta(t, 2.5*115, sessions, 60, "two to three times the sessions that supervisors can serve")
	stops := map[model.TeamCode]int{}
	for _, s := range f.Stops {
		stops[s.Team]++
	}
	for team, n := range stops {
		require.True(t, n >= 6 && n <= 10, "%v: %d stops", team, n)
	}
	for i, a := range f.Teams {
		nearest := 1e9
		for j, b := range f.Teams {
			if i != j {
				nearest = min(nearest, geo.Metres(firstStop(f, a.Code), firstStop(f, b.Code)))
			}
		}
		require.True(t, nearest > 15000 && nearest < 40000, "%v: %.0f m", a.Code, nearest)
	}
}

func firstStop(f *model.Facts, team model.TeamCode) geo.Point {
	i := slices.IndexFunc(f.Stops, func(s model.Stop) bool { return s.Team == team })
	return f.Stops[i].At
}

func TestForecastsFollowTheSeasonAndTheProfile(t *testing.T) {
	t.Parallel()
	rain := func(profile string, w model.Week) float64 {
		f, err := instance.Make(instance.Spec{People: 10000, Seed: 11, Profile: profile, Week: w})
		require.NoError(t, err)
		return mean(f.Outlooks, func(o *model.Outlook) float64 { return float64(o.RainPermille) })
	}
	require.InDelta(t, 180, rain(instance.Normal, week), 50)
	require.InDelta(t, 90, rain(instance.Normal, model.Week{Year: 2026, Number: 26}), 40)
	require.InDelta(t, 850, rain(instance.WetWeek, week), 20)
}

func TestProfilesDifferFromTheNormalOne(t *testing.T) {
	t.Parallel()
	women := func(p *model.Person) bool { return p.Sex == model.Female }
	late := func(p *model.Person) bool { return p.Requirements[0].Target < week.Monday() }
	normal, stressed := made(t, 4400, 12, instance.Normal), made(t, 4400, 12, instance.Stressed)
	require.InDelta(t, 50, share(made(t, 4400, 12, instance.WomenScarce).People, women), 10)
	require.InDelta(t, 300, share(stressed.People, late), 25)
	require.Less(t, len(stressed.Supervisors), len(normal.Supervisors)*8/10)
	require.Less(t, len(made(t, 4400, 12, instance.Rural).Stops), len(normal.Stops)/2)
}
