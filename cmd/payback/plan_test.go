package main_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestARegionGoesInAndACheckedWeekComesOut(t *testing.T) {
	t.Parallel()
	dir := region(t, "120")
	out := filepath.Join(t.TempDir(), "w49")
	o := must(t, "plan", dir, "--out", out, "--rounds", "2")
	require.Contains(t, o.stdout, "Plan w49  week 2026-W49  nothing published before  policy england-wales  seed 1  input ")
	require.Regexp(t, `\d+ of 1\d\d people placed   \d+ person-days   [\d,]+ hours offered   \d+ expected   0 must-fix`, o.stdout)
	require.Regexp(t, `\d+ sessions   \d+ of \d+ places used   \d+ duties   \d+ trips   [\d,]+ on-time points`, o.stdout)
	require.Contains(t, o.stdout, "Not or not fully placed: ")
	require.Contains(t, o.stderr, "Next: payback show "+out)
	require.Contains(t, o.stderr, "It ended after 2 rounds of work because ")
	narrow(t, o.stdout)
	alone(t, out, "plan.json", "certificate.json.gz", "few-prices.json.gz", "appointments.csv", "sessions.csv", "unplaced.csv")

	judged := must(t, "check", dir, "--roster", out)
	require.Contains(t, judged.stdout, " 0 must-fix.")
	require.Contains(t, judged.stdout, "urgency is worth ")
	require.NotContains(t, judged.stderr, "not those that", "the plan was made from these very files")
}

func TestThePlanDoesNotDependOnTheNumberOfWorkers(t *testing.T) {
	t.Parallel()
	dir := region(t, "200")
	one := bytesOf(t, plan(t, dir, "--workers", "1"))
	require.Equal(t, one, bytesOf(t, plan(t, dir, "--workers", "2")))
	require.Equal(t, one, bytesOf(t, plan(t, dir, "--workers", "8")))
	require.NotEqual(t, one["appointments.csv"], bytesOf(t, plan(t, dir, "--seed", "2"))["appointments.csv"])
}

func TestAPlanThatWasCutCanBeMadeAgain(t *testing.T) {
	t.Parallel()
	dir := region(t, "120")
	cut := bytesOf(t, plan(t, dir, "--rounds", "4", "--cut-at", "2"))
	var p struct {
		Rounds  int `json:"rounds"`
		Planned int `json:"rounds_planned"`
	}
	require.NoError(t, json.Unmarshal([]byte(cut["plan.json"]), &p))
	require.Equal(t, 2, p.Rounds)
	require.Equal(t, 4, p.Planned)
	require.Equal(t, cut, bytesOf(t, plan(t, dir, "--rounds", "4", "--cut-at", "2", "--workers", "3")))
}

func TestABoundBeginsWithTheFewPricesOfAnEarlierPlanAndCanBeMadeAgain(t *testing.T) {
	t.Parallel()
	dir := region(t, "120")
	first := plan(t, dir)
	type told struct {
		Cut       string `json:"cut"`
		Planned   int    `json:"rounds_planned"`
		BoundFrom string `json:"bound_from"`
		FewPrices string `json:"few_prices"`
	}
	read := func(files map[string]string) (p told) {
		require.NoError(t, json.Unmarshal([]byte(files["plan.json"]), &p))
		return p
	}
	cold := read(bytesOf(t, first))
	require.Empty(t, cold.BoundFrom)
	require.Len(t, cold.FewPrices, 12)
	require.NotContains(t, cold.Cut, "w")

	warm := plan(t, dir, "--bound-from", first)
	files := bytesOf(t, warm)
	p := read(files)
	require.Equal(t, cold.FewPrices, p.BoundFrom)
	require.Contains(t, p.Cut, "w"+p.BoundFrom+":")

	// It is made again with the plan it began with, or with the plan itself when that one is gone.
	require.Equal(t, files, bytesOf(t, plan(t, dir, "--cut-at", p.Cut, "--bound-from", first, "--workers", "3")))
	require.NoError(t, os.RemoveAll(first))
	require.Equal(t, files, bytesOf(t, plan(t, dir, "--cut-at", p.Cut, "--bound-from", warm)))
	must(t, "plan", dir, "--out", warm, "--rounds", "2", "--bound-from", warm, "-q") // in the place of itself
	require.NotEqual(t, p.BoundFrom, read(bytesOf(t, warm)).BoundFrom)
}

