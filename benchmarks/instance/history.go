package instance

import (
	"slices"
	"time"

	"github.com/communitypayback/payback/model"
)

// sitting is a session that was held.
type sitting struct {
	at   *site
	slot model.Slot
	key  model.SessionKey
	by   model.SupervisorCode
}

// makeHistory plays the weeks before: each unit holds as many sessions as its supervisors had duties, books people in
// turn, and each comes or not by their own chance. What they worked is part of their completed minutes; what was before
// the first row is told as counts.
func (m *maker) makeHistory() {
	d := newDice(m.Seed, streamHistory)
	off := holidays(m.Week.Year-1, m.Week.Year, m.Week.Year+1)
	for i := range m.folk {
		f := &m.folk[i]
		f.starts = f.Requirements[0].ETEDone == 0 && f.budget >= sessionMinutes && f.budget < sessionMinutes*3/2
	}
	for i := range m.units {
		u := &m.units[i]
		turn := d.Perm(len(u.folk))
		for back := historyWeeks; back >= 1; back-- {
			for _, s := range m.held(d, u, m.monday-model.Date(7*back), off) {
				turn = m.book(d, u, &s, turn)
			}
		}
	}
	for i := range m.folk {
		m.countEarlier(d, &m.folk[i])
		m.facts.People = append(m.facts.People, m.folk[i].Person)
	}
}

// held chooses the sessions of a unit's week: a sample of the group sessions, and every other placement's.
func (m *maker) held(d dice, u *unit, monday model.Date, off []model.Holiday) []sitting {
	var groups, others []sitting
	for i := range u.sites {
		at := &u.sites[i]
		p := &m.facts.Projects[at.project]
		for _, slot := range at.slots {
			day := monday + model.Date((int(slot.Weekday)+6)%7)
			closed := slices.ContainsFunc(off, func(h model.Holiday) bool { return h.Date == day })
			s := sitting{at: at, slot: slot, key: model.SessionKey{Project: p.Code, Date: day, Start: slot.Start}}
			switch {
			case closed || !slot.Runs(day) || p.Kind == model.Induction:
			case p.Kind == model.Group:
				s.by = m.facts.Supervisors[pick(d, u.crew)].Code
				groups = append(groups, s)
			default:
				others = append(others, s)
			}
		}
	}
	d.Shuffle(len(groups), func(i, j int) { groups[i], groups[j] = groups[j], groups[i] })
	groups = groups[:min(len(groups), dutiesPerWeek*len(u.crew))]
	all := append(groups, others...)
	slices.SortFunc(all, func(a, b sitting) int { return a.key.Compare(b.key) })
	return all
}

// book offers a session to the next people in turn who could have come, and puts them at the end.
func (m *maker) book(d dice, u *unit, s *sitting, turn []int) []int {
	p := &m.facts.Projects[s.at.project]
	room := bookedPerDuty
	if p.Kind != model.Group {
		room = int(p.Places)
	}
	span := m.calendar.Span(s.key.Date, s.slot.Start, s.slot.End)
	const rest = 4 // days from one session to the next
	var booked, kept []int
	for _, i := range turn {
		f := &m.folk[u.folk[i]]
		r := &f.Requirements[0]
		if len(booked) == room || !fits(f, p) || !f.affords(span.Minutes()) || r.Status == model.Complete || r.Inducted == 0 ||
			r.Inducted >= s.key.Date || s.key.Date < f.last+rest || f.worker && onWeekday(s.slot.Weekday) || p.Kind == model.ETE && r.ETEDone < span.Minutes() {
			kept = append(kept, i)
			continue
		}
		booked = append(booked, i)
		f.last = s.key.Date
		m.appoint(d, f, s, span)
	}
	return append(kept, booked...)
}

// affords reports whether a row of history may tell of so many more minutes: of those who did not start in these weeks at
// least one session stays that was before, or whether they had come before would hang on whether they come now.
func (f *someone) affords(minutes int32) bool {
	left := f.budget - int(minutes)
	return left >= 0 && (f.starts || left >= sessionMinutes/2)
}

// appoint adds a row of history with its outcome.
func (m *maker) appoint(d dice, f *someone, s *sitting, span model.Span) {
	chance := m.chanceOf(f, s)
	if f.starts && !f.known {
		chance = max(50, chance+attendFirst)
	}
	a := model.Appointment{CRN: f.CRN, Event: f.Requirements[0].Event, Session: s.key, Span: span, Supervisor: s.by}
	if !d.chance(chance) {
		a.Outcome = missed(d)
	} else {
		a.Outcome, a.Credited = "ATTC", span.Minutes()
		if d.chance(80) {
			a.Outcome = model.Outcome(pick(d, otherCame))
			switch a.Outcome {
			case "ATSS", "ATSH", "ATCH": // sent home
				a.Credited = span.Minutes() / 2 / 30 * 30
			case "AFTC":
				a.Penalty = 30
				a.Credited -= a.Penalty
			}
		}
		f.budget -= int(a.Credited)
	}
	f.known = f.known || a.Outcome.Presence() != model.NoRecord
	m.facts.History = append(m.facts.History, a)
}

// chanceOf gives the chance of attending one session, in permille.
func (m *maker) chanceOf(f *someone, s *sitting) int {
	chance := f.attend
	if m.facts.Projects[s.at.project].Kind == model.Individual {
		chance += attendIndividual
	}
	if s.key.Date.Weekday() == time.Monday {
		chance += attendMonday
	}
	if winter(s.key.Date) {
		chance += attendWinter
	}
	if minutes(f, f.home.metres(s.at.at)) > 60 {
		chance += attendFar
	}
	return min(mostCome, max(leastCome, chance))
}

// minutes gives about how long the person takes (data.md, settled reading 6), by whole numbers.
func minutes(f *someone, metres int) int {
	detour := [...]int{12, 13, 13}[f.Mode]
	perHour := [...]int{4800, 18000, 35000}[f.Mode]
	return metres * detour / 10 * 60 / perHour
}

func missed(d dice) model.Outcome {
	switch d.of(missShares) {
	case 0:
		return "UACP"
	case 1:
		return model.Outcome(pick(d, acceptable))
	case 2:
		return "RSSR"
	default:
		return "AASD"
	}
}

// countEarlier turns the completed minutes that no row tells into sessions attended before the first row, and draws how
// many were missed on the way. What the service caused counts as neither. Whoever was to start in these weeks has completed
// what the rows tell, and nothing before.
func (m *maker) countEarlier(d dice, f *someone) {
	if f.starts {
		f.Requirements[0].Completed -= int32(f.budget)
		f.budget = 0
	}
	f.Attended = int32((f.budget + sessionMinutes/2) / sessionMinutes)
	const most = 40 // far beyond what ends in a breach
	chance := max(50, f.attend+attendFirst)
	for range f.Attended {
		for !d.chance(chance) && f.Missed < most {
			if d.of(missShares) < 2 {
				f.Missed++
			}
		}
		chance = f.attend
	}
}
