package constraints_test

import (
	"testing"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver/constraints"
)

func TestRiskToChildren(t *testing.T) {
	flagged := record(ann, model.RiskToChildren)
	keepsOrBreaks(t, constraints.RiskToChildren, []clause{
		{"flagged where the flag is excluded", both(flagged, excludes(group, model.RiskToChildren)), []part{goes(group, mon, ann)}, 1},
		{"flagged where it is not", both(flagged, excludes(alone, model.RiskToChildren)), []part{goes(group, mon, ann)}, 0},
		{"flagged where another flag is excluded", both(flagged, excludes(group, model.SexualHistory)), []part{goes(group, mon, ann)}, 0},
		{"another flag where that one is excluded", both(record(ann, model.SexualHistory), excludes(group, model.SexualHistory)), []part{goes(group, mon, ann)}, 0},
		{"one flag of several is enough", both(record(ann, model.RiskToChildren|model.Gang), excludes(group, model.RiskToChildren|model.Arson)), []part{goes(group, mon, ann)}, 1},
		{"not flagged", excludes(group, model.RiskToChildren), []part{goes(group, mon, ann)}, 0},
		{"somebody else flagged", both(record(bob, model.RiskToChildren), excludes(group, model.RiskToChildren)), []part{goes(group, mon, ann)}, 0},
		{"each appointment is a case", both(flagged, excludes(group, model.RiskToChildren)), []part{goes(group, mon, ann, bob), goes(group, tue, ann)}, 2},
		{"at a wet site that excludes it", both(flagged, excludes(start, model.RiskToChildren)), []part{goes(group, mon, ann), rainsTo(group, mon, start)}, 1},
		{"at a wet site that does not", both(flagged, excludes(alone, model.RiskToChildren)), []part{goes(group, mon, ann), rainsTo(group, mon, start)}, 0},
		{"at a site and a wet site is one case", all(flagged, excludes(group, model.RiskToChildren), excludes(start, model.RiskToChildren)),
			[]part{goes(group, mon, ann), rainsTo(group, mon, start)}, 1},
		{"the wet site of another session", both(flagged, excludes(start, model.RiskToChildren)), []part{goes(group, mon, ann), rainsTo(group, tue, start)}, 0},
	})
}
