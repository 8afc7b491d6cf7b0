package model

import "slices"

// ShortDay gives the times at which a person who comes by their own means works a session that they are not free for as a
// whole: they begin later, end earlier or both, each by no more than the policy allows. It takes the minutes of their way out
// and home, which must lie in their free time too.
//
// Caring must be all that stands in the way: with it given back they would be free for the whole session and both ways. What
// is left is at least as long as the policy asks. False: they work all of it, or nothing.
//
// Files tell to which session an appointment belongs by its times, so nobody begins late where the project has another session
// then, nor in the second of the two hours that the clocks' going back makes of one.
func (s *Snapshot) ShortDay(p *Person, x *Session, out, back int32) (Span, bool) {
	if len(p.Caring) == 0 {
		return Span{}, false
	}
	away := Span{x.Span.Start - Instant(out), x.Span.End + Instant(back)}
	caring := shared(p.Caring, away)
	if caring == 0 || shared(p.Free, away)+caring < away.Minutes() {
		return Span{}, false
	}
	var best Span
	limit := Instant(s.Policy.ShortDayMinutes)
	for _, f := range p.Free {
		own := Span{max(x.Span.Start, f.Start+Instant(out)), min(x.Span.End, f.End-Instant(back))}
		if own.Start-x.Span.Start <= limit && x.Span.End-own.End <= limit && own.Minutes() > best.Minutes() {
			best = own
		}
	}
	if best.Minutes() <= 0 || best.Minutes() < s.Policy.ShortDayLeastMinutes || best.Start > x.Span.Start && (s.another(x) || s.Calendar.second(best.Start)) {
		return Span{}, false
	}
	return best, true
}

// second reports whether an instant lies in the second of two hours that have the same wall times.
func (c Calendar) second(t Instant) bool { return c.Instant(c.Local(t)) != t }

// shared gives the minutes that a union of spans shares with a span.
func shared(union []Span, s Span) (minutes int32) {
	for _, u := range union {
		if u.Overlaps(s) {
			minutes += Span{max(u.Start, s.Start), min(u.End, s.End)}.Minutes()
		}
	}
	return minutes
}

// another reports whether a session's project has one more that overlaps it.
func (s *Snapshot) another(x *Session) bool {
	for day := x.Key.Date - 1; day <= x.Key.Date+1; day++ {
		at, _ := slices.BinarySearchFunc(s.Sessions, day, func(y Session, d Date) int { return int(y.Key.Date - d) })
		for ; at < len(s.Sessions) && s.Sessions[at].Key.Date == day; at++ {
			if y := &s.Sessions[at]; y.Key.Project == x.Key.Project && y.Key != x.Key && y.Span.Overlaps(x.Span) {
				return true
			}
		}
	}
	return false
}
