package solver_test

import (
	"iter"
	"reflect"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/benchmarks/instance"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

// madeUpWeek is the week of a made-up region, with enough sessions for two parts.
func madeUpWeek(t *testing.T) *model.Snapshot {
	t.Helper()
	week := model.Week{Year: 2026, Number: 49}
	f, err := instance.Make(instance.Spec{People: 800, Seed: 2, Week: week})
	require.NoError(t, err)
	p, err := policy.Load(policy.Default)
	require.NoError(t, err)
	c, err := scheduler.NewCalendar(p.Zone, week.Monday(), week.Monday()+6)
	require.NoError(t, err)
	sn, _, err := scheduler.Freeze(f, p, week, c.Instant(week.Monday()-4, 720))
	require.NoError(t, err)
	return sn
}

func solveWeek(t *testing.T, sn *model.Snapshot, cs []*solver.Constraint, o solver.Options) (*solver.Result, error) {
	t.Helper()
	p, err := solver.Compile(sn, cs)
	require.NoError(t, err)
	o.Seed = 5
	return solver.Solve(t.Context(), p, o)
}

func TestTheRosterDoesNotDependOnTheSelfCheck(t *testing.T) {
	t.Parallel()
	sn := madeUpWeek(t)
	off, err := solveWeek(t, sn, constraints.All, solver.Options{Workers: 1, Rounds: 3, Recheck: -1})
	require.NoError(t, err)
	require.Zero(t, off.Rechecked)
	made := 0
	for _, workers := range []int{1, 2} {
		on, err := solveWeek(t, sn, constraints.All, solver.Options{Workers: workers, Rounds: 3, Recheck: 12_000})
		require.NoError(t, err)
		require.Greater(t, on.Rechecked, 9)
		require.True(t, made == 0 || made == on.Rechecked, "the same moves are checked at any number of workers")
		made, on.Rechecked = on.Rechecked, 0
		require.True(t, reflect.DeepEqual(off, on), "the same result to the last byte") // without printing a week
	}
}

func TestTheSelfCheckHoldsWhereAWeekIsFrozenInPart(t *testing.T) {
	t.Parallel()
	sn := madeUpWeek(t)
	first, err := solveWeek(t, sn, constraints.All, solver.Options{Workers: 2, Rounds: 1})
	require.NoError(t, err)
	first.Roster.Version = 1
	for i := range first.Roster.Trips { // people were told other times than the engine would make now
		first.Roster.Trips[i].Leaves -= 7
	}
	for i := range first.Roster.Appointments {
		first.Roster.Appointments[i].Pinned = i%9 == 0
	}
	sn, err = sn.With(model.PublishRoster{Roster: first.Roster})
	require.NoError(t, err)
	sn.FrozenUntil = sn.Calendar.Instant(sn.Week.Monday()+2, 0)
	gone := first.Roster.Duties[len(first.Roster.Duties)-1].Supervisor
	sn, err = sn.With(model.RemoveSupervisor{Code: gone})
	require.NoError(t, err)
	again, err := solveWeek(t, sn, constraints.All, solver.Options{Workers: 2, Rounds: 3, Recheck: 12_000, Start: sn.Published})
	require.NoError(t, err)
	require.Greater(t, again.Rechecked, 9)
}

// planted is the catalogue with a rule whose kernels cost what the words do not know of.
func planted() []*solver.Constraint {
	all := slices.Clone(constraints.All)
	i := slices.Index(all, constraints.Opening)
	faulty := *constraints.Opening
	faulty.Violations = func(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
		return func(yield func(solver.Violation) bool) {
			for v := range constraints.Opening.Violations(sn, r) {
				if r == nil || len(v.Minibuses) == 0 || v.Sessions[0].Date.Weekday() != 3 { // it forgets the minibuses of a Wednesday
					if !yield(v) {
						return
					}
				}
			}
		}
	}
	all[i] = &faulty
	return all
}

func TestAKernelThatDiffersFromItsWordsIsNoticedWithinARun(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("runs of many rounds; a shorter one is tried under the race detector at two numbers of workers")
	}
	sn := madeUpWeek(t)
	var first *solver.FaultError
	for _, workers := range []int{1, 2} {
		res, err := solveWeek(t, sn, planted(), solver.Options{Workers: workers, Rounds: 8})
		if res != nil { // not in a message, which would print a week
			t.Fatal("a run with a fault has a result")
		}
		var f *solver.FaultError
		require.ErrorAs(t, err, &f)
		require.NotEqual(t, f.Words, f.Kept)
		require.Equal(t, f.Kept, f.Anew, "the engine has not lost count")
		require.Len(t, f.Rules, 1)
		require.Equal(t, "opening", f.Rules[0].Rule)
		require.Equal(t, f.Kept.Sub(f.Words), f.Rules[0].Engine.Sub(f.Rules[0].Words))
		require.NotEmpty(t, f.Move)
		require.Positive(t, f.Number)
		require.NotEmpty(t, f.Roster.Appointments)
		if first == nil {
			first = f
		}
		require.True(t, reflect.DeepEqual(first, f), "the same fault at any number of workers")
	}
}

func TestAWeekThatIsPricedByEstimateIsNotJudgedByItsWords(t *testing.T) {
	t.Parallel()
	p, err := solver.CompileEstimated(madeUpWeek(t), constraints.All)
	require.NoError(t, err)
	res, err := solver.Solve(t.Context(), p, solver.Options{Seed: 5, Rounds: 2, Recheck: 5_000})
	require.NoError(t, err)
	require.Zero(t, res.Rechecked)
}
