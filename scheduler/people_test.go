package scheduler_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// spells is a row of availability.csv on a weekday; 7 stands for every day.
func spells(free bool, weekday int8, start, end model.Clock) []model.Spell {
	var out []model.Spell
	for d := range int8(7) {
		if weekday == d || weekday == 7 {
			out = append(out, model.Spell{CRN: "X000001", Free: free, When: model.When{Weekday: d, Start: start, End: end}})
		}
	}
	return out
}

func TestWhenAPersonIsFree(t *testing.T) {
	t.Parallel()
	c := calendar(t)
	window := model.Span{Start: c.Instant(monday-1, 0), End: c.Instant(monday+9, 0)}
	day := func(d model.Date, start, end model.Clock) model.Span { return c.Span(monday+d, start, end) }
	dated := func(free bool, on model.Date) model.Spell {
		return model.Spell{CRN: "X000001", Free: free, When: model.When{Weekday: -1, On: on, Start: 540, End: 720}}
	}
	expired := spells(true, 2, 540, 720)[0]
	expired.When.To = monday - 30
	for _, x := range []struct {
		name   string
		spells []model.Spell
		want   []model.Span
	}{
		{"no row: free at all times", nil, []model.Span{window}},
		{"a busy row is taken away", []model.Spell{dated(false, monday)},
			[]model.Span{{Start: window.Start, End: c.Instant(monday, 540)}, {Start: c.Instant(monday, 720), End: window.End}}},
		{"with a free row only free spans count", []model.Spell{dated(true, monday)}, []model.Span{day(0, 540, 720)}},
		{"a weekday comes round twice where the window reaches the next week", spells(true, 1, 540, 720),
			[]model.Span{day(0, 540, 720), day(7, 540, 720)}},
		{"busy is taken from free", append(spells(true, 3, 540, 960), spells(false, 3, 720, 780)...),
			[]model.Span{day(2, 540, 720), day(2, 780, 960)}},
		{"a free row that is out of force leaves no free time", []model.Spell{expired}, nil},
		{"a free row that is out of force does not undo another", append([]model.Spell{expired}, spells(true, 3, 540, 720)...),
			[]model.Span{day(2, 540, 720)}},
		{"a curfew overnight reaches in from the day before and is cut at the window", spells(true, 7, 360, 1260),
			[]model.Span{day(-1, 360, 1260), day(0, 360, 1260), day(1, 360, 1260), day(2, 360, 1260), day(3, 360, 1260),
				day(4, 360, 1260), day(5, 360, 1260), day(6, 360, 1260), day(7, 360, 1260), day(8, 360, 1260)}},
		{"the same curfew written as busy", spells(false, 7, 1260, 360),
			[]model.Span{day(-1, 360, 1260), day(0, 360, 1260), day(1, 360, 1260), day(2, 360, 1260), day(3, 360, 1260),
				day(4, 360, 1260), day(5, 360, 1260), day(6, 360, 1260), day(7, 360, 1260), day(8, 360, 1260)}},
		{"days that touch at midnight are one span", append(spells(true, 3, 0, 1440), spells(true, 4, 0, 600)...),
			[]model.Span{{Start: c.Instant(monday+2, 0), End: c.Instant(monday+3, 600)}}},
		{"a free night from Saturday begins at the window", spells(true, 6, 1320, 480),
			[]model.Span{{Start: window.Start, End: c.Instant(monday-1, 480)}, day(5, 1320, 480)}},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			f := region()
			f.Spells = x.spells
			sn, _ := freeze(t, f)
			require.Equal(t, x.want, sn.People[0].Free)
		})
	}
}

// On the Friday of the week noon prayer begins at 11:57 in the town.
func TestFridayPrayerIsBusyTimeOfThoseWhoAskedForIt(t *testing.T) {
	t.Parallel()
	c := calendar(t)
	f := region()
	f.People = append(f.People, person("X000002"), person("X000003"))
	f.People[0].Prayer, f.People[1].Prayer, f.People[2].Prayer = model.NoPrayer, model.DailyPrayer, model.DailyAndFridayPrayer
	f.Spells = []model.Spell{{CRN: "X000003", When: model.When{Weekday: 5, Start: 660, End: 710}}}
	sn, _ := freeze(t, f)
	window := model.Span{Start: c.Instant(monday-1, 0), End: c.Instant(monday+9, 0)}
	require.Equal(t, []model.Span{window}, sn.People[0].Free)
	require.Equal(t, []model.Span{window}, sn.People[1].Free)
	require.Equal(t, []model.Span{{Start: window.Start, End: c.Instant(monday+4, 660)}, {Start: c.Instant(monday+4, 779), End: window.End}},
		sn.People[2].Free, "from 11:00 by their own row, to 12:57 and two minutes")
}

