package constraints

import (
	"fmt"
	"iter"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// ETELimit keeps education, training and employment within their share of an order. One case: one requirement of one person
// with too many minutes of them, if any are of this week.
var ETELimit = &solver.Constraint{
	ID:    "ete-limit",
	Title: "Education, training and employment fill a share of an order at most",
	Doc: "The minutes of education, training and employment that are completed, promised in other weeks and booked in this one come to no more than the share of the required " +
		"minutes that the policy sets, rounded down. An appointment that is shortened counts with the minutes it keeps.",
	Clauses:    []policy.ClauseID{"ete-limit", "ete-limit.share"},
	Level:      solver.Hard,
	Own:        true,
	Unit:       "requirements with too much of it",
	Violations: tooMuchETE,
	Lower:      lowerETELimit,
	Explain: func(sn *model.Snapshot, v solver.Violation) string {
		return fmt.Sprintf("%s has %d minutes of education, training and employment with those of %s; %s %d.", who(v), v.Found, sn.Week, v.Why, v.Limit)
	},
}

func tooMuchETE(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
	return cases(r, func(r *model.Roster, report reporter) {
		for _, own := range weekOf(r.Appointments, func(a model.Appointment) model.CRN { return a.CRN }) {
			p := sn.Person(own[0].CRN)
			if p == nil {
				continue
			}
			for i := range p.Requirements {
				q := &p.Requirements[i]
				v := solver.Violation{Amount: 1, People: []model.CRN{p.CRN}, Found: int64(q.ETEDone) + int64(q.PromisedETE)}
				for j := range own {
					if at := sn.Project(own[j].Session.Project); at != nil && at.Kind == model.ETE && own[j].Event == q.Event {
						v.Found += int64(own[j].Minutes())
						v.Sessions = append(v.Sessions, own[j].Session)
					}
				}
				v.Limit = int64(q.Required) * int64(sn.Policy.ETESharePercent) / 100
				if len(v.Sessions) > 0 && v.Found > v.Limit {
					v.Why = fmt.Sprintf("%d %% of requirement %d is", sn.Policy.ETESharePercent, q.Event)
					report(v)
				}
			}
		}
	})
}

func lowerETELimit(b *solver.Builder) {
	b.Share(func(t solver.SessionIx) bool { return b.Project(t).Kind == model.ETE }, func(a solver.ActorIx) int32 {
		q := b.Person(a).Requirement(eventOf(b, a))
		share := int32(int64(b.Snapshot.Policy.ETESharePercent) * int64(q.Required) / 100)
		return max(0, share-q.ETEDone-q.PromisedETE)
	})
}
