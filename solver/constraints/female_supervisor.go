package constraints

import (
	"fmt"
	"iter"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// FemaleSupervisor prices groups in which women are supervised by men alone. One entry: one group session.
var FemaleSupervisor = &solver.Constraint{
	ID:    "female-supervisor",
	Title: "Where there are women, a woman supervises",
	Doc: "A group session with women, mixed or for women only, and without a woman among its supervisors costs. A restriction of somebody's to women as supervisors is " +
		"another rule, which must hold.",
	Clauses:    []policy.ClauseID{"female-supervisor", "female-supervisor.session"},
	Level:      solver.Soft,
	Unit:       "millipoints",
	Violations: womenWithoutHer,
	Lower:      lowerFemaleSupervisor,
	Explain: func(_ *model.Snapshot, v solver.Violation) string {
		return fmt.Sprintf("%s has %s (%s) and no woman to supervise: %s.", whither(v), count(v.Found, "woman", "women"), who(v), points(v.Amount))
	},
}

func womenWithoutHer(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
	return cases(r, func(r *model.Roster, report reporter) {
		for _, k := range r.Sessions() {
			if !isGroup(sn, k) || sn.Policy.NoWomanSupervisesPrice == 0 {
				continue
			}
			v := sessionAlone(k, sn.Policy.NoWomanSupervisesPrice)
			for _, a := range everyone(r, k) {
				if p := sn.Person(a.CRN); p != nil && p.Sex == model.Female {
					v.People = append(v.People, p.CRN)
				}
			}
			led := false
			for _, c := range crew(r, k) {
				s := sn.Supervisor(c)
				led = led || s != nil && s.Sex == model.Female
			}
			if v.Found = int64(len(v.People)); len(v.People) > 0 && !led {
				report(v)
			}
		}
	})
}

func lowerFemaleSupervisor(b *solver.Builder) {
	price := b.Snapshot.Policy.NoWomanSupervisesPrice
	if price == 0 {
		return
	}
	b.Count(solver.Grid{
		Cols: b.NumSessions(), Col: groups(b),
		Weight: those(b, solver.Supervisors, func(a solver.ActorIx) bool { return b.Supervisor(a).Sex == model.Female }),
		Guard:  those(b, solver.People, func(a solver.ActorIx) bool { return b.Person(a).Sex == model.Female }),
		Shape:  solver.Missing, When: solver.Guarded, Price: price,
	})
}