func TestASupervisorWorksOnlyInAvailableTimeLessLeave(t *testing.T) {
	t.Parallel()
	c := calendar(t)
	row := func(leave bool, w model.When) model.Shift {
		return model.Shift{Supervisor: "S1", Leave: leave, When: w}
	}
	mondays := model.When{Weekday: 1, Start: 480, End: 1080}
	past := mondays
	past.To = monday - 1
	for _, x := range []struct {
		name  string
		rows  []model.Shift
		want  []model.Span
		found []string
	}{
		{"no row: not available", nil, nil, []string{scheduler.FindingSupervisorIdle}},
		{"no row in force: not available", []model.Shift{row(false, past)}, nil, []string{scheduler.FindingSupervisorIdle}},
		{"available rows count", []model.Shift{row(false, mondays)},
			[]model.Span{c.Span(monday, 480, 1080), c.Span(monday+7, 480, 1080)}, nil},
		{"leave is taken away", []model.Shift{row(false, mondays), row(true, model.When{Weekday: -1, On: monday, Start: 720, End: 1440})},
			[]model.Span{c.Span(monday, 480, 720), c.Span(monday+7, 480, 1080)}, nil},
		{"leave alone gives nothing", []model.Shift{row(true, mondays)}, nil, []string{scheduler.FindingSupervisorIdle}},
		{"time next week alone is no time this week",
			[]model.Shift{row(false, mondays), row(true, model.When{Weekday: -1, On: monday, Start: 0, End: 1440})},
			[]model.Span{c.Span(monday+7, 480, 1080)}, []string{scheduler.FindingSupervisorIdle}},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			f := region()
			f.Shifts = x.rows
			sn, found := freeze(t, f)
			require.Equal(t, x.want, sn.Supervisors[0].Available)
			require.Equal(t, x.found, kinds(found))
		})
	}
}

func TestAttendanceIsThePriorUntilThereAreOutcomes(t *testing.T) {
	t.Parallel()
	// The rows lie on winter Mondays, which take 60 from what could be expected, and a first session takes 100: coming counts
	// for so much more, missing for so much less. One person's record moves the mean by a few permille only.
	c := calendar(t)
	was := func(outcomes ...model.Outcome) []model.Appointment {
		var out []model.Appointment
		for i, o := range outcomes {
			out = append(out, appointment(c, "X000001", monday-model.Date(7*(i+1)), o))
		}
		return out
	}
	for _, x := range []struct {
		name             string
		attended, missed int32
		history          []model.Appointment
		want             int32
	}{
		{"nothing recorded", 0, 0, nil, 600},
		{"five of five: (5 x 605 + 5000) / 10", 5, 0, nil, 802},
		{"none of five: 5 x 593 / 10", 0, 5, nil, 296},
		{"one miss: (3000 + 160) / 6", 0, 0, was("UACP"), 527},
		{"an excused absence is an absence all the same", 0, 0, was("AAME"), 527},
		{"one attended: (4000 + 160) / 6", 0, 0, was("ATTC"), 693},
		{"sent home by the service still came", 0, 0, was("ATSS"), 693},
		{"losses caused by the service count as neither", 0, 0, was("RSSR", "AASD", "RSOF"), 600},
		{"what is not recorded counts as neither", 0, 0, was("", ""), 600},
		{"rows are added to the counts: (3000 + 2000 + 60) / 8", 1, 1, was("ATTC"), 632},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			f := region()
			f.People[0].Attended, f.People[0].Missed, f.History = x.attended, x.missed, x.history
			sn, _ := freeze(t, f)
			require.Equal(t, x.want, sn.People[0].Attendance)
		})
	}
}

