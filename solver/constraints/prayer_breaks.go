package constraints

import (
	"fmt"
	"iter"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/model/prayer"
	"github.com/communitypayback/payback/solver"
)

// PrayerBreaks gives those who asked for prayer their breaks, and everybody some rest. One case: one prayer that is due for one
// person without a break for it, at the site or the wet site or both; or one session whose breaks do not fit the working
// day, for however many reasons. Of a session that has begun and whose breaks nobody wrote down nothing is known.
var PrayerBreaks = &solver.Constraint{
	ID:    "prayer-breaks",
	Title: "Breaks serve prayer and rest",
	Doc: "A prayer is due for whoever asked if too little of its own time lies outside the time from home to home. A break then lies long enough within that time, while the person " +
		"is there, by the sun of the site and of the wet site; where less of it falls to the session, as much. Breaks lie within the session and apart, and nobody works too long " +
		"without one. It is no reason not to attend, and shortens no credited minutes.",
	Clauses: []policy.ClauseID{"prayer-breaks", "prayer-breaks.method", "prayer-breaks.fajr-angle", "prayer-breaks.isha-angle", "prayer-breaks.isha-minutes", "prayer-breaks.asr",
		"prayer-breaks.high-latitude", "prayer-breaks.outside", "prayer-breaks.overlap", "prayer-breaks.margin", "prayer-breaks.short", "prayer-breaks.lunch",
		"prayer-breaks.lunch-shift", "prayer-breaks.work"},
	Level:      solver.Hard,
	Unit:       "prayers and sessions without their breaks",
	Violations: unbroken,
	Lower:      lowerPrayerBreaks,
	Explain: func(_ *model.Snapshot, v solver.Violation) string {
		if len(v.People) > 0 {
			return fmt.Sprintf("%s at %s has no break for a prayer that is due, %s.", who(v), whither(v), v.Why)
		}
		return fmt.Sprintf("The breaks of %s do not fit the working day: %s.", whither(v), v.Why)
	},
}

func unbroken(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
	return cases(r, func(r *model.Roster, report reporter) {
		for _, all := range runs(r.Appointments, func(a, b model.Appointment) bool { return a.Session == b.Session }) {
			k := all[0].Session
			s, at := sn.Session(k), sn.Project(k.Project)
			if s == nil || at == nil {
				continue // the rule on terms speaks of those
			}
			breaks := breaksOf(r, k)
			if len(breaks) == 0 && s.Span.Start < sn.AsOf {
				continue
			}
			var prayers []sunTime // made for the first who asked
			for _, a := range everyone(r, k) {
				if p := sn.Person(a.CRN); p != nil && p.Prayer != model.NoPrayer {
					if prayers == nil {
						prayers = sunTimes(sn, r, s, at)
					}
					unserved(sn, r, s, at, p, &a, prayers, breaks, report)
				}
			}
			if why := restFault(sn, s, breaks); why != "" {
				v := sessionAlone(k, 1)
				v.Why = why
				report(v)
			}
		}
	})
}

// breaksOf gives the breaks of a session, from whatever order.
func breaksOf(r *model.Roster, k model.SessionKey) []model.Span {
	var out []model.Span
	for i := range r.Breaks {
		if r.Breaks[i].Session == k {
			out = append(out, r.Breaks[i].Spans...)
		}
	}
	return out
}

// sunTime is the time of a prayer by the sun of a site.
type sunTime struct {
	prayer prayer.Event
	day    model.Date
	site   model.ProjectCode
	span   model.Span
}

// sunTimes lists the prayers whose times meet a session, at its site and at its wet site, the two of one prayer together.
func sunTimes(sn *model.Snapshot, r *model.Roster, s *model.Session, at *model.Project) []sunTime {
	sites := []*model.Project{at}
	if wet := wetSite(sn, r, s.Key); wet != nil {
		sites = append(sites, wet)
	}
	from, _ := sn.Calendar.Local(s.Span.Start)
	to, _ := sn.Calendar.Local(s.Span.End)
	out := []sunTime{}
	for d := from - 1; d <= to; d++ { // a night begins on the date before
		var times [2][prayer.Events]prayer.Span
		for i, site := range sites {
			times[i] = prayer.Windows(site.Site, sn.Calendar.PrayerDay(d), model.PrayerOptions(sn.Policy))
		}
		for e := range prayer.Events {
			for i, site := range sites {
				span := model.Span{Start: model.Instant(times[i][e].Start), End: model.Instant(times[i][e].End)}
				if span.Overlaps(s.Span) {
					out = append(out, sunTime{e, d, site.Code, span})
				}
			}
		}
	}
	return out
}

