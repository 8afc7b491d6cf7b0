package solver_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/solver"
)

// crowds declares people who come by chance: each session by itself, or every two sessions side by side together.
func crowds(together bool) func(d draws) {
	return func(d draws) {
		g := solver.Crowd{
			Col: d.EachSession(func(solver.SessionIx) bool { return true }), Weight: d.byActor(0, 2),
			Room:  []solver.Room{{Has: func(t solver.SessionIx) int32 { return int32(t) % 4 }, Adds: d.byActor(0, 1)}, {Adds: d.byActor(0, 3)}},
			Limit: []int32{0, 50, 300, 600}[d.IntN(4)], Booked: []int32{100, 150, solver.NoLimit}[d.IntN(3)],
		}
		if together {
			g.Col = func(t solver.SessionIx) []int32 { return []int32{int32(t), int32(t) - 1}[:1+t%2] }
			g.Room = g.Room[:1]
		}
		if d.IntN(2) == 0 {
			g.Pair = d.pair()
		}
		d.Crowd(g)
	}
}

// crowdWeek is a toy week of people with chances of their own.
func crowdWeek(t require.TestingT, seed uint64, together bool) *solver.Problem {
	rng := rand.New(rand.NewPCG(seed, 14))
	sn := toyWeek(seed, 7, 1)
	for i := range sn.People {
		sn.People[i].Attendance, sn.People[i].Outcomes = 50*rng.Int32N(20), rng.Int32N(6)
	}
	p, err := solver.CompileEstimated(sn, []*solver.Constraint{toy("crowds", func(b *solver.Builder) { crowds(together)(draws{rng, b}) })})
	require.NoError(t, err)
	return p
}

// A relaxation takes every legal state, and with its cuts no broken one.
func TestCrowdsAreCutOffWhereTheyAreBroken(t *testing.T) {
	t.Parallel()
	for _, together := range []bool{false, true} {
		legal, broken := 0, 0
		for seed := range uint64(40) {
			p := crowdWeek(t, seed, together)
			s, rng := p.NewState(), rand.New(rand.NewPCG(seed, 15))
			var cuts []solver.Cut
			for range 30 {
				for range 1 + rng.IntN(3) {
					flip(s, rng)
				}
				more := p.Cut(s)
				if s.Crowded() == 0 {
					legal++
					cuts = cuts[max(0, len(cuts)-4):] // the reader of programs is slow
					require.True(t, agree(t, s, readLP(t, written(t, p, cuts))), "what is legal is not cut off")
					continue
				}
				broken++
				cuts = append(cuts, more)
				require.False(t, agree(t, s, readLP(t, written(t, p, []solver.Cut{more}))), "what is broken is")
			}
		}
		require.Greater(t, legal, 50)
		require.Greater(t, broken, 50)
	}
}

func written(t require.TestingT, p *solver.Problem, cuts []solver.Cut) string {
	var text strings.Builder
	require.NoError(t, p.WriteLP(&text, cuts...))
	return text.String()
}

func TestCrowdsAreFollowedStepByStep(t *testing.T) {
	t.Parallel()
	for seed := range uint64(60) {
		p := crowdWeek(t, seed, seed%2 == 0)
		s, copied, rng := p.NewState(), p.NewState(), rand.New(rand.NewPCG(seed, 16))
		for range 60 {
			mark, was := s.Mark(), s.Score()
			for range 3 {
				flip(s, rng)
			}
			anew := p.NewState()
			for k := solver.People; k <= solver.Minibuses; k++ {
				for i := range solver.ActorIx(p.NumActors(k)) {
					for _, x := range s.SessionsOf(p.First(k) + i) {
						anew.Join(p.First(k)+i, x)
					}
				}
			}
			require.Equal(t, anew.Score(), s.Score(), "seed %d", seed)
			require.Equal(t, anew.Crowded(), s.Score().Hard(), "seed %d", seed)
			copied.CopyFrom(s)
			flip(copied, rng)
			if rng.IntN(2) == 0 {
				s.Undo(mark)
				require.Equal(t, was, s.Score(), "seed %d", seed)
				require.Equal(t, was.Hard(), s.Crowded())
			}
			s.Commit()
		}
	}
}
