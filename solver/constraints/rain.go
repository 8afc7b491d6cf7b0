package constraints

import (
	"fmt"
	"iter"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// Rain prices the rain that is expected. One entry: one group session outdoors with people, on a day with a forecast of rain.
var Rain = &solver.Constraint{
	ID:    "rain",
	Title: "Groups stay outdoors when it is dry",
	Doc: "Opening a group session outdoors costs the chance of rain, as forecast for the project's weather area and day, times what a day moved indoors costs. Where there is " +
		"no forecast it costs nothing.",
	Clauses:    []policy.ClauseID{"rain", "rain.session"},
	Level:      solver.Soft,
	Unit:       "millipoints",
	Violations: expectedRain,
	Lower:      lowerRain,
	Explain: func(_ *model.Snapshot, v solver.Violation) string {
		return fmt.Sprintf("Rain with a chance of %d in 1000 at %s costs %s.", v.Found, whither(v), points(v.Amount))
	},
}

func expectedRain(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
	return cases(r, func(r *model.Roster, report reporter) {
		for _, k := range r.Sessions() {
			at := sn.Project(k.Project)
			if !isGroup(sn, k) || at.Exposure != model.Outdoor || len(r.In(k)) == 0 {
				continue
			}
			permille, _ := sn.Rain(at, k.Date)
			v := sessionAlone(k, int64(permille)*sn.Policy.RainPrice/1000)
			if v.Found = int64(permille); v.Amount != 0 {
				report(v)
			}
		}
	})
}

func lowerRain(b *solver.Builder) {
	b.Count(solver.Grid{
		Cols: b.NumSessions(),
		Col: b.EachSession(func(t solver.SessionIx) bool {
			return b.Project(t).Kind == model.Group && b.Project(t).Exposure == model.Outdoor
		}),
		Weight: each(b, solver.People),
		Shape:  solver.Open,
		Limit: func(_, col int32) int32 {
			t := solver.SessionIx(col)
			chance, told := b.Snapshot.Rain(b.Project(t), b.Session(t).Key.Date)
			if !told {
				return 0
			}
			return int32(b.Snapshot.Policy.RainPrice * int64(chance) / 1000)
		},
	})
}
