package geo_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/communitypayback/payback/model/geo"
)

func anyPoint() *rapid.Generator[geo.Point] {
	return rapid.Custom(func(t *rapid.T) geo.Point {
		return geo.Point{Latitude: rapid.Float64Range(-90, 90).Draw(t, "latitude"), Longitude: rapid.Float64Range(-180, 180).Draw(t, "longitude")}
	})
}

func TestKnownDistances(t *testing.T) {
	t.Parallel()
	london, edinburgh := geo.Point{Latitude: 51.5074, Longitude: -0.1278}, geo.Point{Latitude: 55.9533, Longitude: -3.1883}
	require.InDelta(t, 533_600, geo.Metres(london, edinburgh), 1000)
	degree := math.Pi * 6371008.8 / 180
	require.InDelta(t, degree, geo.Metres(geo.Point{Latitude: 1}, geo.Point{Latitude: 2}), 0.01, "a degree of latitude")
	require.InDelta(t, 20_015_115, geo.Metres(geo.Point{Latitude: 90}, geo.Point{Latitude: -90}), 1, "pole to pole")
	require.InDelta(t, 11.1, geo.Metres(geo.Point{Latitude: 52}, geo.Point{Latitude: 52.0001}), 0.1, "across a road")
}

func TestDistanceIsAMetric(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := anyPoint().Draw(t, "a"), anyPoint().Draw(t, "b"), anyPoint().Draw(t, "c")
		require.Zero(t, geo.Metres(a, a))
		require.InDelta(t, geo.Metres(a, b), geo.Metres(b, a), 1e-3)
		require.LessOrEqual(t, geo.Metres(a, c), geo.Metres(a, b)+geo.Metres(b, c)+1e-3)
		require.LessOrEqual(t, geo.Metres(a, b), math.Pi*6371008.8+1)
	})
}

// 0.1 degrees of latitude are 11,119.5 m. By foot x 1.2 at 4.8 km/h 166.8 minutes; by bus x 1.3 at 18 km/h 48.2; by car x 1.3
// at 35 km/h 24.8.
func TestPointsLieWithinACircleUpToItsEdge(t *testing.T) {
	t.Parallel()
	a, b := geo.Point{Latitude: 52, Longitude: -1.5}, geo.Point{Latitude: 52.01, Longitude: -1.5} // 1,111.95 m
	require.True(t, geo.Within(1112, a, b))
	require.True(t, geo.Within(1112, b, a))
	require.False(t, geo.Within(1111, a, b))
	require.True(t, geo.Within(0, a, a))
}

func TestEstimatesByModeAreRoundedUp(t *testing.T) {
	t.Parallel()
	a, b := geo.Point{Latitude: 52, Longitude: -1.5}, geo.Point{Latitude: 52.1, Longitude: -1.5}
	p := geo.Standard
	require.EqualValues(t, 167, p.Minutes(geo.Walk, a, b))
	require.EqualValues(t, 49, p.Minutes(geo.Bus, a, b))
	require.EqualValues(t, 25, p.Minutes(geo.Car, a, b))
	require.EqualValues(t, 14_456, p.RoadMetres(a, b))
	require.Zero(t, p.Minutes(geo.Walk, a, a))
	require.Zero(t, p.RoadMetres(a, a))
}

func TestARegionHasAPaceOfItsOwn(t *testing.T) {
	t.Parallel()
	a, b := geo.Point{Latitude: 52, Longitude: -1.5}, geo.Point{Latitude: 52.1, Longitude: -1.5}
	m := geo.NewMatrix(nil)
	m.Pace = geo.Pace{DetourPercent: [geo.Modes]int32{100, 200, 150}, MetresAnHour: [geo.Modes]int32{5_000, 20_000, 0}}
	for _, c := range []struct {
		mode geo.Mode
		want int32
	}{
		{geo.Walk, 134}, // 11,119.5 m at 5 km/h: 133.4
		{geo.Bus, 67},   // 22,239 m at 20 km/h: 66.7
		{geo.Car, geo.Unreachable},
	} {
		require.Equal(t, c.want, m.Minutes(c.mode, geo.Place{Code: "A", At: a}, geo.Place{Code: "B", At: b}), c.mode)
	}
	require.EqualValues(t, 16_680, m.RoadMetres(geo.Place{At: a}, geo.Place{At: b}))
}

func TestModesAreNamed(t *testing.T) {
	t.Parallel()
	require.Equal(t, "walk bus car ?", fmt.Sprint(geo.Walk, " ", geo.Bus, " ", geo.Car, " ", geo.Modes))
	require.False(t, geo.Point{}.Known())
	require.True(t, geo.Point{Latitude: 52}.Known())
}

