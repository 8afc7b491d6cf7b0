package scheduler

import (
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
)

// sheltered gives a roster that was edited its wet plans: those it had, as long as they hold as well as what the engine finds
// for the days that were touched, and the engine's otherwise. Groups that had none get the engine's in any case.
func (e *editor) sheltered(r *model.Roster, found []model.WetPlan) *model.Roster {
	touched := map[model.Date]bool{} // looked up only
	for _, k := range e.touched {
		touched[k.Date] = true
	}
	kept, anew := withWetPlans(r, e.roster.WetPlans, found), withWetPlans(r, nil, found)
	anew.WetPlans = mixed(kept.WetPlans, anew.WetPlans, func(w model.WetPlan) bool { return touched[w.Session.Date] })
	anew.Sort()
	if slices.Equal(kept.WetPlans, anew.WetPlans) || e.broken(kept) <= e.broken(anew) {
		return kept
	}
	return anew
}

// broken counts the cases of rules that must hold.
func (e *editor) broken(r *model.Roster) int64 {
	return solver.Total(solver.Check(e.sn, r, e.constraints), e.constraints).Hard()
}

// withWetPlans gives a roster, its other parts shared, with one wet plan at most for each session that has people: the first
// of these that is about it.
func withWetPlans(r *model.Roster, first, second []model.WetPlan) *model.Roster {
	x := *r
	x.WetPlans = nil
	for _, w := range slices.Concat(first, second) {
		same := func(o model.WetPlan) bool { return o.Session == w.Session }
		if len(r.In(w.Session)) > 0 && !slices.ContainsFunc(x.WetPlans, same) {
			x.WetPlans = append(x.WetPlans, w)
		}
	}
	x.Sort()
	return &x
}
