package constraints_test

import (
	"testing"

	"github.com/communitypayback/payback/solver/constraints"
)

func TestOpening(t *testing.T) {
	// A session 60 points, a duty 20, a trip 10.
	keepsOrBreaks(t, constraints.Opening, []clause{
		{"nothing", nil, nil, 0},
		{"a group, however large", nil, []part{goes(group, mon, ann, bob, cat)}, 60_000},
		{"two groups", nil, []part{goes(group, mon, ann), goes(carried, mon, bob)}, 120_000},
		{"a group with two supervisors and a minibus", nil, []part{goes(carried, mon, ann), leads(carried, mon, sup1, sup2), runs(carried, mon, bus1, sup1)}, 110_000},
		{"an individual placement or induction opens for nothing", nil, []part{goes(alone, mon, ann), goes(start, mon, bob)}, 0},
		{"a duty by itself", nil, []part{leads(group, mon, sup1)}, 20_000},
	})
}
