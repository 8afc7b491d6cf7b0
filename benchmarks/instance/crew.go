package instance

import (
	"fmt"
	"time"

	"github.com/communitypayback/payback/model"
)

// makeCrew gives the units their supervisors and minibuses, dealt in turn.
func (m *maker) makeCrew() {
	d := newDice(m.Seed, streamCrew)
	n := max(2, (m.People*fieldPer4400+2200)/4400)
	if m.People >= 10 {
		n = max(3, n)
	}
	n = max(n, len(m.units)*2)
	if m.is(Stressed) {
		n = max(len(m.units), n*7/10)
	}
	for i := range m.units {
		own := (n + i) / len(m.units)
		for k := range own {
			m.addSupervisor(d, &m.units[i], k, own)
		}
	}
	buses := max(1, (n*busesPer1000+500)/1000)
	for k := range buses {
		m.addMinibus(d, &m.units[k%len(m.units)], k)
	}
}

// addSupervisor adds the supervisor of that number among a unit's own. The first of a unit works Monday to Friday, may
// drive and is trained for high risk and for women, so that no unit is without.
func (m *maker) addSupervisor(d dice, u *unit, number, own int) {
	s := model.Supervisor{
		Code: model.SupervisorCode(fmt.Sprintf("%s%02d", "F"+string(u.team[1:]), number+1)), Team: u.team,
		Sex: model.Male, Licence: model.LicenceB, WeekMinutes: weekMinutes,
		TrainedUntil: m.monday + model.Date(d.between(30, 700)),
		LicenceUntil: m.monday + model.Date(d.between(30, 1500)),
		Home:         d.away(u.towns[0], d.between(500, 9000)).point(),
	}
	if d.chance(womenSupervise) {
		s.Sex = model.Female
	}
	if d.chance(licenceD1) {
		s.Licence = model.LicenceD1
	} else if d.chance(150) && number > 0 {
		s.Licence, s.LicenceUntil = model.NoLicence, 0
	}
	for _, t := range trainings {
		if d.chance(t.share) || number == 0 && t.training&(model.TrainedHighRisk|model.TrainedWomen) != 0 {
			s.Training |= t.training
		}
	}
	if d.chance(30) && number > 0 {
		s.TrainedUntil = m.monday - model.Date(d.between(1, 60))
	}
	if d.chance(150) && number > 0 {
		s.Grade = model.Sessional
		s.WeekMinutes = int32(pick(d, []int{1110, 1332, 1776}))
	}
	if d.chance(60) {
		s.Languages = []string{pick(d, languages)}
	}
	m.facts.Supervisors = append(m.facts.Supervisors, s)
	u.crew = append(u.crew, len(m.facts.Supervisors)-1)
	days := weekdays
	switch {
	case number > 0 && number == own-1: // the last of a unit works weekends
		days = pick(d, [][]time.Weekday{
			{time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday},
			{time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday},
		})
	case number == 1:
		days = pick(d, [][]time.Weekday{weekdays, {time.Monday, time.Tuesday, time.Thursday, time.Saturday, time.Sunday}})
	}
	m.addShifts(d, u, &s, days, number > 0)
}

// addShifts adds working days from 07:30 to 18:00, one late day for some, and leave for days of the week to plan.
func (m *maker) addShifts(d dice, u *unit, s *model.Supervisor, days []time.Weekday, late bool) {
	late = late && d.chance(300)
	for _, day := range days {
		w := model.When{Weekday: int8(day), Start: 7*60 + 30, End: 18 * 60}
		if late && day == time.Wednesday {
			w.Start, w.End = 12*60, 21*60+30
		}
		m.facts.Shifts = append(m.facts.Shifts, model.Shift{Supervisor: s.Code, When: w})
		u.wetNeeded[day] += ratio
	}
	for i := range model.Date(7) {
		if d.chance(absentADay) {
			m.facts.Shifts = append(m.facts.Shifts, model.Shift{Supervisor: s.Code, Leave: true,
				When: model.When{Weekday: -1, On: m.monday + i, Start: 0, End: 24 * 60}})
		}
	}
}

func (m *maker) addMinibus(d dice, u *unit, number int) {
	b := model.Minibus{
		Registration: model.Registration(fmt.Sprintf("PB%02d %c%c%c", 10+number%80,
			'A'+rune(number/80%20), 'A'+rune(d.IntN(20)), 'A'+rune(d.IntN(20)))),
		Team: u.team, Seats: 8, Depot: d.away(u.towns[0], d.between(200, 2500)).point(),
		InspectedUntil: m.monday + model.Date(d.between(10, 350)),
	}
	if !d.chance(smallBuses) {
		b.Seats = int32(pick(d, []int{12, 14, 16}))
	}
	if d.chance(300) {
		b.WheelchairPlaces = 1
	}
	if d.chance(offTheRoad) {
		b.OffRoadFrom = m.monday - model.Date(d.between(0, 5))
		b.OffRoadTo = m.monday + model.Date(d.between(6, 20))
	}
	m.facts.Minibuses = append(m.facts.Minibuses, b)
}

// makeWetPlaces gives the indoor hosts room for as many people as the unit's own supervisors could lead outdoors on any
// one day, leave not taken away, and a few more for those who need two places.
func (m *maker) makeWetPlaces() {
	for i := range m.units {
		u := &m.units[i]
		var hosts []*model.Project
		for _, s := range u.sites {
			p := &m.facts.Projects[s.project]
			if p.Kind == model.Group && p.Exposure == model.Indoor && !p.WomenOnly {
				hosts = append(hosts, p)
				p.AgreementUntil, p.AssessedUntil = m.monday+400, m.monday+300 // a shut host would shut the unit's rainy days
			}
		}
		weekend := max(u.wetNeeded[time.Saturday], u.wetNeeded[time.Sunday])
		most := weekend
		for _, need := range u.wetNeeded {
			most = max(most, need)
		}
		const spare = 4
		each := (most + len(hosts) - 1) / len(hosts)
		for k, p := range hosts {
			p.WetPlaces = int32(each + spare)
			if k == 0 { // alone on Saturdays and Sundays
				p.WetPlaces = int32(max(each, weekend) + spare)
			}
		}
	}
}

var (
	weekdays  = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday}
	trainings = []struct {
		training model.Training
		share    int
	}{{model.TrainedHighRisk, 700}, {model.TrainedWomen, 550}, {model.TrainedNeurodiversity, 300}, {model.TrainedFirstAid, 900}}
	languages = []string{"Polish", "Urdu", "Punjabi", "Romanian", "Bengali", "Portuguese", "Somali", "Welsh"}
)
