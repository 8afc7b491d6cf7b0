package model

import "slices"

// RosterFrom gives the roster of a week as its files tell it: the appointments of that week, and the duties, trips, wet
// plans and breaks of its rows of sessions.csv. Rows of other weeks are ignored, and a row that is there twice counts
// once. Names the snapshot does not know are kept, so that a check can speak of them. The result is never nil, shares
// nothing with what was given, and has no version.
func (s *Snapshot) RosterFrom(week Week, history []Appointment, held []Held) *Roster {
	r := &Roster{Region: s.Region, Week: week}
	for _, a := range history {
		if week.Holds(a.Session.Date) {
			r.Appointments = append(r.Appointments, a)
		}
	}
	for i := range held {
		if week.Holds(held[i].Session.Date) {
			s.addHeld(r, &held[i])
		}
	}
	r.Sort()
	r.Appointments = slices.CompactFunc(r.Appointments, func(a, b Appointment) bool { return a.Compare(b) == 0 })
	r.Duties = slices.Compact(r.Duties)
	r.Trips = slices.CompactFunc(r.Trips, func(a, b Trip) bool { return a.Compare(b) == 0 })
	r.WetPlans = slices.CompactFunc(r.WetPlans, func(a, b WetPlan) bool { return a.Session == b.Session })
	r.Breaks = slices.CompactFunc(r.Breaks, func(a, b Breaks) bool { return a.Session == b.Session })
	return r
}

// addHeld adds what one row of sessions.csv says.
func (s *Snapshot) addHeld(r *Roster, h *Held) {
	key := h.Session
	for _, code := range h.Supervisors {
		r.Duties = append(r.Duties, Duty{Session: key, Supervisor: code})
	}
	for i, reg := range h.Minibuses {
		t := s.heldTrip(h, reg)
		if i < len(h.Supervisors) {
			t.Driver = h.Supervisors[i]
		}
		r.Trips = append(r.Trips, t)
	}
	if h.Host != "" {
		r.WetPlans = append(r.WetPlans, WetPlan{Session: key, Host: h.Host})
	}
	if len(h.Breaks) > 0 {
		b := Breaks{Session: key}
		for _, c := range h.Breaks {
			b.Spans = append(b.Spans, s.breakSpan(key, c))
		}
		r.Breaks = append(r.Breaks, b)
	}
}

// heldTrip gives a trip with the calls as written; when the minibus leaves its depot and is back there follows from them.
func (s *Snapshot) heldTrip(h *Held, reg Registration) Trip {
	span := s.Calendar.Span(h.Session.Date, h.Session.Start, h.End)
	t := Trip{Session: h.Session, Minibus: reg, Leaves: span.Start, Returns: span.End}
	var stops []StopCode
	for _, c := range h.Stops {
		day := h.Session.Date
		if c.At > h.Session.Start { // a session soon after midnight collects people the evening before
			day--
		}
		stops = append(stops, c.Stop)
		t.Stops = append(t.Stops, StopTime{Stop: c.Stop, At: s.Calendar.Instant(day, c.At)})
	}
	bus := s.Minibus(reg)
	if bus == nil || s.Project(h.Session.Project) == nil { // nobody knows how far its depot is
		if len(t.Stops) > 0 {
			t.Leaves = t.Stops[0].At
		}
		return t
	}
	driven := TripOver(s, h.Session, span, bus, stops, s.Policy.BoardingMinutes)
	t.Leaves, t.Returns = driven.Leaves, driven.Returns
	if len(t.Stops) > 0 {
		t.Leaves += t.Stops[0].At - driven.Stops[0].At
	}
	return t
}

// breakSpan reads the two clocks of a break within a session that may run past midnight.
func (s *Snapshot) breakSpan(key SessionKey, c [2]Clock) Span {
	day := key.Date
	if c[0] < key.Start {
		day++
	}
	return s.Calendar.Span(day, c[0], c[1])
}
