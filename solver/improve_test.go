package solver_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/solver"
)

func TestSolveGivesTheSameRosterAtAnyNumberOfWorkers(t *testing.T) {
	t.Parallel()
	p := compileToy(t, 5, 150, 21) // enough sessions for several parts
	var first *solver.Result
	for _, workers := range []int{1, 2, 8} {
		r, err := solver.Solve(context.Background(), p, solver.Options{Seed: 3, Workers: workers, Rounds: 4})
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
	r, err := solver.Solve(context.Background(), p, solver.Options{Seed: 1, Workers: 2, Rounds: 6,
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

func TestSolveStopsBetweenRoundsAndKeepsTheBest(t *testing.T) {
	t.Parallel()
	p := compileToy(t, 4, 60, 5)
	ctx, cancel := context.WithCancel(context.Background())
	r, err := solver.Solve(ctx, p, solver.Options{Seed: 1, Workers: 1, Rounds: 1000, OnRound: func(g solver.Progress) {
		if g.Rounds == 2 {
			cancel()
		}
	}})
	require.NoError(t, err)
	require.Equal(t, 2, r.Rounds)
	short, err := solver.Solve(context.Background(), p, solver.Options{Seed: 1, Workers: 1, Rounds: 1000, Stop: solver.AfterRounds(2)})
	require.NoError(t, err)
	require.Equal(t, short.Roster, r.Roster, "where a run is cut decides what it gives, not what cut it")
}
