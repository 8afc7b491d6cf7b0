package policy_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model/policy"
)

func TestAProfileWithOtherValues(t *testing.T) {
	t.Parallel()
	p, err := policy.Load(policy.Default)
	require.NoError(t, err)
	was := p.On("2026-11-30")
	q, err := p.With([]policy.Asked{{Clause: "opening.session", Value: 1}, {Clause: "change.short", Value: 0}})
	require.NoError(t, err)
	for _, day := range []string{"2000-01-01", "2026-11-30", "2090-01-01"} {
		b := q.On(day)
		require.EqualValues(t, 1, b.SessionPrice, day)
		require.Zero(t, b.ChangeShortPrice, day)
		require.Equal(t, was.TravelMaxMinutes, b.TravelMaxMinutes)
	}
	require.Equal(t, was, p.On("2026-11-30"), "the profile itself stays")
}

func TestValuesThatAProfileCannotHave(t *testing.T) {
	t.Parallel()
	p, err := policy.Load(policy.Default)
	require.NoError(t, err)
	for why, asked := range map[string][]policy.Asked{
		"has none of that name":   {{Clause: "opening.sessions", Value: 1}},
		"is given two values":     {{Clause: "opening.session", Value: 1}, {Clause: "opening.session", Value: 1}},
		"found value -1":          {{Clause: "opening.session", Value: -1}},
		"found value 2147483648":  {{Clause: "opening.session", Value: 1 << 31}},
		"0 or 1 for a switch":     {{Clause: "opening", Value: 2}},
		"clause change.short is ": {{Clause: "change.short", Value: 5}, {Clause: "opening", Value: 1}, {Clause: "change.short", Value: 6}},
	} {
		_, err := p.With(asked)
		require.ErrorContains(t, err, why)
	}
}
