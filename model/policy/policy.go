// Package policy holds the written rules: every value with the clause it comes from, its source, how sure we are of it and
// since when it is in force.
//
// A profile is a file of clauses. [Profile.On] picks the values in force on a date and gives a [Book], whose typed fields
// are what the program reads. A region edits its own copy of a profile; no value is written anywhere else.
package policy

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"time"
)

// ClauseID names a clause: a rule ("travel-limit") or a value of one ("travel-limit.minutes").
type ClauseID string

// Mark says how a value is known.
type Mark string

// The marks.
const (
	Stated  Mark = "S" // in a published source
	Derived Mark = "D" // from sourced figures
	Assumed Mark = "A" // to be confirmed by a region
)

// Clause is one written rule or value and where it comes from.
type Clause struct {
	ID       ClauseID `json:"id"`
	Text     string   `json:"text"`
	Source   string   `json:"source"`
	Mark     Mark     `json:"mark"`
	Unit     string   `json:"unit"`
	Waivable bool     `json:"waivable,omitempty"`
	Values   []Dated  `json:"values"` // by From
}

// Dated is a value and the first day it is in force.
type Dated struct {
	From  string `json:"from"` // 2026-04-03
	Value int64  `json:"value"`
}

// Profile is a dated file of values and switched rules for one jurisdiction.
//
// A profile may stand on another: what it does not say is then as the other says it, so that what it says is what differs.
type Profile struct {
	Name    string   `json:"profile"`
	Base    string   `json:"base,omitempty"` // an embedded profile; empty: it says everything itself
	Title   string   `json:"title"`
	Zone    string   `json:"zone"` // IANA time zone of its wall clocks
	Clauses []Clause `json:"clauses"`
}

