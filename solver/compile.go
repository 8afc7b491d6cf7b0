package solver

import (
	"fmt"
	"math"

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
		p.settle = settling{}
	}
	p.arrange()
	p.fillForbids()
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

// fillForbids asks every forbidding constraint about every pair.
func (p *Problem) fillForbids() {
	for i := range p.forbids {
		f := &p.forbids[i]
		n := p.NumActors(f.kind)
		f.bits = make([]uint64, n*p.words)
		parallel(n, func(i int) {
			a := p.first[f.kind] + ActorIx(i)
			row := f.bits[i*p.words : (i+1)*p.words]
			if f.project == nil {
				for t := range SessionIx(p.NumSessions()) {
					if f.pair(a, t) {
						row[t>>6] |= 1 << (uint(t) & 63)
					}
				}
				return
			}
			barred := make([]bool, p.projects)
			for k := range barred {
				barred[k] = f.project(p.Person(a), p.ProjectAt(int32(k)))
			}
			for t, k := range p.project {
				if barred[k] {
					row[t>>6] |= 1 << (uint(t) & 63)
				}
			}
		})
	}
}

// fillPairs adds the forbidding constraints and the costs up, pair by pair.
func (p *Problem) fillPairs() error {
	n, sessions := int(p.first[kinds]), p.NumSessions()
	p.alone = make([]worth, n*sessions)
	p.allowed = make([]uint64, n*p.words)
	tooDear := make([]bool, n)
	parallel(n, func(i int) {
		a := ActorIx(i)
		k := p.Kind(a)
		pairs := p.alone[i*sessions : (i+1)*sessions]
		for x := range p.forbids {
			f := &p.forbids[x]
			if f.kind != k {
				continue
			}
			row := f.bits[int(a-p.first[k])*p.words:]
			for t := range pairs {
				pairs[t].broken += int16(row[t>>6] >> (uint(t) & 63) & 1)
			}
		}
		for t := range pairs {
			if pairs[t].broken == 0 {
				p.allowed[i*p.words+t>>6] |= 1 << (uint(t) & 63)
			}
			var sum int64
			for _, c := range p.costs {
				if c.kind == k {
					sum += c.price(a, SessionIx(t))
				}
			}
			if sum > math.MaxInt32 || sum < math.MinInt32 {
				tooDear[i] = true
			}
			pairs[t].soft = int32(sum)
			if k == People && len(p.crowds) > 0 {
				at := p.project[t]
				pairs[t].counted = int16(p.Snapshot.CountedFrom(p.Person(a), p.Session(SessionIx(t)), p.ProjectAt(at), p.Own(a, at)))
			}
		}
	})
	for i, bad := range tooDear {
		if bad {
			return model.Errorf(model.CodeInvalid, "the prices of one pair of %v add up to more than %d millipoints; lower the prices in the policy",
				p.name(ActorIx(i)), math.MaxInt32)
		}
	}
	for _, r := range p.requires {
		p.alone[int(r.actor)*sessions+int(r.session)].broken--
		p.base[Hard]++
	}
	return nil
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
