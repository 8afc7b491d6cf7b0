package constraints_test

import (
	"testing"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver/constraints"
)

// outdoors puts projects into the open, and gives the induction room for so many when it rains.
func outdoors(room int32, projects ...model.ProjectCode) func(*model.Snapshot) {
	return func(sn *model.Snapshot) {
		for _, p := range projects {
			sn.Project(p).Exposure = model.Outdoor
		}
		sn.Project(start).WetPlaces = room
	}
}

// site edits a project.
func siteOf(p model.ProjectCode, edit func(*model.Project)) func(*model.Snapshot) {
	return func(sn *model.Snapshot) { edit(sn.Project(p)) }
}

// hours gives the Monday session of a project other times.
func hours(p model.ProjectCode, from, to model.Clock) func(*model.Snapshot) {
	return func(sn *model.Snapshot) {
		s := sn.Session(key(p, mon))
		s.Key.Start, s.End, s.Span = from, to, model.Span{Start: at(mon, from), End: at(mon, to)}
		sortSessions(sn)
	}
}

// shut bars the Monday session of a project.
func shut(p model.ProjectCode) func(*model.Snapshot) {
	return func(sn *model.Snapshot) { sn.Session(key(p, mon)).Bar = model.NonWorkingDay }
}

func rains(permille int32, from int32) func(*model.Snapshot) {
	return func(sn *model.Snapshot) {
		sn.Teams[0].WeatherArea = "W1"
		sn.Outlooks = []model.Outlook{{WeatherArea: "W1", Date: monday, RainPermille: permille}}
		sn.Policy.WetRequiredPermille = from
	}
}

