package scheduler_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

func outdoors() *model.Facts {
	f := region()
	f.Projects[0].Exposure = model.Outdoor
	return f
}

func TestForecastsThatAreMissingOrOldAreTold(t *testing.T) {
	t.Parallel()
	// It is noon on Thursday 26 November; the group works outdoors on Monday.
	const none = "Weather area W1 has no forecast for 2026-11-30, when groups work outdoors."
	outlook := func(issued string) []model.Outlook {
		return []model.Outlook{{WeatherArea: "W1", Date: monday, RainPermille: 100, IssuedAt: issued}}
	}
	for name, c := range map[string]struct {
		change func(f *model.Facts)
		want   string
	}{
		"none":                              {func(*model.Facts) {}, none},
		"of another area":                   {func(f *model.Facts) { f.Outlooks = []model.Outlook{{WeatherArea: "W2", Date: monday}} }, none},
		"of another day":                    {func(f *model.Facts) { f.Outlooks = []model.Outlook{{WeatherArea: "W1", Date: monday + 1}} }, none},
		"indoors nobody asks":               {func(f *model.Facts) { f.Projects[0].Exposure = model.Indoor }, ""},
		"nothing can take place":            {func(f *model.Facts) { f.Projects[0].EndDate = monday - 1 }, ""},
		"individual placements need none":   {func(f *model.Facts) { f.Projects[0].Kind = model.Individual }, ""},
		"a day old":                         {func(f *model.Facts) { f.Outlooks = outlook("2026-11-25T12:00:00Z") }, ""},
		"less than an hour more":            {func(f *model.Facts) { f.Outlooks = outlook("2026-11-25T11:01:00Z") }, ""},
		"an hour more":                      {func(f *model.Facts) { f.Outlooks = outlook("2026-11-25T11:00:00Z") }, "The forecast for weather area W1 was issued 25 hours ago; after 24 it counts as old. Take in a newer one."},
		"by local clocks":                   {func(f *model.Facts) { f.Outlooks = outlook("2026-11-25 12:00") }, ""},
		"by local clocks, a minute too old": {func(f *model.Facts) { f.Outlooks = outlook("2026-11-25T10:59") }, "The forecast for weather area W1 was issued 25 hours ago; after 24 it counts as old. Take in a newer one."},
		"a day alone is its midnight":       {func(f *model.Facts) { f.Outlooks = outlook("2026-11-24") }, "The forecast for weather area W1 was issued 60 hours ago; after 24 it counts as old. Take in a newer one."},
		"nobody says when":                  {func(f *model.Facts) { f.Outlooks = outlook("") }, ""},
		"words that tell no time":           {func(f *model.Facts) { f.Outlooks = outlook("this morning") }, ""},
		"a project's own area":              {func(f *model.Facts) { f.Projects[0].WeatherArea = "W9" }, "Weather area W9 has no forecast for 2026-11-30, when groups work outdoors."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := outdoors()
			c.change(f)
			_, found := freeze(t, f)
			got := ""
			for _, x := range found {
				if x.Kind == scheduler.FindingNoForecast || x.Kind == scheduler.FindingOldForecast {
					require.Empty(t, got)
					got = x.Text
				}
			}
			require.Equal(t, c.want, got)
		})
	}
}

func TestNoForecastIsMissedForDaysOutOfReachOrOver(t *testing.T) {
	t.Parallel()
	asked := func(now model.Instant) []string {
		_, found, err := scheduler.Freeze(outdoors(), profile(t), week, now)
		require.NoError(t, err)
		return kinds(found)
	}
	c := calendar(t)
	require.Contains(t, asked(c.Instant(monday-10, 720)), scheduler.FindingNoForecast)
	require.NotContains(t, asked(c.Instant(monday-11, 720)), scheduler.FindingNoForecast)
	require.Contains(t, asked(c.Instant(monday, 1439)), scheduler.FindingNoForecast, "the day itself")
	require.NotContains(t, asked(c.Instant(monday+1, 0)), scheduler.FindingNoForecast)
}
