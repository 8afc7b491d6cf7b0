package constraints_test

import (
	"testing"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/solver/constraints"
)

func TestTravel(t *testing.T) {
	// A minute of a person 0.2 points, of a supervisor 0.1, a kilometre 0.3.
	walks := func(minutes int32) func(*model.Snapshot) {
		return func(sn *model.Snapshot) { sn.Travel = legs(leg("A000001", "CT01", geo.Walk, minutes)) }
	}
	rides := func(sn *model.Snapshot) {
		sn.Travel = legs(leg("A000001", "ST01", geo.Walk, 10), leg("A000001", "ST02", geo.Walk, 90), leg("ST01", "CT02", geo.Car, 20), leg("BUS01", "CT02", geo.Car, 25),
			leg("BUS01", "ST01", geo.Car, 8))
	}
	home := func(p geo.Point, ways ...geo.Leg) func(*model.Snapshot) {
		return func(sn *model.Snapshot) {
			sn.Supervisor(sup1).Home = p
			sn.Travel = legs(ways...)
		}
	}
	keepsOrBreaks(t, constraints.Travel, []clause{
		{"no way at all", nil, []part{goes(group, mon, ann)}, 0},
		{"30 minutes by their own means", walks(30), []part{goes(group, mon, ann)}, 30 * 200},
		{"a way longer than ten hours is priced as ten", walks(700), []part{goes(group, mon, ann)}, 600 * 200},
		{"a rider without a trip is priced by the best ride", rides, []part{goes(carried, mon, ann)}, 30 * 200},
		{"a rider with a trip is priced by it", rides, []part{pickedUp(carried, mon, ann, stop1, 515), runs(carried, mon, bus1, sup1, stop1)}, 35*200 + 56*300},
		{"a trip straight to the site and back, 50 km", rides, []part{runs(carried, mon, bus1, sup1)}, 50 * 300},
		{"part of a kilometre", func(sn *model.Snapshot) {
			sn.Travel = legs(geo.Leg{From: "BUS01", To: "CT02", Mode: geo.Car, Minutes: 1, Metres: 501})
		}, []part{runs(carried, mon, bus1, sup1)}, 1002 * 300 / 1000},
		{"a supervisor's drive", home(town, leg("SV01", "CT01", geo.Car, 40)), []part{leads(group, mon, sup1)}, 40 * 100},
		{"a supervisor whose home nobody knows", home(geo.Point{}), []part{leads(group, mon, sup1)}, 0},
		{"a supervisor whose home nobody knows, but the way", home(geo.Point{}, leg("SV01", "CT01", geo.Car, 40)), []part{leads(group, mon, sup1)}, 40 * 100},
		{"strangers cost nothing", walks(30), []part{goes(group, mon, "Z999999"), leads(group, mon, "SV99"), runs(group, mon, "BUS99", ""), goes("CT99", mon, ann)}, 0},
	})
}
