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
