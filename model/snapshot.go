package model

import (
	"cmp"
	"slices"
	"sort"

	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/model/policy"
)

// Snapshot is everything one week's decision may look at, frozen. It is read-only once made: [Snapshot.With] gives a
// changed copy. Every slice is sorted as its comment says and there are no maps, so equal decisions have equal digests.
type Snapshot struct {
	Region   string
	Week     Week
	Calendar Calendar
	AsOf     Instant
	// FrozenUntil is the instant before which nothing may be added and what is published stays.
	FrozenUntil Instant

	Policy      *policy.Book
	Attendance  Attendance   // what the region's record says of coming; set by freezing
	Teams       []Team       // by code
	People      []Person     // by CRN
	Supervisors []Supervisor // by code
	Minibuses   []Minibus    // by registration
	Projects    []Project    // by code
	Sessions    []Session    // by key; the candidates of the week, barred ones too
	Stops       []Stop       // by code
	KeepApart   []Pair       // by A, then B
	Zones       []Zone       // by CRN
	Outlooks    []Outlook    // by area and date
	Standing    []Standing   // by CRN
	Kit         []Kit        // by team and kind
	Waivers     []Waiver     // by rule and subject
	Releases    []Release    // by item
	Travel      *geo.Matrix

	Published *Roster // of this week; nil: none
	Before    *Roster // of the week before, for rest and for continuity; nil: none
	After     *Roster // of the week after; nil: none
}

// Release is a recorded permission to publish one item although a fixed part of it breaks a rule.
type Release struct {
	Item string
	Who  string
	Why  string
}

// Person gives the person with that CRN, or nil.
func (s *Snapshot) Person(c CRN) *Person {
	return lookup(s.People, c, func(p *Person) CRN { return p.CRN })
}

// Project gives the project with that code, or nil.
func (s *Snapshot) Project(c ProjectCode) *Project {
	return lookup(s.Projects, c, func(p *Project) ProjectCode { return p.Code })
}

// Supervisor gives the supervisor with that code, or nil.
func (s *Snapshot) Supervisor(c SupervisorCode) *Supervisor {
	return lookup(s.Supervisors, c, func(p *Supervisor) SupervisorCode { return p.Code })
}

// Minibus gives the minibus with that registration, or nil.
func (s *Snapshot) Minibus(c Registration) *Minibus {
	return lookup(s.Minibuses, c, func(p *Minibus) Registration { return p.Registration })
}

// Stop gives the stop with that code, or nil.
func (s *Snapshot) Stop(c StopCode) *Stop {
	return lookup(s.Stops, c, func(p *Stop) StopCode { return p.Code })
}

// Team gives the team with that code, or nil.
func (s *Snapshot) Team(c TeamCode) *Team {
	return lookup(s.Teams, c, func(p *Team) TeamCode { return p.Code })
}

// Session gives the candidate session with that key, or nil.
func (s *Snapshot) Session(k SessionKey) *Session {
	if i, ok := slices.BinarySearchFunc(s.Sessions, k, func(x Session, k SessionKey) int { return x.Key.Compare(k) }); ok {
		return &s.Sessions[i]
	}
	return nil
}

// Fixed reports whether an appointment of the published roster is frozen or pinned, and so may not be moved.
func (s *Snapshot) Fixed(a *Appointment) bool { return a.Pinned || a.Span.Start < s.FrozenUntil }

// ApartFrom gives the people whom someone must not meet, in order.
func (s *Snapshot) ApartFrom(c CRN) []CRN {
	var out []CRN
	for _, p := range s.KeepApart {
		switch c {
		case p.A:
			out = append(out, p.B)
		case p.B:
			out = append(out, p.A)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// lookup finds an element of a slice sorted by its key.
func lookup[T any, K cmp.Ordered](all []T, key K, of func(*T) K) *T {
	i, ok := sort.Find(len(all), func(i int) int { return cmp.Compare(key, of(&all[i])) }) // by index: elements are large to copy
	if !ok {
		return nil
	}
	return &all[i]
}

// WeekLimit gives the most minutes a person may be booked for in a week.
func (s *Snapshot) WeekLimit(p *Person) int32 {
	limit := s.Policy.WeekMaxMinutes
	if p.MaxWeekMinutes > 0 {
		limit = min(limit, p.MaxWeekMinutes)
	}
	return limit
}

// TravelLimit gives the most minutes a person may travel from home to a site: the policy's, or that for remote areas. A
// person's own limit only lowers it.
func (s *Snapshot) TravelLimit(p *Person) int32 {
	limit := s.Policy.TravelMaxMinutes
	if p.Remote {
		limit = max(limit, s.Policy.RemoteMaxMinutes)
	}
	if p.MaxTravelMinutes > 0 {
		limit = min(limit, p.MaxTravelMinutes)
	}
	return limit
}

// Rides reports whether a person rides a minibus to a project, given the minutes of their own way there: everybody to a
// minibus project, and to one with either transport those whose own way is beyond their limit.
func (s *Snapshot) Rides(p *Person, at *Project, ownMinutes int32) bool {
	switch at.Transport {
	case ByMinibus:
		return true
	case Either:
		return ownMinutes > s.TravelLimit(p)
	default:
		return false
	}
}
