package prayer

import "github.com/communitypayback/payback/model/geo"

// Span is the half-open time [Start, End), as model.Span is.
type Span struct{ Start, End Minute }

// Minutes gives the length.
func (s Span) Minutes() int32 { return int32(s.End - s.Start) }

// Windows gives each prayer's own time on a day, by event. It lasts until the next event that exists: fajr until sunrise, dhuhr
// until asr, asr until maghrib, maghrib until isha, and isha until the fajr of the next day, which is its outer limit in most
// schools; many hold the middle of the night to be better. A prayer that does not exist has the zero Span, and so has sunrise,
// which begins none.
//
// An end that begins the next prayer is rounded as that beginning is, so that the windows of a day meet. By [MiddleOfNight] isha
// and the next fajr fall together, within minutes, in nights that do not get dark: isha then has next to no window.
func Windows(at geo.Point, day Day, o Options) [Events]Span {
	today, tomorrow := On(at, day, o), On(at, day.next(), o)
	var w [Events]Span
	for e := range Events {
		start, exists := today.At(e)
		if !exists || e == Sunrise {
			continue
		}
		if end, ok := following(today, tomorrow, e); ok && end > start {
			w[e] = Span{start, end}
		}
	}
	return w
}

// following gives the next event after one that exists, today or tomorrow.
func following(today, tomorrow Times, e Event) (Minute, bool) {
	for next := e + 1; next < Events; next++ {
		if m, ok := today.At(next); ok {
			return m, true
		}
	}
	for next := range Events {
		if m, ok := tomorrow.At(next); ok {
			return m, true
		}
	}
	return 0, false
}

// Due reports whether a prayer falls to the time for which somebody is away from home: fewer minutes of its window than the given
// number lie outside that time. A window that lies wholly outside it is never due, however short it is. A window of one
// evening may reach into the next date, so for a time that begins before dawn the windows of the day before count as well.
func Due(window, away Span, minutes int32) bool {
	within := int32(min(window.End, away.End) - max(window.Start, away.Start))
	return within > 0 && window.Minutes()-within < minutes
}
