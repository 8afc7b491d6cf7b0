package main

import (
	"time"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
)

// clockOf gives a moment as people write it: 4:12pm, Thur 26 Nov 2026.
func clockOf(t time.Time, policyName string) string {
	zone, err := time.LoadLocation(policyZone(policyName))
	if err != nil {
		zone = time.UTC
	}
	t = t.In(zone)
	return t.Format("3:04pm") + ", " + weekdays[t.Weekday()] + t.Format(" 2 Jan 2006")
}

// nightTime gives when nights are due by a policy, as 02:30.
func nightTime(p *policy.Profile, now time.Time) string {
	return model.Clock(p.NightOn(now.UTC().Format(time.DateOnly)).At).String()
}
