package scheduler

import (
	"context"

	"github.com/communitypayback/payback/model"
)

// ExplainAppointment says what an appointment of a roster is worth beside all that could be instead, and what it breaks. The
// session may be given without a start, as -1. It needs any role.
func (s *Service) ExplainAppointment(ctx context.Context, who model.Principal, region string, ref RosterRef, crn model.CRN, session model.SessionKey) (*AppointmentExplained, *Explained, error) {
	x, err := s.Explained(ctx, who, region, ref)
	if err != nil {
		return nil, nil, err
	}
	key, err := FindSession(x.Snapshot, session)
	if err != nil {
		return nil, nil, err
	}
	for _, a := range x.Roster.In(key) {
		if a.CRN == crn {
			x.mu.Lock()
			defer x.mu.Unlock()
			y := x.appointment(a)
			return &y, x, nil
		}
	}
	return nil, nil, model.Errorf(model.CodeNotFound, "found %s not in session %v of this roster; expected an appointment that it has", crn, key)
}
