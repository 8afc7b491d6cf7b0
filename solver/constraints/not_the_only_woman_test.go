package constraints_test

import (
	"testing"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver/constraints"
)

func TestNotTheOnlyWoman(t *testing.T) {
	women := func(people ...model.CRN) func(*model.Snapshot) {
		return func(sn *model.Snapshot) {
			for _, c := range people {
				person(sn, c).Sex = model.Female
			}
		}
	}
	wants := func(p model.Preference) func(*model.Snapshot) {
		return func(sn *model.Snapshot) { person(sn, ann).Preference = p }
	}
	womenOnly := func(sn *model.Snapshot) { sn.Project(group).WomenOnly = true }
	kind := func(k model.Kind) func(*model.Snapshot) {
		return func(sn *model.Snapshot) { sn.Project(group).Kind = k }
	}
	three := func(sn *model.Snapshot) { sn.Policy.WomenMinimum = 3 }
	other := func(sn *model.Snapshot) { person(sn, ann).Sex = model.SexOther }
	keepsOrBreaks(t, constraints.NotTheOnlyWoman, []clause{
		{"men among themselves", nil, []part{goes(group, mon, ann, bob)}, 0},
		{"one woman among men", women(ann), []part{goes(group, mon, ann, bob)}, 1},
		{"one woman by herself in a mixed group", women(ann), []part{goes(group, mon, ann)}, 1},
		{"two women among men", women(ann, bob), []part{goes(group, mon, ann, bob, cat)}, 0},
		{"two women where the policy asks for three", both(women(ann, bob), three), []part{goes(group, mon, ann, bob, cat)}, 1},
		{"one woman in each of two sessions", women(ann, bob), []part{goes(group, mon, ann, cat), goes(group, tue, bob, cat)}, 2},
		{"one woman in a women-only session", both(women(ann), womenOnly), []part{goes(group, mon, ann)}, 0},
		{"one woman at an induction", women(ann), []part{goes(start, mon, ann)}, 1},
		{"one woman in training", both(women(ann), kind(model.ETE)), []part{goes(group, mon, ann)}, 1},
		{"one woman on an individual placement", women(ann), []part{goes(alone, mon, ann)}, 0},
		{"a man in a women-only session", womenOnly, []part{goes(group, mon, ann)}, 1},
		{"a wish for women only, kept", all(women(ann, bob), womenOnly, wants(model.FemaleOnlyGroup)), []part{goes(group, mon, ann, bob)}, 0},
		{"a wish for women only, in a mixed group", all(women(ann, bob), wants(model.FemaleOnlyGroup)), []part{goes(group, mon, ann, bob)}, 1},
		{"a wish to be alone, kept", wants(model.IndividualOnly), []part{goes(alone, mon, ann)}, 0},
		{"a wish to be alone, in a group", wants(model.IndividualOnly), []part{goes(group, mon, ann)}, 1},
		{"sex other, placed by the engine", other, []part{goes(group, mon, ann)}, 1},
		{"sex other, placed by hand", other, []part{changed(goes(group, mon, ann), func(a *model.Appointment) { a.Pinned = true })}, 0},
		{"several reasons are one case", all(other, womenOnly, wants(model.IndividualOnly)), []part{goes(group, mon, ann)}, 1},
		{"a man at a wet site for women", siteOf(start, func(p *model.Project) { p.WomenOnly = true }), []part{goes(group, mon, ann), rainsTo(group, mon, start)}, 1},
		{"two women at a wet site for women", all(women(ann, bob), siteOf(start, func(p *model.Project) { p.WomenOnly = true })), []part{goes(group, mon, ann, bob), rainsTo(group, mon, start)}, 0},
		{"a wish for women only, at a wet site by themselves", all(women(ann, bob), womenOnly, wants(model.FemaleOnlyGroup)), []part{goes(group, mon, ann, bob), rainsTo(group, mon, start)}, 0},
		{"a wish for women only, at a wet site with others", all(women(ann, bob, cat, dan), womenOnly, wants(model.FemaleOnlyGroup)),
			[]part{goes(group, mon, ann, bob), rainsTo(group, mon, start), goes(start, mon, cat, dan)}, 1},
		{"men move to where a woman works alone", women(ann), []part{goes(alone, mon, ann), goes(group, mon, bob, cat), rainsTo(group, mon, alone)}, 1},
		{"men move to where two women work", women(ann, dan), []part{goes(start, mon, ann, dan), goes(group, mon, bob, cat), rainsTo(group, mon, start)}, 0},
		{"two women move to where one works alone", women(ann, bob, cat), []part{goes(alone, mon, ann), goes(group, mon, bob, cat), rainsTo(group, mon, alone)}, 0},
		{"a lone woman who moves is one case", women(ann), []part{goes(group, mon, ann, bob), rainsTo(group, mon, start)}, 1},
	})
}

func TestNotTheOnlyWomanSays(t *testing.T) {
	says(t, constraints.NotTheOnlyWoman, []saying{
		{"a woman among men", women(ann), []part{goes(group, mon, ann, bob)}, []string{
			"CT01 on 2026-11-30 at 09:00 has 1 woman in a mixed group (A000001); there must be none or at least 2.",
		}},
		{"two women where three are the least", both(women(ann, bob), func(sn *model.Snapshot) { sn.Policy.WomenMinimum = 3 }), []part{goes(group, mon, ann, bob)}, []string{
			"CT01 on 2026-11-30 at 09:00 has 2 women in a mixed group (A000001 and A000002); there must be none or at least 3.",
		}},
		{"a man among women", siteOf(group, func(p *model.Project) { p.WomenOnly = true }), []part{goes(group, mon, ann)}, []string{
			"A000001 may not be at CT01 on 2026-11-30 at 09:00: it is for women only.",
		}},
	})
}

func TestNotTheOnlyWomanFindsHosts(t *testing.T) {
	out := func(edits ...func(*model.Snapshot)) func(*model.Snapshot) {
		return all(append(edits, outdoors(2, group))...)
	}
	forWomen := both(siteOf(group, func(p *model.Project) { p.WomenOnly = true }), siteOf(start, func(p *model.Project) { p.WomenOnly = true }))
	two := []part{goes(group, mon, ann, bob), leads(group, mon, sup1)}
	company := append([]part{goes(start, mon, cat, dan)}, two...)
	findsHosts(t, constraints.NotTheOnlyWoman, []hosted{
		{"a place for women, for women", out(forWomen, women(ann, bob)), two, start},
		{"none there, with a man among them", out(forWomen, women(ann)), two, ""},
		{"where men are, for men", out(), company, start},
		{"where men are, for two women", out(women(ann, bob)), company, start},
		{"where women are, for men", out(women(cat, dan)), company, start},
		{"none where a woman is alone, for men", out(women(cat)), company, ""},
	})
}
