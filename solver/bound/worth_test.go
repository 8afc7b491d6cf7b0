package bound_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/bound"
)

// TestOneMoreRaisesABoundByNoMoreThanItsPrice adds, for each session, somebody to supervise or drive it who is just like one who
// may, and evaluates the larger week: at the price that the newcomer would earn there, and at none.
func TestOneMoreRaisesABoundByNoMoreThanItsPrice(t *testing.T) {
	t.Parallel()
	alone(t)
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

// TestOneMoreSeatRaisesABoundByNoMoreThanItsPrice gives one minibus after another one more seat for the week. At the price that it
// would earn by it besides, no session is worth more, and the bound rises by no more than the minibus earns on its best days.
func TestOneMoreSeatRaisesABoundByNoMoreThanItsPrice(t *testing.T) {
	t.Parallel()
	alone(t)
	fleet := func(larger int) *solver.Problem {
		return made(t, 300, "normal", func(f *model.Facts) {
			for i := range f.Minibuses {
				f.Minibuses[i].Seats = 5
				if i == larger {
					f.Minibuses[i].Seats++
				}
			}
		})
	}
	p := fleet(-1)
	s := lowered(t, p, 1, 80)
	r, err := p.Relaxed()
	require.NoError(t, err)
	prices, m := s.Prices(), s.Marginal()
	now, dear := bound.Evaluate(r, prices), 0
	for k := range p.Snapshot.Minibuses {
		larger, err := fleet(k).Relaxed()
		require.NoError(t, err)
		priced, rise, i := *prices, int64(0), 0
		priced.Duties = slices.Clone(prices.Duties)
		for x := range r.Staff {
			days := map[int32][]solver.SessionIx{} // added up, in any order
			for _, a := range r.Staff[x].Arcs {
				if r.Staff[x].Actor == p.First(solver.Minibuses)+solver.ActorIx(k) {
					priced.Duties[i] += m.Seat[a.Session]
					days[r.Sessions[a.Session].Day] = append(days[r.Sessions[a.Session].Day], a.Session)
				}
				i++
			}
			for _, sessions := range days {
				rise += s.BestDay(sessions, m.Seat)
			}
		}
		require.LessOrEqual(t, bound.Evaluate(larger, &priced), now+rise, "minibus %d", k)
		require.Greater(t, bound.Evaluate(larger, prices), now, "at the old prices a minibus with more seats is a bargain")
		if rise > 0 {
			dear++
		}
	}
	require.Positive(t, dear)
}
