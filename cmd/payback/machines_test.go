package main_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	main "github.com/communitypayback/payback/cmd/payback"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/scheduler/child"
	"github.com/communitypayback/payback/scheduler/redisstore"
	"github.com/communitypayback/payback/scheduler/redistest"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

// The machines are this test program, told by its environment how far their clocks are from this one's, and for which file their searches wait.
const (
	machineClock = "PAYBACK_TEST_MACHINE_CLOCK"
	machineGate  = "PAYBACK_TEST_MACHINE_GATE"
)

// beMachine runs the program as it is, but that every search makes one round.
func beMachine() int {
	ahead, err := time.ParseDuration(os.Getenv(machineClock))
	if err != nil {
		panic(err)
	}
	m := main.NewMain()
	m.Now = func() time.Time { return time.Now().Add(ahead) }
	apart := child.Search(child.Limits{Memory: 2 << 30, Grace: time.Second}, os.Args[0], main.ChildCommand)
	m.Search = func(ctx context.Context, q scheduler.PlanRequest) (*scheduler.PlanResult, error) {
		for gate := os.Getenv(machineGate); gate != ""; time.Sleep(20 * time.Millisecond) {
			if _, err := os.Stat(gate); err == nil {
				break
			}
		}
		q.Time, q.Rounds = 0, 1
		return apart(ctx, q)
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	return m.Do(ctx, os.Args[1:])
}

// fleet is several machines on one record in Redis, with some regions, each with facts of the day before the first night.
type fleet struct {
	t       *testing.T
	url     string
	dir     string
	policy  string
	regions []string
}

func newFleet(t *testing.T, url string, regions ...string) *fleet {
	t.Helper()
	f := &fleet{t: t, url: url, dir: t.TempDir(), regions: regions}
	f.policy = filepath.Join(f.dir, "policy.json")
	text, err := os.ReadFile("../../model/policy/england-wales.json")
	require.NoError(t, err)
	for id, value := range map[string]string{"night.weeks": "2", "night.publish": "1", "night.people-to-tell": "1000"} {
		of := regexp.MustCompile(`(?s)("id": "` + id + `".*?"value": )\d+`)
		require.Regexp(t, of, string(text))
		text = of.ReplaceAll(text, []byte("${1}"+value))
	}
	require.NoError(t, os.WriteFile(f.policy, text, 0o600))
	for i, region := range regions {
		files := filepath.Join(f.dir, region)
		must(t, "generate", "--people", "30", "--seed", fmt.Sprint(i+1), "--week", "2026-W49", "--out", files, "-q")
		o := with(map[string]string{"PAYBACK_FOLDER": f.dir}, "import", files, "--region", region, "--data", url, "-q")
		require.Zero(t, o.code, o.stderr)
	}
	return f
}

// machine is one process.
type machine struct {
	*exec.Cmd
	t              *testing.T
	stdout, stderr *safeBuffer
	ended          chan error
}

// start starts a process whose clock is so long after the time of the import.
func (f *fleet) start(after time.Duration, gate string, args ...string) *machine {
	f.t.Helper()
	m := &machine{t: f.t, stdout: &safeBuffer{}, stderr: &safeBuffer{}, ended: make(chan error, 1)}
	m.Cmd = exec.CommandContext(context.Background(), os.Args[0], append(args, "--data", f.url, "--policy", f.policy)...)
	m.Env = append(os.Environ(), machineClock+"="+time.Until(now.Add(after)).String(), machineGate+"="+gate, "PAYBACK_FOLDER="+f.dir)
	m.Stdout, m.Stderr = m.stdout, m.stderr
	require.NoError(f.t, m.Start())
	go func() { m.ended <- m.Wait() }()
	f.t.Cleanup(func() {
		m.kill()
		if f.t.Failed() {
			f.t.Logf("%v said: %s%s", args, m.stdout.String(), m.stderr.String())
		}
	})
	return m
}

func (f *fleet) serve(after time.Duration, more ...string) *machine {
	return f.start(after, "", append([]string{"serve", "--listen", "127.0.0.1:0", "--region", f.regions[0]}, more...)...)
}

func (f *fleet) work(after time.Duration) *machine { return f.start(after, "", "work") }

// kill ends a process as kill -9 does. Its searches notice that they are alone.
func (m *machine) kill() { _ = m.Process.Kill() }

// end ends a process in good order, once it is at work.
func (m *machine) end() {
	m.t.Helper()
	until(m.t, func() bool { return strings.Contains(m.stdout.String(), "Ctrl-C ends it") })
	require.NoError(m.t, m.Process.Signal(syscall.SIGTERM))
	select {
	case err := <-m.ended:
		require.NoError(m.t, err, m.stderr.String())
	case <-time.After(60 * time.Second):
		m.t.Fatalf("it does not end: %s%s", m.stdout.String(), m.stderr.String())
	}
}

var opened = regexp.MustCompile(`Open (http://127\.0\.0\.1:\d+)/`)

// address waits until a process serves.
func (m *machine) address() string {
	m.t.Helper()
	until(m.t, func() bool { return opened.MatchString(m.stdout.String()) })
	return opened.FindStringSubmatch(m.stdout.String())[1]
}

// office gives the record as this process sees it.
func (f *fleet) office() (*scheduler.Service, *redisstore.Store, model.Principal) {
	f.t.Helper()
	a, err := redisstore.ParseAddress(f.url)
	require.NoError(f.t, err)
	var store *redisstore.Store
	until(f.t, func() bool { // it may have been killed just now
		store, err = redisstore.Open(context.Background(), redisstore.Options{Address: a})
		return err == nil
	})
	f.t.Cleanup(func() { _ = store.Close() })
	profile, err := policy.Load(policy.Default)
	require.NoError(f.t, err)
	return &scheduler.Service{Record: store, Policy: profile, Constraints: constraints.All, Now: func() time.Time { return now }}, store,
		model.Principal{Name: "auditor", Roles: model.Roles(), Regions: []string{model.AllRegions}}
}

// settle waits until the night of a date, or a later one, is over in every region, and every search too.
func (f *fleet) settle(date string, patience time.Duration) {
	f.t.Helper()
	s, store, who := f.office()
	defer store.Close()
	var open []string
	for began := time.Now(); ; time.Sleep(200 * time.Millisecond) {
		open = nil
		for _, region := range f.regions {
			night := false
			runs, err := s.RunHistory(f.t.Context(), who, region, 1_000_000)
			if err != nil {
				open = append(open, err.Error())
			}
			for _, x := range runs {
				date, is := strings.CutPrefix(x.Name, "night/"+date)
				night = night || is && x.State.Over()
				if !x.State.Over() && (is && date == "" || !strings.HasPrefix(x.Name, "night/")) {
					open = append(open, fmt.Sprintf("%s %s %s", region, x.Name, x.State))
				}
			}
			if !night {
				open = append(open, region+" has no night")
			}
		}
		if len(open) == 0 {
			return
		}
		if time.Since(began) > patience {
			f.t.Fatalf("not over: %v", open)
		}
	}
}

// sound expects that nothing in the record is there by half or twice: its bytes, its chains, and every roster that is in force, by the rules.
// It gives what the audits tell, as "region action subject version".
func (f *fleet) sound() map[string]int {
	f.t.Helper()
	s, store, who := f.office()
	require.NoError(f.t, store.Verify(f.t.Context()))
	told, rosters := map[string]int{}, 0
	for _, region := range f.regions {
		_, _, err := s.VerifyAudit(f.t.Context(), who, region)
		require.NoError(f.t, err)
		entries, err := s.Audit(f.t.Context(), who, region, 0, 1_000_000)
		require.NoError(f.t, err)
		asked, published := 0, map[string]int{}
		for _, e := range entries {
			line := fmt.Sprintf("%s %s %s %d", region, e.Action, e.Subject, e.Version)
			told[line]++
			if e.Action == "plan" || e.Action == "publish" || e.Action == "night" {
				require.Equal(f.t, 1, told[line], line)
			}
			switch e.Action {
			case "plan":
				asked++
			case "publish":
				published[e.Subject]++
			}
		}
		require.NoError(f.t, store.View(f.t.Context(), region, func(r scheduler.Reader) error {
			drafts, err := r.Names(scheduler.KindDraft)
			require.NoError(f.t, err)
			require.Len(f.t, drafts, asked)
			weeks, err := r.Names(scheduler.KindRoster)
			require.NoError(f.t, err)
			for _, name := range weeks {
				n, err := r.Last(scheduler.KindRoster, name)
				require.NoError(f.t, err)
				require.Equal(f.t, published[name], n, "each version of a week was published once")
				week, err := model.ParseWeek(name)
				require.NoError(f.t, err)
				roster, v, err := s.Roster(f.t.Context(), who, region, week, 0)
				require.NoError(f.t, err)
				d, err := s.Draft(f.t.Context(), who, region, v.Draft)
				require.NoError(f.t, err)
				frozen, err := r.Content(d.Snapshot)
				require.NoError(f.t, err)
				var sn model.Snapshot
				require.NoError(f.t, json.Unmarshal(frozen, &sn))
				require.Zero(f.t, solver.Total(solver.Check(&sn, roster, constraints.All), constraints.All).Hard(), "%s %s", region, name)
				rosters++
			}
			return nil
		}))
	}
	f.t.Logf("%d rosters in force, all by the rules", rosters)
	return told
}

// aNightOf is how long after the import the morning after a night is.
func aNightOf(days int) time.Duration { return time.Duration(days) * 24 * time.Hour }

func TestSeveralMachinesShareTheNightOfManyRegionsAndSeeOneAnother(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it starts many processes")
	}
	f := newFleet(t, redistest.Start(t).URL(), "Avon", "Dorset", "Kent", "Sussex")
	idle := f.serve(aNightOf(1), "--no-work")
	all := []*machine{f.work(aNightOf(1)), f.work(aNightOf(1))}
	f.settle("2026-11-27", time.Minute)
	told := f.sound()
	for _, region := range f.regions {
		require.Equal(t, []int{1, 1}, []int{told[region+" publish 2026-W49 1"], told[region+" publish 2026-W50 1"]})
	}
	s, _, who := f.office()
	workers := map[string]int{}
	for _, region := range f.regions {
		runs, err := s.RunHistory(t.Context(), who, region, 100)
		require.NoError(t, err)
		for _, x := range runs {
			require.Equal(t, 1, x.Attempts)
			workers[x.Worker]++
		}
	}
	require.Len(t, workers, 2, "both had a part in it")

	other := f.serve(aNightOf(1), "--no-nights")
	one, two := idle.address(), other.address()
	id, version := asksFor(t, one, "Kent", "2026-W51", 1), 0
	require.NotEmpty(t, id)
	until(t, func() bool {
		state, n := stateOf(t, two, "Kent", id)
		version = n
		return state == "SUCCEEDED"
	})
	before := look(t, one+"/weeks/2026-W51?region=Kent").text
	require.Positive(t, publishes(t, two, "Kent", id, version, 2))
	require.NotEqual(t, before, look(t, one+"/weeks/2026-W51?region=Kent").text, "what one publishes the pages of the other show at once")
	answer := strings.ReplaceAll(post(t, one+"/payback.v1.RosterService/GetRoster", `{"region": "Kent", "week": "2026-W51"}`).text, " ", "") // which the encoder puts in at random
	require.Contains(t, answer, `"week":"2026-W51","version":1`)
	for _, m := range append(all, idle, other) {
		m.end()
		require.NotContains(t, m.stderr.String(), "goes wrong")
	}
	f.sound()
}

