package scheduler

import (
	"context"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
)

// RecommendRequest asks who or what would do best in a roster. One of the four questions is asked: sessions for CRN, or people,
// supervisors or minibuses for Session.
type RecommendRequest struct {
	Kind    RecommendKind
	CRN     model.CRN        // for sessions
	Session model.SessionKey // for the others; for sessions, one that the person leaves, or none
	// Instead is a supervisor or minibus that leaves the session; empty: none does.
	Instead string
	Want    int // at most so many options
}

// RecommendKind is what is recommended. The list is closed.
type RecommendKind string

// The kinds.
const (
	BestSessions    RecommendKind = "sessions"
	BestPeople      RecommendKind = "people"
	BestSupervisors RecommendKind = "supervisors"
	BestMinibuses   RecommendKind = "minibuses"
)

// Recommend says who or what would do best in a roster of the record, with what it costs and who else has to come along, and
// otherwise what stands against it. It changes nothing, and needs any role.
func (s *Service) Recommend(ctx context.Context, who model.Principal, region string, ref RosterRef, q RecommendRequest) (*solver.Recommendation, *Explained, error) {
	x, err := s.Explained(ctx, who, region, ref)
	if err != nil {
		return nil, nil, err
	}
	r, err := x.Recommend(q)
	return r, x, err
}

// Recommend answers as [Service.Recommend] does.
func (x *Explained) Recommend(q RecommendRequest) (*solver.Recommendation, error) {
	if q.Session.Project != "" {
		var err error
		if q.Session, err = FindSession(x.Snapshot, q.Session); err != nil {
			return nil, err
		}
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	switch q.Kind {
	case BestSessions:
		return x.explains.RecommendSessions(q.CRN, q.Session, q.Want)
	case BestPeople:
		return x.explains.RecommendPeople(q.Session, q.Want)
	case BestSupervisors:
		return x.explains.RecommendSupervisors(q.Session, model.SupervisorCode(q.Instead), q.Want)
	case BestMinibuses:
		return x.explains.RecommendMinibuses(q.Session, model.Registration(q.Instead), q.Want)
	}
	return nil, model.Errorf(model.CodeUsage, "found the question %q; expected sessions, people, supervisors or minibuses", q.Kind)
}

// Cases words what the words of rules found in the roster or in a change of it.
func (x *Explained) Cases(found []solver.Violation) []Case {
	return casesOf(x.Snapshot, found, x.constraints)
}
