package model

import "github.com/communitypayback/payback/model/geo"

// Person is someone with an unpaid-work requirement, as one week's decision needs them. Names, dates of birth and
// contacts stay with the facts: a snapshot carries none.
type Person struct {
	CRN        CRN
	Team       TeamCode
	Sex        Sex
	Preference Preference
	Risk       Level
	ApprovedBy string // who approved a high-risk placement; empty: nobody
	ApprovedOn Date
	Flags      Flags
	Health     Health
	Prayer     Prayer
	Languages  []string
	Likes      []string // preferred days and kinds of work, as written
	Restricted bool     // a limited-access record: shown by CRN only

	Home             geo.Point
	Mode             geo.Mode
	MaxTravelMinutes int32 // 0: the policy's limit
	Remote           bool  // lives in a remote area, where the policy knows such; set by freezing
	MaxWeekMinutes   int32 // 0: the policy's maximum

	Attended, Missed int32 // outcomes before the first row of appointments.csv
	// Attendance is the estimated chance of attending, in permille; set by freezing.
	Attendance int32
	// Outcomes is how many recorded outcomes that estimate rests on; set by freezing.
	Outcomes int32
	// WeeksWaiting counts weeks since a place was last offered (rules.md section 3, k); set by freezing.
	WeeksWaiting int32

	// Last is where the person was last; set by freezing.
	Last Last
	// FirstDue is by when somebody without any session yet is to have their first; zero: they had one; set by freezing.
	FirstDue Date
	// Young says that the person is no older than the policy's age; set by freezing, so that no date of birth is needed.
	Young bool

	Requirements []Requirement // sorted by event number; at least one

	// Free is when the person can be away from home, as a union of spans that covers the week and a day either side;
	// set by freezing.
	Free []Span
	// Caring is when caring duties alone keep the person from being free, as a union of spans that shares nothing with Free;
	// set by freezing.
	Caring []Span `json:",omitempty"` //nolint:tagliatelle // named as its neighbours, and left out where nobody cares so that their digests stay
}

// Requirement is one unpaid-work requirement of a court order. Minutes are signed as data.md settles: remaining =
// required + adjustment - completed.
type Requirement struct {
	Event      int32
	Order      OrderType
	Status     Status
	Sentenced  Date
	Inducted   Date // zero: not yet
	Target     Date // the target date, extension included
	HardEnd    Date // zero: none
	Required   int32
	Completed  int32 // ETE included
	Adjustment int32
	ETEDone    int32
	// Promised is the minutes of published appointments that lie outside the week and have no outcome yet; set by
	// freezing.
	Promised int32
	// PromisedETE is how many of them are at education, training and employment; set by freezing.
	PromisedETE int32
}

// Remaining gives the minutes still to be worked after what is published elsewhere, never negative.
func (r *Requirement) Remaining() int32 {
	return max(0, r.Required+r.Adjustment-r.Completed-r.Promised)
}

// Requirement gives the requirement with that event number, or nil.
func (p *Person) Requirement(event int32) *Requirement {
	for i := range p.Requirements {
		if p.Requirements[i].Event == event {
			return &p.Requirements[i]
		}
	}
	return nil
}

// Current gives the requirement that the week's minutes go to: of those that are active, have minutes left and have not
// ended before the week, the one with the earliest target (then the lowest event number); nil if there is none. A person
// works one requirement a week; the next begins in the week after the first is done.
func (p *Person) Current(w Week) *Requirement {
	var best *Requirement
	for i := range p.Requirements {
		r := &p.Requirements[i]
		if r.Status != Active || r.Remaining() == 0 || r.HardEnd != 0 && r.HardEnd < w.Monday() || r.Sentenced > w.Monday()+6 {
			continue
		}
		if best == nil || r.Target < best.Target {
			best = r
		}
	}
	return best
}

// Needs reports how many places and seats a person takes: two with a support worker.
func (p *Person) Needs() int32 {
	if p.Health.Has(SupportWorker) {
		return 2
	}
	return 1
}

// NeedsTrainedSupervisor reports whether every supervisor of the person's session must be trained for high risk
// (data.md, settled reading 7).
func (p *Person) NeedsTrainedSupervisor() bool {
	return p.Risk >= HighRisk || p.Flags.Has(RestrictedPlacement)
}

// PlacedByHand reports whether only a person, never the solver, may place them: very high risk, or sex recorded as other.
func (p *Person) PlacedByHand() bool { return p.Risk == VeryHighRisk || p.Sex == SexOther }

// At gives the person's home as the end of a journey.
func (p *Person) At() geo.Place { return geo.Place{Code: string(p.CRN), At: p.Home} }
