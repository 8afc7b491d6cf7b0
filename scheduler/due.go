package scheduler

import (
	"cmp"
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

// DueKind says what has to be done.
type DueKind string

// What has a day.
const (
	DueSixMonth     DueKind = "six_month"     // the first standing review
	DueNineMonth    DueKind = "nine_month"    // the second
	DueInduction    DueKind = "induction"     // of a new order
	DueFirstSession DueKind = "first_session" // of a new order
	DueEvidence     DueKind = "evidence"      // of why somebody was absent, before the absence counts as unacceptable
	DueBreach       DueKind = "breach"        // to decide on proceedings, after too many unacceptable absences
	DueExtension    DueKind = "extension"     // to go back to court, where the work will not be done in time
)

// DueKinds lists them in the order of an order's life.
func DueKinds() []DueKind {
	return []DueKind{DueInduction, DueFirstSession, DueSixMonth, DueNineMonth, DueEvidence, DueBreach, DueExtension}
}

// Due is something that has to be done by a day.
type Due struct {
	Kind  DueKind
	By    model.Date
	Done  model.Date // zero: not done, or on a day that is not recorded
	State DueState
	Late  bool // it was done after its day
}

// clocks tells what is due by when, and what was done. Its maps are only looked up.
type clocks struct {
	*model.Snapshot
	holidays []model.Holiday
	today    model.Date
	held     map[order][]model.Review
	first    map[order]model.Date   // of a session of work that they came to
	absences map[order][]model.Date // unacceptable, by day, within the months that count
}

// order names one requirement of a person.
type order struct {
	who   model.CRN
	event int32
}

// newClocks reads the record once.
func newClocks(sn *model.Snapshot, f *model.Facts, today model.Date) clocks {
	c := clocks{Snapshot: sn, holidays: f.Holidays, today: today, held: map[order][]model.Review{}, first: map[order]model.Date{}, absences: map[order][]model.Date{}}
	for _, r := range f.Reviews {
		if r.DoneOn <= today {
			c.held[order{r.CRN, r.Event}] = append(c.held[order{r.CRN, r.Event}], r)
		}
	}
	since := today.AddMonths(-int(sn.Policy.BreachMonths))
	for i := range f.History {
		a := &f.History[i]
		k := order{a.CRN, a.Event}
		switch on := a.Session.Date; {
		case on > today:
		case a.Outcome.Presence() == model.Came && !induces(sn, a.Session):
			if was, ok := c.first[k]; !ok || on < was {
				c.first[k] = on
			}
		case a.Outcome == unacceptable && on > since:
			c.absences[k] = append(c.absences[k], on)
		}
	}
	for _, days := range c.absences {
		slices.Sort(days)
	}
	return c
}

// unacceptable is the outcome of an absence that was not, or not yet, explained.
const unacceptable = model.Outcome("UACP")

// reviews tells how the standing reviews of a requirement stand.
func (c *clocks) reviews(q *model.Requirement, x *Forecast) []Due {
	var out []Due
	held := c.held[order{x.CRN, q.Event}]
	for _, r := range []struct {
		kind   DueKind
		months int32
	}{{DueSixMonth, c.Policy.ReviewFirstMonths}, {DueNineMonth, c.Policy.ReviewSecondMonths}} {
		d := Due{Kind: r.kind, By: q.Sentenced.AddMonths(int(r.months)), State: DueLater}
		i := slices.IndexFunc(held, func(v model.Review) bool { return v.Kind == string(r.kind) })
		switch {
		case i >= 0:
			d.State, d.Done = DueDone, held[i].DoneOn
			d.Late = d.Done > d.By
		case x.Left == 0 || q.Status == model.Complete:
			d.State = DueNot
		default:
			d.State = c.stateOf(d.By, c.Policy.ReviewNoticeDays)
		}
		out = append(out, d)
	}
	return out
}

// stateOf tells how something not done stands that counts as due so many days before its day.
func (c *clocks) stateOf(by model.Date, notice int32) DueState {
	switch {
	case by < c.today:
		return DueOverdue
	case by <= c.today+model.Date(notice):
		return DueNow
	default:
		return DueLater
	}
}

// starts tells how the clocks of a new order stand.
func (c *clocks) starts(p *model.Person, q *model.Requirement) []Due {
	induction := Due{Kind: DueInduction, By: workingDaysAfter(c.holidays, q.Sentenced, c.Policy.InductionWorkingDays), Done: q.Inducted}
	first := Due{Kind: DueFirstSession, By: workingDaysAfter(c.holidays, q.Sentenced, c.Policy.FirstSessionDays)}
	worked := q.Completed > 0 || len(p.Requirements) == 1 && p.Attended > 0
	if p.Attended == 0 { // else it was before the first row, on a day that is not told
		first.Done = c.first[order{p.CRN, q.Event}]
	}
	for _, d := range []*Due{&induction, &first} {
		switch {
		case d.Done != 0 && d.Done <= c.today || d == &first && worked:
			d.State, d.Late = DueDone, d.Done > d.By
		case leftOf(q) == 0 || q.Status == model.Complete:
			d.State = DueNot
		case d.By < c.today:
			d.State = DueOverdue
		default:
			d.State = DueNow
		}
	}
	return []Due{induction, first}
}

// enforcement tells how the clocks of absences stand: each that may still be explained, and what too many of them call for.
// An absence that is explained has another outcome in the record, and is not told.
func (c *clocks) enforcement(p *model.Person, q *model.Requirement) (out []Due) {
	days := c.absences[order{p.CRN, q.Event}]
	if q.Status == model.Complete || leftOf(q) == 0 {
		return nil
	}
	for _, d := range days {
		if by := workingDaysAfter(c.holidays, d, c.Policy.BreachEvidenceDays); by >= c.today {
			out = append(out, Due{Kind: DueEvidence, By: by, State: DueNow})
		}
	}
	if n := int(c.Policy.BreachAbsences); n > 0 && len(days) >= n {
		d := Due{Kind: DueBreach, By: workingDaysAfter(c.holidays, days[n-1], c.Policy.BreachEvidenceDays), State: DueNow}
		switch {
		case q.Status == model.Breach:
			d.State = DueDone
		case d.By < c.today:
			d.State = DueOverdue
		}
		out = append(out, d)
	}
	return out
}

// extension tells by when somebody has to go back to court because their work will not be done by the target date; false: it
// is likely to be, or there is nothing to extend.
func (c *clocks) extension(q *model.Requirement, x *Forecast, b Band) (Due, bool) {
	if q.Status != model.Active || x.Left == 0 || x.State == ForecastEnded || b != BandPast && b != BandUnlikely {
		return Due{}, false
	}
	by := q.Target - model.Date(c.Policy.ExtensionNoticeDays)
	return Due{Kind: DueExtension, By: by, State: c.stateOf(by, c.Policy.ReviewNoticeDays)}, true
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

// compareDue orders what is due by day, then by kind in the order of an order's life.
func compareDue(a, b Due) int {
	kinds := DueKinds()
	return cmp.Or(cmp.Compare(a.By, b.By), cmp.Compare(slices.Index(kinds, a.Kind), slices.Index(kinds, b.Kind)))
}
