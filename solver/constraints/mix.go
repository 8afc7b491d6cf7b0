package constraints

import (
	"fmt"
	"iter"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// Mix prices groups in which too many need much attention. One entry: one group session and one of its reasons.
var Mix = &solver.Constraint{
	ID:    "mix",
	Title: "Groups are well mixed",
	Doc: "In a group session each person of high or very high risk beyond a number costs, each of whom nothing is recorded yet, and each young one. A group with somebody of whom nothing " +
		"is recorded yet and nobody experienced costs too. Age is known only as young or not.",
	Clauses: []policy.ClauseID{"mix", "mix.high-risk", "mix.high-risk-price", "mix.new", "mix.new-price", "mix.young", "mix.young-price", "mix.young-years",
		"mix.experienced-from", "mix.experienced-price"},
	Level:      solver.Soft,
	Unit:       "millipoints",
	Violations: illMixed,
	Lower:      lowerMix,
	Explain: func(_ *model.Snapshot, v solver.Violation) string {
		if v.Found == 0 {
			return fmt.Sprintf("%s has %s: %s.", whither(v), v.Why, points(v.Amount))
		}
		return fmt.Sprintf("%s has %s (%s), more than %d: %s.", whither(v), v.Why, count(v.Found, "person", "people"), v.Limit, points(v.Amount))
	},
}

func illMixed(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
	return cases(r, func(r *model.Roster, report reporter) {
		pol := sn.Policy
		for _, k := range r.Sessions() {
			if !isGroup(sn, k) {
				continue
			}
			var risky, fresh, young, versed int64
			for _, a := range everyone(r, k) {
				p := sn.Person(a.CRN)
				if p == nil {
					continue
				}
				if p.Risk == model.HighRisk || p.Risk == model.VeryHighRisk {
					risky++
				}
				if p.Young {
					young++
				}
				if p.Outcomes == 0 {
					fresh++
				}
				if p.Outcomes >= pol.ExperiencedFrom {
					versed++
				}
			}
			say := func(found int64, limit int32, price int64, why string) {
				v := sessionAlone(k, (found-int64(limit))*price)
				if v.Found, v.Limit, v.Why = found, int64(limit), why; found > int64(limit) && price != 0 {
					report(v)
				}
			}
			say(risky, pol.MixHighRisk, pol.MixHighRiskPrice, "many of high risk")
			say(fresh, pol.MixNew, pol.MixNewPrice, "many new people")
			say(young, pol.MixYoung, pol.MixYoungPrice, "many young people")
			if fresh > 0 && versed == 0 && pol.NoExperiencePrice != 0 {
				v := sessionAlone(k, pol.NoExperiencePrice)
				v.Why = "new people and nobody experienced"
				report(v)
			}
		}
	})
}

func lowerMix(b *solver.Builder) {
	pol, cols, col := b.Snapshot.Policy, b.NumSessions(), groups(b)
	of := func(is func(p *model.Person) bool) func(solver.ActorIx) int32 {
		return those(b, solver.People, func(a solver.ActorIx) bool { return is(b.Person(a)) })
	}
	fresh := of(func(p *model.Person) bool { return p.Outcomes < 1 })
	beyond := func(who func(solver.ActorIx) int32, number int32, price int64) {
		if price != 0 {
			b.Count(solver.Grid{Cols: cols, Col: col, Weight: who, Shape: solver.Over, Limit: constant(number), Price: price})
		}
	}
	beyond(of(func(p *model.Person) bool { return p.Risk >= model.HighRisk }), pol.MixHighRisk, pol.MixHighRiskPrice)
	beyond(fresh, pol.MixNew, pol.MixNewPrice)
	beyond(of(func(p *model.Person) bool { return p.Young }), pol.MixYoung, pol.MixYoungPrice)
	if pol.NoExperiencePrice != 0 {
		b.Count(solver.Grid{
			Cols: cols, Col: col, Weight: of(func(p *model.Person) bool { return p.Outcomes >= pol.ExperiencedFrom }), Guard: fresh,
			Shape: solver.Missing, When: solver.Guarded, Price: pol.NoExperiencePrice,
		})
	}
}
