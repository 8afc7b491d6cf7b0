package solver_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/solver"
)

// onTrip gives a state with riders, a licensed supervisor and a minibus in the first session, which is reached by minibus.
func onTrip(t require.TestingT, seed uint64, riders int) *solver.State {
	p := compileToy(t, seed, 16, 1)
	s := p.NewState()
	for a := range solver.ActorIx(riders) {
		s.Join(a, 0)
	}
	s.Join(p.First(solver.Supervisors)+1, 0) // licence D1
	s.Join(p.First(solver.Minibuses), 0)
	s.Settle()
	return s
}

func TestTripTimesAreThoseOfTheModel(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		s := onTrip(rt, rapid.Uint64Range(1, 1<<20).Draw(rt, "seed"), rapid.IntRange(0, 8).Draw(rt, "riders"))
		r := s.Roster()
		require.Len(rt, r.Trips, 1)
		trip := r.Trips[0]
		var stops []model.StopCode
		for _, x := range trip.Stops {
			stops = append(stops, x.Stop)
		}
		want := model.TripTimes(s.Snapshot, trip.Session, s.Snapshot.Minibus(trip.Minibus), stops, s.Snapshot.Policy.BoardingMinutes)
		want.Driver = trip.Driver
		require.Equal(rt, want, trip)
		require.Equal(rt, model.SupervisorCode("K1"), trip.Driver)
		for _, a := range r.Appointments {
			require.Contains(rt, trip.Stops, model.StopTime{Stop: a.PickUp, At: a.PickUpAt})
		}
	})
}

func TestNoOtherOrderOfTheStopsIsCheaper(t *testing.T) {
	t.Parallel()
	compared := 0
	for seed := range uint64(60) {
		s := onTrip(t, seed, 8)
		r := s.Roster()
		trip := r.Trips[0]
		if len(trip.Stops) < 2 {
			continue
		}
		compared++
		var stops []model.StopCode
		for _, x := range trip.Stops {
			stops = append(stops, x.Stop)
		}
		planned := rideCost(s, r, stops)
		permute(stops, func(order []model.StopCode) {
			// Every leg's metres are priced in whole millipoints, so sums may differ by one a leg.
			require.LessOrEqual(t, planned, rideCost(s, r, order)+10)
		})
	}
	require.Greater(t, compared, 5, "the weeks must have trips with several stops")
}

// rideCost prices a trip along given stops in the toy prices: 200 a rider's minute, 300 a kilometre.
func rideCost(s *solver.State, r *model.Roster, stops []model.StopCode) int64 {
	var (
		sn   = s.Snapshot
		key  = r.Trips[0].Session
		bus  = sn.Minibus(r.Trips[0].Minibus)
		trip = model.TripTimes(sn, key, bus, stops, 0)
		cost = 300 * int64(model.TripMetres(sn, key, bus, stops)) / 1000
	)
	for _, a := range r.Appointments {
		p := sn.Person(a.CRN)
		for _, x := range trip.Stops {
			if x.Stop == a.PickUp {
				cost += 200 * int64(sn.Travel.Minutes(p.Mode, p.At(), sn.Stop(x.Stop).Place())+int32(sn.Session(key).Span.Start-x.At))
			}
		}
	}
	return cost
}

func permute(list []model.StopCode, f func([]model.StopCode)) {
	var at func(int)
	at = func(i int) {
		if i == len(list) {
			f(list)
			return
		}
		for j := i; j < len(list); j++ {
			list[i], list[j] = list[j], list[i]
			at(i + 1)
			list[i], list[j] = list[j], list[i]
		}
	}
	at(0)
}

func TestTwoMinibusesTravelTogether(t *testing.T) {
	t.Parallel()
	s := onTrip(t, 3, 8)
	s.Join(s.First(solver.Supervisors)+3, 0)
	s.Join(s.First(solver.Minibuses)+1, 0)
	r := s.Roster()
	require.Len(t, r.Trips, 2)
	require.Equal(t, r.Trips[0].Stops, r.Trips[1].Stops)
	require.NotEqual(t, r.Trips[0].Driver, r.Trips[1].Driver)
	require.NotEmpty(t, r.Trips[1].Driver, "the larger minibus takes a D1 licence, and K1 and K3 have one")
}

func TestNobodyWithoutALicenceDrives(t *testing.T) {
	t.Parallel()
	sn := toyWeek(1, 10, 1)
	for i := range sn.Supervisors {
		sn.Supervisors[i].Licence = model.NoLicence
	}
	p, err := solver.Compile(sn, toys())
	require.NoError(t, err)
	s := p.NewState()
	rng := rand.New(rand.NewPCG(1, 1))
	for range 60 {
		flip(s, rng)
	}
	for _, trip := range s.Roster().Trips {
		require.Empty(t, trip.Driver)
	}
}

func TestAMatrixLegWinsOverTheEstimate(t *testing.T) {
	t.Parallel()
	sn := toyWeek(1, 6, 1)
	sn.Travel = geo.NewMatrix([]geo.Leg{{From: "B0", To: "P0", Mode: geo.Car, Minutes: 77, Metres: 5000}})
	p, err := solver.Compile(sn, toys())
	require.NoError(t, err)
	s := p.NewState()
	s.Join(p.First(solver.Minibuses), 0)
	trip := s.Roster().Trips[0]
	require.EqualValues(t, 77, sn.Sessions[0].Span.Start-trip.Leaves)
}
