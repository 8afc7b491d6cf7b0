package constraints_test

import (
	"testing"

	"github.com/communitypayback/payback/solver/constraints"
)

func TestSupervision(t *testing.T) {
	keepsOrBreaks(t, constraints.Supervision, []clause{
		{"a group with a supervisor", nil, []part{goes(group, mon, ann), leads(group, mon, sup1)}, 0},
		{"a group without", nil, []part{goes(group, mon, ann, bob)}, 1},
		{"two groups without", nil, []part{goes(group, mon, ann), goes(group, tue, bob)}, 2},
		{"a supervisor of another group does not help", nil, []part{goes(group, mon, ann), goes(carried, mon, bob), leads(carried, mon, sup1)}, 1},
		{"an individual placement needs none", nil, []part{goes(alone, mon, ann)}, 0},
		{"an induction needs none of ours", nil, []part{goes(start, mon, ann)}, 0},
		{"a supervisor at an individual placement", nil, []part{goes(alone, mon, ann), leads(alone, mon, sup1)}, 1},
		{"two supervisors at an induction", nil, []part{goes(start, mon, ann), leads(start, mon, sup1, sup2)}, 2},
		{"two supervisors where nobody works", nil, []part{leads(group, mon, sup1, sup2)}, 2},
		{"a supervisor at an induction without people is one case", nil, []part{leads(start, mon, sup1)}, 1},
		{"an unknown supervisor does not help", nil, []part{goes(group, mon, ann), leads(group, mon, "SV99")}, 2},
		{"an unknown supervisor beside a known one", nil, []part{goes(group, mon, ann), leads(group, mon, sup1, "SV99")}, 1},
	})
}
