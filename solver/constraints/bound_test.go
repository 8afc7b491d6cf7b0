package constraints_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/bound"
	"github.com/communitypayback/payback/solver/constraints"
)

// Whatever prices a bound is made of, no roster that breaks no more than it must is worth more: in weeks of every odd kind, with
// prices from good to none at all.
func TestNoRosterIsWorthMoreThanTheBound(t *testing.T) {
	oneGoroutine(t)
	judged, fixed := 0, 0
	seeds(effort(60, 4000), func(seed uint64) {
		sn := weirdWeek(seed)
		if seed%3 == 1 {
			sn = drivingWeek(seed)
		}
		if seed%3 == 2 {
			sn = rainyWeek(seed)
		}
		p, err := solver.Compile(sn, constraints.All)
		require.NoError(t, err)
		res, err := solver.Solve(context.Background(), p, solver.Options{Seed: seed, Workers: 1, Rounds: 1, Stop: solver.AfterRounds(1)})
		if err != nil {
			return
		}
		if res.Score.Hard() > p.Unavoidable() {
			return
		}
		judged++
		if sn.Published != nil && len(sn.Published.Appointments) > 0 {
			fixed++
		}
		r, err := p.Relaxed()
		require.NoError(t, err, "seed %d", seed)
		require.LessOrEqual(t, res.Score.Value(), bound.Evaluate(r, &bound.Prices{}), "seed %d at no prices", seed)
		s, err := bound.New(p, 1)
		require.NoError(t, err, "seed %d", seed)
		for range 40 {
			require.True(t, s.Step(context.Background(), res.Score.Value()))
			if n := s.Steps(); n == 1 || n%13 == 0 {
				most, _ := s.Bound()
				require.LessOrEqual(t, res.Score.Value(), most, "seed %d after %d steps", seed, n)
			}
		}
	})
	require.Positive(t, judged)
	require.Positive(t, fixed)
	t.Log(judged, fixed)
}
