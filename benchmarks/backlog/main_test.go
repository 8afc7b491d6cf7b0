package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/benchmarks/backlog/play"
)

func TestRunsThatAreDoneAreNotDoneAgain(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	p := plan{people: 12, weeks: 2, rounds: 1, held: 1, training: 1, frontier: 1, runs: 3, results: filepath.Join(dir, "r.csv"), report: filepath.Join(dir, "report.md")}
	require.NoError(t, p.run(t.Context()))
	first, err := openStore(p.results)
	require.NoError(t, err)
	require.Len(t, first.rows, 3)
	p.runs = 3
	require.NoError(t, p.run(t.Context()))
	second, err := openStore(p.results)
	require.NoError(t, err)
	require.Len(t, second.rows, 6)
	require.Equal(t, first.rows, second.rows[:3])
	p.runs = 0
	was, err := os.ReadFile(p.report)
	require.NoError(t, err)
	require.NoError(t, p.run(t.Context()))
	is, err := os.ReadFile(p.report)
	require.NoError(t, err)
	require.Equal(t, string(was), string(is), "the report follows from the rows")
	require.Contains(t, string(is), "| on time |")

	require.NoError(t, os.WriteFile(p.results, []byte("way\npayback\n"), 0o600))
	_, err = openStore(p.results)
	require.ErrorContains(t, err, "r.csv, line 2: found 1 columns; expected")
}

func TestHowWomenAndMenFareIsKeptAndTold(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	p := plan{people: 60, weeks: 3, rounds: 1, runs: -1, equal: 1, women: filepath.Join(dir, "women.csv"), report: filepath.Join(dir, "report.md")}
	require.NoError(t, p.run(t.Context()))
	first, err := readFares(p.women)
	require.NoError(t, err)
	require.Len(t, first, 2)
	for _, x := range first {
		require.Positive(t, x.Women.People)
		require.Greater(t, x.Men.People, x.Women.People)
		for _, of := range []play.Fare{x.Women, x.Men} {
			require.GreaterOrEqual(t, of.Weeks, of.Without)
			require.LessOrEqual(t, of.LongestWait, p.weeks)
		}
	}
	was, err := os.ReadFile(p.report)
	require.NoError(t, err)
	require.Contains(t, string(was), "## Women and men")
	require.NoError(t, p.run(t.Context()), "nothing is played again")
	is, err := os.ReadFile(p.report)
	require.NoError(t, err)
	require.Equal(t, string(was), string(is))
	require.NoError(t, os.WriteFile(p.women, []byte("way\npayback\n"), 0o600))
	_, err = readFares(p.women)
	require.ErrorContains(t, err, "line 2: found 1 columns; expected")
}

func TestSeedsToTuneWithAreNotThoseThatAreReported(t *testing.T) {
	t.Parallel()
	p := plan{people: 300, weeks: 52, rounds: 2, held: 20, training: 5, frontier: 20}
	seen := map[job]bool{}
	for _, j := range p.jobs() {
		require.False(t, seen[j], "%v is there once", j)
		seen[j] = true
		require.True(t, j.seed >= 1 && j.seed <= 20 || j.seed >= trainingFrom && j.seed < trainingFrom+5)
		if j.constants != policyOwn {
			require.NotEmpty(t, settingsOf(j.constants))
		}
	}
}

func TestThePlotNamesEveryPoint(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	plot(&b, "a title", []point{{name: "one way", onTime: 150, wait: 40}, {name: "another", onTime: 170, wait: 12, own: true}})
	require.Contains(t, b.String(), ">one way<")
	require.Contains(t, b.String(), "<circle")
}
