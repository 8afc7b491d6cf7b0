package scheduler_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// foretold forecasts the only person of the region as of noon of the Thursday before the week.
func foretold(t *testing.T, edit func(f *model.Facts, q *model.Requirement)) *scheduler.Forecast {
	t.Helper()
	f := region()
	if edit != nil {
		edit(f, &f.People[0].Requirements[0])
	}
	sn, _ := freeze(t, f)
	x, err := scheduler.ForecastPerson(sn, f, "X000001")
	require.NoError(t, err)
	return x
}

// weekly gives an appointment on each Tuesday of so many weeks before the current one, which ends before monday.
func weekly(t *testing.T, weeks int, outcome model.Outcome) []model.Appointment {
	t.Helper()
	c := calendar(t)
	var out []model.Appointment
	for w := weeks; w >= 1; w-- {
		a := appointment(c, "X000001", monday-7-model.Date(7*w)+1, outcome)
		if outcome.Presence() == model.Came {
			a.Credited = 420
		}
		out = append(out, a)
	}
	return out
}

func TestEachStandOfAnOrderHasItsAnswer(t *testing.T) {
	t.Parallel()
	today := monday - 4
	for _, c := range []struct {
		name   string
		edit   func(f *model.Facts, q *model.Requirement)
		state  scheduler.ForecastState
		answer string
	}{
		{"complete", func(_ *model.Facts, q *model.Requirement) { q.Completed = 6000 }, scheduler.ForecastComplete, "Nothing is left to work. As of 26 November 2026."},
		{"recorded as complete", func(_ *model.Facts, q *model.Requirement) { q.Status, q.Completed = model.Complete, 5970 }, scheduler.ForecastComplete,
			"The requirement is recorded as complete, with 30 min left. As of 26 November 2026."},
		{"suspended", func(_ *model.Facts, q *model.Requirement) { q.Status = model.Suspended }, scheduler.ForecastSuspended,
			"The requirement is suspended, so no work is offered and no finish can be foretold; 100 h are left. As of 26 November 2026."},
		{"in breach", func(_ *model.Facts, q *model.Requirement) { q.Status = model.Breach }, scheduler.ForecastSuspended,
			"The requirement is in breach proceedings, so no work is offered and no finish can be foretold; 100 h are left. As of 26 November 2026."},
		{"the order ended yesterday", func(_ *model.Facts, q *model.Requirement) { q.HardEnd = today - 1 }, scheduler.ForecastEnded,
			"The order ended on 25 November 2026 with 100 h left. As of 26 November 2026."},
		{"nothing offered for a quarter", nil, scheduler.ForecastNoOffers,
			"No place was offered in the last 11 weeks and none is planned, so no finish can be foretold; 100 h are left. Needed: 2 h 38 min worked a week, 4 h 24 min offered. As of 26 November 2026."},
		{"nothing offered for four weeks is no pattern yet, but then nobody is offered anything", func(_ *model.Facts, q *model.Requirement) { q.Inducted = monday - 7*5 },
			scheduler.ForecastBeyond, "At 0.00 places a week no finish within six years is likely; 100 h are left."},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			x := foretold(t, c.edit)
			require.Equal(t, c.state, x.State)
			require.Contains(t, x.Answer, c.answer)
			require.Zero(t, x.Likely)
			if c.state != scheduler.ForecastBeyond {
				require.Equal(t, []int32{-1, -1}, []int32{x.ByTarget, x.ByHardEnd})
			}
		})
	}
	f := region()
	sn, _ := freeze(t, f)
	_, err := scheduler.ForecastPerson(sn, f, "X999999")
	require.ErrorContains(t, err, "found nobody with CRN X999999")
	sn.Policy.Off = append(sn.Policy.Off, "forecast")
	_, err = scheduler.ForecastPerson(sn, f, "X000001")
	require.ErrorContains(t, err, "switches forecasts off")
}

