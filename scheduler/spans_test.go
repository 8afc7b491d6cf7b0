package scheduler_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// reasons are those of availability.csv.
var reasons = []string{"", "work", "study", "caring", "curfew", "faith", "appointment", "other"}

// Every minute is judged on its own by the words of data.md, which is slow and plain. One week is ordinary; in the others the
// clocks go back and forward on the Sunday.
func TestFreeTimeAgreesWithItsWordsMinuteByMinute(t *testing.T) {
	t.Parallel()
	for _, w := range []model.Week{week, {Year: 2026, Number: 43}, {Year: 2027, Number: 12}} {
		t.Run(w.String(), func(t *testing.T) {
			t.Parallel()
			monday := w.Monday()
			c, err := scheduler.NewCalendar("Europe/London", monday, monday+6)
			require.NoError(t, err)
			rapid.Check(t, func(t *rapid.T) {
				rows := drawSpells(t, monday)
				f := region()
				f.Spells = rows
				sn, _, err := scheduler.Freeze(f, mustProfile(), w, c.Instant(monday-4, 720))
				require.NoError(t, err)
				p := &sn.People[0]
				for at := c.Instant(monday-1, 0); at < c.Instant(monday+9, 0); at += 30 {
					free, caring := judgeMinute(c, rows, monday, at)
					minute := model.Span{Start: at, End: at + 1}
					require.Equal(t, free, model.Covered(p.Free, minute), "free at %d", at)
					require.Equal(t, caring, model.Covered(p.Caring, minute), "kept by caring alone at %d", at)
				}
			})
		})
	}
}

// drawSpells draws rows on weekdays and dates, over midnight too, with and without dates between which they hold.
func drawSpells(t *rapid.T, monday model.Date) []model.Spell {
	clock := rapid.Custom(func(t *rapid.T) model.Clock { return model.Clock(30 * rapid.IntRange(0, 48).Draw(t, "half hour")) })
	day := rapid.Custom(func(t *rapid.T) model.Date { return monday + model.Date(rapid.IntRange(-4, 11).Draw(t, "day")) })
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) model.Spell {
		w := model.When{Weekday: int8(rapid.IntRange(-1, 6).Draw(t, "weekday")), Start: clock.Draw(t, "start"), End: clock.Draw(t, "end")}
		if w.Weekday < 0 {
			w.On = day.Draw(t, "on")
		}
		if rapid.Bool().Draw(t, "since") {
			w.From = day.Draw(t, "from")
		}
		if rapid.Bool().Draw(t, "until") {
			w.To = day.Draw(t, "to")
		}
		return model.Spell{CRN: "X000001", Free: rapid.IntRange(0, 2).Draw(t, "free") == 0, When: w, Reason: rapid.SampledFrom(reasons).Draw(t, "reason")}
	}), 0, 6).Draw(t, "rows")
}

// judgeMinute says whether somebody is free at a minute, and else whether they would be without their caring duties.
func judgeMinute(c model.Calendar, rows []model.Spell, monday model.Date, at model.Instant) (free, caring bool) {
	covers := func(r model.Spell) bool {
		for d := monday - 3; d < monday+10; d++ {
			if s := c.Span(d, r.When.Start, r.When.End); r.When.Applies(d) && s.Start <= at && at < s.End {
				return true
			}
		}
		return false
	}
	anyFree, freeRow, cares, busy := false, false, false, false
	for _, r := range rows {
		switch anyFree = anyFree || r.Free; {
		case !covers(r):
		case r.Free:
			freeRow = true
		case r.Reason == "caring":
			cares = true
		default:
			busy = true
		}
	}
	otherwise := (!anyFree || freeRow) && !busy
	return otherwise && !cares, otherwise && cares
}

// Each reason takes its time away, weekly within its dates and once, over midnight and over the change of the clocks.
func TestEveryReasonIsBusyTime(t *testing.T) {
	t.Parallel()
	autumn := model.Week{Year: 2026, Number: 43} // the clocks go back at 01:00 UTC on its Sunday
	monday := autumn.Monday()
	c, err := scheduler.NewCalendar("Europe/London", monday, monday+6)
	require.NoError(t, err)
	sunday := monday + 6
	weekly := model.When{Weekday: 0, Start: 540, End: 600}
	term := func(from, to model.Date) model.When {
		w := weekly
		w.From, w.To = from, to
		return w
	}
	for _, x := range []struct {
		name string
		when model.When
		busy []model.Span
	}{
		{"weekly", weekly, []model.Span{c.Span(sunday-7, 540, 600), c.Span(sunday, 540, 600)}},
		{"weekly within its dates, the first and last included", term(sunday, sunday), []model.Span{c.Span(sunday, 540, 600)}},
		{"weekly until the day before", term(0, sunday-1), []model.Span{c.Span(sunday-7, 540, 600)}},
		{"weekly from the day after", term(sunday+1, 0), nil},
		{"once", model.When{Weekday: -1, On: monday + 2, Start: 540, End: 600}, []model.Span{c.Span(monday+2, 540, 600)}},
		{"over midnight", model.When{Weekday: -1, On: monday + 2, Start: 1320, End: 120}, []model.Span{{Start: c.Instant(monday+2, 1320), End: c.Instant(monday+3, 120)}}},
		{"over the clocks' going back, which makes it an hour longer", model.When{Weekday: -1, On: sunday - 1, Start: 1320, End: 180},
			[]model.Span{{Start: c.Instant(sunday-1, 1320), End: c.Instant(sunday-1, 1320) + 360}}},
	} {
		for _, reason := range reasons[1:] {
			f := region()
			f.Spells = []model.Spell{{CRN: "X000001", Reason: reason, When: x.when}}
			sn, _, err := scheduler.Freeze(f, mustProfile(), autumn, c.Instant(monday-4, 720))
			require.NoError(t, err)
			window := []model.Span{{Start: c.Instant(monday-1, 0), End: c.Instant(monday+9, 0)}}
			busy := model.Subtract(window, model.Subtract(window, x.busy)) // within the window
			require.Equal(t, model.Subtract(window, busy), sn.People[0].Free, "%s, %s", x.name, reason)
			if reason != "caring" {
				busy = nil
			}
			require.Equal(t, busy, sn.People[0].Caring, "%s, %s", x.name, reason)
		}
	}
}
