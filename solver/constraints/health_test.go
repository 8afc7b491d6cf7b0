package constraints_test

import (
	"testing"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver/constraints"
)

func TestHealth(t *testing.T) {
	health := func(h model.Health) func(*model.Snapshot) {
		return func(sn *model.Snapshot) { person(sn, ann).Health = h }
	}
	// Each place is as a case says and otherwise suits nobody: heavy work with power tools, and no access.
	place := func(p model.ProjectCode, edit func(at *model.Project)) func(*model.Snapshot) {
		return func(sn *model.Snapshot) {
			at := sn.Project(p)
			at.Demand, at.PowerTools, at.StepFree, at.Wheelchair = model.Heavy, true, false, false
			edit(at)
		}
	}
	easy := func(at *model.Project) {
		at.Demand, at.PowerTools, at.StepFree, at.Wheelchair = model.Light, false, true, true
	}
	but := func(edits ...func(at *model.Project)) func(*model.Project) {
		return func(at *model.Project) {
			easy(at)
			for _, e := range edits {
				e(at)
			}
		}
	}
	medium := func(at *model.Project) { at.Demand = model.MediumDemand }
	heavy := func(at *model.Project) { at.Demand = model.Heavy }
	tools := func(at *model.Project) { at.PowerTools = true }
	steps := func(at *model.Project) { at.StepFree = false }
	narrow := func(at *model.Project) { at.Wheelchair = false }
	goesThere := []part{goes(group, mon, ann)}
	chairs := func(places int32) func(*model.Snapshot) {
		return func(sn *model.Snapshot) { sn.Minibus(bus1).WheelchairPlaces = places }
	}
	rolls := func(places int32) func(*model.Snapshot) {
		return all(health(model.Wheelchair), place(carried, easy), chairs(places))
	}
	everything := ^model.Health(0)
	keepsOrBreaks(t, constraints.Health, []clause{
		{"nothing is said of their health", place(group, func(*model.Project) {}), goesThere, 0},
		{"everything, at a place that suits everybody", both(health(everything&^model.Wheelchair), place(group, easy)), goesThere, 0},
		{"light work only where work is light", both(health(model.LightWorkOnly), place(group, easy)), goesThere, 0},
		{"light work only where work is medium", both(health(model.LightWorkOnly), place(group, but(medium))), goesThere, 1},
		{"light work only where work is heavy", both(health(model.LightWorkOnly), place(group, but(heavy))), goesThere, 1},
		{"light work only, with tools and without access", both(health(model.LightWorkOnly), place(group, but(tools, steps, narrow))), goesThere, 0},
		{"pregnant where work is light", both(health(model.Pregnancy), place(group, but(tools))), goesThere, 0},
		{"pregnant where work is medium", both(health(model.Pregnancy), place(group, but(medium))), goesThere, 1},
		{"no power tools where there are none", both(health(model.NoPowerTools), place(group, but(heavy, steps, narrow))), goesThere, 0},
		{"no power tools where there are some", both(health(model.NoPowerTools), place(group, but(tools))), goesThere, 1},
		{"epilepsy where there are no power tools", both(health(model.Epilepsy), place(group, but(heavy))), goesThere, 0},
		{"epilepsy where there are some", both(health(model.Epilepsy), place(group, but(tools))), goesThere, 1},
		{"step-free where it is", both(health(model.NeedsStepFree), place(group, but(narrow))), goesThere, 0},
		{"step-free where it is not, or nothing is said", both(health(model.NeedsStepFree), place(group, but(steps))), goesThere, 1},
		{"a wheelchair where it has access", both(health(model.Wheelchair), place(group, easy)), goesThere, 0},
		{"a wheelchair where it has no wheelchair access", both(health(model.Wheelchair), place(group, but(narrow))), goesThere, 1},
		{"a wheelchair where there are steps all the same", both(health(model.Wheelchair), place(group, but(steps))), goesThere, 1},
		{"a support worker and an allergy bar from nothing", both(health(model.SupportWorker|model.Allergy), place(group, func(*model.Project) {})), goesThere, 0},
		{"several reasons are one case", both(health(everything), place(group, func(*model.Project) {})), goesThere, 1},
		{"each appointment is a case", both(health(model.Pregnancy), place(group, but(heavy))), []part{goes(group, mon, ann, bob), goes(group, tue, ann)}, 2},
		{"at a wet site that does not suit them", all(health(model.Pregnancy), place(group, easy), place(start, but(heavy))), []part{goes(group, mon, ann), rainsTo(group, mon, start)}, 1},
		{"at a wet site that does", all(health(model.Pregnancy), place(group, easy), place(start, easy)), []part{goes(group, mon, ann), rainsTo(group, mon, start)}, 0},
		{"a site and a wet site that do not are one case", all(health(model.Pregnancy), place(group, but(heavy)), place(start, but(heavy))),
			[]part{goes(group, mon, ann), rainsTo(group, mon, start)}, 1},
		{"a wheelchair rides in a minibus with a place for it", rolls(1), []part{pickedUp(carried, mon, ann, stop1, 540), runs(carried, mon, bus1, sup1, stop1)}, 0},
		{"a wheelchair rides in a minibus without", rolls(0), []part{pickedUp(carried, mon, ann, stop1, 540), runs(carried, mon, bus1, sup1, stop1)}, 1},
		{"a wheelchair rides and there is no minibus", rolls(1), []part{goes(carried, mon, ann)}, 1},
		{"one of two minibuses has the place", rolls(1),
			[]part{pickedUp(carried, mon, ann, stop1, 540), runs(carried, mon, bus1, sup1, stop1), runs(carried, mon, bus2, sup2, stop1)}, 0},
		{"two wheelchairs and one place", both(rolls(1), func(sn *model.Snapshot) { person(sn, bob).Health = model.Wheelchair }),
			[]part{pickedUp(carried, mon, ann, stop1, 540), pickedUp(carried, mon, bob, stop1, 540), runs(carried, mon, bus1, sup1, stop1)}, 1},
		{"somebody else rides", both(place(carried, easy), chairs(0)), []part{pickedUp(carried, mon, bob, stop1, 540), runs(carried, mon, bus1, sup1, stop1)}, 0},
	})
}
