package prayer_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/model/prayer"
)

// after gives the minutes from one moment to another.
func after(a, b prayer.Minute) float64 { return float64(b - a) }

func on(t require.TestingT, at geo.Point, d prayer.Day, o prayer.Options, e prayer.Event) prayer.Minute {
	m, exists := prayer.On(at, d, o).At(e)
	require.True(t, exists, "%v on %v at %v", e, d, at)
	return m
}

func exists(at geo.Point, d prayer.Day, o prayer.Options) (out [prayer.Events]bool) {
	for e := range prayer.Events {
		_, out[e] = prayer.On(at, d, o).At(e)
	}
	return out
}

// anyDay draws a date of two centuries at a place, with clocks that keep within an hour and a half of its sun.
func anyDay(t *rapid.T, at geo.Point) prayer.Day {
	return prayer.Day{
		Year: rapid.IntRange(1950, 2150).Draw(t, "year"), Month: time.January, Day: rapid.IntRange(1, 366).Draw(t, "day of the year"),
		OffsetMinutes: int32(at.Longitude*4) + rapid.Int32Range(-90, 90).Draw(t, "ahead of the sun"),
	}
}

func anyPlace(latitude float64) *rapid.Generator[geo.Point] {
	return rapid.Custom(func(t *rapid.T) geo.Point {
		return geo.Point{Latitude: rapid.Float64Range(-latitude, latitude).Draw(t, "latitude"),
			Longitude: rapid.Float64Range(-180, 180).Draw(t, "longitude")}
	}).Filter(geo.Point.Known)
}

func anyOptions() *rapid.Generator[prayer.Options] {
	return rapid.Custom(func(t *rapid.T) prayer.Options {
		o := prayer.Options{
			Method:       prayer.Method(rapid.IntRange(0, int(prayer.Methods)-1).Draw(t, "method")),
			Asr:          prayer.Shadow(rapid.IntRange(0, int(prayer.Shadows)-1).Draw(t, "asr")),
			HighLatitude: prayer.HighLatitude(rapid.IntRange(0, int(prayer.HighLatitudes)-1).Draw(t, "rule")),
		}
		o.Angles = prayer.Angles{FajrTenths: rapid.Int32Range(100, 200).Draw(t, "fajr"), IshaTenths: rapid.Int32Range(100, 200).Draw(t, "isha")}
		return o
	})
}

// Between the polar circles all six times exist, but for dawn and nightfall without a rule, and come in their order.
func TestTheTimesComeInOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		at := anyPlace(65).Draw(t, "place")
		d, o := anyDay(t, at), anyOptions().Draw(t, "options")
		times := prayer.On(at, d, o)
		var last prayer.Minute
		for e := range prayer.Events {
			m, exists := times.At(e)
			if !exists {
				require.Equal(t, prayer.NoRule, o.HighLatitude)
				require.Contains(t, []prayer.Event{prayer.Fajr, prayer.Isha}, e)
				continue
			}
			if last != 0 {
				require.GreaterOrEqual(t, m, last, "%v", e)
				require.Less(t, m-last, prayer.Minute(1440), "%v", e)
			}
			last = m
		}
	})
}

func TestTheDayIsThatOfTheWallClocks(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		at := anyPlace(90).Draw(t, "place")
		d := anyDay(t, at)
		wall := midnight(d) + 720 - prayer.Minute(d.OffsetMinutes)
		noon := on(t, at, d, prayer.Options{}, prayer.Dhuhr)
		require.LessOrEqual(t, math.Abs(float64(noon-wall)), 90+18.0, "the sun is at most 17 minutes before or behind the mean")
		d.Day++
		require.InDelta(t, 1440, after(noon, on(t, at, d, prayer.Options{}, prayer.Dhuhr)), 2, "the next noon is a day later")
	})
}

// The sun changes its height by less than half a degree in a day, so that morning and afternoon are nearly alike.
func TestTheDayIsSymmetricAboutNoon(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		at := anyPlace(60).Draw(t, "place")
		d := anyDay(t, at)
		o := prayer.Options{Method: prayer.Karachi}
		noon := on(t, at, d, o, prayer.Dhuhr)
		require.InDelta(t, after(on(t, at, d, o, prayer.Sunrise), noon), after(noon, on(t, at, d, o, prayer.Maghrib)), 7)
		require.InDelta(t, after(on(t, at, d, o, prayer.Fajr), noon), after(noon, on(t, at, d, o, prayer.Isha)), 7)
	})
}

