package constraints_test

import (
	"testing"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver/constraints"
)

func TestCoordinators(t *testing.T) {
	grade := func(g model.Grade) func(*model.Snapshot) {
		return func(sn *model.Snapshot) { sn.Supervisor(sup1).Grade = g }
	}
	keepsOrBreaks(t, constraints.Coordinators, []clause{
		{"a supervisor", grade(model.GradeSupervisor), []part{leads(group, mon, sup1)}, 0},
		{"a sessional supervisor", grade(model.Sessional), []part{leads(group, mon, sup1)}, 0},
		{"a placement coordinator costs an hour of on-time work", grade(model.PlacementCoordinator), []part{leads(group, mon, sup1)}, 60_000},
		{"each of two duties", grade(model.PlacementCoordinator), []part{leads(group, mon, sup1), leads(group, tue, sup1, sup2)}, 120_000},
		{"another's duty", grade(model.PlacementCoordinator), []part{leads(group, mon, sup2)}, 0},
		{"somebody whom nobody knows", grade(model.PlacementCoordinator), []part{leads(group, mon, "SV99")}, 0},
		{"a region that does not price it", both(grade(model.PlacementCoordinator), func(sn *model.Snapshot) { sn.Policy.CoordinatorDutyPrice = 0 }), []part{leads(group, mon, sup1)}, 0},
	})
}
