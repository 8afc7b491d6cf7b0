package constraints_test

import (
	"testing"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver/constraints"
)

func TestGroupMinimum(t *testing.T) {
	least := func(n int32) func(*model.Snapshot) {
		return func(sn *model.Snapshot) { sn.Project(group).MinimumGroup = n }
	}
	waived := func(w model.Waiver) func(*model.Snapshot) {
		return func(sn *model.Snapshot) {
			w.Rule, w.Who, w.Why = "group-minimum", "Manager", "A small site"
			sn.Waivers = []model.Waiver{w}
		}
	}
	one := []part{goes(group, mon, ann)}
	keepsOrBreaks(t, constraints.GroupMinimum, []clause{
		{"two people, the policy's minimum", nil, []part{goes(group, mon, ann, bob)}, 0},
		{"one person", nil, one, 1},
		{"nobody", nil, []part{leads(group, mon, sup1)}, 0},
		{"the project's minimum of three, kept", least(3), []part{goes(group, mon, ann, bob, cat)}, 0},
		{"the project's minimum of three, broken", least(3), []part{goes(group, mon, ann, bob)}, 1},
		{"a project's minimum of one", least(1), one, 0},
		{"one person entered twice is still one", nil, []part{goes(group, mon, ann, ann)}, 1},
		{"two sessions with one person each", nil, []part{goes(group, mon, ann), goes(group, tue, bob)}, 2},
		{"an induction of one", nil, []part{goes(start, mon, ann)}, 0},
		{"waived for the project until that day", waived(model.Waiver{Subject: "CT01", Until: monday}), one, 0},
		{"waived until the day before", waived(model.Waiver{Subject: "CT01", Until: monday - 1}), one, 1},
		{"waived for another project", waived(model.Waiver{Subject: "CT02", Until: monday}), one, 1},
		{"waived for that session", waived(model.Waiver{Subject: "CT01", Session: "CT01/2026-11-30/09:00", Until: monday}), one, 0},
		{"waived for another session of the project", waived(model.Waiver{Subject: "CT01", Session: "CT01/2026-12-01/09:00", Until: monday + 6}), one, 1},
		{"waived where the policy allows no waiver", both(waived(model.Waiver{Subject: "CT01", Until: monday}), func(sn *model.Snapshot) { sn.Policy.Waive = nil }), one, 1},
	})
}
