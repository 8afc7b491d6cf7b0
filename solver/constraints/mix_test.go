package constraints_test

import (
	"testing"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver/constraints"
)

func TestMix(t *testing.T) {
	// At no price: 2 of high risk, 3 new and 4 young people. Beyond, each costs 30, 20 and 10 points. New people and nobody
	// with 15 recorded sessions cost 20. Everybody has 5 until a case says otherwise; the group has seven of them.
	everybody := []model.CRN{"B000001", "B000002", "B000003", "B000004", "B000005", "B000006", "B000007"}
	make7 := func(edit func(i int, p *model.Person)) func(*model.Snapshot) {
		return func(sn *model.Snapshot) {
			for i, c := range everybody {
				p := *person(sn, ann)
				p.CRN, p.Outcomes = c, 5
				edit(i, &p)
				sn.People = append(sn.People, p)
			}
		}
	}
	risky := func(n int, l model.Level) func(*model.Snapshot) {
		return make7(func(i int, p *model.Person) {
			if i < n {
				p.Risk = l
			}
		})
	}
	fresh := func(n int, versed int32) func(*model.Snapshot) {
		return make7(func(i int, p *model.Person) {
			if i < n {
				p.Outcomes = 0
			}
			if i == 6 {
				p.Outcomes = versed
			}
		})
	}
	young := func(n int) func(*model.Snapshot) {
		return make7(func(i int, p *model.Person) { p.Young = i < n })
	}
	no := func(edit func(*model.Snapshot)) func(*model.Snapshot) {
		return func(sn *model.Snapshot) {
			edit(sn)
			sn.Policy.MixHighRiskPrice, sn.Policy.MixNewPrice, sn.Policy.MixYoungPrice, sn.Policy.NoExperiencePrice = 0, 0, 0, 0
		}
	}
	whole := []part{goes(group, mon, everybody...)}
	keepsOrBreaks(t, constraints.Mix, []clause{
		{"an ordinary group", risky(0, 0), whole, 0},
		{"two of high risk", risky(2, model.HighRisk), whole, 0},
		{"three of high risk", risky(3, model.HighRisk), whole, 30_000},
		{"four of very high risk", risky(4, model.VeryHighRisk), whole, 60_000},
		{"medium risk is not high", risky(7, model.MediumRisk), whole, 0},
		{"three new people and one experienced", fresh(3, 15), whole, 0},
		{"three new people and nobody experienced", fresh(3, 14), whole, 20_000},
		{"one new person and nobody experienced", fresh(1, 14), whole, 20_000},
		{"four new people and one experienced", fresh(4, 15), whole, 20_000},
		{"five new people and nobody experienced", fresh(5, 14), whole, 60_000},
		{"nobody new and nobody experienced", fresh(0, 14), whole, 0},
		{"somebody with one recorded session is not new", fresh(0, 1), whole, 0},
		{"four young people", young(4), whole, 0},
		{"six young people", young(6), whole, 20_000},
		{"in two groups", young(6), []part{goes(group, mon, everybody[:3]...), goes(carried, mon, everybody[3:]...)}, 0},
		{"an induction is no group", fresh(7, 0), []part{goes(start, mon, everybody...)}, 0},
		{"somebody entered twice is one", young(5), []part{goes(group, mon, everybody...), goes(group, mon, everybody[0])}, 10_000},
		{"nobody knows them", young(4), []part{goes(group, mon, "Z999999"), goes(group, mon, everybody[:4]...)}, 0},
		{"a region that prices nothing of it", no(fresh(7, 0)), whole, 0},
		{"nor risk or age", no(both(risky(4, model.HighRisk), func(sn *model.Snapshot) {
			for i := range sn.People {
				sn.People[i].Young = true
			}
		})), whole, 0},
	})
}

func TestMixSays(t *testing.T) {
	fresh := func(sn *model.Snapshot) {
		person(sn, ann).Outcomes, person(sn, bob).Outcomes = 0, 1
		sn.Policy.MixNew, sn.Policy.MixNewPrice = 0, 1
	}
	says(t, constraints.Mix, []saying{
		{"one new person, where none is free, and nobody experienced", fresh, []part{goes(group, mon, ann, bob)}, []string{
			"CT01 on 2026-11-30 at 09:00 has many new people (1 person), more than 0: 0.0 points.",
			"CT01 on 2026-11-30 at 09:00 has new people and nobody experienced: 20.0 points.",
		}},
	})
}
