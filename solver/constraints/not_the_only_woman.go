package constraints

import (
	"fmt"
	"iter"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// NotTheOnlyWoman keeps women from being alone among men, and placement preferences. One case: one session with too few
// women, or one appointment against a preference, for however many reasons.
var NotTheOnlyWoman = &solver.Constraint{
	ID:    "not-the-only-woman",
	Title: "No woman is the only one in a mixed group",
	Doc: "A mixed group, induction or training session has no woman or at least the minimum of the policy. Women-only sessions have none but women. A preference for " +
		"a women-only group or an individual placement is kept. People whose sex is recorded as other are placed by hand only.",
	Clauses:    []policy.ClauseID{"not-the-only-woman", "not-the-only-woman.minimum"},
	Level:      solver.Hard,
	Unit:       "sessions or appointments",
	Lack:       "no second woman",
	Violations: aloneAmongMen,
	Lower:      lowerNotTheOnlyWoman,
	Explain: func(_ *model.Snapshot, v solver.Violation) string {
		if len(v.People) == 1 && v.Limit == 0 {
			return fmt.Sprintf("%s may not be at %s: %s.", who(v), whither(v), v.Why)
		}
		return fmt.Sprintf("%s has %s in a mixed group (%s); there must be none or at least %d.", whither(v), count(v.Found, "woman", "women"), who(v), v.Limit)
	},
}

func aloneAmongMen(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
	return cases(r, func(r *model.Roster, report reporter) {
		for _, k := range r.Sessions() {
			at := sn.Project(k.Project)
			if at == nil {
				continue
			}
			for _, a := range r.In(k) {
				if p := sn.Person(a.CRN); p != nil {
					if why := againstPreference(p, at, a.Pinned); why != "" {
						v := here(&a)
						v.Why = why
						report(v)
					}
				}
			}
			if at.WomenOnly || at.Kind == model.Individual {
				continue
			}
			var women []model.CRN
			for _, a := range everyone(r, k) {
				if p := sn.Person(a.CRN); p != nil && p.Sex == model.Female {
					women = append(women, p.CRN)
				}
			}
			if n := len(women); n > 0 && n < int(sn.Policy.WomenMinimum) {
				v := sessionAlone(k, 1)
				v.People, v.Found, v.Limit = women, int64(n), int64(sn.Policy.WomenMinimum)
				report(v)
			}
		}
	})
}

// againstPreference says why a person may not be placed at a project; empty: they may.
func againstPreference(p *model.Person, at *model.Project, pinned bool) string {
	switch {
	case at.WomenOnly && p.Sex != model.Female:
		return "it is for women only"
	case p.Preference == model.FemaleOnlyGroup && !at.WomenOnly:
		return "they are to be placed with women only"
	case p.Preference == model.IndividualOnly && at.Kind == model.Group:
		return "they are to be placed individually"
	case p.Sex == model.SexOther && !pinned:
		return "they are placed by hand only"
	}
	return ""
}

func lowerNotTheOnlyWoman(b *solver.Builder) {
	byHand := pinned(b)
	b.Forbid(solver.People, func(a solver.ActorIx, t solver.SessionIx) bool {
		p, at := b.Person(a), b.Project(t)
		wrongGroup := at.WomenOnly && p.Sex != model.Female || p.Preference == model.FemaleOnlyGroup && !at.WomenOnly
		alone := p.Preference == model.IndividualOnly && at.Kind == model.Group
		return wrongGroup || alone || p.Sex == model.SexOther && !byHand.has(a, t)
	})
	if b.NumSessions() == 0 {
		return
	}
	b.Count(solver.Grid{
		Cols: b.NumSessions(),
		Col: b.EachSession(func(t solver.SessionIx) bool {
			switch b.Project(t).Kind {
			case model.Group, model.Induction, model.ETE:
				return !b.Project(t).WomenOnly
			default:
				return false
			}
		}),
		Weight: func(a solver.ActorIx) int32 {
			if b.Kind(a) == solver.People && b.Person(a).Sex == model.Female {
				return 1
			}
			return 0
		},
		Shape: solver.Hole, Limit: constant(b.Snapshot.Policy.WomenMinimum),
	})
}
