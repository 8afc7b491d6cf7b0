package constraints

import (
	"fmt"
	"iter"
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// SupervisorGender keeps people away from supervisors whom they may not meet. One case: one person at a site when one of its
// sessions starts, while such a supervisor is there, whoever else is; and one appointment at a wet site.
var SupervisorGender = &solver.Constraint{
	ID:    "supervisor-gender",
	Title: "Nobody meets a supervisor of the sex they may not meet",
	Doc: "A person whose record says no_male_supervisor meets only women as supervisors, and one whose record says no_female_supervisor only men; a supervisor whose sex is " +
		"recorded as other meets neither. This holds for every supervisor at the place at the time: of their own session, of overlapping sessions of the project, and of every " +
		"group at the wet site.",
	Clauses:    []policy.ClauseID{"supervisor-gender"},
	Level:      solver.Hard,
	Unit:       "people with a supervisor they may not meet",
	Violations: wrongSupervisor,
	Lower:      lowerSupervisorGender,
	Explain: func(_ *model.Snapshot, v solver.Violation) string {
		return fmt.Sprintf("%s may not meet at %s: %s.", who(v), whither(v), v.Why)
	},
}

func wrongSupervisor(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
	return cases(r, func(r *model.Roster, report reporter) {
		at := make(map[model.ProjectCode][]*model.Session) // sessions of the roster, in order; looked up only
		for _, k := range r.Sessions() {
			if s := sn.Session(k); s != nil {
				at[k.Project] = append(at[k.Project], s)
				continue
			}
			meetsCrew(sn, r, []model.SessionKey{k}, k, "in that session", report)
		}
		for i := range sn.Sessions {
			s := &sn.Sessions[i]
			var there []model.SessionKey
			for _, o := range at[s.Key.Project] {
				if o.Span.Start <= s.Span.Start && s.Span.Start < o.Span.End {
					there = append(there, o.Key)
				}
			}
			for _, k := range there {
				meetsCrew(sn, r, there, k, "at "+s.Key.Start.String(), report)
			}
		}
		meetsWhenWet(sn, r, report)
	})
}

// meetsCrew reports the people of one session who meet a supervisor, of any session there, whom they may not.
func meetsCrew(sn *model.Snapshot, r *model.Roster, there []model.SessionKey, k model.SessionKey, moment string, report reporter) {
	for _, a := range everyone(r, k) {
		p := sn.Person(a.CRN)
		if p == nil {
			continue
		}
		v := here(&a)
		for _, o := range there {
			for _, c := range crew(r, o) {
				if s := sn.Supervisor(c); s != nil && mayNotMeet(p, s) {
					v.Supervisors = append(v.Supervisors, c)
				}
			}
		}
		if len(v.Supervisors) > 0 {
			v.Why = fmt.Sprintf("their record says %v, and both are there %s", p.Flags&(model.NoMaleSupervisor|model.NoFemaleSupervisor), moment)
			report(v)
		}
	}
}

// mayNotMeet reports whether a person's record rules a supervisor out.
func mayNotMeet(p *model.Person, s *model.Supervisor) bool {
	return p.Flags.Has(model.NoMaleSupervisor) && s.Sex != model.Female || p.Flags.Has(model.NoFemaleSupervisor) && s.Sex != model.Male
}

// meetsWhenWet reports the people who meet such a supervisor only because a group moves to a wet site.
func meetsWhenWet(sn *model.Snapshot, r *model.Roster, report reporter) {
	type group struct {
		key   model.SessionKey
		span  model.Span
		moved bool
	}
	at := make(map[model.ProjectCode][]group) // who is at a host when it rains; looked up only
	for _, w := range r.WetPlans {
		if s := sn.Session(w.Session); s != nil {
			at[w.Host] = append(at[w.Host], group{w.Session, s.Span, true})
		}
	}
	for _, k := range r.Sessions() {
		if s := sn.Session(k); s != nil && at[k.Project] != nil {
			at[k.Project] = append(at[k.Project], group{k, s.Span, false})
		}
	}
	for _, k := range r.Sessions() {
		host := k.Project
		if wet := wetSite(sn, r, k); wet != nil {
			host = wet.Code
		}
		own := sn.Session(k)
		if own == nil {
			continue
		}
		var others []model.SessionKey
		for _, g := range at[host] {
			if g.key != k && (g.moved || host != k.Project) && g.span.Overlaps(own.Span) {
				others = append(others, g.key)
			}
		}
		meetsCrew(sn, r, others, k, fmt.Sprintf("when it rains, at wet site %s", host), report)
	}
}

// Everybody with a restriction is counted in one table, by what their record says: with both flags, any supervisor will do
// to break it.
func lowerSupervisorGender(b *solver.Builder) {
	const notMen, notWomen = uint8(1), uint8(2)
	b.Shun(func(a solver.ActorIx) (reasons uint8) {
		if b.Person(a).Flags.Has(model.NoMaleSupervisor) {
			reasons |= notMen
		}
		if b.Person(a).Flags.Has(model.NoFemaleSupervisor) {
			reasons |= notWomen
		}
		return reasons
	}, func(a solver.ActorIx) uint8 {
		switch b.Supervisor(a).Sex {
		case model.Male:
			return notMen
		case model.Female:
			return notWomen
		default:
			return notMen | notWomen
		}
	})
	const no = model.NoMaleSupervisor | model.NoFemaleSupervisor
	meets := map[model.Flags][]model.Sex{ // looked up only
		model.NoMaleSupervisor:   {model.Male, model.SexOther},
		model.NoFemaleSupervisor: {model.Female, model.SexOther},
		no:                       {model.Male, model.Female, model.SexOther},
	}
	for _, said := range []model.Flags{model.NoMaleSupervisor, model.NoFemaleSupervisor, no} {
		b.Count(solver.Grid{
			Cols: b.NumSessions(), Col: whileRunning(b),
			Weight: those(b, solver.People, func(a solver.ActorIx) bool { return b.Person(a).Flags&no == said }),
			Guard:  those(b, solver.Supervisors, func(a solver.ActorIx) bool { return slices.Contains(meets[said], b.Supervisor(a).Sex) }),
			Shape:  solver.Over, When: solver.Guarded, Limit: constant(0),
		})
	}
}
