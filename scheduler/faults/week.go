package faults

import (
	"cmp"
	"math"
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/solver/bound"
)

// week gives a copy of a snapshot that names nobody and nothing.
func (n *names) week(sn *model.Snapshot) *model.Snapshot {
	out := *sn
	out.Region = "region"
	out.Teams = each(sn.Teams, func(x *model.Team) {
		x.Code, x.Area, x.WeatherArea = model.TeamCode(n.teams.of(string(x.Code))), n.areas.of(x.Area), n.weather.of(x.WeatherArea)
		x.Name, x.Region = string(x.Code), out.Region
	})
	out.People = each(sn.People, n.person)
	out.Supervisors = each(sn.Supervisors, func(x *model.Supervisor) {
		x.Code, x.Team, x.Home = model.SupervisorCode(n.supervisors.of(string(x.Code))), model.TeamCode(n.teams.of(string(x.Team))), about(x.Home)
		x.Languages = n.spoken(x.Languages)
	})
	out.Minibuses = each(sn.Minibuses, func(x *model.Minibus) {
		x.Registration, x.Team = model.Registration(n.minibuses.of(string(x.Registration))), model.TeamCode(n.teams.of(string(x.Team)))
	})
	out.Projects = each(sn.Projects, func(x *model.Project) {
		x.Code, x.Team, x.WeatherArea = n.project(x.Code), model.TeamCode(n.teams.of(string(x.Team))), n.weather.of(x.WeatherArea)
		x.Name, x.Beneficiary, x.TypeCode = n.said(x.Name), "", ""
	})
	out.Sessions = each(sn.Sessions, func(x *model.Session) { x.Key, x.Area = n.key(x.Key), n.areas.of(x.Area) })
	out.Stops = each(sn.Stops, func(x *model.Stop) {
		x.Code, x.Team, x.Description = n.stop(x.Code), model.TeamCode(n.teams.of(string(x.Team))), ""
	})
	out.KeepApart = each(sn.KeepApart, func(x *model.Pair) { x.A, x.B = n.crn(x.A), n.crn(x.B) })
	out.Zones = each(sn.Zones, func(x *model.Zone) {
		x.CRN, x.Project, x.Centre = n.crn(x.CRN), n.project(x.Project), about(x.Centre)
	})
	out.Outlooks = each(sn.Outlooks, func(x *model.Outlook) { x.WeatherArea, x.IssuedAt, x.Source = n.weather.of(x.WeatherArea), "", "" })
	out.Standing = each(sn.Standing, func(x *model.Standing) {
		x.CRN, x.Project, x.PickUp = n.crn(x.CRN), n.project(x.Project), n.stop(x.PickUp)
	})
	out.Kit = each(sn.Kit, func(x *model.Kit) { x.Team = model.TeamCode(n.teams.of(string(x.Team))) })
	out.Waivers, out.Releases = n.waivers(sn.Waivers), nil
	if sn.Policy != nil {
		book := *sn.Policy
		book.Profile = "policy" // a region's own may bear its name
		out.Policy = &book
	}
	out.Travel = n.travel(sn.Travel)
	out.Published, out.Before, out.After = n.roster(sn.Published), n.roster(sn.Before), n.roster(sn.After)
	return &out
}

// each changes a copy of every element. No elements stay none, so that digests do not tell nil from empty.
func each[T any](all []T, change func(*T)) []T {
	out := slices.Clone(all)
	for i := range out {
		change(&out[i])
	}
	return out
}

func (n *names) crn(c model.CRN) model.CRN { return model.CRN(n.people.of(string(c))) }

func (n *names) project(c model.ProjectCode) model.ProjectCode {
	return model.ProjectCode(n.projects.of(string(c)))
}

func (n *names) stop(c model.StopCode) model.StopCode { return model.StopCode(n.stops.of(string(c))) }

func (n *names) supervisor(c model.SupervisorCode) model.SupervisorCode {
	return model.SupervisorCode(n.supervisors.of(string(c)))
}

func (n *names) key(k model.SessionKey) model.SessionKey {
	k.Project = n.project(k.Project)
	return k
}

