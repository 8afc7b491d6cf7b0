package instance

import (
	"time"

	"github.com/communitypayback/payback/model"
)

// drawSpells says when a person is free. Half of those in full-time work say when they are free, the others when not.
func (m *maker) drawSpells(d dice, s *someone) {
	busy := func(day time.Weekday, start, end int, reason string) {
		m.facts.Spells = append(m.facts.Spells, model.Spell{CRN: s.CRN, Reason: reason,
			When: model.When{Weekday: int8(day), Start: model.Clock(start), End: model.Clock(end)}})
	}
	free := func(day time.Weekday) {
		m.facts.Spells = append(m.facts.Spells, model.Spell{CRN: s.CRN, Free: true, When: model.When{Weekday: int8(day), End: 24 * 60}})
	}
	work := "work"
	if d.chance(150) {
		work = "study"
	}
	switch x := d.IntN(1000); {
	case x < fullTime:
		s.worker = true
		if d.chance(500) {
			free(time.Saturday)
			free(time.Sunday)
			break
		}
		for _, day := range weekdays {
			busy(day, 8*60+30, 17*60+30, work)
		}
	case x < fullTime+partTime:
		for _, day := range d.Perm(5)[:d.between(2, 3)] {
			busy(time.Weekday(day+1), 9*60, 15*60, work)
		}
	}
	carers := caringMen
	if s.Sex == model.Female {
		carers = caringWomen
	}
	if d.chance(carers) {
		if d.chance(400) { // school runs
			m.schoolRuns(s)
		} else {
			busy(time.Weekday(d.IntN(7)), 8*60, 20*60, "caring")
		}
	}
	if d.chance(30) {
		for day := range time.Weekday(7) {
			busy(day, 19*60, 7*60, "curfew")
		}
	}
	if d.chance(30) {
		busy(time.Sunday, 9*60+30, 13*60, "faith")
	} else if d.chance(5) {
		busy(time.Saturday, 0, 24*60, "faith")
	}
	if d.chance(40) {
		on := m.monday + model.Date(d.IntN(5))
		start := d.between(9, 15) * 60
		m.facts.Spells = append(m.facts.Spells, model.Spell{CRN: s.CRN, Reason: "appointment",
			When: model.When{Weekday: -1, On: on, Start: model.Clock(start), End: model.Clock(start + 60)}})
	}
}
