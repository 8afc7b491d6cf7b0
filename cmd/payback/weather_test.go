package main_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// skies is a forecast service that knows the first day of what is asked: rain at 35.5 %.
func skies(t *testing.T) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, `{"daily":{"time":[%q],"precipitation_probability_max":[35.5]}}`, r.URL.Query().Get("start_date"))
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func TestForecastsAreFetchedIntoAFolder(t *testing.T) {
	t.Parallel()
	dir := region(t, "60")
	before := rowsOf(t, filepath.Join(dir, "weather.csv"))
	require.Contains(t, must(t, "weather", "fetch", dir, "--open-meteo", "https://nowhere.example", "--dry-run").stdout, "Nothing was asked or written.")
	o := must(t, "weather", "fetch", dir, "--open-meteo", skies(t))
	require.Regexp(t, `^\d+ forecasts? for \d+ weather areas? written into `, o.stdout)
	require.Contains(t, o.stdout, "CC BY 4.0", "as the licence of the data asks for")
	after := rowsOf(t, filepath.Join(dir, "weather.csv"))
	require.Greater(t, len(after), len(before), "what was there stays")
	for _, r := range before[1:] {
		require.Contains(t, after, r)
	}
	fresh := 0
	for _, r := range after {
		if r[4] == "Open-Meteo.com" {
			require.Equal(t, "0.355", r[2])
			fresh++
		}
	}
	require.Positive(t, fresh)
	again := must(t, "weather", "fetch", dir, "--open-meteo", skies(t))
	require.Equal(t, o.stdout, again.stdout)
	require.Len(t, rowsOf(t, filepath.Join(dir, "weather.csv")), len(after), "a newer forecast takes the place of the older one")
}

func TestForecastsAreFetchedIntoTheRecord(t *testing.T) {
	t.Parallel()
	r := newRecord(t, "60")
	require.Contains(t, r.must("weather", "fetch", "--open-meteo", skies(t)).stdout, "written into data version 2 of ")
	var audit []struct{ Action, Reason string }
	r.json(&audit, "audit", "list")
	require.Equal(t, "forecasts from a weather service", audit[len(audit)-1].Reason)
}

func TestForecastsWantAService(t *testing.T) {
	t.Parallel()
	dir := region(t, "60")
	down := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", http.StatusForbidden) }))
	t.Cleanup(down.Close)
	for name, c := range map[string]struct {
		args []string
		says string
	}{
		"none":          {[]string{dir}, "Which forecast service?"},
		"too many days": {[]string{dir, "--open-meteo", "https://nowhere.example", "--days", "17"}, "--days: found 17; expected 1 to 16."},
		"it is down":    {[]string{dir, "--open-meteo", down.URL}, "Nothing was written, because there is no forecast."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := run(append([]string{"weather", "fetch"}, c.args...)...)
			require.NotZero(t, o.code)
			require.Contains(t, strings.Join(strings.Fields(o.stderr), " "), c.says)
		})
	}
}
