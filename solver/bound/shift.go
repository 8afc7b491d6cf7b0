package bound

import (
	"cmp"
	"slices"

	"github.com/communitypayback/payback/solver"
)

// shift is a session that a supervisor or minibus may serve, and how many people that holds at most.
type shift struct {
	session solver.SessionIx
	people  int64
}

// servedBy gives how many people a supervisor or minibus can hold at most, in sessions one after another and within their minutes, which
// are counted in quarters of an hour, rounded down. Whoever has a fixed duty is held to no minutes.
func servedBy(r *solver.Relaxed, staff *solver.RelaxedStaff, duties []shift) int64 {
	limit := staff.Minutes
	if slices.ContainsFunc(staff.Arcs, func(a solver.StaffArc) bool { return a.Fixed }) {
		limit = solver.NoLimit
	}
	list := slices.Clone(duties)
	slices.SortFunc(list, func(a, b shift) int {
		return cmp.Or(cmp.Compare(r.Sessions[a.session].Span.End, r.Sessions[b.session].Span.End), cmp.Compare(a.session, b.session))
	})
	type worked struct {
		minutes int32
		people  int64
	}
	best := make([][]worked, 1, len(list)+1) // of the first so many duties: the most people for some minutes, both rising
	best[0] = []worked{{0, 0}}
	for i, d := range list {
		s := &r.Sessions[d.session]
		before := i
		for before > 0 && r.Sessions[list[before-1].session].Span.End > s.Span.Start {
			before--
		}
		all := slices.Clone(best[i])
		for _, b := range best[before] {
			if m := b.minutes + s.Minutes/quarter*quarter; m <= limit {
				all = append(all, worked{m, b.people + d.people})
			}
		}
		slices.SortFunc(all, func(a, b worked) int {
			return cmp.Or(cmp.Compare(a.minutes, b.minutes), cmp.Compare(b.people, a.people))
		})
		front := all[:0]
		for _, b := range all {
			if len(front) == 0 || b.people > front[len(front)-1].people {
				front = append(front, b)
			}
		}
		best = append(best, front)
	}
	end := best[len(list)]
	return end[len(end)-1].people
}

// fixedRoom gives how many people could ever be in a session in which something is fixed, besides those who are.
func fixedRoom(r *solver.Relaxed, t solver.SessionIx) int64 {
	supervisors, minibuses := 0, 0
	for i := range r.Staff {
		for _, a := range r.Staff[i].Arcs {
			switch {
			case a.Session != t:
			case r.Staff[i].Minibus:
				minibuses++
			default:
				supervisors++
			}
		}
	}
	s := &r.Sessions[t]
	percent := int64(200)
	for i := range s.Rooms {
		percent = max(percent, int64(s.Rooms[i].Booked))
	}
	return min(int64(leastRoom(s, false, supervisors, minibuses))*percent/100, int64(len(s.Arcs)))
}
