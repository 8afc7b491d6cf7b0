package child_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/benchmarks/instance"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/scheduler/child"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

// The child of these tests is this test program, told by its environment how to behave.
const behaviour = "PAYBACK_TEST_CHILD"

func TestMain(m *testing.M) {
	if how := os.Getenv(behaviour); how != "" {
		behave(how)
	}
	os.Exit(m.Run())
}

// behave is a child that does as it is told. It does not return.
func behave(how string) {
	search := scheduler.Plan
	switch how {
	case "well":
	case "panics":
		search = func(context.Context, scheduler.PlanRequest) (*scheduler.PlanResult, error) { panic("a planted fault") }
	case "never ends":
		search = func(context.Context, scheduler.PlanRequest) (*scheduler.PlanResult, error) { select {} }
	case "needs too much memory":
		search = func(context.Context, scheduler.PlanRequest) (*scheduler.PlanResult, error) {
			all := map[int][]byte{}
			for {
				all[len(all)] = bytes.Repeat([]byte{1}, 64<<20)
			}
		}
	case "overflows its stack":
		search = func(context.Context, scheduler.PlanRequest) (*scheduler.PlanResult, error) {
			return nil, fmt.Errorf("%d", deeper(1<<40))
		}
	case "answers with rubbish":
		fmt.Fprintln(os.Stdout, "this is no reply")
		os.Exit(0)
	case "ends in silence":
		os.Exit(0)
	case "hands in a broken roster":
		search = func(ctx context.Context, q scheduler.PlanRequest) (*scheduler.PlanResult, error) {
			res, err := scheduler.Plan(ctx, q)
			if err == nil {
				res.Roster.Duties = nil
			}
			return res, err
		}
	case "hands in another score":
		search = func(ctx context.Context, q scheduler.PlanRequest) (*scheduler.PlanResult, error) {
			res, err := scheduler.Plan(ctx, q)
			if err == nil {
				res.Score[solver.Soft]--
			}
			return res, err
		}
	case "finds a fault in itself":
		search = func(ctx context.Context, q scheduler.PlanRequest) (*scheduler.PlanResult, error) {
			q.Constraints = forgetful()
			return scheduler.Plan(ctx, q)
		}
	case "finds a bound that is too low":
		search = func(ctx context.Context, q scheduler.PlanRequest) (*scheduler.PlanResult, error) {
			res, err := scheduler.Plan(ctx, q)
			if err == nil {
				res.Bound, res.Fault = nil, &scheduler.FaultError{Kind: scheduler.FaultOfBound, Bound: 1, Found: &solver.FaultError{Words: res.Score}}
			}
			return res, err
		}
	case "lingers after its answer":
		if err := child.Serve(context.Background(), os.Stdin, os.Stdout, search, constraints.All); err != nil {
			os.Exit(1)
		}
		select {}
	default:
		panic(how)
	}
	if err := child.Serve(context.Background(), os.Stdin, os.Stdout, search, constraints.All); err != nil {
		os.Exit(1)
	}
	os.Exit(0)
}

// forgetful is the catalogue with a rule whose words know nothing of what its kernels price.
func forgetful() []*solver.Constraint {
	faulty := *constraints.Opening
	faulty.Violations = func(*model.Snapshot, *model.Roster) iter.Seq[solver.Violation] {
		return func(func(solver.Violation) bool) {}
	}
	all := slices.Clone(constraints.All)
	all[slices.Index(all, constraints.Opening)] = &faulty
	return all
}

// deeper calls itself so many times.
func deeper(n int) int {
	if n == 0 {
		return 0
	}
	return deeper(n-1) + 1
}

// asked gives a search whose child behaves in a way.
func asked(how string, limits child.Limits) scheduler.Search {
	return child.Search(limits, "/usr/bin/env", behaviour+"="+how, os.Args[0])
}

var frozen = sync.OnceValues(func() (*model.Snapshot, error) {
	week := model.Week{Year: 2026, Number: 49}
	f, err := instance.Make(instance.Spec{People: 40, Seed: 3, Week: week})
	if err != nil {
		return nil, err
	}
	p, err := policy.Load(policy.Default)
	if err != nil {
		return nil, err
	}
	c, err := scheduler.NewCalendar(p.Zone, week.Monday(), week.Monday()+6)
	if err != nil {
		return nil, err
	}
	sn, _, err := scheduler.Freeze(f, p, week, c.Instant(week.Monday()-4, 720))
	return sn, err
})

func request(t *testing.T) scheduler.PlanRequest {
	t.Helper()
	sn, err := frozen()
	require.NoError(t, err)
	return scheduler.PlanRequest{Snapshot: sn, Constraints: constraints.All, Seed: 7, Rounds: 4}
}

func TestASnapshotIsTheSameAfterItWasSent(t *testing.T) {
	t.Parallel()
	sn, err := frozen()
	require.NoError(t, err)
	body, err := json.Marshal(sn)
	require.NoError(t, err)
	var back model.Snapshot
	require.NoError(t, json.Unmarshal(body, &back))
	require.Equal(t, sn.Digest(), back.Digest())
	require.NoError(t, back.Validate())
}

