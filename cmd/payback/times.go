package main

import "time"

// clockOf gives a moment as people write it: 4:12pm, Thur 26 Nov 2026.
func clockOf(t time.Time, policyName string) string {
	zone, err := time.LoadLocation(policyZone(policyName))
	if err != nil {
		zone = time.UTC
	}
	t = t.In(zone)
	return t.Format("3:04pm") + ", " + weekdays[t.Weekday()] + t.Format(" 2 Jan 2006")
}
