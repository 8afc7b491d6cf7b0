package solver_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/solver"
)

// alikeWeek is a toy week of eight people who come equally often, and supervisors who each make room for two or three.
func alikeWeek(t require.TestingT, seed uint64) *solver.Problem {
	rng := rand.New(rand.NewPCG(seed, 21))
	sn := toyWeek(seed, 8, 1)
	attendance := 600 + 50*rng.Int32N(6)
	for i := range sn.People {
		sn.People[i].Attendance, sn.People[i].Outcomes = attendance, 0
	}
	room, has := int32(2+rng.IntN(2)), int32(3+rng.IntN(3))
	crowd := toy("crowd", func(b *solver.Builder) {
		b.Crowd(solver.Crowd{
			Col: b.EachSession(func(solver.SessionIx) bool { return true }), Weight: only(b, solver.People), Limit: 50, Booked: solver.NoLimit,
			Room: []solver.Room{{Has: func(solver.SessionIx) int32 { return has }}, {Adds: func(a solver.ActorIx) int32 { return room * only(b, solver.Supervisors)(a) }}},
		})
	})
	lone := toy("lone", func(b *solver.Builder) {
		b.Lone(solver.Lone{Session: func(t solver.SessionIx) bool { return t == 0 }, Person: func(a solver.ActorIx) bool { return a > 0 }, Price: 9000, Limit: 1000})
	})
	p, err := solver.CompileEstimated(sn, []*solver.Constraint{crowd, lone})
	require.NoError(t, err)
	return p
}

// Of people who come equally often the rows that stand for a chance say just what the chance says, and of the price of coming
// alone as much for up to five.
func TestNearRowsAreRightForPeopleWhoComeEquallyOften(t *testing.T) {
	t.Parallel()
	legal, broken, priced := 0, 0, 0
	for seed := range uint64(30) {
		p := alikeWeek(t, seed)
		var text strings.Builder
		require.NoError(t, p.WriteLP(&text, p.Near()))
		program := readLP(t, text.String())
		s, rng := p.NewState(), rand.New(rand.NewPCG(seed, 22))
		for range 20 {
			for range 1 + rng.IntN(3) {
				flip(s, rng)
			}
			n := 0
			for _, a := range s.In(solver.People, 0) {
				if a > 0 {
					n++
				}
			}
			if n == 1 || n > 5 {
				continue // not what the rows are for
			}
			if agree(t, s, program) {
				legal++
				if s.Score().Value() < 0 {
					priced++
				}
			} else {
				broken++
			}
		}
	}
	require.Greater(t, legal, 50)
	require.Greater(t, broken, 50)
	require.Greater(t, priced, 20)
}

// A start is thinned until the rows take it, and no rule is broken by it.
func TestAThinnedStateIsASolutionOfTheNearRows(t *testing.T) {
	t.Parallel()
	thinned := 0
	for seed := range uint64(60) {
		p := crowdWeek(t, seed, seed%2 == 0)
		var text strings.Builder
		require.NoError(t, p.WriteLP(&text, p.Near()))
		program := readLP(t, text.String())
		s, rng := p.NewState(), rand.New(rand.NewPCG(seed, 23))
		for range 12 {
			flip(s, rng)
			if s.Crowded() > 0 {
				flip(s, rng)
			}
		}
		for a := range solver.ActorIx(p.NumActors(solver.People)) {
			for _, x := range append([]solver.SessionIx(nil), s.SessionsOf(a)...) {
				if s.Crowded() > 0 {
					s.Leave(a, x)
				}
			}
		}
		if s.Crowded() > 0 {
			continue
		}
		before := s.SessionsOf(0)
		was := len(before)
		for a := range solver.ActorIx(p.NumActors(solver.People)) {
			was += len(s.SessionsOf(a))
		}
		p.Thin(s)
		is := len(s.SessionsOf(0))
		for a := range solver.ActorIx(p.NumActors(solver.People)) {
			is += len(s.SessionsOf(a))
		}
		if is < was {
			thinned++
		}
		require.Zero(t, s.Crowded())
		_, found := program.best(fixedBy(s))
		require.True(t, found, "seed %d", seed)
	}
	require.Positive(t, thinned, "nobody had to leave")
}
