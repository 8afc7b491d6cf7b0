package constraints_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

// beside lies 1,111.95 metres from the town, and away out of its sight.
var beside, away = geo.Point{Latitude: 52.01, Longitude: -1.5}, geo.Point{Latitude: 52.5, Longitude: -1.5}

// zone keeps somebody away from 500 metres around the town, unless it is edited.
func zone(c model.CRN, edits ...func(z *model.Zone)) func(*model.Snapshot) {
	return func(sn *model.Snapshot) {
		z := model.Zone{CRN: c, Centre: town, Metres: 500}
		for _, e := range edits {
			e(&z)
		}
		sn.Zones = append(sn.Zones, z)
	}
}

func site(p model.ProjectCode, at geo.Point) func(*model.Snapshot) {
	return func(sn *model.Snapshot) { sn.Project(p).Site = at }
}

func TestExclusionZone(t *testing.T) {
	around := func(at geo.Point, metres int32) func(*model.Zone) {
		return func(z *model.Zone) { z.Centre, z.Metres = at, metres }
	}
	project := func(p model.ProjectCode) func(*model.Zone) {
		return func(z *model.Zone) { z.Centre, z.Metres, z.Project = geo.Point{}, 0, p }
	}
	from := func(d model.Date) func(*model.Zone) { return func(z *model.Zone) { z.From = d } }
	to := func(d model.Date) func(*model.Zone) { return func(z *model.Zone) { z.To = d } }
	on := func(days ...time.Weekday) func(*model.Zone) {
		return func(z *model.Zone) {
			for _, d := range days {
				z.Days |= 1 << d
			}
		}
	}
	hours := func(start, end model.Clock) func(*model.Zone) {
		return func(z *model.Zone) { z.Start, z.End = start, end }
	}
	onMonday, onTuesday := []part{goes(group, mon, ann)}, []part{goes(group, tue, ann)}
	// To CT02, which lies away, people are picked up in the town so many minutes before and brought back so many after.
	ways := func(out, home int32) func(*model.Snapshot) {
		return all(site(carried, away), func(sn *model.Snapshot) {
			sn.Stops = sn.Stops[:1]
			sn.Travel = legs(leg("ST01", "CT02", geo.Car, out), leg("CT02", "ST01", geo.Car, home))
		})
	}
	rides := ways(60, 60) // at 08:00 and 17:00
	fetchedAt := func(day int, clock model.Instant) []part {
		return []part{
			changed(goes(carried, day, ann), func(a *model.Appointment) { a.PickUp, a.PickUpAt = stop1, clock }),
			trip(runs(carried, day, bus1, sup1), func(x *model.Trip) { x.Stops = []model.StopTime{{Stop: stop1, At: clock}} }),
		}
	}
	fetched := fetchedAt(mon, at(mon, 480))
	// A session of CT02 at other times, and what goes there.
	retimed := func(day int, start, end model.Clock) func(*model.Snapshot) {
		return func(sn *model.Snapshot) {
			s := sn.Session(key(carried, day))
			s.Key.Start, s.End, s.Span = start, end%1440, model.Span{Start: at(day, start), End: at(day, end)}
			sortSessions(sn)
		}
	}
	then := func(parts []part, start, end model.Clock) (all []part) {
		for _, p := range parts {
			all = append(all, moved(p, start, end))
		}
		return all
	}
	keepsOrBreaks(t, constraints.ExclusionZone, []clause{
		{"the site is in the area", zone(ann), onMonday, 1},
		{"nothing is excluded", nil, onMonday, 0},
		{"the area is somebody else's", zone(bob), onMonday, 0},
		{"the site is elsewhere", both(zone(ann), site(group, away)), onMonday, 0},
		{"the site is on the edge", zone(ann, around(beside, 1112)), onMonday, 1},
		{"the site is a metre beyond the edge", zone(ann, around(beside, 1111)), onMonday, 0},
		{"the site has no position", both(zone(ann), site(group, geo.Point{})), onMonday, 1},
		{"the project is excluded", zone(ann, project(group)), onMonday, 1},
		{"another project is excluded", both(zone(ann, project(alone)), site(alone, away)), onMonday, 0},
		{"a project at the same place as an excluded one", zone(ann, project(alone)), onMonday, 1},
		{"an area and a project in one row", both(zone(ann, func(z *model.Zone) { z.Project = alone }), site(group, away)), onMonday, 0},
		{"an exclusion from the next day on", zone(ann, from(monday+1)), onMonday, 0},
		{"an exclusion on its first day", zone(ann, from(monday)), onMonday, 1},
		{"an exclusion on its last day", zone(ann, to(monday)), onMonday, 1},
		{"an exclusion that ended the day before", zone(ann, to(monday-1)), onMonday, 0},
		{"on an excluded weekday", zone(ann, on(time.Monday, time.Friday)), onMonday, 1},
		{"on another weekday", zone(ann, on(time.Monday, time.Friday)), onTuesday, 0},
		{"on Sundays only", zone(ann, on(time.Sunday)), onMonday, 0},
		{"an exclusion that ended on the first day that can be written", zone(ann, to(1)), onMonday, 0},
		{"in excluded hours, by a minute at the end", zone(ann, hours(959, 1200)), onMonday, 1},
		{"before excluded hours", zone(ann, hours(960, 1200)), onMonday, 0},
		{"in excluded hours, by a minute at the start", zone(ann, hours(400, 541)), onMonday, 1},
		{"after excluded hours", zone(ann, hours(400, 540)), onMonday, 0},
		{"all day", zone(ann, hours(700, 700)), onMonday, 1},
		{"until midnight", zone(ann, hours(700, 1440)), onMonday, 1},
		{"through the night from Sunday", zone(ann, on(time.Sunday), hours(1200, 541)), onMonday, 1},
		{"through the night from Monday", zone(ann, on(time.Monday), hours(1200, 541)), onMonday, 0},
		{"through the night from the last day", zone(ann, to(monday), hours(1200, 541)), onTuesday, 1},
		{"somebody who leaves before it begins", zone(ann, hours(900, 1200)), []part{changed(goes(group, mon, ann), endsAt(800))}, 1},
		{"two areas are one case", both(zone(ann), zone(ann, around(beside, 2000))), onMonday, 1},
		{"each appointment is a case", zone(ann), []part{goes(group, mon, ann, bob), goes(group, tue, ann)}, 2},
		{"the wet site is in the area", both(zone(ann), site(group, away)), []part{goes(group, mon, ann), rainsTo(group, mon, start)}, 1},
		{"the wet site is the excluded project", all(zone(ann, project(start)), site(group, away)), []part{goes(group, mon, ann), rainsTo(group, mon, start)}, 1},
		{"neither site nor wet site is", all(zone(ann), site(group, away), site(start, away)), []part{goes(group, mon, ann), rainsTo(group, mon, start)}, 0},
		{"site and wet site are one case", zone(ann), []part{goes(group, mon, ann), rainsTo(group, mon, start)}, 1},
		{"the stop is in the area", both(rides, zone(ann)), fetched, 1},
		{"the stop is elsewhere", both(rides, zone(ann, around(beside, 500))), fetched, 0},
		{"the stop is in somebody else's area", both(rides, zone(bob)), fetched, 0},
		{"the stop is at an excluded project", both(rides, zone(ann, project(group))), fetched, 1},
		{"the stop has no position", all(rides, zone(ann, around(beside, 500)), func(sn *model.Snapshot) { sn.Stops[0].At = geo.Point{} }), fetched, 1},
		{"the site is in the area and the stop is not", all(rides, zone(ann, around(away, 500))), fetched, 1},
		{"a site and a stop are two cases", all(rides, zone(ann), zone(ann, project(carried))), fetched, 2},
		{"excluded until the pick-up", both(rides, zone(ann, hours(400, 480))), fetched, 0},
		{"excluded in the minute of the pick-up", both(rides, zone(ann, hours(400, 481))), fetched, 1},
		{"excluded while at work elsewhere", both(rides, zone(ann, hours(481, 1020))), fetched, 0},
		{"excluded when brought back", both(rides, zone(ann, hours(1020, 1200))), fetched, 1},
		{"excluded after being brought back", both(rides, zone(ann, hours(1021, 1200))), fetched, 0},
		{"picked up a day before it begins", both(rides, zone(ann, hours(400, 470))), fetchedAt(mon, at(-1, 540)), 0},
		{"picked up a minute earlier, which cannot be", both(rides, zone(ann, hours(400, 470))), fetchedAt(mon, at(-1, 539)), 1},
		{"brought back a day after it ends", both(ways(60, 1440), zone(ann, hours(400, 470))), fetched, 0},
		{"brought back a minute later, which cannot be", both(ways(60, 1441), zone(ann, hours(400, 470))), fetched, 1},
		{"brought back by a way that does not exist", both(ways(60, geo.Unreachable), zone(ann, hours(400, 470))), fetched, 1},
		{"picked up on Sunday for a Monday, in the night from Saturday", all(ways(1200, 60), retimed(mon, 60, 480), zone(ann, on(time.Saturday), hours(1320, 360))),
			then(fetchedAt(mon, at(-1, 300)), 60, 480), 1},
		{"brought back on Tuesday from a Sunday", all(ways(60, 1410), retimed(sun, 1200, 1500), zone(ann, on(time.Tuesday), hours(0, 60))),
			then(fetchedAt(sun, at(sun, 1140)), 1200, 1500), 1},
		{"picked up on another weekday", both(rides, zone(ann, on(time.Tuesday))), fetched, 0},
	})
}

