package instance

import (
	"fmt"
	"time"

	"github.com/communitypayback/payback/model"
)

// makeProjects gives each unit its projects: three in four are groups, about 65 % outdoors. Each unit has indoor group
// projects that can take in others when it rains, and from 30 people on one for women only.
func (m *maker) makeProjects() {
	d := newDice(m.Seed, streamProjects)
	for i := range m.units {
		u := &m.units[i]
		outdoor, hosts := max(2, min(max(9, u.people/60), u.people*9/unitPeople+2)), 1
		if m.People >= 10 {
			outdoor = max(3, outdoor)
		}
		if u.people > 200 {
			hosts, outdoor = 2, outdoor+i%2
		}
		for k := range outdoor {
			m.addOutdoor(d, u, k)
		}
		for k := range hosts {
			m.addHost(d, u, k)
		}
		if m.People >= 30 {
			m.addWomenOnly(d, u)
		}
		m.addIndividual(d, u, false)
		if u.people > 200 {
			m.addIndividual(d, u, true)
		}
		m.addETE(d, u)
		m.addInduction(d, u)
		m.facts.Kit = append(m.facts.Kit,
			model.Kit{Team: u.team, Kind: "boots", Quantity: int32(d.between(90, 130))},
			model.Kit{Team: u.team, Kind: "gloves", Quantity: int32(d.between(120, 200))},
			model.Kit{Team: u.team, Kind: "hi_vis", Quantity: int32(d.between(100, 150))},
			model.Kit{Team: u.team, Kind: "tools", Quantity: int32(d.between(90, 130))})
	}
}

func (m *maker) addOutdoor(d dice, u *unit, number int) {
	p := m.project(d, u, pick(d, outdoorWork))
	p.Kind, p.TypeCode = model.Group, pick(d, []string{"NP1", "NP1", "PL", "NP2"})
	p.Exposure = model.Outdoor
	p.Places = int32(d.between(8, 14))
	p.Ceiling = model.Level(d.of(ceilings))
	p.Demand = pick(d, []model.Demand{model.Heavy, model.MediumDemand, model.MediumDemand, model.Light})
	p.PowerTools, p.HiVis = d.chance(300), d.chance(600)
	p.StepFree, p.QuietPlace = d.chance(300), d.chance(300)
	p.Transport = model.ByThemselves
	if d.chance(ridden) {
		p.Transport = pick(d, []model.Transport{model.ByMinibus, model.Either})
	}
	if d.chance(250) {
		p.Excluded |= model.RiskToChildren | model.SexualHistory // a school or playground is near
	}
	if d.chance(100) {
		p.Excluded |= model.Arson
	}
	if d.chance(100) {
		p.MinimumGroup = 3
	}
	s := m.place(d, u, p, pick(d, u.towns[:]), d.between(500, 4500))
	if number == 0 { // something at every size that most people can do
		p.Ceiling, p.Excluded, p.Demand, p.PowerTools = model.HighRisk, 0, model.Light, false
	}
	days := 1 + d.of([]int{300, 550, 150})
	if number < 3 { // small regions need a choice too
		days = max(2, days)
	}
	for _, day := range d.Perm(5)[:days] {
		start, end, often := 9*60, 16*60, model.Weekly
		if d.chance(200) {
			start, end = 9*60+30, 13*60+30
		}
		if d.chance(80) {
			often = model.Fortnightly
		}
		m.addSlot(d, s, time.Weekday(day+1), start, end, often)
	}
	if number == 5 && u.weight%2 == 1 {
		p.Exposure = model.Sheltered
	}
	switch number {
	case 0, 3:
		m.addSlot(d, s, time.Saturday, 9*60, 16*60, model.Weekly)
	case 1:
		m.addSlot(d, s, time.Sunday, 9*60+30, 15*60+30, model.Weekly)
	}
}

// addHost adds an indoor project with room for groups that the rain drives in. The first is open every day.
func (m *maker) addHost(d dice, u *unit, number int) {
	p := m.project(d, u, pick(d, indoorWork))
	p.Kind, p.TypeCode, p.Exposure = model.Group, "NP2", model.Indoor
	p.Places = int32(d.between(8, 12))
	p.Ceiling, p.Demand = model.HighRisk, model.Light
	p.StepFree, p.Wheelchair, p.QuietPlace = true, true, d.chance(500)
	p.Transport = model.Either
	s := m.place(d, u, p, u.towns[0], d.between(300, 2500))
	for day := time.Monday; day <= time.Friday; day++ {
		m.addSlot(d, s, day, 9*60, 16*60, model.Weekly)
	}
	if number == 0 {
		m.addSlot(d, s, time.Saturday, 9*60, 16*60, model.Weekly)
		m.addSlot(d, s, time.Sunday, 9*60, 16*60, model.Weekly)
		m.addSlot(d, s, time.Wednesday, 17*60+30, 20*60+30, model.Weekly)
	}
}