func TestTheSouthHasItsDaysTheOtherWayRound(t *testing.T) {
	t.Parallel()
	sydney := places["sydney"]
	long := func(at geo.Point, d prayer.Day) int {
		return int(on(t, at, d, prayer.Options{}, prayer.Maghrib) - on(t, at, d, prayer.Options{}, prayer.Sunrise))
	}
	june, december := prayer.Day{Year: 2026, Month: time.June, Day: 21}, prayer.Day{Year: 2026, Month: time.December, Day: 21}
	require.Greater(t, long(london, june), long(london, december)+8*60)
	june.OffsetMinutes, december.OffsetMinutes = sydney.offset, sydney.offset
	require.Less(t, long(sydney.at, june), long(sydney.at, december)-4*60)
	rapid.Check(t, func(t *rapid.T) {
		at := anyPlace(60).Draw(t, "place")
		d := anyDay(t, at)
		south := geo.Point{Latitude: -at.Latitude, Longitude: at.Longitude}
		both := long(at, d) + long(south, d)
		require.InDelta(t, 1440, both, 60, "a day here and one at the mirrored place make a day, and what air and disc add")
	})
}

func TestWhereTheSunStaysUpOrDownItsTimesDoNotExist(t *testing.T) {
	t.Parallel()
	tromso := geo.Point{Latitude: 69.6492, Longitude: 18.9553}
	june, december := prayer.Day{Year: 2026, Month: time.June, Day: 21, OffsetMinutes: 120}, prayer.Day{Year: 2026, Month: time.December, Day: 21, OffsetMinutes: 60}
	dhuhrAndAsr := [prayer.Events]bool{prayer.Dhuhr: true, prayer.Asr: true}
	twilight := [prayer.Events]bool{prayer.Fajr: true, prayer.Dhuhr: true, prayer.Isha: true}
	for rule := range prayer.HighLatitudes {
		require.Equal(t, dhuhrAndAsr, exists(tromso, june, prayer.Options{HighLatitude: rule}), "midnight sun, %v", rule)
		require.Equal(t, twilight, exists(tromso, december, prayer.Options{HighLatitude: rule}), "polar night, %v", rule)
	}
	require.Equal(t, dhuhrAndAsr, exists(tromso, june, prayer.Options{Method: prayer.UmmAlQura}), "no sunset to count minutes from")
	pole := geo.Point{Latitude: 90}
	for _, d := range []prayer.Day{june, december} {
		require.Equal(t, [prayer.Events]bool{prayer.Dhuhr: true}, exists(pole, d, prayer.Options{}), "a shadow at the pole keeps its length all day")
	}
}

// Where the sun begins to set or rise again, days with and without a sunset follow each other once and not to and fro.
func TestThePolarDayBeginsAndEndsOnce(t *testing.T) {
	t.Parallel()
	for _, latitude := range []float64{66, 67, 70, 75, 80, 85, -66, -70, -80} {
		at, changes, last := geo.Point{Latitude: latitude, Longitude: 20}, 0, true
		for day := 1; day <= 365; day++ {
			now := exists(at, prayer.Day{Year: 2026, Month: time.January, Day: day, OffsetMinutes: 60}, prayer.Options{})[prayer.Maghrib]
			if day > 1 && now != last {
				changes++
			}
			last = now
		}
		require.LessOrEqual(t, changes, 4, "at %v degrees", latitude)
		require.Zero(t, changes%2, "at %v degrees", latitude)
	}
}

func TestAPlaceThatIsNotKnownHasNoTimes(t *testing.T) {
	t.Parallel()
	d := prayer.Day{Year: 2026, Month: time.November, Day: 30}
	for _, at := range []geo.Point{{}, {Latitude: math.NaN()}, {Latitude: 91}, {Latitude: 50, Longitude: 181}, {Latitude: 50, Longitude: math.Inf(1)}} {
		require.Equal(t, prayer.Times{}, prayer.On(at, d, prayer.Options{}))
	}
}

