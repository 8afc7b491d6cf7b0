package model

import (
	"cmp"
	"fmt"
	"math"
	"strings"

	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/model/policy"
)

// The sizes a valid snapshot keeps to. They lie far beyond any region's week and leave 32-bit sums of minutes and counts
// room to spare.
const (
	MaxPeople      = 200_000
	MaxSessions    = 20_000
	MaxMinutes     = 100_000 // of one requirement, and of anything else counted in minutes
	MaxPlaces      = 1_000
	MaxSeats       = 16
	MaxAttendances = 100_000 // outcomes and weeks
)

const maxInstant = 1 << 30 // the year 4011

// Validate reports whether the snapshot is whole: every slice in its order and free of duplicates, every name known,
// every number within its bounds, every span real, the policy there. Rosters may name what the snapshot does not know,
// because people were told about it once; rules judge that. The error is a [*Error] that names the first few problems.
func (s *Snapshot) Validate() error {
	f := &faults{}
	f.checkf(s.Policy != nil, "there is no policy; freeze the week with a policy profile")
	f.policy(s.Policy)
	f.checkf(WeekOf(s.Week.Monday()) == s.Week, "week %v does not exist", s.Week)
	f.checkf(len(s.People) <= MaxPeople, "there are %d people; a region has at most %d", len(s.People), MaxPeople)
	f.checkf(len(s.Sessions) <= MaxSessions, "there are %d sessions; a week has at most %d", len(s.Sessions), MaxSessions)
	f.instant("the as-of time", s.AsOf)
	f.instant("the frozen time", s.FrozenUntil)
	for i, o := range s.Calendar.Offsets {
		f.checkf(o.Minutes >= -1440 && o.Minutes <= 1440, "the calendar has an offset of %d minutes", o.Minutes)
		f.checkf(i == 0 || s.Calendar.Offsets[i-1].From < o.From, "the calendar's offsets are out of order")
	}
	f.orders(s)
	f.attendance(&s.Attendance)
	f.places(s)
	for i := range s.People {
		f.person(s, &s.People[i])
	}
	for i := range s.Sessions {
		f.session(s, &s.Sessions[i])
	}
	f.rows(s)
	f.roster("the published roster", s.Published, s.Week)
	f.roster("the roster of the week before", s.Before, s.Week.Add(-1))
	f.roster("the roster of the week after", s.After, s.Week.Add(1))
	return f.err()
}

// faults keeps the first few problems and counts the others.
type faults struct {
	said  []string
	count int
}

const faultsSaid = 5

func (f *faults) checkf(ok bool, format string, args ...any) {
	if ok {
		return
	}
	if f.count++; len(f.said) < faultsSaid {
		f.said = append(f.said, fmt.Sprintf(format, args...))
	}
}

func (f *faults) err() error {
	if f.count == 0 {
		return nil
	}
	more := ""
	if n := f.count - len(f.said); n > 0 {
		more = fmt.Sprintf("; and %d more", n)
	}
	return Errorf(CodeInvalid, "the week's facts are not whole: %s%s", strings.Join(f.said, "; "), more)
}

func (f *faults) within(of fmt.Stringer, what string, v, low, high int32) {
	if v < low || v > high { // tested here so that the words cost nothing while all is well
		f.checkf(false, "%v: found %s %d; expected %d to %d", of, what, v, low, high)
	}
}

func (f *faults) instant(what string, t Instant) {
	f.checkf(t >= -maxInstant && t <= maxInstant, "%s is out of range", what)
}

func (f *faults) known(of fmt.Stringer, what string, ok bool, name any) {
	if !ok {
		f.checkf(false, "%v: found %s %v, which the week does not have", of, what, name)
	}
}

// point refuses positions that are no numbers, since no digest, distance or rule could be trusted after them.
func (f *faults) point(of fmt.Stringer, p geo.Point) {
	ok := math.Abs(p.Latitude) <= 90 && math.Abs(p.Longitude) <= 180 // false for NaN too
	f.checkf(ok, "%v: the position is not a latitude and longitude", of)
}

// spans checks a union: real spans in order that neither touch nor overlap.
func (f *faults) spans(of fmt.Stringer, what string, spans []Span) {
	for i, x := range spans {
		if x.Start >= x.End || x.Start < -maxInstant || x.End > maxInstant || i > 0 && spans[i-1].End >= x.Start {
			f.checkf(false, "%v: the %s spans are not a union in order", of, what)
			return
		}
	}
}

