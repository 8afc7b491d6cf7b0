package scheduler

import (
	"cmp"
	"slices"

	"github.com/communitypayback/payback/model"
)

// freezeSessions dates the standing slots of the week, and adds what is published without one.
func freezeSessions(sn *model.Snapshot, f *model.Facts, found *findings) {
	ends := slotEnds(sn, f, found)
	for _, s := range ends {
		if s := dated(sn, f, s); s.Span.Start < s.Span.End {
			sn.Sessions = append(sn.Sessions, s)
		} else {
			found.addf(FindingNoLength, s.Key, "%v is left out: the clock change skips all of it.", s.Key)
		}
	}
	addPublished(sn, f, found)
	slices.SortFunc(sn.Sessions, func(a, b model.Session) int { return a.Key.Compare(b.Key) })
	findShut(sn, found)
}

// ended is a session with its end, before it is dated.
type ended struct {
	key model.SessionKey
	end model.Clock
}

// slotEnds gives the sessions of the week that slots name, once each, by key. Of two slots for one session the one that
// began later says when it ends, then the one that ends first.
func slotEnds(sn *model.Snapshot, f *model.Facts, found *findings) []ended {
	slots := sorted(f.Slots, func(a, b model.Slot) int {
		return cmp.Or(cmp.Compare(b.StartDate, a.StartDate), cmp.Compare(length(a.Start, a.End), length(b.Start, b.End)))
	})
	var out []ended
	for _, s := range slots {
		if sn.Project(s.Project) == nil {
			found.addf(FindingUnknown, s.Project, "A slot is left out: projects.csv has no project %s.", s.Project)
			continue
		}
		for d := sn.Week.Monday(); sn.Week.Holds(d); d++ {
			if s.Runs(d) {
				out = append(out, ended{model.SessionKey{Project: s.Project, Date: d, Start: s.Start}, s.End})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b ended) int { return a.key.Compare(b.key) })
	once := out[:0]
	for _, e := range out {
		if n := len(once); n > 0 && once[n-1].key == e.key {
			found.addf(FindingTwoSlots, e.key.Project, "Two slots give %v; the newer one counts, which ends at %v.", e.key, once[n-1].end)
			continue
		}
		once = append(once, e)
	}
	return once
}

func length(start, end model.Clock) model.Clock {
	if end <= start {
		return end + 1440 - start
	}
	return end - start
}

// dated gives the session with its true span, area and bar. The project is known.
func dated(sn *model.Snapshot, f *model.Facts, e ended) model.Session {
	p := sn.Project(e.key.Project)
	s := model.Session{Key: e.key, End: e.end, Span: sn.Calendar.Span(e.key.Date, e.key.Start, e.end), Bar: barOn(f, p, e.key.Date)}
	if t := sn.Team(p.Team); t != nil {
		s.Area = t.Area
	}
	return s
}

// barOn gives the first reason why a project cannot open on a day.
func barOn(f *model.Facts, p *model.Project, d model.Date) model.Bar {
	switch {
	case slices.ContainsFunc(f.Holidays, func(h model.Holiday) bool { return h.Date == d }):
		return model.NonWorkingDay
	case p.StartDate != 0 && d < p.StartDate || p.EndDate != 0 && d > p.EndDate:
		return model.OutsideProjectDates
	case p.AgreementUntil != 0 && d > p.AgreementUntil:
		return model.AgreementEnded
	case p.AssessedUntil != 0 && d > p.AssessedUntil:
		return model.AssessmentEnded
	}
	return model.Open
}

// addPublished adds the sessions that the week's appointments and rows of sessions.csv name but no slot does. They are
// barred, so that nothing new goes there, yet what was published can be told and judged. Sessions are sorted on entry.
func addPublished(sn *model.Snapshot, f *model.Facts, found *findings) {
	var named []ended
	for _, h := range f.Held {
		named = append(named, ended{h.Session, h.End})
	}
	held := len(named)
	for _, a := range f.History {
		if sn.Week.Holds(a.Session.Date) {
			named = append(named, ended{a.Session, clockOf(sn, a.Session, a.Span.End)})
		}
	}
	// A session's own row comes before its appointments, and of these the longest first.
	slices.SortStableFunc(named[held:], func(a, b ended) int {
		return cmp.Compare(length(b.key.Start, b.end), length(a.key.Start, a.end))
	})
	listed, seen := len(sn.Sessions), map[model.SessionKey]bool{}
	for i, e := range named {
		if !sn.Week.Holds(e.key.Date) || seen[e.key] {
			continue
		}
		seen[e.key] = true
		if sn.Project(e.key.Project) == nil {
			found.addf(FindingUnknown, e.key.Project,
				"What is published for %v cannot be judged: projects.csv has no project %s.", e.key, e.key.Project)
			continue
		}
		at, ok := slices.BinarySearchFunc(sn.Sessions[:listed], e.key, func(s model.Session, k model.SessionKey) int { return s.Key.Compare(k) })
		switch {
		case ok && i < held && sn.Sessions[at].End != e.end:
			found.addf(FindingOtherEnd, e.key.Project,
				"%v was published to end at %v, and its slot ends at %v; the slot counts.", e.key, e.end, sn.Sessions[at].End)
		case !ok:
			s := dated(sn, f, e)
			s.Bar = model.NotListed
			if s.Span.Start < s.Span.End {
				sn.Sessions = append(sn.Sessions, s)
			}
			found.addf(FindingNotListed, e.key.Project, "%v is published, and the project has no such slot; nothing new is planned there.", e.key)
		}
	}
}

// clockOf gives the local end of an appointment as its session would write it.
func clockOf(sn *model.Snapshot, k model.SessionKey, end model.Instant) model.Clock {
	d, at := sn.Calendar.Local(end)
	if d > k.Date && at == 0 {
		return 1440
	}
	return at
}

// findShut speaks of projects whose every session of the week is barred, holidays apart.
func findShut(sn *model.Snapshot, found *findings) {
	type tally struct {
		open bool
		bar  model.Bar
	}
	all := make([]tally, len(sn.Projects))
	for _, s := range sn.Sessions {
		i, _ := slices.BinarySearchFunc(sn.Projects, s.Key.Project, func(p model.Project, c model.ProjectCode) int {
			return cmp.Compare(p.Code, c)
		})
		if s.Bar == model.Open {
			all[i].open = true
		} else if s.Bar > model.NonWorkingDay {
			all[i].bar = s.Bar
		}
	}
	for i, t := range all {
		if !t.open && t.bar != model.Open {
			found.addf(FindingProjectShut, sn.Projects[i].Code,
				"Project %s opens on no day of week %v because %s.", sn.Projects[i].Code, sn.Week, t.bar)
		}
	}
}
