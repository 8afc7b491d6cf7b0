package geo_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/communitypayback/payback/model/geo"
)

// Spots are only a quicker way to the same minutes and metres, near and far, by any pace and with or without legs.
func TestSpotsGiveTheSameJourneysAsPlaces(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := &geo.Matrix{}
		switch rapid.IntRange(0, 3).Draw(t, "pace") {
		case 0:
			m.Pace = geo.Standard
		case 1:
			for mode := range geo.Modes {
				m.Pace.DetourPercent[mode] = rapid.Int32Range(100, 200).Draw(t, "detour")
				m.Pace.MetresAnHour[mode] = rapid.Int32Range(0, 60_000).Draw(t, "speed")
			}
		case 2:
			m = geo.NewMatrix([]geo.Leg{{From: "A", To: "B", Mode: geo.Car, Minutes: 7, Metres: 99}})
		}
		a, b := geo.Place{Code: "A", At: anyPoint().Draw(t, "a")}, geo.Place{Code: "B", At: anyPoint().Draw(t, "b")}
		if rapid.Bool().Draw(t, "near") {
			reach := rapid.Float64Range(0, 2).Draw(t, "reach")
			b.At = geo.Point{Latitude: a.At.Latitude/2 + reach*rapid.Float64Range(-1, 1).Draw(t, "north"), Longitude: a.At.Longitude/2 + reach*rapid.Float64Range(-1, 1).Draw(t, "east")}
			a.At = geo.Point{Latitude: a.At.Latitude / 2, Longitude: a.At.Longitude / 2}
		}
		from, to := geo.NewSpot(a), geo.NewSpot(b)
		for mode := range geo.Modes {
			require.Equal(t, m.Minutes(mode, a, b), m.MinutesOf(mode, &from, &to))
		}
		require.Equal(t, m.RoadMetres(a, b), m.RoadMetresOf(&from, &to))
	})
}

func BenchmarkSpots(b *testing.B) {
	m := &geo.Matrix{Pace: geo.Standard}
	from, to := geo.NewSpot(geo.Place{At: geo.Point{Latitude: 53.4, Longitude: -2.2}}), geo.NewSpot(geo.Place{At: geo.Point{Latitude: 53.6, Longitude: -2.1}})
	for b.Loop() {
		m.MinutesOf(geo.Car, &from, &to)
	}
}
