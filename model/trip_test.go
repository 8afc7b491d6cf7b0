package model_test

import (
	"testing"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/model/policy"
	"github.com/stretchr/testify/require"
)

// tripWeek is a week with one site, two stops and a depot; the ways there and back differ so that directions show.
func tripWeek(t *testing.T, boarding int32) (*model.Snapshot, model.SessionKey) {
	t.Helper()
	key := model.SessionKey{Project: "CT01", Date: model.NewDate(2026, 12, 1), Start: 540}
	start := model.Instant(key.Date)*1440 + 540
	leg := func(from, to string, minutes, metres int32) geo.Leg {
		return geo.Leg{From: from, To: to, Mode: geo.Car, Minutes: minutes, Metres: metres}
	}
	return &model.Snapshot{
		Policy:   &policy.Book{BoardingMinutes: boarding},
		Projects: []model.Project{{Code: "CT01"}},
		Stops:    []model.Stop{{Code: "P1"}, {Code: "P2"}},
		Sessions: []model.Session{{Key: key, End: 960, Span: model.Span{Start: start, End: start + 420}}},
		Travel: geo.NewMatrix([]geo.Leg{
			leg("KX01", "P1", 10, 1000), leg("P1", "P2", 5, 500), leg("P2", "CT01", 20, 2000), leg("KX01", "CT01", 25, 2500),
			leg("CT01", "P2", 22, 2200), leg("P2", "P1", 6, 600), leg("P1", "KX01", 11, 1100), leg("CT01", "KX01", 27, 2700),
		}),
	}, key
}

func TestTripTimes(t *testing.T) {
	t.Parallel()
	bus := &model.Minibus{Registration: "KX01"}
	for name, c := range map[string]struct {
		stops                []model.StopCode
		boarding             int32
		calls                []int // minutes before the start
		drops                []int // minutes after the end
		leaves, back, metres int   // before the start, after the end
	}{
		"straight to the site": {leaves: 25, back: 27, metres: 5200},
		"one stop":             {stops: []model.StopCode{"P2"}, calls: []int{20}, drops: []int{22}, leaves: 20 + geo.Unreachable, back: 22 + geo.Unreachable, metres: 4200},
		"two stops in order":   {stops: []model.StopCode{"P1", "P2"}, calls: []int{25, 20}, drops: []int{28, 22}, leaves: 35, back: 39, metres: 7400},
		"two stops with three minutes at each": {stops: []model.StopCode{"P1", "P2"}, boarding: 3,
			calls: []int{31, 23}, drops: []int{31, 22}, leaves: 41, back: 45, metres: 7400},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sn, key := tripWeek(t, c.boarding)
			span := sn.Sessions[0].Span
			trip := model.TripTimes(sn, key, bus, c.stops, c.boarding)
			require.Equal(t, key, trip.Session)
			require.Equal(t, bus.Registration, trip.Minibus)
			require.Equal(t, span.Start-model.Instant(c.leaves), trip.Leaves)
			require.Equal(t, span.End+model.Instant(c.back), trip.Returns)
			require.Len(t, trip.Stops, len(c.stops))
			for i, call := range trip.Stops {
				require.Equal(t, c.stops[i], call.Stop)
				require.Equal(t, span.Start-model.Instant(c.calls[i]), call.At)
				require.Equal(t, span.End+model.Instant(c.drops[i]), model.DropOff(sn, key, c.stops, i))
			}
			require.EqualValues(t, c.metres, model.TripMetres(sn, key, bus, c.stops))
		})
	}
}

func TestTripTimesOfASessionThatIsNotThere(t *testing.T) {
	t.Parallel()
	sn, key := tripWeek(t, 0)
	bus := &model.Minibus{Registration: "KX01"}
	other := model.SessionKey{Project: "NO01", Date: key.Date, Start: key.Start}
	require.Equal(t, model.Trip{Session: other, Minibus: "KX01"}, model.TripTimes(sn, other, bus, []model.StopCode{"P1"}, 0))
	require.Zero(t, model.DropOff(sn, other, []model.StopCode{"P1"}, 0))
	require.Zero(t, model.TripMetres(sn, other, bus, nil))
}

func TestTripOverWorksForAnotherWeek(t *testing.T) {
	t.Parallel()
	sn, key := tripWeek(t, 0)
	key.Date -= 7
	start := model.Instant(key.Date)*1440 + 540
	trip := model.TripOver(sn, key, model.Span{Start: start, End: start + 300}, &model.Minibus{Registration: "KX01"}, []model.StopCode{"P1", "P2"}, 0)
	require.Equal(t, start-35, trip.Leaves)
	require.Equal(t, start+300+39, trip.Returns)
}