// Book is a profile on one day. Fields are grouped by the rule that reads them; each names its clause.
type Book struct {
	Profile string
	Zone    string
	On      string // the day, 2026-11-30
	Off     []ClauseID
	Waive   []ClauseID // rules that may be waived

	FridayBeforeMinutes int32 `clause:"availability.friday-before"`
	FridayAfterMinutes  int32 `clause:"availability.friday-after"`

	ShortDayMinutes      int32 `clause:"availability.short-day"`
	ShortDayLeastMinutes int32 `clause:"availability.short-day-least"`

	SessionsADay   int32 `clause:"one-place.sessions-a-day"`
	WeekMaxMinutes int32 `clause:"weekly-hours.maximum"`
	StopGapMinutes int32 `clause:"keep-apart.stop-gap"`
	WomenMinimum   int32 `clause:"not-the-only-woman.minimum"`

	OrderShortest    int32 `clause:"order.shortest"`
	OrderLongest     int32 `clause:"order.longest"`
	OrderMonths      int32 `clause:"order.months"`
	OrderSmall       int32 `clause:"order.small"`
	OrderSmallMonths int32 `clause:"order.small-months"`
	OrderByCourt     int32 `clause:"order.by-court"`

	WorkFromMinutes  int32 `clause:"availability.work-from"`
	WorkUntilMinutes int32 `clause:"availability.work-until"`

	ETESharePercent int32 `clause:"ete-limit.share"`

	RestMinutes     int32 `clause:"supervisor-duty.rest"`
	BoardingMinutes int32 `clause:"minibus.boarding"`

	PeoplePerSupervisor int32 `clause:"places.ratio"`
	HighRiskWeight      int32 `clause:"places.high-risk-weight"`
	OverfullPermille    int32 `clause:"places.chance"`
	BookedPercent       int32 `clause:"places.booked"`
	SeatlessPermille    int32 `clause:"riders.chance"`
	StressPermille      int32 `clause:"places.stress"`
	LoneWomanPrice      int64 `clause:"lone-woman.price"`
	LoneWomanPermille   int32 `clause:"lone-woman-limit.chance"`
	GroupMinimum        int32 `clause:"group-minimum.people"`
	WetRequiredPermille int32 `clause:"wet-plan.required-from"`
	ForecastOldHours    int32 `clause:"wet-plan.forecast-age"`
	ForecastReachDays   int32 `clause:"wet-plan.forecast-reach"`
	TravelMaxMinutes    int32 `clause:"travel-limit.minutes"`
	RemoteMaxMinutes    int32 `clause:"travel-limit.remote-minutes"`
	WalkDetourPercent   int32 `clause:"travel-limit.walk-detour"`
	RoadDetourPercent   int32 `clause:"travel-limit.road-detour"`
	WalkMetresAnHour    int32 `clause:"travel-limit.walk-speed"`
	BusMetresAnHour     int32 `clause:"travel-limit.bus-speed"`
	CarMetresAnHour     int32 `clause:"travel-limit.car-speed"`
	FreezeCutoffMinutes int32 `clause:"keep-fixed.cutoff"`

	PrayerMethod         int32 `clause:"prayer-breaks.method"`
	PrayerFajrTenths     int32 `clause:"prayer-breaks.fajr-angle"`
	PrayerIshaTenths     int32 `clause:"prayer-breaks.isha-angle"`
	PrayerIshaMinutes    int32 `clause:"prayer-breaks.isha-minutes"`
	PrayerAsr            int32 `clause:"prayer-breaks.asr"`
	PrayerHighLatitude   int32 `clause:"prayer-breaks.high-latitude"`
	PrayerOutsideMinutes int32 `clause:"prayer-breaks.outside"`
	PrayerOverlapMinutes int32 `clause:"prayer-breaks.overlap"`
	PrayerMarginMinutes  int32 `clause:"prayer-breaks.margin"`
	BreakShortMinutes    int32 `clause:"prayer-breaks.short"`
	BreakLunchMinutes    int32 `clause:"prayer-breaks.lunch"`
	BreakLunchShift      int32 `clause:"prayer-breaks.lunch-shift"`
	BreakWorkMinutes     int32 `clause:"prayer-breaks.work"`

	WorthDayMinutes      int64 `clause:"urgency.day"`
	WorthAttendanceFloor int64 `clause:"urgency.attendance-floor"`
	WorthPaceFloor       int64 `clause:"urgency.pace-floor"`
	WorthBase            int64 `clause:"urgency.base"`
	WorthPressureMax     int64 `clause:"urgency.pressure-max"`
	WorthHardEnd         int64 `clause:"urgency.hard-end"`
	WorthHardEndWeeks    int64 `clause:"urgency.hard-end-weeks"`
	WorthWaitingWeek     int64 `clause:"urgency.waiting-week"`
	WorthWaitingFree     int64 `clause:"urgency.waiting-free"`
	WorthWaitingMax      int64 `clause:"urgency.waiting-max"`
	WorthBeyond          int64 `clause:"urgency.beyond"`
	WorthLatePace        int64 `clause:"urgency.late-pace"`
	AttendancePrior      int32 `clause:"urgency.attendance-prior"`
	AttendanceWeight     int32 `clause:"urgency.attendance-weight"`

	AttendanceLeast        int32 `clause:"attendance.least"`
	AttendanceMost         int32 `clause:"attendance.most"`
	AttendanceRegionWeight int32 `clause:"attendance.region-weight"`
	AttendanceEffectWeight int32 `clause:"attendance.effect-weight"`
	AttendanceIndividual   int32 `clause:"attendance.individual"`
	AttendanceETE          int32 `clause:"attendance.ete"`
	AttendanceInduction    int32 `clause:"attendance.induction"`
	AttendanceFirst        int32 `clause:"attendance.first"`
	AttendanceMonday       int32 `clause:"attendance.monday"`
	AttendanceWinter       int32 `clause:"attendance.winter"`
	AttendanceWinterFrom   int32 `clause:"attendance.winter-from"`
	AttendanceWinterTo     int32 `clause:"attendance.winter-to"`
	AttendanceFar          int32 `clause:"attendance.far"`
	AttendanceFarMinutes   int32 `clause:"attendance.far-minutes"`

	AttendanceGroupTolerance int32 `clause:"attendance.group-tolerance"`

	ChangeShortPrice   int64 `clause:"change.short"`
	ChangeLongPrice    int64 `clause:"change.long"`
	ChangeAddedPrice   int64 `clause:"change.added"`
	ChangeShortMinutes int32 `clause:"change.short-minutes"`

	TravelMinutePrice     int64 `clause:"travel.minute"`
	SupervisorMinutePrice int64 `clause:"travel.supervisor-minute"`
	KilometrePrice        int64 `clause:"travel.kilometre"`
	KilometreCO2eGrams    int64 `clause:"travel.co2e"`

	SessionPrice int64 `clause:"opening.session"`
	DutyPrice    int64 `clause:"opening.supervisor"`
	TripPrice    int64 `clause:"opening.minibus"`
	RainPrice    int64 `clause:"rain.session"`

	ForecastOfferWeeks   int32 `clause:"forecast.offer-weeks"`
	ForecastOfferWeight  int32 `clause:"forecast.offer-weight"`
	ReviewFirstMonths    int32 `clause:"forecast.review-first"`
	ReviewSecondMonths   int32 `clause:"forecast.review-second"`
	ReviewNoticeDays     int32 `clause:"forecast.review-notice"`
	InductionWorkingDays int32 `clause:"forecast.induction"`
	FirstSessionDays     int32 `clause:"forecast.first-session"`
	OnTrackPermille      int32 `clause:"forecast.on-track"`
	UnlikelyPermille     int32 `clause:"forecast.unlikely"`
	ExtensionNoticeDays  int32 `clause:"forecast.extension-notice"`
	BreachAbsences       int32 `clause:"forecast.breach-absences"`
	BreachMonths         int32 `clause:"forecast.breach-months"`
	BreachEvidenceDays   int32 `clause:"forecast.evidence"`

	NoWomanSupervisesPrice int64 `clause:"female-supervisor.session"`

	StandingWorth          int64 `clause:"continuity.standing"`
	OtherProjectPrice      int64 `clause:"continuity.project"`
	OtherWeekdayPrice      int64 `clause:"continuity.weekday"`
	OtherSupervisorPrice   int64 `clause:"continuity.supervisor"`
	OtherLeaderPrice       int64 `clause:"continuity.leader"`
	WeekendDutyPrice       int64 `clause:"weekends.duty"`
	SecondWeekendDutyPrice int64 `clause:"weekends.second"`
	WeekendAgainPrice      int64 `clause:"weekends.again"`
	CoordinatorDutyPrice   int64 `clause:"coordinators.duty"`

	FirstSessionWorth int64 `clause:"first-session.worth"`
	FirstInTimeWorth  int64 `clause:"first-session.in-time"`

	MixHighRisk       int32 `clause:"mix.high-risk"`
	MixHighRiskPrice  int64 `clause:"mix.high-risk-price"`
	MixNew            int32 `clause:"mix.new"`
	MixNewPrice       int64 `clause:"mix.new-price"`
	MixYoung          int32 `clause:"mix.young"`
	MixYoungPrice     int64 `clause:"mix.young-price"`
	YoungYears        int32 `clause:"mix.young-years"`
	ExperiencedFrom   int32 `clause:"mix.experienced-from"`
	NoExperiencePrice int64 `clause:"mix.experienced-price"`

	PeopleToTell int32 `clause:"change-budget.people"`

	FairFirstPercent  int32 `clause:"fairness.first-share"`
	FairFirstWorth    int64 `clause:"fairness.first-worth"`
	FairSecondPercent int32 `clause:"fairness.second-share"`
	FairSecondWorth   int64 `clause:"fairness.second-worth"`
	FairWayMinute     int64 `clause:"fairness.way-minute"`

	ReservePermille int32 `clause:"reserve.share"`
	ReservePrice    int64 `clause:"reserve.duty"`

	LikedDayWorth       int64 `clause:"preferences.day"`
	LikedWorkWorth      int64 `clause:"preferences.work"`
	LanguageWorth       int64 `clause:"preferences.language"`
	NeurodiversityWorth int64 `clause:"preferences.neurodiversity"`
}

