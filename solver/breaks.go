package solver

import (
	"slices"

	"github.com/communitypayback/payback/model"
)

// PlanBreaks writes the breaks of every session that has people into a sorted roster: lunch where a session is longer than people
// work without a break, and a short break within the own time of each prayer that is due for somebody who asked, at the site and
// at the wet site of the roster's plan. It reads trips and wet plans, so it comes last.
//
// Breaks lie within the session, apart from each other, and are whole minutes; as few as serve everybody. A frozen session
// keeps those that people were told, if they still serve. Nothing else of the roster is changed.
func PlanBreaks(sn *model.Snapshot, r *model.Roster) {
	r.Breaks = nil
	for from := 0; from < len(r.Appointments); {
		k := r.Appointments[from].Session
		to := from
		for to < len(r.Appointments) && r.Appointments[to].Session == k {
			to++
		}
		if spans := BreaksOf(sn, r, k); len(spans) > 0 {
			r.Breaks = append(r.Breaks, model.Breaks{Session: k, Spans: spans})
		}
		from = to
	}
}

// BreaksOf gives the breaks of one session of a sorted roster, as [PlanBreaks] writes them; none if it is no candidate of the week.
func BreaksOf(sn *model.Snapshot, r *model.Roster, k model.SessionKey) []model.Span {
	s := sn.Session(k)
	if s == nil {
		return nil
	}
	if told := toldBreaks(sn, s); len(told) > 0 && serve(sn.Policy.BreakWorkMinutes, s.Span, told, prayersDue(sn, r, s, 0)) {
		return told
	}
	return place(sn.Policy, s.Span, prayersDue(sn, r, s, sn.Policy.PrayerMarginMinutes))
}

// toldBreaks gives the published breaks of a frozen session.
func toldBreaks(sn *model.Snapshot, s *model.Session) []model.Span {
	if sn.Published == nil || s.Span.Start >= sn.FrozenUntil {
		return nil
	}
	i, ok := slices.BinarySearchFunc(sn.Published.Breaks, s.Key, func(b model.Breaks, k model.SessionKey) int { return b.Session.Compare(k) })
	if !ok {
		return nil
	}
	return slices.Clone(sn.Published.Breaks[i].Spans)
}

// serve reports whether breaks lie within a session, in order and apart, leave nobody to work too long, and serve all wishes.
func serve(longest int32, session model.Span, breaks []model.Span, wishes []wish) bool {
	now := session.Start
	for _, b := range breaks {
		if b.Start < now || b.End <= b.Start || int32(b.Start-now) > longest {
			return false
		}
		now = b.End
	}
	if now > session.End || int32(session.End-now) > longest {
		return false
	}
	for i := range wishes {
		if !slices.ContainsFunc(breaks, wishes[i].servedBy) {
			return false
		}
	}
	return true
}
