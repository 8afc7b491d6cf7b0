package constraints_test

import (
	"testing"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/solver/constraints"
)

func TestTravelLimit(t *testing.T) {
	walks := func(minutes int32) func(*model.Snapshot) {
		return func(sn *model.Snapshot) { sn.Travel = legs(leg("A000001", "CT01", geo.Walk, minutes)) }
	}
	own := func(minutes int32) func(*model.Snapshot) {
		return func(sn *model.Snapshot) { person(sn, ann).MaxTravelMinutes = minutes }
	}
	rides := func(toStop, on int32) func(*model.Snapshot) {
		return func(sn *model.Snapshot) {
			sn.Travel = legs(leg("A000001", "ST01", geo.Walk, toStop), leg("A000001", "ST02", geo.Walk, 200), leg("ST01", "CT02", geo.Car, on), leg("ST02", "CT02", geo.Car, 1))
		}
	}
	wet := func(minutes int32) func(*model.Snapshot) {
		return func(sn *model.Snapshot) { sn.Travel = legs(leg("A000001", "PI01", geo.Walk, minutes)) }
	}
	ridesWet := func(toStop, on int32) func(*model.Snapshot) { // 20 minutes in the minibus when it is dry
		return func(sn *model.Snapshot) {
			sn.Travel = legs(leg("A000001", "ST01", geo.Walk, toStop), leg("A000001", "ST02", geo.Walk, 200), leg("ST01", "CT02", geo.Car, 20), leg("ST01", "PI01", geo.Car, on))
		}
	}
	keepsOrBreaks(t, constraints.TravelLimit, []clause{
		{"90 minutes", walks(90), []part{goes(group, mon, ann)}, 0},
		{"91 minutes", walks(91), []part{goes(group, mon, ann)}, 1},
		{"the person's own limit of 60", both(walks(61), own(60)), []part{goes(group, mon, ann)}, 1},
		{"an own limit of 120 does not raise the policy's", both(walks(91), own(120)), []part{goes(group, mon, ann)}, 1},
		{"a home nobody knows is too far", func(sn *model.Snapshot) { person(sn, ann).Home = geo.Point{} }, []part{goes(group, mon, ann)}, 1},
		{"30 minutes to the stop and 60 in the minibus", rides(30, 60), []part{goes(carried, mon, ann)}, 0},
		{"31 minutes to the stop and 60 in the minibus", rides(31, 60), []part{goes(carried, mon, ann)}, 1},
		{"no stop anywhere", func(sn *model.Snapshot) { sn.Stops = nil }, []part{goes(carried, mon, ann)}, 1},
		{"the trip as it is takes 60 minutes", rides(30, 60), []part{pickedUp(carried, mon, ann, stop1, 480), runs(carried, mon, bus1, sup1, stop1)}, 0},
		{"the trip as it is takes 61 minutes", rides(30, 60), []part{pickedUp(carried, mon, ann, stop1, 479), runs(carried, mon, bus1, sup1, stop1)}, 1},
		{"90 minutes to the wet site", wet(90), []part{goes(group, mon, ann), rainsTo(group, mon, start)}, 0},
		{"91 minutes to the wet site", wet(91), []part{goes(group, mon, ann), rainsTo(group, mon, start)}, 1},
		{"90 minutes to the site and 91 to the wet site", func(sn *model.Snapshot) {
			sn.Travel = legs(leg("A000001", "CT01", geo.Walk, 90), leg("A000001", "PI01", geo.Walk, 91))
		}, []part{goes(group, mon, ann), rainsTo(group, mon, start)}, 1},
		{"91 minutes to site and wet site are one case", both(wet(91), func(sn *model.Snapshot) { person(sn, ann).MaxTravelMinutes = 0; sn.Project(group).Site = geo.Point{} }), []part{goes(group, mon, ann), rainsTo(group, mon, start)}, 1},
		{"a minibus to the wet site in 60 minutes", ridesWet(30, 60), []part{goes(carried, mon, ann), rainsTo(carried, mon, start)}, 0},
		{"a minibus to the wet site in 61 minutes", ridesWet(30, 61), []part{goes(carried, mon, ann), rainsTo(carried, mon, start)}, 1},
		{"the trip as it is, a minute too long to the wet site", ridesWet(30, 60),
			[]part{pickedUp(carried, mon, ann, stop1, 519), runs(carried, mon, bus1, sup1, stop1), rainsTo(carried, mon, start)}, 1},
		{"the trip as it is, to the wet site", ridesWet(30, 60),
			[]part{pickedUp(carried, mon, ann, stop1, 520), runs(carried, mon, bus1, sup1, stop1), rainsTo(carried, mon, start)}, 0},
	})
}

func TestTravelLimitFindsHosts(t *testing.T) {
	led := []part{goes(group, mon, ann), leads(group, mon, sup1)}
	walks := func(minutes int32) func(*model.Snapshot) {
		return both(outdoors(2, group), func(sn *model.Snapshot) { sn.Travel = legs(leg("A000001", "PI01", geo.Walk, minutes)) })
	}
	rides := func(minutes int32) func(*model.Snapshot) { // 30 to the stop, then by minibus
		return all(outdoors(2, group), siteOf(group, func(p *model.Project) { p.Transport = model.ByMinibus }), func(sn *model.Snapshot) {
			sn.Travel = legs(leg("A000001", "ST01", geo.Walk, 30), leg("A000001", "ST02", geo.Walk, 200), leg("ST01", "PI01", geo.Car, minutes))
		})
	}
	findsHosts(t, constraints.TravelLimit, []hosted{
		{"90 minutes away", walks(90), led, start},
		{"none 91 minutes away", walks(91), led, ""},
		{"30 minutes to the stop and 60 on", rides(60), led, start},
		{"none 30 minutes to the stop and 61 on", rides(61), led, ""},
	})
}
