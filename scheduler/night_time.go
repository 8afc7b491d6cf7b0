package scheduler

import "time"

const (
	// comingWeight is how many times as long the coming week is searched for as each of those after it, which will be planned again by the
	// nights to come.
	comingWeight = 2
	// leastSearch is how long a week is searched for, however little time is left.
	leastSearch = 5 * time.Second
	// firstBeside is how much of a week's time is kept for what is done beside its search, in percent, until one has shown how long that
	// takes.
	firstBeside = 10
)

// nightTime shares the time of a region's night among its weeks.
type nightTime struct {
	until  time.Time
	begun  time.Time     // the week under way
	beside time.Duration // what the last week took beside its search
	known  bool          // there was one
}

// next gives how long the next week is to be searched for, of so many that are left.
func (x *nightTime) next(now time.Time, coming bool, left int) time.Duration {
	x.begun = now
	parts, own := left, 1
	if coming {
		parts, own = left-1+comingWeight, comingWeight
	}
	slot := x.until.Sub(now) * time.Duration(own) / time.Duration(parts)
	beside := x.beside
	if !x.known {
		beside = slot * firstBeside / 100
	}
	return min(max(slot-beside, leastSearch).Round(100*time.Millisecond), maxSearch)
}

// spent notes that a week is done which was searched for so long.
func (x *nightTime) spent(now time.Time, searched time.Duration) {
	x.beside, x.known = max(0, now.Sub(x.begun)-searched), true
}
