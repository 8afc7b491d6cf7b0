package constraints

import (
	"fmt"
	"iter"
	"time"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// ExclusionZone keeps people away from where they may not be. One case: one appointment at a site, at a wet site or at both;
// and one appointment that is picked up or brought back at a stop, for however many areas.
var ExclusionZone = &solver.Constraint{
	ID:    "exclusion-zone",
	Title: "Nobody is sent to where they may not be",
	Doc: "No site, wet site or pick-up stop of a person lies in an area that they are excluded from while the exclusion is in force, its edge included. At a site that is the " +
		"whole session, even for somebody who leaves early; at a stop it is the pick-up and the way home. A place without a position may lie in any area, so it does.",
	Clauses:    []policy.ClauseID{"exclusion-zone"},
	Level:      solver.Hard,
	Own:        true,
	Unit:       "appointments or pick-ups where excluded",
	Violations: excludedFrom,
	Lower:      lowerExclusionZone,
	Explain: func(_ *model.Snapshot, v solver.Violation) string {
		return fmt.Sprintf("%s may not be where %s takes them: %s.", who(v), whither(v), v.Why)
	},
}

func excludedFrom(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
	return cases(r, func(r *model.Roster, report reporter) {
		of := make(map[model.CRN][]*model.Zone) // looked up only
		for i := range sn.Zones {
			of[sn.Zones[i].CRN] = append(of[sn.Zones[i].CRN], &sn.Zones[i])
		}
		for i := range r.Appointments {
			a := &r.Appointments[i]
			own := of[a.CRN]
			if len(own) == 0 {
				continue
			}
			if why := zoneAtWork(sn, r, own, a); why != "" {
				v := here(a)
				v.Why = why
				report(v)
			}
			if why := zoneOnTheWay(sn, r, own, a); why != "" {
				v := here(a)
				v.Why = why
				report(v)
			}
		}
	})
}

// zoneAtWork says how a site or wet site breaks an exclusion; empty: none does.
func zoneAtWork(sn *model.Snapshot, r *model.Roster, own []*model.Zone, a *model.Appointment) string {
	for _, z := range own {
		// Times written by hand may reach beyond the session.
		if !inForce(sn, z, timeOf(sn, a)) && !inForce(sn, z, a.Span) {
			continue
		}
		if at := sn.Project(a.Session.Project); at != nil && (z.Project == at.Code || inArea(sn, z, at.Site)) {
			return "the site is in an exclusion area"
		}
		if wet := wetSite(sn, r, a.Session); wet != nil && (z.Project == wet.Code || inArea(sn, z, wet.Site)) {
			return fmt.Sprintf("its wet site %s is in an exclusion area", wet.Code)
		}
	}
	return ""
}

// zoneOnTheWay says how a stop breaks an exclusion; empty: it does not.
func zoneOnTheWay(sn *model.Snapshot, r *model.Roster, own []*model.Zone, a *model.Appointment) string {
	if a.PickUp == "" {
		return ""
	}
	drop, called := dropAt(sn, r.TripsOf(a.Session), a)
	for _, z := range own {
		if !inArea(sn, z, stopAt(sn, a.PickUp).At) {
			continue
		}
		if inForce(sn, z, whenCalled(sn, a, a.PickUpAt)) {
			return fmt.Sprintf("stop %s, where they are picked up, is in an exclusion area", a.PickUp)
		}
		if called && inForce(sn, z, whenCalled(sn, a, drop)) {
			return fmt.Sprintf("stop %s, where they are brought back, is in an exclusion area", a.PickUp)
		}
	}
	return ""
}

// whenCalled gives the minute of a call. One that is more than a day from the session is a mistake or a way that does not
// exist: it might as well be at any time of that day.
func whenCalled(sn *model.Snapshot, a *model.Appointment, at model.Instant) model.Span {
	const day = 24 * 60
	s := timeOf(sn, a)
	if s.Start-at > day || at-s.End > day {
		return model.Span{Start: s.Start - day, End: s.End + day}
	}
	return model.Span{Start: at, End: at + 1}
}

// inArea reports whether a place lies in an area. A project that is excluded is an area too: its site, with whatever radius
// is given.
func inArea(sn *model.Snapshot, z *model.Zone, at geo.Point) bool {
	if !at.Known() {
		return true
	}
	if z.Centre.Known() && geo.Within(z.Metres, z.Centre, at) {
		return true
	}
	site := sn.Project(z.Project)
	return site != nil && site.Site.Known() && geo.Within(z.Metres, site.Site, at)
}

// inForce reports whether an exclusion is in force at some time of a span. Times that run past midnight belong to the day on
// which they begin.
func inForce(sn *model.Snapshot, z *model.Zone, s model.Span) bool {
	first, _ := sn.Calendar.Local(s.Start)
	last, _ := sn.Calendar.Local(s.End)
	for d := first - 1; d <= last; d++ {
		if d < z.From || z.To != 0 && d > z.To || z.Days != 0 && z.Days>>uint(d.Weekday())&1 == 0 {
			continue
		}
		start, end := z.Start, z.End
		if start == end {
			start, end = 0, 1440
		}
		if sn.Calendar.Span(d, start, end).Overlaps(s) {
			return true
		}
	}
	return false
}

func lowerExclusionZone(b *solver.Builder) {
	sn := b.Snapshot
	// By person: when each of their areas is in force this week, and which projects and stops lie in it.
	type area struct {
		spans    []model.Span
		projects []bool
		stops    []bool
	}
	areas := make([][]area, b.NumActors(solver.People))
	for i := range sn.Zones {
		z := &sn.Zones[i]
		a, known := b.PersonIx(z.CRN)
		if !known {
			continue
		}
		var centres []geo.Point
		if z.Centre.Known() {
			centres = append(centres, z.Centre)
		}
		x := area{spans: timesOf(sn, z)}
		for k := range sn.Projects {
			if sn.Projects[k].Code == z.Project && sn.Projects[k].Site.Known() {
				centres = append(centres, sn.Projects[k].Site)
			}
		}
		holds := func(p geo.Point) bool {
			near := !p.Known()
			for _, c := range centres {
				near = near || geo.Within(z.Metres, p, c)
			}
			return near
		}
		for k := range sn.Projects {
			x.projects = append(x.projects, sn.Projects[k].Code == z.Project || holds(sn.Projects[k].Site))
		}
		for k := range sn.Stops {
			x.stops = append(x.stops, holds(sn.Stops[k].At))
		}
		areas[a] = append(areas[a], x)
	}
	excluded := func(a solver.ActorIx, t solver.SessionIx, project int32) bool {
		for _, x := range areas[a] {
			if !x.projects[project] {
				continue
			}
			for _, s := range x.spans {
				if s.Overlaps(b.Session(t).Span) {
					return true
				}
			}
		}
		return false
	}
	b.Forbid(solver.People, func(a solver.ActorIx, t solver.SessionIx) bool { return excluded(a, t, b.ProjectIx(t)) })
	b.ForbidHost(excluded)
	b.Calls(func(a solver.ActorIx, stop int) (barred []model.Span) {
		for _, x := range areas[a] {
			if x.stops[stop] {
				barred = append(barred, x.spans...)
			}
		}
		return barred
	})
}

// timesOf lists when an exclusion is in force, from the day before the week to the day after, with what begins the evening
// before.
func timesOf(sn *model.Snapshot, z *model.Zone) (spans []model.Span) {
	for days := range model.Date(11) {
		day := days - 2
		d := sn.Week.Monday() + day
		if z.From > d || z.To > 0 && z.To < d {
			continue
		}
		if weekday := uint8(1) << ((int(time.Monday) + int(day) + 7) % 7); z.Days > 0 && z.Days&weekday == 0 {
			continue
		}
		if z.Start == z.End {
			spans = append(spans, model.Span{Start: sn.Calendar.Instant(d, 0), End: sn.Calendar.Instant(d+1, 0)})
			continue
		}
		spans = append(spans, sn.Calendar.Span(d, z.Start, z.End))
	}
	return model.Union(spans)
}
