package model_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
)

// Noon comes at 11:50:41 in London on Friday 4 December 2026 and at 11:56:23 in Leeds, by the tables in model/prayer/testdata,
// and prayer begins with the next whole minute. Fifteen minutes before to sixty after, and two more at either end.
func TestFridayPrayerIsAboutNoonWhereTheyAre(t *testing.T) {
	t.Parallel()
	var (
		capital, leeds = geo.Point{Latitude: 51.5074, Longitude: -0.1278}, geo.Point{Latitude: 53.8008, Longitude: -1.5491}
		friday         = monday + 4
	)
	week := func(home geo.Point, sites ...geo.Point) (*model.Snapshot, *model.Person) {
		sn := smallWeek()
		sn.Projects = nil
		for i, at := range sites {
			sn.Projects = append(sn.Projects, model.Project{Code: model.ProjectCode('A' + rune(i)), Site: at})
		}
		p := &sn.People[0]
		p.Prayer, p.Home = model.DailyAndFridayPrayer, home
		return sn, p
	}
	for _, c := range []struct {
		name       string
		home       geo.Point
		sites      []geo.Point
		start, end model.Clock
	}{
		{"at home in London", capital, nil, 694, 773},
		{"at home in Leeds", leeds, nil, 700, 779},
		{"a site far beyond the longest way does not count", capital, []geo.Point{leeds}, 694, 773},
		{"a site a degree to the west, an hour and a half at most by car", geo.Point{Latitude: 51.5074, Longitude: -0.1278},
			[]geo.Point{{Latitude: 51.5074, Longitude: -0.5}}, 694, 775},
		{"a site to the east", geo.Point{Latitude: 51.5074, Longitude: -0.5}, []geo.Point{{Latitude: 51.5074, Longitude: -0.1278}, {}}, 694, 775},
		{"of somebody whose home is not known, every site", geo.Point{}, []geo.Point{leeds, capital}, 694, 779},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			sn, p := week(c.home, c.sites...)
			got, asked := model.FridayPrayer(sn, p, friday)
			require.True(t, asked)
			require.Equal(t, sn.Calendar.Span(friday, c.start, c.end), got)
		})
	}

	sn, p := week(capital)
	_, asked := model.FridayPrayer(sn, p, friday-1)
	require.False(t, asked, "on a Thursday")
	p.Prayer = model.DailyPrayer
	_, asked = model.FridayPrayer(sn, p, friday)
	require.False(t, asked, "who asked for daily prayer only")
	sn, p = week(geo.Point{})
	_, asked = model.FridayPrayer(sn, p, friday)
	require.False(t, asked, "where nothing says where they are")

	sn, p = week(capital)
	sn.Policy.FridayBeforeMinutes, sn.Policy.FridayAfterMinutes, sn.Policy.PrayerMarginMinutes = 10, 20, 1
	got, _ := model.FridayPrayer(sn, p, friday)
	require.Equal(t, sn.Calendar.Span(friday, 700, 732), got)
}

// In summer the clocks are an hour ahead, and the sun is not.
func TestTheDayOfPrayerIsTheDayOfTheWallClocks(t *testing.T) {
	t.Parallel()
	c := london()
	require.EqualValues(t, 0, c.PrayerDay(model.NewDate(2026, 12, 4)).OffsetMinutes)
	june := c.PrayerDay(model.NewDate(2026, 6, 5))
	require.EqualValues(t, 60, june.OffsetMinutes)
	require.Equal(t, [2]int{2026, 5}, [2]int{june.Year, june.Day})
	require.EqualValues(t, 6, june.Month)
}
