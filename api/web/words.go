package web

import (
	"fmt"
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
