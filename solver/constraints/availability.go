package constraints

import (
	"fmt"
	"iter"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// Availability keeps appointments within people's free time. One case: one appointment, for however many reasons.
var Availability = &solver.Constraint{
	ID:    "availability",
	Title: "People are free to come",
	Doc: "The time from leaving home to being back lies in the person's free time: work and study, caring, curfew and reporting, faith days and other " +
		"appointments come first, and so does Friday prayer for whoever asked for it. Who comes by their own means may leave when their own appointment ends; who rides goes home with the minibus. " +
		"For a caring duty alone somebody may begin later and end earlier than the session by so many minutes, if enough is left of it. " +
		"The same holds of the way to the wet site.",
	Clauses: []policy.ClauseID{"availability", "availability.friday-before", "availability.friday-after", "prayer-breaks.margin", "availability.work-from", "availability.work-until",
		"availability.short-day", "availability.short-day-least"},
	Level:      solver.Hard,
	Own:        true,
	Unit:       "appointments outside free time",
	Violations: unfree,
	Lower:      lowerAvailability,
	Explain: func(_ *model.Snapshot, v solver.Violation) string {
		return fmt.Sprintf("%s is not free for %s: %s.", who(v), whither(v), v.Why)
	},
}

func unfree(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
	return cases(r, func(r *model.Roster, report reporter) {
		for i := range r.Appointments {
			a := &r.Appointments[i]
			p, at := sn.Person(a.CRN), sn.Project(a.Session.Project)
			if p == nil || at == nil {
				continue // the rules on dates and terms speak of those
			}
			if why := ownTimes(sn, r, p, at, a); why != "" {
				v := here(a)
				v.Why = why
				report(v)
				continue
			}
			for _, away := range timesAway(sn, r, p, at, a) {
				if !model.Covered(p.Free, away) {
					v := here(a)
					_, from := sn.Calendar.Local(away.Start)
					_, to := sn.Calendar.Local(away.End)
					v.Why = fmt.Sprintf("with the way there and back they would be away from %s to %s", from, to)
					if prays, asked := model.FridayPrayer(sn, p, a.Session.Date); asked && prays.Overlaps(away) {
						v.Why += ", over Friday prayer"
					}
					report(v)
					break
				}
			}
		}
	})
}

// timesAway gives the times, home to home, that one appointment asks of a person: for a rider the best that a minibus could
// do and, once the trip is known, what it does. The way to the wet site is as long again by itself.
func timesAway(sn *model.Snapshot, r *model.Roster, p *model.Person, at *model.Project, a *model.Appointment) []model.Span {
	wet := wetSite(sn, r, a.Session)
	if !isRider(sn, p, at) {
		out, back := ownWay(sn, p, at)
		times := []model.Span{{Start: a.Span.Start - model.Instant(out), End: a.Span.End + model.Instant(back)}}
		if wet != nil {
			out, back = wetWay(sn, p, at, wet)
			times = append(times, model.Span{Start: a.Span.Start - model.Instant(out), End: a.Span.End + model.Instant(back)})
		}
		return times
	}
	whole := a.Span
	if s := sn.Session(a.Session); s != nil {
		whole = s.Span
	}
	out, back := bestRide(sn, p, at)
	times := []model.Span{{Start: whole.Start - model.Instant(out), End: whole.End + model.Instant(back)}}
	if out, back, ok := exactRide(sn, r, p, a); ok {
		times = append(times, model.Span{Start: whole.Start - model.Instant(out), End: whole.End + model.Instant(back)})
	}
	if wet == nil {
		return times
	}
	out, back = wetWay(sn, p, at, wet)
	times = append(times, model.Span{Start: whole.Start - model.Instant(out), End: whole.End + model.Instant(back)})
	if out, back, ok := exactWetRide(sn, r, p, a, wet); ok {
		times = append(times, model.Span{Start: whole.Start - model.Instant(out), End: whole.End + model.Instant(back)})
	}
	return times
}

// Somebody who comes by their own means and has fewer minutes left than a session is long may leave early. How early depends on
// what else they do that week, so only sessions of which no minute fits are forbidden to them.
func lowerAvailability(b *solver.Builder) {
	var week int32 // the minutes of all sessions: nobody with more of them left ever leaves early
	for t := range solver.SessionIx(b.NumSessions()) {
		week += b.Session(t).Minutes()
	}
	fits := func(a solver.ActorIx, t solver.SessionIx) int32 {
		if own, short := b.Works(a, t); short {
			return own.Minutes() // for which they are free
		}
		k, span := b.ProjectIx(t), b.Session(t).Span
		out, back := b.Own(a, k), b.OwnBack(a, k)
		rides := b.Rides(a, k)
		if rides {
			out, back = b.RideOut(a, k), b.RideBack(a, k)
		}
		minutes := freeFor(b.Person(a).Free, span.Start-model.Instant(out), out+back)
		if q := b.Current(a); minutes < span.Minutes() && (rides || q == nil || q.Remaining() > week) {
			return 0
		}
		return minutes
	}
	b.ForbidEither(solver.People, func(a solver.ActorIx, _ int32) bool { return len(b.Person(a).Free) == 0 },
		func(a solver.ActorIx, t solver.SessionIx) bool { return fits(a, t) <= 0 })
	b.ForbidHost(func(a solver.ActorIx, t solver.SessionIx, host int32) bool {
		out, back := b.Own(a, host), b.OwnBack(a, host)
		if b.Rides(a, b.ProjectIx(t)) {
			out, back = b.RideOut(a, host), b.RideBack(a, host)
		}
		own, _ := b.Works(a, t)
		// What is written is no longer than what fits the dry way.
		return freeFor(b.Person(a).Free, own.Start-model.Instant(out), out+back) < min(fits(a, t), own.Minutes())
	})
	b.Partial(fits)
	b.Settle(solver.RideWithinFree, solver.NoPrice)
}

// freeFor gives the minutes that a person who leaves home at an instant is free beyond those on the way.
func freeFor(free []model.Span, leaves model.Instant, onTheWay int32) int32 {
	for _, f := range free {
		if f.Start <= leaves && leaves < f.End {
			return int32(f.End-leaves) - onTheWay
		}
	}
	return 0
}
