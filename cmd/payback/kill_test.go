package main_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	main "github.com/communitypayback/payback/cmd/payback"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/scheduler/sqlitestore"
	"github.com/communitypayback/payback/solver/constraints"
)

// The process that is killed is this test program, told by its environment which record to work on and how.
const (
	officeData  = "PAYBACK_TEST_OFFICE_DATA"
	officeHasty = "PAYBACK_TEST_OFFICE_HASTY"
	officeApart = "PAYBACK_TEST_OFFICE_APART"
)

func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == main.ChildCommand {
		os.Exit(main.ServeParent(os.Stdin, os.Stdout))
	}
	if os.Getenv(machineClock) != "" {
		os.Exit(beMachine())
	}
	if data := os.Getenv(officeData); data != "" {
		workUntilKilled(data)
		os.Exit(1) // it only ends by being killed
	}
	os.Exit(m.Run())
}

// workUntilKilled imports, plans and publishes with the commands that people use, and acknowledges each on a line, as
// "import 3", "plan p_1f" and "publish 2". A hasty office acknowledges a publication before it has made it, and stops there.
func workUntilKilled(data string) {
	files, err := os.MkdirTemp("", "files")
	if err != nil {
		panic(err)
	}
	for n := 0; ; n++ {
		day := model.NewDate(2031, 1, 1) + model.Date(rand.IntN(20_000)) //nolint:gosec // any day will do
		holidays := filepath.Join(files, "non_working_days.csv")
		if err := os.WriteFile(holidays, []byte("date,name\n"+day.String()+",Holiday\n"), 0o600); err != nil {
			panic(err)
		}
		acknowledge("import", "data_version", "import", holidays, "--data", data)
		id := acknowledge("plan", "plan", "plan", "--week", "2026-W49", "--rounds", "1", "--data", data)
		if os.Getenv(officeHasty) != "" {
			fmt.Fprintln(os.Stdout, "publish 1")
			select {} // until it is killed
		}
		acknowledge("publish", "version", "publish", id, "--data", data)
	}
}

// acknowledge runs a command, and once it has succeeded prints what it made.
func acknowledge(what, field string, args ...string) string {
	m, stdout, stderr := program()
	if os.Getenv(officeApart) != "" {
		m.Search = nil // in a process of its own, which dies with this one
	}
	if code := m.Do(context.Background(), append(args, "-o", "json", "-q")); code != 0 {
		fmt.Fprintln(os.Stderr, args, code, stdout, stderr)
		os.Exit(1)
	}
	var answer map[string]any
	if err := json.Unmarshal([]byte(stdout.String()), &answer); err != nil {
		panic(err)
	}
	made := fmt.Sprint(answer[field])
	if f, ok := answer[field].(float64); ok {
		made = strconv.Itoa(int(f))
	}
	if made != "0" { // nothing new was imported
		fmt.Fprintln(os.Stdout, what, made)
	}
	return made
}

func TestNothingAcknowledgedIsLostWhenTheOfficeIsKilled(t *testing.T) {
	t.Parallel()
	rounds := 6
	if os.Getenv("PAYBACK_LONG") != "" {
		rounds = 300
	}
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 1)) //nolint:gosec // moments to be killed at
	dir := region(t, "40")
	var data string
	totals := map[string]int{}
	for i := range rounds {
		if i%10 == 0 { // ten rounds to a record, which is verified whole every time
			data = filepath.Join(t.TempDir(), "data")
			must(t, "import", dir, "--data", data, "-q")
		}
		acked := killedAfter(t, data, time.Duration(random.IntN(1200))*time.Millisecond, i%4 == 3)
		kept := inRecord(t, data)
		for _, line := range acked {
			what, made, _ := strings.Cut(line, " ")
			totals[what]++
			require.Contains(t, kept, line, "an acknowledged %s was lost: %s", what, made)
		}
	}
	t.Logf("%d rounds; acknowledged before the kills: %v", rounds, totals)
	require.NotEmpty(t, totals)
}

