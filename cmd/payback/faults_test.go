package main_test

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

// faulty plans with a rule whose words know nothing of what its kernels price.
func faulty(ctx context.Context, q scheduler.PlanRequest) (*scheduler.PlanResult, error) {
	c := *constraints.Opening
	c.Violations = func(*model.Snapshot, *model.Roster) iter.Seq[solver.Violation] {
		return func(func(solver.Violation) bool) {}
	}
	q.Constraints = slices.Clone(constraints.All)
	q.Constraints[slices.Index(constraints.All, constraints.Opening)] = &c
	q.Recheck = 20_000
	return scheduler.Plan(ctx, q)
}

// onlyReport gives the one report in a folder.
func onlyReport(t *testing.T, folder string) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(folder, "*"))
	require.NoError(t, err)
	require.Len(t, found, 1)
	return found[0]
}

func TestAPlanOfFilesWithAFaultIsRefusedAndReportedBesideIt(t *testing.T) {
	t.Parallel()
	dir := region(t, "120")
	out := filepath.Join(t.TempDir(), "w49")
	m, stdout, stderr := program()
	m.Search = faulty
	require.Equal(t, 1, m.Do(t.Context(), []string{"plan", dir, "--out", out, "--rounds", "4"}), stdout.String())
	require.NoDirExists(t, out)
	report := onlyReport(t, out+"-faults")
	require.Contains(t, stderr.String(), "The program found a fault in itself (move). Its report, which names nobody, is in "+report+".")
	require.Contains(t, stderr.String(), "nothing was saved")

	o := must(t, "faults", "replay", report, "--exit-code")
	require.Contains(t, o.stdout, "The fault is not there any more.", "the rules of the program itself are right")
	narrow(t, o.stdout)
	var x struct {
		Kind  string `json:"kind"`
		There bool   `json:"still_there"`
	}
	require.NoError(t, json.Unmarshal([]byte(must(t, "faults", "replay", report, "-o", "json").stdout), &x))
	require.Equal(t, "move", x.Kind)
	require.False(t, x.There)
	require.Equal(t, 5, run("faults", "replay", dir).code)
}

func TestTheServiceCountsFaultsAndSavesNothingOfThem(t *testing.T) {
	t.Parallel()
	r := newRecord(t, "120")
	m, stdout, stderr := program()
	m.Search = faulty
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan int, 1)
	go func() { ended <- m.Do(ctx, []string{"serve", "--listen", "127.0.0.1:0", "--data", r.data}) }()
	address := regexp.MustCompile(`Open (http://127\.0\.0\.1:\d+)/`)
	require.Eventually(t, func() bool { return address.MatchString(stdout.String()) }, time.Minute, 20*time.Millisecond, "%s", stderr)
	at := address.FindStringSubmatch(stdout.String())[1]

	before := get(t, at+"/metrics")
	require.Contains(t, before, `payback_selfcheck_mismatch_total{kind="move"} 0`)
	require.Contains(t, before, `payback_plans_total{end="refused"} 0`)
	require.Contains(t, before, "payback_fault_reports 0")

	ask := strings.NewReader(`{"week": "2026-W49", "rounds": 4, "request_id": "00000000-0000-4000-8000-000000000001"}`)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, at+"/payback.v1.PlanService/CreatePlan", ask)
	require.NoError(t, err)
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	require.NoError(t, res.Body.Close())
	require.Equal(t, http.StatusOK, res.StatusCode)
	// The report is written before its fault is counted.
	require.Eventually(t, func() bool {
		return strings.Contains(get(t, at+"/metrics"), `payback_selfcheck_mismatch_total{kind="move"} 1`)
	}, time.Minute, 50*time.Millisecond)
	after := get(t, at+"/metrics")
	require.Contains(t, after, "payback_fault_reports 1")
	require.Contains(t, after, `payback_plans_total{end="refused"} 1`)
	require.Regexp(t, `(?m)^payback_selfcheck_total [1-9]`, after)
	require.NotContains(t, after, "Vale", "no region is named")
	stop()
	require.Zero(t, <-ended, stderr.String())

	report := onlyReport(t, filepath.Join(r.data, "faults"))
	info, err := os.Stat(filepath.Dir(report))
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o700), info.Mode().Perm())
	listed := r.must("plans", "--week", "2026-W49").stdout
	require.Contains(t, listed, "failed")
	looked := r.run("doctor")
	require.Equal(t, 3, looked.code)
	require.Regexp(t, `BAD +faults +1 report`, looked.stdout)
	require.NoError(t, os.RemoveAll(report))
	require.NotContains(t, r.must("doctor").stdout, "BAD")
}