// person leaves of somebody what the rules look at.
func (n *names) person(p *model.Person) {
	p.CRN, p.Team, p.Home = n.crn(p.CRN), model.TeamCode(n.teams.of(string(p.Team))), about(p.Home)
	if p.ApprovedBy != "" {
		p.ApprovedBy = "somebody"
	}
	p.Languages = n.spoken(p.Languages)
	p.Likes = each(plain(p.Likes), func(x *string) { *x = n.said(*x) })
	p.Last.Project, p.Last.Supervisor = n.project(p.Last.Project), n.supervisor(p.Last.Supervisor)
}

func (n *names) spoken(languages []string) []string {
	return each(plain(languages), func(x *string) { *x = n.languages.of(*x) })
}

// about rounds a position to a hundredth of a degree: a kilometre to the north, some 700 metres to the east.
func about(p geo.Point) geo.Point {
	if !p.Known() {
		return p
	}
	p = geo.Point{Latitude: math.Round(p.Latitude*100) / 100, Longitude: math.Round(p.Longitude*100) / 100}
	if !p.Known() {
		p.Longitude = 0.01 // it is known, and nobody's home is there
	}
	return p
}

// travel leaves out the journeys of people, from which their homes could be worked out, and of supervisors.
func (n *names) travel(m *geo.Matrix) *geo.Matrix {
	if m == nil {
		return nil
	}
	var legs []geo.Leg
	for _, l := range m.Legs {
		_, leads := n.supervisors[l.From]
		_, led := n.supervisors[l.To]
		from, ok1 := n.any(l.From)
		to, ok2 := n.any(l.To)
		if ok1 && ok2 && !leads && !led {
			l.From, l.To = from, to
			legs = append(legs, l)
		}
	}
	out := geo.NewMatrix(legs)
	out.Pace = m.Pace
	return out
}

// waivers keeps those whose subject is known.
func (n *names) waivers(all []model.Waiver) (out []model.Waiver) {
	for _, w := range all {
		subject, ok := n.people[w.Subject]
		if !ok {
			subject, ok = n.any(w.Subject)
		}
		if w.Session != "" {
			k, err := model.ParseSessionKey(w.Session)
			if err != nil {
				continue
			}
			if k = n.key(k); k.Project == "" {
				continue
			}
			if w.Session = k.String(); k.Start < 0 {
				w.Session = string(k.Project) + "/" + k.Date.String()
			}
		}
		if ok || w.Subject == "" {
			w.Subject, w.Who, w.Why = subject, "somebody", ""
			out = append(out, w)
		}
	}
	slices.SortStableFunc(out, func(a, b model.Waiver) int {
		return cmp.Or(cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Subject, b.Subject))
	})
	return out
}

// roster gives a copy of a roster that names nobody. Whoever writes it says from which snapshot it is.
func (n *names) roster(r *model.Roster) *model.Roster {
	if r == nil {
		return nil
	}
	out := r.Clone()
	out.Region, out.From = "region", model.Digest{}
	for i := range out.Appointments {
		a := &out.Appointments[i]
		a.CRN, a.Session, a.PickUp, a.Supervisor = n.crn(a.CRN), n.key(a.Session), n.stop(a.PickUp), n.supervisor(a.Supervisor)
	}
	for i := range out.Duties {
		out.Duties[i] = model.Duty{Session: n.key(out.Duties[i].Session), Supervisor: n.supervisor(out.Duties[i].Supervisor)}
	}
	for i := range out.Trips {
		t := &out.Trips[i]
		t.Session, t.Minibus, t.Driver = n.key(t.Session), model.Registration(n.minibuses.of(string(t.Minibus))), n.supervisor(t.Driver)
		for j := range t.Stops {
			t.Stops[j].Stop = n.stop(t.Stops[j].Stop)
		}
	}
	for i := range out.WetPlans {
		out.WetPlans[i] = model.WetPlan{Session: n.key(out.WetPlans[i].Session), Host: n.project(out.WetPlans[i].Host)}
	}
	for i := range out.Breaks {
		out.Breaks[i].Session = n.key(out.Breaks[i].Session)
	}
	out.Sort()
	return out
}

// few gives a copy of few prices that names nothing, without those of projects that the week does not have.
func (n *names) few(f *bound.FewPrices) *bound.FewPrices {
	if f == nil {
		return nil
	}
	out := *f
	out.Sessions = []bound.SessionPrices{}
	for _, s := range f.Sessions {
		if s.Project = n.project(s.Project); s.Project != "" {
			out.Sessions = append(out.Sessions, s)
		}
	}
	return &out
}
