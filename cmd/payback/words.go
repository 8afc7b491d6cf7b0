package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/communitypayback/payback/model"
)

// thousands gives 12,480.
func thousands[T ~int | ~int32 | ~int64](n T) string {
	sign, s := "", strconv.FormatInt(int64(n), 10)
	if n < 0 {
		sign, s = "-", s[1:]
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return sign + s
}

// count gives "1 row" or "1,040 rows".
func count[T ~int | ~int32 | ~int64](n T, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return thousands(n) + " " + what + "s"
}

// hours gives minutes as 7h30.
func hours(minutes int64) string { return fmt.Sprintf("%dh%02d", minutes/60, minutes%60) }

// wholeHours gives minutes as 2,884, to the nearest hour.
func wholeHours(minutes int64) string { return thousands((minutes + 30) / 60) }

// points gives millipoints as 12,480, to the nearest point.
func points(millipoints int64) string {
	if millipoints < 0 {
		return thousands((millipoints - 500) / 1000)
	}
	return thousands((millipoints + 500) / 1000)
}

var weekdays = [...]string{"Sun", "Mon", "Tues", "Wed", "Thur", "Fri", "Sat"}

// day gives "Mon 30 Nov".
func day(d model.Date) string {
	_, month, n := d.Civil()
	return fmt.Sprintf("%s %d %s", weekdays[d.Weekday()], n, month.String()[:3])
}

// elapsed gives 00:23.
func elapsed(d time.Duration) string {
	s := int(d.Seconds())
	return fmt.Sprintf("%02d:%02d", s/60, s%60)
}

// ahead gives how far off something is: "14 hours", "3 days".
func ahead(minutes int64) string {
	switch {
	case minutes <= 0:
		return "none"
	case minutes < 120:
		return count(minutes, "minute")
	case minutes < 48*60:
		return count(minutes/60, "hour")
	default:
		return count(minutes/60/24, "day")
	}
}

// quoted gives an argument as a shell takes it.
func quoted(s string) string {
	if s != "" && !strings.ContainsAny(s, " \t\n'\"\\$`*?[]{}()<>|&;~#!") {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// plural gives "1 minibus" or "20 minibuses".
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return thousands(n) + " " + many
}
