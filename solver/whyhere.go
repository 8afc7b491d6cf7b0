package solver

import (
	"cmp"
	"slices"

	"github.com/communitypayback/payback/model"
)

// Here says what an appointment is worth beside all that could be instead, in the one currency: millipoints, thousandths of a
// minute of on-time work.
type Here struct {
	Person  model.CRN
	Session model.SessionKey
	// Without is by how much the score gets worse if the person has no such appointment and nothing instead; By tells it apart.
	Without int64
	By      []RulePrice
	// Holds lists the rules that would be broken if they left: the second woman of a group, say.
	Holds []*Constraint
	// Instead lists the other sessions that they could be in instead, best first.
	Instead []Alternative
	// Barred is how many sessions of the week something stands against.
	Barred int
}

// Alternative is a session that somebody could be in instead, and by how much the score would get worse; negative: better.
type Alternative struct {
	Session model.SessionKey
	Cost    int64
	By      []RulePrice
}

// RulePrice is what one rule adds to a price, in millipoints; negative: it gains.
type RulePrice struct {
	Rule  *Constraint
	Price int64
}

// WhyHere tells the price of every alternative to an appointment. A person, session or appointment that there is not is a
// [model.Error] with CodeNotFound.
func (e *Explainer) WhyHere(who model.CRN, session model.SessionKey) (*Here, error) {
	a, err := e.person(who)
	if err != nil {
		return nil, err
	}
	t, ok := e.state.SessionIx(session)
	if !ok || !e.state.Has(a, t) {
		return nil, model.Errorf(model.CodeNotFound, "found %s not in session %v of this roster; expected an appointment that it has", who, session)
	}
	x := &Here{Person: who, Session: session}
	e.try(func() {
		s := e.state
		out := e.newPrices()
		for c, d := range s.DeltaBy(a, t, -1) {
			out.add(c, d[Soft])
			if d[Hard] > 0 {
				x.Holds = append(x.Holds, c)
			}
		}
		s.Leave(a, t)
		left := s.Settle()
		x.Without, x.By = out.total(left[Soft] - e.score[Soft])
		for u := range SessionIx(s.NumSessions()) {
			if u == t || s.Has(a, u) {
				continue
			}
			if !s.Allowed(a, u) {
				x.Barred++
				continue
			}
			if y, ok := e.instead(a, u, left, out); ok {
				x.Instead = append(x.Instead, y)
			} else {
				x.Barred++
			}
		}
	})
	slices.SortStableFunc(x.Instead, func(p, q Alternative) int { return cmp.Compare(p.Cost, q.Cost) })
	return x, nil
}

// instead prices a session for somebody who has left another. False: something stands against it.
func (e *Explainer) instead(a ActorIx, u SessionIx, left Score, out prices) (Alternative, bool) {
	s := e.state
	by := out.clone()
	for c, d := range s.DeltaBy(a, u, 1) {
		if d[Hard] > 0 {
			return Alternative{}, false
		}
		by.add(c, d[Soft])
	}
	mark := s.Mark()
	s.Join(a, u)
	now := s.Settle()
	s.rewind(mark)
	if now[Hard] > left[Hard] {
		return Alternative{}, false
	}
	y := Alternative{Session: s.Session(u).Key}
	y.Cost, y.By = by.total(now[Soft] - e.score[Soft])
	return y, true
}

// prices adds up by constraint.
type prices struct {
	*Problem
	of []int64
}

func (e *Explainer) newPrices() prices {
	return prices{e.state.Problem, make([]int64, len(e.state.constraints))}
}

func (x prices) clone() prices { return prices{x.Problem, slices.Clone(x.of)} }

func (x prices) add(c *Constraint, price int64) {
	for i := range x.constraints {
		if x.constraints[i] == c {
			x.of[i] += price
		}
	}
}

// total lists the prices that are not zero. What the sum has beyond them is of the exact trips, whose rule gets it.
func (x prices) total(sum int64) (int64, []RulePrice) {
	rest := sum
	for _, p := range x.of {
		rest -= p
	}
	var out []RulePrice
	for i, p := range x.of {
		if x.constraints[i] == x.tripRule() {
			p += rest
		}
		if p != 0 {
			out = append(out, RulePrice{x.constraints[i], p})
		}
	}
	return sum, out
}

// tripRule gives the constraint that prices exact trips; nil: none does.
func (p *Problem) tripRule() *Constraint {
	for _, part := range [...]SettlePart{RideMinutes, DrivenKilometres} {
		if p.settle.on[part] {
			return p.constraints[p.settle.constraint[part]]
		}
	}
	return nil
}
