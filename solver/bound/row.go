package bound

import (
	"github.com/communitypayback/payback/solver"
)

// row is an inequality that the people of several sessions keep together: what they take is at most bound, in parts.
type row struct {
	sessions []solver.SessionIx
	count    bool // everybody takes one
	limit
}

// makeRows states what sessions share: at most so many people at all, and by the chance that too many come, which of them.
func (w *week) makeRows() {
	for i := range w.Shared {
		s := &w.Shared[i]
		room := s.Room.Of()
		if room >= 1<<20 {
			continue
		}
		if s.Room.Booked != solver.NoLimit {
			w.addRow(row{sessions: s.Sessions, count: true, limit: limit{bound: int64(room*s.Room.Booked/100) * one}})
		}
	}
}

func (w *week) addRow(r row) {
	for _, t := range r.sessions {
		w.groups[t].rows = append(w.groups[t].rows, int32(len(w.rows)))
	}
	w.rows = append(w.rows, r)
}

// takes gives what somebody takes of a row, in parts.
func (r *row) takes(permille int32) int64 {
	if r.count {
		return one
	}
	return r.weight(permille)
}
