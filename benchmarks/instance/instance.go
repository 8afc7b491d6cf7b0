package instance

import (
	"fmt"
	"strings"

	"github.com/communitypayback/payback/model"
)

// Spec says which made-up region to make.
type Spec struct {
	People  int    // 1 to model.MaxPeople
	Seed    uint64 // another seed, another region
	Profile string // one of Profiles; empty: normal
	Week    model.Week
}

// ProfileDoc is the name of a profile and a sentence about it.
type ProfileDoc struct{ Name, Text string }

// Profiles lists what can be asked for, the normal one first.
func Profiles() []ProfileDoc {
	return []ProfileDoc{
		{Normal, "An average region of England and Wales."},
		{Rural, "Everybody lives far out, 18 km from a site in the middle of the range; few pick-up stops, more cars."},
		{WomenScarce, "One person in twenty is a woman, so that mixed groups are hard to make."},
		{WetWeek, "Rain is likely on every day of the week."},
		{Stressed, "Three in ten are past their target date, and three supervisors in ten are missing."},
	}
}

// The names of the profiles.
const (
	Normal      = "normal"
	Rural       = "rural"
	WomenScarce = "women-scarce"
	WetWeek     = "wet-week"
	Stressed    = "stressed"
)

// Region is the name of every made-up region.
const Region = "Middle Vale"

// Make gives the facts of a made-up region as they stand on the evening before the week begins: equal specs give equal
// facts on any machine. Every person, name and place is invented. An unknown profile, a week that does not exist or a
// number of people out of range gives a [model.Error].
func Make(s Spec) (*model.Facts, error) {
	m, err := made(s)
	if err != nil {
		return nil, err
	}
	return m.facts, nil
}

// made is Make that gives all that was drawn.
func made(s Spec) (*maker, error) {
	if s.Profile == "" {
		s.Profile = Normal
	}
	var names []string
	known := false
	for _, p := range Profiles() {
		names = append(names, p.Name)
		known = known || p.Name == s.Profile
	}
	switch {
	case !known:
		return nil, model.Errorf(model.CodeUsage, "found profile %q; expected one of %s", s.Profile, strings.Join(names, ", "))
	case s.People < 1 || s.People > model.MaxPeople:
		return nil, model.Errorf(model.CodeUsage, "found %d people; expected 1 to %d", s.People, model.MaxPeople)
	case model.WeekOf(s.Week.Monday()) != s.Week || s.Week.Year < 1980 || s.Week.Year > 2150:
		return nil, model.Errorf(model.CodeUsage, "found week %v; expected an ISO week between 1980 and 2150, such as 2026-W49", s.Week)
	}
	m := &maker{Spec: s, monday: s.Week.Monday(), facts: &model.Facts{Region: Region}, calendar: london(s.Week.Year)}
	m.makeLand()
	m.makeProjects()
	m.makeCrew()
	m.makeWetPlaces()
	m.makePeople()
	m.makeTies()
	m.makeHistory()
	m.makeWeather()
	m.facts.Holidays = holidays(s.Week.Year-1, s.Week.Year, s.Week.Year+1)
	order(m.facts)
	return m, nil
}

// maker holds a region while it is made.
type maker struct {
	Spec
	monday   model.Date
	calendar model.Calendar
	facts    *model.Facts
	units    []unit
	folk     []someone
	carers   dice
}

// unit is a delivery unit: one team and area.
type unit struct {
	team      model.TeamCode
	name      string
	weight    int     // of its share of the people, among all units
	people    int     // about how many live there
	towns     [3]spot // the first is the main town
	sites     []site
	crew      []int // indices of supervisors
	muslim    int   // permille
	folk      []int // indices of people
	wetNeeded [7]int
}

// site is a project while the region is made.
type site struct {
	project int // index
	at      spot
	slots   []model.Slot
}

func (m *maker) is(profile string) bool { return m.Profile == profile }

// makeLand lays out the units, their towns and their pick-up stops.
func (m *maker) makeLand() {
	d := newDice(m.Seed, streamLand)
	n := max(1, (m.People+unitPeople/2)/unitPeople)
	m.units = make([]unit, n)
	middles := centres(d, n)
	start := d.IntN(len(townFirst) * len(townLast))
	total := 0
	for i := range m.units {
		u := &m.units[i]
		u.team = model.TeamCode(fmt.Sprintf("N%03d", i+1))
		u.name = townName((start + i) % (len(townFirst) * len(townLast)))
		u.weight = d.between(80, 120)
		total += u.weight
		u.muslim = muslimUnits[i%len(muslimUnits)]
		u.towns = [3]spot{middles[i], d.away(middles[i], d.between(6000, 9000)), d.away(middles[i], d.between(6000, 9000))}
		m.facts.Teams = append(m.facts.Teams, model.Team{
			Code: u.team, Name: u.name + " unit", Area: u.name, Region: Region, WeatherArea: fmt.Sprintf("W%02d", i/2+1),
		})
	}
	for i := range m.units {
		u := &m.units[i]
		u.people = max(1, m.People*u.weight/total)
		m.makeStops(d, u, i)
	}
}

// makeStops puts stops into the towns, the first one in the middle of the main town.
func (m *maker) makeStops(d dice, u *unit, number int) {
	n := min(d.between(6, 10), max(3, u.people/40))
	if m.is(Rural) {
		n = 3
	}
	for i := range n {
		at := u.towns[0]
		if i > 0 {
			at = d.away(u.towns[i%len(u.towns)], d.between(300, 3500))
		}
		m.facts.Stops = append(m.facts.Stops, model.Stop{
			Code:        model.StopCode(fmt.Sprintf("S%03d%02d", number+1, i+1)),
			Description: u.name + " " + pick(d, stopWords),
			At:          at.point(), Team: u.team,
		})
	}
}

var stopWords = []string{"market place", "bus station", "library", "railway station", "town hall", "leisure centre", "hospital", "park gate"}
