package play

import (
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
)

// told is a week's roster as people were told of it last, with the outcomes so far, and the snapshot it was planned from.
type told struct {
	roster   *model.Roster
	snapshot *model.Snapshot
	first    *solver.Problem // from which it was planned first
}

// of gives what people were told of a week; nil: nothing.
func (r *region) of(w model.Week) *told {
	for _, t := range r.told {
		if t.roster.Week == w {
			return t
		}
	}
	return nil
}

// freeze gives the snapshot of a week at an hour of a day: what is recorded by then, and nothing of the truth.
func (r *region) freeze(week model.Week, day model.Date, hour int) (*model.Snapshot, error) {
	f := *r.facts
	f.History = slices.Clone(f.History)
	for _, t := range r.told {
		f.History = append(f.History, t.roster.Appointments...)
	}
	slices.SortStableFunc(f.History, model.Appointment.Compare)
	f.People = r.peopleBefore(week)
	f.Shifts = slices.Concat(f.Shifts, r.away(week, day))
	sn, _, err := scheduler.Freeze(&f, r.profile, week, model.Instant(day)*1440+model.Instant(hour)*60)
	if err != nil {
		return nil, err
	}
	for _, x := range []struct {
		week model.Week
		to   **model.Roster
	}{{week.Add(-1), &sn.Before}, {week, &sn.Published}, {week.Add(1), &sn.After}} {
		if t := r.of(x.week); t != nil {
			*x.to = t.roster.Clone()
		}
	}
	edits := make([]model.Edit, len(r.Settings))
	for i, s := range r.Settings {
		edits[i] = s
	}
	return sn.With(edits...)
}

// peopleBefore gives the people with their orders as they stood before a week: what was worked in it is told by its outcomes, so
// that nothing counts twice when it is planned again.
func (r *region) peopleBefore(week model.Week) []model.Person {
	out := slices.Clone(r.facts.People)
	at := make(map[model.CRN]*model.Person, len(out)) // looked up only
	for i := range out {
		p := &out[i]
		p.Requirements = slices.Clone(p.Requirements)
		at[p.CRN] = p
		for j := range p.Requirements {
			if q := &p.Requirements[j]; r.done[order{p.CRN, q.Event}] >= week.Monday() {
				q.Status = model.Active
			}
		}
	}
	t := r.of(week)
	if t == nil {
		return out
	}
	for i := range t.roster.Appointments {
		a := &t.roster.Appointments[i]
		if p := at[a.CRN]; p != nil && a.Credited > 0 {
			q := p.Requirement(a.Event)
			q.Completed -= a.Credited
			if at := t.snapshot.Project(a.Session.Project); at.Kind == model.ETE {
				q.ETEDone -= a.Credited
			}
		}
	}
	return out
}

// away gives the days of a week on which supervisors are known to be away: of illnesses that began by the day after a day,
// for on the evening before they are reported.
func (r *region) away(week model.Week, day model.Date) (out []model.Shift) {
	for d := max(day+1, week.Monday()); d < week.Monday()+7; d++ {
		for _, s := range r.facts.Supervisors {
			if r.chance.ill(s.Code, d, day+1) {
				out = append(out, model.Shift{Supervisor: s.Code, Leave: true, When: model.When{Weekday: -1, On: d, End: 24 * 60}})
			}
		}
	}
	return out
}