func (m *maker) addWomenOnly(d dice, u *unit) {
	p := m.project(d, u, pick(d, womenWork))
	p.Kind, p.TypeCode, p.Exposure, p.WomenOnly = model.Group, "NP2", model.Indoor, true
	p.Places, p.Ceiling, p.Demand, p.Transport = 8, model.HighRisk, model.Light, model.ByThemselves
	p.StepFree, p.Wheelchair, p.QuietPlace = true, true, true
	s := m.place(d, u, p, u.towns[0], d.between(300, 1500))
	m.addSlot(d, s, time.Tuesday, 9*60+30, 14*60+30, model.Weekly)
	m.addSlot(d, s, time.Thursday, 9*60+30, 14*60+30, model.Weekly)
	m.addSlot(d, s, time.Saturday, 10*60, 16*60, model.Weekly)
}

func (m *maker) addIndividual(d dice, u *unit, garden bool) {
	p := m.project(d, u, pick(d, shopWork))
	p.Kind, p.TypeCode, p.Exposure = model.Individual, pick(d, []string{"ICP", "ES", "PIP2"}), model.Indoor
	if garden {
		p.Name, p.Exposure = u.name+" "+pick(d, gardenWork), model.Outdoor
	}
	p.Places = int32(d.between(1, 3))
	p.Ceiling = model.Level(d.of([]int{300, 700}))
	p.Demand, p.Transport = model.Light, model.ByThemselves
	p.StepFree = d.chance(600)
	p.Excluded = model.RiskToChildren
	if d.chance(500) {
		p.Excluded |= model.VulnerableAdults | model.SexualHistory
	}
	s := m.place(d, u, p, pick(d, u.towns[:]), d.between(200, 2000))
	closed := time.Weekday(d.between(1, 5))
	for day := time.Monday; day <= time.Saturday; day++ {
		if day != closed {
			m.addSlot(d, s, day, 10*60, 16*60, model.Weekly)
		}
	}
}

func (m *maker) addETE(d dice, u *unit) {
	p := m.project(d, u, "skills course")
	p.Kind, p.TypeCode, p.Exposure = model.ETE, pick(d, []string{"ET1", "ET3"}), model.Indoor
	p.Places, p.Ceiling, p.Demand, p.Transport = 12, model.MediumRisk, model.Light, model.ByThemselves
	p.StepFree, p.Wheelchair, p.QuietPlace = true, true, true
	s := m.place(d, u, p, u.towns[0], d.between(200, 1500))
	m.addSlot(d, s, time.Tuesday, 10*60, 13*60, model.Weekly)
	m.addSlot(d, s, time.Thursday, 13*60, 16*60, model.Weekly)
}

func (m *maker) addInduction(d dice, u *unit) {
	p := m.project(d, u, "induction")
	p.Kind, p.TypeCode, p.Exposure = model.Induction, "PI", model.Indoor
	p.Places, p.Ceiling, p.Demand, p.Transport = 15, model.HighRisk, model.Light, model.ByThemselves
	p.StepFree, p.Wheelchair, p.QuietPlace = true, true, true
	s := m.place(d, u, p, u.towns[0], d.between(200, 1000))
	m.addSlot(d, s, time.Weekday(d.between(1, 5)), 10*60, 12*60, model.Weekly)
	m.addSlot(d, s, time.Saturday, 10*60, 12*60, model.Fortnightly) // for those who work all week
}

// project begins a project of a unit. The pointer is good until the next project begins.
func (m *maker) project(d dice, u *unit, work string) *model.Project {
	code := fmt.Sprintf("%s%02d", "C"+string(u.team[1:]), len(u.sites)+1)
	m.facts.Projects = append(m.facts.Projects, model.Project{
		Code: model.ProjectCode(code), Name: u.name + " " + work, Team: u.team,
		Beneficiary:    u.name + " " + pick(d, beneficiaries),
		AgreementUntil: m.monday + model.Date(d.between(30, 720)),
		AssessedUntil:  m.monday + model.Date(d.between(14, 360)),
		StartDate:      m.monday - model.Date(d.between(400, 1500)),
	})
	return &m.facts.Projects[len(m.facts.Projects)-1]
}

// place puts a project on the land.
func (m *maker) place(d dice, u *unit, p *model.Project, town spot, metres int) *site {
	at := d.away(town, metres)
	p.Site = at.point()
	u.sites = append(u.sites, site{project: len(m.facts.Projects) - 1, at: at})
	return &u.sites[len(u.sites)-1]
}

func (m *maker) addSlot(d dice, s *site, day time.Weekday, start, end int, often model.Frequency) {
	slot := model.Slot{
		Project: m.facts.Projects[s.project].Code, Weekday: int8(day), Start: model.Clock(start), End: model.Clock(end),
		Frequency: often, StartDate: m.monday - model.Date(d.between(60, 390)),
	}
	s.slots = append(s.slots, slot)
	m.facts.Slots = append(m.facts.Slots, slot)
}

var (
	outdoorWork   = []string{"riverside path", "churchyard", "country park", "allotments", "footpath clearing", "tree planting", "litter picking", "canal towpath", "cemetery", "graffiti cleaning", "school field fencing", "nature reserve"}
	indoorWork    = []string{"workshop", "furniture repair", "recycling hall", "community centre painting", "food bank warehouse"}
	womenWork     = []string{"sewing room", "women's workshop", "textile bank"}
	shopWork      = []string{"charity shop", "hospice shop", "community kitchen", "book exchange"}
	gardenWork    = []string{"walled garden", "community orchard", "animal shelter"}
	beneficiaries = []string{"Town Council", "Wildlife Trust", "Parish Council", "Hospice", "Community Association", "Rivers Trust"}
)
