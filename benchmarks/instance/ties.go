package instance

import (
	"time"

	"github.com/communitypayback/payback/model"
)

// makeTies draws who must not meet whom, who may not be where, and who has a standing weekly slot.
func (m *maker) makeTies() {
	d := newDice(m.Seed, streamTies)
	for i := range m.units {
		m.makeApart(d, &m.units[i])
	}
	for i := range m.folk {
		s := &m.folk[i]
		if d.chance(50) {
			m.addZone(d, s)
		}
		m.addStanding(d, s)
	}
}

// makeApart makes small circles of people of one unit who must all keep apart.
func (m *maker) makeApart(d dice, u *unit) {
	left := d.Perm(len(u.folk))
	members := (len(u.folk)*keptApart + 500) / 1000
	if len(u.folk) >= 20 { // small regions need the rule too
		members = max(2, members)
	}
	for members >= 2 {
		n := min(members, pick(d, []int{2, 2, 2, 3, 3, 4, 5}))
		for a := range n {
			for b := range a {
				x, y := m.folk[u.folk[left[a]]].CRN, m.folk[u.folk[left[b]]].CRN
				m.facts.KeepApart = append(m.facts.KeepApart, model.Pair{A: min(x, y), B: max(x, y)})
			}
		}
		left, members = left[n:], members-n
	}
}

func (m *maker) addZone(d dice, s *someone) {
	u := &m.units[s.unit]
	z := model.Zone{CRN: s.CRN}
	if d.chance(150) {
		z.Project = m.facts.Projects[pick(d, u.sites).project].Code
	} else {
		z.Centre = d.away(pick(d, u.towns[:]), d.between(100, 6000)).point()
		z.Metres = int32(d.between(3, 20) * 100)
	}
	if d.chance(300) {
		z.From, z.To = m.monday-model.Date(d.between(10, 300)), m.monday+model.Date(d.between(1, 300))
	}
	if z.Project == "" && d.chance(100) {
		z.Days = 1<<time.Monday | 1<<time.Tuesday | 1<<time.Wednesday | 1<<time.Thursday | 1<<time.Friday
		z.Start, z.End = 8*60, 17*60
	}
	m.facts.Zones = append(m.facts.Zones, z)
}

// addStanding gives half of those at work their usual site's slot.
func (m *maker) addStanding(d dice, s *someone) {
	r := &s.Requirements[0]
	at := &m.units[s.unit].sites[s.anchor]
	slot := pick(d, at.slots)
	p := &m.facts.Projects[at.project]
	if !d.chance(500) || r.Status != model.Active || r.Completed == 0 || !fits(s, p) || s.worker && onWeekday(slot.Weekday) {
		return
	}
	m.facts.Standing = append(m.facts.Standing, model.Standing{
		CRN: s.CRN, Event: r.Event, Project: p.Code, Weekday: slot.Weekday, Start: slot.Start, End: slot.End,
		Frequency: slot.Frequency, StartDate: max(slot.StartDate, r.Inducted),
	})
}

func onWeekday(day int8) bool { return day >= int8(time.Monday) && day <= int8(time.Friday) }

// fits reports whether someone may work at a project at all.
func fits(s *someone, p *model.Project) bool {
	switch {
	case p.Kind == model.Induction, s.Risk > p.Ceiling, s.Flags.Has(p.Excluded), s.Sex == model.SexOther,
		s.Risk == model.HighRisk && s.ApprovedBy == "",
		p.WomenOnly && s.Sex != model.Female,
		s.Preference == model.FemaleOnlyGroup && !p.WomenOnly,
		s.Preference == model.IndividualOnly && p.Kind != model.Individual,
		p.Demand != model.Light && s.Health.Has(model.LightWorkOnly|model.Pregnancy),
		p.PowerTools && s.Health.Has(model.NoPowerTools|model.Epilepsy),
		!p.StepFree && s.Health.Has(model.NeedsStepFree|model.Wheelchair), !p.Wheelchair && s.Health.Has(model.Wheelchair),
		p.Unsupervised() && (s.Risk >= model.HighRisk || s.Flags.Has(model.IndividualBarred|model.RestrictedPlacement)):
		return false
	}
	return true
}
