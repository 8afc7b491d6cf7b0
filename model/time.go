package model

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
	"time"
)

// Date is a day of the civil calendar, counted from 1970-01-01. The zero value means "no date given": nothing in this
// domain happened in 1970.
type Date int32

// NewDate gives the date of a year, month and day that exist.
func NewDate(year int, month time.Month, day int) Date {
	return Date(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// Civil gives the year, month and day.
func (d Date) Civil() (year int, month time.Month, day int) {
	return time.Unix(int64(d)*86400, 0).UTC().Date()
}

// Weekday gives the day of the week.
func (d Date) Weekday() time.Weekday { return time.Weekday((int(d)%7 + 7 + 4) % 7) }

// AddMonths moves a date by whole months, keeping the day where the month has it and taking the month's last day where
// it has not: twelve months from 29 February end on 28 February.
func (d Date) AddMonths(n int) Date {
	y, m, day := d.Civil()
	first := time.Date(y, m+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return NewDate(first.Year(), first.Month(), min(day, last))
}

// String gives 2026-11-30, or the empty string for no date.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	y, m, day := d.Civil()
	return fmt.Sprintf("%04d-%02d-%02d", y, m, day)
}

// ParseDate reads 2026-04-03 and 3/4/2026 (day first). It refuses days that do not exist.
func ParseDate(s string) (Date, error) {
	t := strings.TrimSpace(s)
	sep, yi, di := "-", 0, 2
	if strings.Contains(t, "/") {
		sep, yi, di = "/", 2, 0
	}
	p := strings.Split(t, sep)
	bad := func(why string) (Date, error) {
		return 0, fmt.Errorf("found %q; expected %s such as 2026-04-03 or 3/4/2026", s, why)
	}
	if len(p) != 3 || len(p[yi]) != 4 {
		return bad("a full date")
	}
	y, err1 := digits(p[yi])
	m, err2 := digits(p[1])
	day, err3 := digits(p[di])
	if err1 != nil || err2 != nil || err3 != nil || y < 1900 || y > 2200 {
		return bad("a full date")
	}
	d := NewDate(y, time.Month(m), day)
	if yy, mm, dd := d.Civil(); m < 1 || m > 12 || yy != y || int(mm) != m || dd != day {
		return bad("a day that exists in the calendar,")
	}
	return d, nil
}

// digits reads a small number without a sign.
func digits(s string) (int, error) {
	n, err := strconv.ParseUint(s, 10, 16)
	return int(n), err
}

// Clock is a local wall time in minutes after midnight, 0 to 1440; 24:00 is allowed as an end.
type Clock int32

// String gives 09:00.
func (c Clock) String() string { return fmt.Sprintf("%02d:%02d", c/60, c%60) }

// ParseClock reads 09:00, 9:00 and 24:00. Spreadsheets that add seconds (09:00:00) are understood when the seconds are zero.
func ParseClock(s string) (Clock, error) {
	p := strings.Split(strings.TrimSpace(s), ":")
	if len(p) == 3 && p[2] == "00" {
		p = p[:2]
	}
	if len(p) == 2 && len(p[0]) >= 1 && len(p[0]) <= 2 && len(p[1]) == 2 {
		h, err1 := digits(p[0])
		m, err2 := digits(p[1])
		if err1 == nil && err2 == nil && m < 60 && h*60+m <= 1440 {
			return Clock(h*60 + m), nil
		}
	}
	return 0, fmt.Errorf("found %q; expected a time of day such as 09:00", s)
}

// Instant is a minute of real time, counted from 1970-01-01T00:00Z. Differences of instants are true durations, also
// across a clock change.
type Instant int32

// Span is the half-open time [Start, End).
type Span struct{ Start, End Instant }

// Minutes gives the true length.
func (s Span) Minutes() int32 { return int32(s.End - s.Start) }

// Overlaps reports whether the two spans share a minute.
func (s Span) Overlaps(o Span) bool { return s.Start < o.End && o.Start < s.End }

// Contains reports whether o lies wholly within s.
func (s Span) Contains(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

// Covered reports whether s lies within one of the spans, which are sorted and disjoint.
func Covered(spans []Span, s Span) bool {
	i := sort.Search(len(spans), func(i int) bool { return spans[i].End >= s.End })
	return i < len(spans) && spans[i].Contains(s)
}

// Union sorts spans and joins those that touch. It reuses the given slice.
func Union(spans []Span) []Span {
	sort.Slice(spans, func(i, j int) bool { return spans[i].Start < spans[j].Start })
	out := spans[:0]
	for _, s := range spans {
		switch {
		case s.End <= s.Start:
		case len(out) > 0 && s.Start <= out[len(out)-1].End:
			out[len(out)-1].End = max(out[len(out)-1].End, s.End)
		default:
			out = append(out, s)
		}
	}
	return out
}

// Subtract takes the busy spans from the free ones. Both are unions; the result is one too.
func Subtract(free, busy []Span) []Span {
	var out []Span
	for _, f := range free {
		for _, b := range busy {
			if !f.Overlaps(b) {
				continue
			}
			if b.Start > f.Start {
				out = append(out, Span{f.Start, b.Start})
			}
			f.Start = max(f.Start, b.End)
			if f.Start >= f.End {
				break
			}
		}
		if f.Start < f.End {
			out = append(out, f)
		}
	}
	return out
}

// Week is an ISO week, Monday to Sunday.
type Week struct{ Year, Number int }

// WeekOf gives the ISO week that holds a date.
func WeekOf(d Date) Week {
	y, n := time.Unix(int64(d)*86400, 0).UTC().ISOWeek()
	return Week{y, n}
}

// Monday gives the first day.
func (w Week) Monday() Date {
	jan4 := NewDate(w.Year, time.January, 4) // always in week 1
	return jan4 - Date((int(jan4.Weekday())+6)%7) + Date(7*(w.Number-1))
}

// Add moves by whole weeks.
func (w Week) Add(n int) Week { return WeekOf(w.Monday() + Date(7*n)) }

// Holds reports whether the date lies in the week.
func (w Week) Holds(d Date) bool { m := w.Monday(); return d >= m && d < m+7 }

// String gives 2026-W49.
func (w Week) String() string { return fmt.Sprintf("%04d-W%02d", w.Year, w.Number) }

// ParseWeek reads 2026-W49 and refuses weeks that the year does not have.
func ParseWeek(s string) (Week, error) {
	var w Week
	if y, n, ok := strings.Cut(s, "-W"); ok && len(y) == 4 && len(n) == 2 {
		var err1, err2 error
		w.Year, err1 = digits(y)
		w.Number, err2 = digits(n)
		if err1 == nil && err2 == nil && w.Number >= 1 && w.Number <= 53 && WeekOf(w.Monday()) == w {
			return w, nil
		}
	}
	return Week{}, fmt.Errorf("found %q; expected an ISO week that exists, such as 2026-W49", s)
}

// Offset says that from an instant on local time runs ahead of UTC by so many minutes.
type Offset struct {
	From    Instant
	Minutes int32
}

// Calendar converts between local wall time and instants. Offsets are sorted, and the first reaches back before
// anything that is asked. It is data, not a time zone database, so a snapshot carries its own.
type Calendar struct {
	Zone    string
	Offsets []Offset
}

// Instant gives the real minute of a local date and time. A local time that a clock change skips is read an hour on; one
// that happens twice is read as the first.
func (c Calendar) Instant(d Date, at Clock) Instant {
	local := Instant(d)*1440 + Instant(at)
	for i, o := range c.Offsets {
		got := local - Instant(o.Minutes)
		if i+1 == len(c.Offsets) || got < c.Offsets[i+1].From {
			return got
		}
		// A time in the gap belongs to neither side: the earlier offset puts it after the change, the later before.
		if next := c.Offsets[i+1]; local-Instant(next.Minutes) < next.From {
			return got
		}
	}
	return local
}

// Span gives the real span of a local day's times; an end at or before the start is on the next day.
func (c Calendar) Span(d Date, start, end Clock) Span {
	if end <= start {
		return Span{c.Instant(d, start), c.Instant(d+1, end)}
	}
	return Span{c.Instant(d, start), c.Instant(d, end)}
}

// Local gives the date and wall time of an instant.
func (c Calendar) Local(t Instant) (Date, Clock) {
	local := int64(t)
	for i := len(c.Offsets) - 1; i >= 0; i-- {
		if t >= c.Offsets[i].From || i == 0 {
			local += int64(c.Offsets[i].Minutes)
			break
		}
	}
	d := local / 1440
	if local%1440 < 0 {
		d--
	}
	return Date(d), Clock(local - d*1440)
}