//go:embed *.json
var profiles embed.FS

// Default is the profile used where none is named.
const Default = "england-wales"

// Load reads an embedded profile by name.
func Load(name string) (*Profile, error) {
	raw, err := profiles.ReadFile(name + ".json")
	if err != nil {
		return nil, fmt.Errorf("found policy profile %q; expected one of %s", name, strings.Join(Names(), ", "))
	}
	return Parse(raw)
}

// Names lists the embedded profiles.
func Names() []string {
	entries, err := profiles.ReadDir(".")
	if err != nil {
		panic(err) // the embedded folder is always there
	}
	var names []string
	for _, e := range entries {
		names = append(names, strings.TrimSuffix(e.Name(), ".json"))
	}
	return names
}

// Parse reads a profile and checks that it is complete: known fields only, every clause sourced and dated, every value
// of a [Book] given.
func Parse(raw []byte) (*Profile, error) {
	var p Profile
	d := json.NewDecoder(strings.NewReader(string(raw)))
	d.DisallowUnknownFields()
	if err := d.Decode(&p); err != nil {
		return nil, fmt.Errorf("read policy profile: %w", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("read policy profile: found more after its end; expected one profile a file")
	}
	if p.Name == "" || p.Title == "" || p.Zone == "" {
		return nil, fmt.Errorf("policy profile %q lacks its name, title or zone", p.Name)
	}
	if err := p.standOn(); err != nil {
		return nil, err
	}
	seen := map[ClauseID]bool{}
	for _, c := range p.Clauses {
		switch {
		case seen[c.ID]:
			return nil, fmt.Errorf("clause %s is given twice; keep one, with several dated values if it changed", c.ID)
		case c.ID == "" || c.Text == "" || c.Source == "" || c.Unit == "":
			return nil, fmt.Errorf("clause %q lacks its id, text, unit or source; every clause says where it comes from", c.ID)
		case c.Mark != Stated && c.Mark != Derived && c.Mark != Assumed:
			return nil, fmt.Errorf("clause %s has mark %q; expected S, D or A", c.ID, c.Mark)
		case len(c.Values) == 0:
			return nil, fmt.Errorf("clause %s has no value", c.ID)
		}
		seen[c.ID] = true
		for i, v := range c.Values {
			if _, err := time.Parse(time.DateOnly, v.From); err != nil {
				return nil, fmt.Errorf("clause %s: found date %q; expected a date such as 2026-04-03", c.ID, v.From)
			}
			if err := c.admits(v.Value); err != nil {
				return nil, err
			}
			if i > 0 && c.Values[i-1].From >= v.From {
				return nil, fmt.Errorf("clause %s: the values from %s and %s are out of order", c.ID, c.Values[i-1].From, v.From)
			}
		}
	}
	for _, read := range []reflect.Type{reflect.TypeFor[Book](), reflect.TypeFor[Night]()} {
		for _, f := range reflect.VisibleFields(read) {
			if id := ClauseID(f.Tag.Get("clause")); id != "" && !seen[id] {
				return nil, fmt.Errorf("clause %s is missing; copy it from the %s profile and set its value", id, Default)
			}
		}
	}
	return &p, nil
}

// Clause gives the clause with that id.
func (p *Profile) Clause(id ClauseID) (Clause, bool) {
	i := slices.IndexFunc(p.Clauses, func(c Clause) bool { return c.ID == id })
	if i < 0 {
		return Clause{}, false
	}
	return p.Clauses[i], true
}

// On gives the values in force on a day, written 2026-11-30.
func (p *Profile) On(day string) *Book {
	b := &Book{Profile: p.Name, Zone: p.Zone, On: day}
	p.fill(reflect.ValueOf(b).Elem(), day)
	for _, c := range p.Clauses {
		if c.Unit == "on" && c.ValueOn(day).Value == 0 {
			b.Off = append(b.Off, c.ID)
		}
		if c.Waivable {
			b.Waive = append(b.Waive, c.ID)
		}
	}
	return b
}

// fill sets the fields of a struct that name a clause to the values in force on a day.
func (p *Profile) fill(v reflect.Value, day string) {
	for _, f := range reflect.VisibleFields(v.Type()) {
		if id := ClauseID(f.Tag.Get("clause")); id != "" {
			c, _ := p.Clause(id)
			v.FieldByIndex(f.Index).SetInt(c.ValueOn(day).Value)
		}
	}
}

// Applies reports whether a rule is switched on.
func (b *Book) Applies(rule ClauseID) bool { return !slices.Contains(b.Off, rule) }
