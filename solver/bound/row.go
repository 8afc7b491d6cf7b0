package bound

import "github.com/communitypayback/payback/solver"

// row is how many people several sessions may have together.
type row struct {
	sessions []solver.SessionIx
	people   int64
}

// makeRows states what sessions share: no more people than may be booked at all where they meet.
func (w *week) makeRows() {
	for i := range w.Shared {
		s := &w.Shared[i]
		room := s.Room.Of()
		if room >= 1<<20 || s.Room.Booked == solver.NoLimit {
			continue
		}
		for _, t := range s.Sessions {
			w.groups[t].rows = append(w.groups[t].rows, int32(len(w.rows)))
		}
		w.rows = append(w.rows, row{s.Sessions, int64(room * s.Room.Booked / 100)})
	}
}
