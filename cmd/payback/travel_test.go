package main_test

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
)

// routes is a routing service for which every way takes half an hour.
func routes(t *testing.T) (address string, asked *atomic.Int32) {
	t.Helper()
	asked = &atomic.Int32{}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		many := func(name string) int { return 1 + strings.Count(r.URL.Query().Get(name), ";") }
		row := "[" + strings.TrimSuffix(strings.Repeat("1800,", many("destinations")), ",") + "]"
		fmt.Fprintf(w, `{"code":"Ok","durations":[%s]}`, strings.TrimSuffix(strings.Repeat(row+",", many("sources")), ","))
	}))
	t.Cleanup(s.Close)
	return s.URL, asked
}

func TestJourneysAreFetchedIntoAFolder(t *testing.T) {
	t.Parallel()
	dir := region(t, "60")
	service, asked := routes(t)
	require.Contains(t, must(t, "travel", "fetch", dir, "--osrm", service, "--dry-run").stdout, "Nothing was asked or written.")
	require.Zero(t, asked.Load())
	require.NoFileExists(t, filepath.Join(dir, "travel.csv"))

	o := must(t, "travel", "fetch", dir, "--osrm", service)
	require.Regexp(t, `^[\d,]+ of [\d,]+ journeys answered, 0 of them from the cache, by \d+ questions?; [\d,]+ stay estimates.\n`, o.stdout)
	require.Contains(t, o.stderr, "no routing service was named for their mode of travel.", "there are buses and walkers")
	rows := rowsOf(t, filepath.Join(dir, "travel.csv"))
	require.Equal(t, []string{"from", "to", "mode", "minutes", "metres"}, rows[0])
	require.Greater(t, len(rows), 100)
	for _, r := range rows[1:] {
		require.Equal(t, []string{"car", "30", ""}, r[2:])
	}
	before := asked.Load()
	require.Positive(t, before)
	must(t, "travel", "fetch", dir, "--osrm", service)
	require.Equal(t, before, asked.Load(), "the cache has it all")
	for _, name := range []string{"travel.csv", ".journeys"} {
		stat, err := os.Stat(filepath.Join(dir, name))
		require.NoError(t, err)
		require.Equal(t, os.FileMode(0o600), stat.Mode().Perm(), name)
	}
	must(t, "plan", dir, "--week", "2026-W49", "--rounds", "1", "--out", filepath.Join(t.TempDir(), "w49"))
}

func TestJourneysAreFetchedIntoTheRecord(t *testing.T) {
	t.Parallel()
	r := newRecord(t, "60")
	service, _ := routes(t)
	require.Contains(t, r.must("travel", "fetch", "--osrm", service, "--osrm-walk", service).stdout, "Written into data version 2 of ")
	out := filepath.Join(t.TempDir(), "facts")
	r.must("export", "facts", "--out", out)
	require.Greater(t, len(rowsOf(t, filepath.Join(out, "travel.csv"))), 100)
	require.FileExists(t, filepath.Join(r.data, ".journeys"))
}

func TestAServiceThatIsDownChangesNothing(t *testing.T) {
	t.Parallel()
	dir := region(t, "60")
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", http.StatusForbidden) }))
	t.Cleanup(s.Close)
	o := run("travel", "fetch", dir, "--osrm", s.URL)
	require.NotZero(t, o.code)
	require.Contains(t, strings.Join(strings.Fields(o.stderr), " "), "the routing service failed: the service at "+strings.TrimPrefix(s.URL, "http://"))
	require.Contains(t, o.stderr, "Nothing was written, because no journey was answered.")
	require.NoFileExists(t, filepath.Join(dir, "travel.csv"))
}

func TestFetchingWantsAServiceAndAFolder(t *testing.T) {
	t.Parallel()
	dir := region(t, "60")
	edit(t, filepath.Join(dir, "weather.csv"), func(s string) string { return s + "North,soon,0.5,,\n" })
	for name, c := range map[string]struct {
		args []string
		says string
	}{
		"no service":              {[]string{dir}, "Which routing service?"},
		"no address":              {[]string{dir, "--osrm", "routes.example"}, "found an address that is none of a service"},
		"a batch of nothing":      {[]string{dir, "--osrm", "https://routes.example", "--batch", "0"}, "--batch: found 0; expected 1 to 1,000."},
		"an age beyond all":       {[]string{dir, "--osrm", "https://routes.example", "--max-age", "9999"}, "--max-age: found 9,999; expected 0 to 3,650."},
		"a file for a folder":     {[]string{filepath.Join(dir, "people.csv"), "--osrm", "https://routes.example"}, "is not a folder"},
		"rows that would be lost": {[]string{dir, "--osrm", "https://routes.example"}, "weather.csv has rows that cannot be read."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := run(append([]string{"travel", "fetch"}, c.args...)...)
			require.NotZero(t, o.code)
			require.Contains(t, strings.Join(strings.Fields(o.stderr), " "), c.says)
		})
	}
}

func TestPostcodesAreLookedUpOnTheWayIn(t *testing.T) {
	t.Parallel()
	dir := region(t, "60")
	rows := rowsOf(t, filepath.Join(dir, "people.csv"))
	lat, lon := slices.Index(rows[0], "latitude"), slices.Index(rows[0], "longitude")
	code := slices.Index(rows[0], "postcode")
	wanted := rows[1][0]
	at := [2]string{rows[1][lat], rows[1][lon]}
	for _, r := range rows[1:] {
		if r[0] == wanted { // all rows of one person
			r[lat], r[lon], r[code] = "", "", "ZZ99 3WZ"
		}
	}
	var b strings.Builder
	w := csv.NewWriter(&b)
	require.NoError(t, w.WriteAll(rows))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "people.csv"), []byte(b.String()), 0o600))
	gazetteer := filepath.Join(t.TempDir(), "gazetteer.csv")
	require.NoError(t, os.WriteFile(gazetteer, []byte("pcds,lat,long\nZZ99 3WZ,"+at[0]+","+at[1]+"\n"), 0o600))

	data := filepath.Join(t.TempDir(), "data")
	must(t, "import", dir, "--data", data)
	o := must(t, "import", gazetteer, "--data", data)
	require.Regexp(t, `(?m)^people +0 +[12] `, o.stdout, "the people of the record who had a postcode alone")
	out := filepath.Join(t.TempDir(), "facts")
	must(t, "export", "facts", "--out", out, "--data", data)
	for _, r := range rowsOf(t, filepath.Join(out, "people.csv")) {
		if r[0] == wanted {
			require.Equal(t, [2]string{r[lat], r[lon]}, at)
		}
	}
	other := filepath.Join(t.TempDir(), "other.csv")
	require.NoError(t, os.WriteFile(other, []byte("pcds,lat,long\nAA1 1AA,51,0\n"), 0o600))
	o = run("import", dir, "--data", filepath.Join(t.TempDir(), "data"), "--gazetteer", other)
	require.NotZero(t, o.code)
	require.Contains(t, o.stderr, "postcode not known")
	require.NotContains(t, o.stdout+o.stderr, "3WZ")
	require.Equal(t, 2, run("plan", "--gazetteer", other, "--data", data).code, "it is for files")
	must(t, "plan", dir, "--gazetteer", gazetteer, "--week", "2026-W49", "--rounds", "1", "--out", filepath.Join(t.TempDir(), "w49"))
}
