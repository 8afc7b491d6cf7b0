package constraints

import (
	"fmt"
	"iter"
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// Fairness makes areas share what work there is: negative prices. One entry: one area, or one appointment.
//
// Groups that the law protects are measured and reported; nothing here knows of them.
var Fairness = &solver.Constraint{
	ID:    "fairness",
	Title: "Areas share the work",
	Doc: "An appointment is worth more in an area that has few for each hundred of its people who have work to do: a first extra below a first share, and a second, smaller one below " +
		"a second share. So what an area lacks weighs the more the more it lacks. The way that is usual in a person's area, for half of its people at most, is given back at the price of " +
		"a way, so that nobody is placed less because their area is far from its projects.",
	Clauses: []policy.ClauseID{"fairness", "fairness.first-share", "fairness.first-worth", "fairness.second-share", "fairness.second-worth",
		"fairness.way-minute"},
	Level:      solver.Soft,
	Unit:       "millipoints",
	Violations: shared,
	Lower:      lowerFairness,
	Explain: func(_ *model.Snapshot, v solver.Violation) string {
		if len(v.People) > 0 {
			return fmt.Sprintf("%s to %s: a way of %d minutes is usual in their area and is given back: %s.", who(v), whither(v), v.Found, points(-v.Amount))
		}
		return fmt.Sprintf("Area %s has %s for %s with work to do, which is worth %s more.", v.Why, count(v.Found, "appointment", "appointments"),
			count(v.Limit, "person", "people"), points(-v.Amount))
	},
}

func shared(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
	return cases(r, func(r *model.Roster, report reporter) {
		pol := sn.Policy
		var areas []string
		waiting, booked := map[string]int64{}, map[string]int64{} // by area; looked up only
		for i := range sn.People {
			if team := sn.Team(sn.People[i].Team); team != nil && sn.People[i].Current(sn.Week) != nil {
				areas = append(areas, team.Area)
				waiting[team.Area]++
			}
		}
		for i := range r.Appointments {
			a := &r.Appointments[i]
			p := sn.Person(a.CRN)
			if p == nil {
				continue
			}
			team := sn.Team(p.Team)
			if team == nil {
				continue
			}
			booked[team.Area]++
			v := here(a)
			v.Found = int64(min(team.UsualWay, longestPricedWay))
			if v.Amount = -v.Found * pol.FairWayMinute; v.Amount != 0 {
				report(v)
			}
		}
		slices.Sort(areas)
		for _, area := range slices.Compact(areas) {
			v := solver.Violation{Why: area, Found: booked[area], Limit: waiting[area]}
			first := waiting[area] * int64(pol.FairFirstPercent) / 100
			second := max(first, waiting[area]*int64(pol.FairSecondPercent)/100)
			v.Amount -= min(v.Found, first) * pol.FairFirstWorth
			v.Amount -= max(0, min(v.Found, second)-first) * pol.FairSecondWorth
			if v.Amount != 0 {
				report(v)
			}
		}
	})
}

func lowerFairness(b *solver.Builder) {
	sn := b.Snapshot
	pol := sn.Policy
	var areas []string
	for i := range sn.Teams {
		areas = append(areas, sn.Teams[i].Area)
	}
	slices.Sort(areas)
	areas = slices.Compact(areas)
	of, way := make([]int32, b.NumActors(solver.People)), make([]int64, b.NumActors(solver.People))
	needy := make([]int32, len(areas))
	for a := range solver.ActorIx(len(of)) {
		of[a] = -1
		if team := sn.Team(b.Person(a).Team); team != nil {
			row, _ := slices.BinarySearch(areas, team.Area)
			of[a] = int32(row)
			way[a] = int64(team.UsualWay)
			if b.Current(a) != nil {
				needy[row]++
			}
		}
	}
	b.CostAt(solver.People, func(a solver.ActorIx, _ int32) int64 {
		return -pol.FairWayMinute * min(way[a], longestPricedWay)
	})
	b.Count(solver.Grid{
		Rows: len(areas),
		Row: func(a solver.ActorIx) int32 {
			if b.Kind(a) == solver.People {
				return of[a]
			}
			return -1
		},
		Shape: solver.Curve,
		Worth: func(row int32) model.Worth {
			return model.Worth{
				First: pol.FairFirstWorth, Day: needy[row] * pol.FairFirstPercent / 100,
				Pace: pol.FairSecondWorth, Needed: needy[row] * pol.FairSecondPercent / 100, Cap: solver.NoLimit,
			}
		},
	})
}