func TestAChildMakesThePlanThatThisProcessWouldMake(t *testing.T) {
	t.Parallel()
	q := request(t)
	q.Needs = true
	told := 0
	here, err := scheduler.Plan(t.Context(), q)
	require.NoError(t, err)
	q.OnProgress = func(solver.Progress) { told++ }
	there, err := asked("well", child.Limits{Memory: 2 << 30})(t.Context(), q)
	require.NoError(t, err)
	require.Equal(t, here.Roster.Digest(), there.Roster.Digest())
	require.Equal(t, here.Score, there.Score)
	require.Equal(t, here.Unplaced, there.Unplaced)
	require.Equal(t, here.Violations, there.Violations)
	require.Positive(t, told)
	require.Equal(t, here.Few, there.Few)
	require.NotEmpty(t, here.Needs.Prices)
	require.NotEmpty(t, here.Needs.Lacking)
	require.Equal(t, here.Needs, there.Needs)

	q.Warm, q.CutAt = here.Few, &solver.CutPoint{Guided: 30, Warm: scheduler.FewName(here.Few), Rounds: 1}
	here, err = scheduler.Plan(t.Context(), q)
	require.NoError(t, err)
	there, err = asked("well", child.Limits{Memory: 2 << 30})(t.Context(), q)
	require.NoError(t, err, "a child that is not told of few prices refuses to repeat this")
	require.Equal(t, here.Roster.Digest(), there.Roster.Digest())
	require.Equal(t, here.Cut, there.Cut)
	require.Equal(t, here.Few, there.Few)
}

func TestAChildThatIsStoppedKeepsTheBestSoFar(t *testing.T) {
	t.Parallel()
	q := request(t)
	q.Rounds = 1_000_000
	ctx, stop := context.WithCancel(t.Context())
	q.OnProgress = func(p solver.Progress) {
		if p.Rounds >= 2 {
			stop()
		}
	}
	res, err := asked("well", child.Limits{Grace: 20 * time.Second})(ctx, q)
	require.NoError(t, err)
	require.True(t, res.Interrupted)
	require.NotEmpty(t, res.Roster.Appointments)
}

func TestAChildThatGoesWrongCostsItsRunAlone(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		how  string
		code model.Code
	}{
		{"panics", model.CodeInternal},
		{"never ends", model.CodeTooLate},
		{"needs too much memory", model.CodeInternal},
		{"overflows its stack", model.CodeInternal},
		{"answers with rubbish", model.CodeInternal},
		{"ends in silence", model.CodeInternal},
		{"hands in a broken roster", model.CodeInternal},
		{"hands in another score", model.CodeInternal},
	} {
		t.Run(c.how, func(t *testing.T) {
			t.Parallel()
			q := request(t)
			ctx, stop := context.WithTimeout(t.Context(), 5*time.Minute)
			defer stop()
			if c.how == "never ends" {
				ctx, stop = context.WithTimeout(t.Context(), 500*time.Millisecond)
				defer stop()
			}
			res, err := asked(c.how, child.Limits{Memory: 1 << 30})(ctx, q)
			if res != nil { // not in a message, which would print a week
				t.Fatal("a plan was handed out")
			}
			var e *model.Error
			require.ErrorAs(t, err, &e)
			require.Equal(t, c.code, e.Code, e.Message)
			require.NotContains(t, e.Message, "planted", "what went wrong inside is not told to people")
		})
	}
}

func TestAFaultThatAChildFindsReachesTheParent(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("what could race is in another process")
	}
	q := request(t)
	q.Recheck = 20_000
	_, err := asked("finds a fault in itself", child.Limits{})(t.Context(), q)
	f, ok := errors.AsType[*scheduler.FaultError](err)
	require.True(t, ok)
	require.Equal(t, scheduler.FaultOfMove, f.Kind)
	require.Equal(t, "opening", f.Found.Rules[0].Rule)
	require.NotEmpty(t, f.Found.Roster.Appointments)
	require.Equal(t, q.Snapshot.Digest(), f.Found.Roster.From)

	res, err := asked("finds a bound that is too low", child.Limits{})(t.Context(), request(t))
	require.NoError(t, err)
	require.Nil(t, res.Bound)
	require.Equal(t, scheduler.FaultOfBound, res.Fault.Kind)

	_, err = asked("hands in another score", child.Limits{})(t.Context(), request(t))
	f, ok = errors.AsType[*scheduler.FaultError](err)
	require.True(t, ok, "the parent finds it")
	require.Equal(t, scheduler.FaultOfPlan, f.Kind)
	require.Empty(t, f.Found.Rules)
}

func TestAChildThatLingersIsEnded(t *testing.T) {
	t.Parallel()
	// It would linger for ever, and this test with it.
	res, err := asked("lingers after its answer", child.Limits{})(t.Context(), request(t))
	require.NoError(t, err)
	require.NotNil(t, res)
}

func TestAChildWhoseParentIsGoneEnds(t *testing.T) {
	t.Parallel()
	q := request(t)
	body, err := json.Marshal(struct {
		Snapshot *model.Snapshot `json:"snapshot"`
		Rounds   int             `json:"rounds"`
	}{q.Snapshot, 1_000_000})
	require.NoError(t, err)
	var out bytes.Buffer
	// The stream ends with the request, as when the parent was killed.
	require.NoError(t, child.Serve(t.Context(), bytes.NewReader(body), &out, scheduler.Plan, constraints.All))
	require.NotZero(t, out.Len())
}