func TestAPlanWithoutFewPricesIsNoneToBeginWith(t *testing.T) {
	t.Parallel()
	dir := region(t, "60")
	out := plan(t, dir)
	p := filepath.Join(t.TempDir(), "again")
	for _, c := range []struct {
		change func()
		text   string
	}{
		{func() {}, "expected none, for the run that is repeated began with first prices"},
		{func() { require.NoError(t, os.WriteFile(filepath.Join(out, "few-prices.json.gz"), []byte("x"), 0o600)) }, "few-prices.json.gz was not understood"},
		{func() { require.NoError(t, os.Remove(filepath.Join(out, "few-prices.json.gz"))) }, "holds no few-prices.json.gz"},
		{func() { require.NoError(t, os.Remove(filepath.Join(out, "plan.json"))) }, "holds no plan.json"},
	} {
		c.change()
		o := run("plan", dir, "--out", p, "--rounds", "2", "--cut-at", "g3:1", "--bound-from", out)
		require.NotZero(t, o.code)
		require.Contains(t, strings.Join(strings.Fields(o.stderr), " "), c.text)
		require.NoDirExists(t, p)
	}
}

func TestPlanSaysNothingOfTheMachine(t *testing.T) {
	t.Parallel()
	dir := region(t, "60")
	out := plan(t, dir)
	for name, text := range bytesOf(t, out) {
		require.NotContains(t, text, filepath.Dir(dir), name)
		require.NotContains(t, text, filepath.Dir(out), name)
	}
	o := must(t, "plan", dir, "--out", out, "--rounds", "2", "-q", "-o", "json")
	require.True(t, json.Valid([]byte(o.stdout)), o.stdout)
	require.JSONEq(t, bytesOf(t, out)["plan.json"], o.stdout)
	require.Empty(t, o.stderr)
}

func TestAnEarlierPlanIsReplacedAndNothingElse(t *testing.T) {
	t.Parallel()
	dir := region(t, "60")
	out := plan(t, dir)
	must(t, "plan", dir, "--out", out, "--rounds", "2", "-q")

	o := run("plan", dir, "--out", dir, "--rounds", "2")
	require.Equal(t, 2, o.code)
	require.Contains(t, o.stderr, "is there already and holds no plan.json")

	require.NoError(t, os.WriteFile(filepath.Join(out, "notes.txt"), []byte("mine"), 0o600))
	o = run("plan", dir, "--out", out, "--rounds", "2")
	require.Equal(t, 2, o.code)
	require.Contains(t, o.stderr, "also holds notes.txt, which would be lost")
	require.FileExists(t, filepath.Join(out, "notes.txt"))
	alone(t, filepath.Dir(out), "w49")

	o = run("plan", dir, "--out", filepath.Join(dir, "people.csv", "w49"), "--rounds", "2")
	require.Equal(t, 2, o.code)
	require.Contains(t, o.stderr, "is not a folder that can be used")
}

func TestCtrlCKeepsTheBestPlan(t *testing.T) {
	t.Parallel()
	dir := region(t, "120")
	home := t.TempDir()
	out := filepath.Join(home, "w49")
	m, _, stderr := program()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	asked := 0
	m.Now = func() time.Time { // the run asks for the time between rounds; after some of them somebody presses Ctrl-C
		if asked++; asked == 9 {
			cancel()
		}
		return now
	}
	require.Equal(t, 130, m.Do(ctx, []string{"plan", dir, "--out", out, "--time", "10m", "--progress", "none"}))
	require.Contains(t, stderr.String(), "Interrupted: the best plan so far is in "+out)
	require.Contains(t, stderr.String(), "because it was interrupted")
	alone(t, home, "w49")
	must(t, "check", dir, "--roster", out)
}

