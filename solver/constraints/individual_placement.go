package constraints

import (
	"fmt"
	"iter"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// IndividualPlacement keeps people who are barred from it from unsupervised work. One case: one appointment.
var IndividualPlacement = &solver.Constraint{
	ID:    "individual-placement",
	Title: "Unsupervised work only for those who may",
	Doc: "People who are barred from individual placements, or whose placement is restricted, do not work where nobody supervises them: at individual placements or in " +
		"education, training and employment. Nor do they move to such a site when it rains.",
	Clauses:    []policy.ClauseID{"individual-placement"},
	Level:      solver.Hard,
	Unit:       "appointments unsupervised",
	Violations: onTheirOwn,
	Lower:      lowerIndividualPlacement,
	Explain: func(_ *model.Snapshot, v solver.Violation) string {
		return fmt.Sprintf("%s may not work unsupervised, as at %s: %s.", who(v), whither(v), v.Why)
	},
}

func onTheirOwn(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
	return cases(r, func(r *model.Roster, report reporter) {
		for i := range r.Appointments {
			a := &r.Appointments[i]
			p, at, wet := sn.Person(a.CRN), sn.Project(a.Session.Project), wetSite(sn, r, a.Session)
			if p == nil || (at == nil || !at.Unsupervised()) && (wet == nil || !wet.Unsupervised()) {
				continue
			}
			if barring := p.Flags & (model.IndividualBarred | model.RestrictedPlacement); barring != 0 {
				v := here(a)
				v.Why = fmt.Sprintf("their record says %v", barring)
				if at == nil || !at.Unsupervised() {
					v.Why = fmt.Sprintf("%s, and nobody supervises its wet site %s", v.Why, wet.Code)
				}
				report(v)
			}
		}
	})
}

func lowerIndividualPlacement(b *solver.Builder) {
	b.ForbidProject(func(p *model.Person, at *model.Project) bool {
		alone := at.Kind == model.Individual || at.Kind == model.ETE
		return alone && (p.Flags.Has(model.IndividualBarred) || p.Flags.Has(model.RestrictedPlacement))
	})
}
