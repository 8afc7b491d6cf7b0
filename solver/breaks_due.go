package solver

import (
	"cmp"
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/model/prayer"
)

// wish is what one prayer asks of the breaks of a session: some minutes within an area of time. A short break serves it that
// starts from first to last.
type wish struct {
	area        model.Span
	minutes     int32
	first, last model.Instant
}

func (w *wish) servedBy(b model.Span) bool {
	return int32(min(b.End, w.area.End)-max(b.Start, w.area.Start)) >= w.minutes
}

// prayersDue gives the wishes of a session's people, each once, ordered by the last start that serves them. Any margin makes more prayers due, and keeps away from
// both ends of a prayer's time where that leaves enough of it.
func prayersDue(sn *model.Snapshot, r *model.Roster, s *model.Session, margin int32) []wish {
	var wishes []wish
	var sites []sky // of the site and the wet site; made for the first who asked
	at, host := sn.Project(s.Key.Project), hostOf(sn, r, s.Key)
	all := r.In(s.Key)
	for i := range all {
		p := sn.Person(all[i].CRN)
		if p == nil || at == nil || p.Prayer == model.NoPrayer {
			continue
		}
		if sites == nil {
			sites = skies(sn, s, at, host)
		}
		there, away := presence(sn, r, s, p, at, host, &all[i])
		for _, x := range sites {
			for _, window := range x.windows {
				if prayer.Due(window, prayer.Span{Start: prayer.Minute(away.Start), End: prayer.Minute(away.End)}, sn.Policy.PrayerOutsideMinutes+2*margin) {
					own := model.Span{Start: model.Instant(window.Start), End: model.Instant(window.End)}
					if w, ok := newWish(shortBreak(sn.Policy), sn.Policy.PrayerOverlapMinutes, s.Span, there, own, model.Instant(margin)); ok {
						wishes = append(wishes, w)
					}
				}
			}
		}
	}
	slices.SortFunc(wishes, func(a, b wish) int {
		return cmp.Or(cmp.Compare(a.last, b.last), cmp.Compare(a.first, b.first), cmp.Compare(a.area.Start, b.area.Start), cmp.Compare(a.area.End, b.area.End),
			cmp.Compare(a.minutes, b.minutes))
	})
	return slices.Compact(wishes)
}

// sky is the prayers of one place at which a session may be.
type sky struct{ windows []prayer.Span }

// skies gives the prayers at the site of a session and at its wet site, if it has one, whose windows meet it.
func skies(sn *model.Snapshot, s *model.Session, at, host *model.Project) []sky {
	places := []geo.Point{at.Site}
	if host != nil {
		places = append(places, host.Site)
	}
	o := model.PrayerOptions(sn.Policy)
	first, _ := sn.Calendar.Local(s.Span.Start)
	last, _ := sn.Calendar.Local(s.Span.End)
	out := make([]sky, len(places))
	for i, where := range places {
		for d := first - 1; d <= last; d++ { // the night of the day before reaches into the morning
			for _, w := range prayer.Windows(where, sn.Calendar.PrayerDay(d), o) {
				if (model.Span{Start: model.Instant(w.Start), End: model.Instant(w.End)}).Overlaps(s.Span) {
					out[i].windows = append(out[i].windows, w)
				}
			}
		}
	}
	return out
}

// hostOf gives the wet site of a session, or nil.
func hostOf(sn *model.Snapshot, r *model.Roster, k model.SessionKey) *model.Project {
	if i, ok := slices.BinarySearchFunc(r.WetPlans, k, func(w model.WetPlan, k model.SessionKey) int { return w.Session.Compare(k) }); ok {
		return sn.Project(r.WetPlans[i].Host)
	}
	return nil
}

// presence gives when somebody is at a session, and when away from home for it on a dry day or a wet one, whichever is longer. Who
// rides is there until the minibus leaves; where nothing says how somebody rides, every prayer is taken as due.
func presence(sn *model.Snapshot, r *model.Roster, s *model.Session, p *model.Person, at, host *model.Project, a *model.Appointment) (there, away model.Span) {
	way := func(mode geo.Mode, from, to geo.Place) model.Instant {
		return model.Instant(sn.Travel.Minutes(mode, from, to))
	}
	own := way(p.Mode, p.At(), at.At())
	if !sn.Rides(p, at, int32(own)) {
		back := way(p.Mode, at.At(), p.At())
		if host != nil {
			own, back = max(own, way(p.Mode, p.At(), host.At())), max(back, way(p.Mode, host.At(), p.At()))
		}
		return a.Span, model.Span{Start: a.Span.Start - own, End: a.Span.End + back}
	}
	const unknown = 2 * 1440
	there, away = s.Span, model.Span{Start: s.Span.Start - unknown, End: s.Span.End + unknown}
	stop, trips := sn.Stop(a.PickUp), r.TripsOf(s.Key)
	if stop == nil || len(trips) == 0 { // the minibuses of a session call at the same stops
		return there, away
	}
	var stops []model.StopCode
	for _, x := range trips[0].Stops {
		stops = append(stops, x.Stop)
	}
	i := slices.Index(stops, a.PickUp)
	if i < 0 {
		return there, away
	}
	last := sn.Stop(stops[len(stops)-1])
	if last == nil {
		return there, away
	}
	away.Start = a.PickUpAt - way(p.Mode, p.At(), stop.Place())
	away.End = model.DropOff(sn, s.Key, stops, i) + way(p.Mode, stop.Place(), p.At())
	if host != nil {
		away.Start -= max(0, way(geo.Car, last.Place(), host.At())-way(geo.Car, last.Place(), at.At()))
		away.End += max(0, way(geo.Car, host.At(), last.Place())-way(geo.Car, at.At(), last.Place()))
	}
	return there, away
}

// newWish gives what a prayer with a time of its own asks for somebody who is at a session for a while. False: nothing of that time lies in
// the while. Where less lies in it than a break should have, all of it is asked for, and the break goes on into the prayer's own
// time where that goes on.
func newWish(length, minutes int32, session, there, own model.Span, margin model.Instant) (wish, bool) {
	common := func(a, b model.Span) model.Span {
		return model.Span{Start: max(a.Start, b.Start), End: min(a.End, b.End)}
	}
	there = common(there, session)
	w := wish{area: common(own, there), minutes: minutes}
	inner := common(model.Span{Start: own.Start + margin, End: own.End - margin}, there)
	if inner.Minutes() < minutes {
		inner = w.area
	}
	switch {
	case w.area.Minutes() <= 0:
		return wish{}, false
	case w.area.Minutes() < minutes:
		w.minutes = w.area.Minutes()
		w.first = w.area.End - model.Instant(length)
		if own.Start >= there.Start {
			w.first = w.area.Start
		}
		w.last = w.first
	default:
		w.first, w.last = inner.Start+model.Instant(minutes-length), inner.End-model.Instant(minutes)
	}
	latest := max(session.Start, session.End-model.Instant(length))
	w.first, w.last = min(max(w.first, session.Start), latest), max(session.Start, min(w.last, latest))
	return w, true
}
