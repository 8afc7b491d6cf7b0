package constraints_test

import (
	"testing"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver/constraints"
)

func TestContinuity(t *testing.T) {
	// The standing slot is worth 30 points; another project, weekday or supervisor costs 10 each, a new leader 5.
	last := func(p model.ProjectCode, daysAgo int, s model.SupervisorCode) func(*model.Snapshot) {
		return func(sn *model.Snapshot) {
			person(sn, ann).Last = model.Last{Project: p, Date: monday - model.Date(daysAgo), Supervisor: s}
		}
	}
	// Ann's standing slot is Tuesdays at the group, from 2026-12-01, the Tuesday of the week.
	slot := func(edit func(*model.Standing)) func(*model.Snapshot) {
		return func(sn *model.Snapshot) {
			x := model.Standing{CRN: ann, Event: 1, Project: group, Weekday: 2, Start: 540, End: 960, StartDate: monday + 1}
			if edit != nil {
				edit(&x)
			}
			other := x
			other.CRN, other.Project = cat, carried
			sn.Standing = []model.Standing{x, other}
		}
	}
	led := func(all ...model.SupervisorCode) func(*model.Snapshot) {
		return func(sn *model.Snapshot) {
			k := key(group, 0)
			k.Date -= 7
			sn.Before = &model.Roster{Region: sn.Region, Week: sn.Week.Add(-1)}
			for _, c := range all {
				sn.Before.Duties = append(sn.Before.Duties, model.Duty{Session: k, Supervisor: c})
			}
		}
	}
	usual := last(group, 7, sup1) // a Monday
	keepsOrBreaks(t, constraints.Continuity, []clause{
		{"nothing is known of before", nil, []part{goes(group, mon, ann), leads(group, mon, sup1)}, 0},
		{"all as before", usual, []part{goes(group, mon, ann), leads(group, mon, sup1)}, 0},
		{"all as two weeks before", last(group, 14, sup1), []part{goes(group, mon, ann), leads(group, mon, sup1)}, 0},
		{"another project", usual, []part{goes(carried, mon, ann), leads(carried, mon, sup1)}, 10_000},
		{"another weekday", usual, []part{goes(group, tue, ann), leads(group, tue, sup1)}, 10_000},
		{"another supervisor", usual, []part{goes(group, mon, ann), leads(group, mon, sup2)}, 10_000},
		{"their supervisor and one more", usual, []part{goes(group, mon, ann), leads(group, mon, sup1, sup2)}, 0},
		{"no supervisor", usual, []part{goes(group, mon, ann)}, 10_000},
		{"all three", usual, []part{goes(carried, tue, ann), leads(carried, tue, sup2)}, 30_000},
		{"a supervisor who has left", last(group, 7, "SV99"), []part{goes(group, mon, ann), leads(group, mon, sup2)}, 0},
		{"nobody was named", last(group, 7, ""), []part{goes(group, mon, ann), leads(group, mon, sup2)}, 0},
		{"an individual placement has no supervisor to miss", usual, []part{goes(alone, mon, ann)}, 10_000},
		{"two who miss theirs", all(usual, func(sn *model.Snapshot) { person(sn, bob).Last = person(sn, ann).Last }), []part{goes(group, mon, ann, bob), leads(group, mon, sup2)}, 20_000},
		{"somebody whom nobody knows", usual, []part{goes(group, mon, "Z999999"), leads(group, mon, sup2)}, 0},

		{"the standing slot", slot(nil), []part{goes(group, tue, ann)}, -30_000},
		{"of any requirement", slot(func(x *model.Standing) { x.Event = 0 }), []part{goes(group, tue, ann)}, -30_000},
		{"of another requirement", slot(func(x *model.Standing) { x.Event = 2 }), []part{goes(group, tue, ann)}, 0},
		{"another's slot", slot(nil), []part{goes(group, tue, bob)}, 0},
		{"another day than the slot's", slot(nil), []part{goes(group, wed, ann)}, 0},
		{"another project than the slot's", slot(nil), []part{goes(carried, tue, ann)}, 0},
		{"another time than the slot's", slot(func(x *model.Standing) { x.Start = 600 }), []part{goes(group, tue, ann)}, 0},
		{"a slot that begins a day later", slot(func(x *model.Standing) { x.StartDate = monday + 2 }), []part{goes(group, tue, ann)}, 0},
		{"a slot that ends on the day", slot(func(x *model.Standing) { x.EndDate = monday + 1 }), []part{goes(group, tue, ann)}, -30_000},
		{"a slot that ended on the day before", slot(func(x *model.Standing) { x.StartDate, x.EndDate = monday-6, monday }), []part{goes(group, tue, ann)}, 0},
		{"the fortnight between", slot(func(x *model.Standing) { x.Frequency, x.StartDate = model.Fortnightly, monday-6 }), []part{goes(group, tue, ann)}, 0},
		{"the fortnight's week", slot(func(x *model.Standing) { x.Frequency, x.StartDate = model.Fortnightly, monday-13 }), []part{goes(group, tue, ann)}, -30_000},
		{"the standing slot costs nothing for being elsewhere than last", all(slot(nil), last(carried, 7, "")), []part{goes(group, tue, ann)}, -30_000},
		{"but for another supervisor", all(slot(nil), last(carried, 7, sup1)), []part{goes(group, tue, ann), leads(group, tue, sup2)}, -20_000},

		{"a leader of the week before", led(sup1, sup2), []part{leads(group, tue, sup1)}, 0},
		{"a new leader", led(sup1), []part{leads(group, tue, sup2)}, 5_000},
		{"a project that nobody led", led(sup1), []part{leads(carried, tue, sup2)}, 0},
		{"a leader whom nobody knows", led(sup1), []part{leads(group, tue, "SV99")}, 0},
		{"a region that does not price supervisors", all(usual, led(sup1), func(sn *model.Snapshot) { sn.Policy.OtherSupervisorPrice, sn.Policy.OtherLeaderPrice = 0, 0 }),
			[]part{goes(group, mon, ann), leads(group, mon, sup2)}, 0},
	})
}
