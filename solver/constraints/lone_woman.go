package constraints

import (
	"fmt"
	"iter"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// LoneWoman prices the chance that of the women booked in a mixed group exactly one comes. One case: one session with at
// least two women.
var LoneWoman = &solver.Constraint{
	ID:    "lone-woman",
	Title: "Of the women booked, more than one comes",
	Doc: "A mixed group, induction or training session with at least two women may still see only one of them come: with two who each come six times in ten that is so " +
		"every other time, with three less than three times in ten. The chance of it costs a share of the price of its happening.",
	Clauses:    []policy.ClauseID{"lone-woman", "lone-woman.price"},
	Level:      solver.Soft,
	Unit:       "millipoints",
	Violations: mayBeAlone,
	Lower: func(b *solver.Builder) {
		lowerLoneWoman(b, b.Snapshot.Policy.LoneWomanPrice, solver.NoLimit)
	},
	Explain: func(_ *model.Snapshot, v solver.Violation) string {
		return fmt.Sprintf("%s: %s, which costs %s.", whither(v), v.Why, points(v.Amount))
	},
}

func mayBeAlone(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
	return cases(r, func(r *model.Roster, report reporter) {
		for _, k := range r.Sessions() {
			women, alone := chanceOfOneWoman(sn, r, k)
			v := sessionAlone(k, sn.Policy.LoneWomanPrice*alone/model.Sure)
			if v.Amount != 0 {
				v.People = women
				v.Why = fmt.Sprintf("of %s only one comes with a chance of %s", count(int64(len(women)), "woman", "women"), percent(alone))
				report(v)
			}
		}
	})
}

// chanceOfOneWoman gives the women of a mixed session and the chance that exactly one of them comes, where at least two are
// booked.
func chanceOfOneWoman(sn *model.Snapshot, r *model.Roster, k model.SessionKey) (women []model.CRN, alone int64) {
	t, at := sn.Session(k), sn.Project(k.Project)
	if t == nil || at == nil || at.WomenOnly || at.Kind == model.Individual {
		return nil, 0
	}
	var booked []model.Arrival
	for _, a := range everyone(r, k) {
		if p := sn.Person(a.CRN); p != nil && p.Sex == model.Female {
			women, booked = append(women, p.CRN), append(booked, model.Arrival{Permille: sn.Comes(p, t), Places: 1})
		}
	}
	if len(women) < 2 {
		return nil, 0
	}
	return women, model.NewArrivals(booked)[1]
}

func lowerLoneWoman(b *solver.Builder, price int64, limit int32) {
	b.Lone(solver.Lone{
		Session: func(t solver.SessionIx) bool {
			switch b.Project(t).Kind {
			case model.Group, model.Induction, model.ETE:
				return !b.Project(t).WomenOnly
			default:
				return false
			}
		},
		Person: func(a solver.ActorIx) bool { return b.Person(a).Sex == model.Female },
		Price:  price, Limit: limit,
	})
}
