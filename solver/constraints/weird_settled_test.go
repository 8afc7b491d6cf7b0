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
	b := sn.Policy
	b.MixHighRisk, b.MixNew, b.MixYoung, b.ExperiencedFrom = int32(w.between(0, 2)), int32(w.between(0, 2)), int32(w.between(0, 2)), int32(w.between(1, 3))
	b.PeopleToTell = int32(w.between(0, 6))
	b.FairFirstPercent, b.FairSecondPercent = int32(pick(w, 0, 30, 70)), int32(pick(w, 20, 100, 250))
	b.ReservePermille = int32(pick(w, 0, 60, 250, 400, 500, 1000))
	for i := range sn.Teams {
		sn.Teams[i].UsualWay = int32(pick(w, 0, 15, 40, 700))
	}
	for i := range sn.Projects {
		sn.Projects[i].Name, sn.Projects[i].QuietPlace = pick(w, "Church", "Dry stone walls", "The  Walls garden", ""), w.one(3)
	}
	for i := range sn.Supervisors {
		s := &sn.Supervisors[i]
		s.Training |= pick(w, 0, model.TrainedNeurodiversity)
		s.Languages = w.some("Urdu", "polish", "Welsh")
	}
	for i := range sn.People {
		p := &sn.People[i]
		p.Team = pick[model.TeamCode](w, "T1", "T1", "T2")
		p.Young, p.FirstDue = w.one(2), pick(w, 0, monday+model.Date(w.between(-3, 9)))
		p.Languages = w.some("urdu", "Polish ", "Somali", "")
		p.Likes = w.some("mon", "Sat", "sun", "quiet", "outdoor", "group", "Light", "walls", "stone  walls", "wall", "", "tuesday")
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

// some is a few of several words, often none.
func (w *weird) some(all ...string) (list []string) {
	if w.one(3) {
		return nil
	}
	for _, s := range all {
		if w.one(3) {
			list = append(list, s)
		}
	}
	return list
}
