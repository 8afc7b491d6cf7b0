package bound_test

import (
	"context"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/benchmarks/instance"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/bound"
	"github.com/communitypayback/payback/solver/constraints"
)

func compiled(t *testing.T, people int, profile string) *solver.Problem {
	t.Helper()
	return made(t, people, profile, func(*model.Facts) {})
}

// made gives the problem of a made-up region, once it is changed.
func made(t *testing.T, people int, profile string, change func(*model.Facts)) *solver.Problem {
	t.Helper()
	week := model.Week{Year: 2026, Number: 49}
	facts, err := instance.Make(instance.Spec{People: people, Seed: 5, Profile: profile, Week: week})
	require.NoError(t, err)
	change(facts)
	book, err := policy.Load(policy.Default)
	require.NoError(t, err)
	sn, _, err := scheduler.Freeze(facts, book, week, model.Instant(week.Monday()-4)*1440+720)
	require.NoError(t, err)
	p, err := solver.Compile(sn, constraints.All)
	require.NoError(t, err)
	return p
}

func lowered(t *testing.T, p *solver.Problem, workers, steps int) *bound.Search {
	t.Helper()
	s, err := bound.New(p, workers)
	require.NoError(t, err)
	for range steps {
		require.True(t, s.Step(context.Background(), 0))
	}
	return s
}

func TestABoundIsTheSameWithAnyNumberOfWorkers(t *testing.T) {
	t.Parallel()
	p := compiled(t, 120, "normal")
	one := lowered(t, p, 1, 60)
	for _, workers := range []int{2, 8} {
		s := lowered(t, p, workers, 60)
		require.Equal(t, one.Prices(), s.Prices())
		require.Equal(t, one.Hints(), s.Hints())
	}
}

func TestABoundFallsAndHoldsAndItsHintsHelp(t *testing.T) {
	t.Parallel()
	alone(t)
	p := compiled(t, 200, "normal")
	first, _ := lowered(t, p, 2, 1).Bound()
	s := lowered(t, p, 2, 200)
	last, ok := s.Bound()
	require.True(t, ok)
	require.Less(t, last, first*95/100)
	plain := solved(t, p, nil)
	guided := solved(t, p, s.Hints())
	require.Zero(t, guided.Score.Hard())
	require.Greater(t, guided.Score.Value(), plain.Score.Value(), "what is built by hints is worth more")
	require.LessOrEqual(t, guided.Score.Value(), last)
}

// solved gives the roster as it is built, without any move.
func solved(t *testing.T, p *solver.Problem, hints []solver.Hint) *solver.Result {
	t.Helper()
	res, err := solver.Solve(context.Background(), p, solver.Options{Seed: 1, Workers: 1, Stop: solver.AfterRounds(0), Hints: [][]solver.Hint{hints}})
	require.NoError(t, err)
	return res
}

func TestAnEndedContextMakesNoStep(t *testing.T) {
	t.Parallel()
	p := compiled(t, 40, "normal")
	s := lowered(t, p, 1, 3)
	was := s.Prices()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	require.False(t, s.Step(ctx, 0))
	require.Equal(t, was, s.Prices())
	require.Equal(t, 3, s.Steps())
}

func TestAnyPricesProveABound(t *testing.T) {
	t.Parallel()
	alone(t)
	p := compiled(t, 80, "normal")
	r, err := p.Relaxed()
	require.NoError(t, err)
	good := lowered(t, p, 1, 120)
	value := solved(t, p, good.Hints()).Score.Value()
	most, _ := good.Bound()
	prices := good.Prices()
	for i := range prices.Pairs { // spoiled, they prove less
		if i%7 == 0 {
			prices.Pairs[i] += 100_000
		}
	}
	spoiled := bound.Evaluate(r, prices)
	require.Greater(t, spoiled, most)
	require.GreaterOrEqual(t, spoiled, value)
	for i := range prices.Duties {
		prices.Duties[i] = -5
	}
	require.GreaterOrEqual(t, bound.Evaluate(r, prices), value, "prices that may not be negative count as none")
	for _, wild := range []int64{math.MaxInt64, math.MinInt64} {
		for i := range prices.Pairs {
			prices.Pairs[i] = wild
		}
		for i := range prices.Rooms {
			prices.Rooms[i] = wild
		}
		require.GreaterOrEqual(t, bound.Evaluate(r, prices), value, "no price is so great that a sum overflows")
	}
	for i := range prices.Seats {
		prices.Seats[i] = math.MaxInt64
	}
	require.GreaterOrEqual(t, bound.Evaluate(r, prices), value)
	older := good.Prices()
	older.Seats = nil
	require.GreaterOrEqual(t, bound.Evaluate(r, older), value, "certificates from before seats had prices still prove something")
	require.GreaterOrEqual(t, bound.Evaluate(r, &bound.Prices{Pairs: prices.Pairs[:3]}), value, "what is missing counts as none")
}

// Whoever suits no place to which an outdoor group could move when it rains cannot be in the group.
func TestNobodyIsWhereTheyWouldStandInTheRain(t *testing.T) {
	t.Parallel()
	outdoors := func(change func(*model.Facts)) (low, others int) {
		p := made(t, 150, "normal", change)
		r, err := p.Relaxed()
		require.NoError(t, err)
		for _, a := range r.Arcs {
			switch {
			case p.Project(a.Session).Exposure != model.Outdoor || a.Fixed:
			case p.Person(a.Person).Risk <= model.LowRisk:
				low++
			default:
				others++
			}
		}
		return low, others
	}
	low, others := outdoors(func(*model.Facts) {})
	require.Positive(t, others)
	lowToo, none := outdoors(func(f *model.Facts) {
		for i := range f.Projects {
			if f.Projects[i].WetPlaces > 0 {
				f.Projects[i].Ceiling = model.LowRisk
			}
		}
	})
	require.Zero(t, none, "shelters take people of low risk alone")
	require.LessOrEqual(t, lowToo, low)
	require.Positive(t, lowToo)
}

// alone leaves a test of one goroutine out of a short run: with the race detector it would take minutes, and show nothing.
func alone(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("nothing runs side by side")
	}
}
