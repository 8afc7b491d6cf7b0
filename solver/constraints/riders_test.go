package constraints_test

import (
	"testing"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/solver/constraints"
)

func TestRiders(t *testing.T) {
	seats := func(n int32) func(*model.Snapshot) {
		return func(sn *model.Snapshot) { sn.Minibus(bus1).Seats = n }
	}
	worker := func(sn *model.Snapshot) { person(sn, ann).Health = model.SupportWorker }
	high := func(sn *model.Snapshot) { person(sn, ann).Risk = model.HighRisk }
	either := func(minutes int32) func(*model.Snapshot) {
		return func(sn *model.Snapshot) {
			sn.Project(carried).Transport = model.Either
			sn.Travel = legs(leg("A000001", "CT02", geo.Walk, minutes), leg("A000002", "CT02", geo.Walk, 1))
		}
	}
	allow := func(permille int32) func(*model.Snapshot) {
		return func(sn *model.Snapshot) { sn.Policy.SeatlessPermille = permille }
	}
	ride := func(who []model.CRN, parts ...part) []part {
		return append([]part{goes(carried, mon, who...), leads(carried, mon, sup1)}, parts...)
	}
	one, two, four := []model.CRN{ann}, []model.CRN{ann, bob}, []model.CRN{ann, bob, cat, dan}
	first, second := runs(carried, mon, bus1, sup1, stop1), runs(carried, mon, bus2, sup2, stop1)
	keepsOrBreaks(t, constraints.Riders, []clause{
		{"two certain riders and two seats", seats(2), ride(two, first), 0},
		{"two certain riders and one seat", seats(1), ride(two, first), 1},
		{"a support worker takes a seat", both(seats(1), worker), ride(one, first), 1},
		{"someone at high risk takes one", both(seats(1), high), ride(one, first), 0},
		{"a supervisor beyond the driver takes a seat", seats(2), ride(two, leads(carried, mon, sup2), first), 1},
		{"a second minibus has a driver of its own", seats(2), ride(two, leads(carried, mon, sup2), first, second), 0},
		{"a minibus without a driver has no seat for the driver", both(seats(1), func(sn *model.Snapshot) { sn.Minibus(bus2).Seats = 2 }), ride(four, first, second), 1},
		{"an unknown minibus has no seats, and its driver needs one", nil, ride(one, runs(carried, mon, "BUS99", sup1, stop1)), 2},
		{"two riders without any minibus want three seats", nil, ride(two), 3},
		{"supervisors without riders want no seat", nil, []part{leads(carried, mon, sup1, sup2)}, 0},
		{"people whose own way is short enough do not ride", both(seats(1), either(90)), ride(two, first), 0},
		{"people whose own way is too long ride", both(seats(1), both(either(91), worker)), ride(two, first), 1},
		{"those of a project to which people come by themselves need none", nil, []part{goes(group, mon, two...), leads(group, mon, sup1)}, 0},

		// Four who come six times in ten are more than three with a chance of 13.0 %, more than two with 47.5 %.
		{"more may ride than there are seats", all(seats(3), allow(130), comes(600, four...)), ride(four, first), 0},
		{"but not when that is too likely", all(seats(3), allow(129), comes(600, four...)), ride(four, first), 1},
		{"each seat too few counts", all(seats(2), allow(129), comes(600, four...)), ride(four, first), 2},
		{"the policy's one in twenty holds", all(seats(3), comes(472, four...)), ride(four, first), 0},
		{"the policy's one in twenty is passed", all(seats(3), comes(473, four...)), ride(four, first), 1},
		{"places have a limit of their own", all(seats(3), comes(600, four...), func(sn *model.Snapshot) { sn.Policy.OverfullPermille = 1000 }), ride(four, first), 1},
		{"a booking beyond one and a half of the seats is nothing yet", all(seats(1), allow(900), comes(100, four...)), ride(four, first), 0},
	})
}

func TestRidersSay(t *testing.T) {
	says(t, constraints.Riders, []saying{
		{"no seat", nil, []part{goes(carried, mon, ann)}, []string{
			"CT02 on 2026-11-30 at 09:00: 0 seats for riders who take 1; more come with a chance of 100.0 %, and at most 5.0 % is allowed; 1 seat too few.",
		}},
		{"no seat in a session that is not listed, to which they are certain to come", nil, []part{moved(goes(carried, mon, ann), 600, 960)}, []string{
			"CT02 on 2026-11-30 at 10:00: 0 seats for riders who take 1; more come with a chance of 100.0 %, and at most 5.0 % is allowed; 1 seat too few.",
		}},
		{"two supervisors in a minibus of one seat", func(sn *model.Snapshot) { sn.Minibus(bus1).Seats = 1 },
			[]part{goes(carried, mon, ann), leads(carried, mon, sup1, sup2, "SV99"), runs(carried, mon, bus1, sup1, stop1)}, []string{
				"CT02 on 2026-11-30 at 09:00: supervisors alone take more seats than there are; 2 seats too few.",
			}},
	})
}
