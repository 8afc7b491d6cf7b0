package api

import (
	"slices"

	paybackv1 "github.com/communitypayback/payback/api/gen/payback/v1"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
)

func judgementMessage(j *scheduler.Judgement) *paybackv1.Judgement {
	m := &paybackv1.Judgement{ValueMillipoints: j.Value, MustFix: caseMessages(j.MustFix), Waived: caseMessages(j.Waived)}
	for _, p := range j.Prices {
		m.Prices = append(m.Prices, &paybackv1.RulePrice{Rule: p.Rule, Cases: count(p.Cases), CostMillipoints: p.Cost})
	}
	return m
}

func caseMessages(all []scheduler.Case) []*paybackv1.RuleViolation {
	var out []*paybackv1.RuleViolation
	for i := range all {
		c := &all[i]
		out = append(out, &paybackv1.RuleViolation{
			Rule: c.Rule, Title: c.Title, Message: c.Sentence, Amount: c.Amount, Unit: c.Unit, Item: c.Item,
			Releasable: c.Releasable, Released: c.Released, Sessions: sessionTexts(c.Sessions), Crns: texts(c.People),
			SupervisorOfficerCodes: texts(c.Supervisors), Minibuses: texts(c.Minibuses),
		})
	}
	return out
}

// mustFix gives what breaks a rule that must hold among all that was found.
func mustFix(found []solver.Violation, catalogue []*solver.Constraint) []solver.Violation {
	var out []solver.Violation
	for _, v := range found {
		if c := ruleOf(catalogue, v.Constraint); c != nil && c.Level == solver.Hard && !v.Waived {
			out = append(out, v)
		}
	}
	return out
}

// violationMessages tells what was found in the words of its rules.
func violationMessages(sn *model.Snapshot, found []solver.Violation, catalogue []*solver.Constraint) []*paybackv1.RuleViolation {
	var out []*paybackv1.RuleViolation
	for _, v := range found {
		c := ruleOf(catalogue, v.Constraint)
		out = append(out, &paybackv1.RuleViolation{
			Rule: c.ID, Title: c.Title, Message: c.Explain(sn, v), Amount: v.Amount, Unit: c.Unit, Item: scheduler.ReleaseItem(v),
			Sessions: sessionTexts(v.Sessions), Crns: texts(v.People), SupervisorOfficerCodes: texts(v.Supervisors), Minibuses: texts(v.Minibuses),
		})
	}
	return out
}

// ruleOf gives a rule of the catalogue, or nil.
func ruleOf(catalogue []*solver.Constraint, id string) *solver.Constraint {
	if i := slices.IndexFunc(catalogue, func(c *solver.Constraint) bool { return c.ID == id }); i >= 0 {
		return catalogue[i]
	}
	return nil
}