// unserved reports the prayers that are due for one person and have no break.
func unserved(sn *model.Snapshot, r *model.Roster, s *model.Session, at *model.Project, p *model.Person, a *model.Appointment, prayers []sunTime, breaks []model.Span, report reporter) {
	there := a.Span
	if isRider(sn, p, at) {
		there = s.Span // until the minibus leaves
	}
	away := daysAway(sn, r, p, at, a)
	for _, all := range runs(prayers, func(a, b sunTime) bool { return a.prayer == b.prayer && a.day == b.day }) {
		for _, x := range all {
			outside := x.span.Minutes()
			for _, day := range away {
				outside = min(outside, x.span.Minutes()-within(x.span, day, day))
			}
			want := min(sn.Policy.PrayerOverlapMinutes, within(x.span, there, s.Span))
			best := longestWithin(x.span, there, breaks)
			if outside >= sn.Policy.PrayerOutsideMinutes || best >= want {
				continue
			}
			v := here(a)
			_, start := sn.Calendar.Local(x.span.Start)
			_, end := sn.Calendar.Local(x.span.End)
			v.Found, v.Limit = int64(best), int64(want)
			v.Why = fmt.Sprintf("%v from %s to %s by the sun of %s: found %d minutes of it in a break; expected %d", x.prayer, start, end, x.site, best, want)
			report(v)
			break
		}
	}
}

// daysAway gives the time from home to home on a dry day and, where there is a wet site, on a wet one. Of a ride that nobody
// planned it is the best there could be.
func daysAway(sn *model.Snapshot, r *model.Roster, p *model.Person, at *model.Project, a *model.Appointment) []model.Span {
	wet := wetSite(sn, r, a.Session)
	if !isRider(sn, p, at) {
		out, back := ownWay(sn, p, at)
		days := []model.Span{{Start: a.Span.Start - model.Instant(out), End: a.Span.End + model.Instant(back)}}
		if wet != nil {
			out, back = ownWay(sn, p, wet)
			days = append(days, model.Span{Start: a.Span.Start - model.Instant(out), End: a.Span.End + model.Instant(back)})
		}
		return days
	}
	s := sn.Session(a.Session).Span
	out, back, planned := exactRide(sn, r, p, a)
	if !planned {
		out, back = bestRide(sn, p, at)
	}
	days := []model.Span{{Start: s.Start - model.Instant(out), End: s.End + model.Instant(back)}}
	if wet != nil {
		if out, back, planned = exactWetRide(sn, r, p, a, wet); !planned {
			out, back = bestRide(sn, p, wet)
		}
		days = append(days, model.Span{Start: s.Start - model.Instant(out), End: s.End + model.Instant(back)})
	}
	return days
}

// longestWithin gives the most minutes of a window that one break takes while somebody is there.
func longestWithin(window, there model.Span, breaks []model.Span) int32 {
	best := int32(0)
	for _, b := range breaks {
		best = max(best, within(window, there, b))
	}
	return best
}

// within gives the minutes that three spans share.
func within(a, b, c model.Span) int32 {
	return max(0, int32(min(a.End, b.End, c.End)-max(a.Start, b.Start, c.Start)))
}

// restFault says why the breaks of a session do not fit the working day; empty: they do.
func restFault(sn *model.Snapshot, s *model.Session, breaks []model.Span) string {
	work := sn.Policy.BreakWorkMinutes
	clock := func(t model.Instant) model.Clock { _, c := sn.Calendar.Local(t); return c }
	for i, b := range breaks {
		if b.Start < s.Span.Start || b.End > s.Span.End || b.End <= b.Start {
			return fmt.Sprintf("found a break from %s to %s, which does not lie within the session", clock(b.Start), clock(b.End))
		}
		for _, c := range breaks[:i] {
			if b.Overlaps(c) {
				return fmt.Sprintf("found breaks from %s and from %s that overlap", clock(c.Start), clock(b.Start))
			}
		}
	}
	// Whoever works too long does so from the start or from the end of some break.
	begins := []model.Instant{s.Span.Start}
	for _, b := range breaks {
		begins = append(begins, b.End)
	}
	for _, from := range begins {
		until := s.Span.End
		for _, b := range breaks {
			if b.Start >= from {
				until = min(until, b.Start)
			}
		}
		if long := int32(until - from); long > work {
			return fmt.Sprintf("found %d minutes of work without a break, from %s to %s; expected at most %d", long, clock(from), clock(until), work)
		}
	}
	return ""
}

// Every roster that the engine writes has the breaks that its people need (solver.PlanBreaks), wherever they are put. So there is
// nothing that a move could break, and nothing is declared. Tests hold its breaks against the words.
func lowerPrayerBreaks(*solver.Builder) {}
