package scheduler

import (
	"slices"

	"github.com/communitypayback/payback/model"
)

// DueState says how a thing with a day stands.
type DueState string

// The states of what has a day.
const (
	DueLater   DueState = "later"
	DueNow     DueState = "due"
	DueOverdue DueState = "overdue"
	DueDone    DueState = "done"
	DueNot     DueState = "not needed" // the order is complete
)

// Due is something that has to be done by a day.
type Due struct {
	Kind  string // six_month, nine_month, induction, first_session
	By    model.Date
	Done  model.Date // zero: not done, or on a day that is not recorded
	State DueState
	Late  bool // it was done after its day
}

// reviewsOf tells how the standing reviews of a requirement stand.
func reviewsOf(sn *model.Snapshot, f *model.Facts, q *model.Requirement, x *Forecast) []Due {
	var out []Due
	for _, r := range []struct {
		kind   string
		months int32
	}{{"six_month", sn.Policy.ReviewFirstMonths}, {"nine_month", sn.Policy.ReviewSecondMonths}} {
		d := Due{Kind: r.kind, By: q.Sentenced.AddMonths(int(r.months)), State: DueLater}
		i := slices.IndexFunc(f.Reviews, func(v model.Review) bool {
			return v.CRN == x.CRN && v.Event == q.Event && v.Kind == r.kind && v.DoneOn <= x.AsOf
		})
		switch {
		case i >= 0:
			d.State, d.Done = DueDone, f.Reviews[i].DoneOn
			d.Late = d.Done > d.By
		case x.Left == 0 || q.Status == model.Complete:
			d.State = DueNot
		case d.By < x.AsOf:
			d.State = DueOverdue
		case d.By <= x.AsOf+model.Date(sn.Policy.ReviewNoticeDays):
			d.State = DueNow
		}
		out = append(out, d)
	}
	return out
}

// clocksOf tells how the clocks of a new order stand.
func clocksOf(sn *model.Snapshot, f *model.Facts, p *model.Person, q *model.Requirement, today model.Date) []Due {
	induction := Due{Kind: "induction", By: workingDaysAfter(f.Holidays, q.Sentenced, sn.Policy.InductionWorkingDays), Done: q.Inducted}
	first := Due{Kind: "first_session", By: workingDaysAfter(f.Holidays, q.Sentenced, sn.Policy.FirstSessionDays)}
	worked := q.Completed > 0 || len(p.Requirements) == 1 && p.Attended > 0
	if p.Attended == 0 { // else it was before the first row, on a day that is not told
		for i := range f.History { // by session, so the first is the earliest
			if a := &f.History[i]; a.CRN == p.CRN && a.Event == q.Event && a.Outcome.Presence() == model.Came && a.Session.Date <= today && !induces(sn, a.Session) {
				first.Done = a.Session.Date
				break
			}
		}
	}
	for _, d := range []*Due{&induction, &first} {
		switch {
		case d.Done != 0 && d.Done <= today || d == &first && worked:
			d.State, d.Late = DueDone, d.Done > d.By
		case leftOf(q) == 0 || q.Status == model.Complete:
			d.State = DueNot
		case d.By < today:
			d.State = DueOverdue
		default:
			d.State = DueNow
		}
	}
	return []Due{induction, first}
}

// induces reports whether a session is an induction, which is no session of work.
func induces(sn *model.Snapshot, k model.SessionKey) bool {
	at := sn.Project(k.Project)
	return at != nil && at.Kind == model.Induction
}

// workingDaysAfter gives the last of so many working days after a day.
func workingDaysAfter(holidays []model.Holiday, d model.Date, n int32) model.Date {
	for n > 0 {
		if d++; working(holidays, d) {
			n--
		}
	}
	return d
}
