package scheduler_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/scheduler"
)

func TestFreezeGivesAValidWeekAndTheSameOneTwice(t *testing.T) {
	t.Parallel()
	a, found := freeze(t, region())
	require.Empty(t, found)
	require.NoError(t, a.Validate())
	require.Equal(t, "Mercia", a.Region)
	require.Equal(t, week, a.Week)
	require.Equal(t, "2026-11-30", a.Policy.On)
	require.Nil(t, a.Published)
	require.Equal(t, a.Calendar.Instant(monday-3, 1440), a.FrozenUntil, "Friday 24:00, as of Thursday noon")
	b, _ := freeze(t, region())
	require.Equal(t, a.Digest(), b.Digest())
}

func TestFreezeLeavesTheFactsAloneAndSharesNothingWithThem(t *testing.T) {
	t.Parallel()
	build := func() *model.Facts {
		f := region()
		f.People[0].Languages = []string{"Welsh"}
		f.KeepApart = []model.Pair{{A: "X000001", B: "X000002"}}
		f.History = []model.Appointment{appointment(calendar(t), "X000001", monday, "")}
		f.Held = []model.Held{{Session: f.History[0].Session, End: 960, Breaks: [][2]model.Clock{{720, 750}}}}
		f.Legs = []geo.Leg{{From: "X000001", To: "CT01", Mode: geo.Bus, Minutes: 20}}
		return f
	}
	f := build()
	sn, _ := freeze(t, f)
	require.Equal(t, build(), f)

	digest := sn.Digest()
	f.People[0].Languages[0] = "Irish"
	f.People[0].Requirements[0].Required = 1
	f.KeepApart[0].B = "X000003"
	f.History[0].Pinned = true
	f.Held[0].Breaks[0][0] = 0
	f.Legs[0].Minutes = 1
	f.Slots[0].End = 900
	require.Equal(t, digest, sn.Digest())
}

func TestFreezeRefusesWhatCannotMakeAWeek(t *testing.T) {
	t.Parallel()
	at := calendar(t).Instant(monday, 0)
	_, _, err := scheduler.Freeze(region(), profile(t), model.Week{Year: 2026, Number: 54}, at)
	require.ErrorContains(t, err, "expected an ISO week that exists")

	f := region()
	f.People[0].Team = "T9"
	_, _, err = scheduler.Freeze(f, profile(t), week, at)
	var e *model.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, model.CodeInvalid, e.Code)
	require.Contains(t, e.Message, "X000001: found team T9")

	p := profile(t)
	p.Zone = "Europe/Atlantis"
	_, _, err = scheduler.Freeze(region(), p, week, at)
	require.ErrorContains(t, err, "expected the name of an IANA time zone")
}

func TestFreezeDatesTheSlotsOfTheWeek(t *testing.T) {
	t.Parallel()
	fortnightly := func(from model.Date) model.Slot {
		s := slot("CT01", 2, 540, 960)
		s.Frequency, s.StartDate = model.Fortnightly, from
		return s
	}
	once := slot("CT01", 3, 540, 960)
	once.Frequency, once.StartDate = model.Once, monday
	over := slot("CT01", 4, 540, 960)
	over.EndDate = monday + 2
	for _, c := range []struct {
		name string
		slot model.Slot
		want []string
	}{
		{"a weekly slot runs every week", slot("CT01", 1, 540, 960), []string{"CT01/2026-11-30/09:00"}},
		{"Sunday is the last day of the week", slot("CT01", 0, 540, 960), []string{"CT01/2026-12-06/09:00"}},
		{"a fortnightly slot runs in its own week", fortnightly(monday + 1), []string{"CT01/2026-12-01/09:00"}},
		{"a fortnightly slot rests in the week after its first", fortnightly(monday - 7), nil},
		{"a fortnightly slot counts from its ISO week, whatever the day", fortnightly(monday - 8), []string{"CT01/2026-12-01/09:00"}},
		{"a slot that runs once", once, []string{"CT01/2026-12-02/09:00"}},
		{"a slot that has ended", over, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := region()
			f.Slots = []model.Slot{c.slot}
			sn, _ := freeze(t, f)
			var got []string
			for _, s := range sn.Sessions {
				got = append(got, s.Key.String())
				require.Equal(t, "North", s.Area)
				require.Equal(t, model.Open, s.Bar)
				require.EqualValues(t, 420, s.Minutes())
			}
			require.Equal(t, c.want, got)
		})
	}
}

func TestFreezeBarsSessionsAndSaysWhy(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		with  func(*model.Facts)
		bar   model.Bar
		found []string
	}{
		{"a non-working day", func(f *model.Facts) { f.Holidays = []model.Holiday{{Date: monday}} }, model.NonWorkingDay, nil},
		{"a holiday on another day", func(f *model.Facts) { f.Holidays = []model.Holiday{{Date: monday + 1}} }, model.Open, nil},
		{"a project that has not begun",
			func(f *model.Facts) { f.Projects[0].StartDate = monday + 1 }, model.OutsideProjectDates, []string{scheduler.FindingProjectShut}},
		{"a project on its first day", func(f *model.Facts) { f.Projects[0].StartDate = monday }, model.Open, nil},
		{"a project on its last day", func(f *model.Facts) { f.Projects[0].EndDate = monday }, model.Open, nil},
		{"a project that is over",
			func(f *model.Facts) { f.Projects[0].EndDate = monday - 1 }, model.OutsideProjectDates, []string{scheduler.FindingProjectShut}},
		{"an agreement's last day", func(f *model.Facts) { f.Projects[0].AgreementUntil = monday }, model.Open, nil},
		{"an agreement that has ended",
			func(f *model.Facts) { f.Projects[0].AgreementUntil = monday - 1 }, model.AgreementEnded, []string{scheduler.FindingProjectShut}},
		{"an assessment out of date",
			func(f *model.Facts) { f.Projects[0].AssessedUntil = monday - 1 }, model.AssessmentEnded, []string{scheduler.FindingProjectShut}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := region()
			c.with(f)
			sn, found := freeze(t, f)
			require.Len(t, sn.Sessions, 1)
			require.Equal(t, c.bar, sn.Sessions[0].Bar)
			require.Equal(t, c.found, kinds(found))
		})
	}
}

