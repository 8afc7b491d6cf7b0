package constraints

import (
	"fmt"
	"iter"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// FirstSession is worth something for those who wait for their first session: a negative price. One entry: one person.
var FirstSession = &solver.Constraint{
	ID:    "first-session",
	Title: "New people start in time",
	Doc: "For somebody who has not been offered a session yet, one in the week is worth something if it is due by the Sunday or was due before, and more if it is by the day on which " +
		"it is due. Until they are inducted that is the induction, then the first session of work; both are counted in working days from the sentence.",
	Clauses:    []policy.ClauseID{"first-session", "first-session.worth", "first-session.in-time", "forecast.induction", "forecast.first-session"},
	Level:      solver.Soft,
	Unit:       "millipoints",
	Violations: started,
	Lower:      lowerFirstSession,
	Explain: func(_ *model.Snapshot, v solver.Violation) string {
		return fmt.Sprintf("%s has a first session, %s, %s: worth %s.", who(v), whither(v), v.Why, points(-v.Amount))
	},
}

func started(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
	return cases(r, func(r *model.Roster, report reporter) {
		for _, own := range weekOf(r.Appointments, func(a model.Appointment) model.CRN { return a.CRN }) {
			p := sn.Person(own[0].CRN)
			if p == nil || p.FirstDue == 0 || p.FirstDue > sn.Week.Monday()+6 || p.Current(sn.Week) == nil {
				continue
			}
			for i := range own { // the first comes first
				if own[i].Event != p.Current(sn.Week).Event {
					continue
				}
				v := here(&own[i])
				v.Amount, v.Why = -sn.Policy.FirstSessionWorth, fmt.Sprintf("which was due by %s", p.FirstDue)
				if own[i].Session.Date <= p.FirstDue {
					v.Amount, v.Why = v.Amount-sn.Policy.FirstInTimeWorth, fmt.Sprintf("in time for %s", p.FirstDue)
				}
				if v.Amount != 0 {
					report(v)
				}
				break
			}
		}
	})
}

// Whether somebody has had a session by the end of a day is a column of that day; the price lies in the column of the day on
// which theirs is due.
func lowerFirstSession(b *solver.Builder) {
	const days = 7
	pol, monday := b.Snapshot.Policy, b.Snapshot.Week.Monday()
	var due []int32 // by row: the day of the week; before 0: an earlier week
	rows := make([]int32, b.NumActors(solver.People))
	for a := range solver.ActorIx(len(rows)) {
		rows[a] = -1
		if by := b.Person(a).FirstDue; by != 0 && by < monday+days && b.Current(a) != nil {
			rows[a] = int32(len(due))
			due = append(due, int32(by-monday))
		}
	}
	ends := make([]int32, days)
	for d := range ends {
		ends[d] = int32(d)
	}
	b.Count(solver.Grid{
		Rows: len(due), Cols: days,
		Row: func(a solver.ActorIx) int32 {
			if b.Kind(a) == solver.People {
				return rows[a]
			}
			return -1
		},
		Col:   func(t solver.SessionIx) []int32 { return ends[b.Session(t).Key.Date-monday:] },
		Shape: solver.Open,
		Limit: func(row, col int32) int32 {
			price := int64(0)
			if col == due[row] {
				price -= pol.FirstInTimeWorth
			}
			if col == days-1 {
				price -= pol.FirstSessionWorth
			}
			return int32(price)
		},
	})
}
