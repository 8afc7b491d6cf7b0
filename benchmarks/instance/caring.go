package instance

import (
	"time"

	"github.com/communitypayback/payback/model"
)

// schoolRuns draws when somebody takes a child to school and fetches it again: the half term of the week, or the next one, on
// weekdays, in the morning, the afternoon or both. Some have to be somewhere with the child on one day besides.
func (m *maker) schoolRuns(s *someone) {
	d := m.carers
	run := func(w model.When) {
		m.facts.Spells = append(m.facts.Spells, model.Spell{CRN: s.CRN, Reason: "caring", When: w})
	}
	term := m.halfTerm()
	mornings, afternoons := true, true
	switch x := d.IntN(1000); {
	case x < 300:
		afternoons = false
	case x < 500:
		mornings = false
	}
	from := model.Clock(d.between(60, 62) * 15) // 15:00 to 15:30
	for _, day := range weekdays {
		w := model.When{Weekday: int8(day), From: term[0], To: term[1]}
		if mornings {
			w.Start, w.End = 8*60+30, 9*60+15
			run(w)
		}
		if afternoons {
			w.Start, w.End = from, 16*60
			run(w)
		}
	}
	if d.chance(200) {
		start := model.Clock(d.between(16, 28) * 30) // 08:00 to 14:00
		run(model.When{Weekday: -1, On: m.monday + model.Date(d.IntN(5)), Start: start, End: start + 90})
	}
}

// halfTerm gives the first and last day of the half term that the week lies in; in the holidays, of the next.
func (m *maker) halfTerm() [2]model.Date {
	year, _, _ := m.monday.Civil()
	for y := year; ; y++ {
		for _, term := range halfTerms(y) {
			if m.monday <= term[1] {
				return term
			}
		}
	}
}

// halfTerms gives the school weeks of a calendar year, Monday to Friday, as most of England has them.
func halfTerms(year int) [][2]model.Date {
	from := func(month time.Month, day int) model.Date { return mondayFrom(model.NewDate(year, month, day)) }
	e := easter(year)
	return [][2]model.Date{
		{from(time.January, 3), from(time.February, 13) - 3},
		{from(time.February, 13) + 7, e - 9},
		{e + 8, from(time.May, 25) - 3},
		{from(time.May, 25) + 7, from(time.July, 20) - 3},
		{from(time.September, 1), from(time.October, 25) - 3},
		{from(time.October, 25) + 7, from(time.December, 18) - 3},
	}
}
