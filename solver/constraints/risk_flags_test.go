package constraints_test

import (
	"testing"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver/constraints"
)

func TestRiskFlags(t *testing.T) {
	const rest = model.VulnerableAdults | model.Gang | model.Violence | model.Arson | model.RestrictedPlacement | model.IndividualBarred |
		model.NoMaleSupervisor | model.NoFemaleSupervisor
	keepsOrBreaks(t, constraints.RiskFlags, append(eachFlag(model.VulnerableAdults, model.NoFemaleSupervisor), []clause{
		{"flagged where nothing is excluded", record(ann, rest), []part{goes(group, mon, ann)}, 0},
		{"not flagged where everything is excluded", excludes(group, ^model.Flags(0)), []part{goes(group, mon, ann)}, 0},
		{"flagged where the others are excluded", both(record(ann, model.Arson), excludes(group, rest&^model.Arson)), []part{goes(group, mon, ann)}, 0},
		{"two flags are one case", both(record(ann, model.Arson|model.Gang), excludes(group, model.Arson|model.Gang)), []part{goes(group, mon, ann)}, 1},
		{"each appointment is a case", both(record(ann, model.Gang), excludes(group, model.Gang)), []part{goes(group, mon, ann, bob), goes(group, tue, ann)}, 2},
		{"a risk to children has a rule of its own", both(record(ann, model.RiskToChildren), excludes(group, model.RiskToChildren)), []part{goes(group, mon, ann)}, 0},
		{"a sexual history has a rule of its own", both(record(ann, model.SexualHistory), excludes(group, model.SexualHistory)), []part{goes(group, mon, ann)}, 0},
		{"at a wet site that excludes it", both(record(ann, model.Arson), excludes(start, model.Arson)), []part{goes(group, mon, ann), rainsTo(group, mon, start)}, 1},
		{"at a wet site that excludes another", both(record(ann, model.Arson), excludes(start, model.Gang)), []part{goes(group, mon, ann), rainsTo(group, mon, start)}, 0},
	}...))
}

// eachFlag breaks the rule by every flag from one to another.
func eachFlag(from, to model.Flags) (all []clause) {
	for flag := from; flag <= to; flag <<= 1 {
		all = append(all, clause{flag.String() + " where it is excluded", both(record(ann, flag), excludes(group, flag)), []part{goes(group, mon, ann)}, 1})
	}
	return all
}
