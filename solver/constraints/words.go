package constraints

import (
	"cmp"
	"fmt"
	"iter"
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/solver"
)

// What the words of several rules say. No kernel may use anything of this file.

// reporter takes one case.
type reporter func(solver.Violation)

// cases runs the words of a rule over a roster in its order. A roster made by hand may be out of order; one that is nil is
// empty.
func cases(r *model.Roster, find func(r *model.Roster, report reporter)) iter.Seq[solver.Violation] {
	return func(yield func(solver.Violation) bool) {
		var all []solver.Violation
		find(inOrder(r), func(v solver.Violation) { all = append(all, v) })
		for _, v := range all {
			if !yield(v) {
				return
			}
		}
	}
}

// inOrder gives the roster, or a sorted copy if it is not sorted.
func inOrder(r *model.Roster) *model.Roster {
	if r == nil {
		return &model.Roster{}
	}
	if slices.IsSortedFunc(r.Appointments, model.Appointment.Compare) && slices.IsSortedFunc(r.Duties, model.Duty.Compare) &&
		slices.IsSortedFunc(r.Trips, model.Trip.Compare) {
		return r
	}
	r = r.Clone()
	r.Sort()
	return r
}

// here is one person in one session.
func here(a *model.Appointment) solver.Violation {
	return solver.Violation{Amount: 1, People: []model.CRN{a.CRN}, Sessions: []model.SessionKey{a.Session}}
}

// onDuty is one supervisor on one session.
func onDuty(d model.Duty) solver.Violation {
	return solver.Violation{Amount: 1, Supervisors: []model.SupervisorCode{d.Supervisor}, Sessions: []model.SessionKey{d.Session}}
}

// onRoad is one minibus serving one session.
func onRoad(t *model.Trip) solver.Violation {
	return solver.Violation{Amount: 1, Minibuses: []model.Registration{t.Minibus}, Sessions: []model.SessionKey{t.Session}}
}

// sessionAlone is one session as a whole.
func sessionAlone(k model.SessionKey, amount int64) solver.Violation {
	return solver.Violation{Amount: amount, Sessions: []model.SessionKey{k}}
}

// everyone lists the appointments of a session, each person once.
func everyone(r *model.Roster, k model.SessionKey) []model.Appointment {
	return slices.CompactFunc(slices.Clone(r.In(k)), func(a, b model.Appointment) bool { return a.CRN == b.CRN })
}

// crew lists the supervisors of a session, each once.
func crew(r *model.Roster, k model.SessionKey) []model.SupervisorCode {
	var out []model.SupervisorCode
	for _, d := range r.DutiesOf(k) {
		out = append(out, d.Supervisor)
	}
	return slices.Compact(out)
}

// fleet lists the trips of a session, each minibus once.
func fleet(r *model.Roster, k model.SessionKey) []model.Trip {
	return slices.CompactFunc(slices.Clone(r.TripsOf(k)), func(a, b model.Trip) bool { return a.Minibus == b.Minibus })
}

// weekOf is what one person, supervisor or minibus does in a week.
func weekOf[T any, K cmp.Ordered](all []T, who func(T) K) [][]T {
	sorted := slices.Clone(all)
	slices.SortStableFunc(sorted, func(a, b T) int { return cmp.Compare(who(a), who(b)) })
	return runs(sorted, func(a, b T) bool { return who(a) == who(b) })
}

// runs cuts a list where neighbours differ.
func runs[T any](all []T, same func(a, b T) bool) [][]T {
	var out [][]T
	for i := range all {
		if i == 0 || !same(all[i-1], all[i]) {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], all[i])
	}
	return out
}

// startOf gives when a session begins, whether or not it is a candidate of the week.
func startOf(sn *model.Snapshot, k model.SessionKey) model.Instant {
	return sn.Calendar.Instant(k.Date, k.Start)
}

// ownWay gives the minutes from home to a project and back by a person's own means.
func ownWay(sn *model.Snapshot, p *model.Person, at *model.Project) (out, back int32) {
	return sn.Travel.Minutes(p.Mode, p.At(), at.At()), sn.Travel.Minutes(p.Mode, at.At(), p.At())
}

