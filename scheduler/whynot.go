package scheduler

import (
	"context"
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
)

// WhyNot says why somebody is not in some sessions of a roster, or with none given in any of its week, what is scarce, and the
// cheapest change that would make it possible. Sessions may be given without a start, as -1, where the project has one that
// day. It needs any role.
func (s *Service) WhyNot(ctx context.Context, who model.Principal, region string, ref RosterRef, crn model.CRN, sessions ...model.SessionKey) (*solver.Answer, *Explained, error) {
	x, err := s.Explained(ctx, who, region, ref)
	if err != nil {
		return nil, nil, err
	}
	a, err := x.WhyNot(crn, sessions...)
	return a, x, err
}

// WhyNot answers as [Service.WhyNot] does.
func (x *Explained) WhyNot(crn model.CRN, sessions ...model.SessionKey) (*solver.Answer, error) {
	sessions = slices.Clone(sessions)
	for i, k := range sessions {
		var err error
		if sessions[i], err = FindSession(x.Snapshot, k); err != nil {
			return nil, err
		}
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.explains.WhyNot(crn, sessions...)
}
