package constraints_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/bound"
	"github.com/communitypayback/payback/solver/constraints"
)

// Whatever the roster, a witness holds no more of its people than it says: in weeks of every odd kind, those that are partly fixed
// among them.
func TestNoRosterPlacesMoreThanAWitnessHolds(t *testing.T) {
	oneGoroutine(t)
	judged, fixed := 0, 0
	var byWay [3]int
	seeds(effort(300, 6000), func(seed uint64) {
		sn := weirdWeek(seed)
		if seed%3 == 1 {
			sn = drivingWeek(seed)
		}
		if seed%3 == 2 {
			sn = rainyWeek(seed)
		}
		p, err := solver.Compile(sn, constraints.All)
		require.NoError(t, err)
		r, err := p.Relaxed()
		require.NoError(t, err, "seed %d", seed)
		all, list := bound.Witnesses(p, r, 5)
		if all == nil {
			require.Empty(t, list, "seed %d", seed)
			return
		}
		res, err := solver.Solve(context.Background(), p, solver.Options{Seed: seed, Workers: 1, Rounds: 1, Stop: solver.AfterRounds(1)})
		if err != nil || res.Score.Hard() > p.Unavoidable() {
			return
		}
		judged++
		if sn.Published != nil && len(sn.Published.Appointments) > 0 {
			fixed++
		}
		has := map[solver.ActorIx]bool{}
		for i := range res.Roster.Appointments {
			a, ok := p.PersonIx(res.Roster.Appointments[i].CRN)
			require.True(t, ok)
			has[a] = true
		}
		seen := map[solver.ActorIx]bool{}
		for i, w := range append([]bound.Proved{*all}, list...) {
			placed := 0
			for _, a := range w.People {
				if has[a] {
					placed++
				}
				require.False(t, i > 0 && seen[a], "seed %d: somebody is in two witnesses", seed)
				seen[a] = i > 0
			}
			require.LessOrEqual(t, placed, w.Held, "seed %d, witness %d", seed, i)
			require.Positive(t, w.Lack())
			byWay[w.Way]++
		}
	})
	t.Log(judged, fixed, byWay)
	require.Positive(t, judged)
	require.Positive(t, fixed)
}
