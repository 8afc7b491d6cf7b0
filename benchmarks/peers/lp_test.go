package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// program has a pair, a curve of 420 minutes at 2 a minute, one that does not divide, an indicator and rows of both kinds.
const program = `\ a comment
Min
 cost: - 840 g1 + 7 x0_0
 - 100 g2 + 5 one + 0 u3
Subject To
 r_a_0: + 420 x0_0 - 420 g1 = 0
 r_b_1: + 420 x0_0 - 420 g2 = 0
 r_c_2: + 1 x0_0 + 1 u3 <= 1
 r_d_3: + 1 g1 + 3 u3 <= 2
Bounds
 one = 1
 0 <= g1 <= 1
 0 <= g2 <= 1
Binaries
 x0_0 u3
End
`

func TestProgramsAreReadBack(t *testing.T) {
	t.Parallel()
	l, err := readLP(strings.NewReader(program))
	require.NoError(t, err)
	require.Equal(t, []string{"g1", "x0_0", "g2", "one", "u3"}, l.names)
	require.Equal(t, []int64{-840, 7, -100, 5, 0}, l.cost)
	require.Equal(t, []int64{0, 0, 0, 1, 0}, l.low)
	require.Equal(t, []int64{1, 1, 1, 1, 1}, l.high)
	require.Equal(t, []bool{false, true, false, false, true}, l.whole)
	require.Len(t, l.rows, 4)
	require.Equal(t, linearRow{terms: []linearTerm{{1, 420}, {0, -420}}, exact: true}, l.rows[0])
	l.pairsFirst()
	require.Equal(t, []string{"x0_0", "g1", "g2", "one", "u3"}, l.names)
	require.Equal(t, []linearTerm{{0, 420}, {1, -420}}, l.rows[0].terms)
	require.Equal(t, int64(7), l.cost[0])
	require.Equal(t, 1, countPairs(l.names))

	for text, wrong := range map[string]string{
		"Min\n cost: + 1 x\n":                       `stops in "Min"; expected End`,
		"Min\n cost: x\nEnd\n":                      `line 2 of the linear program: found "x"; expected +`,
		"Min\n cost: + 1\nEnd\n":                    `found "+" at the end`,
		"Min\nSubject To\n a: + 1 x <= many\nEnd\n": "line 3",
		"Min\nBounds\n x free\nEnd\n":               `found "x free"; expected a bound`,
		"Max\n":                                     `found "Max" outside of every section`,
	} {
		_, err := readLP(strings.NewReader(text))
		require.ErrorContains(t, err, wrong)
	}
}

// What costs a whole number a minute is stretched to minutes, and rows with it are multiplied until all is whole.
func TestProgramsAreMadeWholeForCPSAT(t *testing.T) {
	t.Parallel()
	l, err := readLP(strings.NewReader(program))
	require.NoError(t, err)
	l.pairsFirst()
	require.Equal(t, []int64{1, 420, 1, 1, 1}, l.stretches())
	var text strings.Builder
	require.NoError(t, l.writeCPSAT(&text, map[string]bool{"x0_0": true}))
	got := text.String()
	for _, want := range []string{
		"variables{domain:0 domain:1 }\nvariables{domain:0 domain:420 }\nvariables{domain:0 domain:1 }\nvariables{domain:1 domain:1 }\n",
		"constraints{linear{vars:0 vars:1 coeffs:420 coeffs:-1 " + strings.Repeat("domain:0 ", 2) + "}\n}\n",
		"constraints{at_most_one{literals:0 literals:4 }\n}\n",
		"constraints{linear{vars:1 vars:4 coeffs:1 coeffs:1260 domain:-9223372036854775808 domain:840 }\n}\n",
		"objective{vars:0 vars:1 vars:2 vars:3 coeffs:7 coeffs:-2 coeffs:-100 coeffs:5 }\n",
		"solution_hint{vars:0 values:1 }\n",
	} {
		require.Contains(t, got, want)
	}
}

// What the engine exports is read back whole, with every pair that may be joined.
func TestAWeekIsReadBack(t *testing.T) {
	t.Parallel()
	w, err := makeWeek(Case{People: 20, Profile: "normal", Seed: 2})
	require.NoError(t, err)
	var text strings.Builder
	require.NoError(t, w.estimated.WriteLP(&text, w.estimated.Near()))
	l, err := readLP(strings.NewReader(text.String()))
	require.NoError(t, err)
	l.pairsFirst()
	require.Positive(t, countPairs(l.names))
	require.NoError(t, l.writeCPSAT(&strings.Builder{}, nil))
}
