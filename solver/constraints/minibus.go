package constraints

import (
	"fmt"
	"iter"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// Minibus keeps trips possible. One case: one trip, for however many reasons; each minibus more than there are people to
// drive it; one appointment whose pick-up does not fit its trips.
var Minibus = &solver.Constraint{
	ID:    "minibus",
	Title: "Minibuses are driven and in time",
	Doc: "A minibus is on the road and inspected, serves a group that rides, and is driven by a supervisor of its session with a licence in date: D1 for more than 8 " +
		"passenger seats. It reaches its stops and the site in time, and whoever rides is picked up where and when it calls.",
	Clauses:    []policy.ClauseID{"minibus", "minibus.boarding"},
	Level:      solver.Hard,
	Unit:       "trips, drivers or pick-ups",
	Lack:       "no minibus or driver",
	Violations: unroadworthy,
	Lower:      lowerMinibus,
	Explain: func(_ *model.Snapshot, v solver.Violation) string {
		if len(v.People) == 0 && len(v.Minibuses) == 0 {
			return fmt.Sprintf("%s %s.", whither(v), v.Why)
		}
		return fmt.Sprintf("%s at %s: %s.", who(v), whither(v), v.Why)
	},
}

func unroadworthy(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
	return cases(r, func(r *model.Roster, report reporter) {
		for _, k := range r.Sessions() {
			aboard := riders(sn, r, k)
			trips := r.TripsOf(k)
			for i := range trips {
				why := tripFault(sn, r, &trips[i], trips[:i])
				if why == "" && len(aboard) == 0 {
					why = "nobody rides there"
				}
				if why != "" {
					v := onRoad(&trips[i])
					v.Why = why
					report(v)
				}
			}
			tooFewDrivers(sn, r, k, report)
			for _, a := range r.In(k) {
				if why := pickUpFault(sn, &a, trips); why != "" {
					v := here(&a)
					v.Why = why
					report(v)
				}
			}
		}
	})
}

// riders lists the people of a session who go there by minibus.
func riders(sn *model.Snapshot, r *model.Roster, k model.SessionKey) []*model.Person {
	at := sn.Project(k.Project)
	if at == nil {
		return nil
	}
	var out []*model.Person
	for _, a := range everyone(r, k) {
		if p := sn.Person(a.CRN); p != nil && isRider(sn, p, at) {
			out = append(out, p)
		}
	}
	return out
}

// tooFewDrivers counts the minibuses of a session that nobody there may drive.
func tooFewDrivers(sn *model.Snapshot, r *model.Roster, k model.SessionKey, report reporter) {
	var buses, big, licensed, d1 int64
	for _, t := range fleet(r, k) {
		buses++
		if m := sn.Minibus(t.Minibus); m != nil && m.NeedsD1() {
			big++
		}
	}
	for _, c := range crew(r, k) {
		if s := sn.Supervisor(c); s != nil {
			switch s.LicenceOn(k.Date) {
			case model.LicenceD1:
				licensed++
				d1++
			case model.LicenceB:
				licensed++
			}
		}
	}
	if buses > licensed {
		v := sessionAlone(k, buses-licensed)
		v.Found, v.Limit = buses, licensed
		v.Why = fmt.Sprintf("has %s and %s with a licence", count(buses, "minibus", "minibuses"), count(licensed, "supervisor", "supervisors"))
		report(v)
	}
	if big > d1 {
		v := sessionAlone(k, big-d1)
		v.Found, v.Limit = big, d1
		v.Why = fmt.Sprintf("has %s of more than 8 seats and %s with a D1 licence", count(big, "minibus", "minibuses"), count(d1, "supervisor", "supervisors"))
		report(v)
	}
}

// pickUpFault says why an appointment does not fit the trips of its session; empty: it does.
func pickUpFault(sn *model.Snapshot, a *model.Appointment, trips []model.Trip) string {
	p, at := sn.Person(a.CRN), sn.Project(a.Session.Project)
	if a.PickUp == "" {
		if len(trips) > 0 && p != nil && at != nil && isRider(sn, p, at) {
			return "they ride, but have no pick-up"
		}
		return ""
	}
	if at != nil && at.Transport == model.ByThemselves {
		return "nobody is picked up for that project"
	}
	if len(trips) == 0 {
		return ""
	}
	for _, t := range trips {
		for _, s := range t.Stops {
			if s.Stop == a.PickUp && s.At == a.PickUpAt {
				return ""
			}
		}
	}
	return fmt.Sprintf("no trip calls at stop %s at the time they were told", a.PickUp)
}

func lowerMinibus(b *solver.Builder) {
	rides := func(t solver.SessionIx) bool {
		at := b.Project(t)
		return at.Kind == model.Group && at.Transport != model.ByThemselves
	}
	onRoad := func(a solver.ActorIx, d model.Date) int32 {
		if b.Minibus(a).OnRoad(d) {
			return 1
		}
		return 0
	}
	b.Forbid(solver.Minibuses, func(a solver.ActorIx, t solver.SessionIx) bool {
		return !rides(t) || onRoad(a, b.Session(t).Key.Date) == 0
	})
	// Trips have times only if some exact part is on; this one counts nothing by itself.
	b.Settle(solver.TripsPlanned, solver.NoPrice)
	for _, days := range periods(b, solver.Minibuses, onRoad) {
		b.Count(solver.Grid{ // a minibus on the road that nobody rides
			Cols: b.NumSessions(),
			Col:  b.EachSession(func(t solver.SessionIx) bool { return rides(t) && days.holds(b.Session(t).Key.Date) }),
			Weight: func(a solver.ActorIx) int32 {
				if b.Kind(a) == solver.Minibuses {
					return onRoad(a, days.first)
				}
				return 0
			},
			Guard: each(b, solver.People), Pair: b.Rides,
			Shape: solver.Over, When: solver.Unguarded, Limit: constant(0),
		})
	}
	lowerDrivers(b)
	lowerStranded(b)
}

// lowerDrivers counts minibuses less those who may drive them, the large ones by themselves.
func lowerDrivers(b *solver.Builder) {
	licence := func(a solver.ActorIx, d model.Date) int32 { return int32(b.Supervisor(a).LicenceOn(d)) }
	for _, days := range periods(b, solver.Supervisors, licence) {
		for _, large := range []bool{false, true} {
			enough := int32(model.LicenceB)
			if large {
				enough = int32(model.LicenceD1)
			}
			b.Count(solver.Grid{
				Cols: b.NumSessions(),
				Col:  b.EachSession(func(t solver.SessionIx) bool { return days.holds(b.Session(t).Key.Date) }),
				Weight: func(a solver.ActorIx) int32 {
					switch b.Kind(a) {
					case solver.Minibuses:
						if !large || b.Minibus(a).NeedsD1() {
							return 1
						}
					case solver.Supervisors:
						if licence(a, days.first) >= enough {
							return -1
						}
					}
					return 0
				},
				Shape: solver.Over, Limit: constant(0),
			})
		}
	}
}

// lowerStranded counts riders where a region has no stops at all, for then nobody can be picked up.
func lowerStranded(b *solver.Builder) {
	if len(b.Snapshot.Stops) > 0 {
		return
	}
	b.Count(solver.Grid{
		Cols: b.NumSessions(), Col: b.EachSession(func(solver.SessionIx) bool { return true }),
		Weight: each(b, solver.People), Guard: each(b, solver.Minibuses), Pair: b.Rides,
		Shape: solver.Over, When: solver.Guarded, Limit: constant(0),
	})
}
