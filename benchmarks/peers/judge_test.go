package main

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/solver"
)

func startedWeek(t *testing.T) *week {
	t.Helper()
	w, err := makeWeek(Case{People: 40, Profile: "normal", Seed: 1})
	require.NoError(t, err)
	require.NoError(t, w.makeStart(context.Background()))
	return w
}

func TestAnswersAreJudgedByTheWords(t *testing.T) {
	t.Parallel()
	w := startedWeek(t)
	j := newJudge(w)
	pairs := pairNames(w.start)
	a, err := j.judge(pairs)
	require.NoError(t, err)
	value, _, legal := a.worth()
	require.True(t, legal)
	require.Positive(t, value)
	require.True(t, a.Estimated.Legal)
	require.False(t, a.Estimated.Mended)
	require.Equal(t, w.start.Score().Value(), a.Estimated.Value)

	nobody, err := j.judge(nil)
	require.NoError(t, err)
	require.Zero(t, nobody.Broken)
	require.Less(t, nobody.Value, value)

	for _, bad := range []string{"y1_2", "x", "x9999_0", "x0_9999", "x-1_0", "x1"} {
		_, err := j.judge([]string{bad})
		require.ErrorContains(t, err, "expected an actor and a session", bad)
	}
}

// Everybody who may come is put into one session: far too many, who are taken out until the rest may stay.
func TestAnAnswerThatBreaksRulesIsToldAndMended(t *testing.T) {
	t.Parallel()
	w := startedWeek(t)
	s := w.exact.NewState()
	require.NoError(t, join(s, pairNames(w.start)))
	full := solver.SessionIx(-1)
	for x := range solver.SessionIx(s.NumSessions()) {
		if len(s.In(solver.Supervisors, x)) > 0 && len(s.In(solver.People, x)) > 4 {
			full = x
		}
	}
	require.GreaterOrEqual(t, full, solver.SessionIx(0))
	added := 0
	for a := range solver.ActorIx(s.NumActors(solver.People)) {
		if w.exact.Allowed(a, full) && !s.Has(a, full) {
			s.Join(a, full)
			added++
		}
	}
	require.Greater(t, added, 5)
	a, err := newJudge(w).judge(pairNames(s))
	require.NoError(t, err)
	require.Positive(t, a.Broken)
	require.Contains(t, a.Breaks, "places")
	require.NotNil(t, a.Mended)
	require.Positive(t, a.Mended.Moved)
	require.Positive(t, a.Mended.Value)
	require.True(t, a.Estimated.Mended)
	require.True(t, a.Estimated.Legal)
	value, mended, legal := a.worth()
	require.Equal(t, a.Mended.Value, value)
	require.True(t, mended)
	require.True(t, legal)
}
