package web_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/api/web"
	"github.com/communitypayback/payback/scheduler"
)

// someNights are one that failed, one that went well, and one that goes on.
func someNights() []scheduler.Night {
	began := time.Date(2026, 11, 26, 2, 30, 0, 0, time.UTC)
	day := week.Monday() - 4
	return []scheduler.Night{
		{Name: "2026-11-26+2", Date: day, State: scheduler.RunRunning, Attempts: 2, Who: "nightly run", Began: began},
		{Name: "2026-11-26", Date: day, State: scheduler.RunFailed, Attempts: 1, Who: "nightly run", Began: began, Ended: began.Add(83 * time.Second), Failure: "week 2026-W49 has no new plan: Time ran out.",
			Changes: []scheduler.KindChange{{Kind: "kit", New: 1}},
			Files:   []scheduler.NightFile{{Name: "people.csv", Problem: "row 3 has no date."}, {Name: "kit.csv", Version: 7, Rows: 1}},
			Rosters: []scheduler.NightRoster{{Week: week, Version: 3, New: 1, Appointments: 2, Broken: []scheduler.Case{{Sentence: "X000002 and X000003 must not meet <here>."}}}},
			Weeks:   []scheduler.NightWeek{{Week: week, State: scheduler.RunFailed, Failure: "Time ran out.", Gap: -1}}},
		{Name: "2026-11-25", Date: day - 1, State: scheduler.RunPublished, Attempts: 1, Who: "nightly run", Began: began.Add(-24 * time.Hour), Ended: began.Add(-23 * time.Hour),
			Rosters: []scheduler.NightRoster{{Week: week, Version: 2}},
			Weeks: []scheduler.NightWeek{
				{Week: week, Draft: "p_1", State: scheduler.RunPublished, Placed: 1200, Workable: 1300, Changes: 4, Tell: 2, Gap: 105, Base: 2, Published: 3, Lacking: []string{"Everybody who could work has a place."}},
				{Week: week.Add(1), Draft: "p_2", State: scheduler.RunMade, Placed: 3, Workable: 4, Changes: 5, Tell: 3, Gap: -1, Withheld: "3 people would be told of a change; the policy allows 2."},
			}},
	}
}

func TestNightsAreTold(t *testing.T) {
	t.Parallel()
	london, err := time.LoadLocation("Europe/London")
	require.NoError(t, err)
	page := web.NewNights(someNights(), london, "Kent", true)
	require.Len(t, page.Nights, 3)
	now, failed, well := page.Nights[0], page.Nights[1], page.Nights[2]
	require.Equal(t, "The night of 26 November 2026 is not done yet.", now.Headline)
	require.Contains(t, now.About, "Attempt 2.")
	require.False(t, now.Bad)

	require.True(t, failed.Bad)
	require.Equal(t, "The night of 26 November 2026 failed: week 2026-W49 has no new plan: Time ran out. Still in force: 2026-W49 version 3.", failed.Headline)
	require.Equal(t, "Begun 2:30am on Thur 26 November, asked for by nightly run. It took 1m23s.", failed.About)
	require.Equal(t, []string{"people.csv: row 3 has no date."}, failed.Left)
	require.Equal(t, "kit.csv (1 row)", failed.Taken)
	require.Equal(t, "kit: 1 new, 0 changed, 0 removed", failed.Since)
	require.Equal(t, "Version 3 breaks 1 case of rules that must hold, 1 of them new; it is still in force.", failed.Broken[0].Text)
	require.Equal(t, "/weeks/2026-W49?region=Kent", failed.Broken[0].URL)
	require.True(t, failed.Weeks[0].Bad)

	require.False(t, well.Bad)
	require.Empty(t, well.Broken)
	require.Equal(t, "1,200 of 1,300", well.Weeks[0].Placed)
	require.Equal(t, "1.05%", well.Weeks[0].Gap)
	require.Equal(t, "/plans/p_1?region=Kent", well.Weeks[0].PlanURL)
	require.Equal(t, "Published by itself as version 3.", well.Weeks[0].Ended)
	require.Equal(t, "not known", well.Weeks[1].Gap)
	require.Equal(t, "Waits for somebody: 3 people would be told of a change; the policy allows 2.", well.Weeks[1].Ended)
	require.NotContains(t, ask(source{week: typical(t)}, http.MethodGet, "/nights").Body.String(), "<here>")
}

func TestTheBoardTellsOfTheLastNight(t *testing.T) {
	t.Parallel()
	w := *typical(t)
	require.NotContains(t, ask(source{week: &w}, http.MethodGet, "/weeks/2026-W49").Body.String(), "See the nights")
	w.Night = "The night of 26 November 2026 planned 4 weeks."
	text := ask(source{week: &w}, http.MethodGet, "/weeks/2026-W49?region=North+%26+South").Body.String()
	require.Contains(t, text, `<p class="quiet">The night of 26 November 2026 planned 4 weeks. <a href="/nights?region=North&#43;%26&#43;South">`)
	w.Night, w.NightBad = "The night of 26 November 2026 failed: Time ran out. Still in force: 2026-W49 version 3.", true
	text = ask(source{week: &w}, http.MethodGet, "/weeks/2026-W49").Body.String()
	require.Contains(t, text, `<li class="must">The night of 26 November 2026 failed`)
}
