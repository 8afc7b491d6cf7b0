package constraints

import (
	"fmt"
	"iter"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// TravelLimit keeps ways short. One case: one appointment.
var TravelLimit = &solver.Constraint{
	ID:    "travel-limit",
	Title: "Nobody travels too long",
	Doc: "The way from home to the site, by the person's own means or to a pick-up stop and on by minibus, takes at most the limit of the policy; a person's own limit can " +
		"only be lower. The way to the wet site, by the same means and stops, keeps it too.",
	Clauses: []policy.ClauseID{"travel-limit", "travel-limit.minutes", "travel-limit.remote-minutes", "travel-limit.walk-detour", "travel-limit.road-detour",
		"travel-limit.walk-speed", "travel-limit.bus-speed", "travel-limit.car-speed"},
	Level:      solver.Hard,
	Own:        true,
	Unit:       "appointments too far away",
	Violations: tooFar,
	Lower:      lowerTravelLimit,
	Explain: func(_ *model.Snapshot, v solver.Violation) string {
		return fmt.Sprintf("%s needs %d minutes to %s%s; the limit is %d.", who(v), v.Found, v.Why, whither(v), v.Limit)
	},
}

func tooFar(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
	return cases(r, func(r *model.Roster, report reporter) {
		for i := range r.Appointments {
			a := &r.Appointments[i]
			p, at := sn.Person(a.CRN), sn.Project(a.Session.Project)
			if p == nil || at == nil {
				continue
			}
			way, _ := ownWay(sn, p, at)
			if sn.Rides(p, at, way) {
				way, _ = bestRide(sn, p, at)
				if exact, _, ok := exactRide(sn, r, p, a); ok {
					way = max(way, exact)
				}
			}
			limit, where := sn.TravelLimit(p), ""
			if wet := wetSite(sn, r, a.Session); wet != nil && way <= limit {
				where = fmt.Sprintf("%s, the wet site of ", wet.Code)
				way, _ = wetWay(sn, p, at, wet)
				if isRider(sn, p, at) {
					if exact, _, ok := exactWetRide(sn, r, p, a, wet); ok {
						way = max(way, exact)
					}
				}
			}
			if way > limit {
				v := here(a)
				v.Found, v.Limit, v.Why = int64(way), int64(limit), where
				report(v)
			}
		}
	})
}

func lowerTravelLimit(b *solver.Builder) {
	b.ForbidAt(solver.People, func(a solver.ActorIx, k int32) bool {
		limit := b.Snapshot.TravelLimit(b.Person(a))
		if b.Rides(a, k) {
			return b.RideOut(a, k) > limit
		}
		return b.Own(a, k) > limit
	})
	b.ForbidHost(func(a solver.ActorIx, t solver.SessionIx, host int32) bool {
		limit := b.Snapshot.TravelLimit(b.Person(a))
		if b.Rides(a, b.ProjectIx(t)) {
			return b.RideOut(a, host) > limit
		}
		return b.Own(a, host) > limit
	})
	b.Settle(solver.RideWithinLimit, solver.NoPrice)
}
