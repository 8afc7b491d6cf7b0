package exchange

import (
	"slices"

	"github.com/communitypayback/payback/model"
)

// roster checks and takes sessions.csv and appointments.csv.
func (r *reader) roster(f *model.Facts, w *raw) {
	r.held(f, w)
	visits := keep(r, visitsTable, w.visits, func(v *visitRow) []cellFault {
		out := append(r.refer("crn", "people", string(v.visit.CRN)), r.refer("project_code", "projects", string(v.visit.Session.Project))...)
		if v.visit.Outcome == "" { // what is over may name somebody who has left
			out = append(out, r.refer("supervisor_officer_code", "supervisors", string(v.visit.Supervisor))...)
			out = append(out, r.refer("pick_up_location_code", "pick_up_locations", string(v.visit.PickUp))...)
		}
		return out
	})
	at := newSittings(r.calendar, r.sittingFacts(f))
	for i := range visits {
		at.place(&visits[i].row)
	}
	for _, v := range settle(r, visitsTable, unique(r, visitsTable, visits)) {
		f.History = append(f.History, v.visit)
	}
	slices.SortFunc(f.History, model.Appointment.Compare)
}

func (r *reader) held(f *model.Facts, w *raw) {
	held := keep(r, heldTable, unique(r, heldTable, w.held), func(h *heldRow) []cellFault {
		out := r.refer("project_code", "projects", string(h.held.Session.Project))
		for _, s := range h.held.Supervisors {
			out = append(out, r.refer("supervisor_codes", "supervisors", string(s))...)
		}
		for _, m := range h.held.Minibuses {
			out = append(out, r.refer("registrations", "minibuses", string(m))...)
		}
		for _, s := range h.held.Stops {
			out = append(out, r.refer("stops", "pick_up_locations", string(s.Stop))...)
		}
		return append(out, r.refer("wet_project_code", "projects", string(h.held.Host))...)
	})
	for _, h := range settle(r, heldTable, held) {
		f.Held = append(f.Held, h.held)
	}
	slices.SortFunc(f.Held, func(a, b model.Held) int { return a.Session.Compare(b.Session) })
}

// sittings knows which sessions a project has on a day, to tell to which one an appointment belongs that has its own times.
type sittings struct {
	calendar *model.Calendar
	held     map[model.ProjectCode][]model.Held
	slots    map[model.ProjectCode][]model.Slot
}

func newSittings(c *model.Calendar, f *model.Facts) *sittings {
	s := &sittings{calendar: c, held: map[model.ProjectCode][]model.Held{}, slots: map[model.ProjectCode][]model.Slot{}}
	for _, h := range f.Held {
		s.held[h.Session.Project] = append(s.held[h.Session.Project], h)
	}
	for _, l := range f.Slots {
		s.slots[l.Project] = append(s.slots[l.Project], l)
	}
	return s
}

// on gives the starts and ends of a project's sessions on a day, those of sessions.csv first.
func (s *sittings) on(p model.ProjectCode, day model.Date) [][2]model.Clock {
	var out [][2]model.Clock
	all := s.held[p]
	lo, _ := slices.BinarySearchFunc(all, day, func(h model.Held, d model.Date) int { return int(h.Session.Date - d) })
	for ; lo < len(all) && all[lo].Session.Date == day; lo++ {
		out = append(out, [2]model.Clock{all[lo].Session.Start, all[lo].End})
	}
	for _, l := range s.slots[p] {
		if l.Runs(day) {
			out = append(out, [2]model.Clock{l.Start, l.End})
		}
	}
	return out
}

// place sets the session and the instants of an appointment. It belongs to the session that starts when it does, or else to
// the one that holds it; where there is none, the appointment names its own session.
func (s *sittings) place(v *visitRow) {
	a := &v.visit
	day := a.Session.Date
	a.Session.Start = v.start
	a.Span = s.calendar.Span(day, v.start, v.end)
	on := s.on(a.Session.Project, day)
	if !slices.ContainsFunc(on, func(c [2]model.Clock) bool { return c[0] == v.start }) {
		for _, c := range on {
			whole := s.calendar.Span(day, c[0], c[1])
			later := s.calendar.Span(day+1, v.start, v.end) // after the midnight of an overnight session
			if whole.Contains(a.Span) || whole.Contains(later) {
				if !whole.Contains(a.Span) {
					a.Span = later
				}
				a.Session.Start = c[0]
				break
			}
		}
	}
	if end := a.Span.Start + model.Instant(v.offered); v.offered > 0 && end != a.Span.End {
		// A clock that comes twice in a night is told apart by the minutes; otherwise the clocks are what counts.
		if _, at := s.calendar.Local(end); at%1440 == v.end%1440 && end-a.Span.End <= 180 && a.Span.End-end <= 180 {
			a.Span.End = end
		}
	}
	if v.hasPickUp {
		if v.pickUpAt > a.Session.Start {
			day--
		}
		a.PickUpAt = s.calendar.Instant(day, v.pickUpAt)
	}
}
