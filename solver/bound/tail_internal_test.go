package bound

import (
	"math/rand/v2"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestUsualLimitsAreWhatIsWorkedOut(t *testing.T) {
	t.Parallel()
	rooms := 7
	if os.Getenv("PAYBACK_LONG") != "" {
		rooms = len(usualLimits)
	}
	x := newTails(usualPermille)
	for room := 1; room <= rooms; room++ {
		require.Equal(t, usualLimits[room-1], x.limit(room), "a room of %d", room)
	}
}

// Whoever keeps the rule of chance keeps the inequality: groups are drawn near the limit, where it could fail.
func TestWhoKeepsTheRuleOfChanceKeepsTheInequality(t *testing.T) {
	t.Parallel()
	rng, tight := rand.New(rand.NewPCG(1, 2)), 0
	for range 3000 {
		room := 1 + rng.IntN(len(usualLimits))
		permille := make([]int32, 1+rng.IntN(max(1, room*3/2)))
		chances := make([]float64, len(permille))
		for i := range permille {
			permille[i] = 1000 - rng.Int32N(980)
		}
		keeps := func() bool {
			for i, p := range permille {
				chances[i] = float64(p) / 1000
			}
			return exceeded(room, chances) <= usualPermille/1000.0
		}
		for !keeps() { // they come more seldom, one after another, until the rule holds
			i := rng.IntN(len(permille))
			permille[i] = max(0, permille[i]-20)
		}
		l := usualLimits[room-1]
		sum := int64(0)
		for _, p := range permille {
			sum += l.weight(p)
		}
		require.LessOrEqual(t, sum, l.bound, "a room of %d, %v", room, permille)
		if sum > l.bound*9/10 {
			tight++
		}
	}
	require.Greater(t, tight, 200, "many groups come near the limit")
}

// Two who stand for one who takes two places are never more than that one, in any number.
func TestHalvesAreNoMoreThanTheWhole(t *testing.T) {
	t.Parallel()
	for a := range int32(1001) {
		h := halves[a]
		require.Equal(t, h, half(a))
		require.GreaterOrEqual(t, (1000-h)*(1000-h), 1000*(1000-a), "none of two comes at least as often as the one stays away")
		require.LessOrEqual(t, h*h, 1000*a, "both come no oftener than the one")
		if h < 1000 {
			require.Less(t, (1000-h-1)*(1000-h-1), 1000*(1000-a), "and no number is greater")
		}
	}
}
