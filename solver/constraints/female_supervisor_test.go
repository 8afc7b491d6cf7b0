package constraints_test

import (
	"testing"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver/constraints"
)

func TestFemaleSupervisor(t *testing.T) {
	// An hour of on-time work a group. Ann is a woman; the supervisors are men until a case says otherwise.
	with := func(edit func(sn *model.Snapshot)) func(*model.Snapshot) {
		return func(sn *model.Snapshot) {
			person(sn, ann).Sex = model.Female
			sn.Supervisor(sup1).Sex, sn.Supervisor(sup2).Sex = model.Male, model.Male
			if edit != nil {
				edit(sn)
			}
		}
	}
	hers := with(func(sn *model.Snapshot) { sn.Supervisor(sup2).Sex = model.Female })
	keepsOrBreaks(t, constraints.FemaleSupervisor, []clause{
		{"men alone", with(nil), []part{goes(group, mon, bob, cat), leads(group, mon, sup1)}, 0},
		{"a woman and a man to supervise", with(nil), []part{goes(group, mon, ann, bob), leads(group, mon, sup1)}, 60_000},
		{"a woman and a woman to supervise", hers, []part{goes(group, mon, ann, bob), leads(group, mon, sup2)}, 0},
		{"one of two supervisors is enough", hers, []part{goes(group, mon, ann, bob), leads(group, mon, sup1, sup2)}, 0},
		{"she supervises elsewhere", hers, []part{goes(group, mon, ann), leads(group, mon, sup1), goes(carried, mon, bob), leads(carried, mon, sup2)}, 60_000},
		{"two women in a group cost as one", with(func(sn *model.Snapshot) { person(sn, bob).Sex = model.Female }), []part{goes(group, mon, ann, bob), leads(group, mon, sup1)}, 60_000},
		{"two groups", with(func(sn *model.Snapshot) { person(sn, bob).Sex = model.Female }), []part{goes(group, mon, ann), goes(carried, tue, bob)}, 120_000},
		{"a group of women only", with(func(sn *model.Snapshot) { sn.Project(group).WomenOnly = true }), []part{goes(group, mon, ann), leads(group, mon, sup1)}, 60_000},
		{"nobody supervises", with(nil), []part{goes(group, mon, ann)}, 60_000},
		{"a supervisor recorded as other", with(func(sn *model.Snapshot) { sn.Supervisor(sup1).Sex = model.SexOther }), []part{goes(group, mon, ann), leads(group, mon, sup1)}, 60_000},
		{"a person recorded as other", with(func(sn *model.Snapshot) { person(sn, ann).Sex = model.SexOther }), []part{goes(group, mon, ann), leads(group, mon, sup1)}, 0},
		{"an individual placement", with(nil), []part{goes(alone, mon, ann)}, 0},
		{"an induction", with(nil), []part{goes(start, mon, ann)}, 0},
		{"a supervisor whom nobody knows", with(nil), []part{goes(group, mon, ann), leads(group, mon, "SV99")}, 60_000},
		{"a person whom nobody knows", with(nil), []part{goes(group, mon, "Z999999"), leads(group, mon, sup1)}, 0},
		{"a region that does not price it", with(func(sn *model.Snapshot) { sn.Policy.NoWomanSupervisesPrice = 0 }), []part{goes(group, mon, ann)}, 0},
	})
}
