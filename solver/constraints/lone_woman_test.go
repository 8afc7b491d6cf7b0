package constraints_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

func TestLoneWoman(t *testing.T) {
	four := []model.CRN{ann, bob, cat, dan}
	here := func(p model.ProjectCode, edits ...func(*model.Snapshot)) func(*model.Snapshot) {
		return all(append(edits, comes(600, four...), func(sn *model.Snapshot) {
			sn.Policy.LoneWomanPrice = 1000
			sn.Project(p).Transport = model.ByThemselves
		})...)
	}
	training := func(sn *model.Snapshot) { sn.Project(alone).Kind = model.ETE }
	keepsOrBreaks(t, constraints.LoneWoman, []clause{
		// 2 x 0.6 x 0.4 = 48 %, and 3 x 0.6 x 0.16 = 28.8 %, to a part in a thousand million.
		{"two women who come six times in ten", here(group, women(ann, bob)), []part{goes(group, mon, four...)}, 479},
		{"three women who come six times in ten", here(group, women(ann, bob, cat)), []part{goes(group, mon, four...)}, 288},
		{"men do not matter", here(group, women(ann, bob)), []part{goes(group, mon, ann, bob)}, 479},
		{"one woman is left to no chance", here(group, women(ann)), []part{goes(group, mon, four...)}, 0},
		{"no woman", here(group), []part{goes(group, mon, four...)}, 0},
		{"people recorded as other are not counted", here(group, women(ann), func(sn *model.Snapshot) { person(sn, bob).Sex = model.SexOther }),
			[]part{goes(group, mon, four...)}, 0},
		{"a project for women only", here(group, women(four...), func(sn *model.Snapshot) { sn.Project(group).WomenOnly = true }), []part{goes(group, mon, four...)}, 0},
		{"an induction", here(start, women(ann, bob)), []part{goes(start, mon, four...)}, 479},
		{"a training", here(alone, women(ann, bob), training), []part{goes(alone, mon, four...)}, 479},
		{"an individual placement", here(alone, women(ann, bob)), []part{goes(alone, mon, four...)}, 0},
		{"the policy's price", all(women(ann, bob), comes(500, ann, bob)), []part{goes(group, mon, four...)}, 60_000},
		{"each session by itself", here(group, women(ann, bob)), []part{goes(group, mon, four...), goes(group, tue, ann, bob)}, 2 * 479},
		{"who has no outcomes comes as is estimated, and not for certain", both(here(group, women(ann, bob)), func(sn *model.Snapshot) { person(sn, ann).Outcomes = 0 }),
			[]part{goes(group, mon, ann, bob)}, 479},
	})
}

func TestTheChanceOfOneWomanIsAsTheTextSays(t *testing.T) {
	t.Parallel()
	sn := ordinary()
	all(women(ann, bob, cat), comes(600, ann, bob, cat), func(sn *model.Snapshot) { sn.Policy.LoneWomanPrice = 100 })(sn)
	for want, people := range map[int64][]model.CRN{47: {ann, bob}, 28: {ann, bob, cat}} { // 48 % and 29 %, to the nearest
		vs := solver.Check(sn, roster(sn, goes(group, mon, people...)), []*solver.Constraint{constraints.LoneWoman})
		require.Len(t, vs, 1)
		require.Equal(t, want, vs[0].Amount)
		require.Equal(t, people, vs[0].People)
	}
}

func TestLoneWomanLimit(t *testing.T) {
	limit := func(permille int32) func(*model.Snapshot) {
		return all(women(ann, bob, cat), comes(600, ann, bob, cat), func(sn *model.Snapshot) { sn.Policy.LoneWomanPermille = permille })
	}
	two, three := []part{goes(group, mon, ann, bob)}, []part{goes(group, mon, ann, bob, cat)}
	keepsOrBreaks(t, constraints.LoneWomanLimit, []clause{
		{"no limit, by the policy's default", all(women(ann, bob), comes(500, ann, bob)), two, 0},
		{"two women within the limit", limit(480), two, 0},
		{"two women beyond the limit", limit(479), two, 1},
		{"three women within the limit", limit(289), three, 0},
		{"three women beyond the limit", limit(287), three, 1},
		{"each session counts once", limit(200), []part{goes(group, mon, ann, bob, cat), goes(group, tue, ann, bob)}, 2},
		{"a project for women only", all(limit(0), func(sn *model.Snapshot) { sn.Project(group).WomenOnly = true }), two, 0},
		{"one woman is left to no chance, whatever the limit", limit(0), []part{goes(group, mon, ann, dan)}, 0},
	})
}

func TestLoneWomanLimitSays(t *testing.T) {
	says(t, constraints.LoneWomanLimit, []saying{
		{"two women beyond the limit", all(women(ann, bob), comes(600, ann, bob), func(sn *model.Snapshot) { sn.Policy.LoneWomanPermille = 450 }), []part{goes(group, mon, ann, bob)}, []string{
			"CT01 on 2026-11-30 at 09:00: of 2 women only one comes with a chance of 48.0 %, and at most 45.0 % is allowed.",
		}},
	})
}
