package model

import "github.com/communitypayback/payback/model/geo"

// Team is a delivery team. Region, area and weather area are how decisions are grouped, reported and supplied with
// forecasts.
type Team struct {
	Code        TeamCode
	Name        string
	Area        string
	Region      string
	WeatherArea string

	// UsualWay is the minutes that half of the people of its area need at most to the nearest project of the area; set by
	// freezing.
	UsualWay int32
}

// Project is a place and beneficiary where people work. Its standing times are [Slot]s.
type Project struct {
	Code           ProjectCode
	Name           string
	Kind           Kind
	TypeCode       string // as written in the file
	Team           TeamCode
	Beneficiary    string
	Site           geo.Point
	Exposure       Exposure
	Places         int32
	MinimumGroup   int32 // 0: the policy's
	Ceiling        Level
	Excluded       Flags
	WomenOnly      bool
	Demand         Demand
	PowerTools     bool
	StepFree       bool
	Wheelchair     bool
	QuietPlace     bool
	WetPlaces      int32
	WeatherArea    string // empty: the team's
	Transport      Transport
	AgreementUntil Date // zero: no end recorded
	AssessedUntil  Date // risk assessment; zero: no end recorded
	StartDate      Date
	EndDate        Date
	HiVis          bool
}

// At gives the site as the end of a journey.
func (p *Project) At() geo.Place { return geo.Place{Code: string(p.Code), At: p.Site} }

// Supervised reports whether the project's sessions need a supervisor of ours.
func (p *Project) Supervised() bool { return p.Kind == Group }

// Unsupervised reports whether people work there on their own: individual placements and ETE.
func (p *Project) Unsupervised() bool { return p.Kind == Individual || p.Kind == ETE }

// Supervisor leads group sessions and may drive a minibus.
type Supervisor struct {
	Code         SupervisorCode
	Team         TeamCode
	Sex          Sex
	Grade        Grade
	Licence      Licence
	LicenceUntil Date // zero: no end recorded
	Training     Training
	TrainedUntil Date // zero: no end recorded
	WeekMinutes  int32
	Languages    []string
	Home         geo.Point // may be unknown

	// Available is the working time, leave taken away, as a union of spans that covers the week; set by freezing.
	Available []Span
}

// At gives the supervisor's home as the end of a journey.
func (s *Supervisor) At() geo.Place { return geo.Place{Code: string(s.Code), At: s.Home} }

// TrainedOn gives the trainings in date on a day.
func (s *Supervisor) TrainedOn(d Date) Training {
	if s.TrainedUntil != 0 && s.TrainedUntil < d {
		return 0
	}
	return s.Training
}

// LicenceOn gives the licence in date on a day.
func (s *Supervisor) LicenceOn(d Date) Licence {
	if s.LicenceUntil != 0 && s.LicenceUntil < d {
		return NoLicence
	}
	return s.Licence
}

// Minibus carries people from pick-up stops to a site and back.
type Minibus struct {
	Registration     Registration
	Team             TeamCode
	Seats            int32 // passenger seats, the driver's not counted
	WheelchairPlaces int32
	Depot            geo.Point
	InspectedUntil   Date // zero: no end recorded
	OffRoadFrom      Date // zero: on the road
	OffRoadTo        Date // last day off the road; zero with OffRoadFrom: until further notice
}

// At gives the depot as the end of a journey.
func (m *Minibus) At() geo.Place { return geo.Place{Code: string(m.Registration), At: m.Depot} }

// OnRoad reports whether the vehicle may be used on a day.
func (m *Minibus) OnRoad(d Date) bool {
	if m.InspectedUntil != 0 && m.InspectedUntil < d {
		return false
	}
	return m.OffRoadFrom == 0 && m.OffRoadTo == 0 || m.OffRoadFrom > d || m.OffRoadTo != 0 && m.OffRoadTo < d
}

// NeedsD1 reports whether driving it takes a D1 licence: 9 to 16 passenger seats.
func (m *Minibus) NeedsD1() bool { return m.Seats > 8 }

// Stop is a pick-up location.
type Stop struct {
	Code        StopCode
	Description string
	At          geo.Point
	Team        TeamCode // may be empty
}

// Place gives the stop as the end of a journey.
func (s *Stop) Place() geo.Place { return geo.Place{Code: string(s.Code), At: s.At} }

// Session is one project on one date in one slot: what may be opened in a week.
type Session struct {
	Key  SessionKey
	End  Clock
	Span Span
	Area string // of the project's team
	Bar  Bar    // why it cannot be opened, if it cannot
}

// Minutes gives the true length.
func (s *Session) Minutes() int32 { return s.Span.Minutes() }

// Bar says why a session that stands in the project's times cannot be opened. Barred sessions stay in the snapshot, so
// that the reason can be told.
type Bar uint8

// The bars.
const (
	Open Bar = iota
	NotListed
	NonWorkingDay
	OutsideProjectDates
	AgreementEnded
	AssessmentEnded
	Closed // by an edit: somebody closed it for this week
)

// String says the bar in words that fit after "because".
func (b Bar) String() string {
	return [...]string{
		"it is open", "the project has no such slot", "it is a non-working day", "the project is not running on that date",
		"the agreement with the beneficiary has ended", "the project's risk assessment is out of date", "it has been closed", "?",
	}[min(b, Closed+1)]
}
