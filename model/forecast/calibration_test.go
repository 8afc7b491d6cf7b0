package forecast_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model/forecast"
)

func TestCalibrationIsReckonedByHand(t *testing.T) {
	t.Parallel()
	c := forecast.Calibrate([]forecast.Prediction{
		{Person: 1, Chance: 800, Base: 500, Came: true}, {Person: 1, Chance: 400, Base: 500, Came: false}, {Person: 2, Chance: 600, Base: 500, Came: true},
	})
	require.Equal(t, []int{3, 2}, []int{c.Outcomes, c.People})
	require.InDelta(t, 0.6, c.Said, 1e-9)
	require.InDelta(t, 2./3, c.Was, 1e-9)
	require.InDelta(t, (0.04+0.16+0.16)/3, c.Brier, 1e-9)
	require.InDelta(t, 0.25, c.BaseBrier, 1e-9)
	require.InDelta(t, -(math.Log(0.8)+2*math.Log(0.6))/3, c.LogLoss, 1e-9)
	require.InDelta(t, math.Ln2, c.BaseLogLoss, 1e-9)
	require.Len(t, c.Deciles, 3)
	require.Equal(t, []int32{400, 600, 800}, []int32{c.Deciles[0].From, c.Deciles[1].From, c.Deciles[2].To})
	require.Zero(t, forecast.Calibrate(nil))
}

func TestDecilesAreTenthsInOrder(t *testing.T) {
	t.Parallel()
	var all []forecast.Prediction
	for i := range 100 {
		all = append(all, forecast.Prediction{Person: i, Chance: int32(10 * (99 - i)), Came: i < 50})
	}
	c := forecast.Calibrate(all)
	require.Len(t, c.Deciles, 10)
	require.Equal(t, forecast.Bin{From: 0, To: 90, Outcomes: 10, Said: c.Deciles[0].Said, Was: 0, Low: 0, High: c.Deciles[0].High}, c.Deciles[0])
	require.InDelta(t, 0.045, c.Deciles[0].Said, 1e-9)
	require.InDelta(t, 0.2775, c.Deciles[0].High, 1e-3, "Wilson's interval of none in ten")
	require.InDelta(t, 1, c.Deciles[9].Was, 1e-9)
}

// groupsOf draws outcomes whose chances are told truly, but for the women, of whom more is expected than is true.
func groupsOf(seed uint64, people int, planted float64) ([]forecast.Prediction, func(int) string) {
	d := rand.New(rand.NewPCG(seed, 3))
	of := func(p int) string {
		switch {
		case p%50 == 49:
			return "" // not recorded
		case p%8 == 0:
			return "women"
		default:
			return "men"
		}
	}
	var all []forecast.Prediction
	for p := range people {
		chance := 0.3 + 0.6*d.Float64()
		for range 6 {
			come := chance
			if of(p) == "women" {
				come -= planted
			}
			all = append(all, forecast.Prediction{Person: p, Chance: int32(1000 * chance), Came: d.Float64() < come})
		}
	}
	return all, of
}

func TestAGroupOfWhichTooMuchIsExpectedIsFound(t *testing.T) {
	t.Parallel()
	all, of := groupsOf(1, 2000, 0.1)
	got := forecast.CompareGroups(all, []string{"women", "men"}, of, 2, 0.02)
	require.True(t, got[0].Differs)
	require.InDelta(t, 0.1, got[0].Error, 0.04)
	require.Less(t, got[0].Low, got[0].Error)
	require.InDelta(t, 0.1, got[0].Apart, 0.04)
	require.InDelta(t, -got[0].Apart, got[1].Apart, 1e-9, "of two groups each is apart from the other")
	all, of = groupsOf(2, 2000, 0)
	require.False(t, forecast.CompareGroups(all, []string{"women", "men"}, of, 2, 0.02)[0].Differs)
	all, of = groupsOf(1, 2000, 0.1)
	require.False(t, forecast.CompareGroups(all, []string{"women", "men"}, of, 2, 0.2)[0].Differs, "within the tolerance")
}

func TestNothingIsSaidOfAFew(t *testing.T) {
	t.Parallel()
	all, of := groupsOf(1, 19*8, 0.5)
	got := forecast.CompareGroups(all, []string{"women", "men", "others"}, of, 2, 0.02)
	require.Equal(t, forecast.GroupError{Group: "women", People: got[0].People, Outcomes: got[0].Outcomes, Few: true}, got[0])
	require.Less(t, got[0].People, 20)
	require.Equal(t, forecast.GroupError{Group: "others", Few: true}, got[2])
}

// Where nothing is planted, one region in twenty may be reported by chance.
func TestFewAreFoundWhereThereIsNothing(t *testing.T) {
	t.Parallel()
	found := 0
	for seed := range uint64(200) {
		all, of := groupsOf(seed, 400, 0)
		if forecast.CompareGroups(all, []string{"women", "men"}, of, 2, 0)[0].Differs {
			found++
		}
	}
	require.Less(t, found, 20)
}
