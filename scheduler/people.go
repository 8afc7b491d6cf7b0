package scheduler

import (
	"cmp"
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
)

// record is what a person's appointments say of them.
type record struct {
	outcomes int32
	offered  model.Date // the last date before the week on which a place was offered; zero: none
}

// freezePeople sets what only a dated week can know of each person.
func freezePeople(sn *model.Snapshot, f *model.Facts) {
	index := make(map[model.CRN]int, len(sn.People))
	for i := range sn.People {
		p := &sn.People[i]
		index[p.CRN] = i
		p.Languages, p.Likes = slices.Clone(p.Languages), slices.Clone(p.Likes)
		p.Last = model.Last{}
		p.Requirements = sorted(p.Requirements, func(a, b model.Requirement) int { return cmp.Compare(a.Event, b.Event) })
		for j := range p.Requirements {
			p.Requirements[j].Promised, p.Requirements[j].PromisedETE = 0, 0
		}
	}
	records := make([]record, len(sn.People))
	monday := sn.Week.Monday()
	today, _ := sn.Calendar.Local(sn.AsOf)
	for i := range f.History {
		a := &f.History[i]
		at, ok := index[a.CRN]
		if !ok {
			continue
		}
		if a.Session.Date < monday {
			records[at].add(a)
			sn.People[at].Last = later(sn.People[at].Last, a)
		}
		if a.Outcome == "" && a.Session.Date >= today && !sn.Week.Holds(a.Session.Date) {
			if r := sn.People[at].Requirement(a.Event); r != nil {
				r.Promised += a.Minutes()
				if project := sn.Project(a.Session.Project); project != nil && project.Kind == model.ETE {
					r.PromisedETE += a.Minutes()
				}
			}
		}
	}
	freezeAttendance(sn, f)
	freezeFirst(sn, f)
	freezeYoung(sn, f)
	spells := sorted(f.Spells, func(a, b model.Spell) int { return cmp.Compare(a.CRN, b.CRN) })
	for i := range sn.People {
		p := &sn.People[i]
		p.Outcomes = max(0, p.Attended) + max(0, p.Missed) + records[i].outcomes
		p.WeeksWaiting = records[i].weeksWaiting(p, monday)
		for len(spells) > 0 && spells[0].CRN < p.CRN { // of nobody in the files
			spells = spells[1:]
		}
		own := 0
		for own < len(spells) && spells[own].CRN == p.CRN {
			own++
		}
		p.Remote = remote(sn, p)
		p.Free, p.Caring = freeTime(sn, p, spells[:own])
		spells = spells[own:]
		if slices.ContainsFunc(f.Doubtful, func(d model.Doubt) bool { return d.CRN == p.CRN }) {
			// A row on when they may come, or whom they may meet, could not be read: a guess could put someone in danger.
			p.Free, p.Caring = nil, nil
		}
	}
}

func (r *record) add(a *model.Appointment) {
	if a.Outcome.Presence() != model.NoRecord { // which says nothing of the person
		r.outcomes++
	}
	if a.Outcome.Offered() {
		r.offered = max(r.offered, a.Session.Date)
	}
}

// later gives the later of two sessions of a person, of which the second counts unless they did not come.
func later(was model.Last, a *model.Appointment) model.Last {
	if a.Outcome != "" && a.Outcome.Presence() != model.Came || a.Session.Date < was.Date {
		return was
	}
	return model.Last{Project: a.Session.Project, Date: a.Session.Date, Supervisor: a.Supervisor}
}

// weeksWaiting counts the whole weeks before a Monday without an offer. Nobody waits longer than their oldest active
// requirement can be worked: since sentence or induction, whichever came later.
func (r *record) weeksWaiting(p *model.Person, monday model.Date) int32 {
	var since model.Date
	for i := range p.Requirements {
		q := &p.Requirements[i]
		if began := max(q.Sentenced, q.Inducted); q.Status == model.Active && began != 0 && (since == 0 || began < since) {
			since = began
		}
	}
	if since = max(since, r.offered); since == 0 {
		return 0
	}
	return max(0, int32(monday-since)/7)
}

// freezeSupervisors sets the working time of each supervisor.
func freezeSupervisors(sn *model.Snapshot, f *model.Facts) {
	shifts := sorted(f.Shifts, func(a, b model.Shift) int { return cmp.Compare(a.Supervisor, b.Supervisor) })
	for i := range sn.Supervisors {
		s := &sn.Supervisors[i]
		s.Languages = slices.Clone(s.Languages)
		var work, leave []model.Span
		from, _ := slices.BinarySearchFunc(shifts, s.Code, func(x model.Shift, c model.SupervisorCode) int {
			return cmp.Compare(x.Supervisor, c)
		})
		for _, x := range shifts[from:] {
			if x.Supervisor != s.Code {
				break
			}
			if x.Leave {
				leave = occurrences(sn, leave, x.When)
			} else {
				work = occurrences(sn, work, x.When)
			}
		}
		s.Available = within(window(sn), model.Subtract(model.Union(work), model.Union(leave)))
	}
}

// reaches reports whether a person can come to a session by their own means in their free time, or to part of it where caring
// allows no more.
func reaches(sn *model.Snapshot, p *model.Person, s *model.Session) bool {
	own := sn.Travel.Minutes(p.Mode, geo.Place{Code: string(p.CRN), At: p.Home}, sn.Project(s.Key.Project).At())
	away := model.Span{Start: s.Span.Start - model.Instant(own), End: s.Span.End + model.Instant(own)}
	if own > sn.TravelLimit(p) {
		return false
	}
	_, short := sn.ShortDay(p, s, own, own)
	return short || model.Covered(p.Free, away)
}
