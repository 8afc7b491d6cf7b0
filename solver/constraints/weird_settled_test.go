package constraints_test

import (
	"cmp"
	"slices"

	"github.com/communitypayback/payback/model"
)

// settled draws what priced rules look at: grades, where people were last, and the slots they have every week.
func (w *weird) settled() {
	sn := w.sn
	monday := sn.Week.Monday()
	for i := range sn.Supervisors {
		sn.Supervisors[i].Grade = pick(w, model.GradeSupervisor, model.Sessional, model.PlacementCoordinator)
	}
	for i := range sn.People {
		p := &sn.People[i]
		if !w.one(3) {
			p.Last = model.Last{Project: pick(w, sn.Projects...).Code, Date: monday - model.Date(w.between(1, 14)), Supervisor: pick(w, append(codes(sn), "", "K9")...)}
		}
		for range w.between(0, 2) {
			k := pick(w, sn.Sessions...).Key
			if w.one(4) {
				k.Start++
			}
			sn.Standing = append(sn.Standing, model.Standing{CRN: p.CRN, Event: int32(w.between(0, 2)), Project: k.Project, Weekday: int8(k.Date.Weekday()), Start: k.Start, End: k.Start + 60,
				Frequency: pick(w, model.Weekly, model.Weekly, model.Fortnightly, model.Once), StartDate: monday - model.Date(w.between(-2, 20)), EndDate: w.day(4)})
		}
	}
	slices.SortStableFunc(sn.Standing, func(a, b model.Standing) int { return cmp.Compare(a.CRN, b.CRN) })
}
