package forecast

import "slices"

// spread is a distribution of a number of places: share[i] is the chance of from+i of them, of unit. What rounds to nothing at either end
// is left out, so that it is as long as it is wide, however many weeks it spans.
type spread struct {
	from  int
	share []int64
	spare []int64 // what share was kept in before, for the next sum
}

// add makes it the distribution of the sum with another number, which is not negative: other[k] is the chance of k.
func (s *spread) add(other []int64) {
	n := len(s.share) + len(other) - 1
	out := slices.Grow(s.spare[:0], n)[:n]
	clear(out)
	for k, q := range other {
		if q == 0 {
			continue
		}
		for i, p := range s.share {
			out[i+k] += p * q // their sum is one: unit x unit at most
		}
	}
	first, last := n, 0 // of those that are left after rounding
	for i := range out {
		if out[i] = (out[i] + unit/2) >> 30; out[i] != 0 {
			first, last = min(first, i), i+1
		}
	}
	s.spare = s.share
	if first >= last { // rounding left nothing
		s.share = s.share[:0]
		return
	}
	s.from, s.share = s.from+first, out[first:last]
}

// urn tells the chance that somebody comes to enough of some places. It is worked out as far as it is asked for.
type urn struct {
	came, known int64
	left        []int64 // by sessions attended after the places so far; the last: enough
	out         []int64 // by number of places
}

func newUrn(c *Course) *urn {
	u := &urn{known: c.concentration(), left: make([]int64, max(1, c.Sessions)+1)}
	u.came, u.left[0] = int64(c.Chance)*u.known/1000, unit
	return u
}

// enough gives the chance to come to enough of m places.
func (u *urn) enough(m int) int64 {
	n := len(u.left) - 1
	for len(u.out) <= m {
		k := len(u.out)
		u.out = append(u.out, u.left[n])
		for i := min(n-1, k); i >= 0; i-- {
			if u.left[i] == 0 {
				continue
			}
			comes := divide(u.left[i]*(u.came+1000*int64(i)), u.known+1000*int64(k))
			u.left[i] -= comes
			u.left[i+1] += comes
		}
	}
	return u.out[m]
}
