package constraints_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

func TestAvailability(t *testing.T) {
	free := func(from, to model.Clock) func(*model.Snapshot) {
		return func(sn *model.Snapshot) {
			person(sn, ann).Free = []model.Span{{Start: at(mon, from), End: at(mon, to)}}
		}
	}
	half := func(sn *model.Snapshot) { // half an hour each way
		sn.Travel = legs(leg("A000001", "CT01", geo.Walk, 30))
	}
	rides := func(sn *model.Snapshot) { // 10 minutes to the stop, 20 in the minibus
		sn.Travel = legs(leg("A000001", "ST01", geo.Walk, 10), leg("A000001", "ST02", geo.Walk, 90), leg("ST01", "CT02", geo.Car, 20), leg("ST02", "CT02", geo.Car, 20),
			leg("ST01", "ST02", geo.Car, 15))
	}
	halfWet := func(sn *model.Snapshot) {
		sn.Travel = legs(leg("A000001", "PI01", geo.Walk, 30))
	}
	ridesWet := func(sn *model.Snapshot) { // 10 minutes to the stop, 20 in the minibus, and 30 when it rains
		sn.Travel = legs(leg("A000001", "ST01", geo.Walk, 10), leg("A000001", "ST02", geo.Walk, 90), leg("ST01", "CT02", geo.Car, 20), leg("ST01", "PI01", geo.Car, 30))
	}
	keepsOrBreaks(t, constraints.Availability, []clause{
		{"free all day", free(0, 1440), []part{goes(group, mon, ann)}, 0},
		{"free for exactly the session", free(540, 960), []part{goes(group, mon, ann)}, 0},
		{"busy in its last minute", free(540, 959), []part{goes(group, mon, ann)}, 1},
		{"busy in its first minute", free(541, 960), []part{goes(group, mon, ann)}, 1},
		{"free on another day only", free(540, 960), []part{goes(group, tue, ann)}, 1},
		{"free in two spans with a gap at noon", func(sn *model.Snapshot) {
			person(sn, ann).Free = []model.Span{{Start: at(mon, 500), End: at(mon, 720)}, {Start: at(mon, 721), End: at(mon, 1000)}}
		}, []part{goes(group, mon, ann)}, 1},
		{"time for the way there and back", both(half, free(510, 990)), []part{goes(group, mon, ann)}, 0},
		{"a minute short for the way there", both(half, free(511, 990)), []part{goes(group, mon, ann)}, 1},
		{"a minute short for the way back", both(half, free(510, 989)), []part{goes(group, mon, ann)}, 1},
		{"a shortened appointment is judged by its own end", both(half, free(510, 690)), []part{changed(goes(group, mon, ann), endsAt(660))}, 0},
		{"a shortened appointment a minute too long", both(half, free(510, 690)), []part{changed(goes(group, mon, ann), endsAt(661))}, 1},
		{"time for the best ride", both(rides, free(510, 990)), []part{goes(carried, mon, ann)}, 0},
		{"no time for any ride", both(rides, free(511, 990)), []part{goes(carried, mon, ann)}, 1},
		{"a rider goes home with the minibus however short their day", both(rides, free(510, 989)), []part{changed(goes(carried, mon, ann), endsAt(600))}, 1},
		{"time for the trip as it is", both(rides, free(510, 990)),
			[]part{pickedUp(carried, mon, ann, stop1, 520), runs(carried, mon, bus1, sup1, stop1)}, 0},
		{"the trip goes round by another stop", both(rides, free(510, 990)),
			[]part{pickedUp(carried, mon, ann, stop1, 505), runs(carried, mon, bus1, sup1, stop1, stop2)}, 1},
		{"somebody unknown is the business of other rules", free(0, 1), []part{goes(group, mon, "Z999999")}, 0},
		{"time for the way to the wet site and back", both(halfWet, free(510, 990)), []part{goes(group, mon, ann), rainsTo(group, mon, start)}, 0},
		{"a minute short for the way to the wet site", both(halfWet, free(511, 990)), []part{goes(group, mon, ann), rainsTo(group, mon, start)}, 1},
		{"a minute short for the way back from the wet site", both(halfWet, free(510, 989)), []part{goes(group, mon, ann), rainsTo(group, mon, start)}, 1},
		{"no time for site or wet site is one case", both(halfWet, free(541, 989)), []part{goes(group, mon, ann), rainsTo(group, mon, start)}, 1},
		{"time for the best ride to the wet site", both(ridesWet, free(500, 1000)), []part{goes(carried, mon, ann), rainsTo(carried, mon, start)}, 0},
		{"no time for any ride to the wet site", both(ridesWet, free(501, 1000)), []part{goes(carried, mon, ann), rainsTo(carried, mon, start)}, 1},
		{"no time for any ride home from the wet site", both(ridesWet, free(500, 999)), []part{goes(carried, mon, ann), rainsTo(carried, mon, start)}, 1},
		{"the trip as it is, to the wet site", both(ridesWet, free(500, 1000)),
			[]part{pickedUp(carried, mon, ann, stop1, 520), runs(carried, mon, bus1, sup1, stop1), rainsTo(carried, mon, start)}, 0},
		{"the trip as it is, a minute too early to the wet site", both(ridesWet, free(500, 1000)),
			[]part{pickedUp(carried, mon, ann, stop1, 519), runs(carried, mon, bus1, sup1, stop1), rainsTo(carried, mon, start)}, 1},
	})
}

// The sentence says that it is Friday prayer, and only where it is.
func TestAvailabilityNamesFridayPrayer(t *testing.T) {
	t.Parallel()
	sn := ordinary()
	p := person(sn, ann)
	p.Prayer = model.DailyAndFridayPrayer
	p.Free = []model.Span{{Start: at(mon, 0), End: at(fri, 700)}, {Start: at(fri, 779), End: at(sun, 0)}}
	say := func(day int, from model.Clock) string {
		r := roster(sn, changed(goes(group, day, ann), func(a *model.Appointment) { a.Span.Start = at(day, from) }))
		for _, v := range solver.Check(sn, r, []*solver.Constraint{constraints.Availability}) {
			return constraints.Availability.Explain(sn, v)
		}
		return ""
	}
	require.Contains(t, say(fri, 778), "they would be away from 12:58 to 16:00, over Friday prayer.")
	require.Empty(t, say(fri, 779))
	require.Empty(t, say(thu, 540))
	p.Free = nil
	require.Contains(t, say(fri, 779), "away from 12:59 to 16:00.")
	require.Contains(t, say(thu, 540), "away from 09:00 to 16:00.")
}
