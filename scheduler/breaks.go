package scheduler

import (
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
)

// makeBreaks makes the breaks of some sessions of a sorted roster again, and those of every session that has people and no breaks:
// a week that came from files may have none, and nobody was told any. Other breaks stay as they are.
func makeBreaks(sn *model.Snapshot, r *model.Roster, again map[model.SessionKey]bool) {
	stay := map[model.SessionKey]bool{} // looked up only
	was := r.Breaks
	r.Breaks = nil
	for _, b := range was {
		if !again[b.Session] && len(b.Spans) > 0 {
			stay[b.Session] = true
			r.Breaks = append(r.Breaks, b)
		}
	}
	var last model.SessionKey
	for _, a := range r.Appointments {
		if a.Session == last || stay[a.Session] {
			continue
		}
		last = a.Session
		if spans := solver.BreaksOf(sn, r, a.Session); len(spans) > 0 {
			r.Breaks = append(r.Breaks, model.Breaks{Session: a.Session, Spans: spans})
		}
	}
	r.Sort()
}
