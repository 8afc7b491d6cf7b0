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
	left := func(minutes int32) func(*model.Snapshot) {
		return func(sn *model.Snapshot) { order(sn, ann).Completed = 6000 - minutes }
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
		{"a shortened appointment is judged by its own end", all(half, free(510, 690), left(120)), []part{changed(goes(group, mon, ann), endsAt(660))}, 0},
		{"a shortened appointment a minute too long", all(half, free(510, 690), left(121)), []part{changed(goes(group, mon, ann), endsAt(661))}, 1},
		{"time for the best ride", both(rides, free(510, 990)), []part{goes(carried, mon, ann)}, 0},
		{"no time for any ride", both(rides, free(511, 990)), []part{goes(carried, mon, ann)}, 1},
		{"a rider goes home with the minibus however short their day", all(rides, free(510, 989), left(60)), []part{changed(goes(carried, mon, ann), endsAt(600))}, 1},
		{"time for the trip as it is", both(rides, free(510, 990)),
			[]part{pickedUp(carried, mon, ann, stop1, 520), runs(carried, mon, bus1, sup1, stop1)}, 0},
		{"the trip goes round by another stop", both(rides, free(510, 990)),
			[]part{pickedUp(carried, mon, ann, stop1, 505), runs(carried, mon, bus1, sup1, stop1, stop2)}, 1},
		{"the last minute of all", both(free(540, 541), left(1)), []part{changed(goes(group, mon, ann), endsAt(541))}, 0},
		{"the last minute of all, and not free for it", both(free(0, 1), left(1)), []part{changed(goes(group, mon, ann), endsAt(541))}, 1},
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
		r := roster(sn, moved(goes(group, day, ann), from, 960))
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

// The session runs from 09:00 to 16:00; ways take no time unless a case says so.
func TestOwnTimes(t *testing.T) {
	left := func(minutes int32) func(*model.Snapshot) {
		return func(sn *model.Snapshot) { order(sn, ann).Completed = 6000 - minutes }
	}
	// cares has Ann care at some time of Monday, and free from 00:00 to 24:00 otherwise.
	cares := func(from, to model.Clock) func(*model.Snapshot) {
		return func(sn *model.Snapshot) {
			p := person(sn, ann)
			duty := []model.Span{{Start: at(mon, from), End: at(mon, to)}}
			all := p.Free
			p.Free = model.Subtract(all, duty)
			p.Caring = model.Union(append(p.Caring, model.Subtract(all, p.Free)...))
		}
	}
	works := func(from, to model.Clock) func(*model.Snapshot) {
		return func(sn *model.Snapshot) {
			p, busy := person(sn, ann), []model.Span{{Start: at(mon, from), End: at(mon, to)}}
			p.Free, p.Caring = model.Subtract(p.Free, busy), model.Subtract(p.Caring, busy)
		}
	}
	half := func(sn *model.Snapshot) { // 30 minutes out and 20 home
		sn.Travel = legs(leg("A000001", "CT01", geo.Walk, 30), leg("CT01", "A000001", geo.Walk, 20))
	}
	least := func(minutes int32) func(*model.Snapshot) {
		return func(sn *model.Snapshot) { sn.Policy.ShortDayLeastMinutes = minutes }
	}
	comes := func(from, to model.Clock) []part {
		return []part{changed(goes(group, mon, ann), func(a *model.Appointment) { a.Span = model.Span{Start: at(mon, from), End: at(mon, to)} })}
	}
	second := func(sn *model.Snapshot) {
		q := *order(sn, ann)
		q.Event = 2
		person(sn, ann).Requirements = append(person(sn, ann).Requirements, q)
	}
	keepsOrBreaks(t, constraints.Availability, []clause{
		{"the whole session in spite of a caring duty", cares(500, 600), comes(540, 960), 1},
		{"an hour late", cares(500, 600), comes(600, 960), 0},
		{"more than an hour late", cares(500, 601), comes(601, 960), 1},
		{"later than the duty asks, within the hour", cares(500, 590), comes(600, 960), 0},
		{"an hour early", cares(900, 1000), comes(540, 900), 0},
		{"more than an hour early", cares(899, 1000), comes(540, 899), 1},
		{"both ends", both(cares(500, 585), cares(910, 980)), comes(585, 910), 0},
		{"both ends, a minute into the first duty", both(cares(500, 585), cares(910, 980)), comes(584, 910), 1},
		{"both ends, a minute into the second duty", both(cares(500, 585), cares(910, 980)), comes(585, 911), 1},
		{"a late start only, though both ends ask for it", both(cares(500, 585), cares(910, 980)), comes(585, 960), 1},
		{"with the ways", all(half, cares(500, 560), cares(925, 980)), comes(590, 905), 0},
		{"a minute short for the way there", all(half, cares(500, 560), cares(925, 980)), comes(589, 905), 1},
		{"a minute short for the way home", all(half, cares(500, 560), cares(925, 980)), comes(590, 906), 1},
		{"late without a caring duty", nil, comes(541, 960), 1},
		{"early without a caring duty", nil, comes(540, 959), 1},
		{"late, with a duty at the end", cares(900, 1000), comes(560, 900), 1},
		{"early, with a duty at the beginning", cares(500, 600), comes(600, 950), 1},
		{"late, with a duty that ended before the way there", both(half, cares(400, 510)), comes(545, 960), 1},
		{"early, with a duty that begins after the way home", both(half, cares(980, 1000)), comes(540, 955), 1},
		{"late for work instead", works(500, 600), comes(600, 960), 1},
		{"late for caring, and work stands in the way too", both(cares(500, 590), works(500, 541)), comes(590, 960), 1},
		{"late for caring, and work ends when the session begins", both(cares(500, 590), works(500, 540)), comes(590, 960), 0},
		{"late for caring, early for work", both(cares(500, 590), works(930, 1000)), comes(590, 930), 1},
		{"a duty in the middle", cares(700, 720), comes(540, 960), 1},
		{"a duty on another day", cares(1440+500, 1440+600), comes(600, 960), 1},
		{"the least that is left", all(least(300), cares(500, 600), cares(900, 960)), comes(600, 900), 0},
		{"less than the least", all(least(301), cares(500, 600), cares(900, 960)), comes(600, 900), 1},
		{"begins before the session", cares(500, 600), comes(539, 960), 1},
		{"ends after the session", cares(500, 600), comes(600, 961), 1},
		{"the last of all ends when nothing remains", left(100), comes(540, 640), 0},
		{"the last of all ends while a minute remains", left(101), comes(540, 640), 1},
		{"the last of all with a late start", both(left(100), cares(500, 600)), comes(600, 700), 0},
		{"the last of all with a start too late", both(left(100), cares(500, 601)), comes(601, 701), 1},
		{"the last of all starts late although work stands in the way", all(left(100), cares(500, 600), works(500, 541)), comes(600, 700), 1},
		{"the last of all starts late, and work begins after it", all(left(100), cares(500, 600), works(700, 960)), comes(600, 700), 0},
		{"the last of all, and work begins on the way home", all(half, left(100), cares(500, 560), works(709, 960)), comes(590, 690), 1},
		{"another comes after it", left(520), append(comes(540, 640), goes(group, tue, ann)), 1},
		{"others come before it", left(520), append(comes(540, 640), goes(group, -1, ann)), 0},
		{"what somebody else does is not counted", left(520), append(comes(540, 640), goes(group, tue, bob)), 1},
		{"another requirement's appointment comes after it", both(left(100), second), append(comes(540, 640), changed(goes(group, tue, ann), func(a *model.Appointment) { a.Event = 2 })), 0},
		{"an unknown requirement has no last", left(100), []part{changed(goes(group, mon, ann), func(a *model.Appointment) { a.Event, a.Span.End = 3, at(mon, 640) })}, 1},
		{"who rides comes with the others", cares(500, 600), []part{changed(goes(carried, mon, ann), func(a *model.Appointment) { a.Span.Start = at(mon, 600) })}, 1},
		{"who rides leaves with the others", cares(900, 960), []part{changed(goes(carried, mon, ann), endsAt(900))}, 1},
	})
}

// A late start is late at the wet site too: the group has a host as long as the way there leaves time.
func TestAvailabilityAtTheWetSiteIsOfOwnTimes(t *testing.T) {
	t.Parallel()
	for way, cases := range map[int32]int64{0: 0, 1: 1} {
		sn := ordinary()
		outdoors(10, group)(sn)
		for i := range sn.Projects {
			if p := &sn.Projects[i]; p.Code != group && p.Code != start {
				p.Exposure = model.Outdoor // no other host
			}
		}
		sn.Travel = legs(leg("A000001", "CT01", geo.Walk, 0), leg("A000001", "PI01", geo.Walk, way))
		p := person(sn, ann)
		duty := []model.Span{{Start: at(mon, 500), End: at(mon, 600)}}
		p.Free, p.Caring = []model.Span{{Start: at(mon, 0), End: at(mon, 500)}, {Start: at(mon, 600), End: at(mon, 960)}}, duty
		made, err := solver.Compile(sn, []*solver.Constraint{constraints.Availability, constraints.WetPlan})
		require.NoError(t, err)
		s := made.NewState()
		a, _ := made.PersonIx(ann)
		k, _ := made.SupervisorIx(sup1)
		session, _ := made.SessionIx(key(group, mon))
		s.Join(a, session)
		s.Join(k, session)
		require.Equal(t, cases, s.Settle().Hard(), "%d minutes to the wet site", way)
		r := s.Roster()
		require.Equal(t, model.Span{Start: at(mon, 600), End: at(mon, 960)}, r.Appointments[0].Span)
		require.Len(t, r.WetPlans, int(1-cases))
	}
}
