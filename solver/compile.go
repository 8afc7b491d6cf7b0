package solver

import (
	"fmt"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
)

// Compile lowers the constraints that the snapshot's policy switches on into a Problem. It refuses a constraint with a
// part missing and a snapshot that is not valid.
func Compile(sn *model.Snapshot, cs []*Constraint) (*Problem, error) {
	return compileWith(sn, cs, true)
}

// CompileEstimated is Compile without the exact parts of trips: ways by minibus are priced by estimate, and take groups to every
// wet site. It is the problem that an export to a linear solver states, so that both solve the same one.
func CompileEstimated(sn *model.Snapshot, cs []*Constraint) (*Problem, error) {
	return compileWith(sn, cs, false)
}

func compileWith(sn *model.Snapshot, cs []*Constraint, exact bool) (*Problem, error) {
	if sn.Policy == nil {
		return nil, model.Errorf(model.CodeInvalid, "the snapshot holds no policy; load a profile first")
	}
	p, err := newProblem(sn)
	if err != nil {
		return nil, err
	}
	b := &Builder{Problem: p}
	for _, c := range inForce(sn, cs) {
		if err := c.Validate(); err != nil {
			return nil, fmt.Errorf("compile: %w", err)
		}
		b.current = len(p.constraints)
		p.constraints = append(p.constraints, c)
		c.Lower(b)
	}
	if !exact {
		p.estimated, p.settle = true, settling{}
	}
	p.arrange()
	if err := p.fillPairs(); err != nil {
		return nil, err
	}
	p.arrangeWet()
	for _, x := range p.baselines {
		p.base = p.base.Add(x.score)
	}
	return p, nil
}

// inForce drops the constraints that the policy switches off.
func inForce(sn *model.Snapshot, cs []*Constraint) []*Constraint {
	var on []*Constraint
	for _, c := range cs {
		if sn.Policy.Applies(policy.ClauseID(c.ID)) {
			on = append(on, c)
		}
	}
	return on
}

// name says which actor an index is.
func (p *Problem) name(a ActorIx) string {
	switch p.Kind(a) {
	case People:
		return "person " + string(p.Person(a).CRN)
	case Supervisors:
		return "supervisor " + string(p.Supervisor(a).Code)
	default:
		return "minibus " + string(p.Minibus(a).Registration)
	}
}
