package solver_test

import (
	"context"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/communitypayback/payback/solver"
)

// unjudged leaves the self-check out: the words of the toys say nothing.
const unjudged = -1

func TestSolveGivesTheSameRosterAtAnyNumberOfWorkers(t *testing.T) {
	t.Parallel()
	p := compileToy(t, 5, 150, 21) // enough sessions for several parts
	var first *solver.Result
	for _, workers := range []int{1, 2, 8} {
		r, err := solver.Solve(context.Background(), p, solver.Options{Recheck: unjudged, Seed: 3, Workers: workers, Rounds: 4})
		require.NoError(t, err)
		if first == nil {
			first = r
			continue
		}
		require.Equal(t, first.Roster, r.Roster, "workers %d", workers)
		require.Equal(t, first.Score, r.Score)
		require.Equal(t, first.Deltas, r.Deltas)
	}
}

func TestSolveBreaksNothingAndImproves(t *testing.T) {
	t.Parallel()
	p := compileToy(t, 9, 60, 5)
	var after []solver.Score
	r, err := solver.Solve(context.Background(), p, solver.Options{Recheck: unjudged, Seed: 1, Workers: 2, Rounds: 6,
		OnRound: func(g solver.Progress) { after = append(after, g.Score) }})
	require.NoError(t, err)
	require.Zero(t, r.Score.Hard())
	require.Len(t, after, 7, "construction and six rounds")
	require.Positive(t, r.Score.Value())
	for i := 1; i < len(after); i++ {
		require.False(t, after[i-1].Less(after[i]), "the incumbent never gets worse")
	}
	s := p.NewState()
	s.Load(r.Roster)
	require.Equal(t, r.Score, s.Settle(), "a roster read back has the score it was found with")
}

func TestSolveStopsWhenTheContextEndsAndKeepsTheBest(t *testing.T) {
	t.Parallel()
	p := compileToy(t, 4, 60, 5)
	ctx, cancel := context.WithCancel(context.Background())
	r, err := solver.Solve(ctx, p, solver.Options{Recheck: unjudged, Seed: 1, Workers: 1, Rounds: 1000, OnRound: func(g solver.Progress) {
		if g.Rounds == 2 {
			cancel()
		}
	}})
	require.NoError(t, err)
	require.Equal(t, 2, r.Rounds)
	short, err := solver.Solve(context.Background(), p, solver.Options{Recheck: unjudged, Seed: 1, Workers: 1, Rounds: 1000, Stop: solver.AfterRounds(2)})
	require.NoError(t, err)
	require.Equal(t, short.Roster, r.Roster, "where a run is cut decides what it gives, not what cut it")
}

// A run may be cut in the middle of a round, or of the construction. Then it says where, and a run that is told to stop there
// gives the same roster with any number of workers.
func TestARunThatIsToldWhereToStopGivesTheSameRosterAtAnyNumberOfWorkers(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("runs of many rounds; a shorter one is tried under the race detector at two numbers of workers")
	}
	p := compileToy(t, 5, 150, 21)
	whole := solveToy(t, p, 1, nil)
	different := 0
	for _, cut := range []solver.CutPoint{
		{Built: []int{1}}, {Built: []int{9}}, {Built: []int{30}}, {Rounds: 0}, {Rounds: 2},
		{Rounds: 0, Moves: []int{1, 0}}, {Rounds: 1, Moves: []int{0, 0}}, {Rounds: 1, Moves: []int{120, 35}}, {Rounds: 2, Moves: []int{3, 90}},
	} {
		one := solveToy(t, p, 1, &cut)
		require.Equal(t, cut, one.Cut)
		require.Equal(t, "it was told to stop there", one.Why)
		require.Zero(t, one.Score.Hard(), "%v", cut)
		require.False(t, one.Score.Less(whole.Score), "%v: less work finds nothing better", cut)
		require.Equal(t, one, solveToy(t, p, 2, &cut), "%v", cut)
		require.Equal(t, one, solveToy(t, p, 8, &cut), "%v", cut)
		if one.Score != whole.Score {
			different++
		}
	}
	require.Greater(t, different, 4, "most cuts are told apart from the whole run")
}

func TestARunThatWasCutAnywhereCanBeMadeAgain(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("runs of many rounds; a shorter one is tried under the race detector at two numbers of workers")
	}
	p := compileToy(t, 5, 150, 21)
	for wait := range 12 {
		ctx, cancel := context.WithCancel(context.Background())
		r, err := solver.Solve(ctx, p, solver.Options{Recheck: unjudged, Seed: 3, Workers: 2, Rounds: 1000, OnRound: func(g solver.Progress) {
			if g.Rounds == wait%3 {
				go func() { // somewhere in the round that follows
					for range 400 * wait {
						runtime.Gosched()
					}
					cancel()
				}()
			}
		}})
		cancel()
		require.NoError(t, err)
		again, err := solver.Solve(context.Background(), p, solver.Options{Recheck: unjudged, Seed: 3, Workers: 1, Rounds: 1000, Cut: &r.Cut})
		require.NoError(t, err)
		require.Equal(t, r.Roster, again.Roster, "%v", r.Cut)
		require.Equal(t, r.Deltas, again.Deltas, "%v", r.Cut)
		require.Equal(t, r.Cut, again.Cut)
	}
}

func solveToy(t *testing.T, p *solver.Problem, workers int, cut *solver.CutPoint) *solver.Result {
	t.Helper()
	r, err := solver.Solve(context.Background(), p, solver.Options{Recheck: unjudged, Seed: 3, Workers: workers, Rounds: 4, Cut: cut})
	require.NoError(t, err)
	return r
}

// A run that begins at a roster is never worse than that roster, however little work it does.
func TestARunIsNeverWorseThanWhereItBegan(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("runs of many rounds; a shorter one is tried under the race detector at two numbers of workers")
	}
	p := compileToy(t, 5, 70, 21)
	better := 0
	rapid.Check(t, func(t *rapid.T) {
		made, err := solver.Solve(context.Background(), p, solver.Options{Recheck: unjudged, Seed: rapid.Uint64Range(1, 9).Draw(t, "seed"), Workers: 2,
			Rounds: 1, Cut: &solver.CutPoint{Moves: []int{rapid.IntRange(0, 150).Draw(t, "one"), rapid.IntRange(0, 150).Draw(t, "two")}}})
		require.NoError(t, err)
		was := p.NewState()
		was.Load(made.Roster)
		require.Equal(t, made.Score, was.Settle())

		cut := &solver.CutPoint{Built: []int{rapid.IntRange(0, 200).Draw(t, "built")}}
		if rapid.Bool().Draw(t, "search") {
			cut = &solver.CutPoint{Moves: []int{rapid.IntRange(0, 60).Draw(t, "three"), rapid.IntRange(0, 60).Draw(t, "four")}}
		}
		r, err := solver.Solve(context.Background(), p, solver.Options{Recheck: unjudged, Seed: 77, Workers: 2, Rounds: 3, Start: made.Roster, Cut: cut})
		require.NoError(t, err)
		require.False(t, made.Score.Less(r.Score), "began at %v, ended at %v", made.Score, r.Score)
		if r.Score.Less(made.Score) {
			better++
		}
	})
	require.Positive(t, better, "some runs find something better")
}
