package scheduler

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/communitypayback/payback/model"
)

// Finding is something worth saying about a week's facts that stops nothing. Subject is what it is about: a CRN or a code
// of the region's files. Text is a sentence without names, dates of birth or positions.
type Finding struct {
	Kind    string
	Subject string
	Text    string
}

// The kinds of finding.
const (
	FindingSupervisorIdle = "supervisor-without-time" // no working time in the week
	FindingMinibusIdle    = "minibus-off-the-road"    // on no day of the week
	FindingProjectShut    = "project-shut"            // has slots in the week, and every one is barred
	FindingOrderEnded     = "order-ended"             // active, with minutes left, but past its hard end
	FindingNoPosition     = "no-position"             // someone whose home is not known
	FindingNoInduction    = "no-induction-in-reach"   // someone who must be inducted first and cannot be
	FindingTwoSlots       = "two-slots"               // two standing slots name one session
	FindingNotListed      = "session-not-listed"      // published, but the project has no such slot
	FindingOtherEnd       = "session-end-differs"     // published with another end than the slot's
	FindingNoLength       = "session-without-length"  // lies wholly in the hour a clock change skips
	FindingDoubtful       = "row-not-read"            // someone given no place because a row that protects could not be read
	FindingEstimated      = "journeys-estimated"      // journeys that are not given although others are
	FindingNoForecast     = "no-forecast"             // of rain, for a day of outdoor work
	FindingOldForecast    = "old-forecast"            // of rain, issued too long ago
	FindingUnknown        = "unknown-name"            // a row about somebody or something that is not in the files
)

// findings collects in any order and gives them in one.
type findings []Finding

func (f *findings) addf(kind string, subject any, format string, args ...any) {
	*f = append(*f, Finding{Kind: kind, Subject: fmt.Sprint(subject), Text: fmt.Sprintf(format, args...)})
}

func (f findings) sorted() []Finding {
	slices.SortFunc(f, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Text, b.Text))
	})
	return slices.Compact(f)
}

// findResources speaks of supervisors and minibuses that the week cannot use.
func (f *findings) findResources(sn *model.Snapshot) {
	week := weekSpan(sn)
	for i := range sn.Supervisors {
		s := &sn.Supervisors[i]
		if s.WeekMinutes == 0 || !slices.ContainsFunc(s.Available, week.Overlaps) {
			f.addf(FindingSupervisorIdle, s.Code, "Supervisor %s has no working time in week %v and leads no session.", s.Code, sn.Week)
		}
	}
	for i := range sn.Minibuses {
		b, on := &sn.Minibuses[i], false
		for d := sn.Week.Monday(); sn.Week.Holds(d); d++ {
			on = on || b.OnRoad(d)
		}
		if !on {
			f.addf(FindingMinibusIdle, b.Registration, "Minibus %s is on the road on no day of week %v.", b.Registration, sn.Week)
		}
	}
}

// findPeople speaks of people who cannot be placed for want of a fact rather than of a place.
func (f *findings) findPeople(sn *model.Snapshot) {
	var inductions []*model.Session
	for i := range sn.Sessions {
		if p := sn.Project(sn.Sessions[i].Key.Project); p.Kind == model.Induction && sn.Sessions[i].Bar == model.Open {
			inductions = append(inductions, &sn.Sessions[i])
		}
	}
	for i := range sn.People {
		p := &sn.People[i]
		for j := range p.Requirements {
			r := &p.Requirements[j]
			if r.Status == model.Active && r.Remaining() > 0 && r.HardEnd != 0 && r.HardEnd < sn.Week.Monday() {
				f.addf(FindingOrderEnded, p.CRN, "%s: the order of event %d ended on %v with %d minutes left; nothing more can be booked on it.",
					p.CRN, r.Event, r.HardEnd, r.Remaining())
			}
		}
		now := p.Current(sn.Week)
		if now == nil {
			continue
		}
		if !p.Home.Known() {
			f.addf(FindingNoPosition, p.CRN,
				"%s has no position, so only journeys given in travel.csv are known; add latitude and longitude.", p.CRN)
		}
		if now.Inducted == 0 && !slices.ContainsFunc(inductions, func(s *model.Session) bool { return reaches(sn, p, s) }) {
			f.addf(FindingNoInduction, p.CRN,
				"%s has not been inducted, and no induction session of week %v is in reach and in their free time.", p.CRN, sn.Week)
		}
	}
}
