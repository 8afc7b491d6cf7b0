package prayer

import (
	"math"
	"time"

	"github.com/communitypayback/payback/model/geo"
)

// Minute is a minute of real time, counted from 1970-01-01T00:00Z, as model.Instant is.
type Minute int32

// Event is one of the six moments of a day. All but sunrise begin a prayer.
type Event uint8

// The events, in the order of the day.
const (
	Fajr    Event = iota // dawn
	Sunrise              // the upper edge of the sun is seen, by the air of a usual day, on a level horizon
	Dhuhr                // noon: the sun crosses the meridian
	Asr                  // the afternoon: a shadow has grown by its height, or by twice that
	Maghrib              // sunset
	Isha                 // nightfall
	Events               // how many there are
)

var events = [Events]string{"fajr", "sunrise", "dhuhr", "asr", "maghrib", "isha"}

// String gives the name of the event.
func (e Event) String() string { return word(events[:], e) }

// Day is a date at a place.
type Day struct {
	Year  int
	Month time.Month
	Day   int

	// OffsetMinutes is how far the wall clocks of the place are ahead of UTC. The day is the one whose noon is nearest to 12:00
	// on them, so a summer hour more or less does not matter.
	OffsetMinutes int32
}

// next gives the day after, by the same clocks. The day of the month may be beyond the month's last.
func (d Day) next() Day {
	d.Day++
	return d
}

// wallNoon gives 12:00 on the wall clocks, in minutes from 1970.
func (d Day) wallNoon() float64 {
	return float64(time.Date(d.Year, d.Month, d.Day, 12, 0, 0, 0, time.UTC).Unix()/60 - int64(d.OffsetMinutes))
}

// Times are the events of a day.
type Times struct {
	minutes [Events]Minute
	exists  [Events]bool
}

// At gives the minute of an event, and whether it exists on that day: where the sun does not set there is no sunset.
func (t Times) At(e Event) (Minute, bool) { return t.minutes[e], t.exists[e] }

// On tells the times of a day at a place by valid options. At a place that is not known nothing exists.
//
// What begins a prayer is rounded up to a whole minute, so that nobody is told to pray before the time. Sunrise, which only ends
// one, is rounded down, so that nobody is told there is time left when there is none.
func On(at geo.Point, day Day, o Options) Times {
	var t Times
	for e, m := range exactly(at, day, o) {
		if math.IsNaN(m) {
			continue
		}
		round := math.Ceil
		if Event(e) == Sunrise {
			round = math.Floor
		}
		t.minutes[e], t.exists[e] = Minute(round(m)), true
	}
	return t
}

// exactly gives the events in minutes from 1970, NaN where there is none.
func exactly(at geo.Point, day Day, o Options) [Events]float64 {
	none := math.NaN()
	if !at.Known() || !(math.Abs(at.Latitude) <= 90 && math.Abs(at.Longitude) <= 180) {
		return [Events]float64{none, none, none, none, none, none}
	}
	a := o.angles()
	noon := noonNear(at, day.wallNoon())
	sunrise, sunset := reach(at, noon, horizonAltitude, false), reach(at, noon, horizonAltitude, true)
	fajr := reach(at, noon, -float64(a.FajrTenths)/10, false)
	asr := reach(at, noon, shadowAltitude(at, noon, float64(o.Asr)+1), true)

	night := none
	if o.HighLatitude != NoRule {
		night = reach(at, noonNear(at, noon+minutesADay), horizonAltitude, false) - sunset
		fajr = later(fajr, sunrise-night*o.HighLatitude.portion(a.FajrTenths))
	}
	isha := sunset + float64(a.IshaMinutes)
	if a.IshaMinutes == 0 {
		isha = reach(at, noon, -float64(a.IshaTenths)/10, true)
		if o.HighLatitude != NoRule {
			isha = -later(-isha, -(sunset + night*o.HighLatitude.portion(a.IshaTenths)))
		}
	}
	return [Events]float64{fajr, sunrise, noon, asr, sunset, isha}
}

// later gives the later of two moments, or the one that exists.
func later(a, b float64) float64 {
	if a >= b || math.IsNaN(b) {
		return a
	}
	return b
}
