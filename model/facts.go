package model

import (
	"cmp"

	"github.com/communitypayback/payback/model/geo"
)

// Facts is everything a region's files say, typed and checked but not yet tied to a week. Slices are sorted by the order
// given beside them, so equal files in any row order give equal facts.
type Facts struct {
	Region string

	Teams       []Team        // by code
	People      []Person      // by CRN; Attendance, WeeksWaiting, Promised and Free are not set yet
	Names       []Name        // by CRN
	Doubtful    []Doubt       // by CRN, then kind
	Spells      []Spell       // by CRN, then as written
	KeepApart   []Pair        // by A, then B
	Zones       []Zone        // by CRN, then as written
	Projects    []Project     // by code
	Slots       []Slot        // by project, weekday, start, start date
	Supervisors []Supervisor  // by code; Available is not set yet
	Shifts      []Shift       // by supervisor, then as written
	Minibuses   []Minibus     // by registration
	Stops       []Stop        // by code
	Holidays    []Holiday     // by date
	Outlooks    []Outlook     // by area and date
	Legs        []geo.Leg     // as geo.NewMatrix sorts them
	Standing    []Standing    // by CRN, then project, weekday, start
	History     []Appointment // by session, CRN, event; every row of appointments.csv
	Held        []Held        // by session; every row of sessions.csv
	Kit         []Kit         // by team and kind
	Contacts    []Contact     // by CRN
	Reviews     []Review      // by CRN, event, kind
	Waivers     []Waiver      // by rule and subject
	Costs       []Cost        // by lever
}

// Name is what only names need: it never enters a snapshot.
type Name struct {
	CRN         CRN
	Surname     string
	Forename    string
	DateOfBirth Date
	Postcode    string
}

// Doubt is a person whom a row could not be read that protects them or others. They are given no place until it is mended.
type Doubt struct {
	CRN  CRN
	Kind string // of file: availability, exclusion_areas or keep_apart
}

// Compare orders doubts by person and kind.
func (d Doubt) Compare(o Doubt) int {
	return cmp.Or(cmp.Compare(d.CRN, o.CRN), cmp.Compare(d.Kind, o.Kind))
}

// When is the days a row of standing times applies to: a weekday or one date, within optional dates.
type When struct {
	Weekday    int8 // 0 Sunday .. 6 Saturday, as time.Weekday; -1: On is given instead
	On         Date
	From, To   Date // zero: unlimited
	Start, End Clock
}

// Applies reports whether the row is in force on a day.
func (w When) Applies(d Date) bool {
	if w.From != 0 && d < w.From || w.To != 0 && d > w.To {
		return false
	}
	if w.Weekday < 0 {
		return d == w.On
	}
	return int8(d.Weekday()) == w.Weekday
}

// Spell is a row of availability.csv: time a person is free, or busy and why.
type Spell struct {
	CRN    CRN
	Free   bool
	When   When
	Reason string // work, study, caring, curfew, faith, appointment, other; may be empty
}

// Pair is two people who must not meet; A sorts before B.
type Pair struct{ A, B CRN }

// Zone is a row of exclusion_areas.csv: where a person may not be, and when.
type Zone struct {
	CRN     CRN
	Centre  geo.Point
	Metres  int32
	Project ProjectCode // given instead of a centre
	From    Date
	To      Date
	Days    uint8 // bit i: time.Weekday i; 0: every day
	Start   Clock
	End     Clock // Start == End: all day
}

// Slot is a row of project_availability.csv: a standing time at which a project can run.
type Slot struct {
	Project   ProjectCode
	Weekday   int8
	Start     Clock
	End       Clock
	Frequency Frequency
	StartDate Date
	EndDate   Date // zero: no end
}

// Runs reports whether the slot comes round on a day. A fortnightly slot counts from the ISO week of its start date; a
// slot that runs once does so on the first such weekday on or after it.
func (s Slot) Runs(d Date) bool {
	if int8(d.Weekday()) != s.Weekday || d < s.StartDate || s.EndDate != 0 && d > s.EndDate {
		return false
	}
	switch s.Frequency {
	case Fortnightly:
		return (WeekOf(d).Monday()-WeekOf(s.StartDate).Monday())/7%2 == 0
	case Once:
		return d < s.StartDate+7
	default:
		return true
	}
}

// Shift is a row of supervisor_availability.csv: working time, or leave.
type Shift struct {
	Supervisor SupervisorCode
	Leave      bool
	When       When
}

// Holiday is a day on which no project runs.
type Holiday struct {
	Date Date
	Name string
}

// Outlook is the chance of rain in a weather area on a day.
type Outlook struct {
	WeatherArea  string
	Date         Date
	RainPermille int32
	IssuedAt     string // as written
	Source       string
}

// Standing is a row of allocations.csv: the standing weekly slot of a person.
type Standing struct {
	CRN       CRN
	Event     int32 // 0: not given
	Project   ProjectCode
	Weekday   int8
	Start     Clock
	End       Clock
	Frequency Frequency
	StartDate Date
	EndDate   Date
	PickUp    StopCode
}

// Held is a row of sessions.csv: what was planned or held, without its people.
type Held struct {
	Session     SessionKey
	End         Clock
	Supervisors []SupervisorCode // those who drive come first, in the order of Minibuses
	Minibuses   []Registration
	Host        ProjectCode
	Breaks      [][2]Clock
	Stops       []HeldStop
}

// HeldStop is a CODE@08:10 of sessions.csv.
type HeldStop struct {
	Stop StopCode
	At   Clock
}

// Kit is how much of one kind of kit a team has.
type Kit struct {
	Team     TeamCode
	Kind     string
	Quantity int32
}

// Contact is whom to ring; it is printed on one page and enters no snapshot.
type Contact struct {
	CRN                 CRN
	Name, Phone, Advice string
}

// Review is a standing review that was held.
type Review struct {
	CRN    CRN
	Event  int32
	Kind   string
	DoneOn Date
}

// Waiver is a recorded decision not to count one rule against one subject. It only works for rules that the policy
// marks waivable.
type Waiver struct {
	Rule    string
	Subject string
	Session string
	Who     string
	Why     string
	Until   Date
}

// Cost is what one unit of a lever of the what-if costs.
type Cost struct {
	Lever    string
	UnitCost string // decimal, as written
}
