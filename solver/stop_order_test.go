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

// strung gives a state whose first session is reached by minibus along so many stops in a square of so many kilometres. Each
// stop has a rider or two who can get to no other; some have a travel limit of their own.
func strung(t testing.TB, seed uint64, stops int, km float64) *solver.State {
	t.Helper()
	var (
		rng = rand.New(rand.NewPCG(seed, 3))
		sn  = toyWeek(seed, 0, 1)
		pol = *sn.Policy
		at  = func() geo.Point {
			return geo.Point{Latitude: 52 + (rng.Float64()-.5)*km/111, Longitude: -1.5 + (rng.Float64()-.5)*km/68}
		}
	)
	pol.BoardingMinutes = rng.Int32N(4)
	sn.Policy = &pol
	sn.Projects[0].Site, sn.Projects[0].Places = at(), 30
	for i := range sn.Minibuses {
		sn.Minibuses[i].Depot = at()
	}
	sn.Stops = nil
	var legs []geo.Leg
	blank := toyWeek(seed, 1, 1).People[0]
	for i := range stops {
		stop := model.Stop{Code: model.StopCode(fmt.Sprintf("S%02d", i)), At: at()}
		sn.Stops = append(sn.Stops, stop)
		for range 1 + rng.IntN(2) {
			p := blank
			p.CRN, p.Mode = model.CRN(fmt.Sprintf("X%06d", len(sn.People))), geo.Walk
			p.Home = geo.Point{Latitude: stop.At.Latitude + (rng.Float64()-.5)/200, Longitude: stop.At.Longitude}
			p.MaxTravelMinutes = 30 + rng.Int32N(120)
			sn.People = append(sn.People, p)
			for other := range stops {
				if other != i {
					legs = append(legs, geo.Leg{From: string(p.CRN), To: fmt.Sprintf("S%02d", other), Mode: p.Mode, Minutes: geo.Unreachable})
				}
			}
		}
	}
	sn.Travel = geo.NewMatrix(legs)
	return riding(t, sn)
}

// trial prices orders of the stops of a trip the slow way, from the snapshot alone.
type trial struct {
	n       int       // stops; of the places, the depot and the site follow them
	road    [][]int64 // price of a leg and its return
	minutes [][]int32 // of a leg, with the boarding before it
	riders  [][]limited
	tooLong int64 // price of a rider beyond their limit
	best    int64
	beyond  int // riders beyond their limit in the best order
}

// limited is a rider: their way to the stop, and their travel limit.
type limited struct{ way, limit int32 }

func newTrial(s *solver.State, r *model.Roster) *trial {
	sn, trip := s.Snapshot, r.Trips[0] // those of one session call at the same stops
	x := &trial{n: len(trip.Stops), riders: make([][]limited, len(trip.Stops)), tooLong: 1e9}
	var places []geo.Place
	for i, c := range trip.Stops {
		places = append(places, sn.Stop(c.Stop).Place())
		for _, a := range r.Appointments {
			if p := sn.Person(a.CRN); a.PickUp == c.Stop {
				x.riders[i] = append(x.riders[i], limited{sn.Travel.Minutes(p.Mode, p.At(), places[i]), sn.TravelLimit(p)})
			}
		}
	}
	places = append(places, geo.Place{}, sn.Project(trip.Session.Project).At())
	for _, a := range places {
		var road []int64
		var minutes []int32
		for _, b := range places {
			price := int64(0)
			for _, t := range r.Trips {
				from := a
				if a.Code == "" {
					from = sn.Minibus(t.Minibus).At()
				}
				price += 300 * int64(sn.Travel.RoadMetres(from, b)+sn.Travel.RoadMetres(b, from)) / 1000
			}
			road = append(road, price)
			minutes = append(minutes, sn.Travel.Minutes(geo.Car, a, b)+sn.Policy.BoardingMinutes)
		}
		x.road, x.minutes = append(x.road, road), append(x.minutes, minutes)
	}
	return x
}

