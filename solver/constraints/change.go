package constraints

import (
	"fmt"
	"iter"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// Change prices departures from what people were told. One entry: one appointment or duty that is dropped or added.
var Change = &solver.Constraint{
	ID:    "change",
	Title: "People are told once",
	Doc: "Once a week is published, dropping an appointment or duty costs, more when it is short notice, and so does adding one, since somebody has to be told. Moving " +
		"somebody is dropping one and adding another. An unpublished week can be changed for nothing.",
	Clauses:    []policy.ClauseID{"change", "change.short", "change.long", "change.added", "change.short-minutes"},
	Level:      solver.Soft,
	Unit:       "millipoints",
	Violations: departures,
	Lower:      lowerChange,
	Explain: func(_ *model.Snapshot, v solver.Violation) string {
		return fmt.Sprintf("%s at %s is %s: %s.", who(v), whither(v), v.Why, points(v.Amount))
	},
}

func departures(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
	return cases(r, func(r *model.Roster, report reporter) {
		was := inOrder(sn.Published)
		if len(was.Appointments)+len(was.Duties) == 0 {
			return
		}
		say := func(v solver.Violation, price int64, why string) {
			if v.Amount, v.Why = price, why; price != 0 {
				report(v)
			}
		}
		dropped := func(v solver.Violation) {
			if int64(startOf(sn, v.Sessions[0])-sn.AsOf) < int64(sn.Policy.ChangeShortMinutes) {
				say(v, sn.Policy.ChangeShortPrice, "dropped at short notice")
				return
			}
			say(v, sn.Policy.ChangeLongPrice, "dropped in good time")
		}
		for i := range was.Appointments {
			if a := &was.Appointments[i]; !holds(r.Appointments, *a, model.Appointment.Compare) {
				dropped(here(a))
			}
		}
		for _, d := range was.Duties {
			if !holds(r.Duties, d, model.Duty.Compare) {
				dropped(onDuty(d))
			}
		}
		for i := range r.Appointments {
			if a := &r.Appointments[i]; !holds(was.Appointments, *a, model.Appointment.Compare) {
				say(here(a), sn.Policy.ChangeAddedPrice, "added after publication")
			}
		}
		for _, d := range r.Duties {
			if !holds(was.Duties, d, model.Duty.Compare) {
				say(onDuty(d), sn.Policy.ChangeAddedPrice, "added after publication")
			}
		}
	})
}

// Dropping everything is the baseline; each pair that was published earns its price back.
func lowerChange(b *solver.Builder) {
	sn := b.Snapshot
	if sn.Published == nil || len(sn.Published.Appointments) == 0 && len(sn.Published.Duties) == 0 {
		return
	}
	notice := func(k model.SessionKey) int64 {
		left := int64(sn.Calendar.Instant(k.Date, k.Start)) - int64(sn.AsOf)
		if left >= int64(sn.Policy.ChangeShortMinutes) {
			return sn.Policy.ChangeLongPrice
		}
		return sn.Policy.ChangeShortPrice
	}
	var all int64
	for i := range sn.Published.Appointments {
		all += notice(sn.Published.Appointments[i].Session)
	}
	for _, d := range sn.Published.Duties {
		all += notice(d.Session)
	}
	b.Baseline(solver.Score{solver.Soft: all})
	people, supervisors, _ := told(b)
	price := func(held table) func(solver.ActorIx, solver.SessionIx) int64 {
		return func(a solver.ActorIx, t solver.SessionIx) int64 {
			if held.has(a, t) {
				return -notice(b.Session(t).Key)
			}
			return sn.Policy.ChangeAddedPrice
		}
	}
	b.Cost(solver.People, price(people))
	b.Cost(solver.Supervisors, price(supervisors))
}
