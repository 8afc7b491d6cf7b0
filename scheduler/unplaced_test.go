package scheduler_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

// small is a region with one group of two places on Mondays and four people who could come.
func small() *model.Facts {
	f := region()
	f.Projects[0].Transport, f.Projects[0].Places, f.Projects[0].Ceiling = model.ByThemselves, 2, model.MediumRisk
	f.People = []model.Person{person("X000001"), person("X000002"), person("X000003"), person("X000004")}
	return f
}

func planned(t *testing.T, f *model.Facts) (*model.Snapshot, *scheduler.PlanResult) {
	t.Helper()
	sn, _ := freeze(t, f)
	q := asked(sn)
	q.Lacking = true
	res, err := scheduler.Plan(context.Background(), q)
	require.NoError(t, err)
	return sn, res
}

func TestWhoIsLeftOverIsToldWhy(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change   func(f *model.Facts)
		obstacle string
		nearest  string
	}{
		"the group is full": {
			func(*model.Facts) {}, "no place left", "CT01/2026-11-30/09:00 but for places",
		},
		"they are at work": {
			func(f *model.Facts) {
				f.Spells = []model.Spell{{CRN: "X000004", Reason: "work", When: model.When{Weekday: 1, Start: 480, End: 1020}}}
			}, "availability", "CT01/2026-11-30/09:00 but for availability, places",
		},
		"they live too far away": {
			func(f *model.Facts) { f.People[3].Home.Latitude += 2 }, "travel-limit", "CT01/2026-11-30/09:00 but for places, travel-limit",
		},
		"their order has ended": {
			func(f *model.Facts) { f.People[3].Requirements[0].HardEnd = monday - 1 }, "order-dates", "CT01/2026-11-30/09:00 but for order-dates, places",
		},
		"the project may not take them": {
			func(f *model.Facts) {
				f.People[3].Risk, f.People[3].ApprovedBy, f.People[3].ApprovedOn = model.HighRisk, "PO1", monday-20
			}, "risk-of-harm", "CT01/2026-11-30/09:00 but for risk-of-harm, places",
		},
		"the week has no session": {
			func(f *model.Facts) { f.Slots = nil }, solver.NoSession, "",
		},
		"nobody supervises": {
			func(f *model.Facts) { f.Shifts = nil }, "no supervisor", "CT01/2026-11-30/09:00 but for supervision, places, group-minimum",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := small()
			for i := range 3 { // they need it more, so the fourth is left over
				f.People[i].Requirements[0].HardEnd = monday + 60
			}
			c.change(f)
			_, res := planned(t, f)
			last := res.Unplaced[len(res.Unplaced)-1]
			require.Equal(t, scheduler.Unplaced{CRN: "X000004", Event: 1, Needed: 420, MainObstacle: c.obstacle, NearestMiss: c.nearest}, last)
		})
	}
}

func TestWhoNeedsNothingIsNotLeftOver(t *testing.T) {
	t.Parallel()
	f := small()
	f.People[0].Requirements[0].Status = model.Suspended
	f.People[1].Requirements[0].Completed = f.People[1].Requirements[0].Required
	_, res := planned(t, f)
	require.Len(t, res.Roster.Appointments, 2)
	require.Empty(t, res.Unplaced)
}

func TestTheLastHourOfAnOrderIsEnough(t *testing.T) {
	t.Parallel()
	f := small()
	f.People = f.People[:2]
	f.People[0].Requirements[0].Completed = f.People[0].Requirements[0].Required - 60
	_, res := planned(t, f)
	require.Len(t, res.Roster.Appointments, 2)
	require.EqualValues(t, 60, res.Roster.Appointments[0].Minutes())
	require.Empty(t, res.Unplaced, "an hour is all that was needed")
}

func TestEverybodyActiveIsEitherPlacedOrListed(t *testing.T) {
	if testing.Short() {
		t.Skip("it is about size, and takes minutes under the race detector")
	}
	t.Parallel()
	sn := madeUp(t, 300)
	res, err := scheduler.Plan(context.Background(), asked(sn))
	require.NoError(t, err)
	minutes := map[model.CRN]int32{}
	for i := range res.Roster.Appointments {
		minutes[res.Roster.Appointments[i].CRN] += res.Roster.Appointments[i].Minutes()
	}
	listed := map[model.CRN]scheduler.Unplaced{}
	for _, u := range res.Unplaced {
		listed[u.CRN] = u
		require.Less(t, u.Placed, u.Needed)
		require.Equal(t, minutes[u.CRN], u.Placed)
		require.NotEmpty(t, u.MainObstacle)
		require.NotEmpty(t, u.NearestMiss)
		for _, c := range constraints.All {
			if c.Level == solver.Soft {
				require.NotEqual(t, c.ID, u.MainObstacle, "a price is no obstacle")
			}
		}
	}
	for i := range sn.People {
		p := &sn.People[i]
		if r := p.Current(week); r != nil {
			_, left := listed[p.CRN]
			require.Equal(t, minutes[p.CRN] < min(420, r.Remaining()), left, p.CRN)
		}
	}
}

func TestTheFiguresOfAWeekAddUp(t *testing.T) {
	t.Parallel()
	f := small()
	f.People[0].Health = model.SupportWorker
	f.Projects[0].Places = 8
	sn, res := planned(t, f)
	require.Len(t, res.Roster.Appointments, 4)
	s := scheduler.Summarise(sn, res.Roster, res.Violations, constraints.All)
	require.Equal(t, 4, s.Workable)
	require.Equal(t, 4, s.People)
	require.Equal(t, 4, s.PersonDays)
	require.Equal(t, 1, s.Sessions)
	require.Equal(t, 1, s.Duties)
	require.Zero(t, s.Trips)
	require.EqualValues(t, 8, s.Places)
	require.EqualValues(t, 5, s.Used, "a support worker takes a place")
	require.EqualValues(t, 4*420, s.Offered)
	require.EqualValues(t, 4*420*(600-100-30-30)/1000, s.Expected, "a first session, on a Monday in winter")
	require.Positive(t, s.OnTime)
	require.Equal(t, res.Score.Value(), s.Value)
	firsts := 4 * (sn.Policy.FirstSessionWorth + sn.Policy.FirstInTimeWorth)
	require.Greater(t, s.OnTime+firsts, s.Value, "opening a session costs something")
	require.Zero(t, s.Broken)
}

func TestWhatMinibusesDriveAndGiveOffIsAddedUp(t *testing.T) {
	t.Parallel()
	f := region()
	f.Minibuses = append(f.Minibuses, model.Minibus{Registration: "AB34 FGH", Team: "T1", Seats: 8, Depot: geo.Point{Latitude: 54, Longitude: -1.5}})
	sn, _ := freeze(t, f)
	k := sn.Sessions[0].Key
	r := &model.Roster{Week: sn.Week, Trips: []model.Trip{
		{Session: k, Minibus: "AB12 CDE", Stops: []model.StopTime{{Stop: sn.Stops[0].Code}}}, {Session: k, Minibus: "AB34 FGH"}, {Session: k, Minibus: "GONE"},
	}}
	s := scheduler.Summarise(sn, r, nil, nil)
	want := int64(model.TripMetres(sn, k, sn.Minibus("AB12 CDE"), []model.StopCode{sn.Stops[0].Code})) + int64(model.TripMetres(sn, k, sn.Minibus("AB34 FGH"), nil))
	require.Greater(t, want, int64(30_000))
	require.Equal(t, want, s.Metres)
	require.Equal(t, want*280/1000, s.CO2eGrams, "a large diesel van gives off 280 g a kilometre")
}
