package constraints

import (
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
)

// tripFault says what is wrong with a trip by itself; empty: nothing. Others are the trips of the session before it.
func tripFault(sn *model.Snapshot, r *model.Roster, t *model.Trip, others []model.Trip) string {
	m, at := sn.Minibus(t.Minibus), sn.Project(t.Session.Project)
	switch {
	case m == nil:
		return "no minibus with that registration is known"
	case !m.OnRoad(t.Session.Date):
		return "it is off the road or not inspected on that day"
	case at == nil:
		return "" // the rule on terms speaks of it
	case at.Kind != model.Group:
		return "it is not group work"
	case at.Transport == model.ByThemselves:
		return "people come to that project by themselves"
	}
	if why := driverFault(sn, r, m, t, others); why != "" {
		return why
	}
	return timeFault(sn, m, at, t)
}

// driverFault says why the driver of a trip cannot drive it. That there are too few drivers is a case of its own.
func driverFault(sn *model.Snapshot, r *model.Roster, m *model.Minibus, t *model.Trip, others []model.Trip) string {
	if t.Driver == "" {
		return ""
	}
	s := sn.Supervisor(t.Driver)
	if s == nil || !slices.Contains(crew(r, t.Session), t.Driver) {
		return "its driver is not a supervisor of the session"
	}
	if l := s.LicenceOn(t.Session.Date); l == model.NoLicence || m.NeedsD1() && l != model.LicenceD1 {
		return "its driver has no licence for it on that day"
	}
	for i := range others {
		if others[i].Driver == t.Driver && others[i].Minibus != t.Minibus {
			return "its driver drives another minibus at the same time"
		}
	}
	return ""
}

// timeFault says where a trip cannot be in time; empty: it can, or its session is not known.
func timeFault(sn *model.Snapshot, m *model.Minibus, at *model.Project, t *model.Trip) string {
	s := sn.Session(t.Session)
	if s == nil {
		return ""
	}
	now, place := t.Leaves, m.At()
	for _, c := range t.Stops {
		if sn.Stop(c.Stop) == nil {
			return "no stop " + string(c.Stop) + " is known"
		}
		next := stopAt(sn, c.Stop)
		if now+model.Instant(sn.Travel.Minutes(geo.Car, place, next)) > c.At {
			return "it cannot be at stop " + string(c.Stop) + " in time"
		}
		now, place = c.At+model.Instant(sn.Policy.BoardingMinutes), next
	}
	if now+model.Instant(sn.Travel.Minutes(geo.Car, place, at.At())) > s.Span.Start {
		return "it cannot be at the site in time"
	}
	if home := model.TripTimes(sn, t.Session, m, stopsOf(t), sn.Policy.BoardingMinutes); t.Returns < home.Returns {
		return "it cannot be back at its depot in time"
	}
	return ""
}
