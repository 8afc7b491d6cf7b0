package main_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// aNight is what results tell of a night.
type aNight struct {
	Night    string `json:"night"`
	State    string `json:"state"`
	Headline string `json:"headline"`
	Facts    int    `json:"data_version"`
	Files    []struct {
		File    string `json:"file"`
		Version int    `json:"data_version"`
		Rows    int    `json:"rows_changed"`
		Problem string `json:"problem"`
	} `json:"files"`
	Rosters []struct {
		Week    string `json:"week"`
		Version int    `json:"version"`
		New     int    `json:"cases_new"`
	} `json:"in_force"`
	Weeks []struct {
		Week      string   `json:"week"`
		Plan      string   `json:"plan"`
		Changes   int      `json:"changes"`
		Published int      `json:"published_version"`
		Withheld  string   `json:"not_published_because"`
		Lacking   []string `json:"lacking"`
	} `json:"weeks"`
}

// arrive puts a file into the inbox that was written long ago.
func (r *recorded) arrive(name, text string) string {
	r.t.Helper()
	dir := filepath.Join(r.data, "inbox", "Middle%20Vale")
	require.NoError(r.t, os.MkdirAll(dir, 0o700))
	path := filepath.Join(dir, name)
	require.NoError(r.t, os.WriteFile(path, []byte(text), 0o600))
	long := now.Add(-time.Hour)
	require.NoError(r.t, os.Chtimes(path, long, long))
	return path
}

func TestANightIsDoneByHand(t *testing.T) {
	t.Parallel()
	r := newRecord(t, "60")
	require.Contains(t, r.must("nights").stdout, "Middle Vale has had no night yet.")
	require.Equal(t, 5, r.run("night", "show").code)
	var first aNight
	r.json(&first, "night", "run", "--rounds", "1", "--as-of", "2026-11-26T12:00")
	require.Equal(t, "2026-11-26", first.Night)
	require.Equal(t, "made", first.State)
	require.Len(t, first.Weeks, 4)
	require.Equal(t, "2026-W49", first.Weeks[0].Week)
	require.NotEmpty(t, first.Weeks[0].Lacking)
	require.Contains(t, first.Weeks[0].Withheld, "without somebody")
	o := r.run("night", "run", "--rounds", "1", "--as-of", "2026-11-26T12:00")
	require.Equal(t, 6, o.code)
	require.Contains(t, o.stderr, "--again")
	r.must("publish", first.Weeks[0].Plan, "--as-of", "2026-11-26T12:00")

	good := r.arrive("kit.csv", "team_code,kind,quantity\n"+r.team()+",gloves,7\n")
	bad := r.arrive("non_working_days.csv", "date,name\nsometime,Never\n")
	fresh := r.arrive("costs.csv", "lever,unit_cost\nx,1\n")
	require.NoError(t, os.Chtimes(fresh, now.Add(-time.Second), now.Add(-time.Second)))
	r.arrive("notes.txt", "nothing that a night takes in")
	var second aNight
	r.json(&second, "night", "run", "--rounds", "1", "--as-of", "2026-11-26T12:00", "--again")
	require.Equal(t, "2026-11-26+2", second.Night)
	problems := map[string]string{}
	for _, f := range second.Files {
		problems[f.File] = f.Problem
	}
	require.Len(t, problems, 3)
	require.Empty(t, problems["kit.csv"], problems["kit.csv"])
	require.Contains(t, problems["non_working_days.csv"], "row 2")
	require.Contains(t, problems["costs.csv"], "less than a minute ago")
	require.NoFileExists(t, good)
	require.FileExists(t, bad)
	require.FileExists(t, fresh)
	taken, err := filepath.Glob(filepath.Join(filepath.Dir(good), "taken", "*-kit.csv"))
	require.NoError(t, err)
	require.Len(t, taken, 1)
	require.Equal(t, 2, second.Facts)
	require.Equal(t, 1, second.Rosters[0].Version)
	require.Zero(t, second.Weeks[0].Published)

	words := strings.Join(strings.Fields(r.must("night", "show").stdout), " ")
	require.Contains(t, words, "2 files could not be taken in.")
	require.Contains(t, words, "Taken in: kit.csv, 1 row, data version 2.")
	require.Contains(t, words, "Since the night before: kit: 0 new, 1 changed, 0 removed.")
	require.Contains(t, words, "In force: week 2026-W49, version 1")
	require.Contains(t, r.must("night", "show", "2026-11-26").stdout, "planned 4 weeks")
	require.Equal(t, 2, strings.Count(r.must("nights", "-o", "csv", "--no-headers").stdout, "\n"))

	runs := strings.Split(strings.TrimSpace(r.must("runs", "-o", "csv", "--no-headers").stdout), "\n")
	require.Len(t, runs, 10)
	require.Contains(t, r.must("runs", "replay", first.Weeks[1].Plan).stdout, "gives the same")
	require.Equal(t, 5, r.run("runs", "replay", "p_0").code)
	require.Contains(t, r.must("audit", "list", "-o", "csv").stdout, ",night,2026-11-26+2,")
	r.must("audit", "verify")
}

// team gives the code of a team of the region.
func (r *recorded) team() string {
	r.t.Helper()
	raw, err := os.ReadFile(filepath.Join(r.dir, "teams.csv"))
	require.NoError(r.t, err)
	lines := strings.Split(string(raw), "\n")
	for i, name := range strings.Split(strings.TrimSpace(lines[0]), ",") {
		if name == "team_code" {
			return strings.Split(lines[1], ",")[i]
		}
	}
	r.t.Fatal("teams.csv has no team_code")
	return ""
}
