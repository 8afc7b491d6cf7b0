package constraints

import (
	"fmt"
	"iter"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// WeeklyHours keeps a week's minutes within what a person may work and has left to work. One case: one person, for however
// many reasons.
var WeeklyHours = &solver.Constraint{
	ID:    "weekly-hours",
	Title: "No more hours than the week or the order allows",
	Doc: "A person's appointments of a week come to at most the weekly maximum, or their own if it is lower, and those for one requirement to at most the minutes " +
		"that remain of it. The chronologically last appointment is shortened to fit.",
	Clauses:    []policy.ClauseID{"weekly-hours", "weekly-hours.maximum"},
	Level:      solver.Hard,
	Own:        true,
	Unit:       "people with too many hours",
	Violations: overbooked,
	Lower:      lowerWeeklyHours,
	Explain: func(sn *model.Snapshot, v solver.Violation) string {
		return fmt.Sprintf("%s is booked for %d minutes in %s; %s %d.", who(v), v.Found, sn.Week, v.Why, v.Limit)
	},
}

func overbooked(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
	return cases(r, func(r *model.Roster, report reporter) {
		for _, own := range weekOf(r.Appointments, func(a model.Appointment) model.CRN { return a.CRN }) {
			p := sn.Person(own[0].CRN)
			if p == nil {
				continue
			}
			if found, limit, why := tooLong(sn, p, own); why != "" {
				v := solver.Violation{Amount: 1, People: []model.CRN{p.CRN}, Found: int64(found), Limit: int64(limit), Why: why}
				for i := range own {
					v.Sessions = append(v.Sessions, own[i].Session)
				}
				report(v)
			}
		}
	})
}

// tooLong gives the first limit that a person's week exceeds; no reason: none.
func tooLong(sn *model.Snapshot, p *model.Person, own []model.Appointment) (found, limit int32, why string) {
	for i := range own {
		found += own[i].Minutes()
	}
	if limit = sn.WeekLimit(p); found > limit {
		return found, limit, "the most in a week is"
	}
	for i := range p.Requirements {
		q := &p.Requirements[i]
		found = 0
		for j := range own {
			if own[j].Event == q.Event {
				found += own[j].Minutes()
			}
		}
		// A requirement with nothing left is the business of the rule on dates.
		if limit = q.Remaining(); limit > 0 && found > limit {
			return found, limit, fmt.Sprintf("what remains of requirement %d is", q.Event)
		}
	}
	return found, limit, ""
}

// The engine shortens the last session so that the minutes come to what remains, R, whenever the sessions before it leave
// any. So the minutes written exceed R exactly if all but the last session fill R, and with R within the week's limit L they
// exceed L only if they exceed R too: Prefix. With R beyond L, filling R means exceeding L, and the minutes written exceed L
// exactly if those of a last session that does not end early do: a counter. Nothing is shortened for somebody with no requirement to
// work: a counter.
func lowerWeeklyHours(b *solver.Builder) {
	sn := b.Snapshot
	b.Prefix(func(a solver.ActorIx) int32 {
		if q := b.Current(a); q != nil && q.Remaining() <= sn.WeekLimit(b.Person(a)) {
			return q.Remaining()
		}
		return -1
	})
	b.Count(solver.Grid{
		Rows: b.NumActors(solver.People), Row: rowEach(b, solver.People),
		Worked: true,
		Shape:  solver.Beyond,
		Limit: func(row, _ int32) int32 {
			a := b.First(solver.People) + solver.ActorIx(row)
			limit := sn.WeekLimit(b.Person(a))
			switch q := b.Current(a); {
			case q == nil:
				if left := b.Person(a).Requirement(eventOf(b, a)).Remaining(); left > 0 {
					return min(limit, left)
				}
				return limit
			case q.Remaining() <= limit:
				return solver.NoLimit
			default:
				return limit
			}
		},
	})
}
