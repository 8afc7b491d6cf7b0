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
	allow := func(permille int32) func(*model.Snapshot) {
		return func(sn *model.Snapshot) { sn.Policy.OverfullPermille = permille }
	}
	booked := func(percent int32) func(*model.Snapshot) {
		return func(sn *model.Snapshot) { sn.Policy.BookedPercent = percent }
	}
	unseen := func(sn *model.Snapshot) {
		for i := range sn.People {
			sn.People[i].Attendance, sn.People[i].Outcomes = 50, 0
		}
	}
	four := []model.CRN{ann, bob, cat, dan}
	crowd, led := []part{goes(start, mon, four...)}, []part{goes(group, mon, four...), leads(group, mon, sup1)}
	keepsOrBreaks(t, constraints.Places, []clause{
		{"as many as there are places", places(2), []part{goes(start, mon, ann, bob)}, 0},
		{"two more than there are places", places(2), []part{goes(start, mon, ann, bob, cat, dan)}, 2},
		{"a support worker takes a place", both(places(2), worker), []part{goes(start, mon, ann, bob)}, 1},
		{"overlapping sessions share the places, counted when the second starts", all(places(3), second(840)),
			[]part{goes(group, mon, ann, bob), leads(group, mon, sup1), moved(goes(group, mon, cat, dan), 840, 1200), leadsLate(840)}, 1},
		{"who comes a minute later is not there yet", all(places(1), second(541)),
			[]part{goes(group, mon, ann), leads(group, mon, sup1), moved(goes(group, mon, bob), 541, 1200), leadsLate(541)}, 1},
		{"sessions one after the other do not share", all(places(3), second(960)),
			[]part{goes(group, mon, ann, bob), leads(group, mon, sup1), moved(goes(group, mon, cat, dan), 960, 1200), leadsLate(960)}, 0},
		{"each start while too many are there counts", all(places(1), second(840)), []part{goes(group, mon, ann, bob), leads(group, mon, sup1)}, 1 + 1},
		{"eight a supervisor, by the policy's default", nil, []part{goes(group, mon, ann, bob, cat, dan), leads(group, mon, sup1)}, 0},
		{"as many as one supervisor answers for", ratio(3), []part{goes(group, mon, ann, bob, cat), leads(group, mon, sup1)}, 0},
		{"one more than a supervisor answers for", ratio(3), []part{goes(group, mon, ann, bob, cat, dan), leads(group, mon, sup1)}, 1},
		{"two supervisors answer for twice as many", ratio(2), []part{goes(group, mon, ann, bob, cat, dan), leads(group, mon, sup1, sup2)}, 0},
		{"without any supervisor everybody is too many", nil, []part{goes(group, mon, ann, bob)}, 2},
		{"high risk weighs two against the ratio", both(ratio(2), high), []part{goes(group, mon, ann, bob), leads(group, mon, sup1)}, 1},
		{"high risk weighs one where nobody supervises", both(places(2), high), []part{goes(start, mon, ann, bob)}, 0},
		{"high risk weighs two against the places of a group", both(places(2), high), []part{goes(group, mon, ann, bob), leads(group, mon, sup1)}, 1},
		{"very high risk does too", both(places(2), func(sn *model.Snapshot) { person(sn, ann).Risk = model.VeryHighRisk }),
			[]part{goes(group, mon, ann, bob), leads(group, mon, sup1)}, 1},
		{"medium risk does not", both(places(2), func(sn *model.Snapshot) { person(sn, ann).Risk = model.MediumRisk }),
			[]part{goes(group, mon, ann, bob), leads(group, mon, sup1)}, 0},
		{"weights do not add up", all(ratio(2), high, worker), []part{goes(group, mon, ann), leads(group, mon, sup1)}, 0},
		{"the ratio is for groups", ratio(1), []part{goes(start, mon, ann, bob)}, 0},
		{"sites take no more however many lead", places(3), []part{goes(group, mon, ann, bob, cat, dan), leads(group, mon, sup1, sup2)}, 1},

		// Four who come six times in ten are more than three with a chance of 13.0 %, more than two with 47.5 %.
		{"more may be booked than there are places", all(places(3), allow(130), comes(600, four...)), crowd, 0},
		{"but not when that is too likely", all(places(3), allow(129), comes(600, four...)), crowd, 1},
		{"each place too few counts", all(places(2), booked(200), allow(129), comes(600, four...)), crowd, 2},
		{"the policy's one in twenty holds", all(places(3), comes(472, four...)), crowd, 0},
		{"the policy's one in twenty is passed", all(places(3), comes(473, four...)), crowd, 1},
		{"so for a group, against its supervisors", all(ratio(3), comes(472, four...)), led, 0},
		{"so for a group, beyond its supervisors", all(ratio(3), comes(473, four...)), led, 1},
		{"so for a group, against its site", all(places(3), comes(473, four...)), led, 1},
		{"each comes by a chance of their own", all(places(3), comes(900, ann, bob), comes(250, cat, dan)), crowd, 1},
		{"who comes by half may make room for who comes often", all(places(3), comes(900, ann, bob), comes(240, cat, dan)), crowd, 0},
		{"without outcomes everybody is certain", all(places(3), comes(100, ann, bob, cat)), crowd, 0},
		{"without any outcomes nobody comes by chance", all(places(3), unseen), crowd, 1},
		{"no more than one and a half of the places", all(places(2), comes(50, four...)), crowd, 1},
		{"one and a half of the places", all(places(2), comes(50, ann, bob, cat)), []part{goes(start, mon, ann, bob, cat)}, 0},
		{"one and a half of them rounded down", all(places(1), comes(50, ann, bob)), []part{goes(start, mon, ann, bob)}, 1},
		{"one and a half of those that supervisors may lead", all(ratio(2), comes(50, four...)), led, 1},
		{"booked weights count and not people", all(places(2), worker, comes(50, ann, bob, cat)), []part{goes(start, mon, ann, bob, cat)}, 1},
		{"more bookings than the chance alone would bar", all(places(1), comes(300, four...)), crowd, 3},
		{"overlapping sessions share the places by chance", all(places(3), second(840), comes(473, four...)),
			[]part{goes(group, mon, ann, bob), leads(group, mon, sup1), moved(goes(group, mon, cat, dan), 840, 1200), leadsLate(840)}, 1},
		{"overlapping sessions share the places by chance, within the limit", all(places(3), second(840), comes(472, four...)),
			[]part{goes(group, mon, ann, bob), leads(group, mon, sup1), moved(goes(group, mon, cat, dan), 840, 1200), leadsLate(840)}, 0},
		{"somebody in both of two overlapping sessions counts in each", all(places(1), second(840)),
			[]part{goes(group, mon, ann), leads(group, mon, sup1), moved(goes(group, mon, ann), 840, 1200), leadsLate(840)}, 1},
		{"an unknown supervisor answers for nobody", nil, []part{goes(group, mon, ann), leads(group, mon, "SV99")}, 1},
	})
}