func TestAMatrixKnowsLegsAndEstimatesTheRest(t *testing.T) {
	t.Parallel()
	here := geo.Place{Code: "A", At: geo.Point{Latitude: 52, Longitude: -1.5}}
	there := geo.Place{Code: "B", At: geo.Point{Latitude: 52.1, Longitude: -1.5}}
	nowhere := geo.Place{Code: "N"}
	m := geo.NewMatrix([]geo.Leg{
		{From: "A", To: "B", Mode: geo.Car, Minutes: 40, Metres: 15_000},
		{From: "B", To: "A", Mode: geo.Car, Minutes: 30},
		{From: "N", To: "A", Mode: geo.Bus, Minutes: 12},
		{From: "A", To: "B", Mode: geo.Walk, Minutes: 7},
		{From: "A", To: "B", Mode: geo.Walk, Minutes: 9},
	})
	for _, c := range []struct {
		name     string
		mode     geo.Mode
		from, to geo.Place
		want     int32
	}{
		{"a leg as given", geo.Car, here, there, 40},
		{"the other way has its own leg", geo.Car, there, here, 30},
		{"of two legs the later wins", geo.Walk, here, there, 9},
		{"a leg serves the other way too", geo.Walk, there, here, 9},
		{"no leg by this mode: estimated", geo.Bus, here, there, 49},
		{"a leg to a place without a position", geo.Bus, here, nowhere, 12},
		{"no leg and no position: not reachable", geo.Car, here, nowhere, geo.Unreachable},
		{"no leg and no position, the other way", geo.Car, nowhere, here, geo.Unreachable},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, c.want, m.Minutes(c.mode, c.from, c.to))
		})
	}
	require.EqualValues(t, 15_000, m.RoadMetres(here, there))
	require.EqualValues(t, 14_456, m.RoadMetres(there, here), "its own leg has no metres")
	require.Zero(t, m.RoadMetres(here, nowhere))
	var none *geo.Matrix
	require.EqualValues(t, 49, none.Minutes(geo.Bus, here, there), "no matrix only estimates")
	require.EqualValues(t, geo.Unreachable, none.Minutes(geo.Walk, here, geo.Place{At: geo.Point{Latitude: -52, Longitude: 100}}))
}

func TestTheOrderOfRowsDoesNotMatterToAMatrix(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		code := rapid.SampledFrom([]string{"A", "B", "C"})
		legs := rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) geo.Leg {
			return geo.Leg{From: code.Draw(t, "from"), To: code.Draw(t, "to"), Mode: geo.Mode(rapid.IntRange(0, 2).Draw(t, "mode")),
				Minutes: int32(rapid.IntRange(0, 99).Draw(t, "minutes"))}
		}), 0, 12, func(l geo.Leg) geo.Leg { l.Minutes = 0; return l }).Draw(t, "legs")
		turned := slices.Clone(legs)
		slices.Reverse(turned)
		a, b := geo.NewMatrix(slices.Clone(legs)), geo.NewMatrix(turned)
		require.Equal(t, a, b)
		for _, l := range legs {
			require.Equal(t, l.Minutes, a.Minutes(l.Mode, geo.Place{Code: l.From}, geo.Place{Code: l.To}))
		}
	})
}

func ExampleMatrix_Minutes() {
	home := geo.Place{Code: "X000001", At: geo.Point{Latitude: 52, Longitude: -1.5}}
	site := geo.Place{Code: "CT01", At: geo.Point{Latitude: 52.1, Longitude: -1.5}}
	estimate := geo.NewMatrix(nil)
	known := geo.NewMatrix([]geo.Leg{{From: "X000001", To: "CT01", Mode: geo.Bus, Minutes: 35}})
	fmt.Println(estimate.Minutes(geo.Bus, home, site), known.Minutes(geo.Bus, home, site))
	// Output: 49 35
}

func TestThereAndBackIsMinutesBothWays(t *testing.T) {
	t.Parallel()
	a, b := geo.Place{Code: "A", At: geo.Point{Latitude: 52, Longitude: -1}}, geo.Place{Code: "B", At: geo.Point{Latitude: 52.1, Longitude: -1.2}}
	for name, m := range map[string]*geo.Matrix{
		"none": nil, "no legs": {}, "one way": geo.NewMatrix([]geo.Leg{{From: "A", To: "B", Mode: geo.Bus, Minutes: 3}}),
		"both ways": geo.NewMatrix([]geo.Leg{{From: "A", To: "B", Mode: geo.Bus, Minutes: 3}, {From: "B", To: "A", Mode: geo.Bus, Minutes: 9}}),
	} {
		for mode := range geo.Modes {
			there, back := m.ThereAndBack(mode, a, b)
			require.Equal(t, []int32{m.Minutes(mode, a, b), m.Minutes(mode, b, a)}, []int32{there, back}, name)
		}
	}
}
