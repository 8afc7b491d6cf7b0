package bound

import (
	"github.com/communitypayback/payback/solver"
)

// Witness shows that some people cannot all have a place, whatever the roster: every session that suits any of them either has a
// room of its own that is counted here, or needs one of the supervisors or minibuses that are counted here, and together these hold
// fewer people. [Verify] proves it; a witness by itself is a claim.
type Witness struct {
	Way    Way
	People []solver.ActorIx   // in order; none of them has a place that is fixed
	Rooms  []solver.SessionIx // counted by what they hold, whoever leads them; in order
	Staff  []StaffDays        // in order of actor
}

// StaffDays is a supervisor or minibus on some days of the week, a bit each, Monday the lowest.
type StaffDays struct {
	Actor solver.ActorIx
	Days  uint8
}

// Way says what those who ride are counted by; all others are counted by who may lead their sessions.
type Way int8

// The ways to count those who ride.
const (
	ByLeaders   Way = iota // by who may lead their sessions
	ByDrivers              // by who may lead their sessions and drive a minibus there
	ByMinibuses            // by the minibuses that may go there
	ways
)

// Size gives how many things a witness counts: rooms, and days of supervisors and minibuses.
func (w *Witness) Size() int {
	n := len(w.Rooms)
	for _, s := range w.Staff {
		for d := range 7 {
			n += int(s.Days >> d & 1)
		}
	}
	return n
}
