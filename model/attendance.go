package model

import (
	"time"

	"github.com/communitypayback/payback/model/forecast"
	"github.com/communitypayback/payback/model/geo"
)

// Attendance is what a region's record says of coming to sessions, in permille: how likely somebody comes of whom nothing
// is recorded, and what the kind, day and distance of a session add to a person's general chance.
type Attendance struct {
	Mean    int32
	Effects forecast.Effects
}

// Comes gives the estimated chance that a person comes to a session if told to, in permille: their general chance and what
// the session adds, within the policy's bounds.
func (s *Snapshot) Comes(p *Person, t *Session) int32 {
	at := s.Project(t.Key.Project)
	if at == nil {
		return s.bounded(p.Attendance)
	}
	return s.ComesFrom(p, t, at, s.Travel.Minutes(p.Mode, p.At(), at.At()))
}

// ComesFrom is Comes for those who know the session's project and the minutes of the person's own way there.
func (s *Snapshot) ComesFrom(p *Person, t *Session, at *Project, ownMinutes int32) int32 {
	e := &s.Attendance.Effects
	return s.bounded(p.Attendance + e.Of(s.SessionTraits(at, t.Key.Date)|s.WayTraits(p.Outcomes == 0, ownMinutes)))
}

// ComesBy is Comes for those who know what the traits of a session and of the way there add, in permille.
func (s *Snapshot) ComesBy(p *Person, effect int32) int32 { return s.bounded(p.Attendance + effect) }

// SessionTraits gives what of a session matters to whether people come, whoever they are.
func (s *Snapshot) SessionTraits(at *Project, on Date) forecast.Traits {
	var t forecast.Traits
	switch at.Kind {
	case Individual:
		t = forecast.Individual
	case ETE:
		t = forecast.ETE
	case Induction:
		t = forecast.Induction
	case Group: // what the others are compared with
	}
	if on.Weekday() == time.Monday {
		t |= forecast.Monday
	}
	if s.winter(on) {
		t |= forecast.Winter
	}
	return t
}

// WayTraits gives what matters besides of one person: whether it is their first session, and a long way. Where no way is
// known, nothing says that it is long.
func (s *Snapshot) WayTraits(first bool, ownMinutes int32) forecast.Traits {
	var t forecast.Traits
	if first {
		t = forecast.First
	}
	if ownMinutes > s.Policy.AttendanceFarMinutes && ownMinutes < geo.Unreachable {
		t |= forecast.Far
	}
	return t
}

// Counted gives the chance, in permille, at which a person counts against the places of a session: of somebody of whom no
// outcome is recorded, nothing is known that would justify giving their place away, so they count as certain to come.
func (s *Snapshot) Counted(p *Person, t *Session) int32 {
	if p.Outcomes == 0 {
		return 1000
	}
	return s.Comes(p, t)
}

// CountedFrom is Counted as ComesFrom is Comes.
func (s *Snapshot) CountedFrom(p *Person, t *Session, at *Project, ownMinutes int32) int32 {
	if p.Outcomes == 0 {
		return 1000
	}
	return s.ComesFrom(p, t, at, ownMinutes)
}

func (s *Snapshot) bounded(permille int32) int32 {
	return min(max(permille, s.Policy.AttendanceLeast), s.Policy.AttendanceMost)
}

// winter reports whether a day lies in the policy's winter, which may run over the turn of the year.
func (s *Snapshot) winter(d Date) bool {
	_, month, _ := d.Civil()
	from, to, m := s.Policy.AttendanceWinterFrom, s.Policy.AttendanceWinterTo, int32(month)
	if from > to {
		return m >= from || m <= to
	}
	return m >= from && m <= to
}
