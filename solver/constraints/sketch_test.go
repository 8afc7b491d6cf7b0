package constraints_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

// A sketch is a roster like any other: the words find nothing broken in it that is not broken without it, and the value that the engine
// reckons.
func TestASketchKeepsTheRules(t *testing.T) {
	t.Parallel()
	for seed := range uint64(6) {
		p := sketchable(t, []string{"normal", "rural"}[seed%2], seed)
		k := solver.NewSketch(p, nil)
		got := k.Progress()
		require.Positive(t, got.Placed, "seed %d", seed)
		require.Zero(t, got.Score.Hard(), "seed %d", seed)
		require.Equal(t, got.Score, solver.Total(solver.Check(p.Snapshot, k.Roster(), constraints.All), constraints.All), "seed %d", seed)
		require.Equal(t, k.Roster(), solver.NewSketch(p, nil).Roster(), "seed %d", seed)

		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		r, err := solver.Solve(ctx, p, solver.Options{Seed: 1, Workers: 2, Rounds: 3, Sketch: k})
		require.NoError(t, err)
		require.Equal(t, "b0", r.Cut.String(), "a run that is stopped before it begins made nothing")
		require.Equal(t, k.Roster(), r.Roster, "and gives the sketch")
		again, err := solver.Solve(t.Context(), p, solver.Options{Seed: 1, Workers: 1, Rounds: 3, Sketch: k, Cut: &r.Cut})
		require.NoError(t, err)
		require.Equal(t, r.Roster, again.Roster)
	}
}

func TestASketchOfARosterIsNoWorse(t *testing.T) {
	t.Parallel()
	p := sketchable(t, "normal", 3)
	made, err := solver.Solve(t.Context(), p, solver.Options{Seed: 1, Workers: 2, Rounds: 2})
	require.NoError(t, err)
	require.False(t, made.Score.Less(solver.NewSketch(p, made.Roster).Progress().Score))
}

func sketchable(t *testing.T, profile string, seed uint64) *solver.Problem {
	t.Helper()
	p, err := solver.Compile(madeUp(t, profile, 200, seed), constraints.All)
	require.NoError(t, err)
	return p
}
