package constraints

import (
	"cmp"
	"fmt"
	"iter"
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// Places keeps people within what the site and its supervisors can take, by the chance that they come. One case: each place
// that a group, or everybody at a site when one of its sessions starts, would need more.
var Places = &solver.Constraint{
	ID:    "places",
	Title: "Sites and supervisors can take everybody who comes",
	Doc: "The chance that more people come to a session than it has places is at most the policy's, worked out from each person's own attendance; who has no outcomes on " +
		"record counts as certain to come. The places of a group are those of the site, or what its supervisors may lead if that is less. Overlapping sessions of a " +
		"project share the places of its site. A support worker takes one more place, someone at high risk counts for more under supervision, and the weights do not add " +
		"up. However seldom people come, no more places are booked than a share of those there are.",
	Clauses:    []policy.ClauseID{"places", "places.ratio", "places.high-risk-weight", "places.chance", "places.booked", "places.stress"},
	Level:      solver.Hard,
	Unit:       "places too few",
	Lack:       "no place left",
	Violations: overfull,
	Lower:      lowerPlaces,
	Explain: func(_ *model.Snapshot, v solver.Violation) string {
		return fmt.Sprintf("%s: %s; %s too few.", whither(v), v.Why, count(v.Amount, "place", "places"))
	},
}

func overfull(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
	return cases(r, func(r *model.Roster, report reporter) {
		for _, k := range r.Sessions() {
			if isGroup(sn, k) {
				tooMany(sn, r.In(k), min(sn.Project(k.Project).Places, mayLead(sn, r, k)), []model.SessionKey{k}, report)
			}
		}
		at := make(map[model.ProjectCode][]*model.Session) // in order; looked up only
		for i := range sn.Sessions {
			at[sn.Sessions[i].Key.Project] = append(at[sn.Sessions[i].Key.Project], &sn.Sessions[i])
		}
		for i := range sn.Sessions {
			s := &sn.Sessions[i]
			project := sn.Project(s.Key.Project)
			if project == nil {
				continue
			}
			var running []*model.Session
			for _, o := range at[s.Key.Project] {
				if o.Span.Start <= s.Span.Start && s.Span.Start < o.Span.End {
					running = append(running, o)
				}
			}
			if len(running) == 1 && isGroup(sn, s.Key) {
				continue // judged above, with its supervisors
			}
			var there []model.Appointment
			var sessions []model.SessionKey
			for _, o := range running {
				if in := r.In(o.Key); len(in) > 0 {
					there, sessions = append(there, in...), append(sessions, o.Key)
				}
			}
			slices.SortStableFunc(there, func(a, b model.Appointment) int { return cmp.Compare(a.CRN, b.CRN) })
			tooMany(sn, there, project.Places, sessions, report)
		}
	})
}

// mayLead gives how many people the supervisors of a session answer for.
func mayLead(sn *model.Snapshot, r *model.Roster, k model.SessionKey) int32 {
	supervisors := int32(0)
	for _, c := range crew(r, k) {
		if sn.Supervisor(c) != nil {
			supervisors++
		}
	}
	return supervisors * sn.Policy.PeoplePerSupervisor
}

// tooMany judges the people of some sessions against places.
func tooMany(sn *model.Snapshot, there []model.Appointment, places int32, sessions []model.SessionKey, report reporter) {
	people := sn.Booked(there)
	arrivals := model.NewArrivals(people)
	v := solver.Violation{Sessions: sessions, Found: int64(arrivals.Enough(sn.Policy.OverfullPermille)), Limit: int64(places)}
	v.Amount = v.Found - v.Limit
	taken, most := arrivals.Most(), places*sn.Policy.BookedPercent/100
	if over := int64(taken - most); over > v.Amount {
		v.Amount, v.Found, v.Limit = over, int64(taken), int64(most)
		v.Why = fmt.Sprintf("%s for people who take %d, and at most %d may be booked", count(int64(places), "place", "places"), taken, most)
	} else {
		v.Why = fmt.Sprintf("%s for people who take %d; more come with a chance of %s, and at most %s is allowed",
			count(v.Limit, "place", "places"), taken, percent(arrivals.Over(places)), permille(int64(sn.Policy.OverfullPermille)))
	}
	if v.Amount > 0 {
		report(v)
	}
}

func lowerPlaces(b *solver.Builder) {
	pol := b.Snapshot.Policy
	needs := func(a solver.ActorIx) int32 { return b.Person(a).Needs() }
	supervised := func(a solver.ActorIx) int32 {
		if p := b.Person(a); p.Risk == model.HighRisk || p.Risk == model.VeryHighRisk {
			return max(pol.HighRiskWeight, p.Needs())
		}
		return b.Person(a).Needs()
	}
	site := solver.Room{Has: func(t solver.SessionIx) int32 { return b.Project(t).Places }}
	ratio := solver.Room{Adds: func(a solver.ActorIx) int32 {
		if b.Kind(a) == solver.Supervisors {
			return pol.PeoplePerSupervisor
		}
		return 0
	}}
	own := groups(b)
	b.Crowd(solver.Crowd{Col: own, Weight: supervised, Room: []solver.Room{site, ratio}, Limit: pol.OverfullPermille, Booked: pol.BookedPercent})

	// Everybody at a site: for groups only where sessions meet, since alone they are judged above.
	there := whileRunning(b)
	meet := make([]int, b.NumSessions())
	for t := range solver.SessionIx(b.NumSessions()) {
		for _, cell := range there(t) {
			meet[cell]++
		}
	}
	everybody := func(group bool) func(t solver.SessionIx) []int32 {
		return func(t solver.SessionIx) []int32 {
			if (len(own(t)) > 0) != group {
				return nil
			}
			return slices.DeleteFunc(there(t), func(cell int32) bool { return group && meet[cell] == 1 })
		}
	}
	b.Crowd(solver.Crowd{Col: everybody(true), Weight: supervised, Room: []solver.Room{site}, Limit: pol.OverfullPermille, Booked: pol.BookedPercent})
	b.Crowd(solver.Crowd{Col: everybody(false), Weight: needs, Room: []solver.Room{site}, Limit: pol.OverfullPermille, Booked: pol.BookedPercent})
}
