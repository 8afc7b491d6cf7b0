package constraints_test

import (
	"testing"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver/constraints"
)

func TestIndividualPlacement(t *testing.T) {
	flag := func(f model.Flags) func(*model.Snapshot) {
		return func(sn *model.Snapshot) { person(sn, ann).Flags = f }
	}
	training := func(sn *model.Snapshot) { sn.Project(alone).Kind = model.ETE }
	keepsOrBreaks(t, constraints.IndividualPlacement, []clause{
		{"somebody who may", nil, []part{goes(alone, mon, ann)}, 0},
		{"somebody barred from it", flag(model.IndividualBarred), []part{goes(alone, mon, ann)}, 1},
		{"somebody on a restricted placement", flag(model.RestrictedPlacement), []part{goes(alone, mon, ann)}, 1},
		{"both flags are one case", flag(model.RestrictedPlacement | model.IndividualBarred), []part{goes(alone, mon, ann)}, 1},
		{"training is unsupervised too", both(flag(model.IndividualBarred), training), []part{goes(alone, mon, ann)}, 1},
		{"other flags do not bar", flag(model.Gang | model.Violence), []part{goes(alone, mon, ann)}, 0},
		{"somebody barred, in a group", flag(model.IndividualBarred), []part{goes(group, mon, ann)}, 0},
		{"somebody restricted, at an induction", flag(model.RestrictedPlacement), []part{goes(start, mon, ann)}, 0},
		{"somebody barred, at a wet site that nobody supervises", flag(model.IndividualBarred), []part{goes(group, mon, ann), rainsTo(group, mon, alone)}, 1},
		{"somebody barred, at a wet site that is supervised", flag(model.IndividualBarred), []part{goes(group, mon, ann), rainsTo(group, mon, start)}, 0},
		{"somebody who may, at a wet site that nobody supervises", nil, []part{goes(group, mon, ann), rainsTo(group, mon, alone)}, 0},
	})
}
