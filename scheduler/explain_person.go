package scheduler

import (
	"context"
	"errors"
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
)

// PersonExplained says why somebody's week is as it is.
type PersonExplained struct {
	CRN            model.CRN
	Needed, Placed int32 // minutes of the week, as in [Unplaced]
	Appointments   []AppointmentExplained
	NotPlaced      *solver.Answer // why they have no more; nil: they have what they need
	Forecast       *Forecast      // nil: the policy shows none, or it was not asked for
}

// AppointmentExplained is an appointment, what it is worth beside what could be instead, and what breaks a rule there.
type AppointmentExplained struct {
	Appointment model.Appointment
	Here        *solver.Here // nil: the week does not have the session, or not this person
	Cases       []Case
}

// ExplainPerson says why a person is where a roster has them, why not elsewhere if they have less than they need, and when they
// are likely to finish. It needs any role.
func (s *Service) ExplainPerson(ctx context.Context, who model.Principal, region string, ref RosterRef, crn model.CRN) (*PersonExplained, *Explained, error) {
	x, err := s.Explained(ctx, who, region, ref)
	if err != nil {
		return nil, nil, err
	}
	p, err := x.Person(crn)
	if err != nil {
		return nil, nil, err
	}
	var refused *model.Error
	p.Forecast, err = s.Forecast(ctx, who, region, x.Snapshot.Week, crn)
	if errors.As(err, &refused) && (refused.Code == model.CodeForbidden || refused.Code == model.CodeNotFound) {
		err = nil // what cannot be foretold is left out
	}
	return p, x, err
}

// Person says why somebody is where the roster has them, and why not elsewhere if they have less than they need. The forecast is
// left to the caller.
func (x *Explained) Person(crn model.CRN) (*PersonExplained, error) {
	person := x.Snapshot.Person(crn)
	if person == nil {
		return nil, model.Errorf(model.CodeNotFound, "found CRN %s, which week %v does not have; expected one of its %d people", crn, x.Snapshot.Week, len(x.Snapshot.People))
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	p := &PersonExplained{CRN: crn}
	r := person.Current(x.Snapshot.Week)
	if r == nil {
		r = openRequirement(person)
	}
	if r != nil {
		p.Needed = min(int32(x.Snapshot.Policy.WorthDayMinutes), r.Remaining())
	}
	for _, a := range x.Roster.Appointments {
		if a.CRN != crn {
			continue
		}
		if r != nil && a.Event == r.Event {
			p.Placed += a.Minutes()
		}
		p.Appointments = append(p.Appointments, x.appointment(a))
	}
	if p.Placed < p.Needed || r == nil && len(p.Appointments) == 0 {
		var err error
		if p.NotPlaced, err = x.explains.WhyNot(crn); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// appointment explains one appointment. The caller holds x.mu.
func (x *Explained) appointment(a model.Appointment) AppointmentExplained {
	y := AppointmentExplained{Appointment: a, Cases: x.cases(func(c *Case) bool {
		return slices.Contains(c.Sessions, a.Session) && (len(c.People) == 0 || slices.Contains(c.People, a.CRN))
	})}
	if here, err := x.explains.WhyHere(a.CRN, a.Session); err == nil {
		y.Here = here
	}
	return y
}

// cases gives the cases of rules that must hold which somebody asks about.
func (x *Explained) cases(about func(*Case) bool) []Case {
	var out []Case
	for i := range x.Judgement.MustFix {
		if c := &x.Judgement.MustFix[i]; about(c) {
			out = append(out, *c)
		}
	}
	return out
}
