package constraints

import (
	"fmt"
	"iter"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// Reserve prices days on which every supervisor is used. One entry: one day.
var Reserve = &solver.Constraint{
	ID:    "reserve",
	Title: "Supervisors are kept for sickness",
	Doc: "On each day a share of the region's supervisors who work that day, rounded to a whole supervisor, is kept free: each duty beyond the others costs. Who works that day is told by " +
		"the working time, leave taken away.",
	Clauses:    []policy.ClauseID{"reserve", "reserve.share", "reserve.duty"},
	Level:      solver.Soft,
	Unit:       "millipoints",
	Violations: noneToSpare,
	Lower:      lowerReserve,
	Explain: func(_ *model.Snapshot, v solver.Violation) string {
		return fmt.Sprintf("%s has %s, more than %d, so that none is kept for sickness: %s.", v.Why, count(v.Found, "duty", "duties"), v.Limit, points(v.Amount))
	},
}

func noneToSpare(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
	return cases(r, func(r *model.Roster, report reporter) {
		for d := sn.Week.Monday(); sn.Week.Holds(d); d++ {
			day := model.Span{Start: sn.Calendar.Instant(d, 0), End: sn.Calendar.Instant(d+1, 0)}
			work := int64(0)
			for i := range sn.Supervisors {
				for _, span := range sn.Supervisors[i].Available {
					if span.Overlaps(day) {
						work++
						break
					}
				}
			}
			kept := (work*int64(sn.Policy.ReservePermille) + 500) / 1000
			v := solver.Violation{Limit: work - kept, Why: d.String()}
			for _, x := range r.Duties {
				if x.Session.Date == d && sn.Supervisor(x.Supervisor) != nil {
					v.Found++
				}
			}
			if v.Amount = (v.Found - v.Limit) * sn.Policy.ReservePrice; v.Amount > 0 {
				report(v)
			}
		}
	})
}

func lowerReserve(b *solver.Builder) {
	sn := b.Snapshot
	if sn.Policy.ReservePrice == 0 {
		return
	}
	const days = 7
	monday := sn.Week.Monday()
	var free [days]int32 // supervisors who work, less those kept
	for d := range model.Date(days) {
		from, to := sn.Calendar.Instant(monday+d, 0), sn.Calendar.Instant(monday+d+1, 0)
		for i := range sn.Supervisors {
			if left := model.Subtract([]model.Span{{Start: from, End: to}}, sn.Supervisors[i].Available); len(left) != 1 || left[0].Minutes() != int32(to-from) {
				free[d]++
			}
		}
		kept := free[d] * sn.Policy.ReservePermille / 1000
		if free[d]*sn.Policy.ReservePermille%1000 >= 500 {
			kept++
		}
		free[d] -= kept
	}
	b.Count(solver.Grid{
		Cols: days, Col: func(t solver.SessionIx) []int32 { return []int32{int32(b.Session(t).Key.Date - monday)} },
		Weight: each(b, solver.Supervisors),
		Shape:  solver.Over, Limit: func(_, col int32) int32 { return free[col] }, Price: sn.Policy.ReservePrice,
	})
}
