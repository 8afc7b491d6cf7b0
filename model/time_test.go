package model_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/communitypayback/payback/model"
)

// anyDate draws a date between 1900 and 2200.
func anyDate(t *rapid.T, name string) model.Date {
	return model.Date(rapid.IntRange(int(model.NewDate(1900, 1, 1)), int(model.NewDate(2200, 12, 31))).Draw(t, name))
}

func TestDatesAgreeWithTheStandardLibrary(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := anyDate(t, "date")
		std := time.Date(1970, 1, 1+int(d), 0, 0, 0, 0, time.UTC)
		y, m, day := d.Civil()
		require.Equal(t, d, model.NewDate(y, m, day))
		require.Equal(t, std.Weekday(), d.Weekday())
		if d != 0 { // the zero date is no date
			require.Equal(t, std.Format(time.DateOnly), d.String())
			back, err := model.ParseDate(d.String())
			require.NoError(t, err)
			require.Equal(t, d, back)
			back, err = model.ParseDate(std.Format("2/1/2006"))
			require.NoError(t, err)
			require.Equal(t, d, back)
		}
		w := model.WeekOf(d)
		year, number := std.ISOWeek()
		require.Equal(t, model.Week{Year: year, Number: number}, w)
		require.Equal(t, time.Monday, w.Monday().Weekday())
		require.True(t, w.Holds(d))
		require.False(t, w.Holds(d+7))
		require.False(t, w.Holds(d-7))
		require.Equal(t, w, w.Add(3).Add(-3))
		require.Equal(t, w.Monday()+21, w.Add(3).Monday())
		if back, err := model.ParseWeek(w.String()); w.Year >= 1900 {
			require.NoError(t, err)
			require.Equal(t, w, back)
		}
	})
}

func TestNoDateIsWrittenAsNothing(t *testing.T) {
	t.Parallel()
	require.Empty(t, model.Date(0).String())
}

func TestParseDateRefusesDaysThatDoNotExist(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"", "2026", "2026-02-29", "29/2/2027", "2026-04-31", "2026-13-01", "2026-00-10", "2026-01-00", "0/1/2026", "26-04-03", "3/4/26",
		"2026-04", "2026-04-03-01", "1899-12-31", "2201-01-01", "2026-a-03", "03-04-2026", "2026/04/03", "2026-+4-03", "+026-04-03", "2026--4-3",
	} {
		_, err := model.ParseDate(s)
		require.ErrorContains(t, err, fmt.Sprintf("found %q; expected ", s))
	}
	d, err := model.ParseDate(" 29/2/2028 ")
	require.NoError(t, err)
	require.Equal(t, "2028-02-29", d.String())
}

func TestAddMonthsKeepsTheDayWhereTheMonthHasIt(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from   string
		months int
		want   string
	}{
		{"2024-02-29", 12, "2025-02-28"}, {"2024-02-29", 48, "2028-02-29"}, {"2026-01-31", 1, "2026-02-28"}, {"2028-01-31", 1, "2028-02-29"},
		{"2026-08-31", 1, "2026-09-30"}, {"2026-11-30", 12, "2027-11-30"}, {"2026-12-15", 1, "2027-01-15"}, {"2026-03-31", -1, "2026-02-28"},
		{"2026-01-15", -13, "2024-12-15"}, {"2026-05-05", 0, "2026-05-05"},
	} {
		d, err := model.ParseDate(c.from)
		require.NoError(t, err)
		require.Equal(t, c.want, d.AddMonths(c.months).String(), "%s and %d months", c.from, c.months)
	}
}

func TestYearsWith53Weeks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		date, week string
	}{
		{"2020-12-31", "2020-W53"}, {"2021-01-03", "2020-W53"}, {"2021-01-04", "2021-W01"},
		{"2026-12-28", "2026-W53"}, {"2027-01-03", "2026-W53"},
		{"2027-01-04", "2027-W01"}, {"2024-12-30", "2025-W01"}, {"2026-01-01", "2026-W01"},
	} {
		d, err := model.ParseDate(c.date)
		require.NoError(t, err)
		require.Equal(t, c.week, model.WeekOf(d).String())
	}
	w53, err := model.ParseWeek("2026-W53")
	require.NoError(t, err)
	require.Equal(t, "2027-W01", w53.Add(1).String())
	for _, s := range []string{"2025-W53", "2026-W54", "2026-W00", "2026-W1", "2026W01", "26-W01", "2026-w01", "", "2026-Wxx", "+026-W49", "2026-W+9"} {
		_, err := model.ParseWeek(s)
		require.ErrorContains(t, err, "expected an ISO week that exists", s)
	}
}

