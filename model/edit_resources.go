package model

import "slices"

// AddSupervisor adds a supervisor, with Available already worked out.
type AddSupervisor struct{ Supervisor Supervisor }

// RemoveSupervisor takes a supervisor out of the week. What was published with them stays as it was published.
type RemoveSupervisor struct{ Code SupervisorCode }

// SupervisorOff takes a span from a supervisor's working time, as for sickness.
type SupervisorOff struct {
	Code SupervisorCode
	Span Span
}

// AddMinibus adds a minibus.
type AddMinibus struct{ Minibus Minibus }

// RemoveMinibus takes a minibus out of the week. What was published with it stays as it was published.
type RemoveMinibus struct{ Registration Registration }

// MinibusOff takes a minibus off the road from one date to another, both included; To zero: until further notice. With a
// period off the road that was recorded for the week already, the time between the two is lost as well.
type MinibusOff struct {
	Registration Registration
	From, To     Date
}

// CloseProject bars the sessions of a project from one date to another, both included; To zero: to the end of the week.
type CloseProject struct {
	Code     ProjectCode
	From, To Date
}

// OpenSession adds a session to the week, or opens one that is barred. Its key and end count; the span and area follow
// from them.
type OpenSession struct{ Session Session }

// CloseSession bars one session.
type CloseSession struct{ Key SessionKey }

// SetPlaces changes how many people a site can take.
type SetPlaces struct {
	Project ProjectCode
	Places  int32
}

func (e AddSupervisor) edit(s *Snapshot) error {
	i, found := at(s.Supervisors, e.Supervisor.Code, bySupervisor)
	if found {
		return Errorf(CodeConflict, "found supervisor %s to add; expected a code that week %v does not have yet", e.Supervisor.Code, s.Week)
	}
	x := e.Supervisor
	x.Languages, x.Available = slices.Clone(x.Languages), slices.Clone(x.Available)
	s.Supervisors = inserted(s.Supervisors, i, x)
	return nil
}

func (e RemoveSupervisor) edit(s *Snapshot) error {
	if s.Supervisor(e.Code) == nil {
		return s.noSupervisor(e.Code)
	}
	s.Supervisors = without(s.Supervisors, func(x Supervisor) bool { return x.Code == e.Code })
	return nil
}

func (e SupervisorOff) edit(s *Snapshot) error {
	i, found := at(s.Supervisors, e.Code, bySupervisor)
	if !found {
		return s.noSupervisor(e.Code)
	}
	if e.Span.Start >= e.Span.End {
		return Errorf(CodeUsage, "found time off for supervisor %s that ends before it begins; expected a start before the end", e.Code)
	}
	x := s.Supervisors[i]
	x.Available = Subtract(x.Available, []Span{e.Span})
	s.Supervisors = replaced(s.Supervisors, i, x)
	return nil
}

func (e AddMinibus) edit(s *Snapshot) error {
	i, found := at(s.Minibuses, e.Minibus.Registration, byRegistration)
	if found {
		return Errorf(CodeConflict, "found minibus %s to add; expected a registration that week %v does not have yet",
			e.Minibus.Registration, s.Week)
	}
	s.Minibuses = inserted(s.Minibuses, i, e.Minibus)
	return nil
}

func (e RemoveMinibus) edit(s *Snapshot) error {
	if s.Minibus(e.Registration) == nil {
		return s.noMinibus(e.Registration)
	}
	s.Minibuses = without(s.Minibuses, func(x Minibus) bool { return x.Registration == e.Registration })
	return nil
}

func (e MinibusOff) edit(s *Snapshot) error {
	i, found := at(s.Minibuses, e.Registration, byRegistration)
	if !found {
		return s.noMinibus(e.Registration)
	}
	if err := inOrder(e.From, e.To); err != nil {
		return err
	}
	x, monday := s.Minibuses[i], s.Week.Monday()
	recorded := x.OffRoadFrom != 0 || x.OffRoadTo != 0
	if recorded && x.OffRoadFrom < monday+7 && (x.OffRoadTo == 0 || x.OffRoadTo >= monday) {
		if x.OffRoadFrom == 0 { // since before anybody wrote it down
			x.OffRoadFrom = monday - 7
		}
		e.From = min(e.From, x.OffRoadFrom)
		if e.To != 0 && (x.OffRoadTo == 0 || x.OffRoadTo > e.To) {
			e.To = x.OffRoadTo
		}
	}
	x.OffRoadFrom, x.OffRoadTo = e.From, e.To
	s.Minibuses = replaced(s.Minibuses, i, x)
	return nil
}

func (e CloseProject) edit(s *Snapshot) error {
	if s.Project(e.Code) == nil {
		return s.noProject(e.Code)
	}
	if err := inOrder(e.From, e.To); err != nil {
		return err
	}
	s.Sessions = slices.Clone(s.Sessions)
	for i := range s.Sessions {
		x := &s.Sessions[i]
		if x.Key.Project == e.Code && x.Bar == Open && x.Key.Date >= e.From && (e.To == 0 || x.Key.Date <= e.To) {
			x.Bar = Closed
		}
	}
	return nil
}

func (e OpenSession) edit(s *Snapshot) error {
	k := e.Session.Key
	p := s.Project(k.Project)
	if p == nil {
		return s.noProject(k.Project)
	}
	if !s.Week.Holds(k.Date) || k.Start < 0 || k.Start >= 1440 || e.Session.End < 0 || e.Session.End > 1440 {
		return Errorf(CodeUsage, "found session %v to %v to open; expected a day of week %v and times of day", k, e.Session.End, s.Week)
	}
	x := Session{Key: k, End: e.Session.End, Span: s.Calendar.Span(k.Date, k.Start, e.Session.End), Bar: Open}
	if t := s.Team(p.Team); t != nil {
		x.Area = t.Area
	}
	if i, found := at(s.Sessions, k, byKey); found {
		s.Sessions = replaced(s.Sessions, i, x)
	} else {
		s.Sessions = inserted(s.Sessions, i, x)
	}
	return nil
}

func (e CloseSession) edit(s *Snapshot) error {
	i, found := at(s.Sessions, e.Key, byKey)
	if !found {
		return s.noSession(e.Key)
	}
	x := s.Sessions[i]
	x.Bar = Closed
	s.Sessions = replaced(s.Sessions, i, x)
	return nil
}

func (e SetPlaces) edit(s *Snapshot) error {
	i, found := at(s.Projects, e.Project, byProject)
	if !found {
		return s.noProject(e.Project)
	}
	x := s.Projects[i]
	x.Places = e.Places
	s.Projects = replaced(s.Projects, i, x)
	return nil
}

func inOrder(from, to Date) error {
	if from == 0 || to != 0 && to < from {
		return Errorf(CodeUsage, "found dates from %q to %q; expected a first date, and a last one not before it", from, to)
	}
	return nil
}