func TestAForecastTellsItsRangeAndWhatItRestsOn(t *testing.T) {
	t.Parallel()
	x := foretold(t, func(f *model.Facts, q *model.Requirement) {
		f.History = weekly(t, 12, "ATTC")
		f.People[0].Attended, f.People[0].Missed = 20, 8
		q.Required, q.HardEnd = 420*5, monday+400
	})
	require.Equal(t, scheduler.ForecastRunning, x.State)
	require.Equal(t, []int32{11, 11, 0, 420, 40}, []int32{x.OfferWeeks, x.Offered, x.Planned, x.Session, x.Outcomes})
	require.EqualValues(t, 100, x.PerWeek)
	require.InDelta(t, 770, x.Chance, 8, "32 of 40, drawn to 600 by five outcomes, less what autumn takes")
	require.Less(t, x.AsOf, x.Early)
	require.LessOrEqual(t, monday+7*4, x.Early, "five sessions take five weeks at least, from the next one on")
	require.Less(t, x.Early, x.Likely)
	require.Less(t, x.Likely, x.Late)
	require.GreaterOrEqual(t, x.ByHardEnd, x.ByTarget)
	require.Greater(t, x.ByTarget, int32(990))
	require.Contains(t, x.Answer, "Likely to finish about")
	require.Contains(t, x.Answer, "8 in 10 such people finish between")
	require.Contains(t, x.Answer, "over 99 %")
	require.Contains(t, x.Answer, "As of 26 November 2026.")
	require.Contains(t, x.Assumes, "1.00 places a week: 11 places in the last 11 weeks of their own")
}

func TestWhatIsPlannedComesFirst(t *testing.T) {
	t.Parallel()
	c := calendar(t)
	still := func(f *model.Facts, q *model.Requirement) {
		f.History = weekly(t, 12, "ATTC")
		q.Required = 420
	}
	before := foretold(t, still)
	planned := foretold(t, func(f *model.Facts, q *model.Requirement) {
		still(f, q)
		f.History = append(f.History, appointment(c, "X000001", monday-3, ""), appointment(c, "X000001", monday, ""), appointment(c, "X000001", monday+1, ""))
	})
	require.EqualValues(t, 3, planned.Planned)
	require.Less(t, planned.Likely, before.Likely)
	require.Less(t, planned.Likely, monday, "the chance is better than one in two, and the first is on Friday")
	require.Contains(t, planned.Assumes, "3 places they have been told of come first.")
	past := foretold(t, func(f *model.Facts, q *model.Requirement) {
		still(f, q)
		f.History = append(f.History, appointment(c, "X000001", monday-5, ""))
	})
	require.Zero(t, past.Planned, "Wednesday's, whose outcome is not in yet, is not to come")
}

func TestTheNeededPaceIsOfTheDateThatStillMatters(t *testing.T) {
	t.Parallel()
	today := monday - 4
	for _, c := range []struct {
		name           string
		edit           func(q *model.Requirement)
		worked, booked int32
		past           bool
	}{
		{"ten weeks to the target", func(q *model.Requirement) { q.Target = today + 70 }, 210, 350, false}, // 1000 x 2100 / (10 x 600)
		{"a week and a half is one whole week", func(q *model.Requirement) { q.Target = today + 13 }, 2100, 1680, false},
		{"today", func(q *model.Requirement) { q.Target = today }, 2100, 1680, false},
		{"past the target, ten weeks to the end", func(q *model.Requirement) { q.Target, q.HardEnd = today-1, today+70 }, 210, 350, true},
		{"past the target, without an end", func(q *model.Requirement) { q.Target = today - 1 }, 1680, 1680, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			x := foretold(t, func(f *model.Facts, q *model.Requirement) {
				q.Required = 2100
				c.edit(q)
				f.People[0].Attended, f.People[0].Missed = 0, 0
			})
			require.Equal(t, c.worked, x.NeededMinutes)
			require.Equal(t, c.booked, x.NeededBooked)
			require.Equal(t, c.past, x.PastTarget)
		})
	}
}

