package scheduler_test

import (
	"context"
	"iter"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/benchmarks/instance"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

// madeUp freezes a made-up region's week.
func madeUp(tb testing.TB, people int) *model.Snapshot {
	tb.Helper()
	f, err := instance.Make(instance.Spec{People: people, Seed: 3, Week: week})
	require.NoError(tb, err)
	sn, _ := freeze(tb, f)
	return sn
}

// asked is a request for a plan in a few rounds.
func asked(sn *model.Snapshot) scheduler.PlanRequest {
	return scheduler.PlanRequest{Snapshot: sn, Constraints: constraints.All, Seed: 1, Workers: 1, Rounds: 2}
}

func codeOf(t *testing.T, err error) model.Code {
	t.Helper()
	var e *model.Error
	require.ErrorAs(t, err, &e)
	return e.Code
}

func TestAPlanKeepsEveryRuleAndIsJudgedInWords(t *testing.T) {
	t.Parallel()
	sn := madeUp(t, 120)
	q := asked(sn)
	var told []int
	q.OnProgress = func(p solver.Progress) { told = append(told, p.Rounds) }
	res, err := scheduler.Plan(context.Background(), q)
	require.NoError(t, err)
	require.Zero(t, res.Score.Hard())
	require.Equal(t, solver.Total(solver.Check(sn, res.Roster, constraints.All), constraints.All), res.Score)
	require.NotEmpty(t, res.Roster.Appointments)
	require.Equal(t, 2, res.Rounds)
	require.Equal(t, []int{0, 1, 2}, slices.Compact(told), "after constructions and after each round")
	require.NotEmpty(t, res.Why)
	require.False(t, res.Interrupted)
}

func TestAPlanNeedsALimit(t *testing.T) {
	t.Parallel()
	q := asked(madeUp(t, 12))
	q.Rounds = 0
	_, err := scheduler.Plan(context.Background(), q)
	require.Equal(t, model.CodeUsage, codeOf(t, err))
}

func TestTimeBecomesRoundsOfWork(t *testing.T) {
	t.Parallel()
	q := asked(madeUp(t, 40))
	q.Rounds, q.Time = 0, 10*time.Minute
	clock := time.Date(2026, time.November, 26, 9, 0, 0, 0, time.UTC)
	q.Now = func() time.Time { return clock }
	rounds := 0
	q.OnProgress = func(p solver.Progress) {
		if p.Rounds > rounds { // every round takes one minute
			rounds, clock = p.Rounds, clock.Add(time.Minute)
		}
	}
	res, err := scheduler.Plan(context.Background(), q)
	require.NoError(t, err)
	require.Equal(t, 10, res.Planned, "ten rounds of a minute fit into ten minutes")
	require.Equal(t, 10, res.Rounds)

	q.Rounds, q.Time, rounds = 50, 3*time.Minute, 0
	res, err = scheduler.Plan(context.Background(), q)
	require.NoError(t, err)
	require.Equal(t, 3, res.Rounds)
	require.Equal(t, 50, res.Planned)
	require.Equal(t, "its time was up", res.Why)

	q.Time, q.CutAt = 0, &solver.CutPoint{Guided: res.Cut.Guided, Rounds: 3}
	again, err := scheduler.Plan(context.Background(), q)
	require.NoError(t, err)
	require.Equal(t, res.Roster, again.Roster, "a run that was cut can be made again")
}

func TestAnEndedContextCutsTheRunAndKeepsWhatWasFound(t *testing.T) {
	t.Parallel()
	q := asked(madeUp(t, 120))
	q.Rounds = 1000
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	q.OnProgress = func(p solver.Progress) {
		if p.Rounds == 2 {
			cancel()
		}
	}
	res, err := scheduler.Plan(ctx, q)
	require.NoError(t, err)
	require.True(t, res.Interrupted)
	require.Equal(t, 2, res.Rounds)
	require.NotEmpty(t, res.Roster.Appointments)

	_, err = scheduler.Plan(ctx, q)
	require.ErrorIs(t, err, context.Canceled)
}

// odd is a constraint with words and kernels of its own.
func odd(words func(*model.Snapshot, *model.Roster) iter.Seq[solver.Violation], lower func(*solver.Builder)) []*solver.Constraint {
	return append([]*solver.Constraint{{
		ID: "odd", Title: "Odd", Doc: "A rule that is only there to see what happens when a plan cannot be handed out.",
		Clauses: []policy.ClauseID{"odd"}, Level: solver.Hard, Unit: "cases", Violations: words, Lower: lower,
		Explain: func(*model.Snapshot, solver.Violation) string { return "" },
	}}, constraints.All...)
}

func TestAPlanOnWhichWordsAndEngineDisagreeIsRefused(t *testing.T) {
	t.Parallel()
	q := asked(madeUp(t, 40))
	q.Constraints = odd(func(_ *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
		return func(yield func(solver.Violation) bool) {
			if len(r.Appointments) > 0 {
				yield(solver.Violation{Amount: 1})
			}
		}
	}, func(*solver.Builder) {})
	_, err := scheduler.Plan(context.Background(), q)
	require.Equal(t, model.CodeInternal, codeOf(t, err))
}

// reluctant is broken by whatever was planned, and not by the fixed part of a week with nothing published.
func reluctant() []*solver.Constraint {
	return odd(func(_ *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
		return func(yield func(solver.Violation) bool) {
			if len(r.Appointments)+len(r.Duties) > 0 || r.From != (model.Digest{}) {
				yield(solver.Violation{Amount: 1})
			}
		}
	}, func(b *solver.Builder) { b.Baseline(solver.Score{1, 0}) })
}

func TestAPlanThatBreaksMoreThanFixedPartsDoIsRefused(t *testing.T) {
	t.Parallel()
	q := asked(madeUp(t, 40))
	q.Constraints = reluctant()
	_, err := scheduler.Plan(context.Background(), q)
	require.Equal(t, model.CodeInternal, codeOf(t, err))

	q.Rounds, q.Time = 1000, time.Nanosecond
	_, err = scheduler.Plan(context.Background(), q)
	require.Equal(t, model.CodeTooLate, codeOf(t, err), "with more time there might have been a plan")
	require.NotErrorIs(t, err, context.Canceled)
}

func TestOnlyFixedPartsOfWhatIsPublishedAreTheBaseline(t *testing.T) {
	t.Parallel()
	c := calendar(t)
	sn, _ := freeze(t, region())
	require.Empty(t, scheduler.FixedPart(sn).Sessions())

	monday1 := appointment(c, "X000001", monday, "")
	later := appointment(c, "X000001", monday+7, "")
	pinned := appointment(c, "X000002", monday+7, "")
	pinned.Pinned = true
	sn.FrozenUntil = c.Instant(monday+1, 0)
	sn.Published = &model.Roster{
		Region: sn.Region, Week: week, Appointments: []model.Appointment{monday1, later, pinned},
		Duties: []model.Duty{{Session: monday1.Session, Supervisor: "S1"}, {Session: later.Session, Supervisor: "S1"}},
		Trips:  []model.Trip{{Session: monday1.Session, Minibus: "AB12 CDE"}, {Session: later.Session, Minibus: "AB12 CDE"}},
	}
	fixed := scheduler.FixedPart(sn)
	require.Equal(t, []model.Appointment{monday1, pinned}, fixed.Appointments)
	require.Equal(t, sn.Published.Duties[:1], fixed.Duties)
	require.Equal(t, sn.Published.Trips[:1], fixed.Trips)
}

func TestTimeIsKeptBackForWhatComesAfterTheSearch(t *testing.T) {
	t.Parallel()
	sn, _ := freeze(t, small())
	began := time.Date(2026, 11, 26, 18, 0, 0, 0, time.UTC)
	asks, passed := 0, time.Duration(0)
	q := asked(sn)
	q.Rounds, q.Time = 1_000_000, 1000*time.Second
	q.Now = func() time.Time {
		switch asks++; asks {
		case 1:
		case 2:
			passed += 200 * time.Second // to compile
		default:
			passed += 50 * time.Second
		}
		return began.Add(passed)
	}
	res, err := scheduler.Plan(context.Background(), q)
	require.NoError(t, err)
	require.Equal(t, "its time was up", res.Why)
	require.GreaterOrEqual(t, passed, 700*time.Second, "what is not needed afterwards is for the search")
	require.Less(t, passed, 800*time.Second, "half as long again as it took to compile is left")
	require.NotEmpty(t, res.Violations, "what the words found is handed on")
	require.Equal(t, solver.Check(sn, res.Roster, constraints.All), res.Violations)
}
