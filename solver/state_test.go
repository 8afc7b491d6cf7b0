package solver_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/communitypayback/payback/solver"
)

func compileToy(t require.TestingT, seed uint64, people, days int) *solver.Problem {
	p, err := solver.Compile(toyWeek(seed, people, days), toys())
	require.NoError(t, err)
	return p
}

func randomPair(p *solver.Problem, rng *rand.Rand) (solver.ActorIx, solver.SessionIx) {
	n := p.NumActors(solver.People) + p.NumActors(solver.Supervisors) + p.NumActors(solver.Minibuses)
	return solver.ActorIx(rng.IntN(n)), solver.SessionIx(rng.IntN(p.NumSessions()))
}

// flip joins or leaves a random pair, so that walks break rules and mend them.
func flip(s *solver.State, rng *rand.Rand) {
	a, t := randomPair(s.Problem, rng)
	if s.Has(a, t) {
		s.Leave(a, t)
	} else {
		s.Join(a, t)
	}
}

func TestStateKeepsItsScoreEqualToOneBuiltAfresh(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		seed := rapid.Uint64Range(1, 1<<32).Draw(rt, "seed")
		rng := rand.New(rand.NewPCG(seed, 1))
		p := compileToy(rt, seed, 14, 3)
		s := p.NewState()
		for range rapid.IntRange(1, 120).Draw(rt, "steps") {
			flip(s, rng)
			if rng.IntN(4) == 0 {
				s.Settle()
			}
		}
		score := s.Settle()
		fresh := p.NewState()
		n := p.NumActors(solver.People) + p.NumActors(solver.Supervisors) + p.NumActors(solver.Minibuses)
		for a := range solver.ActorIx(n) {
			for _, x := range s.SessionsOf(a) {
				fresh.Join(a, x)
			}
		}
		require.Equal(rt, score, fresh.Settle())
		require.Equal(rt, s.Roster(), fresh.Roster())
		copied := p.NewState()
		flip(copied, rng)
		copied.CopyFrom(s)
		require.Equal(rt, score, copied.Settle())
		require.Equal(rt, s.Roster(), copied.Roster())
	})
}

func TestUndoRestoresScoreAndRoster(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		seed := rapid.Uint64Range(1, 1<<32).Draw(rt, "seed")
		rng := rand.New(rand.NewPCG(seed, 2))
		s := compileToy(rt, seed, 12, 3).NewState()
		for range 40 {
			flip(s, rng)
		}
		score, roster := s.Settle(), s.Roster()
		mark := s.Mark()
		for range rapid.IntRange(1, 40).Draw(rt, "steps") {
			flip(s, rng)
			if rng.IntN(3) == 0 {
				s.Settle()
			}
		}
		s.Undo(mark)
		require.Equal(rt, score, s.Settle())
		require.Equal(rt, roster, s.Roster())
	})
}

func TestDeltaIsTheChangeItForetellsAndItsPartsAddUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		seed := rapid.Uint64Range(1, 1<<32).Draw(rt, "seed")
		rng := rand.New(rand.NewPCG(seed, 3))
		p, err := solver.CompileEstimated(toyWeek(seed, 12, 3), toys())
		require.NoError(rt, err)
		s := p.NewState()
		broke := false
		for range 60 {
			a, x := randomPair(p, rng)
			n := int8(1)
			if s.Has(a, x) {
				n = -1
			}
			want, before := s.Delta(a, x, n), s.Score()
			var sum solver.Score
			for _, part := range s.DeltaBy(a, x, n) {
				sum = sum.Add(part)
			}
			require.Equal(rt, want, sum)
			if n > 0 {
				s.Join(a, x)
			} else {
				s.Leave(a, x)
			}
			require.Equal(rt, want, s.Score().Sub(before))
			broke = broke || s.Score().Hard() > 0
		}
		require.True(rt, broke, "a walk that never breaks a rule proves nothing")
	})
}

func TestDeltaAllocatesNothing(t *testing.T) {
	p := compileToy(t, 1, 40, 5)
	s := p.NewState()
	rng := rand.New(rand.NewPCG(1, 1))
	for range 200 {
		flip(s, rng)
	}
	require.Zero(t, testing.AllocsPerRun(1000, func() {
		a, x := randomPair(p, rng)
		n := int8(1)
		if s.Has(a, x) {
			n = -1
		}
		s.Delta(a, x, n)
	}))
}