func TestTripsKeepPeopleFromStopsWhereTheyMayNotBe(t *testing.T) {
	t.Parallel()
	pickUp := func(edit func(*model.Snapshot)) (stop model.StopCode, broken int64) {
		sn := ordinary()
		sn.Project(carried).Site, sn.Stops[1].At = away, beside // ST01 is in the town, where everybody lives
		edit(sn)
		require.NoError(t, sn.Validate())
		p, err := solver.Compile(sn, constraints.All)
		require.NoError(t, err)
		s := p.NewState()
		s.Load(roster(sn, goes(carried, mon, ann, bob), leads(carried, mon, sup1), runs(carried, mon, bus1, sup1, stop1)))
		r := s.Roster()
		require.Equal(t, ann, r.Appointments[0].CRN)
		return r.Appointments[0].PickUp, solver.Total(solver.Check(sn, r, []*solver.Constraint{constraints.ExclusionZone}), constraints.All).Hard()
	}
	stop, broken := pickUp(func(*model.Snapshot) {})
	require.Equal(t, stop1, stop, "the nearest")
	require.Zero(t, broken)
	stop, broken = pickUp(zone(ann))
	require.Equal(t, stop2, stop, "the nearest is excluded")
	require.Zero(t, broken)
	stop, broken = pickUp(zone(ann, func(z *model.Zone) { z.Start, z.End = 540, 960 }))
	require.Equal(t, stop1, stop, "it is excluded only while they work elsewhere")
	require.Zero(t, broken)
	_, broken = pickUp(zone(ann, func(z *model.Zone) { z.Metres = 5000 }))
	require.EqualValues(t, 1, broken, "every stop is excluded: they are called for all the same, and that is counted")
}
