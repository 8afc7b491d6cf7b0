package scheduler

import (
	"context"
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
)

// SessionExplained says why a session is as it is.
type SessionExplained struct {
	Session     model.SessionKey
	People      []model.CRN
	Supervisors []model.SupervisorCode
	Minibuses   []model.Registration
	Places      int32 // the site's, or what its supervisors may lead if that is less
	Cases       []Case
	Prices      []Price // what is paid for it and gained by it
	Reach       *solver.Reach
}

// ExplainSession says who is in a session of a roster, what is broken and paid there, and what keeps others out. The session may
// be given without a start, as -1. It needs any role.
func (s *Service) ExplainSession(ctx context.Context, who model.Principal, region string, ref RosterRef, session model.SessionKey) (*SessionExplained, *Explained, error) {
	x, err := s.Explained(ctx, who, region, ref)
	if err != nil {
		return nil, nil, err
	}
	y, err := x.Session(session)
	return y, x, err
}

// Session answers as [Service.ExplainSession] does.
func (x *Explained) Session(session model.SessionKey) (*SessionExplained, error) {
	key, err := FindSession(x.Snapshot, session)
	if err != nil {
		return nil, err
	}
	y := &SessionExplained{Session: key, Cases: x.cases(func(c *Case) bool { return slices.Contains(c.Sessions, key) })}
	for _, a := range x.Roster.In(key) {
		y.People = append(y.People, a.CRN)
	}
	for _, d := range x.Roster.DutiesOf(key) {
		y.Supervisors = append(y.Supervisors, d.Supervisor)
	}
	for _, t := range x.Roster.TripsOf(key) {
		y.Minibuses = append(y.Minibuses, t.Minibus)
	}
	if at := x.Snapshot.Project(key.Project); at != nil {
		y.Places = PlacesIn(x.Snapshot, x.Roster, at, key)
	}
	paid := Judgement{}
	for _, v := range x.found {
		if ruleOf(x.constraints, v.Constraint).Level == solver.Soft && slices.Contains(v.Sessions, key) {
			paid.pay(v)
		}
	}
	y.Prices = paid.Prices
	x.mu.Lock()
	defer x.mu.Unlock()
	y.Reach, err = x.explains.Reach(key)
	return y, err
}
