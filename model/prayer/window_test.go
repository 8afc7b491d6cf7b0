package prayer_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/model/prayer"
)

func TestWindowsMeetAndFillTheDay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		at := anyPlace(60).Draw(t, "place")
		d, o := anyDay(t, at), anyOptions().Draw(t, "options")
		if o.HighLatitude == prayer.NoRule {
			o.HighLatitude = prayer.SeventhOfNight
		}
		w := prayer.Windows(at, d, o)
		require.Zero(t, w[prayer.Sunrise])
		for e, span := range w {
			require.True(t, span == prayer.Span{} || span.Start < span.End, "%v %v", prayer.Event(e), span)
		}
		require.Equal(t, prayer.Span{Start: on(t, at, d, o, prayer.Fajr), End: on(t, at, d, o, prayer.Sunrise)}, w[prayer.Fajr])
		require.Equal(t, w[prayer.Dhuhr].End, w[prayer.Asr].Start)
		require.Equal(t, w[prayer.Asr].End, w[prayer.Maghrib].Start)
		tomorrow := d
		tomorrow.Day++
		if w[prayer.Isha] != (prayer.Span{}) {
			require.Equal(t, w[prayer.Maghrib].End, w[prayer.Isha].Start)
			require.Equal(t, on(t, at, tomorrow, o, prayer.Fajr), w[prayer.Isha].End)
		} else {
			require.GreaterOrEqual(t, on(t, at, d, o, prayer.Isha), on(t, at, tomorrow, o, prayer.Fajr))
		}
	})
}

func TestWithoutNightfallTheEveningLastsUntilSunrise(t *testing.T) {
	t.Parallel()
	june := prayer.Day{Year: 2026, Month: time.June, Day: 21}
	o := prayer.Options{HighLatitude: prayer.NoRule}
	w := prayer.Windows(edinburgh, june, o)
	june.Day++
	require.Equal(t, on(t, edinburgh, june, o, prayer.Sunrise), w[prayer.Maghrib].End)
	require.Zero(t, w[prayer.Isha])
	require.Zero(t, w[prayer.Fajr])
}

func TestAPrayerIsDueIfTooLittleOfItsWindowLiesOutside(t *testing.T) {
	t.Parallel()
	window := prayer.Span{Start: 1000, End: 1120}
	for _, c := range []struct {
		name   string
		window prayer.Span
		away   prayer.Span
		due    bool
	}{
		{"away all the time", window, prayer.Span{Start: 900, End: 1200}, true},
		{"home 29 minutes before it ends", window, prayer.Span{Start: 900, End: 1091}, true},
		{"home 30 minutes before it ends", window, prayer.Span{Start: 900, End: 1090}, false},
		{"leaves 30 minutes into it", window, prayer.Span{Start: 1030, End: 1200}, false},
		{"leaves 20 minutes into it and is home 9 minutes before it ends", window, prayer.Span{Start: 1020, End: 1111}, true},
		{"leaves 20 minutes into it and is home 10 minutes before it ends", window, prayer.Span{Start: 1020, End: 1110}, false},
		{"home when it begins", window, prayer.Span{Start: 900, End: 1000}, false},
		{"leaves when it ends", window, prayer.Span{Start: 1120, End: 1300}, false},
		{"a short window, away for a minute of it", prayer.Span{Start: 1000, End: 1020}, prayer.Span{Start: 1019, End: 1300}, true},
		{"a short window, at home", prayer.Span{Start: 1000, End: 1020}, prayer.Span{Start: 1020, End: 1300}, false},
		{"a prayer that does not exist", prayer.Span{}, prayer.Span{Start: 900, End: 1200}, false},
		{"never away", window, prayer.Span{}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, c.due, prayer.Due(c.window, c.away, 30))
		})
	}
}

// In November a working day in Leeds, away from 08:15 to 16:45, takes the noon and the afternoon prayer and is over before enough
// of the evening's is lost. In June both windows reach beyond it.
func TestWhatAWorkingDayTakes(t *testing.T) {
	t.Parallel()
	due := func(d prayer.Day) (out []prayer.Event) {
		start := midnight(d) - prayer.Minute(d.OffsetMinutes)
		for e, w := range prayer.Windows(leeds, d, prayer.Options{}) {
			if prayer.Due(w, prayer.Span{Start: start + 8*60 + 15, End: start + 16*60 + 45}, 30) {
				out = append(out, prayer.Event(e))
			}
		}
		return out
	}
	require.Equal(t, []prayer.Event{prayer.Dhuhr, prayer.Asr}, due(prayer.Day{Year: 2026, Month: time.November, Day: 30}))
	require.Empty(t, due(prayer.Day{Year: 2026, Month: time.June, Day: 22, OffsetMinutes: 60}))
}

func TestAWindowLastsUntilTheNextTimeThatExists(t *testing.T) {
	t.Parallel()
	tromso := geo.Point{Latitude: 69.6492, Longitude: 18.9553}
	june := prayer.Day{Year: 2026, Month: time.June, Day: 21, OffsetMinutes: 120}
	w := prayer.Windows(tromso, june, prayer.Options{})
	require.Equal(t, on(t, tromso, june, prayer.Options{}, prayer.Asr), w[prayer.Dhuhr].End)
	require.InDelta(t, 1440, after(w[prayer.Dhuhr].Start, w[prayer.Asr].End), 1, "asr lasts until the next time that exists, noon of the next day")
	require.Zero(t, w[prayer.Maghrib])
}

func TestAPlaceThatIsNotKnownHasNoWindows(t *testing.T) {
	t.Parallel()
	d := prayer.Day{Year: 2026, Month: time.November, Day: 30}
	require.Equal(t, [prayer.Events]prayer.Span{}, prayer.Windows(geo.Point{}, d, prayer.Options{}))
}

// Nights grow after midsummer, so that half of the next one reaches back beyond half of this one.
func TestByTheMiddleOfTheNightIshaMayHaveNoWindow(t *testing.T) {
	t.Parallel()
	july := prayer.Day{Year: 2026, Month: time.July, Day: 15}
	require.Zero(t, prayer.Windows(edinburgh, july, prayer.Options{HighLatitude: prayer.MiddleOfNight})[prayer.Isha])
	require.Greater(t, prayer.Windows(edinburgh, july, prayer.Options{})[prayer.Isha].Minutes(), int32(240))
}

func ExampleDue() {
	leeds := geo.Point{Latitude: 53.8008, Longitude: -1.5491}
	day := prayer.Day{Year: 2026, Month: time.November, Day: 30}
	windows := prayer.Windows(leeds, day, prayer.Options{})
	midnight := prayer.Minute(time.Date(2026, time.November, 30, 0, 0, 0, 0, time.UTC).Unix() / 60)
	away := prayer.Span{Start: midnight + 8*60 + 15, End: midnight + 16*60 + 45}
	for e, w := range windows {
		if prayer.Due(w, away, 30) {
			fmt.Println(prayer.Event(e), "is due, for", w.Minutes(), "minutes")
		}
	}
	// Output:
	// dhuhr is due, for 98 minutes
	// asr is due, for 138 minutes
}

func BenchmarkWindows(b *testing.B) {
	d := prayer.Day{Year: 2026, Month: time.November, Day: 30}
	b.ReportAllocs()
	for b.Loop() {
		prayer.Windows(leeds, d, prayer.Options{})
	}
}
