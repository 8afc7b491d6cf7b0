package instance_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/benchmarks/instance"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/forecast"
)

func TestTheTruthIsToldBesideTheSameRegion(t *testing.T) {
	t.Parallel()
	s := instance.Spec{People: 400, Seed: 9, Week: model.Week{Year: 2026, Number: 49}}
	want, err := instance.Make(s)
	require.NoError(t, err)
	got, truth, err := instance.MakeWithTruth(s)
	require.NoError(t, err)
	require.Equal(t, want, got)
	require.Len(t, truth, 400)
	// Of those whom it calls reliable more came than of the others.
	var came, told [2]int
	for _, a := range got.History {
		if a.Outcome.Presence() == model.NoRecord {
			continue
		}
		half := 0
		if truth[a.CRN] > 600 {
			half = 1
		}
		told[half]++
		if a.Outcome.Presence() == model.Came {
			came[half]++
		}
	}
	require.Greater(t, came[1]*told[0], came[0]*told[1])
	_, _, err = instance.MakeWithTruth(instance.Spec{})
	require.Error(t, err)
}

func TestASessionAddsToTheTruthWithinBounds(t *testing.T) {
	t.Parallel()
	require.EqualValues(t, 600, instance.Comes(600, 0))
	require.EqualValues(t, 460, instance.Comes(600, forecast.Individual|forecast.First|forecast.Monday|forecast.Winter|forecast.Far))
	require.EqualValues(t, 50, instance.Comes(100, forecast.First))
	require.EqualValues(t, 990, instance.Comes(960, forecast.Individual))
}

func TestNewcomersAreDrawnByTheFiguresOfTheRegion(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	const n = 4000
	minutes, comes, ends := 0, 0, 0
	for range n {
		x := instance.NewNewcomer(r)
		require.Zero(t, x.Required%600)
		require.True(t, x.Required >= 40*60 && x.Required <= 300*60)
		minutes += int(x.Required)
		comes += int(x.Comes)
		if x.HardEndMonths > 0 {
			ends++
		}
	}
	require.InDelta(t, 115*60, minutes/n, 400, "hours of an order")
	require.InDelta(t, 600, comes/n, 20)
	require.InDelta(t, 0.6*n, ends, 0.05*n)
}
