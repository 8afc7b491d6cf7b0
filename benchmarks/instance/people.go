package instance

import (
	"fmt"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
)

// someone is a person while the region is made.
type someone struct {
	model.Person
	unit   int
	home   spot
	anchor int        // index of the usual site among the unit's
	attend int        // permille, before what a session adds or takes
	worker bool       // full-time work or study on weekdays
	metres int        // from home to the usual site
	budget int        // completed minutes not yet told by a row of history
	last   model.Date // of the latest row of history
	starts bool       // comes for the first time in these weeks, if at all
	known  bool       // has an outcome
}

// makePeople draws everybody, with their names, orders and free time.
func (m *maker) makePeople() {
	d := newDice(m.Seed, streamPeople)
	m.carers = newDice(m.Seed, streamCaring)
	total := 0
	for i := range m.units {
		total += m.units[i].weight
	}
	m.folk = make([]someone, m.People)
	start := d.IntN(1000000)
	for i := range m.folk {
		at := i % len(m.units) // everybody has a team however few they are; the rest go by weight
		if i >= len(m.units) {
			w := d.IntN(total)
			for at = 0; w >= m.units[at].weight; at++ {
				w -= m.units[at].weight
			}
		}
		s := &m.folk[i]
		s.unit = at
		const stride = 612371 // prime to a million: no number comes twice
		number := (start + i*stride) % 1000000
		s.CRN = model.CRN(fmt.Sprintf("%c%06d", "XDEGJ"[number%5], number))
		m.units[at].folk = append(m.units[at].folk, i)
		m.drawPerson(d, s)
		m.drawHome(d, s)
		m.drawRequirements(d, s)
		m.drawSpells(d, s)
		m.addName(d, s)
	}
}

func (m *maker) drawPerson(d dice, s *someone) {
	u := &m.units[s.unit]
	s.Team = u.team
	female := women
	if m.is(WomenScarce) {
		female = womenScarce
	}
	switch x := d.IntN(1000); {
	case x < female:
		s.Sex = model.Female
	case x < female+sexOther:
		s.Sex = model.SexOther
	default:
		s.Sex = model.Male
	}
	if s.Sex == model.Female && d.chance(250) {
		s.Preference = model.FemaleOnlyGroup
	} else if d.chance(20) {
		s.Preference = model.IndividualOnly
	}
	s.Risk = model.Level(d.of(levelShares))
	if s.Risk == model.HighRisk && d.chance(850) || s.Risk == model.VeryHighRisk && d.chance(300) {
		s.ApprovedBy, s.ApprovedOn = d.officer(), m.monday-model.Date(d.between(5, 200))
	}
	for _, f := range flagShares {
		if d.chance(f.share) {
			s.Flags |= f.flag
		}
	}
	if s.Sex == model.Female && d.chance(40) {
		s.Flags |= model.NoMaleSupervisor
	} else if s.Sex == model.Male && d.chance(10) {
		s.Flags |= model.NoFemaleSupervisor
	}
	for _, h := range healthShares {
		if d.chance(h.share) {
			s.Health |= h.need
		}
	}
	if s.Sex == model.Female && d.chance(20) {
		s.Health |= model.Pregnancy
	}
	if d.chance(u.muslim) && d.chance(asksForPrayer) {
		s.Prayer = model.DailyPrayer
		if d.chance(askFriday) {
			s.Prayer = model.DailyAndFridayPrayer
		}
	}
	if d.chance(80) {
		s.Languages = []string{pick(d, languages)}
	}
	if d.chance(100) {
		s.Likes = []string{pick(d, likes)}
	}
	s.Restricted = d.chance(20)
	if d.chance(100) {
		s.MaxTravelMinutes = int32(pick(d, []int{45, 60, 60, 75}))
	}
	if d.chance(150) {
		s.MaxWeekMinutes = int32(pick(d, []int{420, 840, 840, 1260}))
	}
	s.attend = int(drawAttendance(d))
}

// drawAttendance draws how likely somebody comes, in permille, before what a session adds or takes.
func drawAttendance(d dice) int32 {
	return int32(min(attendanceCap, max(attendanceFloor, d.from(&attendance)/10)))
}

// drawHome puts a home at a drawn distance from the person's usual site, which is any of the unit's where people work.
func (m *maker) drawHome(d dice, s *someone) {
	u := &m.units[s.unit]
	s.anchor = d.IntN(len(u.sites))
	town, ride := urban, cars
	if m.is(Rural) {
		town, ride = 0, carsRural
	}
	if d.chance(town) {
		s.metres = urbanMetres * d.from(&nearness) / 1000
	} else {
		s.metres = min(farthest, ruralMetres*d.from(&farness)/1000)
	}
	s.home = d.away(u.sites[s.anchor].at, s.metres)
	s.Home = s.home.point()
	const walkable = 2500
	switch {
	case d.chance(ride):
		s.Mode = geo.Car
	case s.metres <= walkable:
		s.Mode = geo.Walk
	default:
		s.Mode = geo.Bus
	}
}

func (m *maker) addName(d dice, s *someone) {
	band := ages[d.of(ageBands)]
	born := m.monday - model.Date(d.between(band[0]*36525/100+1, (band[1]+1)*36525/100-1))
	m.facts.Names = append(m.facts.Names, model.Name{CRN: s.CRN, Surname: d.surname(), Forename: d.forename(), DateOfBirth: born})
	if d.chance(300) {
		m.facts.Contacts = append(m.facts.Contacts, model.Contact{
			CRN: s.CRN, Name: d.forename() + " " + d.surname(),
			Phone:  fmt.Sprintf("07700 %06d", 900000+d.IntN(1000)), // numbers kept for drama
			Advice: pick(d, []string{"", "", "", "carries an inhaler", "carries an adrenaline pen"}),
		})
	}
}

var (
	flagShares = []struct {
		flag  model.Flags
		share int
	}{
		{model.RiskToChildren, childRisk}, {model.SexualHistory, sexualHistory}, {model.Gang, gang},
		{model.RestrictedPlacement, restricted}, {model.IndividualBarred, individualBarred},
		{model.VulnerableAdults, 20}, {model.Violence, 150}, {model.Arson, 10}, // made
	}
	healthShares = []struct {
		need  model.Health
		share int
	}{
		{model.NoPowerTools, toolLimits}, {model.LightWorkOnly, lightWork},
		{model.NeedsStepFree, 20}, {model.Wheelchair, 4}, {model.SupportWorker, 15}, {model.Epilepsy, 10}, {model.Allergy, 30}, // made
	}
	likes = []string{"sat", "sun", "mon", "wed", "outdoor", "gardening", "painting", "workshop", "tue"}
)
