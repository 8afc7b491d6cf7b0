package scheduler_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

func london(tb testing.TB, year int) model.Calendar {
	tb.Helper()
	c, err := scheduler.NewCalendar("Europe/London", model.NewDate(year, 1, 1), model.NewDate(year, 12, 31))
	require.NoError(tb, err)
	return c
}

func TestADayOfAClockChangeHasItsTrueLength(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		day     model.Date
		minutes int32
	}{
		{"spring 2026", model.NewDate(2026, 3, 29), 23 * 60},
		{"autumn 2026", model.NewDate(2026, 10, 25), 25 * 60},
		{"spring 2027", model.NewDate(2027, 3, 28), 23 * 60},
		{"autumn 2027", model.NewDate(2027, 10, 31), 25 * 60},
		{"the day before a change", model.NewDate(2026, 10, 24), 24 * 60},
		{"the day after a change", model.NewDate(2027, 3, 29), 24 * 60},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			y, _, _ := c.day.Civil()
			require.Equal(t, c.minutes, london(t, y).Span(c.day, 0, 1440).Minutes())
		})
	}
}

func TestASessionAcrossAClockChangeKeepsItsClocksAndHasItsTrueMinutes(t *testing.T) {
	t.Parallel()
	autumn, spring := model.NewDate(2026, 10, 25), model.NewDate(2027, 3, 28)
	require.EqualValues(t, 180, london(t, 2026).Span(autumn, 30, 150).Minutes(), "00:30 to 02:30, with one hour twice")
	require.EqualValues(t, 60, london(t, 2027).Span(spring, 30, 150).Minutes(), "00:30 to 02:30, with one hour skipped")
	require.EqualValues(t, 420, london(t, 2026).Span(autumn, 540, 960).Minutes(), "the working day is as long as ever")
}

func TestATimeThatIsSkippedIsReadAnHourOnAndOneThatComesTwiceAsTheFirst(t *testing.T) {
	t.Parallel()
	c := london(t, 2027)
	d, at := c.Local(c.Instant(model.NewDate(2027, 3, 28), 90))
	require.Equal(t, "2027-03-28 02:30", fmt.Sprint(d, " ", at))
	first := c.Instant(model.NewDate(2027, 10, 31), 90)
	require.Equal(t, time.Date(2027, 10, 31, 0, 30, 0, 0, time.UTC).Unix()/60, int64(first))
}

func TestACalendarAgreesWithTheTimeZoneDatabase(t *testing.T) {
	t.Parallel()
	for _, zone := range []string{"Europe/London", "America/Toronto", "Atlantic/Bermuda", "UTC"} {
		place, err := time.LoadLocation(zone)
		require.NoError(t, err)
		c, err := scheduler.NewCalendar(zone, model.NewDate(2026, 1, 1), model.NewDate(2027, 12, 31))
		require.NoError(t, err)
		rapid.Check(t, func(t *rapid.T) {
			at := model.Instant(rapid.IntRange(int(model.NewDate(2025, 1, 1))*1440, int(model.NewDate(2028, 12, 31))*1440).Draw(t, "at"))
			d, clock := c.Local(at)
			want := time.Unix(int64(at)*60, 0).In(place)
			require.Equal(t, want.Format("2006-01-02 15:04"), fmt.Sprint(d, " ", clock))
		})
	}
}

func TestACalendarOfAnUnknownZoneIsRefused(t *testing.T) {
	t.Parallel()
	for _, zone := range []string{"", "Local", "Europe/Atlantis", "../zone"} {
		_, err := scheduler.NewCalendar(zone, monday, monday)
		var e *model.Error
		require.ErrorAs(t, err, &e, zone)
		require.Equal(t, model.CodeInvalid, e.Code)
		require.Contains(t, e.Message, "Europe/London")
	}
	_, err := scheduler.NewCalendar("UTC", monday, monday-1)
	require.ErrorContains(t, err, "expected the first date not after the last")
}

func TestFrozenUntil(t *testing.T) {
	t.Parallel()
	c := london(t, 2026)
	holidays := []model.Holiday{
		{Date: model.NewDate(2026, 12, 25)}, {Date: model.NewDate(2026, 12, 28)}, // Friday; Monday for Boxing Day
	}
	day := func(d int) model.Date { return model.NewDate(2026, 12, d) } // 1 December 2026 is a Tuesday
	for _, x := range []struct {
		name string
		on   model.Date
		at   model.Clock
		last model.Date // the last frozen day
	}{
		{"before the cutoff of a working day", day(1), 11*60 + 59, day(1)},
		{"at the cutoff of a working day", day(1), 720, day(2)},
		{"late on a working day", day(1), 1439, day(2)},
		{"just after midnight yesterday's cutoff still counts", day(2), 0, day(2)},
		{"Friday before the cutoff", day(4), 700, day(4)},
		{"Friday after the cutoff freezes the weekend and Monday", day(4), 720, day(7)},
		{"Saturday morning, when no cutoff passes", day(5), 600, day(7)},
		{"Saturday afternoon, when no cutoff passes", day(5), 800, day(7)},
		{"Sunday night", day(6), 1439, day(7)},
		{"Monday before the cutoff", day(7), 719, day(7)},
		{"the day before a long weekend, morning", day(24), 600, day(24)},
		{"the day before a long weekend, afternoon", day(24), 720, day(29)},
		{"a bank holiday on a Friday, afternoon", day(25), 800, day(29)},
		{"a Sunday within a long weekend", day(27), 800, day(29)},
		{"a bank holiday on a Monday, afternoon", day(28), 800, day(29)},
		{"the first day after a long weekend, morning", day(29), 0, day(29)},
		{"the first day after a long weekend, afternoon", day(29), 720, day(30)},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			until := scheduler.FrozenUntil(c, holidays, c.Instant(x.on, x.at), 720)
			require.Equal(t, c.Instant(x.last, 1440), until)
		})
	}
}

func TestFrozenUntilNeverGoesBackAndAlwaysCoversNow(t *testing.T) {
	t.Parallel()
	c := london(t, 2026)
	rapid.Check(t, func(t *rapid.T) {
		var holidays []model.Holiday
		for _, d := range rapid.SliceOf(rapid.IntRange(0, 40)).Draw(t, "holidays") {
			holidays = append(holidays, model.Holiday{Date: monday + model.Date(d)})
		}
		at := c.Instant(monday, 0) + model.Instant(rapid.IntRange(0, 30*1440).Draw(t, "at"))
		later := at + model.Instant(rapid.IntRange(0, 5*1440).Draw(t, "later"))
		cutoff := model.Clock(rapid.IntRange(0, 1440).Draw(t, "cutoff"))
		until := scheduler.FrozenUntil(c, holidays, at, cutoff)
		require.Greater(t, until, at)
		require.LessOrEqual(t, until, scheduler.FrozenUntil(c, holidays, later, cutoff))
		_, clock := c.Local(until)
		require.Zero(t, clock, "what is frozen ends with a day")
	})
}

func TestACalendarReachesFarBeyondTheTableOfItsZone(t *testing.T) {
	t.Parallel()
	c, err := scheduler.NewCalendar("Europe/London", model.NewDate(1990, time.January, 1), model.NewDate(2110, time.January, 1))
	require.NoError(t, err)
	for year := 1991; year < 2110; year++ {
		july, january := model.NewDate(year, time.July, 1), model.NewDate(year, time.January, 1)
		require.EqualValues(t, int32(july)*1440+660, c.Instant(july, 720), "%d", year)
		require.EqualValues(t, int32(january)*1440+720, c.Instant(january, 720), "%d", year)
	}
}
