package constraints

import (
	"fmt"
	"iter"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// Travel prices ways. One entry: one appointment, duty or trip.
var Travel = &solver.Constraint{
	ID:    "travel",
	Title: "Short ways are better",
	Doc: "Each minute of a person's way to the site and of a supervisor's drive from home costs, and so does each kilometre a minibus drives, depot to depot. A way longer " +
		"than ten hours is priced as ten, so that one missing position cannot drown everything else.",
	Clauses:    []policy.ClauseID{"travel", "travel.minute", "travel.supervisor-minute", "travel.kilometre", "travel.co2e"},
	Level:      solver.Soft,
	Unit:       "millipoints",
	Violations: ways,
	Lower:      lowerTravel,
	Explain: func(_ *model.Snapshot, v solver.Violation) string {
		return fmt.Sprintf("%s to %s: %d %s cost %s.", who(v), whither(v), v.Found, v.Why, points(v.Amount))
	},
}

// longestPricedWay is ten hours, in minutes: beyond it only a position can be missing.
const longestPricedWay = 600

func ways(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
	return cases(r, func(r *model.Roster, report reporter) {
		say := func(v solver.Violation, found, price int64, unit string) {
			if v.Amount, v.Found, v.Why = price, found, unit; price != 0 {
				report(v)
			}
		}
		for i := range r.Appointments {
			a := &r.Appointments[i]
			p, at := sn.Person(a.CRN), sn.Project(a.Session.Project)
			if p == nil || at == nil {
				continue
			}
			way, _ := ownWay(sn, p, at)
			if sn.Rides(p, at, way) {
				exact, _, ok := exactRide(sn, r, p, a)
				if way = exact; !ok {
					way, _ = bestRide(sn, p, at)
				}
			}
			minutes := int64(min(max(way, 0), longestPricedWay))
			say(here(a), minutes, minutes*sn.Policy.TravelMinutePrice, "minutes")
		}
		for _, d := range r.Duties {
			s, at := sn.Supervisor(d.Supervisor), sn.Project(d.Session.Project)
			if s == nil || at == nil {
				continue
			}
			// A supervisor whose home is not recorded is taken to live nowhere, not far away.
			if minutes := int64(sn.Travel.Minutes(geo.Car, s.At(), at.At())); minutes < geo.Unreachable {
				say(onDuty(d), minutes, minutes*sn.Policy.SupervisorMinutePrice, "minutes")
			}
		}
		for i := range r.Trips {
			t := &r.Trips[i]
			if m := sn.Minibus(t.Minibus); m != nil {
				metres := int64(model.TripMetres(sn, t.Session, m, stopsOf(t)))
				say(onRoad(t), metres, metres*sn.Policy.KilometrePrice/1000, "metres")
			}
		}
	})
}

func lowerTravel(b *solver.Builder) {
	pol := b.Snapshot.Policy
	b.CostAt(solver.People, func(a solver.ActorIx, k int32) int64 {
		way := b.Own(a, k)
		if b.Rides(a, k) {
			way = b.RideOut(a, k)
		}
		return pol.TravelMinutePrice * int64(min(way, longestPricedWay))
	})
	b.CostAt(solver.Supervisors, func(a solver.ActorIx, k int32) int64 {
		drive := b.SupervisorOut(a, k)
		if drive == geo.Unreachable {
			return 0
		}
		return pol.SupervisorMinutePrice * int64(drive)
	})
	b.CostAt(solver.Minibuses, func(a solver.ActorIx, k int32) int64 {
		return pol.KilometrePrice * int64(b.DepotMetres(a, k)) / 1000
	})
	b.Settle(solver.RideMinutes, pol.TravelMinutePrice)
	b.Settle(solver.DrivenKilometres, pol.KilometrePrice)
}
