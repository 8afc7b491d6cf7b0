package scheduler_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
)

func mustProfile() *policy.Profile {
	p, err := policy.Load(policy.Default)
	if err != nil {
		panic(err)
	}
	return p
}

func TestFindingsSayWhatStopsNothing(t *testing.T) {
	t.Parallel()
	uninducted := func(f *model.Facts) { f.People[0].Requirements[0].Inducted = 0 }
	induction := func(f *model.Facts) {
		uninducted(f)
		f.Projects = append(f.Projects, model.Project{Code: "IN01", Kind: model.Induction, Team: "T1", Site: town})
		f.Slots = append(f.Slots, slot("IN01", 2, 600, 720))
	}
	for _, c := range []struct {
		name    string
		with    func(*model.Facts)
		kind    string // empty: nothing to say
		subject string
	}{
		{"an order that ended with minutes left",
			func(f *model.Facts) { f.People[0].Requirements[0].HardEnd = monday - 1 }, scheduler.FindingOrderEnded, "X000001"},
		{"an order that ends in the week", func(f *model.Facts) { f.People[0].Requirements[0].HardEnd = monday }, "", ""},
		{"an order that ended fully worked", func(f *model.Facts) {
			r := &f.People[0].Requirements[0]
			r.HardEnd, r.Completed = monday-1, 6000
		}, "", ""},
		{"a person without a position", func(f *model.Facts) { f.People[0].Home = geo.Point{} }, scheduler.FindingNoPosition, "X000001"},
		{"nobody to induct and no induction", func(*model.Facts) {}, "", ""},
		{"no induction session at all", uninducted, scheduler.FindingNoInduction, "X000001"},
		{"an induction session in reach", induction, "", ""},
		{"an induction session too far away", func(f *model.Facts) {
			induction(f)
			f.Projects[1].Site.Latitude++
		}, scheduler.FindingNoInduction, "X000001"},
		{"an induction session while the person is busy", func(f *model.Facts) {
			induction(f)
			f.Spells = spells(false, 2, 700, 800)
		}, scheduler.FindingNoInduction, "X000001"},
		{"no time for the way back from an induction session", func(f *model.Facts) {
			induction(f)
			f.Projects[1].Site.Latitude += 0.1
			f.Spells = spells(false, 2, 721, 800)
		}, scheduler.FindingNoInduction, "X000001"},
		{"no time for the way to an induction session", func(f *model.Facts) {
			induction(f)
			f.Projects[1].Site.Latitude += 0.1
			f.Spells = spells(false, 2, 500, 599)
		}, scheduler.FindingNoInduction, "X000001"},
		{"an induction session that is barred", func(f *model.Facts) {
			induction(f)
			f.Holidays = []model.Holiday{{Date: monday + 1}}
		}, scheduler.FindingNoInduction, "X000001"},
		{"a supervisor with no minutes", func(f *model.Facts) { f.Supervisors[0].WeekMinutes = 0 }, scheduler.FindingSupervisorIdle, "S1"},
		{"a minibus off the road all week",
			func(f *model.Facts) { f.Minibuses[0].OffRoadFrom = monday }, scheduler.FindingMinibusIdle, "AB12 CDE"},
		{"a minibus back on Sunday", func(f *model.Facts) {
			f.Minibuses[0].OffRoadFrom, f.Minibuses[0].OffRoadTo = monday, monday+5
		}, "", ""},
		{"an exclusion area of nobody", func(f *model.Facts) {
			f.Zones = []model.Zone{{CRN: "X000009", Centre: town, Metres: 500}}
		}, scheduler.FindingUnknown, "X000009"},
		{"a standing slot at no project", func(f *model.Facts) {
			f.Standing = []model.Standing{{CRN: "X000001", Project: "CT99"}}
		}, scheduler.FindingUnknown, "CT99"},
		{"a slot of no project", func(f *model.Facts) { f.Slots = append(f.Slots, slot("CT99", 1, 540, 960)) }, scheduler.FindingUnknown, "CT99"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := region()
			c.with(f)
			sn, found := freeze(t, f)
			require.NoError(t, sn.Validate())
			if c.kind == "" {
				require.Empty(t, found)
				return
			}
			require.Len(t, found, 1)
			require.Equal(t, c.kind, found[0].Kind)
			require.Equal(t, c.subject, found[0].Subject)
			require.Contains(t, found[0].Text, c.subject)
		})
	}
}

func TestTheWettestOfTwoForecastsCounts(t *testing.T) {
	t.Parallel()
	f := region()
	f.Outlooks = []model.Outlook{
		{WeatherArea: "W1", Date: monday, RainPermille: 100}, {WeatherArea: "W1", Date: monday, RainPermille: 700},
		{WeatherArea: "W1", Date: monday + 1, RainPermille: 200},
	}
	sn, _ := freeze(t, f)
	require.Len(t, sn.Outlooks, 2)
	require.EqualValues(t, 700, sn.Outlooks[0].RainPermille)
}

// crowd is a region of many people with spells and ten weeks of history.
func crowd(tb testing.TB, people int) *model.Facts {
	tb.Helper()
	f := region()
	c := calendar(tb)
	f.People = nil
	for i := range people {
		crn := model.CRN(fmt.Sprintf("X%06d", i))
		f.People = append(f.People, person(crn))
		for d := range int8(3) {
			f.Spells = append(f.Spells, model.Spell{CRN: crn, When: model.When{Weekday: d + 1, Start: 540, End: 1020}})
		}
	}
	for w := 10; w > 0; w-- {
		for i := range people {
			f.History = append(f.History, appointment(c, f.People[i].CRN, monday-model.Date(7*w), "ATTC"))
		}
	}
	return f
}

func TestFreezingGrowsInStepWithThePeople(t *testing.T) { // not parallel: it is timed
	small, large := crowd(t, 1000), crowd(t, 10000)
	took := func(f *model.Facts) time.Duration {
		best := time.Hour
		for range 3 {
			from := time.Now()
			freeze(t, f)
			best = min(best, time.Since(from))
		}
		return best
	}
	one, ten := took(small), took(large)
	require.Less(t, ten, 40*one, "ten times the people may not take a hundred times as long")
}

func BenchmarkFreeze10000(b *testing.B) {
	f := crowd(b, 10000)
	for b.Loop() {
		freeze(b, f)
	}
}

func ExampleFreeze() {
	profile, err := policy.Load(policy.Default)
	if err != nil {
		fmt.Println(err)
		return
	}
	c, err := scheduler.NewCalendar(profile.Zone, monday, monday+6)
	if err != nil {
		fmt.Println(err)
		return
	}
	sn, findings, err := scheduler.Freeze(region(), profile, week, c.Instant(monday-4, 12*60))
	if err != nil {
		fmt.Println(err)
		return
	}
	d, at := sn.Calendar.Local(sn.FrozenUntil)
	fmt.Println(sn.Week, len(sn.Sessions), "session", len(findings), "findings, frozen until", d, at)
	// Output: 2026-W49 1 session 0 findings, frozen until 2026-11-28 00:00
}

func ExampleNewCalendar() {
	c, err := scheduler.NewCalendar("Europe/London", model.NewDate(2026, 10, 19), model.NewDate(2026, 10, 25))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(c.Span(model.NewDate(2026, 10, 25), 0, 24*60).Minutes()/60, "hours")
	// Output: 25 hours
}
