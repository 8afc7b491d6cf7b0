package constraints

import (
	"fmt"
	"iter"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// Health keeps people to work that their health allows. One case: one appointment, for however many reasons, at the site, at
// the wet site or at both; and each wheelchair of a session's riders for which its minibuses have no wheelchair place.
var Health = &solver.Constraint{
	ID:    "health",
	Title: "The work suits the person's health",
	Doc: "Whoever may only do light work, or is pregnant, works where the work is light; whoever may not use power tools, or has epilepsy, where there are none. A person who " +
		"needs it has step-free access, and a wheelchair both step-free and wheelchair access; a project that says neither has none. The wet site is held to the same. A " +
		"wheelchair that rides needs a wheelchair place in a minibus, besides the seat.",
	Clauses:    []policy.ClauseID{"health"},
	Level:      solver.Hard,
	Unit:       "appointments or wheelchair places",
	Violations: unhealthy,
	Lower:      lowerHealth,
	Explain: func(_ *model.Snapshot, v solver.Violation) string {
		if len(v.People) == 0 {
			return fmt.Sprintf("%s %s.", whither(v), v.Why)
		}
		return fmt.Sprintf("%s cannot work at %s: %s.", who(v), whither(v), v.Why)
	},
}

func unhealthy(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
	return cases(r, func(r *model.Roster, report reporter) {
		for _, k := range r.Sessions() {
			at, wet := sn.Project(k.Project), wetSite(sn, r, k)
			for _, a := range r.In(k) {
				p := sn.Person(a.CRN)
				if p == nil {
					continue
				}
				v := here(&a)
				if v.Why = unsuited(p, at); v.Why == "" && wet != nil {
					if why := unsuited(p, wet); why != "" {
						v.Why = fmt.Sprintf("at its wet site %s %s", wet.Code, why)
					}
				}
				if v.Why != "" {
					report(v)
				}
			}
			tooFewWheelchairPlaces(sn, r, k, report)
		}
	})
}

// unsuited says why a project does not suit a person's health; empty: it does, or is not known.
func unsuited(p *model.Person, at *model.Project) string {
	if at == nil {
		return ""
	}
	if at.Demand != model.Light {
		if p.Health.Has(model.LightWorkOnly) {
			return fmt.Sprintf("they may only do light work, and the work there is %v", at.Demand)
		}
		if p.Health.Has(model.Pregnancy) {
			return fmt.Sprintf("they are pregnant, and the work there is %v", at.Demand)
		}
	}
	if at.PowerTools {
		if p.Health.Has(model.NoPowerTools) {
			return "they may not use power tools, which are used there"
		}
		if p.Health.Has(model.Epilepsy) {
			return "they have epilepsy, and power tools are used there"
		}
	}
	if !at.StepFree && p.Health.Has(model.NeedsStepFree) {
		return "they need step-free access, which it does not have"
	}
	if p.Health.Has(model.Wheelchair) && !(at.StepFree && at.Wheelchair) {
		return "they use a wheelchair, and it does not have both step-free and wheelchair access"
	}
	return ""
}

// tooFewWheelchairPlaces counts the riders of a session in wheelchairs for whom its minibuses have no place.
func tooFewWheelchairPlaces(sn *model.Snapshot, r *model.Roster, k model.SessionKey, report reporter) {
	var asked, places int64
	for _, p := range riders(sn, r, k) {
		if p.Health.Has(model.Wheelchair) {
			asked++
		}
	}
	for _, t := range fleet(r, k) {
		if m := sn.Minibus(t.Minibus); m != nil {
			places += int64(m.WheelchairPlaces)
		}
	}
	if asked > places {
		v := sessionAlone(k, asked-places)
		v.Found, v.Limit = asked, places
		v.Why = fmt.Sprintf("needs %s for riders in its minibuses and has %d", count(asked, "wheelchair place", "wheelchair places"), places)
		report(v)
	}
}

func lowerHealth(b *solver.Builder) {
	b.ForbidProject(func(p *model.Person, at *model.Project) bool {
		light := p.Health.Has(model.LightWorkOnly | model.Pregnancy)
		steady := p.Health.Has(model.NoPowerTools | model.Epilepsy)
		level := p.Health.Has(model.NeedsStepFree | model.Wheelchair)
		return light && at.Demand < model.Light || steady && at.PowerTools || level && !at.StepFree ||
			p.Health.Has(model.Wheelchair) && !at.Wheelchair
	})
	b.Count(solver.Grid{ // wheelchairs that ride, less the places for them
		Cols: b.NumSessions(),
		Col:  b.EachSession(func(solver.SessionIx) bool { return true }),
		Weight: func(a solver.ActorIx) int32 {
			switch b.Kind(a) {
			case solver.Minibuses:
				return -b.Minibus(a).WheelchairPlaces
			case solver.People:
				if b.Person(a).Health.Has(model.Wheelchair) {
					return 1
				}
			case solver.Supervisors:
			}
			return 0
		},
		Pair:  b.Rides,
		Shape: solver.Over, Limit: constant(0),
	})
}
