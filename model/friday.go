package model

import (
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/model/prayer"
)

// FridayPrayer gives the time that the congregational prayer of a Friday takes of somebody who asked for it, with the way there
// and back: from the policy's minutes before noon prayer begins to its minutes after. False: they did not ask, the day is no
// Friday, or nothing says where they are.
//
// Noon comes four minutes later with each degree to the west, and the prayer may be said near home or near the work. So the time
// reaches from the earliest noon to the latest, of home and of every site that the person could come to, and by the policy's
// margin beyond, since no two tables round alike.
func FridayPrayer(sn *Snapshot, p *Person, d Date) (Span, bool) {
	const friday = 5
	if p.Prayer != DailyAndFridayPrayer || d.Weekday() != friday {
		return Span{}, false
	}
	east, west := p.Home, p.Home
	for i := range sn.Projects {
		q := &sn.Projects[i]
		switch {
		case !q.Site.Known() || p.Home.Known() && sn.Travel.Minutes(geo.Car, p.At(), q.At()) > sn.TravelLimit(p):
		case !east.Known():
			east, west = q.Site, q.Site
		case q.Site.Longitude > east.Longitude:
			east = q.Site
		case q.Site.Longitude < west.Longitude:
			west = q.Site
		}
	}
	first, known := noon(sn, east, d)
	last, _ := noon(sn, west, d)
	b := sn.Policy
	return Span{first - Instant(b.FridayBeforeMinutes+b.PrayerMarginMinutes), last + Instant(b.FridayAfterMinutes+b.PrayerMarginMinutes)}, known
}

// noon gives when noon prayer begins, by which all conventions agree.
func noon(sn *Snapshot, at geo.Point, d Date) (Instant, bool) {
	m, ok := prayer.On(at, sn.Calendar.PrayerDay(d), prayer.Options{}).At(prayer.Dhuhr)
	return Instant(m), ok
}
