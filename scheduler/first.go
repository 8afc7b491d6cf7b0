package scheduler

import "github.com/communitypayback/payback/model"

// freezeFirst sets by when each person who has not been offered a session yet is to have their first: the induction while
// they are not inducted, then the first session of work.
func freezeFirst(sn *model.Snapshot, f *model.Facts) {
	type offers struct{ any, work bool }
	type order struct {
		who   model.CRN
		event int32
	}
	made := map[order]offers{} // looked up only
	for i := range f.History {
		a := &f.History[i]
		if a.Session.Date < sn.Week.Monday() && (a.Outcome == "" || a.Outcome.Offered()) {
			k := order{a.CRN, a.Event}
			made[k] = offers{true, made[k].work || !induces(sn, a.Session)}
		}
	}
	for i := range sn.People {
		p := &sn.People[i]
		p.FirstDue = 0
		q := p.Current(sn.Week)
		if q == nil {
			continue
		}
		was := made[order{p.CRN, q.Event}]
		switch {
		case q.Inducted == 0 && !was.any:
			p.FirstDue = workingDaysAfter(f.Holidays, q.Sentenced, sn.Policy.InductionWorkingDays)
		case q.Inducted != 0 && !was.work && q.Completed == 0 && (len(p.Requirements) > 1 || p.Attended+p.Missed == 0):
			p.FirstDue = workingDaysAfter(f.Holidays, q.Sentenced, sn.Policy.FirstSessionDays)
		}
	}
}
