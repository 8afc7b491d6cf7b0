package bound_test

import (
	"context"
	"encoding/json"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/communitypayback/payback/benchmarks/instance"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/bound"
	"github.com/communitypayback/payback/solver/constraints"
)

func warmed(t require.TestingT, p *solver.Problem, few *bound.FewPrices, workers, steps int) *bound.Search {
	s, err := bound.NewFrom(p, workers, few)
	require.NoError(t, err)
	for range steps {
		require.True(t, s.Step(context.Background(), 0))
	}
	return s
}

func TestASearchThatBeginsWithItsOwnPricesIsAtOnceAsLowAsWhereTheySettled(t *testing.T) {
	t.Parallel()
	alone(t)
	p := compiled(t, 200, "normal")
	require.Nil(t, lowered(t, p, 1, 0).FewPrices())
	s := lowered(t, p, 2, 20) // few prices have not settled
	again := warmed(t, p, s.FewPrices(), 2, 1)
	require.LessOrEqual(t, again.Lowest(), s.Lowest())

	s = lowered(t, p, 2, 160) // they have, and prices of pairs go on from there
	cold := lowered(t, p, 2, 1)
	again = warmed(t, p, s.FewPrices(), 2, 1)
	require.Less(t, again.Lowest(), cold.Lowest()*95/100)
}

func TestMovesThatLeadAwayFromThePricesOfAnotherSearchGetShorter(t *testing.T) {
	t.Parallel()
	alone(t)
	p := compiled(t, 300, "normal")
	few := lowered(t, p, 2, 150).FewPrices()
	at := warmed(t, p, few, 2, 1).Lowest()
	require.Equal(t, at, warmed(t, p, few, 2, 3).Lowest(), "where prices have settled, usual moves lower nothing")
	require.Less(t, warmed(t, p, few, 2, 9).Lowest(), at, "shorter ones do")
}

func TestPricesOfLastWeekLowerTheBoundOfTheNext(t *testing.T) {
	t.Parallel()
	alone(t)
	week := model.Week{Year: 2026, Number: 49}
	facts, err := instance.Make(instance.Spec{People: 300, Seed: 5, Week: week})
	require.NoError(t, err)
	book, err := policy.Load(policy.Default)
	require.NoError(t, err)
	of := func(w model.Week) *solver.Problem {
		sn, _, err := scheduler.Freeze(facts, book, w, model.Instant(w.Monday()-4)*1440+720)
		require.NoError(t, err)
		p, err := solver.Compile(sn, constraints.All)
		require.NoError(t, err)
		return p
	}
	few := lowered(t, of(week), 2, 60).FewPrices()
	next := of(week.Add(1))
	require.Less(t, warmed(t, next, few, 2, 1).Lowest(), lowered(t, next, 2, 1).Lowest()*99/100)
	require.Less(t, warmed(t, next, few, 2, 100).Lowest(), lowered(t, next, 2, 100).Lowest()*1003/1000)
}

func TestPricesThatFitNothingDoNoHarm(t *testing.T) {
	t.Parallel()
	alone(t)
	p := compiled(t, 200, "normal")
	cold := lowered(t, p, 2, 120).Lowest()
	other := lowered(t, compiled(t, 90, "stressed"), 2, 60).FewPrices()
	require.Less(t, warmed(t, p, other, 2, 120).Lowest(), cold*101/100, "of another region")

	value := solved(t, p, nil).Score.Value()
	own := lowered(t, p, 2, 60).FewPrices()
	require.Equal(t, lowered(t, p, 2, 10).Prices(), warmed(t, p, &bound.FewPrices{}, 2, 10).Prices(), "of nothing")
	for _, wild := range []int64{math.MinInt64, math.MaxInt64, -1, 1 << 50} {
		few := spoiled(own, wild)
		s := warmed(t, p, few, 2, 120)
		require.Less(t, s.Lowest(), cold*101/100, "all are %d", wild)
		require.GreaterOrEqual(t, s.Lowest(), value, "no sum overflows")
		most, _ := s.Bound()
		require.GreaterOrEqual(t, most, value)
	}
}

// spoiled gives prices of the same things that are all equal.
func spoiled(few *bound.FewPrices, price int64) *bound.FewPrices {
	out := &bound.FewPrices{Sessions: slices.Clone(few.Sessions), Areas: slices.Clone(few.Areas)}
	for i := range out.Sessions {
		s := &out.Sessions[i]
		s.Room, s.Seat, s.Lead, s.Bus, s.Rain, s.Rows = price, price, price, price, price, []int64{price}
	}
	for i := range out.Areas {
		out.Areas[i] = price
	}
	for i := range out.Reserves {
		out.Reserves[i] = price
	}
	return out
}

func TestAnyFewPricesGiveABoundThatHolds(t *testing.T) {
	t.Parallel()
	p := compiled(t, 40, "normal")
	own := lowered(t, p, 1, 10).FewPrices()
	value := solved(t, p, nil).Score.Value()
	rapid.Check(t, func(t *rapid.T) {
		few := spoiled(own, rapid.Int64().Draw(t, "price"))
		for i := range few.Sessions {
			s := &few.Sessions[i]
			s.Room, s.Lead = rapid.Int64Range(-1000, 1_000_000).Draw(t, "room"), rapid.Int64().Draw(t, "lead")
			s.Day = rapid.Int32Range(-1, 7).Draw(t, "day")
		}
		s := warmed(t, p, few, 1, 3)
		require.GreaterOrEqual(t, s.Lowest(), value, "no sum overflows")
		most, ok := s.Bound()
		require.True(t, ok)
		require.GreaterOrEqual(t, most, value)
	})
}

func TestAWarmBoundIsTheSameWithAnyNumberOfWorkers(t *testing.T) {
	t.Parallel()
	p := compiled(t, 120, "normal")
	few := lowered(t, compiled(t, 90, "normal"), 1, 30).FewPrices()
	one := warmed(t, p, few, 1, 40)
	for _, workers := range []int{2, 8} {
		s := warmed(t, p, few, workers, 40)
		require.Equal(t, one.Prices(), s.Prices())
		require.Equal(t, one.Hints(), s.Hints())
		require.Equal(t, one.FewPrices(), s.FewPrices())
	}
}

func TestFewPricesReadAsTheyWereWritten(t *testing.T) {
	t.Parallel()
	few := lowered(t, compiled(t, 120, "wet-week"), 1, 30).FewPrices()
	body, err := json.Marshal(few)
	require.NoError(t, err)
	var read bound.FewPrices
	require.NoError(t, json.Unmarshal(body, &read))
	require.Equal(t, few, &read)
	require.True(t, slices.IsSortedFunc(few.Sessions, func(a, b bound.SessionPrices) int { return int(a.Day - b.Day) }))
	require.True(t, slices.ContainsFunc(few.Sessions, func(s bound.SessionPrices) bool { return s.Room > 0 && s.Lead > 0 }))
}

func TestAnEndedContextBeforeTheFirstStepChoosesNothing(t *testing.T) {
	t.Parallel()
	p := compiled(t, 60, "normal")
	few := lowered(t, p, 1, 30).FewPrices()
	s, err := bound.NewFrom(p, 1, few)
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	require.False(t, s.Step(ctx, 0))
	require.Nil(t, s.FewPrices())
	for range 5 {
		require.True(t, s.Step(context.Background(), 0))
	}
	require.Equal(t, warmed(t, p, few, 1, 5).Prices(), s.Prices())
}
