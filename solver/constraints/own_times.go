package constraints

import (
	"fmt"

	"github.com/communitypayback/payback/model"
)

// ownTimes says what is wrong with the times of an appointment that are not those of its session; empty: nothing. The last
// appointment of a requirement ends when nothing remains of it. For a caring duty, and for nothing else, somebody who comes by
// their own means begins later or ends earlier.
func ownTimes(sn *model.Snapshot, r *model.Roster, p *model.Person, at *model.Project, a *model.Appointment) string {
	s := sn.Session(a.Session)
	if s == nil || a.Span == s.Span {
		return ""
	}
	if a.Span.Start < s.Span.Start || a.Span.End > s.Span.End {
		return "the times they are told lie outside the session"
	}
	out, back := ownWay(sn, p, at)
	late := model.Span{Start: s.Span.Start, End: a.Span.Start}
	early := model.Span{Start: a.Span.End, End: s.Span.End}
	away := model.Span{Start: s.Span.Start - model.Instant(out), End: s.Span.End + model.Instant(back)}
	lastOne := usesUp(r, p, a)
	if lastOne {
		early = model.Span{}
		away.End = a.Span.End + model.Instant(back)
	}
	limit, least := sn.Policy.ShortDayMinutes, sn.Policy.ShortDayLeastMinutes
	switch {
	case late.Minutes() == 0 && early.Minutes() == 0:
		return ""
	case isRider(sn, p, at):
		return "who rides comes and goes with the minibus"
	case late.Minutes() > limit:
		return fmt.Sprintf("they begin %d minutes late, and a caring duty allows %d", late.Minutes(), limit)
	case early.Minutes() > limit:
		return fmt.Sprintf("they end %d minutes early, and a caring duty allows %d", early.Minutes(), limit)
	case !caresIn(p, model.Span{Start: late.Start - model.Instant(out), End: late.End - model.Instant(out)}):
		return fmt.Sprintf("they begin %d minutes late, and no caring duty asks for it", late.Minutes())
	case !caresIn(p, model.Span{Start: early.Start + model.Instant(back), End: early.End + model.Instant(back)}):
		return fmt.Sprintf("they end %d minutes early, and no caring duty asks for it", early.Minutes())
	case !model.Covered(freeButForCaring(p), away):
		return "more than a caring duty stands in the way of the session"
	case !lastOne && a.Minutes() < least:
		return fmt.Sprintf("%d minutes of the session are left, and the least for a caring duty is %d", a.Minutes(), least)
	}
	return ""
}

// usesUp reports whether an appointment is the last of its requirement in the week and leaves nothing of it.
func usesUp(r *model.Roster, p *model.Person, a *model.Appointment) bool {
	q := p.Requirement(a.Event)
	if q == nil {
		return false
	}
	booked := int32(0)
	for i := range r.Appointments {
		b := &r.Appointments[i]
		if b.CRN != a.CRN || b.Event != a.Event {
			continue
		}
		if b.Session.Compare(a.Session) > 0 {
			return false
		}
		booked += b.Minutes()
	}
	return booked >= q.Remaining()
}

// caresIn reports whether a caring duty falls into a span; into one without length any does.
func caresIn(p *model.Person, s model.Span) bool {
	for _, c := range p.Caring {
		if c.Overlaps(s) {
			return true
		}
	}
	return s.Minutes() == 0
}

// freeButForCaring gives a person's free time with caring given back.
func freeButForCaring(p *model.Person) []model.Span {
	return model.Union(append(append([]model.Span(nil), p.Free...), p.Caring...))
}
