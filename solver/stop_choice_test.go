package solver_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/solver"
)

// scattered gives a state whose first session is reached by minibus, with riders all around a town who can each get to
// several stops by bus.
func scattered(t testing.TB, seed uint64, riders, stops int) *solver.State {
	t.Helper()
	var (
		rng = rand.New(rand.NewPCG(seed, 9))
		sn  = toyWeek(seed, riders, 1)
		at  = func() geo.Point {
			return geo.Point{Latitude: 52 + (rng.Float64()-.5)*16/111, Longitude: -1.5 + (rng.Float64()-.5)*16/68}
		}
	)
	sn.Stops = nil
	for i := range stops {
		sn.Stops = append(sn.Stops, model.Stop{Code: model.StopCode(fmt.Sprintf("S%02d", i)), At: at()})
	}
	for i := range sn.People {
		sn.People[i].Home, sn.People[i].Mode = at(), geo.Bus
	}
	return riding(t, sn)
}

// riding puts everybody of a week on the first minibus to its first session, priced by the ride alone: 200 a rider's minute, 300
// a kilometre.
func riding(t testing.TB, sn *model.Snapshot) *solver.State {
	t.Helper()
	ride := toy("ride", func(b *solver.Builder) {
		b.Settle(solver.RideMinutes, 200)
		b.Settle(solver.DrivenKilometres, 300)
	})
	p, err := solver.Compile(sn, []*solver.Constraint{ride})
	require.NoError(t, err)
	s := p.NewState()
	for a := range sn.People {
		s.Join(solver.ActorIx(a), 0)
	}
	s.Join(p.First(solver.Supervisors)+1, 0) // licence D1
	s.Join(p.First(solver.Minibuses), 0)
	s.Settle()
	return s
}

// TestTheChoiceOfStopsIsNearTheBest compares the stops that are chosen with all sets of stops in all orders.
func TestTheChoiceOfStopsIsNearTheBest(t *testing.T) {
	t.Parallel()
	const groups, stops = 100, 6
	excess, best := 0.0, 0
	for seed := range uint64(groups) {
		s := scattered(t, seed, 8, stops)
		r := s.Roster()
		planned, beyond := newTrial(s, r).price(inOrder(len(r.Trips[0].Stops)))
		least, unavoidable := int64(math.MaxInt64), 0
		for set := 1; set < 1<<stops; set++ {
			x := newTrial(s, calling(s.Snapshot, r, set))
			x.cheapest()
			if x.best < least {
				least, unavoidable = x.best, x.beyond
			}
		}
		require.Equal(t, unavoidable, beyond, "seed %d", seed)
		require.GreaterOrEqual(t, planned, least, "seed %d", seed)
		excess += float64(planned-least) / float64(least)
		if planned == least {
			best++
		}
	}
	t.Logf("%d of %d are the best; on average %.1f %% dearer", best, groups, 100*excess/groups)
	require.Less(t, excess/groups, 0.015)
	require.Greater(t, best, groups/2)
}

// calling gives a roster whose first trip calls at those stops of a set at which somebody gets on: everybody at their own best.
func calling(sn *model.Snapshot, was *model.Roster, set int) *model.Roster {
	r, site := was.Clone(), sn.Project(was.Trips[0].Session.Project).At()
	used := make([]bool, len(sn.Stops))
	for i := range r.Appointments {
		p, best, shortest := sn.Person(r.Appointments[i].CRN), 0, int32(math.MaxInt32)
		for k := range sn.Stops {
			stop := sn.Stops[k].Place()
			if way := sn.Travel.Minutes(p.Mode, p.At(), stop) + sn.Travel.Minutes(geo.Car, stop, site); set>>k&1 != 0 && way < shortest {
				best, shortest = k, way
			}
		}
		r.Appointments[i].PickUp, used[best] = sn.Stops[best].Code, true
	}
	r.Trips[0].Stops = nil
	for k := range sn.Stops {
		if used[k] {
			r.Trips[0].Stops = append(r.Trips[0].Stops, model.StopTime{Stop: sn.Stops[k].Code})
		}
	}
	return r
}

// BenchmarkGroup plans the trip of a group that can get to many stops anew, twice: without one rider, and with them again.
func BenchmarkGroup(b *testing.B) {
	for _, riders := range []int{8, 16} {
		b.Run(fmt.Sprintf("%d riders", riders), func(b *testing.B) {
			s := scattered(b, 1, riders, 20)
			s.Commit()
			for b.Loop() {
				s.Leave(0, 0)
				s.Settle()
				s.Join(0, 0)
				s.Settle()
				s.Commit()
			}
		})
	}
}
