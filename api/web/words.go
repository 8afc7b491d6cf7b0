package web

import (
	"fmt"
	"regexp"
	"strconv"

	"github.com/communitypayback/payback/model"
)

var weekdays = [...]string{"Sun", "Mon", "Tues", "Wed", "Thur", "Fri", "Sat"}

// shortMonth gives the month as it is written beside a weekday.
func shortMonth(m string) string {
	if m == "September" {
		return "Sept"
	}
	return m[:3]
}

// longDate gives 30 November 2026.
func longDate(d model.Date) string {
	y, m, n := d.Civil()
	return fmt.Sprintf("%d %s %d", n, m, y)
}

// shortDate gives Mon 30 Nov.
func shortDate(d model.Date) string {
	_, m, n := d.Civil()
	return fmt.Sprintf("%s %d %s", weekdays[d.Weekday()], n, shortMonth(m.String()))
}

// clock gives 9am, 1:30pm, and the words for the two ends of the day that people mix up.
func clock(c model.Clock) string {
	if c%1440 == 0 {
		return "midnight"
	}
	h, half := int(c/60)%12, "am"
	if c >= 12*60 {
		half = "pm"
	}
	if h == 0 {
		h = 12
	}
	if c%60 == 0 {
		return fmt.Sprintf("%d%s", h, half)
	}
	return fmt.Sprintf("%d:%02d%s", h, c%60, half)
}

// thousands gives 2,884.
func thousands(n int64) string {
	s := strconv.FormatInt(n, 10)
	first := 0
	if n < 0 {
		first = 1
	}
	for i := len(s) - 3; i > first; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// count gives "1 session" or "12 sessions".
func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return thousands(int64(n)) + " " + what + "s"
}

// plural gives a number of things whose plural takes more than an s.
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return thousands(int64(n)) + " " + many
}

// percent gives 35% of a chance in permille.
func percent(permille int32) string { return fmt.Sprintf("%d%%", (permille+5)/10) }

// hours gives 7 hours, or 6 hours 30 minutes.
func hours(minutes int32) string {
	h, m := count(int(minutes/60), "hour"), count(int(minutes%60), "minute")
	switch {
	case minutes%60 == 0:
		return h
	case minutes < 60:
		return m
	default:
		return h + " " + m
	}
}

// written finds the dates and times that sentences on rules hold as the command line writes them.
var written = regexp.MustCompile(`\b\d{4}-\d\d-\d\d\b|\b\d\d:\d\d\b`)

// plain gives a sentence with its dates and times as pages write them; days of the week shown without their year.
func plain(sentence string, week model.Week) string {
	return written.ReplaceAllStringFunc(sentence, func(s string) string {
		if d, err := model.ParseDate(s); err == nil {
			if week.Holds(d) {
				return shortDate(d)
			}
			return longDate(d)
		}
		if c, err := model.ParseClock(s); err == nil {
			return clock(c)
		}
		return s
	})
}

// longDay gives Monday 30 November 2026.
func longDay(d model.Date) string { return d.Weekday().String() + " " + longDate(d) }
