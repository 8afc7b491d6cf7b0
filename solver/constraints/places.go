package constraints

import (
	"fmt"
	"iter"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// Places keeps people within what the site and its supervisors can take. One case: each place too few at a site when one of
// its sessions starts, and each person too many for the supervisors of a session.
var Places = &solver.Constraint{
	ID:    "places",
	Title: "Sites and supervisors can take everybody",
	Doc: "No more people are at a site at one time than it has places; overlapping sessions of a project share them, and a support worker takes one more. Each supervisor " +
		"answers for so many people; someone at high risk or with a support worker counts for more, and the weights do not add up.",
	Clauses:    []policy.ClauseID{"places", "places.ratio", "places.high-risk-weight"},
	Level:      solver.Hard,
	Unit:       "places too few",
	Lack:       "no place left",
	Violations: overfull,
	Lower:      lowerPlaces,
	Explain: func(_ *model.Snapshot, v solver.Violation) string {
		return fmt.Sprintf("%s: %s need %d, %d too many.", whither(v), v.Why, v.Found, v.Amount)
	},
}

func overfull(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
	return cases(r, func(r *model.Roster, report reporter) {
		asked := make(map[model.SessionKey]int64)          // looked up only
		at := make(map[model.ProjectCode][]*model.Session) // sessions with people, in order; looked up only
		for _, k := range r.Sessions() {
			tooManyToSupervise(sn, r, k, report)
			for _, a := range everyone(r, k) {
				asked[k] += int64(placesOf(sn, a.CRN))
			}
			if s := sn.Session(k); s != nil && asked[k] > 0 {
				at[k.Project] = append(at[k.Project], s)
			}
		}
		for i := range sn.Sessions {
			s := &sn.Sessions[i]
			project := sn.Project(s.Key.Project)
			if project == nil {
				continue
			}
			v := solver.Violation{Limit: int64(project.Places)}
			for _, o := range at[s.Key.Project] {
				if o.Span.Start <= s.Span.Start && s.Span.Start < o.Span.End {
					v.Found += asked[o.Key]
					v.Sessions = append(v.Sessions, o.Key)
				}
			}
			if v.Amount = v.Found - v.Limit; v.Amount > 0 {
				v.Why = fmt.Sprintf("the site has %s; the people there at %s", count(v.Limit, "place", "places"), s.Key.Start)
				report(v)
			}
		}
	})
}

// placesOf gives how many places a person takes; whoever is not known takes one.
func placesOf(sn *model.Snapshot, c model.CRN) int32 {
	if p := sn.Person(c); p != nil {
		return p.Needs()
	}
	return 1
}

// tooManyToSupervise compares the weight of a group with what its supervisors answer for.
func tooManyToSupervise(sn *model.Snapshot, r *model.Roster, k model.SessionKey, report reporter) {
	if !isGroup(sn, k) {
		return
	}
	var weight, supervisors int64
	for _, a := range everyone(r, k) {
		w := placesOf(sn, a.CRN)
		if p := sn.Person(a.CRN); p != nil && p.Risk >= model.HighRisk {
			w = max(w, sn.Policy.HighRiskWeight)
		}
		weight += int64(w)
	}
	for _, c := range crew(r, k) {
		if sn.Supervisor(c) != nil {
			supervisors++
		}
	}
	limit := supervisors * int64(sn.Policy.PeoplePerSupervisor)
	if weight <= limit {
		return
	}
	v := sessionAlone(k, weight-limit)
	v.Found, v.Limit = weight, limit
	v.Why = fmt.Sprintf("%s may answer for %d; the people, with their weights,", count(supervisors, "supervisor", "supervisors"), limit)
	report(v)
}

func lowerPlaces(b *solver.Builder) {
	if b.NumSessions() == 0 {
		return
	}
	b.Count(solver.Grid{
		Cols: b.NumSessions(), Col: whileRunning(b),
		Weight: func(a solver.ActorIx) int32 {
			if b.Kind(a) == solver.People {
				return b.Person(a).Needs()
			}
			return 0
		},
		Shape: solver.Over,
		Limit: func(_, col int32) int32 { return b.Project(solver.SessionIx(col)).Places },
	})
	pol := b.Snapshot.Policy
	b.Count(solver.Grid{
		Cols: b.NumSessions(), Col: groups(b),
		Weight: func(a solver.ActorIx) int32 {
			switch b.Kind(a) {
			case solver.Supervisors:
				return -pol.PeoplePerSupervisor
			case solver.People:
				p := b.Person(a)
				if p.Risk == model.HighRisk || p.Risk == model.VeryHighRisk {
					return max(pol.HighRiskWeight, p.Needs())
				}
				return p.Needs()
			default:
				return 0
			}
		},
		Shape: solver.Over, Limit: constant(0),
	})
}