// The group needs min(booked, places) of the wet places; a host counts all groups that are there at one time.
func TestWetPlan(t *testing.T) {
	women := func(projects ...model.ProjectCode) func(*model.Snapshot) {
		return func(sn *model.Snapshot) {
			for _, p := range projects {
				sn.Project(p).WomenOnly = true
			}
		}
	}
	two := []part{goes(group, mon, ann, bob), leads(group, mon, sup1), rainsTo(group, mon, start)}
	four := append([]part{goes(carried, mon, cat, dan), leads(carried, mon, sup2), rainsTo(carried, mon, start)}, two...)
	late := func(from model.Clock) []part { // the other group comes later
		return append([]part{moved(goes(carried, mon, cat, dan), from, 960), moved(leads(carried, mon, sup2), from, 960), func(_ *model.Snapshot, r *model.Roster) {
			k := key(carried, mon)
			k.Start = from
			r.WetPlans = append(r.WetPlans, model.WetPlan{Session: k, Host: start})
		}}, two...)
	}
	keepsOrBreaks(t, constraints.WetPlan, []clause{
		{"a group indoors needs none", nil, []part{goes(group, mon, ann)}, 0},
		{"a group outdoors needs one", outdoors(0, group), []part{goes(group, mon, ann), leads(group, mon, sup1)}, 1},
		{"a sheltered group needs none", siteOf(group, func(p *model.Project) { p.Exposure = model.Sheltered }), []part{goes(group, mon, ann)}, 0},
		{"somebody alone outdoors needs none", outdoors(0, alone), []part{goes(alone, mon, ann)}, 0},
		{"a session without people needs none", outdoors(0, group), []part{leads(group, mon, sup1)}, 0},
		{"it has one", outdoors(2, group), two, 0},
		{"another day's is none", outdoors(2, group), []part{goes(group, mon, ann), rainsTo(group, tue, start)}, 1},
		{"its host is not known", outdoors(2, group), []part{goes(group, mon, ann), rainsTo(group, mon, "IN99")}, 1},
		{"its host is sheltered, not indoors", both(outdoors(2, group), siteOf(start, func(p *model.Project) { p.Exposure = model.Sheltered })), two, 1},
		{"its host is not listed that day", both(outdoors(2, group), shut(start)), two, 1},
		{"its host closes a minute early", both(outdoors(2, group), hours(start, 540, 959)), two, 1},
		{"its host opens a minute late", both(outdoors(2, group), hours(start, 541, 960)), two, 1},
		{"its host is open longer", both(outdoors(2, group), hours(start, 539, 961)), two, 0},

		{"two come where there is room for one", outdoors(1, group), two, 1},
		{"no more come than the group has places", both(outdoors(1, group), siteOf(group, func(p *model.Project) { p.Places = 1 })), two, 0},
		{"no more come than its supervisor answers for", both(outdoors(1, group), func(sn *model.Snapshot) { sn.Policy.PeoplePerSupervisor = 1 }), two, 0},
		{"a second supervisor answers for the other", both(outdoors(1, group), func(sn *model.Snapshot) { sn.Policy.PeoplePerSupervisor = 1 }), append([]part{leads(group, mon, sup2)}, two...), 1},
		{"somebody unknown takes one place", outdoors(1, group), []part{goes(group, mon, "Z999999"), leads(group, mon, sup1), rainsTo(group, mon, start)}, 0},
		{"a support worker comes too", both(outdoors(2, group), func(sn *model.Snapshot) { person(sn, ann).Health = model.SupportWorker }), two, 1},
		{"two groups share the room", outdoors(4, group, carried), four, 0},
		{"two groups exceed the room", outdoors(3, group, carried), four, 2},
		{"the host's own people have places of their own", outdoors(2, group), append([]part{goes(start, mon, cat, dan)}, two...), 0},
		{"the second comes when the first has left", all(outdoors(2, group, carried), hours(group, 540, 720), hours(carried, 720, 960)), late(720), 0},
		{"the second comes a minute before", all(outdoors(2, group, carried), hours(group, 540, 721), hours(carried, 720, 960)), late(720), 2},
		{"groups of other weather areas take room too", both(outdoors(3, group, carried), siteOf(carried, func(p *model.Project) { p.WeatherArea = "W9" })), four, 2},

		{"a mixed group at a place for women", both(outdoors(2, group), women(start)), two, 1},
		{"a women's group at a place for women", both(outdoors(2, group), women(start, group)), two, 0},
		{"two women's groups at a place for women", both(outdoors(4, group, carried), women(start, group, carried)), four, 0},
		{"a women's group by itself", both(outdoors(2, group), women(group)), two, 0},
		{"a women's group with the host's own people", both(outdoors(2, group), women(group)), append([]part{goes(start, mon, cat)}, two...), 1},
		{"a women's group with a mixed group", both(outdoors(4, group, carried), women(group)), four, 1},
		{"a women's group with somebody of a mixed group", both(outdoors(4, group, carried), women(group)),
			append([]part{goes(carried, mon, cat), leads(carried, mon, sup2), rainsTo(carried, mon, start)}, two...), 1},
		{"a women's group with a mixed group to which nobody goes", both(outdoors(4, group, carried), women(group)), append([]part{rainsTo(carried, mon, start)}, two...), 0},
		{"two women's groups at a place for all", both(outdoors(4, group, carried), women(group, carried)), four, 2},
		{"a women's group after a mixed group", all(outdoors(4, group, carried), women(group), hours(group, 540, 720), hours(carried, 720, 960)), late(720), 0},

		{"rain is likely enough", both(outdoors(0, group), rains(300, 300)), []part{goes(group, mon, ann)}, 1},
		{"rain is not likely enough", both(outdoors(0, group), rains(299, 300)), []part{goes(group, mon, ann)}, 0},
		{"no rain at all, and a plan always", both(outdoors(0, group), rains(0, 0)), []part{goes(group, mon, ann)}, 1},
		{"nobody knows the weather", both(outdoors(0, group), rains(0, 300)), []part{goes(group, tue, ann)}, 1},
		{"a plan that nobody needs must hold all the same", both(outdoors(1, group), rains(0, 300)), two, 1},
	})
}
