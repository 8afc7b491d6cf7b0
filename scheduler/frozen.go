package scheduler

import (
	"slices"
	"time"

	"github.com/communitypayback/payback/model"
)

// FrozenUntil gives the instant before which nothing may be added any more and published appointments stay. At the cutoff
// of each working day everything up to the end of the next working day freezes, and stays frozen: before the cutoff of a
// working day that reaches to the end of the same day, and on a day that is not one to the end of the working day that
// follows. Working days are Monday to Friday except the given holidays, in any order.
func FrozenUntil(c model.Calendar, holidays []model.Holiday, asOf model.Instant, cutoff model.Clock) model.Instant {
	last, at := c.Local(asOf) // the working day whose cutoff passed last
	if at < cutoff {
		last--
	}
	for !working(holidays, last) {
		last--
	}
	next := last + 1
	for !working(holidays, next) {
		next++
	}
	return c.Instant(next+1, 0)
}

func working(holidays []model.Holiday, d model.Date) bool {
	return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday &&
		!slices.ContainsFunc(holidays, func(h model.Holiday) bool { return h.Date == d })
}
