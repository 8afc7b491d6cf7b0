package bound

// Riders keep the same rule of chance in the seats of their minibuses. No number of them is too many by itself, as it is for places, so
// their inequality must hold for groups of any size. Here it does, because whoever comes more seldom than seatLeast weighs nothing:
// the others keep the rule as well, and of people who come at least that often only so many can keep it.
//
// All numbers of seats have one weight of the variance, so that what a rider takes does not depend on which minibuses go. It is the one
// that is best for the usual eight seats.

const (
	seatLeast = 200            // permille
	seatBeta  = one * 70 / 100 // parts of one
)

// seatWeight gives w of a rider who comes with a chance in permille.
func seatWeight(permille int32) int64 {
	if permille < seatLeast {
		return 0
	}
	l := limit{beta: seatBeta}
	return l.weight(permille)
}

// newSeatTails prepares to work out B of seats, for a chance of too many in permille.
func newSeatTails(permille int64) *tails {
	x := newTails(permille)
	x.least = seatLeast / 1000.0
	return x
}

// seats gives B of so many seats, for groups of every size that the rule allows at all.
func (x *tails) seats(seats int) int64 {
	const beta = float64(seatBeta) / one
	bound := float64(seats)
	for n := seats + 1; x.over(seats, mixture{low: n}) <= x.eps; n++ {
		bound = max(bound, x.most(seats, n, beta, true))
	}
	return inParts(bound, seats)
}
