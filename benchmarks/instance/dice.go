package instance

import "math/rand/v2"

// dice draws from one stream. Each part of a region has a stream of its own, so that a change to one leaves the others.
type dice struct{ *rand.Rand }

// The streams.
const (
	streamLand = iota + 1
	streamProjects
	streamCrew
	streamPeople
	streamTies
	streamHistory
	streamWeather
	streamCaring
)

func newDice(seed, stream uint64) dice { return dice{rand.New(rand.NewPCG(seed, stream))} }

// chance is true so many times in a thousand.
func (d dice) chance(permille int) bool { return d.IntN(1000) < permille }

// between gives a whole number from low to high, both included.
func (d dice) between(low, high int) int { return low + d.IntN(high-low+1) }

// of chooses an index by permille shares that add up to 1000.
func (d dice) of(shares []int) int {
	u := d.IntN(1000)
	for i, s := range shares {
		if u < s {
			return i
		}
		u -= s
	}
	return len(shares) - 1
}

// from draws from a table, straight between its points.
func (d dice) from(q *quantiles) int {
	const steps = 1000
	u := d.IntN((len(q) - 1) * steps)
	i, part := u/steps, u%steps
	return q[i] + (q[i+1]-q[i])*part/steps
}

func pick[T any](d dice, all []T) T { return all[d.IntN(len(all))] }
