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

func TestUsualSeatsAreWhatIsWorkedOut(t *testing.T) {
	t.Parallel()
	seats := 7
	if os.Getenv("PAYBACK_LONG") != "" {
		seats = len(usualSeats)
	}
	x := newSeatTails(usualPermille)
	for n := 1; n <= seats; n++ {
		require.Equal(t, usualSeats[n-1], x.seats(n), "%d seats", n)
	}
}

// Riders may be any number: groups are drawn of up to seven times the seats, the larger the more seldom people come.
func TestRidersWhoKeepTheRuleOfChanceKeepTheInequality(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("one goroutine, and minutes under the race detector")
	}
	rng, tight, large := rand.New(rand.NewPCG(3, 4)), 0, 0
	for range 3000 {
		seats := 1 + rng.IntN(len(usualSeats))
		most := 100 + rng.Int32N(901)
		permille := make([]int32, 1+rng.IntN(7*seats))
		chances := make([]float64, len(permille))
		for i := range permille {
			permille[i] = most - rng.Int32N(most/2)
			if rng.IntN(8) == 0 {
				permille[i] = 1000 - rng.Int32N(980)
			}
		}
		keeps := func() bool {
			for i, p := range permille {
				chances[i] = float64(p) / 1000
			}
			return exceeded(seats, chances) <= usualPermille/1000.0
		}
		for !keeps() { // fewer come, or more seldom
			i := rng.IntN(len(permille))
			if permille[i] -= 20; permille[i] < seatLeast {
				permille, chances = append(permille[:i], permille[i+1:]...), chances[:len(chances)-1]
			}
		}
		sum := int64(0)
		for _, p := range permille {
			sum += seatWeight(p)
		}
		require.LessOrEqual(t, sum, usualSeats[seats-1], "%d seats, %v", seats, permille)
		if sum > usualSeats[seats-1]*9/10 {
			tight++
			if len(permille) > seats*3/2 {
				large++
			}
		}
	}
	require.Greater(t, tight, 200, "many groups come near the limit")
	require.Greater(t, large, 50, "and many of them are larger than any that may be booked for places")
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
