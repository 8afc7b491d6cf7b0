package constraints

import (
	"fmt"
	"iter"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// Riders keeps the people who ride within the seats of their minibuses, by the chance that they come. One case: each seat
// that the minibuses of a session would need more.
var Riders = &solver.Constraint{
	ID:    "riders",
	Title: "Minibuses have seats for everybody who comes",
	Doc: "The chance that more riders come to a session than its minibuses have seats is at most the policy's, worked out as for places. Each supervisor beyond the driver of " +
		"each minibus takes a seat, and so does a support worker.",
	Clauses:    []policy.ClauseID{"riders", "riders.chance"},
	Level:      solver.Hard,
	Unit:       "seats too few",
	Lack:       "no minibus seat",
	Violations: leftBehind,
	Lower:      lowerRiders,
	Explain: func(_ *model.Snapshot, v solver.Violation) string {
		return fmt.Sprintf("%s: %s; %s too few.", whither(v), v.Why, count(v.Amount, "seat", "seats"))
	},
}

func leftBehind(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
	return cases(r, func(r *model.Roster, report reporter) {
		for _, k := range r.Sessions() {
			var aboard []model.Arrival
			for _, p := range riders(sn, r, k) {
				x := model.Arrival{Permille: 1000, Places: p.Needs()}
				if t := sn.Session(k); t != nil {
					x.Permille = sn.Counted(p, t)
				}
				aboard = append(aboard, x)
			}
			if len(aboard) == 0 {
				continue
			}
			var seats, buses int32
			for _, t := range fleet(r, k) {
				if m := sn.Minibus(t.Minibus); m != nil {
					seats, buses = seats+m.Seats, buses+1
				}
			}
			seats -= max(0, int32(len(crew(r, k)))-buses)
			arrivals := model.NewArrivals(aboard)
			enough := arrivals.Enough(sn.Policy.SeatlessPermille)
			if enough <= seats {
				continue
			}
			v := sessionAlone(k, int64(enough-seats))
			v.Found, v.Limit = int64(enough), int64(seats)
			if v.Why = "supervisors alone take more seats than there are"; seats >= 0 {
				v.Why = fmt.Sprintf("%s for riders who take %d; more come with a chance of %s, and at most %s is allowed", count(v.Limit, "seat", "seats"),
					arrivals.Most(), percent(arrivals.Over(seats)), permille(int64(sn.Policy.SeatlessPermille)))
			}
			report(v)
		}
	})
}

func lowerRiders(b *solver.Builder) {
	seats := func(a solver.ActorIx) int32 {
		if b.Kind(a) == solver.Minibuses {
			return b.Minibus(a).Seats
		}
		return 0
	}
	b.Crowd(solver.Crowd{
		Col:    b.EachSession(func(solver.SessionIx) bool { return true }),
		Weight: func(a solver.ActorIx) int32 { return b.Person(a).Needs() },
		Pair:   b.Rides,
		Room: []solver.Room{
			{Adds: seats}, // each minibus has its driver
			{Adds: func(a solver.ActorIx) int32 { // or supervisors are left over
				if b.Kind(a) == solver.Supervisors {
					return -1
				}
				return seats(a) + 1
			}},
		},
		Limit: b.Snapshot.Policy.SeatlessPermille, Booked: solver.NoLimit,
	})
}
