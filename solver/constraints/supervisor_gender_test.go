package constraints_test

import (
	"testing"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver/constraints"
)

func TestSupervisorGender(t *testing.T) {
	noMan, noWoman := record(ann, model.NoMaleSupervisor), record(ann, model.NoFemaleSupervisor)
	sexes := func(first, second model.Sex) func(*model.Snapshot) {
		return func(sn *model.Snapshot) { sn.Supervisor(sup1).Sex, sn.Supervisor(sup2).Sex = first, second }
	}
	menOnly, womenOnly, oneEach := sexes(model.Male, model.Male), sexes(model.Female, model.Female), sexes(model.Male, model.Female)
	// CT01 runs a second session that begins at some time and ends at 20:00.
	second := func(from model.Clock) func(*model.Snapshot) {
		return func(sn *model.Snapshot) {
			k := key(group, mon)
			k.Start = from
			sn.Sessions = append(sn.Sessions, model.Session{Key: k, End: 1200, Span: sn.Calendar.Span(k.Date, from, 1200)})
			sortSessions(sn)
		}
	}
	// A group moves to another group's site, as one would to an indoor project.
	apart := []part{goes(group, mon, ann), leads(group, mon, sup2), goes(carried, mon, bob), leads(carried, mon, sup1)}
	together := append([]part{rainsTo(group, mon, carried)}, apart...)
	keepsOrBreaks(t, constraints.SupervisorGender, []clause{
		{"no man, and a woman leads", both(noMan, womenOnly), []part{goes(group, mon, ann), leads(group, mon, sup1)}, 0},
		{"no man, and a man leads", both(noMan, menOnly), []part{goes(group, mon, ann), leads(group, mon, sup1)}, 1},
		{"no woman, and a man leads", both(noWoman, menOnly), []part{goes(group, mon, ann), leads(group, mon, sup1)}, 0},
		{"no woman, and a woman leads", both(noWoman, womenOnly), []part{goes(group, mon, ann), leads(group, mon, sup1)}, 1},
		{"no man, and the supervisor's sex is recorded as other", noMan, []part{goes(group, mon, ann), leads(group, mon, sup1)}, 1},
		{"no woman, and the supervisor's sex is recorded as other", noWoman, []part{goes(group, mon, ann), leads(group, mon, sup1)}, 1},
		{"neither, and a woman leads", both(record(ann, model.NoMaleSupervisor|model.NoFemaleSupervisor), womenOnly), []part{goes(group, mon, ann), leads(group, mon, sup1)}, 1},
		{"neither, and one of each leads, is one case", both(record(ann, model.NoMaleSupervisor|model.NoFemaleSupervisor), oneEach),
			[]part{goes(group, mon, ann), leads(group, mon, sup1, sup2)}, 1},
		{"nothing is recorded", menOnly, []part{goes(group, mon, ann), leads(group, mon, sup1)}, 0},
		{"nobody leads", both(noMan, menOnly), []part{goes(group, mon, ann)}, 0},
		{"every supervisor, not one of two", both(noMan, oneEach), []part{goes(group, mon, ann), leads(group, mon, sup1, sup2)}, 1},
		{"two men are one case a person", both(noMan, menOnly), []part{goes(group, mon, ann), leads(group, mon, sup1, sup2)}, 1},
		{"each person is a case", all(noMan, record(bob, model.NoMaleSupervisor), menOnly), []part{goes(group, mon, ann, bob, cat), leads(group, mon, sup1)}, 2},
		{"each appointment is a case", both(noMan, menOnly), []part{goes(group, mon, ann), leads(group, mon, sup1), goes(group, tue, ann), leads(group, tue, sup1)}, 2},
		{"a man leads at the same time elsewhere", both(noMan, oneEach), apart, 0},
		{"a man leads an overlapping session of the project", all(noMan, oneEach, second(840)),
			[]part{goes(group, mon, ann), leads(group, mon, sup2), moved(goes(group, mon, bob), 840, 1200), moved(leads(group, mon, sup1), 840, 1200)}, 1},
		{"a man leads the session that follows", all(noMan, oneEach, second(960)),
			[]part{goes(group, mon, ann), leads(group, mon, sup2), moved(goes(group, mon, bob), 960, 1200), moved(leads(group, mon, sup1), 960, 1200)}, 0},
		{"a man leads the group at the wet site", both(noMan, oneEach), together, 1},
		{"a woman does", both(noMan, womenOnly), together, 0},
		{"a man comes to the site with a group when it is wet", all(record(bob, model.NoMaleSupervisor), sexes(model.Female, model.Male)), together, 1},
		{"a man moves to the same wet site", both(noMan, oneEach), append([]part{rainsTo(group, mon, start), rainsTo(carried, mon, start)}, apart...), 1},
		{"a man moves there on another day", both(noMan, oneEach),
			[]part{rainsTo(group, mon, start), rainsTo(carried, tue, start), goes(group, mon, ann), leads(group, mon, sup2), goes(carried, tue, bob), leads(carried, tue, sup1)}, 0},
		{"a man leads at the site and at the wet site", both(noMan, menOnly), together, 2},
	})
}