// isRider reports whether a person goes to a project by minibus.
func isRider(sn *model.Snapshot, p *model.Person, at *model.Project) bool {
	out, _ := ownWay(sn, p, at)
	return sn.Rides(p, at, out)
}

// bestRide gives the shortest way to a project and home by any stop and a minibus that drives straight.
func bestRide(sn *model.Snapshot, p *model.Person, at *model.Project) (out, back int32) {
	out, back = geo.Unreachable, geo.Unreachable
	for i := range sn.Stops {
		stop := sn.Stops[i].Place()
		there, home := sn.Travel.ThereAndBack(p.Mode, p.At(), stop)
		if there >= out && home >= back {
			continue // no drive makes it the shortest
		}
		drive, driveBack := sn.Travel.ThereAndBack(geo.Car, stop, at.At())
		out, back = min(out, there+drive), min(back, driveBack+home)
	}
	return out, back
}

// exactRide gives the minutes from home to the start of a session and from its end to home, for somebody who is picked up
// by one of its trips. False: there is no such trip.
func exactRide(sn *model.Snapshot, r *model.Roster, p *model.Person, a *model.Appointment) (out, back int32, ok bool) {
	s, at := sn.Session(a.Session), sn.Project(a.Session.Project)
	trips := r.TripsOf(a.Session)
	if a.PickUp == "" || len(trips) == 0 || s == nil || at == nil {
		return 0, 0, false
	}
	stop := stopAt(sn, a.PickUp)
	out = sn.Travel.Minutes(p.Mode, p.At(), stop) + int32(s.Span.Start-a.PickUpAt)
	drop, called := dropAt(sn, trips, a)
	if !called {
		_, back = bestRide(sn, p, at)
		return out, back, true
	}
	return out, int32(drop-s.Span.End) + sn.Travel.Minutes(p.Mode, stop, p.At()), true
}

// dropAt gives when the minibuses of a session bring somebody back to their stop. False: none calls there.
func dropAt(sn *model.Snapshot, trips []model.Trip, a *model.Appointment) (model.Instant, bool) {
	for i := range trips {
		stops := stopsOf(&trips[i])
		if k := slices.Index(stops, a.PickUp); k >= 0 {
			return model.DropOff(sn, a.Session, stops, k), true
		}
	}
	return 0, false
}

// stopsOf lists where a trip calls.
func stopsOf(t *model.Trip) []model.StopCode {
	var out []model.StopCode
	for _, s := range t.Stops {
		out = append(out, s.Stop)
	}
	return out
}

// stopAt gives a stop as the end of a journey; one that is not known has no position.
func stopAt(sn *model.Snapshot, c model.StopCode) geo.Place {
	if s := sn.Stop(c); s != nil {
		return s.Place()
	}
	return geo.Place{Code: string(c)}
}

// drives gives the trip of a session that a supervisor drives, or nil.
func drives(r *model.Roster, d model.Duty) *model.Trip {
	trips := r.TripsOf(d.Session)
	for i := range trips {
		if trips[i].Driver == d.Supervisor && d.Supervisor != "" {
			return &trips[i]
		}
	}
	return nil
}

// exactDuty gives when a duty takes place: from depot to depot for a driver, otherwise the session. False: the session is
// not known.
func exactDuty(sn *model.Snapshot, r *model.Roster, d model.Duty) (model.Span, bool) {
	s := sn.Session(d.Session)
	if s == nil {
		return model.Span{}, false
	}
	if t := drives(r, d); t != nil {
		return model.Span{Start: t.Leaves, End: t.Returns}, true
	}
	return s.Span, true
}

// isGroup reports whether a session is one of supervised group work.
func isGroup(sn *model.Snapshot, k model.SessionKey) bool {
	at := sn.Project(k.Project)
	return at != nil && at.Kind == model.Group
}