// On 29 March and 25 October 2026 the clocks change in Britain. The sun does not notice.
func TestClockChangesDoNotMoveTheTimes(t *testing.T) {
	t.Parallel()
	for _, start := range []prayer.Day{{Year: 2026, Month: time.March, Day: 26}, {Year: 2026, Month: time.October, Day: 22}} {
		for n := range 7 {
			d := start
			d.Day += n
			winter := prayer.On(leeds, d, prayer.Options{})
			d.OffsetMinutes = 60
			require.Equal(t, winter, prayer.On(leeds, d, prayer.Options{}), "%v", d)
			next := d
			next.Day++
			for e := range prayer.Events {
				require.InDelta(t, 1440, after(on(t, leeds, d, prayer.Options{}, e), on(t, leeds, next, prayer.Options{}, e)), 5, "%v after %v", e, d)
			}
		}
	}
}

func TestHighLatitudeRulesSwitchIn(t *testing.T) {
	t.Parallel()
	june, november := prayer.Day{Year: 2026, Month: time.June, Day: 21}, prayer.Day{Year: 2026, Month: time.November, Day: 30}
	by := func(r prayer.HighLatitude) prayer.Options { return prayer.Options{HighLatitude: r} }
	require.False(t, exists(edinburgh, june, by(prayer.NoRule))[prayer.Isha], "the sun sinks to 10.6 degrees")
	require.False(t, exists(edinburgh, june, by(prayer.NoRule))[prayer.Fajr])
	require.True(t, exists(edinburgh, november, by(prayer.NoRule))[prayer.Isha])

	sunset := on(t, edinburgh, june, by(prayer.NoRule), prayer.Maghrib)
	tomorrow := june
	tomorrow.Day++
	night := float64(on(t, edinburgh, tomorrow, by(prayer.NoRule), prayer.Sunrise) - sunset)
	for rule, part := range map[prayer.HighLatitude]float64{prayer.SeventhOfNight: 1. / 7, prayer.MiddleOfNight: 1. / 2, prayer.TwilightAngle: 17. / 60} {
		require.InDelta(t, night*part, after(sunset, on(t, edinburgh, june, by(rule), prayer.Isha)), 1.5, "%v", rule)
	}
	require.InDelta(t, night*18/60, after(on(t, edinburgh, june, by(prayer.TwilightAngle), prayer.Fajr),
		on(t, edinburgh, june, by(prayer.TwilightAngle), prayer.Sunrise)), 2.5)
	require.Equal(t, on(t, edinburgh, november, by(prayer.NoRule), prayer.Isha), on(t, edinburgh, november, by(prayer.MiddleOfNight), prayer.Isha),
		"in winter the angle comes first")
}

// The figures of docs/adr/0014.
func TestNightsWithoutNightfall(t *testing.T) {
	t.Parallel()
	for at, want := range map[geo.Point]int{london: 48, edinburgh: 88} {
		nights := 0
		for day := 1; day <= 365; day++ {
			if !exists(at, prayer.Day{Year: 2026, Month: time.January, Day: day}, prayer.Options{HighLatitude: prayer.NoRule})[prayer.Isha] {
				nights++
			}
		}
		require.Equal(t, want, nights, "%v", at)
	}
}

func TestMethodsDifferAtDawnAndNightfallOnly(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		at := anyPlace(60).Draw(t, "place")
		d, a, b := anyDay(t, at), anyOptions().Draw(t, "one"), anyOptions().Draw(t, "other")
		for _, e := range []prayer.Event{prayer.Sunrise, prayer.Dhuhr, prayer.Maghrib} {
			require.Equal(t, on(t, at, d, a, e), on(t, at, d, b, e), "%v", e)
		}
		a.Asr, b.Asr = prayer.Standard, prayer.Hanafi
		require.Less(t, on(t, at, d, a, prayer.Asr), on(t, at, d, b, prayer.Asr))
	})
	d := prayer.Day{Year: 2026, Month: time.November, Day: 30}
	custom := prayer.Options{Method: prayer.Custom, Angles: prayer.Angles{FajrTenths: 180, IshaTenths: 170}}
	require.Equal(t, prayer.On(leeds, d, prayer.Options{}), prayer.On(leeds, d, custom), "custom angles are those they say")
	makkah := prayer.Options{Method: prayer.UmmAlQura}
	require.EqualValues(t, 90, on(t, leeds, d, makkah, prayer.Isha)-on(t, leeds, d, makkah, prayer.Maghrib))
}