func TestWeeksWaiting(t *testing.T) {
	t.Parallel()
	c := calendar(t)
	at := func(days model.Date, o model.Outcome) model.Appointment {
		return appointment(c, "X000001", monday+days, o)
	}
	for _, x := range []struct {
		name     string
		inducted model.Date
		history  []model.Appointment
		want     int32
	}{
		{"never offered: since sentence", 0, nil, 14}, // 100 days
		{"never offered: since induction when that was later", monday - 90, nil, 12},
		{"since the last offer", monday - 90, []model.Appointment{at(-30, "ATTC"), at(-8, "ATTC")}, 1},
		{"six days are no week", monday - 90, []model.Appointment{at(-6, "ATTC")}, 0},
		{"seven days are one", monday - 90, []model.Appointment{at(-7, "ATTC")}, 1},
		{"an unexplained miss was an offer", monday - 90, []model.Appointment{at(-30, "ATTC"), at(-14, "UACP")}, 2},
		{"an excused absence was none", monday - 90, []model.Appointment{at(-30, "ATTC"), at(-14, "AAME")}, 4},
		{"a stand-down was none", monday - 90, []model.Appointment{at(-14, "AASD")}, 12},
		{"an appointment whose outcome is not in yet was one", monday - 90, []model.Appointment{at(-3, "")}, 0},
		{"this week's appointments do not count", monday - 90, []model.Appointment{at(0, "")}, 12},
		{"an offer on an older order does not count from before this one", monday - 90, []model.Appointment{at(-400, "ATTC")}, 12},
		{"inducted after the week begins: never negative", monday + 3, nil, 0},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			f := region()
			f.People[0].Requirements[0].Inducted, f.History = x.inducted, x.history
			sn, _ := freeze(t, f)
			require.Equal(t, x.want, sn.People[0].WeeksWaiting)
		})
	}
}

func TestWaitingIsCountedOnActiveRequirementsAlone(t *testing.T) {
	t.Parallel()
	f := region()
	old := f.People[0].Requirements[0]
	old.Event, old.Sentenced, old.Inducted, old.Status = 2, monday-700, monday-690, model.Complete
	f.People[0].Requirements = append(f.People[0].Requirements, old)
	sn, _ := freeze(t, f)
	require.EqualValues(t, 12, sn.People[0].WeeksWaiting)
	f.People[0].Requirements[1].Status = model.Active
	sn, _ = freeze(t, f)
	require.EqualValues(t, 98, sn.People[0].WeeksWaiting, "the oldest of two that can be worked")
}

func TestPromisedCountsWhatIsStillToComeOutsideTheWeek(t *testing.T) {
	t.Parallel()
	f, c := region(), calendar(t)
	second := f.People[0].Requirements[0]
	second.Event = 2
	f.People[0].Requirements = append(f.People[0].Requirements, second)
	other := appointment(c, "X000001", monday+8, "")
	other.Event = 2
	other.Span.End -= 60
	f.History = []model.Appointment{
		appointment(c, "X000001", monday-5, ""),     // the day before the as-of date: over, and perhaps credited already
		appointment(c, "X000001", monday-4, ""),     // the as-of date itself
		appointment(c, "X000001", monday-3, "ATTC"), // has an outcome
		appointment(c, "X000001", monday+2, ""),     // in the week: the decision itself
		appointment(c, "X000001", monday+7, ""),     // the week after
		other,
		appointment(c, "X000009", monday+7, ""), // nobody we know
	}
	sn, _ := freeze(t, f)
	require.EqualValues(t, 840, sn.People[0].Requirements[0].Promised)
	require.EqualValues(t, 360, sn.People[0].Requirements[1].Promised)
	require.Zero(t, sn.People[0].Requirements[0].PromisedETE)

	for i := range f.Projects {
		if f.Projects[i].Code == other.Session.Project {
			f.Projects[i].Kind = model.ETE
		}
	}
	f.History[1].Session.Project = "P9" // unknown by now: it counts as promised, and not as training
	sn, _ = freeze(t, f)
	require.EqualValues(t, 840, sn.People[0].Requirements[0].Promised)
	require.EqualValues(t, 420, sn.People[0].Requirements[0].PromisedETE)
	require.EqualValues(t, 360, sn.People[0].Requirements[1].PromisedETE)
}

func TestWhoeverIsDoubtfulIsGivenNoPlace(t *testing.T) {
	t.Parallel()
	f := region()
	who := f.People[0].CRN
	f.Doubtful = []model.Doubt{{CRN: who, Kind: "availability"}}
	sn, found, err := scheduler.Freeze(f, profile(t), week, calendar(t).Instant(monday-4, 540))
	require.NoError(t, err)
	require.Empty(t, sn.Person(who).Free)
	require.True(t, slices.ContainsFunc(found, func(x scheduler.Finding) bool {
		return x.Kind == scheduler.FindingDoubtful && x.Subject == string(who)
	}))
}