// wetSite gives the project to which a session moves when it rains, or nil.
func wetSite(sn *model.Snapshot, r *model.Roster, k model.SessionKey) *model.Project {
	for i := range r.WetPlans {
		if r.WetPlans[i].Session == k {
			return sn.Project(r.WetPlans[i].Host)
		}
	}
	return nil
}

// wetHost gives where a session moves when it rains, known or not. False: it has no wet plan.
func wetHost(r *model.Roster, k model.SessionKey) (model.ProjectCode, bool) {
	for i := range r.WetPlans {
		if r.WetPlans[i].Session == k {
			return r.WetPlans[i].Host, true
		}
	}
	return "", false
}

// movedTo lists the sessions with people that move to a host when it rains, in order, as far as they are known.
func movedTo(sn *model.Snapshot, r *model.Roster, host model.ProjectCode) []*model.Session {
	var out []*model.Session
	for i := range r.WetPlans {
		s := sn.Session(r.WetPlans[i].Session)
		if to, _ := wetHost(r, r.WetPlans[i].Session); to == host && s != nil && len(r.In(s.Key)) > 0 && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// othersThere lists the sessions with people that share a session's wet site with it at some time: the site's own and those
// that move there. Without a wet plan there are none.
func othersThere(sn *model.Snapshot, r *model.Roster, k model.SessionKey) []model.SessionKey {
	host, planned := wetHost(r, k)
	s := sn.Session(k)
	if !planned || s == nil {
		return nil
	}
	var out []model.SessionKey
	for i := range sn.Sessions {
		if o := &sn.Sessions[i]; o.Key.Project == host && o.Key != k && o.Span.Overlaps(s.Span) && len(r.In(o.Key)) > 0 {
			out = append(out, o.Key)
		}
	}
	for _, o := range movedTo(sn, r, host) {
		if o.Key != k && o.Span.Overlaps(s.Span) {
			out = append(out, o.Key)
		}
	}
	return out
}

// wetWay gives the minutes from home to a wet site and back: for somebody who rides the best that a minibus could do, and for
// everybody else their own way.
func wetWay(sn *model.Snapshot, p *model.Person, at, wet *model.Project) (out, back int32) {
	if isRider(sn, p, at) {
		return bestRide(sn, p, wet)
	}
	return ownWay(sn, p, wet)
}

// exactWetRide is exactRide for a minibus that drives from its last stop to the wet site instead.
func exactWetRide(sn *model.Snapshot, r *model.Roster, p *model.Person, a *model.Appointment, wet *model.Project) (out, back int32, ok bool) {
	out, back, ok = exactRide(sn, r, p, a)
	trips, site := r.TripsOf(a.Session), sn.Project(a.Session.Project)
	if !ok || len(trips[0].Stops) == 0 {
		return out, back, ok
	}
	stops := stopsOf(&trips[0])
	last := stopAt(sn, stops[len(stops)-1])
	out += sn.Travel.Minutes(geo.Car, last, wet.At()) - sn.Travel.Minutes(geo.Car, last, site.At())
	back += sn.Travel.Minutes(geo.Car, wet.At(), last) - sn.Travel.Minutes(geo.Car, site.At(), last)
	return out, back, true
}

// excludedThere reports the appointments at projects, and at wet sites, that exclude one of some flags of the person.
func excludedThere(sn *model.Snapshot, r *model.Roster, some model.Flags, report reporter) {
	for i := range r.Appointments {
		a := &r.Appointments[i]
		p := sn.Person(a.CRN)
		if p == nil {
			continue
		}
		at, wet := sn.Project(a.Session.Project), wetSite(sn, r, a.Session)
		v := here(a)
		if at != nil && p.Flags.Has(at.Excluded&some) {
			v.Why = fmt.Sprintf("the project excludes %v", p.Flags&at.Excluded&some)
		} else if wet != nil && p.Flags.Has(wet.Excluded&some) {
			v.Why = fmt.Sprintf("its wet site %s excludes %v", wet.Code, p.Flags&wet.Excluded&some)
		}
		if v.Why != "" {
			report(v)
		}
	}
}
