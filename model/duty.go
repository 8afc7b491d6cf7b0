package model

// DutySpan gives when a duty of a roster takes place, as far as the roster alone says: a driver's from leaving the depot to
// returning, otherwise from the first start to the last end of the session's appointments. False: the roster does not say.
func (r *Roster) DutySpan(d Duty) (Span, bool) {
	for _, t := range r.TripsOf(d.Session) {
		if t.Driver == d.Supervisor {
			return Span{t.Leaves, t.Returns}, true
		}
	}
	all := r.In(d.Session)
	if len(all) == 0 {
		return Span{}, false
	}
	span := all[0].Span
	for _, a := range all {
		span.Start, span.End = min(span.Start, a.Span.Start), max(span.End, a.Span.End)
	}
	return span, true
}
