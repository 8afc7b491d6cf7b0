package constraints

import (
	"fmt"
	"iter"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// RiskOfHarm keeps people within the risk a project and its supervisors can carry. One case: one appointment, for however
// many reasons, or one supervisor on a session who lacks the training it needs.
var RiskOfHarm = &solver.Constraint{
	ID:    "risk-of-harm",
	Title: "The risk of harm fits the place and the supervisors",
	Doc: "A person's level of risk is within the project's ceiling. High risk needs an approval by name and date and never works unsupervised; very high is besides " +
		"placed by hand only, at projects that take high. The wet site is held to the same. Every supervisor of someone at high risk or on a restricted placement is trained for it, with the training in date.",
	Clauses:    []policy.ClauseID{"risk-of-harm"},
	Level:      solver.Hard,
	Unit:       "unsafe appointments or duties",
	Violations: unsafe,
	Lower:      lowerRiskOfHarm,
	Explain: func(_ *model.Snapshot, v solver.Violation) string {
		return fmt.Sprintf("%s may not be at %s: %s.", who(v), whither(v), v.Why)
	},
}

func unsafe(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
	return cases(r, func(r *model.Roster, report reporter) {
		for _, k := range r.Sessions() {
			needed := false
			for _, a := range r.In(k) {
				p := sn.Person(a.CRN)
				if p == nil {
					continue
				}
				needed = needed || p.NeedsTrainedSupervisor()
				why := tooRisky(p, sn.Project(k.Project), a.Pinned)
				if wet := wetSite(sn, r, k); why == "" && wet != nil {
					if why = tooRisky(p, wet, a.Pinned); why != "" {
						why = fmt.Sprintf("at its wet site %s, %s", wet.Code, why)
					}
				}
				if why != "" {
					v := here(&a)
					v.Why = why
					report(v)
				}
			}
			if !needed || !isGroup(sn, k) {
				continue
			}
			for _, c := range crew(r, k) {
				if s := sn.Supervisor(c); s != nil && !s.TrainedOn(k.Date).Has(model.TrainedHighRisk) {
					v := onDuty(model.Duty{Session: k, Supervisor: c})
					v.Why = "someone there needs a supervisor trained for high risk on that day"
					report(v)
				}
			}
		}
	})
}

// tooRisky says why a person may not be placed at a project; empty: they may.
func tooRisky(p *model.Person, at *model.Project, pinned bool) string {
	if p.Risk >= model.HighRisk {
		if p.ApprovedBy == "" || p.ApprovedOn == 0 {
			return fmt.Sprintf("their risk is %v and no approval by name and date is recorded", p.Risk)
		}
		if at != nil && at.Unsupervised() {
			return fmt.Sprintf("their risk is %v and nobody supervises there", p.Risk)
		}
	}
	if p.Risk == model.VeryHighRisk && !pinned {
		return "very high risk is placed by hand only"
	}
	asked := p.Risk
	if asked == model.VeryHighRisk {
		asked = model.HighRisk // once approved and placed by hand
	}
	if at != nil && asked > at.Ceiling {
		return fmt.Sprintf("their risk is %v and the project takes %v at most", p.Risk, at.Ceiling)
	}
	return ""
}

func lowerRiskOfHarm(b *solver.Builder) {
	byHand := pinned(b)
	tooRisky := func(a solver.ActorIx, k int32) bool {
		p, at := b.Person(a), b.ProjectAt(k)
		if p.Risk < model.HighRisk {
			return at.Ceiling < p.Risk
		}
		approved := p.ApprovedBy != "" && p.ApprovedOn != 0
		return !approved || at.Kind == model.Individual || at.Kind == model.ETE || at.Ceiling < model.HighRisk
	}
	b.ForbidEither(solver.People, tooRisky, func(a solver.ActorIx, t solver.SessionIx) bool {
		return tooRisky(a, b.ProjectIx(t)) || b.Person(a).Risk == model.VeryHighRisk && !byHand.has(a, t)
	})
	b.ForbidHost(func(a solver.ActorIx, _ solver.SessionIx, host int32) bool {
		p, at := b.Person(a), b.ProjectAt(host)
		if p.Risk < model.HighRisk {
			return p.Risk > at.Ceiling
		}
		return at.Ceiling != model.HighRisk || at.Kind == model.ETE || at.Kind == model.Individual
	})
	untrained := func(a solver.ActorIx, d model.Date) int32 {
		if b.Supervisor(a).TrainedOn(d).Has(model.TrainedHighRisk) {
			return 0
		}
		return 1
	}
	for _, days := range periods(b, solver.Supervisors, untrained) {
		b.Count(solver.Grid{
			Cols: b.NumSessions(),
			Col: b.EachSession(func(t solver.SessionIx) bool {
				return b.Project(t).Kind == model.Group && days.holds(b.Session(t).Key.Date)
			}),
			Weight: func(a solver.ActorIx) int32 {
				if b.Kind(a) == solver.Supervisors {
					return untrained(a, days.first)
				}
				return 0
			},
			Guard: those(b, solver.People, func(a solver.ActorIx) bool { return b.Person(a).NeedsTrainedSupervisor() }),
			Shape: solver.Over, When: solver.Guarded, Limit: constant(0),
		})
	}
}
