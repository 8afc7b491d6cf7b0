package policy

// ValueOn gives the value in force on a day, written 2026-11-30, with the day it came into force; the earliest value also
// serves the time before it.
func (c Clause) ValueOn(day string) Dated {
	now := c.Values[0]
	for _, v := range c.Values {
		if v.From <= day {
			now = v
		}
	}
	return now
}
