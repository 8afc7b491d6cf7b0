package scheduler_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/benchmarks/instance"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// largeRegion makes up a region with six weeks of history, as many outcomes as a real one has.
func largeRegion(t *testing.T, edit func(f *model.Facts)) (*model.Snapshot, *model.Facts) {
	t.Helper()
	f, err := instance.Make(instance.Spec{People: 4400, Seed: 5, Week: week})
	require.NoError(t, err)
	if edit != nil {
		edit(f)
	}
	sn, _ := freeze(t, f)
	return sn, f
}

func TestEstimatesOfAMadeUpRegionComeTrue(t *testing.T) {
	t.Parallel()
	sn, f := largeRegion(t, nil)
	x, err := scheduler.ReportAttendance(sn, f, 4)
	require.NoError(t, err)
	c := x.Calibration
	require.Greater(t, c.Outcomes, 5000)
	require.InDelta(t, c.Was, c.Said, 0.02)
	require.Less(t, c.Brier, c.BaseBrier-0.015, "knowing each one's record tells more than knowing the region's")
	require.Less(t, c.LogLoss, c.BaseLogLoss-0.02)
	for _, b := range c.Deciles {
		require.InDelta(t, b.Was, b.Said, 0.07, "%d to %d permille", b.From, b.To)
	}
	// The truth is individual +100, first -100, Monday and winter -30, far -80; what the service caused is no outcome, which
	// makes all of them a little smaller.
	e := x.Effects
	require.InDelta(t, 92, e.Individual, 35)
	require.InDelta(t, -92, e.First, 55)
	require.InDelta(t, -28, e.Monday, 30)
	require.InDelta(t, -75, e.Far, 35)
	require.False(t, x.Differs)
	require.Contains(t, x.Answer, "No group's forecasts err by 2.0 points or more")
	require.Equal(t, "2026-11-02", x.From)
	require.Equal(t, "2026-11-30", x.Until)
}

func TestAnErrorThatHangsOnAGroupIsReported(t *testing.T) {
	t.Parallel()
	sn, f := largeRegion(t, func(f *model.Facts) {
		// From the first week that is predicted, every fourth woman who would have come does not.
		women, n := map[model.CRN]bool{}, 0
		for _, p := range f.People {
			women[p.CRN] = p.Sex == model.Female
		}
		for i := range f.History {
			a := &f.History[i]
			if a.Session.Date >= monday-28 && women[a.CRN] && a.Outcome.Presence() == model.Came {
				if n++; n%4 == 0 {
					a.Outcome, a.Credited, a.Penalty = "UACP", 0, 0
				}
			}
		}
	})
	x, err := scheduler.ReportAttendance(sn, f, 4)
	require.NoError(t, err)
	require.True(t, x.Differs)
	women := x.Sex[0]
	require.Equal(t, "female", women.Group)
	require.True(t, women.Differs)
	require.Greater(t, women.Low, 0.0)
	require.InDelta(t, 0.12, women.Apart, 0.06)
	require.Contains(t, x.Answer, "Look into this before places are given away by chance: forecasts err differently for female (more was expected than of everybody else")
	for _, g := range x.Age {
		require.False(t, g.Differs, g.Group)
	}
}

func TestAReportSaysWhatItCannotTell(t *testing.T) {
	t.Parallel()
	f := region()
	sn, _ := freeze(t, f)
	x, err := scheduler.ReportAttendance(sn, f, 6)
	require.NoError(t, err)
	require.Equal(t, "No outcome is recorded in these weeks, so nothing can be told.", x.Answer)
	f.History = []model.Appointment{appointment(calendar(t), "X000001", monday-6, "ATTC"), appointment(calendar(t), "X000001", monday, "ATTC")}
	x, err = scheduler.ReportAttendance(sn, f, 6)
	require.NoError(t, err)
	require.Equal(t, 1, x.Calibration.Outcomes, "of the weeks before, not of the week itself")
	require.Equal(t, "Too few people are recorded to tell groups apart.", x.Answer)
	for _, weeks := range []int{0, 53} {
		_, err = scheduler.ReportAttendance(sn, f, weeks)
		require.ErrorContains(t, err, "expected 1 to 52")
	}
}

// Whoever is 25 on the first day of the week belongs to the band that begins with 25.
func TestPeopleBelongToTheBandOfTheirAge(t *testing.T) {
	t.Parallel()
	f := region()
	f.People, f.Names, f.History = nil, nil, nil
	add := func(n int, born model.Date) {
		p := person(model.CRN(fmt.Sprintf("X%06d", n)))
		f.People = append(f.People, p)
		f.Names = append(f.Names, model.Name{CRN: p.CRN, DateOfBirth: born})
		f.History = append(f.History, appointment(calendar(t), p.CRN, monday-6, "ATTC"))
	}
	for i := range 30 {
		add(100+i, model.NewDate(2001, 12, 1)) // 24
		add(200+i, model.NewDate(2001, 11, 30))
		add(300+i, model.NewDate(1976, 11, 30)) // 50
		add(400+i, 0)
	}
	sn, _ := freeze(t, f)
	x, err := scheduler.ReportAttendance(sn, f, 1)
	require.NoError(t, err)
	var people []int
	for _, g := range x.Age {
		people = append(people, g.People)
	}
	require.Equal(t, []int{30, 30, 0, 30}, people)
}