func TestStandingReviewsFallDue(t *testing.T) {
	t.Parallel()
	today := monday - 4
	for _, c := range []struct {
		name      string
		sentenced model.Date
		done      []model.Review
		six, nine scheduler.DueState
	}{
		{"just sentenced", today, nil, scheduler.DueLater, scheduler.DueLater},
		{"28 days before six months", model.NewDate(2026, 6, 24), nil, scheduler.DueNow, scheduler.DueLater},
		{"29 days before", model.NewDate(2026, 6, 25), nil, scheduler.DueLater, scheduler.DueLater},
		{"on the day", model.NewDate(2026, 5, 26), nil, scheduler.DueNow, scheduler.DueLater},
		{"a day late", model.NewDate(2026, 5, 25), nil, scheduler.DueOverdue, scheduler.DueLater},
		{"nine months", model.NewDate(2026, 2, 25), []model.Review{{CRN: "X000001", Event: 1, Kind: "six_month", DoneOn: model.NewDate(2026, 8, 25)}}, scheduler.DueDone, scheduler.DueOverdue},
		{"another order's review", model.NewDate(2026, 5, 25), []model.Review{{CRN: "X000001", Event: 2, Kind: "six_month", DoneOn: today}}, scheduler.DueOverdue, scheduler.DueLater},
		{"another person's", model.NewDate(2026, 5, 25), []model.Review{{CRN: "X000002", Event: 1, Kind: "six_month", DoneOn: today}}, scheduler.DueOverdue, scheduler.DueLater},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			x := foretold(t, func(f *model.Facts, q *model.Requirement) {
				q.Sentenced, q.Inducted, f.Reviews = c.sentenced, 0, c.done
			})
			require.Equal(t, []scheduler.DueState{c.six, c.nine}, []scheduler.DueState{x.Reviews[0].State, x.Reviews[1].State})
			require.False(t, x.Reviews[0].Late)
		})
	}
	x := foretold(t, func(f *model.Facts, q *model.Requirement) {
		q.Sentenced, q.Completed = model.NewDate(2026, 2, 25), 6000
		f.Reviews = []model.Review{{CRN: "X000001", Event: 1, Kind: "six_month", DoneOn: model.NewDate(2026, 8, 26)}}
	})
	require.True(t, x.Reviews[0].Late, "six months after 25 February is 25 August")
	require.Equal(t, scheduler.DueNot, x.Reviews[1].State, "nothing is left to review")
}

// Sentenced on Monday 2 November, with a holiday on Thursday 5: induction by Tuesday 10, first session by Tuesday 24.
func TestTheClocksOfANewOrderCountWorkingDays(t *testing.T) {
	t.Parallel()
	c := calendar(t)
	sentenced := model.NewDate(2026, 11, 2)
	begun := func(edit func(f *model.Facts, q *model.Requirement)) *scheduler.Forecast {
		return foretold(t, func(f *model.Facts, q *model.Requirement) {
			q.Sentenced, q.Inducted = sentenced, 0
			f.Holidays = []model.Holiday{{Date: sentenced + 3}}
			if edit != nil {
				edit(f, q)
			}
		})
	}
	x := begun(nil)
	require.Equal(t, []scheduler.Due{
		{Kind: "induction", By: model.NewDate(2026, 11, 10), State: scheduler.DueOverdue}, {Kind: "first_session", By: model.NewDate(2026, 11, 24), State: scheduler.DueOverdue},
	}, x.Clocks)
	x = begun(func(_ *model.Facts, q *model.Requirement) { q.Sentenced = model.NewDate(2026, 11, 19) })
	require.Equal(t, []scheduler.Due{
		{Kind: "induction", By: model.NewDate(2026, 11, 26), State: scheduler.DueNow}, {Kind: "first_session", By: model.NewDate(2026, 12, 10), State: scheduler.DueNow},
	}, x.Clocks, "today is the last day for the induction")
	x = begun(func(f *model.Facts, q *model.Requirement) {
		q.Inducted = model.NewDate(2026, 11, 11)
		f.History = []model.Appointment{appointment(c, "X000001", monday-14, "UACP"), appointment(c, "X000001", monday-6, "ATTC")}
	})
	require.Equal(t, []scheduler.Due{
		{Kind: "induction", By: model.NewDate(2026, 11, 10), Done: model.NewDate(2026, 11, 11), State: scheduler.DueDone, Late: true},
		{Kind: "first_session", By: model.NewDate(2026, 11, 24), Done: model.NewDate(2026, 11, 24), State: scheduler.DueDone},
	}, x.Clocks)
	x = begun(func(f *model.Facts, q *model.Requirement) { f.People[0].Attended, q.Completed = 1, 420 })
	require.Equal(t, scheduler.Due{Kind: "first_session", By: model.NewDate(2026, 11, 24), State: scheduler.DueDone}, x.Clocks[1], "on a day that is not told")
}
