package constraints_test

import (
	"testing"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver/constraints"
)

func TestPlaces(t *testing.T) {
	places := func(n int32) func(*model.Snapshot) {
		return func(sn *model.Snapshot) { sn.Project(group).Places, sn.Project(start).Places = n, n }
	}
	ratio := func(n int32) func(*model.Snapshot) {
		return func(sn *model.Snapshot) { sn.Policy.PeoplePerSupervisor = n }
	}
	worker := func(sn *model.Snapshot) { person(sn, ann).Health = model.SupportWorker }
	high := func(sn *model.Snapshot) { person(sn, ann).Risk = model.HighRisk }
	second := func(from model.Clock) func(*model.Snapshot) {
		return func(sn *model.Snapshot) {
			k := key(group, mon)
			k.Start = from
			sn.Sessions = append(sn.Sessions, model.Session{Key: k, End: 1200, Span: sn.Calendar.Span(k.Date, from, 1200)})
			sortSessions(sn)
		}
	}
	leadsLate := func(from model.Clock) part { return moved(leads(group, mon, sup2), from, 1200) }
	keepsOrBreaks(t, constraints.Places, []clause{
		{"as many as there are places", places(2), []part{goes(start, mon, ann, bob)}, 0},
		{"two more than there are places", places(2), []part{goes(start, mon, ann, bob, cat, dan)}, 2},
		{"a support worker takes a place", both(places(2), worker), []part{goes(start, mon, ann, bob)}, 1},
		{"overlapping sessions share the places, counted when the second starts", all(places(3), second(840)),
			[]part{goes(group, mon, ann, bob), leads(group, mon, sup1), moved(goes(group, mon, cat, dan), 840, 1200), leadsLate(840)}, 1},
		{"sessions one after the other do not share", all(places(3), second(960)),
			[]part{goes(group, mon, ann, bob), leads(group, mon, sup1), moved(goes(group, mon, cat, dan), 960, 1200), leadsLate(960)}, 0},
		{"each start while too many are there counts", all(places(1), second(840)), []part{goes(group, mon, ann, bob), leads(group, mon, sup1)}, 1 + 1},
		{"eight a supervisor, by the policy's default", nil, []part{goes(group, mon, ann, bob, cat, dan), leads(group, mon, sup1)}, 0},
		{"as many as one supervisor answers for", ratio(3), []part{goes(group, mon, ann, bob, cat), leads(group, mon, sup1)}, 0},
		{"one more than a supervisor answers for", ratio(3), []part{goes(group, mon, ann, bob, cat, dan), leads(group, mon, sup1)}, 1},
		{"two supervisors answer for twice as many", ratio(2), []part{goes(group, mon, ann, bob, cat, dan), leads(group, mon, sup1, sup2)}, 0},
		{"without any supervisor everybody is too many", nil, []part{goes(group, mon, ann, bob)}, 2},
		{"high risk weighs two against the ratio", both(ratio(2), high), []part{goes(group, mon, ann, bob), leads(group, mon, sup1)}, 1},
		{"high risk weighs one against the places", both(places(2), high), []part{goes(start, mon, ann, bob)}, 0},
		{"weights do not add up", all(ratio(2), high, worker), []part{goes(group, mon, ann), leads(group, mon, sup1)}, 0},
		{"the ratio is for groups", ratio(1), []part{goes(start, mon, ann, bob)}, 0},
		{"an unknown supervisor answers for nobody", nil, []part{goes(group, mon, ann), leads(group, mon, "SV99")}, 1},
	})
}
