package main

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/scheduler"
)

// TestMain lets this test program be the processes that the benchmark starts.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && strings.HasSuffix(os.Args[1], "-for-parent") {
		main()
		return
	}
	os.Exit(m.Run())
}

func TestASmallCountryIsPlannedInTwoProcessesAndNotTwice(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	p, err := parse([]string{"-regions", "1", "-people", "20", "-sizes", "2", "-workers", "2", "-scale-people", "20", "-rounds", "1", "-results", dir,
		"-report", filepath.Join(dir, "report.md"), "-cases", "1"})
	require.NoError(t, err)
	s, err := openStore(dir)
	require.NoError(t, err)
	require.NoError(t, s.add(&measured{night: p.nights()[0], Night: 1, Wall: 61, Results: []region{{Name: "Region 01", People: 20, State: "made",
		Weeks: []week{{Week: "2026-W49", Placed: 9, Value: 90_000, Bound: 100_000, Gap: 1000, Placements: 1}, {Week: "2026-W50", Gap: -1, Failure: "it was stopped."}}}}}))
	require.NoError(t, p.run(t.Context()))
	s, err = openStore(dir)
	require.NoError(t, err)
	require.Len(t, s.nights, 2)
	made := s.nights[1]
	require.Equal(t, country{Regions: 2, People: 20, Processes: 2, Each: 1}, made.country)
	require.Len(t, made.Results, 2)
	for _, x := range made.Results {
		require.Equal(t, "made", x.State)
		require.Len(t, x.Weeks, 4)
		for _, y := range x.Weeks {
			require.Zero(t, y.Broken)
			require.Positive(t, y.Bound)
			require.GreaterOrEqual(t, y.Bound, y.Value)
			require.Equal(t, 1, y.Rounds)
		}
	}
	require.Positive(t, made.CPU)
	require.Positive(t, made.Memory)
	require.Positive(t, made.Record)
	text, err := os.ReadFile(filepath.Join(dir, "report.md"))
	require.NoError(t, err)
	for _, has := range []string{"**1:01 min in all**", "| Region 01 | 20 |", "10.00 % | 0.1 |", "Of 1 weeks no gap is known.", "week 2026-W50: it was stopped.", "| 2 | 2 |"} {
		require.Contains(t, string(text), has)
	}
	require.FileExists(t, filepath.Join(dir, plotName))
	p.cases = -1
	require.NoError(t, p.run(t.Context()))
	again, err := openStore(dir)
	require.NoError(t, err)
	require.Equal(t, s.nights, again.nights, "what is measured is not measured again")

	require.NoError(t, os.WriteFile(s.path, []byte("{}\n{\"regions\":"), 0o600))
	s, err = openStore(dir)
	require.NoError(t, err)
	require.Len(t, s.nights, 1, "a last line that was cut short is left out")
	require.NoError(t, os.WriteFile(s.path, []byte("{\n{}\n"), 0o600))
	_, err = openStore(dir)
	require.ErrorContains(t, err, "line 1")
}

func TestQuestionsAreAskedAboutWhatIsPublished(t *testing.T) {
	t.Parallel()
	where := filepath.Join(t.TempDir(), "record", "payback.db")
	store, err := openRecord(t.Context(), where)
	require.NoError(t, err)
	s, err := openOffice(store, 0, clock(0), 1, true)
	require.NoError(t, err)
	require.NoError(t, writeRegions(t.Context(), s, 1, 60, 1))
	defer store.Close()
	body, err := json.Marshal(order{Where: where, Seed: 1})
	require.NoError(t, err)
	var out bytes.Buffer
	require.NoError(t, ask(t.Context(), bytes.NewReader(body), &out), "nothing is published, and the night is over at once")
	require.Equal(t, "null\n", out.String())

	s.Now = clock(time.Until(midnight(firstWeek.Monday() + firstNight)))
	n, err := s.RunNight(t.Context(), everybody(), regionNumber(0), scheduler.NightRequest{Rounds: 1})
	require.NoError(t, err)
	c := night{country: country{Regions: 1}}
	all, err := c.tell(t.Context(), s, n.Date)
	require.NoError(t, err)
	require.NoError(t, c.publish(t.Context(), s, all))
	a := &asker{s: s, seed: 1, rng: rand.New(rand.NewPCG(1, 3)), took: map[string][]time.Duration{}}
	require.NoError(t, a.visit(t.Context(), regionNumber(0)))
	told := a.told()
	require.Len(t, told, len(limits))
	for i, l := range limits {
		require.Equal(t, l.question, told[i].Question)
		require.Positive(t, told[i].Longest)
	}
}

func TestAnswersAreToldByTheirPlaceAmongAll(t *testing.T) {
	t.Parallel()
	a := &asker{took: map[string][]time.Duration{}}
	for i := range 200 {
		a.took[bestPlaces] = append(a.took[bestPlaces], time.Duration(200-i)*time.Millisecond)
	}
	require.Equal(t, []answer{{Question: bestPlaces, Limit: 50, Times: 200, Middle: 101, Most: 199, Longest: 200}}, a.told())
}

func TestFlagsThatMakeNoSenseAreRefused(t *testing.T) {
	t.Parallel()
	for flags, want := range map[string]string{"-sizes 1,x": "-sizes: found \"x\"", "-regions 0": "-regions: found 0", "more": "found \"more\""} {
		_, err := parse(strings.Fields(flags))
		require.ErrorContains(t, err, want)
	}
}
