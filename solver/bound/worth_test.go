package bound_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/bound"
)

// TestOneMoreRaisesABoundByNoMoreThanItsPrice adds, for each session, somebody to supervise or drive it who is just like one who
// may, and evaluates the larger week: at the price that the newcomer would earn there, and at none.
func TestOneMoreRaisesABoundByNoMoreThanItsPrice(t *testing.T) {
	t.Parallel()
	p := compiled(t, 200, "normal")
	r, err := p.Relaxed()
	require.NoError(t, err)
	for _, steps := range []int{2, 60} {
		prices := lowered(t, p, 1, steps).Prices()
		now := bound.Evaluate(r, prices)
		m := bound.MarginalOf(r, prices)
		require.Positive(t, slices.Max(m.Supervisor))
		require.Positive(t, slices.Max(m.Place))
		for i := range r.Staff {
			s := &r.Staff[i]
			if len(s.Arcs) == 0 {
				continue
			}
			at := s.Arcs[i%len(s.Arcs)].Session
			earns := m.Supervisor[at]
			if s.Minibus {
				earns = m.Minibus[at]
			}
			larger, priced := *r, *prices
			larger.Staff = append(slices.Clone(r.Staff), solver.RelaxedStaff{Actor: s.Actor, Minibus: s.Minibus, Minutes: solver.NoLimit, Arcs: []solver.StaffArc{{Session: at}}})
			for _, price := range []int64{earns, earns / 2, 0} {
				priced.Duties = append(slices.Clone(prices.Duties), price)
				require.LessOrEqual(t, bound.Evaluate(&larger, &priced), now+earns, "session %d at %d", at, price)
			}
		}
		for k := range r.Sessions {
			larger := *r
			larger.Sessions = slices.Clone(r.Sessions)
			rooms := slices.Clone(r.Sessions[k].Rooms)
			for i := range rooms {
				if !rooms[i].Riders {
					rooms[i] = rooms[i].More(1)
				}
			}
			larger.Sessions[k].Rooms = rooms
			require.LessOrEqual(t, bound.Evaluate(&larger, prices), now+m.Place[k], "session %d", k)
		}
	}
}
