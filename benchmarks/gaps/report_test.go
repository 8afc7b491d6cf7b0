package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAGapIsPartedIntoSearchBoundAndTheRest(t *testing.T) {
	t.Parallel()
	all := []result{
		{job: job{300, 1, 5}, First: 0.02, Value: 90_000, Bound: 100_000, Tenths: 238},
		{job: job{300, 1, 60}, First: 0.02, Value: 93_000, Bound: 98_000, Tenths: 119},
		{job: job{300, 2, 5}, First: 0.04, Value: 94_000, Bound: 100_000, Tenths: 143},
	}
	var out strings.Builder
	require.NoError(t, write(&out, all, []string{"-note", "two words"}, "Two words."))
	require.Contains(t, out.String(), "| 300 | 5 s | 2 | 0.030 s (0.020-0.040) | 0.02 s | 8.00 % (6.00-10.00) | 1.5 % | 19.1 (14.3-23.8) |")
	require.Contains(t, out.String(), "| 300 | 1 | 10.00 | 3.00 | 2.00 | 5.00 |", "only the seed that has both runs")
	require.Contains(t, out.String(), `-note "two words"`)
}

func TestOnlySizesWithTargetsArePlanned(t *testing.T) {
	t.Parallel()
	todo, err := jobs("40, 2000", 2, true)
	require.NoError(t, err)
	require.Equal(t, []job{{40, 1, 5}, {40, 1, 60}, {40, 2, 5}, {40, 2, 60}, {2000, 1, 10}, {2000, 1, 60}, {2000, 2, 10}, {2000, 2, 60}}, todo)
	for _, bad := range []string{"", "41", "forty"} {
		_, err := jobs(bad, 2, true)
		require.ErrorContains(t, err, "expected")
	}
	require.NotNil(t, find([]result{{job: job{40, 1, 5}}}, job{40, 1, 5}))
	require.Nil(t, find([]result{{job: job{40, 1, 5}}}, job{40, 1, 60}))
}

func TestASmallWeekIsPlanned(t *testing.T) {
	t.Parallel()
	r, err := job{40, 1, 1}.run(t.Context())
	require.NoError(t, err)
	require.Positive(t, r.First)
	require.Less(t, r.Value, r.Bound)
	require.Positive(t, r.Tenths)
}
