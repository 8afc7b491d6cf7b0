package location

import (
	"iter"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// rules are those of an instance, in words and as kernels. Leaving a customer out has a price that no saving outweighs.
func (in *Instance) rules() []*solver.Constraint {
	return []*solver.Constraint{in.opening(), in.serving(), in.leftOut(), in.once(), in.capacity(), in.lead()}
}

// leaving is the price of a customer who is not served: more than opening any facility and serving anybody there.
func (in *Instance) leaving() int64 {
	opening, cost := int32(0), int32(0)
	for _, f := range in.Opening {
		opening = max(opening, f)
	}
	for _, row := range in.Cost {
		for _, c := range row {
			cost = max(cost, c)
		}
	}
	return int64(opening) + int64(cost) + 1000
}

// rule makes a constraint that only this package reads.
func rule(id, title string, level solver.Level, unit string, words func(*model.Roster, func(solver.Violation)), lower func(*solver.Builder)) *solver.Constraint {
	return &solver.Constraint{
		ID: id, Title: title, Doc: title + ", in the single-source capacitated facility location problem.", Clauses: []policy.ClauseID{"places"}, Level: level, Unit: unit,
		Lower:   lower,
		Explain: func(*model.Snapshot, solver.Violation) string { return title },
		Violations: func(_ *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
			return func(yield func(solver.Violation) bool) {
				going := true
				words(r, func(v solver.Violation) { going = going && yield(v) })
			}
		},
	}
}

func (in *Instance) opening() *solver.Constraint {
	return rule("location-opening", "A facility that serves somebody costs its opening", solver.Soft, "thousandths", func(r *model.Roster, report func(solver.Violation)) {
		for _, x := range in.loads(r) {
			if x.customers > 0 {
				report(solver.Violation{Amount: int64(in.Opening[x.facility]), Sessions: []model.SessionKey{x.key}})
			}
		}
	}, func(b *solver.Builder) {
		b.Count(solver.Grid{
			Cols: b.NumSessions(), Col: b.EachSession(every), Weight: one(b, solver.People), Shape: solver.Open,
			Limit: func(_, col int32) int32 { return in.Opening[col] },
		})
	})
}

func (in *Instance) serving() *solver.Constraint {
	return rule("location-serving", "Serving a customer costs what it costs there", solver.Soft, "thousandths", func(r *model.Roster, report func(solver.Violation)) {
		for i := range r.Appointments {
			a := &r.Appointments[i]
			report(solver.Violation{Amount: int64(in.Cost[customerOf(a.CRN)][facilityOf(a.Session)]), People: []model.CRN{a.CRN}, Sessions: []model.SessionKey{a.Session}})
		}
	}, func(b *solver.Builder) {
		b.Cost(solver.People, func(a solver.ActorIx, t solver.SessionIx) int64 { return int64(in.Cost[a][t]) })
	})
}

func (in *Instance) leftOut() *solver.Constraint {
	return rule("location-left-out", "A customer who is left out costs more than any other", solver.Soft, "thousandths", func(r *model.Roster, report func(solver.Violation)) {
		times := in.times(r)
		for i := range times {
			if times[i] == 0 {
				report(solver.Violation{Amount: in.leaving(), People: []model.CRN{crn(i)}})
			}
		}
	}, func(b *solver.Builder) {
		b.Count(solver.Grid{Rows: len(in.Demand), Row: person(b), Shape: solver.Missing, Price: in.leaving()})
	})
}

func (in *Instance) once() *solver.Constraint {
	return rule("location-once", "A customer is served by one facility", solver.Hard, "times", func(r *model.Roster, report func(solver.Violation)) {
		times := in.times(r)
		for i := range times {
			if times[i] > 1 {
				report(solver.Violation{Amount: int64(times[i] - 1), People: []model.CRN{crn(i)}})
			}
		}
	}, func(b *solver.Builder) {
		b.Count(solver.Grid{Rows: len(in.Demand), Row: person(b), Shape: solver.Over, Limit: func(_, _ int32) int32 { return 1 }})
	})
}

func (in *Instance) capacity() *solver.Constraint {
	return rule("location-capacity", "A facility serves no more than its capacity", solver.Hard, "units", func(r *model.Roster, report func(solver.Violation)) {
		for _, x := range in.loads(r) {
			if over := x.demand - int64(in.Capacity[x.facility]); over > 0 {
				report(solver.Violation{Amount: over, Sessions: []model.SessionKey{x.key}})
			}
		}
	}, func(b *solver.Builder) {
		demand := func(a solver.ActorIx) int32 {
			if b.Kind(a) == solver.People {
				return in.Demand[a]
			}
			return 0
		}
		b.Count(solver.Grid{
			Cols: b.NumSessions(), Col: b.EachSession(every), Weight: demand, Shape: solver.Over,
			Limit: func(_, col int32) int32 { return in.Capacity[col] },
		})
	})
}

// lead gives each facility somebody who opens it, and nothing else to do, so that opening is a decision of its own as it is for a
// session. It costs nothing and forbids no solution.
func (in *Instance) lead() *solver.Constraint {
	return rule("location-lead", "A facility is open if and only if it serves somebody", solver.Hard, "cases", func(r *model.Roster, report func(solver.Violation)) {
		for _, x := range in.loads(r) {
			for _, d := range r.DutiesOf(x.key) {
				if string(d.Supervisor[1:]) != string(x.key.Project[1:]) {
					report(solver.Violation{Amount: 1, Supervisors: []model.SupervisorCode{d.Supervisor}, Sessions: []model.SessionKey{x.key}})
				}
			}
			switch leads := int64(len(r.DutiesOf(x.key))); {
			case x.customers > 0 && leads == 0:
				report(solver.Violation{Amount: 1, Sessions: []model.SessionKey{x.key}})
			case x.customers == 0 && leads > 0:
				report(solver.Violation{Amount: leads, Sessions: []model.SessionKey{x.key}})
			}
		}
	}, func(b *solver.Builder) {
		first := b.First(solver.Supervisors)
		b.Forbid(solver.Supervisors, func(a solver.ActorIx, t solver.SessionIx) bool { return int(a-first) != int(t) })
		g := solver.Grid{
			Cols: b.NumSessions(), Col: b.EachSession(every), Weight: one(b, solver.Supervisors), Guard: one(b, solver.People),
			Shape: solver.Missing, When: solver.Guarded,
		}
		b.Count(g)
		g.Shape, g.When, g.Limit = solver.Over, solver.Unguarded, func(_, _ int32) int32 { return 0 }
		b.Count(g)
	})
}
