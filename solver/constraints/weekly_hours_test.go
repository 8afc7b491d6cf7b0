package constraints_test

import (
	"testing"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver/constraints"
)

func TestWeeklyHours(t *testing.T) {
	left := func(minutes int32) func(*model.Snapshot) {
		return func(sn *model.Snapshot) { order(sn, ann).Completed = 6000 - minutes }
	}
	most := func(minutes int32) func(*model.Snapshot) {
		return func(sn *model.Snapshot) { person(sn, ann).MaxWeekMinutes = minutes }
	}
	second := func(sn *model.Snapshot) {
		q := *order(sn, ann)
		q.Event, q.Required = 2, 420
		person(sn, ann).Requirements = append(person(sn, ann).Requirements, q)
	}
	forSecond := func(p part) part { return changed(p, func(a *model.Appointment) { a.Event = 2 }) }
	days := func(n int) (parts []part) {
		for day := range n {
			parts = append(parts, goes(group, day, ann))
		}
		return parts
	}
	keepsOrBreaks(t, constraints.WeeklyHours, []clause{
		{"28 hours", nil, days(4), 0},
		{"35 hours", nil, days(5), 1},
		{"the person's own maximum, exactly", most(840), days(2), 0},
		{"a minute beyond the person's own maximum", most(839), days(2), 1},
		{"a maximum of their own above the policy's changes nothing", most(3000), days(5), 1},
		{"what remains, exactly", left(420), days(1), 0},
		{"more than what remains", left(419), days(1), 1},
		{"the last appointment shortened to what remains", left(500), []part{goes(group, mon, ann), changed(goes(group, tue, ann), endsAt(620))}, 0},
		{"the last appointment shortened a minute too little", left(500), []part{goes(group, mon, ann), changed(goes(group, tue, ann), endsAt(621))}, 1},
		{"beyond the week and beyond what remains is one case", left(420), days(5), 1},
		{"each requirement has its own minutes", second, []part{goes(group, mon, ann), forSecond(goes(group, tue, ann))}, 0},
		{"too much for the second requirement", second, []part{forSecond(goes(group, mon, ann)), forSecond(goes(group, tue, ann))}, 1},
		{"what remains is the week's maximum, exactly", left(1680), days(4), 0},
		{"what remains is the week's maximum, and more is booked", left(1680), days(5), 1},
		{"a minute remains of an order that is suspended", both(left(1), func(sn *model.Snapshot) { order(sn, ann).Status = model.Suspended }), days(1), 1},
		{"nothing remains of an order that is suspended", both(left(0), func(sn *model.Snapshot) { order(sn, ann).Status = model.Suspended }), days(1), 0},
		{"a short day counts its own minutes", all(most(360), func(sn *model.Snapshot) {
			p, duty := person(sn, ann), []model.Span{{Start: at(mon, 500), End: at(mon, 600)}}
			p.Free, p.Caring = model.Subtract(p.Free, duty), duty
		}), []part{changed(goes(group, mon, ann), func(a *model.Appointment) { a.Span.Start = at(mon, 600) })}, 0},
		{"a short day counts its own minutes, one too many", all(most(359), func(sn *model.Snapshot) {
			p, duty := person(sn, ann), []model.Span{{Start: at(mon, 500), End: at(mon, 600)}}
			p.Free, p.Caring = model.Subtract(p.Free, duty), duty
		}), []part{changed(goes(group, mon, ann), func(a *model.Appointment) { a.Span.Start = at(mon, 600) })}, 1},
		{"two people are two cases", left(1), []part{goes(group, mon, ann, bob), goes(group, tue, bob), goes(group, wed, bob), goes(group, thu, bob), goes(group, fri, bob)}, 2},
	})
}