// price is what an order costs in the toy prices: 200 a rider's minute, 300 a kilometre, and very much for each rider beyond
// their limit.
func (x *trial) price(order []int) (cost int64, beyond int) {
	depot, site := x.n, x.n+1
	here := depot
	for _, i := range order {
		cost += x.road[here][i]
		here = i
	}
	cost += x.road[here][site]
	ride, next := int32(0), site
	for k := len(order) - 1; k >= 0; k-- {
		ride += x.minutes[order[k]][next]
		next = order[k]
		for _, p := range x.riders[next] {
			cost += 200 * int64(p.way+ride)
			if p.way+ride > p.limit {
				cost, beyond = cost+x.tooLong, beyond+1
			}
		}
	}
	return cost, beyond
}

// cheapest tries every order.
func (x *trial) cheapest() {
	x.best = math.MaxInt64
	x.every(make([]int, 0, x.n), 0)
}

func (x *trial) every(order []int, used int) {
	if len(order) == x.n {
		if cost, beyond := x.price(order); cost < x.best {
			x.best, x.beyond = cost, beyond
		}
		return
	}
	for i := range x.n {
		if used>>i&1 == 0 {
			x.every(append(order, i), used|1<<i)
		}
	}
}

func inOrder(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

func TestNoOtherOrderOfTheStopsIsBetter(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("one goroutine, and slow under the race detector")
	}
	kept, broken, decided := 0, 0, 0
	for seed := range uint64(240) {
		n := 2 + int(seed%6) // 7 stops have 5,040 orders
		s := strung(t, seed, n, float64(10+seed%30))
		if seed%3 == 0 { // two minibuses from different depots
			s.Join(s.First(solver.Supervisors)+3, 0)
			s.Join(s.First(solver.Minibuses)+1, 0)
		}
		r := s.Roster()
		require.Len(t, r.Trips[0].Stops, n, "seed %d: each stop is somebody's only one", seed)
		x := newTrial(s, r)
		x.cheapest()
		planned, beyond := x.price(inOrder(n))
		require.Equal(t, x.best, planned, "seed %d", seed)
		require.Equal(t, x.beyond, beyond, "seed %d", seed)
		if beyond > 0 {
			broken++
		} else {
			kept++
		}
		x.tooLong = 0
		x.cheapest()
		if cheap, _ := x.price(inOrder(n)); cheap > x.best {
			decided++
		}
	}
	require.Greater(t, kept, 20, "some groups must be in time")
	require.Greater(t, broken, 20, "some groups must have a limit that no order keeps")
	require.Greater(t, decided, 20, "for some groups a limit must forbid the cheapest order")
}

// TestTenStopsAreOrderedExactly compares the largest exact trips with all orders that exchange two stops, move one or turn a
// stretch round: too many orders to try them all.
func TestTenStopsAreOrderedExactly(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("one goroutine, and slow under the race detector")
	}
	for seed := range uint64(60) {
		n := 9 + int(seed%2)
		s := strung(t, seed, n, float64(10+seed%20))
		r := s.Roster()
		x := newTrial(s, r)
		planned, _ := x.price(inOrder(n))
		for i := range n {
			for j := range n {
				for _, order := range [][]int{exchanged(n, i, j), moved(n, i, j), turned(n, i, j)} {
					other, _ := x.price(order)
					require.LessOrEqual(t, planned, other, "seed %d, order %v", seed, order)
				}
			}
		}
	}
}

func exchanged(n, i, j int) []int {
	out := inOrder(n)
	out[i], out[j] = out[j], out[i]
	return out
}

func moved(n, i, j int) []int {
	var out []int
	for k := range n {
		if k != i {
			out = append(out, k)
		}
	}
	return append(out[:j:j], append([]int{i}, out[j:]...)...)
}

func turned(n, i, j int) []int {
	out := inOrder(n)
	for ; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out
}

// BenchmarkTrip plans the trip of one session anew, twice: without one rider, and with them again. In the wide region no
// order keeps all travel limits.
func BenchmarkTrip(b *testing.B) {
	for _, stops := range []int{5, 8, 10} {
		for _, km := range []float64{6, 40} {
			b.Run(fmt.Sprintf("%d stops within %v km", stops, km), func(b *testing.B) {
				s := strung(b, 1, stops, km)
				s.Commit()
				b.ReportAllocs()
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
}
