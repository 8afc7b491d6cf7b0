package constraints

import (
	"fmt"
	"iter"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// OnePlace keeps everybody in one place at a time. One case: one pair of sessions that one person, supervisor or minibus
// cannot both serve, one session too many of a person on a day, or one entry too many in one session.
var OnePlace = &solver.Constraint{
	ID:    "one-place",
	Title: "Nobody is in two places at once",
	Doc: "No person, supervisor or minibus serves two sessions that overlap, the way between them included: people travel by their own means, supervisors by " +
		"car from where one duty ends to where the next begins, a minibus from depot to depot. A person attends only so many sessions a day.",
	Clauses:    []policy.ClauseID{"one-place", "one-place.sessions-a-day"},
	Level:      solver.Hard,
	Unit:       "clashes",
	Violations: inTwoPlaces,
	Lower:      lowerOnePlace,
	Explain: func(_ *model.Snapshot, v solver.Violation) string {
		return fmt.Sprintf("%s %s: %s.", who(v), v.Why, whither(v))
	},
}

func inTwoPlaces(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
	return cases(r, func(r *model.Roster, report reporter) {
		for _, own := range weekOf(r.Appointments, func(a model.Appointment) model.CRN { return a.CRN }) {
			peopleInTwoPlaces(sn, own, report)
		}
		for _, own := range weekOf(r.Duties, func(d model.Duty) model.SupervisorCode { return d.Supervisor }) {
			supervisorsInTwoPlaces(sn, r, own, report)
		}
		for _, own := range weekOf(r.Trips, func(t model.Trip) model.Registration { return t.Minibus }) {
			minibusesInTwoPlaces(sn, own, report)
		}
	})
}

// once reports each entry too many in one session and gives the others.
func once[T any](own []T, key func(*T) model.SessionKey, report reporter, about func(*T) solver.Violation) []T {
	var out []T
	for i := range own {
		if i > 0 && key(&own[i]) == key(&own[i-1]) {
			v := about(&own[i])
			v.Why = "is entered twice in one session"
			report(v)
			continue
		}
		out = append(out, own[i])
	}
	return out
}

// clashOf is one actor and the two sessions that clash.
func clashOf(v solver.Violation, other model.SessionKey, why string) solver.Violation {
	v.Sessions = append(v.Sessions, other)
	v.Why = why
	return v
}

func peopleInTwoPlaces(sn *model.Snapshot, own []model.Appointment, report reporter) {
	own = once(own, func(a *model.Appointment) model.SessionKey { return a.Session }, report, here)
	perDay := int(sn.Policy.SessionsADay)
	for _, day := range runs(own, func(a, b model.Appointment) bool { return a.Session.Date == b.Session.Date }) {
		if len(day) <= perDay {
			continue
		}
		v := here(&day[0])
		for _, a := range day[1:] {
			v.Sessions = append(v.Sessions, a.Session)
		}
		v.Amount, v.Found, v.Limit = int64(len(day)-perDay), int64(len(day)), int64(perDay)
		v.Why = fmt.Sprintf("has %s on one day, and %d are allowed", count(v.Found, "session", "sessions"), perDay)
		report(v)
	}
	for i := range own {
		for j := i + 1; j < len(own); j++ {
			a, b := sn.Session(own[i].Session), sn.Session(own[j].Session)
			if a == nil || b == nil {
				continue
			}
			if b.Span.Start < a.Span.Start { // where the clocks go forward
				a, b = b, a
			}
			way := int32(0)
			if p := sn.Person(own[i].CRN); p != nil {
				way = between(sn, p.Mode, a.Key.Project, b.Key.Project)
			}
			if a.Span.End+model.Instant(way) > b.Span.Start {
				report(clashOf(here(&own[i]), own[j].Session, fmt.Sprintf("cannot be at both sessions, which are %d minutes apart", way)))
			}
		}
	}
}

// between gives the minutes from one project to another.
func between(sn *model.Snapshot, mode geo.Mode, from, to model.ProjectCode) int32 {
	a, b := sn.Project(from), sn.Project(to)
	if from == to || a == nil || b == nil {
		return 0
	}
	return sn.Travel.Minutes(mode, a.At(), b.At())
}

func supervisorsInTwoPlaces(sn *model.Snapshot, r *model.Roster, own []model.Duty, report reporter) {
	own = once(own, func(d *model.Duty) model.SessionKey { return d.Session }, report, func(d *model.Duty) solver.Violation { return onDuty(*d) })
	for i := range own {
		for j := i + 1; j < len(own); j++ {
			first, second := own[i], own[j]
			a, b := sn.Session(first.Session), sn.Session(second.Session)
			if a == nil || b == nil {
				continue
			}
			if b.Span.Start < a.Span.Start { // where the clocks go forward
				a, b, first, second = b, a, second, first
			}
			drive := between(sn, geo.Car, a.Key.Project, b.Key.Project)
			if a.Span.End+model.Instant(drive) > b.Span.Start {
				report(clashOf(onDuty(own[i]), own[j].Session, fmt.Sprintf("cannot be on both duties, whose sites are %d minutes apart", drive)))
				continue
			}
			x, _ := exactDuty(sn, r, first)
			y, _ := exactDuty(sn, r, second)
			drive = betweenDuties(sn, r, first, second)
			if x.End+model.Instant(drive) > y.Start {
				report(clashOf(onDuty(own[i]), own[j].Session, fmt.Sprintf("cannot be on both duties once they drive, with %d minutes between them", drive)))
			}
		}
	}
}

// betweenDuties gives the drive from where one duty ends to where the next begins: the depot for a driver, else the site.
func betweenDuties(sn *model.Snapshot, r *model.Roster, first, second model.Duty) int32 {
	from, fromDepot := endOf(sn, r, first)
	to, toDepot := endOf(sn, r, second)
	if from.Code == to.Code && fromDepot == toDepot {
		return 0
	}
	return sn.Travel.Minutes(geo.Car, from, to)
}

// endOf gives where a duty begins and ends, and whether that is a depot.
func endOf(sn *model.Snapshot, r *model.Roster, d model.Duty) (geo.Place, bool) {
	if t := drives(r, d); t != nil {
		if m := sn.Minibus(t.Minibus); m != nil {
			return m.At(), true
		}
	}
	if at := sn.Project(d.Session.Project); at != nil {
		return at.At(), false
	}
	return geo.Place{Code: string(d.Session.Project)}, false
}

func minibusesInTwoPlaces(sn *model.Snapshot, own []model.Trip, report reporter) {
	own = once(own, func(t *model.Trip) model.SessionKey { return t.Session }, report, onRoad)
	for i := range own {
		for j := i + 1; j < len(own); j++ {
			x, y := &own[i], &own[j]
			a, b := sn.Session(x.Session), sn.Session(y.Session)
			busy := model.Span{Start: x.Leaves, End: x.Returns}.Overlaps(model.Span{Start: y.Leaves, End: y.Returns})
			if busy || a != nil && b != nil && a.Span.Overlaps(b.Span) {
				report(clashOf(onRoad(x), y.Session, "is on two trips at once"))
			}
		}
	}
}

func lowerOnePlace(b *solver.Builder) {
	const days = 7
	monday := b.Snapshot.Week.Monday()
	b.Count(solver.Grid{
		Rows: b.NumActors(solver.People), Row: rowEach(b, solver.People),
		Cols: days, Col: func(t solver.SessionIx) []int32 { return []int32{int32(b.Session(t).Key.Date - monday)} },
		Shape: solver.Over, Limit: constant(b.Snapshot.Policy.SessionsADay),
	})
	order := func(t, u solver.SessionIx) (solver.SessionIx, solver.SessionIx) {
		if b.Session(u).Span.Start < b.Session(t).Span.Start {
			return u, t
		}
		return t, u
	}
	ways := modeTimes(b)
	b.Clash(solver.People, int(geo.Modes), func(a solver.ActorIx) int { return int(b.Person(a).Mode) },
		func(mode int, t, u solver.SessionIx) bool {
			t, u = order(t, u)
			way := ways[mode][int(b.ProjectIx(t))*b.NumProjects()+int(b.ProjectIx(u))]
			return b.Session(t).Span.End+model.Instant(way) > b.Session(u).Span.Start
		})
	b.Clash(solver.Supervisors, 1, func(solver.ActorIx) int { return 0 }, func(_ int, t, u solver.SessionIx) bool {
		t, u = order(t, u)
		drive := b.CarMinutes(b.ProjectIx(t), b.ProjectIx(u))
		return b.Session(t).Span.End+model.Instant(drive) > b.Session(u).Span.Start
	})
	b.Clash(solver.Minibuses, 1, func(solver.ActorIx) int { return 0 }, func(_ int, t, u solver.SessionIx) bool {
		return b.Session(t).Span.Overlaps(b.Session(u).Span)
	})
	b.Settle(solver.DriverOnePlace, solver.NoPrice)
	b.Settle(solver.MinibusOnePlace, solver.NoPrice)
}

// modeTimes tabulates the ways between projects by mode, since each is asked about many pairs of sessions.
func modeTimes(b *solver.Builder) [geo.Modes][]int32 {
	var out [geo.Modes][]int32
	n := int32(b.NumProjects())
	for mode := range geo.Modes {
		out[mode] = make([]int32, n*n)
		for from := range n {
			for to := range n {
				out[mode][from*n+to] = b.ModeMinutes(mode, from, to)
			}
		}
	}
	return out
}
