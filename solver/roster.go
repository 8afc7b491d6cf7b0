package solver

import (
	"cmp"
	"slices"

	"github.com/communitypayback/payback/model"
)

// Roster writes the assignment down with its times: the chronologically last appointment of a requirement ends early when
// fewer minutes remain, and trips are as settled. It settles first.
func (s *State) Roster() *model.Roster {
	s.Settle()
	sn := s.Snapshot
	r := &model.Roster{Region: sn.Region, Week: sn.Week, From: sn.Digest()}
	if sn.Published != nil {
		r.Version = sn.Published.Version
	}
	for t := range SessionIx(s.NumSessions()) {
		s.writeSession(r, t)
	}
	for a := range ActorIx(s.NumActors(People)) {
		s.writeAppointments(r, a)
	}
	s.keepDetails(r)
	r.Sort()
	PlanBreaks(sn, r)
	return r
}

// writeSession writes what serves a session.
func (s *State) writeSession(r *model.Roster, t SessionIx) {
	key := s.Session(t).Key
	for _, a := range s.members[Supervisors][t] {
		r.Duties = append(r.Duties, model.Duty{Session: key, Supervisor: s.Supervisor(a).Code})
	}
	s.writeTrips(r, t)
	s.writeWetPlan(r, t)
}

// writeAppointments writes one person's week.
func (s *State) writeAppointments(r *model.Roster, a ActorIx) {
	joined := s.joined[a]
	if len(joined) == 0 {
		return
	}
	var (
		event int32
		left  = int32(0)
	)
	if q := s.current[a]; q != nil {
		event, left = q.Event, q.Remaining()
	} else {
		event = s.Person(a).Requirements[0].Event
	}
	for i, t := range joined {
		x := s.Session(t)
		own, _ := s.Works(a, t)
		p := model.Appointment{CRN: s.Person(a).CRN, Event: event, Session: x.Key, Span: own}
		if i == len(joined)-1 && 0 < left && left < own.Minutes() {
			p.Span.End = p.Span.Start + model.Instant(left)
		}
		left -= own.Minutes()
		if sups := s.members[Supervisors][t]; len(sups) > 0 {
			p.Supervisor = s.Supervisor(sups[0]).Code
		}
		if k := s.plans[t].stopIndex(a); k >= 0 {
			p.PickUp = s.Snapshot.Stops[s.plans[t].stops[k]].Code
			p.PickUpAt = s.plans[t].at[k]
		}
		r.Appointments = append(r.Appointments, p)
	}
}

// writeTrips writes a session's minibuses.
func (s *State) writeTrips(r *model.Roster, t SessionIx) {
	x := s.plans[t]
	if x == nil {
		// Trips that are only estimated have no stops and no times.
		for _, b := range s.members[Minibuses][t] {
			span := s.Session(t).Span
			r.Trips = append(r.Trips, model.Trip{Session: s.Session(t).Key, Minibus: s.Minibus(b).Registration, Leaves: span.Start, Returns: span.End})
		}
		return
	}
	for i, b := range x.buses {
		trip := model.Trip{Session: s.Session(t).Key, Minibus: s.Minibus(b).Registration, Leaves: x.leaves[i], Returns: x.returns[i]}
		if d := x.drivers[i]; d >= 0 {
			trip.Driver = s.Supervisor(d).Code
		}
		for j, stop := range x.stops {
			trip.Stops = append(trip.Stops, model.StopTime{Stop: s.Snapshot.Stops[stop].Code, At: x.at[j]})
		}
		r.Trips = append(r.Trips, trip)
	}
}

// keepDetails carries over what the published roster says of the same appointments: pins and outcomes.
func (s *State) keepDetails(r *model.Roster) {
	was := s.Snapshot.Published
	if was == nil {
		return
	}
	for i := range r.Appointments {
		a := &r.Appointments[i]
		if j, ok := slices.BinarySearchFunc(was.Appointments, *a, model.Appointment.Compare); ok {
			b := &was.Appointments[j]
			a.Pinned, a.Outcome, a.Credited, a.Penalty = b.Pinned, b.Outcome, b.Credited, b.Penalty
		}
	}
}

// keepFrozen gives frozen sessions every time, pick-up and wet plan back as people were told them, whatever the engine would
// make of them now.
func keepFrozen(sn *model.Snapshot, r *model.Roster) {
	was := sn.Published
	if was == nil {
		return
	}
	frozen := func(k model.SessionKey) bool {
		s := sn.Session(k)
		return s != nil && s.Span.Start < sn.FrozenUntil
	}
	for i := range r.Appointments {
		a := &r.Appointments[i]
		if j, ok := slices.BinarySearchFunc(was.Appointments, *a, model.Appointment.Compare); ok && frozen(a.Session) {
			*a = was.Appointments[j]
		}
	}
	for i := range r.Trips {
		trip := &r.Trips[i]
		if j, ok := slices.BinarySearchFunc(was.Trips, *trip, model.Trip.Compare); ok && frozen(trip.Session) {
			*trip = was.Trips[j]
			trip.Stops = slices.Clone(trip.Stops)
		}
	}
	r.WetPlans = slices.DeleteFunc(r.WetPlans, func(w model.WetPlan) bool {
		return frozen(w.Session) && slices.ContainsFunc(was.WetPlans, func(o model.WetPlan) bool { return o.Session == w.Session })
	})
	for _, w := range was.WetPlans {
		if frozen(w.Session) && len(r.In(w.Session)) > 0 {
			r.WetPlans = append(r.WetPlans, w)
		}
	}
	r.Sort()
	PlanBreaks(sn, r) // by the times that people were told
}

// Load makes the state hold a roster, as far as its people, sessions, supervisors and minibuses are known; what is not
// known is left out. Times are the engine's own.
func (s *State) Load(r *model.Roster) {
	s.clear()
	if r == nil {
		return
	}
	join := func(a ActorIx, known bool, key model.SessionKey) {
		if t, ok := s.SessionIx(key); ok && known && !s.Has(a, t) {
			s.Join(a, t)
		}
	}
	for i := range r.Duties {
		a, ok := s.SupervisorIx(r.Duties[i].Supervisor)
		join(a, ok, r.Duties[i].Session)
	}
	for i := range r.Trips {
		a, ok := s.MinibusIx(r.Trips[i].Minibus)
		join(a, ok, r.Trips[i].Session)
	}
	for i := range r.Appointments {
		a, ok := s.PersonIx(r.Appointments[i].CRN)
		join(a, ok, r.Appointments[i].Session)
	}
	s.Settle()
	s.Commit()
}

// clear takes everybody out.
func (s *State) clear() {
	for a := range s.joined {
		for len(s.joined[a]) > 0 {
			s.Leave(ActorIx(a), s.joined[a][len(s.joined[a])-1])
		}
	}
	s.Settle()
	s.Commit()
}

// placed counts the people with an appointment, and open the sessions with people.
func (s *State) placed() (people, open int) {
	for a := range s.NumActors(People) {
		people += cmp.Compare(len(s.joined[a]), 0)
	}
	for t := range s.members[People] {
		open += cmp.Compare(len(s.members[People][t]), 0)
	}
	return people, open
}
