package scheduler

import (
	"strings"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
)

// Unplaced is somebody who gets less work in the week than a standard day or than remains, and why.
type Unplaced struct {
	CRN    model.CRN
	Event  int32
	Needed int32 // minutes: a standard day, or what remains if that is less
	Placed int32 // minutes
	// MainObstacle is what stands in the way of most of the sessions: the ID of a rule, what a rule lacks, or one of the phrases
	// of [solver.Scarcity].
	MainObstacle string
	NearestMiss  string // the session that comes nearest, and what it would break
}

// FindUnplaced lists everybody active who is placed for fewer minutes than a standard day or than remain, by CRN, with the
// main obstacle and the nearest miss, as an [solver.Explainer] of the roster answers.
//
// Somebody whom no session suits by itself is told the rule that takes the most sessions away, each session counted for
// the first rule in the catalogue that it breaks. For all others only the sessions that suit them count, and what is scarce
// there, given who else is placed.
func FindUnplaced(e *solver.Explainer) []Unplaced {
	sn, roster := e.Problem().Snapshot, e.Roster()
	placed := map[model.CRN][]*model.Appointment{} // looked up only
	for i := range roster.Appointments {
		a := &roster.Appointments[i]
		placed[a.CRN] = append(placed[a.CRN], a)
	}
	var all []Unplaced
	var who []model.CRN
	for i := range sn.People {
		person := &sn.People[i]
		r := person.Current(sn.Week)
		if r == nil {
			if r = openRequirement(person); r == nil {
				continue
			}
		}
		u := Unplaced{CRN: person.CRN, Event: r.Event, Needed: min(int32(sn.Policy.WorthDayMinutes), r.Remaining())}
		for _, a := range placed[person.CRN] {
			if a.Event == r.Event {
				u.Placed += a.Minutes()
			}
		}
		if u.Placed < u.Needed {
			all, who = append(all, u), append(who, u.CRN)
		}
	}
	for i, x := range e.ScarceAll(who) {
		if all[i].MainObstacle = x.Scarcity.What; x.Some {
			all[i].NearestMiss = missed(&x.Nearest)
		}
	}
	return all
}

// missed says what the nearest session would break, or cost.
func missed(m *solver.Miss) string {
	var ids []string
	for _, o := range m.Against {
		ids = append(ids, o.Rule.ID)
	}
	switch {
	case len(ids) > 0:
		return m.Key.String() + " but for " + strings.Join(ids, ", ")
	case m.Cost >= 0:
		return m.Key.String() + " has a place, and getting there costs more than it is worth"
	default:
		return m.Key.String() + " has a place"
	}
}

// openRequirement gives an active requirement with minutes left although nothing can be booked on it this week, or nil.
func openRequirement(p *model.Person) *model.Requirement {
	for i := range p.Requirements {
		if r := &p.Requirements[i]; r.Status == model.Active && r.Remaining() > 0 {
			return r
		}
	}
	return nil
}
