package main

import (
	"context"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/api/exchange"
	"github.com/communitypayback/payback/benchmarks/instance"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
)

// BenchmarkDelta prices random allowed pairs of a planned week of 4,400 people under the whole catalogue: what the search does
// most. It fails if that allocates.
func BenchmarkDelta(b *testing.B) {
	week := model.Week{Year: 2026, Number: 49}
	facts, err := instance.Make(instance.Spec{People: 4400, Seed: 1, Profile: instance.Normal, Week: week})
	require.NoError(b, err)
	dir := b.TempDir()
	require.NoError(b, exchange.WriteFacts(dir, facts))
	p, _, err := load(dir, week)
	require.NoError(b, err)
	r, err := solver.Solve(context.Background(), p, solver.Options{Seed: 1, Workers: 2, Rounds: 4})
	require.NoError(b, err)
	s := p.NewState()
	s.Load(r.Roster)

	type pair struct {
		actor   solver.ActorIx
		session solver.SessionIx
		n       int8
	}
	var (
		rng   = rand.New(rand.NewPCG(1, 1)) //nolint:gosec // a benchmark repeats its draws
		pairs []pair
	)
	for len(pairs) < 1<<16 {
		a, t := solver.ActorIx(rng.IntN(p.NumActors(solver.People))), solver.SessionIx(rng.IntN(p.NumSessions()))
		switch {
		case s.Has(a, t):
			pairs = append(pairs, pair{a, t, -1})
		case p.Allowed(a, t):
			pairs = append(pairs, pair{a, t, 1})
		}
	}
	price := func(i int) {
		x := pairs[i&(len(pairs)-1)]
		s.Delta(x.actor, x.session, x.n)
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		price(i)
	}
	i := 0
	require.Zero(b, testing.AllocsPerRun(10_000, func() { price(i); i++ }))
}
