package bound

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestASumCountsEveryPartOnce(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 15, 16, 17, 1000} {
		require.Equal(t, int64(n*(n+1)/2), sumOf(n, func(i int) int64 { return int64(i + 1) }), "%d parts", n)
	}
}

func TestLimitsMayBeAskedForBySeveralAtOnce(t *testing.T) {
	t.Parallel()
	known := newLimits()
	got := sumOf(64, func(int) int64 { return known.of(100)[2].bound + known.ofSeats(100)[2] })
	require.Equal(t, 64*(known.of(100)[2].bound+known.ofSeats(100)[2]), got)
}
