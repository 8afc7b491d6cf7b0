package scheduler

import (
	"context"
	"slices"
	"strings"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// RuleExplained is a rule of the catalogue and what the policy says of it on a day.
type RuleExplained struct {
	*solver.Constraint

	On     bool
	Values []PolicyValue
}

// PolicyValue is a clause of the policy with its value in force.
type PolicyValue struct {
	policy.Clause

	Value int64
	Since string // 2026-04-03
}

// Rules lists the catalogue as a region's policy has it on a day; 0: today. It needs any role.
func (s *Service) Rules(_ context.Context, who model.Principal, region string, on model.Date) ([]RuleExplained, error) {
	if err := may(who, region, readers); err != nil {
		return nil, err
	}
	if on == 0 {
		on = model.Date(s.instant() / (24 * 60))
		if c, err := NewCalendar(s.Policy.Zone, on, on); err == nil {
			on, _ = c.Local(s.instant())
		}
	}
	return RulesOn(s.Policy, s.Constraints, on), nil
}

// RulesOn lists the catalogue as a profile has it on a day.
func RulesOn(p *policy.Profile, constraints []*solver.Constraint, on model.Date) []RuleExplained {
	book := p.On(on.String())
	var out []RuleExplained
	for _, c := range constraints {
		out = append(out, RuleExplained{Constraint: c, On: book.Applies(policy.ClauseID(c.ID)), Values: valuesOf(p, c, on)})
	}
	return out
}

// valuesOf gives the clauses of a rule with their values on a day.
func valuesOf(p *policy.Profile, c *solver.Constraint, on model.Date) []PolicyValue {
	var out []PolicyValue
	for _, cl := range p.Clauses {
		if slices.Contains(c.Clauses, cl.ID) || strings.HasPrefix(string(cl.ID), c.ID+".") {
			now := cl.ValueOn(on.String())
			out = append(out, PolicyValue{cl, now.Value, now.From})
		}
	}
	return out
}
