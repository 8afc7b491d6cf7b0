package scheduler

import (
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
)

// Summary is a roster in the figures people ask for first.
type Summary struct {
	Workable   int   // people with a requirement that can be worked in the week
	People     int   // with an appointment
	PersonDays int   // appointments
	Sessions   int   // that take place
	Duties     int   // of supervisors
	Trips      int   // of minibuses
	Places     int64 // in the sessions that take place: the site's, or what the supervisors may lead if that is less
	Used       int64 // of these places
	Offered    int64 // minutes
	Expected   int64 // minutes, counting on everybody's own chance of coming to each session
	OnTime     int64 // millipoints: expected minutes that people need to finish by their target date, by their urgency
	Metres     int64 // that minibuses drive, depot to depot
	CO2eGrams  int64 // that they give off on the way
	TurnedAway int32 // permille: the chance that somebody is turned away in the week, everybody coming or not by themselves
	Together   int32 // permille: that chance if attendance goes together, by the policy's good and bad days
	Broken     int64 // cases of rules that must hold
	Value      int64 // millipoints: on-time work less what changes, travel and opening cost
}

// urgency is the constraint that says what work is worth.
const urgency = "urgency"

// Summarise works the figures out from a roster and what the words say of it.
func Summarise(sn *model.Snapshot, r *model.Roster, vs []solver.Violation, cs []*solver.Constraint) Summary {
	total := solver.Total(vs, cs)
	x := Summary{PersonDays: len(r.Appointments), Duties: len(r.Duties), Trips: len(r.Trips), Broken: total.Hard(), Value: total.Value()}
	for i := range sn.People {
		if sn.People[i].Current(sn.Week) != nil {
			x.Workable++
		}
	}
	var crns []model.CRN
	permille := int64(0)
	for i := range r.Appointments {
		a := &r.Appointments[i]
		crns = append(crns, a.CRN)
		x.Offered += int64(a.Minutes())
		if p := sn.Person(a.CRN); p != nil {
			comes := p.Attendance
			if t := sn.Session(a.Session); t != nil {
				comes = sn.Comes(p, t)
			}
			permille += int64(a.Minutes()) * int64(comes)
			x.Used += int64(p.Needs())
		}
	}
	slices.Sort(crns)
	x.People = len(slices.Compact(crns))
	x.Expected = permille / 1000
	for i := range r.Trips {
		x.Metres += driven(sn, &r.Trips[i])
	}
	x.CO2eGrams = x.Metres * sn.Policy.KilometreCO2eGrams / 1000
	for _, v := range vs {
		if v.Constraint == urgency {
			x.OnTime -= v.Amount
		}
	}
	alone, together := sn.AnyTurnedAway(r)
	x.TurnedAway, x.Together = model.Permille(alone), model.Permille(together)
	for _, k := range r.Sessions() {
		if at := sn.Project(k.Project); at != nil && len(r.In(k)) > 0 {
			x.Sessions++
			x.Places += int64(PlacesIn(sn, r, at, k))
		}
	}
	return x
}

// driven gives the metres of one trip, out and back.
func driven(sn *model.Snapshot, t *model.Trip) int64 {
	bus := sn.Minibus(t.Minibus)
	if bus == nil {
		return 0
	}
	var stops []model.StopCode
	for _, s := range t.Stops {
		stops = append(stops, s.Stop)
	}
	return int64(model.TripMetres(sn, t.Session, bus, stops))
}

// PlacesIn gives how many places a session has: those of the site, or what its supervisors may lead if that is less.
func PlacesIn(sn *model.Snapshot, r *model.Roster, at *model.Project, k model.SessionKey) int32 {
	return sn.PlacesIn(r, at, k)
}

// summaryOf works the figures out from a roster alone.
func summaryOf(sn *model.Snapshot, r *model.Roster, cs []*solver.Constraint) Summary {
	return Summarise(sn, r, solver.Check(sn, r, cs), cs)
}
