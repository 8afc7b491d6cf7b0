package model

import "strconv"

// SetAttendance changes the chance that a person attends, in permille.
type SetAttendance struct {
	CRN      CRN
	Permille int32
}

// PersonOff takes a span from the time in which a person is free, as for sickness or an appointment elsewhere.
type PersonOff struct {
	CRN  CRN
	Span Span
}

// Thaw lets what has not begun yet be changed, although it is frozen. Whoever publishes such a change answers for it.
type Thaw struct{}

// RemovePerson takes a person out of the week with all that is said about them, their published appointments too: there
// is nobody left to tell.
type RemovePerson struct{ CRN CRN }

// Pin adds an appointment to what is published, decided by a person, or pins the one that is there. A Span of no length
// stands for the whole session. A session the week does not list must be opened first.
type Pin struct{ Appointment Appointment }

// Unpin lets the solver move a published appointment again, unless it is frozen.
type Unpin struct {
	Session SessionKey
	CRN     CRN
	Event   int32
}

// PublishRoster puts another roster in the place of what is published; nil: nothing is.
type PublishRoster struct{ Roster *Roster }

func (e SetAttendance) edit(s *Snapshot) error {
	i, found := at(s.People, e.CRN, byCRN)
	if !found {
		return s.noPerson(e.CRN)
	}
	p := s.People[i]
	p.Attendance = e.Permille
	s.People = replaced(s.People, i, p)
	return nil
}

func (e PersonOff) edit(s *Snapshot) error {
	i, found := at(s.People, e.CRN, byCRN)
	if !found {
		return s.noPerson(e.CRN)
	}
	if e.Span.Start >= e.Span.End {
		return Errorf(CodeUsage, "found time off for %s that ends before it begins; expected a start before the end", e.CRN)
	}
	p := s.People[i]
	p.Free = Subtract(p.Free, []Span{e.Span})
	s.People = replaced(s.People, i, p)
	return nil
}

func (Thaw) edit(s *Snapshot) error {
	s.FrozenUntil = min(s.FrozenUntil, s.AsOf)
	return nil
}

func (e RemovePerson) edit(s *Snapshot) error {
	if s.Person(e.CRN) == nil {
		return s.noPerson(e.CRN)
	}
	s.People = without(s.People, func(p Person) bool { return p.CRN == e.CRN })
	s.KeepApart = without(s.KeepApart, func(p Pair) bool { return p.A == e.CRN || p.B == e.CRN })
	s.Zones = without(s.Zones, func(z Zone) bool { return z.CRN == e.CRN })
	s.Standing = without(s.Standing, func(x Standing) bool { return x.CRN == e.CRN })
	for _, r := range []**Roster{&s.Before, &s.Published, &s.After} {
		if *r != nil {
			c := **r
			c.Appointments = without(c.Appointments, func(a Appointment) bool { return a.CRN == e.CRN })
			*r = &c
		}
	}
	return nil
}

func (e Pin) edit(s *Snapshot) error {
	a := e.Appointment
	p, session := s.Person(a.CRN), s.Session(a.Session)
	switch {
	case p == nil:
		return s.noPerson(a.CRN)
	case session == nil:
		return s.noSession(a.Session)
	case p.Requirement(a.Event) == nil:
		return notFound(s, "event", a.Event, p.Requirements, func(r Requirement) string { return strconv.Itoa(int(r.Event)) })
	}
	if a.Span == (Span{}) {
		a.Span = session.Span
	}
	a.Pinned = true
	c := s.published()
	if i, found := at(c.Appointments, a, Appointment.Compare); found {
		c.Appointments = replaced(c.Appointments, i, a)
	} else {
		c.Appointments = inserted(c.Appointments, i, a)
	}
	s.Published = &c
	return nil
}

func (e Unpin) edit(s *Snapshot) error {
	c := s.published()
	i, found := at(c.Appointments, Appointment{Session: e.Session, CRN: e.CRN, Event: e.Event}, Appointment.Compare)
	if !found {
		its := without(c.Appointments, func(a Appointment) bool { return a.CRN != e.CRN || !a.Pinned })
		return notFound(s, "published appointment of "+string(e.CRN)+" in", e.Session, its,
			func(a Appointment) string { return a.Session.String() })
	}
	a := c.Appointments[i]
	a.Pinned = false
	c.Appointments = replaced(c.Appointments, i, a)
	s.Published = &c
	return nil
}

func (e PublishRoster) edit(s *Snapshot) error {
	s.Published = nil
	if e.Roster == nil {
		return nil
	}
	if e.Roster.Week != s.Week {
		return Errorf(CodeInvalid, "found a roster that is of week %v to publish; expected one of week %v", e.Roster.Week, s.Week)
	}
	s.Published = e.Roster.Clone()
	s.Published.Sort()
	return nil
}

// published gives a roster to change: what is published, or an empty one of the week.
func (s *Snapshot) published() Roster {
	if s.Published != nil {
		return *s.Published
	}
	return Roster{Region: s.Region, Week: s.Week}
}
