package constraints

import (
	"fmt"
	"iter"
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// NotTheOnlyWoman keeps women from being alone among men, and placement preferences. One case: one session with too few
// women, or one appointment against a preference, for however many reasons.
var NotTheOnlyWoman = &solver.Constraint{
	ID:    "not-the-only-woman",
	Title: "No woman is the only one in a mixed group",
	Doc: "A mixed group, induction or training session has no woman or at least the minimum of the policy. Women-only sessions have none but women. Neither is a woman " +
		"the only one at a wet site, with all who are there at the time. A preference for a women-only group or an individual placement is kept. People whose sex is recorded as other are placed by hand only.",
	Clauses:    []policy.ClauseID{"not-the-only-woman", "not-the-only-woman.minimum"},
	Level:      solver.Hard,
	Unit:       "sessions or appointments",
	Lack:       "no second woman",
	Violations: aloneAmongMen,
	Lower:      lowerNotTheOnlyWoman,
	Explain: func(_ *model.Snapshot, v solver.Violation) string {
		if v.Limit == 0 {
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
					why := againstPreference(p, at, a.Pinned)
					if why == "" {
						why = againstPreferenceWhenWet(sn, r, p, k)
					}
					if why != "" {
						v := here(&a)
						v.Why = why
						report(v)
					}
				}
			}
			if !at.WomenOnly && at.Kind != model.Individual {
				tooFewWomen(sn, r, k, report)
			}
		}
	})
}

// tooFewWomen reports a mixed session with too few women, there or with all who are at its wet site with it.
func tooFewWomen(sn *model.Snapshot, r *model.Roster, k model.SessionKey, report reporter) {
	least := int(sn.Policy.WomenMinimum)
	women := womenAmong(sn, r, k)
	if len(women) == 0 { // and with enough of them there are enough at the wet site
		women = womenThere(sn, r, k)
	}
	if n := len(women); n > 0 && n < least {
		v := sessionAlone(k, 1)
		v.People, v.Found, v.Limit = women, int64(n), int64(least)
		report(v)
	}
}

// womenAmong lists the women of some sessions, each once.
func womenAmong(sn *model.Snapshot, r *model.Roster, keys ...model.SessionKey) []model.CRN {
	var women []model.CRN
	for _, k := range keys {
		for _, a := range everyone(r, k) {
			if p := sn.Person(a.CRN); p != nil && p.Sex == model.Female {
				women = append(women, p.CRN)
			}
		}
	}
	slices.Sort(women)
	return slices.Compact(women)
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

// againstPreferenceWhenWet says why a person may not be at the wet site of their session; empty: they may, or it has none.
func againstPreferenceWhenWet(sn *model.Snapshot, r *model.Roster, p *model.Person, k model.SessionKey) string {
	switch wet := wetSite(sn, r, k); {
	case wet == nil:
	case wet.WomenOnly && p.Sex != model.Female:
		return fmt.Sprintf("its wet site %s is for women only", wet.Code)
	case p.Preference == model.FemaleOnlyGroup && !wet.WomenOnly && len(othersThere(sn, r, k)) > 0:
		return fmt.Sprintf("they are to be placed with women only, and others are at its wet site %s", wet.Code)
	}
	return ""
}

// womenThere lists the women at the wet site of a mixed group while it is there.
func womenThere(sn *model.Snapshot, r *model.Roster, k model.SessionKey) []model.CRN {
	wet := wetSite(sn, r, k)
	if wet == nil || wet.WomenOnly {
		return nil
	}
	return womenAmong(sn, r, append(othersThere(sn, r, k), k)...)
}

func lowerNotTheOnlyWoman(b *solver.Builder) {
	byHand := pinned(b)
	wrong := func(a solver.ActorIx, k int32) bool {
		p, at := b.Person(a), b.ProjectAt(k)
		wrongGroup := at.WomenOnly && p.Sex != model.Female || p.Preference == model.FemaleOnlyGroup && !at.WomenOnly
		return wrongGroup || p.Preference == model.IndividualOnly && at.Kind == model.Group
	}
	b.ForbidEither(solver.People, wrong, func(a solver.ActorIx, t solver.SessionIx) bool {
		return wrong(a, b.ProjectIx(t)) || b.Person(a).Sex == model.SexOther && !byHand.has(a, t)
	})
	b.ForbidHost(func(a solver.ActorIx, _ solver.SessionIx, host int32) bool {
		return b.ProjectAt(host).WomenOnly && b.Person(a).Sex != model.Female
	})
	woman := func(a solver.ActorIx) bool { return b.Person(a).Sex == model.Female }
	b.Company(b.Snapshot.Policy.WomenMinimum, woman, func(t solver.SessionIx) bool { return !b.Project(t).WomenOnly })
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
		Weight: those(b, solver.People, woman),
		Shape:  solver.Hole, Limit: constant(b.Snapshot.Policy.WomenMinimum),
	})
}