func TestCtrlCBeforeThereIsAPlanSavesNothing(t *testing.T) {
	t.Parallel()
	dir := region(t, "60")
	home := t.TempDir()
	m, stdout, stderr := program()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	require.Equal(t, 130, m.Do(ctx, []string{"plan", dir, "--out", filepath.Join(home, "w49"), "--rounds", "2"}))
	require.Contains(t, stderr.String(), "nothing was saved")
	require.Empty(t, stdout.String())
	alone(t, home)
}

func TestTheClockCutsARunAndSaysSo(t *testing.T) {
	t.Parallel()
	dir := region(t, "60")
	m, _, stderr := program()
	asked := 0
	m.Now = func() time.Time { // time flies, and then the machine is held up for an hour
		if asked++; asked > 8 {
			return now.Add(time.Hour)
		}
		return now.Add(time.Duration(asked) * time.Millisecond)
	}
	out := filepath.Join(t.TempDir(), "w49")
	require.Zero(t, m.Do(context.Background(), []string{"plan", dir, "--out", out, "--time", "20s", "--as-of", "2026-11-26T09:00", "--progress", "none"}))
	require.Contains(t, stderr.String(), "because its time was up")
}

func TestAWeekThatIsOverIsTakenAsItStoodBefore(t *testing.T) {
	t.Parallel()
	dir := region(t, "60")
	out := filepath.Join(t.TempDir(), "w49")
	m, _, stderr := program()
	m.Now = func() time.Time { return now.AddDate(0, 3, 0) }
	require.Zero(t, m.Do(context.Background(), []string{"plan", dir, "--week", "2026-W49", "--out", out, "--rounds", "2"}))
	require.Contains(t, stderr.String(), "All of week 2026-W49 is over or frozen by now, so it is taken as it stood at 2026-11-26T09:00.")
	require.Equal(t, bytesOf(t, plan(t, dir)), bytesOf(t, out), "the same as on that Thursday")
}

func TestWhatIsPublishedAndFrozenStays(t *testing.T) {
	t.Parallel()
	dir := region(t, "120")
	out := plan(t, dir)
	publish(t, dir, out)
	judged := must(t, "check", dir, "--as-of", "2026-11-26T09:00", "--week", "2026-W49")
	require.Contains(t, judged.stdout, " 0 must-fix.")

	// On Tuesday a supervisor has no working time any more: Tuesday and Wednesday are frozen, and what is broken there stays
	// and is said; the rest is mended.
	code := rowsOf(t, filepath.Join(dir, "supervisors.csv"))[1][0]
	edit(t, filepath.Join(dir, "supervisor_availability.csv"), func(s string) string {
		var kept []string
		for line := range strings.SplitSeq(s, "\n") {
			if !strings.HasPrefix(line, code+",") {
				kept = append(kept, line)
			}
		}
		return strings.Join(kept, "\n")
	})
	again := filepath.Join(t.TempDir(), "again")
	o := must(t, "plan", dir, "--week", "2026-W49", "--as-of", "2026-12-01T13:00", "--out", again, "--rounds", "2")
	require.Contains(t, o.stdout, "based on what is published")
	require.Contains(t, o.stdout, "Frozen until Thur 3 Dec 00:00: nothing before that was added, moved or removed")
	require.Regexp(t, `\d+ changes?: \d+ added, \d+ moved, \d+ removed, \d+ supervisor or minibus`, o.stdout)
	for line := range strings.SplitSeq(must(t, "diff", out, again, "-o", "csv", "--no-headers").stdout, "\n") {
		if line != "" {
			require.Regexp(t, `,2026-12-0[3-6],`, line, "nothing frozen moves")
		}
	}
}

// publish puts a plan's appointments and sessions into a region's files.
func publish(t *testing.T, dir, out string) {
	t.Helper()
	planned := bytesOf(t, out)
	edit(t, filepath.Join(dir, "appointments.csv"), func(s string) string {
		_, rows, _ := strings.Cut(planned["appointments.csv"], "\n")
		return s + rows
	})
	require.NoError(t, os.WriteFile(filepath.Join(dir, "sessions.csv"), []byte(planned["sessions.csv"]), 0o600))
}