func TestPlacesSay(t *testing.T) {
	places := func(n, percent int32) func(*model.Snapshot) {
		return func(sn *model.Snapshot) {
			sn.Project(group).Places, sn.Project(start).Places, sn.Policy.BookedPercent = n, n, percent
			k := key(start, mon)
			k.Start = 840
			sn.Sessions = append(sn.Sessions, model.Session{Key: k, End: 1200, Span: sn.Calendar.Span(k.Date, 840, 1200)})
			sortSessions(sn)
		}
	}
	says(t, constraints.Places, []saying{
		{"as many too few by the chance as by the share", places(1, 100), []part{goes(start, tue, ann, bob)}, []string{
			"PI01 on 2026-12-01 at 09:00: 1 place for people who take 2; more come with a chance of 100.0 %, and at most 5.0 % is allowed; 1 place too few.",
		}},
		{"too many by the share alone", all(places(1, 150), comes(50, ann, bob)), []part{goes(start, tue, ann, bob)}, []string{
			"PI01 on 2026-12-01 at 09:00: 1 place for people who take 2, and at most 1 may be booked; 1 place too few.",
		}},
		{"a session without people is not named beside one with them", places(1, 150), []part{goes(start, mon, ann, bob)}, []string{
			"PI01 on 2026-11-30 at 09:00: 1 place for people who take 2; more come with a chance of 100.0 %, and at most 5.0 % is allowed; 1 place too few.",
			"PI01 on 2026-11-30 at 09:00: 1 place for people who take 2; more come with a chance of 100.0 %, and at most 5.0 % is allowed; 1 place too few.",
		}},
	})
}
