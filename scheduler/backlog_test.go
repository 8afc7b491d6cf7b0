package scheduler_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/benchmarks/instance"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
)

// backlog looks at the backlog of a region of one person as of noon of the Thursday before the week.
func backlog(t *testing.T, edit func(f *model.Facts, q *model.Requirement)) *scheduler.Backlog {
	t.Helper()
	f := region()
	edit(f, &f.People[0].Requirements[0])
	sn, _ := freeze(t, f)
	b, err := scheduler.BacklogOf(sn, f)
	require.NoError(t, err)
	return b
}

// dueOf gives what is due of a kind.
func dueOf(b *scheduler.Backlog, kind scheduler.DueKind) (out []scheduler.DuePerson) {
	for _, d := range b.Due {
		if d.Kind == kind {
			out = append(out, d)
		}
	}
	return out
}

func TestEverybodyIsInTheBandOfTheirChance(t *testing.T) {
	t.Parallel()
	today := monday - 4
	regular := func(f *model.Facts, q *model.Requirement) {
		f.History = weekly(t, 12, "ATTC")
		f.People[0].Attended, f.People[0].Missed = 20, 8
		q.Required, q.HardEnd = 420*5, 0
	}
	for _, c := range []struct {
		name string
		edit func(f *model.Facts, q *model.Requirement)
		band scheduler.Band
	}{
		{"five sessions in most of a year", func(_ *model.Facts, q *model.Requirement) { q.Target = today + 200 }, scheduler.BandOnTrack},
		{"five sessions in six weeks", func(_ *model.Facts, q *model.Requirement) { q.Target = today + 42 }, scheduler.BandAtRisk},
		{"five sessions in four weeks", func(_ *model.Facts, q *model.Requirement) { q.Target = today + 28 }, scheduler.BandUnlikely},
		{"the target was yesterday", func(_ *model.Facts, q *model.Requirement) { q.Target = today - 1 }, scheduler.BandPast},
		{"no place for a quarter", func(f *model.Facts, q *model.Requirement) { f.History, q.Target = nil, today+200 }, scheduler.BandUnlikely},
		{"suspended", func(_ *model.Facts, q *model.Requirement) { q.Status = model.Suspended }, scheduler.BandIdle},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			b := backlog(t, func(f *model.Facts, q *model.Requirement) {
				regular(f, q)
				c.edit(f, q)
			})
			require.Len(t, b.People, 1)
			require.Equal(t, c.band, b.People[0].Band, "chance %d", b.People[0].ByTarget)
			require.Equal(t, 1, b.Counts.Of(c.band))
			require.EqualValues(t, 420*5, b.LeftMinutes)
			require.Len(t, b.Months, 1)
			require.Equal(t, b.Counts, b.Months[0].Counts)
		})
	}
	done := backlog(t, func(_ *model.Facts, q *model.Requirement) { q.Completed = q.Required })
	require.Empty(t, done.People)
	require.Empty(t, done.Months)
	require.Empty(t, done.Due)
}

func TestAnAbsenceHasFiveWorkingDaysAndTwoAreABreach(t *testing.T) {
	t.Parallel()
	c, today := calendar(t), monday-4 // Thursday 26 November 2026
	missed := func(days ...model.Date) func(f *model.Facts, q *model.Requirement) {
		return func(f *model.Facts, _ *model.Requirement) {
			for _, d := range days {
				f.History = append(f.History, appointment(c, "X000001", d, "UACP"))
			}
		}
	}
	b := backlog(t, missed(today-2))
	require.Equal(t, []scheduler.DuePerson{{Due: scheduler.Due{Kind: scheduler.DueEvidence, By: today + 5, State: scheduler.DueNow}, CRN: "X000001", Event: 1, Team: "T1",
		Why: "1 unacceptable absence, the last on 24 November 2026; this one counts unless it is explained by then."}}, dueOf(b, scheduler.DueEvidence))
	require.Empty(t, dueOf(b, scheduler.DueBreach), "one is none yet")

	b = backlog(t, missed(today-20, today-2))
	require.Len(t, dueOf(b, scheduler.DueEvidence), 1)
	breach := dueOf(b, scheduler.DueBreach)
	require.Len(t, breach, 1)
	require.Equal(t, today+5, breach[0].By, "Tuesday 24 November and five working days")
	require.Equal(t, "2 unacceptable absences since 6 November 2026; 2 are a breach.", breach[0].Why)

	b = backlog(t, missed(today-40, today-20))
	require.Empty(t, dueOf(b, scheduler.DueEvidence), "the time to explain is over")
	require.Equal(t, scheduler.DueOverdue, dueOf(b, scheduler.DueBreach)[0].State)

	require.Empty(t, dueOf(backlog(t, missed(today-400, today-2)), scheduler.DueBreach), "after a year an absence counts no more")
	require.Empty(t, dueOf(backlog(t, func(f *model.Facts, q *model.Requirement) {
		missed(today-20, today-2)(f, q)
		q.Status = model.Breach
	}), scheduler.DueBreach), "what is begun is not due")
	require.Empty(t, dueOf(backlog(t, func(f *model.Facts, _ *model.Requirement) {
		f.History = append(f.History, appointment(c, "X000001", today-20, "AAME"), appointment(c, "X000001", today-2, "UACP"))
	}), scheduler.DueBreach), "what was explained is no breach")
}

