package policy

import "reflect"

// Night is what a profile says of nights on one day: when they are, what they plan, and what they may publish by themselves. It
// stands apart from a [Book], because it decides when work is done and never what is allowed, so that no snapshot holds it.
type Night struct {
	On int32 `clause:"night"` // 0: there are none

	At       int32 `clause:"night.at"`       // minutes after midnight, by the clocks of the region
	Weeks    int32 `clause:"night.weeks"`    // that are planned, from the coming one on
	Minutes  int32 `clause:"night.minutes"`  // that one process may take for all regions
	Attempts int32 `clause:"night.attempts"` // at a run, before it is set aside

	Publish      int32 `clause:"night.publish"`        // 0: nothing is published without somebody
	PeopleToTell int32 `clause:"night.people-to-tell"` // at most, of one plan that is published
}

// NightOn gives what is in force on a day, written 2026-11-30.
func (p *Profile) NightOn(day string) Night {
	var n Night
	p.fill(reflect.ValueOf(&n).Elem(), day)
	return n
}
