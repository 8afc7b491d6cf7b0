package scheduler

import (
	"slices"
	"strings"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// PriceRequest asks for other prices than the policy's, for one plan. Only what is priced can be weighed: no request reaches a
// rule that must hold.
type PriceRequest struct {
	Prices  []policy.Asked // of single clauses
	Weights []Weight       // of whole rules
}

// Weight asks for every price of a rule in percent of the policy's.
type Weight struct {
	Rule    string
	Percent int32 // 0 to 10,000; 100: as the policy has it
}

// maxPercent bounds a weight.
const maxPercent = 10_000

// Of gives the prices that are asked for, of each clause one, in catalogue order. What cannot be asked is a [model.Error] with
// CodeUsage.
func (q PriceRequest) Of(p *policy.Profile, constraints []*solver.Constraint, week model.Week) ([]policy.Asked, error) {
	asked := slices.Clone(q.Prices)
	for _, w := range q.Weights {
		if w.Percent < 0 || w.Percent > maxPercent {
			return nil, model.Errorf(model.CodeUsage, "found weight %d for %s; expected 0 to %d percent", w.Percent, w.Rule, maxPercent)
		}
		prices := pricesOf(p, constraints, w.Rule)
		if len(prices) == 0 {
			return nil, model.Errorf(model.CodeUsage, "found a weight for %q; expected a priced rule, which is one of %s", w.Rule, strings.Join(priced(p, constraints), ", "))
		}
		for _, c := range prices {
			asked = append(asked, policy.Asked{Clause: c.ID, Value: c.ValueOn(week.Monday().String()).Value * int64(w.Percent) / 100})
		}
	}
	var order []policy.ClauseID
	for _, c := range constraints {
		for _, x := range pricesOf(p, constraints, c.ID) {
			order = append(order, x.ID)
		}
	}
	for _, a := range asked {
		if !slices.Contains(order, a.Clause) {
			return nil, model.Errorf(model.CodeUsage, "found a price for %q; expected a price of a priced rule; `payback explain rule` lists them", a.Clause)
		}
	}
	if _, err := p.With(asked); err != nil {
		return nil, model.Errorf(model.CodeUsage, "the prices asked for: %v", err)
	}
	slices.SortFunc(asked, func(a, b policy.Asked) int { return slices.Index(order, a.Clause) - slices.Index(order, b.Clause) })
	return asked, nil
}

// pricesOf gives the clauses of a rule that are prices; of a rule that must hold, none.
func pricesOf(p *policy.Profile, constraints []*solver.Constraint, rule string) []policy.Clause {
	i := slices.IndexFunc(constraints, func(c *solver.Constraint) bool { return c.ID == rule })
	if i < 0 || constraints[i].Level != solver.Soft {
		return nil
	}
	var out []policy.Clause
	for _, id := range constraints[i].Clauses {
		if c, ok := p.Clause(id); ok && strings.HasPrefix(c.Unit, "millipoints") {
			out = append(out, c)
		}
	}
	return out
}

// priced lists the rules that have prices.
func priced(p *policy.Profile, constraints []*solver.Constraint) []string {
	var out []string
	for _, c := range constraints {
		if len(pricesOf(p, constraints, c.ID)) > 0 {
			out = append(out, c.ID)
		}
	}
	return out
}

// Priced gives a week with the prices that are asked for; none: the week itself.
func Priced(sn *model.Snapshot, p *policy.Profile, asked []policy.Asked) (*model.Snapshot, error) {
	if len(asked) == 0 {
		return sn, nil
	}
	with, err := p.With(asked)
	if err != nil {
		return nil, err
	}
	out := *sn
	out.Policy = with.On(sn.Policy.On)
	return &out, nil
}

// PriceEffect is a price that was asked for, and what it does to a plan.
type PriceEffect struct {
	Rule   string // whose price it is
	Clause policy.ClauseID
	Asked  int64 // in the clause's unit
	Usual  int64 // what the policy has
	Cases  int   // of the rule in the plan
	Cost   int64 // millipoints: what they cost with all that was asked
	Before int64 // millipoints: what they would cost were this one price as usual
}

// echoed gives the prices that were asked for beside the policy's, before there is a plan to measure.
func echoed(week model.Week, p *policy.Profile, constraints []*solver.Constraint, asked []policy.Asked) []PriceEffect {
	var out []PriceEffect
	for _, a := range asked {
		i := slices.IndexFunc(constraints, func(c *solver.Constraint) bool { return slices.Contains(c.Clauses, a.Clause) })
		c, _ := p.Clause(a.Clause)
		out = append(out, PriceEffect{Rule: constraints[i].ID, Clause: a.Clause, Asked: a.Value, Usual: c.ValueOn(week.Monday().String()).Value})
	}
	return out
}

// PriceEffects measures what each price that was asked for, as [PriceRequest.Of] gives them, does to a roster: what the rule's
// cases cost with it, and without it.
func PriceEffects(sn *model.Snapshot, r *model.Roster, p *policy.Profile, constraints []*solver.Constraint, asked []policy.Asked) ([]PriceEffect, error) {
	out := echoed(sn.Week, p, constraints, asked)
	for n := range out {
		e := &out[n]
		rule := []*solver.Constraint{ruleOf(constraints, e.Rule)}
		for _, x := range []struct {
			asked []policy.Asked
			cost  *int64
		}{{slices.Delete(slices.Clone(asked), n, n+1), &e.Before}, {asked, &e.Cost}} {
			with, err := p.With(x.asked)
			if err != nil {
				return nil, err
			}
			as := *sn
			as.Policy = with.On(sn.Policy.On)
			found := solver.Check(&as, r, rule)
			e.Cases, *x.cost = len(found), solver.Total(found, rule)[solver.Soft]
		}
	}
	return out, nil
}