// Without this control nobody would know whether the test above can see a loss.
func TestAnOfficeThatAcknowledgesBeforeItPublishesIsSeenToLoseAPublication(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	must(t, "import", region(t, "40"), "--data", data, "-q")
	acked := killedAfter(t, data, -1, false)
	require.Contains(t, acked, "publish 1")
	require.NotContains(t, inRecord(t, data), "publish 1")
}

// killedAfter has another process work on a record, kills it after a while, and gives what it acknowledged. A negative while
// has it work hastily, and kills it once it acknowledged a publication.
func killedAfter(t *testing.T, data string, while time.Duration, apart bool) []string {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0])
	child.Env = append(os.Environ(), officeData+"="+data)
	if while < 0 {
		child.Env = append(child.Env, officeHasty+"=1")
	}
	if apart {
		child.Env = append(child.Env, officeApart+"=1")
	}
	var complaints strings.Builder
	child.Stderr = &complaints
	out, err := child.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, child.Start())
	if while >= 0 {
		timer := time.AfterFunc(while, func() { _ = child.Process.Kill() })
		defer timer.Stop()
	}
	var acked []string
	for text := bufio.NewScanner(out); text.Scan(); {
		acked = append(acked, text.Text())
		if while < 0 && strings.HasPrefix(text.Text(), "publish") {
			require.NoError(t, child.Process.Kill())
		}
	}
	_, _ = io.Copy(io.Discard, out)
	require.Error(t, child.Wait(), "it was killed")
	require.Empty(t, complaints.String())
	return acked
}

// inRecord opens what is left of a record, proves that nothing in it is there by half, and gives all it holds in the words
// of acknowledgements.
func inRecord(t *testing.T, data string) []string {
	t.Helper()
	store, err := sqlitestore.Open(t.Context(), filepath.Join(data, "payback.db"))
	require.NoError(t, err)
	defer store.Close()
	require.NoError(t, store.Verify(t.Context()))
	profile, err := policy.Load(policy.Default)
	require.NoError(t, err)
	s := &scheduler.Service{Record: store, Policy: profile, Constraints: constraints.All, Now: func() time.Time { return now }}
	who := model.Principal{Name: "auditor", Roles: model.Roles(), Regions: []string{model.AllRegions}}
	regions, err := s.Regions(t.Context(), who)
	require.NoError(t, err)
	require.Len(t, regions, 1)
	_, _, err = s.VerifyAudit(t.Context(), who, regions[0])
	require.NoError(t, err)
	entries, err := s.Audit(t.Context(), who, regions[0], 0, 1_000_000)
	require.NoError(t, err)
	var kept []string
	require.NoError(t, store.View(t.Context(), regions[0], func(r scheduler.Reader) error {
		kept = whole(t, r, entries)
		return nil
	}))
	_, err = s.Drafts(t.Context(), who, regions[0], model.Week{Year: 2026, Number: 49})
	require.NoError(t, err)
	return kept
}

// whole holds the audit against the entries it speaks of: as many of each kind, an answer and an outbox row for each.
func whole(t *testing.T, r scheduler.Reader, entries []scheduler.AuditEntry) []string {
	t.Helper()
	last := func(kind scheduler.Kind, name string) int {
		n, err := r.Last(kind, name)
		require.NoError(t, err)
		return n
	}
	count := map[string]int{}
	var kept []string
	for _, e := range entries {
		count[e.Action]++
		switch e.Action {
		case "import", "publish":
			kept = append(kept, e.Action+" "+strconv.Itoa(e.Version))
		case "plan-made":
			_, id, _ := strings.Cut(e.Subject, " ")
			kept = append(kept, "plan "+id)
			require.Equal(t, 2, last(scheduler.KindDraft, id))
		}
	}
	require.Equal(t, count["import"], last(scheduler.KindFacts, ""))
	require.Equal(t, count["publish"], last(scheduler.KindRoster, "2026-W49"))
	require.Equal(t, len(entries), last(scheduler.KindOutbox, ""))
	answers, err := r.Names(scheduler.KindAnswer)
	require.NoError(t, err)
	require.Len(t, answers, len(entries))
	drafts, err := r.Names(scheduler.KindDraft)
	require.NoError(t, err)
	require.Len(t, drafts, count["plan"])
	return kept
}
