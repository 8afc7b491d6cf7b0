package bound

import (
	"cmp"
	"slices"

	"github.com/communitypayback/payback/model"
)

// FewPrices are the prices with which one search ended that pairs share, for another one to begin with: of the same week after something has
// changed, or of a later week. All are whole millipoints, at least 0. They name projects and nobody.
type FewPrices struct {
	Sessions []SessionPrices `json:"sessions"`        // by day, start, end and project
	Areas    []int64         `json:"areas,omitempty"` // by area, in the order of the relaxed week: what an appointment of its people earns
	Reserves [7]int64        `json:"reserves"`        // by day of the week, Monday first: what a duty pays
}

// SessionPrices are those of one session. It is known again by its project, its day of the week and its times.
type SessionPrices struct {
	Project model.ProjectCode `json:"project"`
	Day     int32             `json:"day"`   // of the week, Monday 0
	Start   model.Clock       `json:"start"` // minutes after midnight
	End     model.Clock       `json:"end"`
	Room    int64             `json:"room,omitempty"` // of a place for somebody who is certain to come
	Seat    int64             `json:"seat,omitempty"` // of a rider
	Lead    int64             `json:"lead,omitempty"` // of a supervisor
	Bus     int64             `json:"bus,omitempty"`  // of a minibus
	Rain    int64             `json:"rain,omitempty"` // of a place indoors, if this is the first session of those that share them
	Rows    []int64           `json:"rows,omitempty"` // of what sessions share of which this is the first, one after another
}

func (s *SessionPrices) compare(o *SessionPrices) int {
	return cmp.Or(cmp.Compare(s.Day, o.Day), cmp.Compare(s.Start, o.Start), cmp.Compare(s.End, o.End), cmp.Compare(s.Project, o.Project))
}

// named gives an empty entry of every session, by index.
func (x *tied) named(sessions []model.Session) []SessionPrices {
	out := make([]SessionPrices, len(sessions))
	for t := range out {
		s := &sessions[t]
		out[t] = SessionPrices{Project: s.Key.Project, Day: x.w.Sessions[t].Day, Start: s.Key.Start, End: s.End}
	}
	return out
}

// told writes few prices for another search.
func (x *tied) told(f *fewPrices, sessions []model.Session) *FewPrices {
	w := x.w
	out := &FewPrices{Sessions: x.named(sessions), Areas: slices.Clone(f.shared.Areas)}
	for t := range out.Sessions {
		s := &out.Sessions[t]
		s.Room, s.Seat, s.Lead, s.Bus = f.room[t], f.seat[t], f.lead[t], f.bus[t]
	}
	for i := range w.Rain {
		out.Sessions[w.Rain[i].Sessions[0]].Rain = f.shared.Rain[i]
	}
	for i := range w.rows {
		s := &out.Sessions[w.rows[i].sessions[0]]
		s.Rows = append(s.Rows, f.shared.Rows[i])
	}
	for i := range w.Reserves {
		out.Reserves[w.Reserves[i].Day] = f.shared.Reserves[i]
	}
	slices.SortFunc(out.Sessions, func(a, b SessionPrices) int { return a.compare(&b) })
	return out
}

// dearest keeps the prices of others within so many usual ones: what is dearer is a mistake, or of a week that is no guide.
const dearest = 16

// heard takes the prices of another search where they are of something of this week. What has none keeps its own.
func (x *tied) heard(f *FewPrices, sessions []model.Session) *fewPrices {
	w, out := x.w, newFewPrices(x.w)
	out.copyFrom(x.at)
	within := func(v, times int64) int64 { return min(max(0, v), dearest*x.usual*times) }
	theirs := slices.Clone(f.Sessions)
	slices.SortStableFunc(theirs, func(a, b SessionPrices) int { return a.compare(&b) })
	found := make([]*SessionPrices, len(sessions))
	for t, s := range x.named(sessions) {
		i, ok := slices.BinarySearchFunc(theirs, &s, func(a SessionPrices, s *SessionPrices) int { return a.compare(s) })
		if !ok {
			continue
		}
		found[t] = &theirs[i]
		group := min(max(1, x.places(t)), 100)
		out.room[t], out.seat[t] = within(theirs[i].Room, 1), within(theirs[i].Seat, 1)
		out.lead[t], out.bus[t] = within(theirs[i].Lead, group), within(theirs[i].Bus, group)
	}
	for i := range w.Rain {
		if s := found[w.Rain[i].Sessions[0]]; s != nil {
			out.shared.Rain[i] = within(s.Rain, 1)
		}
	}
	taken := make([]int, len(sessions)) // rows of which this is the first session
	for i := range w.rows {
		first := w.rows[i].sessions[0]
		if s := found[first]; s != nil && taken[first] < len(s.Rows) {
			out.shared.Rows[i] = within(s.Rows[taken[first]], 1)
		}
		taken[first]++
	}
	if len(f.Areas) == len(w.Areas) {
		for i, v := range f.Areas {
			out.shared.Areas[i] = within(v, 1)
		}
	}
	for i := range w.Reserves {
		out.shared.Reserves[i] = within(f.Reserves[w.Reserves[i].Day], 1)
	}
	w.confine(out.shared)
	return out
}
