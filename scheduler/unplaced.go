package scheduler

import (
	"context"
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
	// of [solver.Scarcity], or [NotLookedInto].
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
	all, who := lessThanNeeded(e.Problem().Snapshot, e.Roster())
	found, _ := e.ScarceAll(nil, who)
	giveReasons(all, found)
	return all
}

// NotLookedInto stands for the main obstacle where the time was up, or somebody interrupted, before it was known.
const NotLookedInto = "not looked into"

// findUnplacedWithin does the same, of a roster of a week. When the context ends before all reasons are known, none is told.
func findUnplacedWithin(ctx context.Context, p *solver.Problem, roster *model.Roster) []Unplaced {
	all, who := lessThanNeeded(p.Snapshot, roster)
	found, known := []solver.Leftover(nil), false
	if ctx.Err() == nil {
		found, known = solver.NewExplainer(p, roster).ScarceAll(func() bool { return ctx.Err() != nil }, who)
	}
	if !known {
		for i := range all {
			all[i].MainObstacle = NotLookedInto
		}
		return all
	}
	giveReasons(all, found)
	return all
}

// lessThanNeeded lists everybody active who is placed for fewer minutes than they need, without reasons, and by themselves.
func lessThanNeeded(sn *model.Snapshot, roster *model.Roster) (all []Unplaced, who []model.CRN) {
	placed := map[model.CRN][]*model.Appointment{} // looked up only
	for i := range roster.Appointments {
		a := &roster.Appointments[i]
		placed[a.CRN] = append(placed[a.CRN], a)
	}
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
	return all, who
}

// giveReasons adds what was found of each.
func giveReasons(all []Unplaced, found []solver.Leftover) {
	for i := range found {
		if all[i].MainObstacle = found[i].Scarcity.What; found[i].Some {
			all[i].NearestMiss = missed(&found[i].Nearest)
		}
	}
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
