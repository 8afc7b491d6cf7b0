package feed_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/scheduler/feed"
)

func weatherService(t *testing.T, answer http.HandlerFunc) (*feed.OpenMeteo, *[]time.Duration) {
	t.Helper()
	s := httptest.NewServer(answer)
	t.Cleanup(s.Close)
	o, err := feed.NewOpenMeteo(s.URL)
	require.NoError(t, err)
	return o, o.Hurried(5 * time.Second)
}

func TestRainIsAskedForAsTheServiceWantsIt(t *testing.T) {
	t.Parallel()
	var asked *http.Request
	o, _ := weatherService(t, func(w http.ResponseWriter, r *http.Request) {
		asked = r
		fmt.Fprint(w, `{"latitude":52.1,"daily_units":{"time":"iso8601"},"daily":{"time":["2026-11-26","2026-11-27","2026-11-28","2026-11-29"],"precipitation_probability_max":[0,35.5,null,101]}}`)
	})
	days, err := o.Rain(context.Background(), geo.Point{Latitude: 52.1, Longitude: -1.6789}, today, today+3, "Europe/London")
	require.NoError(t, err)
	require.Equal(t, []feed.DayOfRain{{Date: today}, {Date: today + 1, Permille: 355}}, days, "null and what is no chance count as not known")
	require.Equal(t, "/v1/forecast", asked.URL.Path)
	require.Equal(t, "daily=precipitation_probability_max&end_date=2026-11-29&latitude=52.10&longitude=-1.68&start_date=2026-11-26&timezone=Europe%2FLondon", asked.URL.RawQuery)
}

func TestForecastsThatMakeNoSenseAreRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		status int
		body   string
		said   string
	}{
		"more days than chances": {200, `{"daily":{"time":["2026-11-26","2026-11-27"],"precipitation_probability_max":[1]}}`, "other days"},
		"a day before":           {200, `{"daily":{"time":["2026-11-25"],"precipitation_probability_max":[1]}}`, "other days"},
		"a day after":            {200, `{"daily":{"time":["2026-11-28"],"precipitation_probability_max":[1]}}`, "other days"},
		"a day twice":            {200, `{"daily":{"time":["2026-11-26","2026-11-26"],"precipitation_probability_max":[1,2]}}`, "other days"},
		"more days than asked":   {200, `{"daily":{"time":["2026-11-26","2026-11-27","2026-11-28"],"precipitation_probability_max":[1,2,3]}}`, "other days"},
		"no date":                {200, `{"daily":{"time":["today"],"precipitation_probability_max":[1]}}`, "other days"},
		"no JSON":                {200, `rain`, "something else"},
		"refused":                {400, `{"error":true,"reason":"Latitude must be in range of -90 to 90. Given: 52.1."}`, "answers 400"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o, _ := weatherService(t, say(c.status, c.body))
			_, err := o.Rain(context.Background(), home, today, today+1, "Europe/London")
			require.ErrorContains(t, err, c.said)
			tellsNoPosition(t, err)
		})
	}
	o, pauses := weatherService(t, say(500, ""))
	_, err := o.Rain(context.Background(), home, today, today+1, "Europe/London")
	require.ErrorContains(t, err, "answers 500")
	require.Len(t, *pauses, 3)
	_, err = feed.NewOpenMeteo("api.open-meteo.com")
	require.Error(t, err)
}

func TestAnAreaIsAskedForByTheMiddleOfItsSites(t *testing.T) {
	t.Parallel()
	at := func(lat, lon float64) geo.Point { return geo.Point{Latitude: lat, Longitude: lon} }
	f := &model.Facts{
		Teams: []model.Team{{Code: "T1", WeatherArea: "North"}, {Code: "T2", WeatherArea: "Nowhere"}, {Code: "T3"}},
		Projects: []model.Project{
			{Code: "A", Team: "T1", Site: at(52, -1)}, {Code: "B", Team: "T1", Site: at(52.5, -1.5)}, {Code: "C", Team: "T1"},
			{Code: "D", Team: "T1", WeatherArea: "Hills", Site: at(53.1234, -2)}, {Code: "E", Team: "T2"}, {Code: "F", Team: "T3", Site: at(50, 0)},
		},
		People: []model.Person{{CRN: "X000001", Home: at(10, 10)}},
	}
	known, nowhere := feed.Areas(f)
	require.Equal(t, []feed.Area{{Name: "Hills", At: at(53.12, -2)}, {Name: "North", At: at(52.25, -1.25)}}, known)
	require.Equal(t, []string{"Nowhere"}, nowhere)
}

// sky answers by latitude.
type sky map[float64]any

func (s sky) Source() string { return "the sky" }

func (s sky) Rain(_ context.Context, at geo.Point, from, _ model.Date, _ string) ([]feed.DayOfRain, error) {
	switch x := s[at.Latitude].(type) {
	case error:
		return nil, x
	case int:
		return []feed.DayOfRain{{Date: from, Permille: int32(x)}}, nil
	}
	return nil, nil
}

func TestForecastsSayWhenAndByWhom(t *testing.T) {
	t.Parallel()
	areas := []feed.Area{{Name: "A", At: geo.Point{Latitude: 1}}, {Name: "B", At: geo.Point{Latitude: 2}}, {Name: "C", At: geo.Point{Latitude: 3}}}
	now := time.Date(2026, 11, 26, 7, 30, 15, 99, time.FixedZone("", 3600))
	out, found, err := feed.Weather(context.Background(), sky{1: 420, 2: errors.New("it is closed")}, areas, today, today+1, "Europe/London", now)
	require.NoError(t, err)
	require.Equal(t, []model.Outlook{{WeatherArea: "A", Date: today, RainPermille: 420, IssuedAt: "2026-11-26T06:30:15Z", Source: "the sky"}}, out)
	require.Equal(t, []scheduler.Finding{
		{Kind: scheduler.FindingNoForecast, Subject: "B", Text: "No forecast for weather area B: it is closed."},
		{Kind: scheduler.FindingNoForecast, Subject: "C", Text: "No forecast for weather area C: the service knows none."},
	}, found)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, _, err = feed.Weather(ctx, sky{}, areas, today, today+1, "Europe/London", now)
	require.ErrorIs(t, err, context.Canceled)
}
