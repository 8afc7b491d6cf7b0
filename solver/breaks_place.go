package solver

import (
	"cmp"
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
)

// shortBreak gives the length of a short break: at least what a prayer takes of it.
func shortBreak(b *policy.Book) int32 { return max(b.BreakShortMinutes, b.PrayerOverlapMinutes) }

// place puts the breaks of a session where they serve all wishes, which are ordered by their last starts.
//
// Lunch goes to the place near the middle from which the fewest short breaks are left to be made; those then take the greedy
// stabbing of intervals by their right ends, which is the least number of points (Cormen et al., Introduction to Algorithms, exercise 16.2-5).
func place(b *policy.Book, session model.Span, wishes []wish) []model.Span {
	short := model.Instant(min(shortBreak(b), session.Minutes()))
	var breaks []model.Span
	if session.Minutes() > b.BreakWorkMinutes {
		lunch := lunchFor(b, session, wishes)
		breaks = append(breaks, lunch)
		wishes = unserved(wishes, lunch, short)
	}
	for len(wishes) > 0 {
		first, last := wishes[0].first, wishes[0].last
		for _, w := range wishes {
			if w.first <= last {
				first = max(first, w.first)
			}
		}
		at := clearOf(breaks, first, last, short)
		breaks = append(breaks, model.Span{Start: at, End: at + short})
		wishes = unserved(wishes, breaks[len(breaks)-1], short)
	}
	return rested(model.Union(breaks), session, short, b.BreakWorkMinutes)
}

// lunchFor gives where lunch goes: so that the fewest short breaks are left, then on a multiple of five minutes, then nearest to
// the middle of the session, then earliest.
func lunchFor(b *policy.Book, session model.Span, wishes []wish) model.Span {
	short := model.Instant(shortBreak(b))
	length := model.Instant(min(max(b.BreakLunchMinutes, shortBreak(b)), session.Minutes()))
	middle := session.Start + (session.End-session.Start-length)/2
	earliest := max(session.Start, middle-model.Instant(b.BreakLunchShift))
	latest := min(session.End-length, middle+model.Instant(b.BreakLunchShift))
	type choice struct {
		breaks, odd int
		off         model.Instant
		at          model.Instant
	}
	var best *choice
	for _, at := range starts(middle, length-short, wishes) {
		if at < earliest || at > latest {
			continue
		}
		c := choice{breaks: stabs(unserved(wishes, model.Span{Start: at, End: at + length}, short)), off: max(at-middle, middle-at), at: at}
		if at%5 != 0 {
			c.odd = 1
		}
		if best == nil || cmp.Or(cmp.Compare(c.breaks, best.breaks), cmp.Compare(c.odd, best.odd), cmp.Compare(c.off, best.off), cmp.Compare(c.at, best.at)) < 0 {
			best = &c
		}
	}
	return model.Span{Start: best.at, End: best.at + length}
}

// starts gives the starts of lunch that can be best: the middle, and the first and last that serve a wish, each also on the
// next multiple of five minutes either way.
func starts(middle, spare model.Instant, wishes []wish) []model.Instant {
	all := []model.Instant{middle}
	for i := range wishes {
		all = append(all, wishes[i].first-spare, wishes[i].last)
	}
	for _, at := range slices.Clone(all) {
		all = append(all, at-at%5, at+(5-at%5)%5)
	}
	return all
}

// unserved gives the wishes that no short break within a span of time can serve.
func unserved(wishes []wish, span model.Span, short model.Instant) []wish {
	var out []wish
	for _, w := range wishes {
		if max(span.Start, w.first) > min(span.End-short, w.last) {
			out = append(out, w)
		}
	}
	return out
}

// stabs counts the short breaks that serve all wishes.
func stabs(wishes []wish) int {
	n, at := 0, model.Instant(0)
	for _, w := range wishes {
		if n == 0 || w.first > at {
			n, at = n+1, w.last
		}
	}
	return n
}

// clearOf gives a start from first to last for a short break: clear of other breaks if it can be, on a multiple of five minutes,
// nearest to the middle.
func clearOf(others []model.Span, first, last, short model.Instant) model.Instant {
	middle := (first + last) / 2
	best, found := middle, false
	try := func(at model.Instant) {
		free := !slices.ContainsFunc(others, func(o model.Span) bool { return o.Start <= at+short && at <= o.End })
		if at < first || at > last || !free {
			return
		}
		if !found || cmp.Or(cmp.Compare(max(at-middle, middle-at), max(best-middle, middle-best)), cmp.Compare(at, best)) < 0 {
			best, found = at, true
		}
	}
	for _, at := range starts(middle, 0, nil)[1:] {
		try(at)
	}
	if !found {
		try(middle)
	}
	if !found {
		for _, o := range others {
			try(o.Start - short - 1)
			try(o.End + 1)
		}
	}
	return best
}

// rested adds short breaks to breaks that are in order, until nobody works longer than so many minutes without one.
func rested(breaks []model.Span, session model.Span, short model.Instant, longest int32) []model.Span {
	now := session.Start
	for i := 0; i <= len(breaks); i++ {
		until := session.End
		if i < len(breaks) {
			until = breaks[i].Start
		}
		for int32(until-now) > longest { // halve the first stretch until it is short enough
			at := now + (until-now-short)/2
			breaks = slices.Insert(breaks, i, model.Span{Start: at, End: at + short})
			until = at
		}
		if i < len(breaks) {
			now = breaks[i].End
		}
	}
	return breaks
}
