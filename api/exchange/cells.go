package exchange

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
)

// fault is what is wrong with one cell, without where it is.
type fault struct{ what, expected, next string }

// scan is how the cells of one file are to be understood.
type scan struct {
	numbers  bool // dates and times may be serial numbers, as in a workbook
	date1904 bool
	calendar *model.Calendar
	note     func(text string)
}

const largest = 1_000_000_000 // far beyond any count or duration, far below an overflow

func (c *scan) date(v string) (model.Date, *fault) {
	if c.numbers {
		if serial, err := strconv.ParseFloat(v, 64); err == nil {
			return c.serialDate(serial)
		}
	}
	v = strings.TrimSpace(v)
	if day, rest, ok := strings.Cut(v, "T"); ok && strings.Trim(rest, "0:.Z") == "" {
		v = day // 2026-04-03T00:00:00, a day as databases write it
	} else if day, rest, ok := strings.Cut(v, " "); ok && strings.Trim(rest, "0:.") == "" {
		v = day
	}
	d, err := model.ParseDate(v)
	if err == nil {
		return d, nil
	}
	f := &fault{what: "date not understood", expected: expectation(err)}
	if strings.Contains(f.expected, "exists") {
		f.what = "date does not exist"
	}
	return 0, f
}

// serialDate reads a day as spreadsheets count them.
func (c *scan) serialDate(serial float64) (model.Date, *fault) {
	day := math.Floor(serial)
	epoch := model.NewDate(1899, time.December, 30)
	if c.date1904 {
		epoch = model.NewDate(1904, time.January, 1)
	}
	if !(day >= 61 && day <= 109_000) {
		return 0, &fault{what: "date not understood", expected: "a date cell, or a full date such as 2026-04-03 or 3/4/2026"}
	}
	return epoch + model.Date(day), nil
}

func (c *scan) clock(v string) (model.Clock, *fault) {
	bad := &fault{what: "time not understood", expected: "a time of day such as 09:00"}
	if c.numbers {
		if serial, err := strconv.ParseFloat(v, 64); err == nil {
			if serial > 1 {
				serial -= math.Floor(serial)
			}
			m := math.Round(serial * 1440)
			if !(m >= 0 && m <= 1440) {
				return 0, bad
			}
			return model.Clock(m), nil
		}
	}
	v = strings.TrimSpace(v)
	if strings.IndexByte(v, '+') >= 0 || strings.IndexByte(v, '-') >= 0 {
		return 0, bad
	}
	at, err := model.ParseClock(v)
	if err != nil {
		return 0, bad
	}
	return at, nil
}

func (c *scan) whole(v string, low, high int64) (int32, *fault) {
	v = strings.TrimSpace(v)
	n, err := strconv.ParseInt(v, 10, 64)
	if err != nil {
		x, ferr := strconv.ParseFloat(v, 64)
		if ferr != nil || strings.ContainsAny(v, "xXpP_") || x != math.Trunc(x) || math.Abs(x) > largest { // NaN fails x == Trunc(x)
			return 0, &fault{what: "not a whole number", expected: "a whole number " + between(low, high)}
		}
		n = int64(x)
	}
	if n < low || n > high {
		return 0, &fault{what: "out of range", expected: "a whole number " + between(low, high)}
	}
	return int32(n), nil
}

func between(low, high int64) string {
	if high >= largest {
		return fmt.Sprintf("of %d or more", low)
	}
	return fmt.Sprintf("from %d to %d", low, high)
}

// number reads a decimal from low to high. NaN and the infinities are no numbers.
func (c *scan) number(v string, low, high float64, example string) (float64, *fault) {
	v = strings.TrimSpace(v)
	x, err := strconv.ParseFloat(v, 64)
	if err != nil || math.IsNaN(x) || math.IsInf(x, 0) || strings.ContainsAny(v, "xXpP_") {
		return 0, &fault{what: "not a number", expected: "a number such as " + example}
	}
	if x < low || x > high {
		return 0, &fault{what: "out of range", expected: fmt.Sprintf("a number from %v to %v, such as %s", low, high, example)}
	}
	if x == 0 {
		x = 0 // no negative zero
	}
	return x, nil
}

func (c *scan) yes(v string) (bool, *fault) {
	switch strings.ToLower(strings.TrimSpace(v)) {
	case "yes", "y", "true", "1", "1.0":
		return true, nil
	case "no", "n", "false", "0", "0.0":
		return false, nil
	}
	return false, &fault{what: "not yes or no", expected: "yes or no"}
}

// days are the weekdays as time.Weekday counts them; three letters are written, more are read.
var days = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

func (c *scan) weekday(v string) (int8, *fault) {
	v = strings.TrimSuffix(strings.ToLower(strings.TrimSpace(v)), ".")
	for i, d := range days {
		full := strings.ToLower(time.Weekday(i).String())
		if len(v) >= 3 && strings.HasPrefix(full, v) && strings.HasPrefix(v, d) {
			return int8(i), nil
		}
	}
	return 0, &fault{what: "day not understood", expected: "a day of the week: mon, tue, wed, thu, fri, sat or sun"}
}

// list parts a cell at semicolons; blanks around and between are dropped. An empty list is nil.
func list(v string) []string {
	var out []string
	for part := range strings.SplitSeq(v, ";") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

func parseMode(v string) (geo.Mode, error) {
	for m := range geo.Modes {
		if strings.EqualFold(strings.TrimSpace(v), m.String()) {
			return m, nil
		}
	}
	return 0, fmt.Errorf("found %q; expected one of walk, bus, car", v)
}

// expectation takes the part of a "found X; expected Y" sentence that may be repeated even where X may not.
func expectation(err error) string {
	_, after, ok := strings.Cut(err.Error(), "; expected ")
	for {
		_, more, again := strings.Cut(after, "; expected ")
		if !again {
			break
		}
		after = more
	}
	if !ok {
		return "a value from the list in docs/formats.md"
	}
	return after
}
