package constraints_test

import (
	"testing"

	"github.com/communitypayback/payback/model"
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
		{"a region that prices a duty at a thousandth of a point", func(sn *model.Snapshot) { sn.Policy.DutyPrice = 1 }, []part{goes(group, mon, ann), leads(group, mon, sup1)}, 60_001},
		{"a region that prices sessions only", func(sn *model.Snapshot) { sn.Policy.DutyPrice, sn.Policy.TripPrice = 0, 0 },
			[]part{goes(carried, mon, ann), leads(carried, mon, sup1), runs(carried, mon, bus1, sup1)}, 60_000},
	})
}

func TestOpeningSays(t *testing.T) {
	says(t, constraints.Opening, []saying{
		{"a session, a supervisor and a minibus", nil, []part{goes(carried, mon, ann), leads(carried, mon, sup1), runs(carried, mon, bus1, sup1)}, []string{
			"Opening CT02 on 2026-11-30 at 09:00 costs 60.0 points.",
			"supervisor SV01 at CT02 on 2026-11-30 at 09:00 costs 20.0 points.",
			"minibus BUS01 at CT02 on 2026-11-30 at 09:00 costs 10.0 points.",
		}},
	})
}
