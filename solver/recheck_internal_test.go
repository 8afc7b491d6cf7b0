package solver

import (
	"iter"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
)

// No move is known after which the engine loses count, so it is made to.
func TestAnEngineThatHasLostCountIsToldFromAKernelThatIsWrong(t *testing.T) {
	t.Parallel()
	profile, err := policy.Load(policy.Default)
	require.NoError(t, err)
	sn := &model.Snapshot{Region: "R", Week: model.Week{Year: 2026, Number: 49}, Policy: profile.On("2026-11-30")}
	none := func(*model.Snapshot, *model.Roster) iter.Seq[Violation] { return func(func(Violation) bool) {} }
	rule := func(lower func(*Builder)) []*Constraint {
		return []*Constraint{{ID: "places", Title: "A rule", Doc: "A rule of this test alone, whose words find nothing at all.", Clauses: []policy.ClauseID{"places"},
			Unit: "cases", Violations: none, Lower: lower, Explain: func(*model.Snapshot, Violation) string { return "" }}}
	}
	p, err := Compile(sn, rule(func(*Builder) {}))
	require.NoError(t, err)
	s := p.NewState()
	require.Nil(t, s.disagrees())
	s.static[Soft] += 5
	f := s.disagrees()
	require.Equal(t, Score{0, 5}, f.Kept)
	require.Equal(t, Score{}, f.Anew, "put together anew it counts right")
	require.Equal(t, Score{}, f.Words)
	require.Empty(t, f.Rules)

	p, err = Compile(sn, rule(func(b *Builder) { b.Baseline(Score{1, 0}) }))
	require.NoError(t, err)
	f = p.NewState().disagrees()
	require.Equal(t, Score{1, 0}, f.Kept)
	require.Equal(t, Score{1, 0}, f.Anew)
	require.Equal(t, []Disagreement{{Rule: "places", Engine: Score{1, 0}}}, f.Rules)
}

// The first check comes after half as much work as lies between two, and the parts of a week take turns.
func TestChecksAreSpreadEvenlyOverTheWork(t *testing.T) {
	t.Parallel()
	const every, parts = 1000, 4
	var all []int64 // by work of all parts together
	for part := range parts {
		c := newRecheck(t.Context(), every, part, parts)
		all = append(all, c.due*parts)
	}
	require.Equal(t, []int64{500, 1500, 2500, 3500}, all)
	require.Negative(t, (&Problem{estimated: true}).recheckEvery(0))
	require.Equal(t, int64(7), (&Problem{}).recheckEvery(7))
	require.Equal(t, int64(50*10_000), (&Problem{}).recheckEvery(0))
}