// policy checks that no price or limit can be negative or overflow, and that nothing divides by zero.
func (f *faults) policy(b *policy.Book) {
	if b == nil {
		return
	}
	for id, v := range bookValues(b) {
		f.checkf(v.Int() >= 0 && v.Int() <= 1_000_000_000, "policy %s: found %d; expected 0 to 1,000,000,000", id, v.Int())
	}
	f.checkf(b.WorthDayMinutes >= 1 && b.WorthDayMinutes <= 1440, "policy urgency.day: found %d; expected 1 to 1440", b.WorthDayMinutes)
	f.checkf(b.WorthPaceFloor >= 1, "policy urgency.pace-floor: found %d; expected 1 or more", b.WorthPaceFloor)
	f.checkf(b.WeekMaxMinutes <= 10_080, "policy weekly-hours.maximum: found %d; a week has 10080 minutes", b.WeekMaxMinutes)
	f.checkf(b.ETESharePercent <= 100, "policy ete-limit.share: found %d; expected 0 to 100", b.ETESharePercent)
	f.checkf(b.AttendancePrior <= 1000, "policy urgency.attendance-prior: found %d; expected 0 to 1000", b.AttendancePrior)
	f.attendancePolicy(b)
	f.prayerPolicy(b)
	f.checkf(b.PeoplePerSupervisor <= MaxPlaces, "policy places.ratio: found %d; expected 0 to %d", b.PeoplePerSupervisor, MaxPlaces)
}

// ordered checks that a slice is sorted; strictly says that equal neighbours are duplicates.
func ordered[T any](f *faults, what string, all []T, strictly bool, compare func(a, b *T) int) {
	for i := 1; i < len(all); i++ {
		c := compare(&all[i-1], &all[i])
		f.checkf(c < 0 || c == 0 && !strictly, "the %s are out of order or hold one twice, at number %d", what, i+1)
	}
}

func (f *faults) orders(s *Snapshot) {
	ordered(f, "teams", s.Teams, true, func(a, b *Team) int { return cmp.Compare(a.Code, b.Code) })
	ordered(f, "people", s.People, true, func(a, b *Person) int { return cmp.Compare(a.CRN, b.CRN) })
	ordered(f, "supervisors", s.Supervisors, true, func(a, b *Supervisor) int { return cmp.Compare(a.Code, b.Code) })
	ordered(f, "minibuses", s.Minibuses, true, func(a, b *Minibus) int { return cmp.Compare(a.Registration, b.Registration) })
	ordered(f, "projects", s.Projects, true, func(a, b *Project) int { return cmp.Compare(a.Code, b.Code) })
	ordered(f, "sessions", s.Sessions, true, func(a, b *Session) int { return a.Key.Compare(b.Key) })
	ordered(f, "stops", s.Stops, true, func(a, b *Stop) int { return cmp.Compare(a.Code, b.Code) })
	ordered(f, "keep-apart pairs", s.KeepApart, true, func(a, b *Pair) int {
		return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
	ordered(f, "exclusion areas", s.Zones, false, func(a, b *Zone) int { return cmp.Compare(a.CRN, b.CRN) })
	ordered(f, "forecasts", s.Outlooks, true, func(a, b *Outlook) int {
		return cmp.Or(cmp.Compare(a.WeatherArea, b.WeatherArea), cmp.Compare(a.Date, b.Date))
	})
	ordered(f, "standing slots", s.Standing, false, func(a, b *Standing) int { return cmp.Compare(a.CRN, b.CRN) })
	ordered(f, "kit", s.Kit, false, func(a, b *Kit) int {
		return cmp.Or(cmp.Compare(a.Team, b.Team), cmp.Compare(a.Kind, b.Kind))
	})
	ordered(f, "waivers", s.Waivers, false, func(a, b *Waiver) int {
		return cmp.Or(cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Subject, b.Subject))
	})
	ordered(f, "releases", s.Releases, false, func(a, b *Release) int { return cmp.Compare(a.Item, b.Item) })
	if s.Travel != nil {
		ordered(f, "journeys", s.Travel.Legs, true, func(a, b *geo.Leg) int {
			return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(a.Mode, b.Mode))
		})
	}
}
