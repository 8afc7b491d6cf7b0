package constraints_test

import (
	"testing"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver/constraints"
)

func TestChangeBudget(t *testing.T) {
	told := func(budget int32, parts ...part) func(*model.Snapshot) {
		return func(sn *model.Snapshot) {
			sn.Policy.PeopleToTell = budget
			published(parts...)(sn)
		}
	}
	three := goes(group, mon, ann, bob, cat)
	keepsOrBreaks(t, constraints.ChangeBudget, []clause{
		{"nothing is published", func(sn *model.Snapshot) { sn.Policy.PeopleToTell = 0 }, []part{three}, 0},
		{"nothing changes", told(0, three), []part{three}, 0},
		{"one dropped", told(0, three), []part{goes(group, mon, ann, bob)}, 1},
		{"one added", told(0, three), []part{three, goes(group, tue, dan)}, 1},
		{"one moved is one to tell", told(0, three), []part{goes(group, mon, ann, bob), goes(group, tue, cat)}, 1},
		{"one moved within the budget", told(1, three), []part{goes(group, mon, ann, bob), goes(group, tue, cat)}, 0},
		{"two with a budget of one", told(1, three), []part{goes(group, mon, ann), goes(group, tue, cat)}, 1},
		{"three with a budget of one", told(1, three), nil, 2},
		{"three with a budget of three", told(3, three), nil, 0},
		{"another duty is told to no person", told(0, three, leads(group, mon, sup1)), []part{three, leads(group, mon, sup2)}, 0},
		{"a duty alone was published", told(0, leads(group, mon, sup1)), []part{goes(group, mon, ann)}, 1},
		{"an end that changes is not counted", told(0, three), []part{goes(group, mon, ann, bob), changed(goes(group, mon, cat), endsAt(720))}, 0},
		{"another requirement is another appointment", told(0, changed(goes(group, mon, ann), func(a *model.Appointment) { a.Event = 2 })), []part{goes(group, mon, ann)}, 1},
		{"somebody whom nobody knows any more", told(0, goes(group, mon, "Z999999")), nil, 1},
		{"twice", told(0, goes(group, mon, "Z999999"), goes(group, tue, "Z999999")), nil, 1},
		{"and somebody else", told(1, goes(group, mon, "Z999999", ann)), nil, 1},
		{"a budget that all may spend", told(5, goes(group, mon, "Z999999", ann, bob, cat, dan)), nil, 0},
		{"a budget of one less", told(4, goes(group, mon, "Z999999", ann, bob, cat, dan)), nil, 1},
		{"no budget", func(sn *model.Snapshot) { published(three)(sn) }, []part{goes(group, tue, dan)}, 0},
	})
}