func TestWhoWillNotFinishGoesBackToCourt(t *testing.T) {
	t.Parallel()
	today := monday - 4
	b := backlog(t, func(_ *model.Facts, q *model.Requirement) {
		q.Target, q.HardEnd, q.Order = today+40, today+300, model.SuspendedSentenceOrder
	})
	d := dueOf(b, scheduler.DueExtension)
	require.Len(t, d, 1)
	require.Equal(t, scheduler.Due{Kind: scheduler.DueExtension, By: today + 12, State: scheduler.DueNow}, d[0].Due)
	require.Contains(t, d[0].Why, "no extension can pass the end of the suspended sentence, 22 September 2027.")
	b = backlog(t, func(_ *model.Facts, q *model.Requirement) { q.Target, q.HardEnd = today-1, 0 })
	require.Equal(t, scheduler.DueOverdue, dueOf(b, scheduler.DueExtension)[0].State)
	require.Contains(t, dueOf(b, scheduler.DueExtension)[0].Why, "is past.")
	b = backlog(t, func(f *model.Facts, q *model.Requirement) {
		f.History = weekly(t, 12, "ATTC")
		q.Required, q.Target = 840, today+300
	})
	require.Empty(t, dueOf(b, scheduler.DueExtension), "they are on track")
}

func TestABacklogTellsWhatEachForecastTells(t *testing.T) {
	t.Parallel()
	w := model.Week{Year: 2026, Number: 49}
	f, err := instance.Make(instance.Spec{People: 120, Seed: 3, Week: w})
	require.NoError(t, err)
	p, err := policy.Load(policy.Default)
	require.NoError(t, err)
	sn, _, err := scheduler.Freeze(f, p, w, model.Instant(w.Monday()-4)*1440+720)
	require.NoError(t, err)
	b, err := scheduler.BacklogOf(sn, f)
	require.NoError(t, err)
	sum, left := 0, int64(0)
	for _, n := range b.Counts {
		sum += n
	}
	require.Len(t, b.People, sum)
	require.Greater(t, sum, 100)
	for i := range b.People {
		x := &b.People[i]
		alone, err := scheduler.ForecastPerson(sn, f, x.CRN)
		require.NoError(t, err)
		require.Equal(t, alone, x.Forecast)
		left += int64(x.Left)
		if i > 0 {
			require.LessOrEqual(t, b.People[i-1].Target, x.Target)
		}
	}
	require.Equal(t, left, b.LeftMinutes)
	kinds := map[scheduler.DueKind]int{}
	for i, d := range b.Due {
		kinds[d.Kind]++
		require.NotEqual(t, scheduler.DueDone, d.State)
		if i > 0 {
			require.LessOrEqual(t, b.Due[i-1].By, d.By)
		}
	}
	for _, k := range scheduler.DueKinds() {
		require.Positive(t, kinds[k], k)
	}
	again, err := scheduler.BacklogOf(sn, f)
	require.NoError(t, err)
	require.Equal(t, b, again)
	off := *sn.Policy
	off.Off = append(off.Off, "forecast")
	sn.Policy = &off
	_, err = scheduler.BacklogOf(sn, f)
	require.ErrorContains(t, err, "switches forecasts off")
}