func TestParseClock(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]model.Clock{
		"09:00": 540, "9:00": 540, "9:05": 545, "00:00": 0, "23:59": 1439, "24:00": 1440, "09:00:00": 540,
	} {
		got, err := model.ParseClock(" " + s + "\t")
		require.NoError(t, err)
		require.Equal(t, want, got, s)
	}
	for _, s := range []string{"", "9", "9:0", "24:01", "25:00", "09:60", "-1:00", "09:-1", "09:00:30", "009:00", "9am", "09.00", "+9:00", "-0:30", "09:+5"} {
		_, err := model.ParseClock(s)
		require.ErrorContains(t, err, "expected a time of day", s)
	}
	rapid.Check(t, func(t *rapid.T) {
		c := model.Clock(rapid.IntRange(0, 1440).Draw(t, "clock"))
		back, err := model.ParseClock(c.String())
		require.NoError(t, err)
		require.Equal(t, c, back)
	})
}

func TestCalendarTurnsEveryInstantIntoItsClockAndBack(t *testing.T) {
	t.Parallel()
	c := london()
	rapid.Check(t, func(t *rapid.T) {
		at := c.Instant(monday, 0) + model.Instant(rapid.IntRange(-380*1440, 500*1440).Draw(t, "at"))
		d, clock := c.Local(at)
		require.True(t, clock >= 0 && clock < 1440)
		back := c.Instant(d, clock)
		if back != at { // of the hour that comes twice, the first is meant
			require.Equal(t, at-60, back)
			again, same := c.Local(back)
			require.Equal(t, fmt.Sprint(d, clock), fmt.Sprint(again, same))
		}
	})
}

func TestCalendarReadsClockChanges(t *testing.T) {
	t.Parallel()
	c := london()
	utc := func(d model.Date, minute int) model.Instant { return model.Instant(d)*1440 + model.Instant(minute) }
	autumn, spring := model.NewDate(2026, 10, 25), model.NewDate(2027, 3, 28)
	for _, x := range []struct {
		name string
		day  model.Date
		at   model.Clock
		want model.Instant
	}{
		{"autumn, before the change", autumn, 59, utc(autumn, -1)},
		{"autumn, the hour that comes twice is the first", autumn, 90, utc(autumn, 30)},
		{"autumn, after the change", autumn, 120, utc(autumn, 120)},
		{"autumn, the end of the day", autumn, 1440, utc(autumn+1, 0)},
		{"spring, before the change", spring, 59, utc(spring, 59)},
		{"spring, a time that is skipped is an hour on", spring, 90, utc(spring, 90)},
		{"spring, the first time after the change", spring, 120, utc(spring, 60)},
		{"spring, the end of the day", spring, 1440, utc(spring, 1380)},
		{"summer", model.NewDate(2026, 7, 1), 540, utc(model.NewDate(2026, 7, 1), 480)},
		{"winter", monday, 540, utc(monday, 540)},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, x.want, c.Instant(x.day, x.at))
		})
	}
	require.EqualValues(t, 25*60, c.Span(autumn, 0, 1440).Minutes())
	require.EqualValues(t, 23*60, c.Span(spring, 0, 1440).Minutes())
	require.EqualValues(t, 10*60+60, c.Span(autumn-1, 1200, 360).Minutes(), "20:00 to 06:00 with an hour twice")
	require.EqualValues(t, 1440, c.Span(monday, 540, 540).Minutes(), "an end at the start is on the next day")
}

func TestACalendarBeforeItsFirstOffsetKeepsIt(t *testing.T) {
	t.Parallel()
	c := model.Calendar{Offsets: []model.Offset{{From: 1000, Minutes: 60}}}
	d, at := c.Local(-1500) // 30 December 1969, 23:00 UTC
	require.Equal(t, "1969-12-31 00:00", fmt.Sprint(d, " ", at))
	d, at = model.Calendar{}.Local(-1)
	require.Equal(t, "1969-12-31 23:59", fmt.Sprint(d, " ", at))
	require.Equal(t, model.Instant(-1), model.Calendar{}.Instant(-1, 1439))
}