func TestOfTwoSlotsForOneSessionTheNewerCounts(t *testing.T) {
	t.Parallel()
	f := region()
	newer := slot("CT01", 1, 540, 840)
	newer.StartDate = monday - 10
	f.Slots = append(f.Slots, newer)
	sn, found := freeze(t, f)
	require.Len(t, sn.Sessions, 1)
	require.EqualValues(t, 840, sn.Sessions[0].End)
	require.Equal(t, []string{scheduler.FindingTwoSlots}, kinds(found))
}

func TestWhatIsPublishedWithoutASlotStaysVisible(t *testing.T) {
	t.Parallel()
	f, c := region(), calendar(t)
	f.Slots = nil
	f.History = []model.Appointment{appointment(c, "X000001", monday+1, "")}
	f.Held = []model.Held{{Session: model.SessionKey{Project: "CT01", Date: monday + 2, Start: 1200}, End: 1440,
		Supervisors: []model.SupervisorCode{"S1"}}}
	sn, found := freeze(t, f)
	require.Len(t, sn.Sessions, 2)
	require.Equal(t, "CT01/2026-12-01/09:00", sn.Sessions[0].Key.String())
	require.Equal(t, model.NotListed, sn.Sessions[0].Bar)
	require.EqualValues(t, 960, sn.Sessions[0].End)
	require.EqualValues(t, 240, sn.Sessions[1].Minutes())
	require.Equal(t, []string{scheduler.FindingNotListed, scheduler.FindingNotListed}, kinds(found))
}

func TestWhatIsPublishedInOtherWeeksIsNoSessionOfThisOne(t *testing.T) {
	t.Parallel()
	f, c := region(), calendar(t)
	f.History = []model.Appointment{appointment(c, "X000001", monday-6, "ATTC"), appointment(c, "X000001", monday+8, "")}
	f.Held = []model.Held{{Session: model.SessionKey{Project: "CT01", Date: monday + 9, Start: 540}, End: 960}}
	sn, found := freeze(t, f)
	require.Len(t, sn.Sessions, 1)
	require.Empty(t, found)
}

func TestASessionKeepsItsSlotsEndAndADifferentPublishedOneIsSaid(t *testing.T) {
	t.Parallel()
	f := region()
	f.Held = []model.Held{{Session: model.SessionKey{Project: "CT01", Date: monday, Start: 540}, End: 900}}
	sn, found := freeze(t, f)
	require.Len(t, sn.Sessions, 1)
	require.EqualValues(t, 960, sn.Sessions[0].End)
	require.Equal(t, []string{scheduler.FindingOtherEnd}, kinds(found))
}

func TestASessionOnAClockChangeSundayHasItsTrueMinutes(t *testing.T) {
	t.Parallel()
	w := model.WeekOf(model.NewDate(2026, 10, 25))
	f := region()
	f.Slots = []model.Slot{slot("CT01", 0, 30, 150), slot("CT01", 0, 540, 960)}
	sn, _, err := scheduler.Freeze(f, profile(t), w, calendar(t).Instant(w.Monday()-4, 0))
	require.NoError(t, err)
	require.Len(t, sn.Sessions, 2)
	require.EqualValues(t, 180, sn.Sessions[0].Minutes())
	require.EqualValues(t, 420, sn.Sessions[1].Minutes())

	w = model.WeekOf(model.NewDate(2027, 3, 28))
	f.Slots = []model.Slot{slot("CT01", 0, 90, 120)}
	sn, found, err := scheduler.Freeze(f, profile(t), w, calendar(t).Instant(w.Monday()-4, 0))
	require.NoError(t, err)
	require.Empty(t, sn.Sessions, "01:30 to 02:00 does not happen on that day")
	require.Contains(t, kinds(found), scheduler.FindingNoLength)
}

func TestAdjacentWeeksAreFrozenAsTheyWerePublished(t *testing.T) {
	t.Parallel()
	f, c := region(), calendar(t)
	f.History = []model.Appointment{
		appointment(c, "X000001", monday-7, "ATTC"), appointment(c, "X000001", monday, ""), appointment(c, "X000001", monday+7, ""),
	}
	sn, _ := freeze(t, f)
	require.Equal(t, week.Add(-1), sn.Before.Week)
	require.Equal(t, f.History[:1], sn.Before.Appointments)
	require.Equal(t, f.History[1:2], sn.Published.Appointments)
	require.Equal(t, f.History[2:], sn.After.Appointments)
}
