package constraints_test

import (
	"testing"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/solver/constraints"
)

func TestMinibus(t *testing.T) {
	// One person rides from the first stop with the first minibus; nothing takes any time.
	ride := func(parts ...part) []part {
		return append([]part{pickedUp(carried, mon, ann, stop1, 540), leads(carried, mon, sup1)}, parts...)
	}
	byBus1 := runs(carried, mon, bus1, sup1, stop1)
	bus := func(edit func(m *model.Minibus)) func(*model.Snapshot) {
		return func(sn *model.Snapshot) { edit(sn.Minibus(bus1)) }
	}
	licence := func(l model.Licence, until model.Date) func(*model.Snapshot) {
		return func(sn *model.Snapshot) { sn.Supervisor(sup1).Licence, sn.Supervisor(sup1).LicenceUntil = l, until }
	}
	timed := func(sn *model.Snapshot) { // depot 10 minutes from the stop, the site 20 minutes on
		sn.Travel = legs(leg("BUS01", "ST01", geo.Car, 10), leg("ST01", "CT02", geo.Car, 20), leg("BUS01", "CT02", geo.Car, 25))
	}
	boarding := func(sn *model.Snapshot) { sn.Policy.BoardingMinutes = 3 }
	calls := func(leaves, calls, returns model.Clock) part {
		return trip(runs(carried, mon, bus1, sup1, stop1), func(x *model.Trip) {
			x.Leaves, x.Stops[0].At, x.Returns = at(mon, leaves), at(mon, calls), at(mon, returns)
		})
	}
	rideAt := func(clock model.Clock, parts ...part) []part {
		return append([]part{pickedUp(carried, mon, ann, stop1, clock), leads(carried, mon, sup1)}, parts...)
	}
	either := func(minutes int32) func(*model.Snapshot) {
		return func(sn *model.Snapshot) {
			sn.Project(carried).Transport = model.Either
			sn.Travel = legs(leg("A000001", "CT02", geo.Walk, minutes))
		}
	}
	keepsOrBreaks(t, constraints.Minibus, []clause{
		{"somebody rides", nil, ride(byBus1), 0},
		{"an unknown minibus has no road", nil, ride(runs(carried, mon, "BUS99", sup1, stop1)), 1},
		{"off the road", bus(func(m *model.Minibus) { m.OffRoadFrom = monday }), ride(byBus1), 1},
		{"off the road until the day before", bus(func(m *model.Minibus) { m.OffRoadFrom, m.OffRoadTo = monday-3, monday-1 }), ride(byBus1), 0},
		{"inspected until that day", bus(func(m *model.Minibus) { m.InspectedUntil = monday }), ride(byBus1), 0},
		{"inspected until the day before", bus(func(m *model.Minibus) { m.InspectedUntil = monday - 1 }), ride(byBus1), 1},
		{"a project to which people come by themselves", nil, []part{goes(group, mon, ann), leads(group, mon, sup1), runs(group, mon, bus1, sup1)}, 1},
		{"not a group", func(sn *model.Snapshot) { sn.Project(alone).Transport = model.ByMinibus },
			[]part{pickedUp(alone, mon, ann, stop1, 540), leads(alone, mon, sup1), runs(alone, mon, bus1, sup1, stop1)}, 1},
		{"nobody in the session", nil, []part{leads(carried, mon, sup1), byBus1}, 1},
		{"nobody who rides", either(90), []part{goes(carried, mon, ann), leads(carried, mon, sup1), byBus1}, 1},
		{"somebody whose own way is too long rides", either(91), ride(byBus1), 0},

		{"a driver with licence B for 8 seats", licence(model.LicenceB, 0), ride(byBus1), 0},
		{"no licence", licence(model.NoLicence, 0), ride(runs(carried, mon, bus1, "", stop1)), 1},
		{"a licence on its last day", licence(model.LicenceB, monday), ride(byBus1), 0},
		{"a licence that ended the day before", licence(model.LicenceB, monday-1), ride(runs(carried, mon, bus1, "", stop1)), 1},
		{"licence B for 16 seats", nil, ride(runs(carried, mon, bus2, "", stop1)), 1},
		{"licence D1 for 16 seats", licence(model.LicenceD1, 0), ride(runs(carried, mon, bus2, sup1, stop1)), 0},
		{"licence B for 9 seats", bus(func(m *model.Minibus) { m.Seats = 9 }), ride(runs(carried, mon, bus1, "", stop1)), 1},
		{"two minibuses and one driver", nil, ride(byBus1, trip(runs(carried, mon, bus2, "", stop1), func(*model.Trip) {})), 1 + 1},
		{"a driver named who may not drive it", nil, ride(runs(carried, mon, bus2, sup1, stop1)), 1 + 1},
		{"a driver named who is not there", nil, ride(runs(carried, mon, bus1, sup2, stop1)), 1},
		{"one driver named for two minibuses", licence(model.LicenceD1, 0), ride(byBus1, leads(carried, mon, sup2), runs(carried, mon, bus2, sup1, stop1)), 1},

		{"in time everywhere", timed, rideAt(520, calls(510, 520, 990)), 0},
		{"too late at the stop", timed, rideAt(520, calls(511, 520, 990)), 1},
		{"too late at the site", timed, rideAt(521, calls(510, 521, 990)), 1},
		{"back at the depot too soon", timed, rideAt(520, calls(510, 520, 989)), 1},
		{"three minutes at the stop, not planned for", both(timed, boarding), rideAt(520, calls(510, 520, 993)), 1},
		{"three minutes at the stop, planned for", both(timed, boarding), rideAt(517, calls(507, 517, 993)), 0},
		{"straight to the site with too little time", timed, []part{goes(carried, mon, ann), leads(carried, mon, sup1),
			trip(runs(carried, mon, bus1, sup1), leavesAndReturns(516, 985))}, 1 + 1},
		{"an unknown stop", func(sn *model.Snapshot) { sn.Stops = sn.Stops[1:] }, rideAt(540, calls(540, 540, 960)), 1},

		{"a rider without pick-up", nil, []part{goes(carried, mon, ann), leads(carried, mon, sup1), byBus1}, 1},
		{"a pick-up where no trip calls", nil, []part{pickedUp(carried, mon, ann, stop2, 540), leads(carried, mon, sup1), byBus1}, 1},
		{"a pick-up at another time", nil, []part{pickedUp(carried, mon, ann, stop1, 539), leads(carried, mon, sup1), byBus1}, 1},
		{"a pick-up for a project to which people come by themselves", nil, []part{pickedUp(group, mon, ann, stop1, 540)}, 1},
	})
}