var (
	planIDs      = regexp.MustCompile(`p_[0-9a-f]{16}`)
	planStates   = regexp.MustCompile(`"PLAN_STATE_([A-Z]+)"`)
	planVersions = regexp.MustCompile(`"version": ?(\d+)`)
)

// requestID is the key of a request.
func requestID(n int) string { return fmt.Sprintf("00000000-0000-4000-8000-%012d", n) }

// asksFor asks a machine for a plan under the key of a number, and gives its ID; empty: it was not acknowledged.
func asksFor(t *testing.T, at, region, week string, n int) string {
	t.Helper()
	a, err := tell(t, at+"/payback.v1.PlanService/CreatePlan", fmt.Sprintf(`{"region": %q, "week": %q, "rounds": 1, "request_id": %q}`, region, week, requestID(n)))
	if err != nil || a.status != http.StatusOK {
		return ""
	}
	return planIDs.FindString(a.text)
}

// stateOf gives the state and the version of a plan; empty: no answer.
func stateOf(t *testing.T, at, region, id string) (state string, version int) {
	t.Helper()
	a, err := tell(t, at+"/payback.v1.PlanService/GetPlan", fmt.Sprintf(`{"region": %q, "plan_id": %q}`, region, id))
	if err != nil || a.status != http.StatusOK {
		return "", 0
	}
	version, _ = strconv.Atoi(planVersions.FindStringSubmatch(a.text)[1])
	return planStates.FindStringSubmatch(a.text)[1], version
}

// publishes has a machine publish a plan under the key of a number, and gives the version of the roster; 0: it was not acknowledged.
func publishes(t *testing.T, at, region, id string, version, n int) int {
	t.Helper()
	a, err := tell(t, at+"/payback.v1.PlanService/PublishPlan", fmt.Sprintf(`{"region": %q, "plan_id": %q, "version": %d, "request_id": %q}`, region, id, version, requestID(n)))
	if err != nil || a.status != http.StatusOK {
		return 0
	}
	made, _ := strconv.Atoi(planVersions.FindStringSubmatch(a.text)[1])
	return made
}

// tell asks a machine that may die meanwhile.
func tell(t *testing.T, url, body string) (answer, error) {
	t.Helper()
	limited, stop := context.WithTimeout(t.Context(), 10*time.Second)
	defer stop()
	req, err := http.NewRequestWithContext(limited, http.MethodPost, url, strings.NewReader(body))
	require.NoError(t, err)
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return answer{}, err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	return answer{res.StatusCode, "", string(text)}, err
}
