package scheduler

import (
	"slices"
	"strings"

	"github.com/communitypayback/payback/model"
)

// window is the time that a snapshot knows of: from the day before its Monday until the second day after its Sunday is
// over, so that travel and overnight sessions at either end can be judged.
func window(sn *model.Snapshot) model.Span {
	m := sn.Week.Monday()
	return model.Span{Start: sn.Calendar.Instant(m-1, 0), End: sn.Calendar.Instant(m+9, 0)}
}

// weekSpan is the week itself.
func weekSpan(sn *model.Snapshot) model.Span {
	m := sn.Week.Monday()
	return model.Span{Start: sn.Calendar.Instant(m, 0), End: sn.Calendar.Instant(m+7, 0)}
}

// reasonCaring is the reason of busy rows for which somebody may have a short day.
const reasonCaring = "caring"

// freeTime gives when a person with these spells is free, and when caring alone keeps them from it. Whoever has any free row, in
// force or not, has only the free rows in force; busy rows are taken away, and so is Friday prayer where it is asked for, and the
// working day where hours are worked in leisure time.
func freeTime(sn *model.Snapshot, p *model.Person, spells []model.Spell) (left, caring []model.Span) {
	free, busy := []model.Span(nil), append(fridayPrayers(sn, p), workingDays(sn)...)
	for _, s := range spells {
		switch {
		case s.Free:
			free = occurrences(sn, free, s.When)
		case strings.EqualFold(strings.TrimSpace(s.Reason), reasonCaring):
			caring = occurrences(sn, caring, s.When)
		default:
			busy = occurrences(sn, busy, s.When)
		}
	}
	if !slices.ContainsFunc(spells, func(s model.Spell) bool { return s.Free }) {
		free = []model.Span{window(sn)}
	}
	all := within(window(sn), model.Subtract(model.Union(free), model.Union(busy)))
	if len(caring) == 0 {
		return all, nil
	}
	left = model.Subtract(all, model.Union(caring))
	return left, model.Subtract(all, left)
}

// fridayPrayers gives the busy time of the window's Fridays.
func fridayPrayers(sn *model.Snapshot, p *model.Person) []model.Span {
	var busy []model.Span
	m := sn.Week.Monday()
	for d := m - 2; d < m+10; d++ {
		if span, asked := model.FridayPrayer(sn, p, d); asked {
			busy = append(busy, span)
		}
	}
	return busy
}

// occurrences appends a row's span on each day it applies to. The days begin before the window, because a span of the
// evening before may reach into it.
func occurrences(sn *model.Snapshot, to []model.Span, w model.When) []model.Span {
	m := sn.Week.Monday()
	for d := m - 2; d < m+10; d++ {
		if w.Applies(d) {
			to = append(to, sn.Calendar.Span(d, w.Start, w.End))
		}
	}
	return to
}

// within cuts a union down to a span.
func within(s model.Span, union []model.Span) []model.Span {
	var out []model.Span
	for _, u := range union {
		if u.Overlaps(s) {
			out = append(out, model.Span{Start: max(s.Start, u.Start), End: min(s.End, u.End)})
		}
	}
	return out
}