func TestWordsAreReadBack(t *testing.T) {
	t.Parallel()
	for m := range prayer.Methods {
		got, err := prayer.ParseMethod(" " + m.String())
		require.NoError(t, err)
		require.Equal(t, m, got)
	}
	for s := range prayer.Shadows {
		got, err := prayer.ParseShadow(s.String())
		require.NoError(t, err)
		require.Equal(t, s, got)
	}
	for r := range prayer.HighLatitudes {
		got, err := prayer.ParseHighLatitude(r.String())
		require.NoError(t, err)
		require.Equal(t, r, got)
	}
	_, err := prayer.ParseHighLatitude("half")
	require.EqualError(t, err, `found "half"; expected one of seventh, middle, angle, none`)
	require.Equal(t, "? ? ? ?", fmt.Sprint(prayer.Methods, " ", prayer.Shadows, " ", prayer.HighLatitudes, " ", prayer.Events))
}

// A policy names these by number, so that a number may never come to mean something else.
func TestNumbersAreKeptForGood(t *testing.T) {
	t.Parallel()
	require.Equal(t, "muslim-world-league isna egyptian karachi umm-al-qura custom", fmt.Sprint(prayer.Method(0), " ", prayer.Method(1), " ",
		prayer.Method(2), " ", prayer.Method(3), " ", prayer.Method(4), " ", prayer.Method(5)))
	require.Equal(t, "standard hanafi", fmt.Sprint(prayer.Shadow(0), " ", prayer.Shadow(1)))
	require.Equal(t, "seventh middle angle none", fmt.Sprint(prayer.HighLatitude(0), " ", prayer.HighLatitude(1), " ",
		prayer.HighLatitude(2), " ", prayer.HighLatitude(3)))
}

func TestOptionsAreLookedAt(t *testing.T) {
	t.Parallel()
	custom := func(a prayer.Angles) prayer.Options { return prayer.Options{Method: prayer.Custom, Angles: a} }
	for _, c := range []struct {
		name string
		o    prayer.Options
		want string
	}{
		{"what holds where nothing is said", prayer.Options{}, ""},
		{"angles that are not read", prayer.Options{Angles: prayer.Angles{FajrTenths: -5}}, ""},
		{"custom angles", custom(prayer.Angles{FajrTenths: 165, IshaTenths: 150}), ""},
		{"custom minutes", custom(prayer.Angles{FajrTenths: 165, IshaMinutes: 90}), ""},
		{"a method of a later version", prayer.Options{Method: 9}, "found prayer method 9; expected 0 to 5"},
		{"an unknown asr rule", prayer.Options{Asr: 2}, "found asr rule 2; expected 0 to 1"},
		{"an unknown high-latitude rule", prayer.Options{HighLatitude: 4}, "found high-latitude rule 4; expected 0 to 3"},
		{"custom without angles", custom(prayer.Angles{}), "found a fajr angle of 0 tenths of a degree; expected 1 to 300"},
		{"custom with degrees for tenths of them beyond reason", custom(prayer.Angles{FajrTenths: 180, IshaTenths: 301}), "found an isha angle of 301 tenths"},
		{"custom with too many minutes", custom(prayer.Angles{FajrTenths: 180, IshaMinutes: 181}), "found isha 181 minutes after sunset; expected 0 to 180"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if c.want == "" {
				require.NoError(t, c.o.Validate())
				return
			}
			require.ErrorContains(t, c.o.Validate(), c.want)
		})
	}
}

func ExampleOn() {
	leeds := geo.Point{Latitude: 53.8008, Longitude: -1.5491}
	times := prayer.On(leeds, prayer.Day{Year: 2026, Month: time.November, Day: 30}, prayer.Options{})
	for e := range prayer.Events {
		if m, exists := times.At(e); exists {
			fmt.Println(e, time.Unix(int64(m)*60, 0).UTC().Format("15:04"))
		}
	}
	// Output:
	// fajr 05:51
	// sunrise 07:59
	// dhuhr 11:55
	// asr 13:33
	// maghrib 15:51
	// isha 17:53
}

func BenchmarkDay(b *testing.B) {
	d := prayer.Day{Year: 2026, Month: time.November, Day: 30}
	b.ReportAllocs()
	for b.Loop() {
		prayer.On(leeds, d, prayer.Options{})
	}
}
