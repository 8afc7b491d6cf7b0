package scheduler

import (
	"slices"

	"github.com/communitypayback/payback/model"
)

// StaleError says that a draft was not published: what changed since it was made, what it would break now, and what of it
// still holds. Its code is CodeConflict if another version was published meanwhile, and CodeUnsafe if only the rules stand in
// the way.
type StaleError struct {
	Err       *model.Error
	Week      model.Week
	Base      int           // the published version the draft was made from; 0: none
	Published RosterVersion // the current one; version 0 if there is none
	Moved     []Difference  // from the version the draft was made from to the current one
	Facts     []KindChange  // what changed in the region's facts since; kinds without a change are left out
	Broken    []Case        // what stands in the way of the draft as it is
	Changes   []Difference  // what the draft was to change
	Holding   []Difference  // what could be published of it, as changes to the current version; none if something would stay open
}

func (e *StaleError) Error() string { return e.Err.Error() }

// Unwrap gives the model.Error within.
func (e *StaleError) Unwrap() error { return e.Err }

// holding gives the roster that has as much of a draft as still holds: sessions that the draft changes and nobody else did,
// as far as no rule that must hold is broken more than without them. Of a person's move both ends hold, or neither. The
// result is checked as a whole, for two rosters that are each safe can be unsafe together (docs/adr/0004).
func (s *Service) holding(sn *model.Snapshot, base, current, draft *model.Roster, releases []model.Release) *model.Roster {
	taken := map[model.SessionKey]bool{} // looked up, and deleted from in the order of slices
	for _, k := range keysOf(base, draft) {
		if !sameSession(base, draft, k) && sameSession(base, current, k) {
			taken[k] = true
		}
	}
	moves := slices.DeleteFunc(diffPeople(base, draft), func(d Difference) bool { return d.Kind != Moved })
	allowed := s.openItems(sn, current, releases) // broken already
	for {
		for again := true; again; {
			again = false
			for _, d := range moves {
				if taken[d.Was] != taken[d.Now] {
					delete(taken, d.Was)
					delete(taken, d.Now)
					again = true
				}
			}
		}
		merged := compose(current, draft, taken)
		j := s.judge(sn, merged, releases)
		var guilty []model.SessionKey
		bad := false
		open := itemAmounts(j.Open())
		for _, c := range j.Open() {
			if open[c.Item] <= allowed[c.Item] {
				continue
			}
			bad = true
			guilty = append(guilty, involved(merged, &c)...)
		}
		if !bad {
			return merged
		}
		before := len(taken)
		for _, k := range guilty {
			delete(taken, k)
		}
		if len(taken) == before { // nothing to blame in particular
			clear(taken)
		}
	}
}

// openItems gives how much a roster breaks of each case that stands in the way of publication.
func (s *Service) openItems(sn *model.Snapshot, r *model.Roster, releases []model.Release) map[string]int64 {
	j := s.judge(sn, r, releases)
	return itemAmounts(j.Open())
}

// itemAmounts adds up cases by what they are about. It is only looked up.
func itemAmounts(cases []Case) map[string]int64 {
	out := map[string]int64{}
	for _, c := range cases {
		out[c.Item] += c.Amount
	}
	return out
}

// involved gives the sessions that a case is about, and those of the people, supervisors and minibuses it names.
func involved(r *model.Roster, c *Case) []model.SessionKey {
	out := slices.Clone(c.Sessions)
	for _, a := range r.Appointments {
		if slices.Contains(c.People, a.CRN) {
			out = append(out, a.Session)
		}
	}
	for _, d := range r.Duties {
		if slices.Contains(c.Supervisors, d.Supervisor) {
			out = append(out, d.Session)
		}
	}
	for _, t := range r.Trips {
		if slices.Contains(c.Minibuses, t.Minibus) {
			out = append(out, t.Session)
		}
	}
	return out
}

// keysOf gives the sessions of either roster, in order.
func keysOf(a, b *model.Roster) []model.SessionKey {
	keys := slices.Concat(a.Sessions(), b.Sessions())
	slices.SortFunc(keys, model.SessionKey.Compare)
	return slices.Compact(keys)
}

// sameSession reports whether two rosters tell the same of a session.
func sameSession(a, b *model.Roster, k model.SessionKey) bool {
	return only(a, k).Digest() == only(b, k).Digest()
}

// only gives the part of a roster that is about one session.
func only(r *model.Roster, k model.SessionKey) *model.Roster {
	return compose(&model.Roster{}, r, map[model.SessionKey]bool{k: true})
}

// compose gives a roster with some sessions of another in the place of its own.
func compose(own, other *model.Roster, taken map[model.SessionKey]bool) *model.Roster {
	r := &model.Roster{Region: own.Region, Week: own.Week, Version: own.Version, From: own.From}
	r.Appointments = mixed(own.Appointments, other.Appointments, func(x model.Appointment) bool { return taken[x.Session] })
	r.Duties = mixed(own.Duties, other.Duties, func(x model.Duty) bool { return taken[x.Session] })
	r.Trips = mixed(own.Trips, other.Trips, func(x model.Trip) bool { return taken[x.Session] })
	r.WetPlans = mixed(own.WetPlans, other.WetPlans, func(x model.WetPlan) bool { return taken[x.Session] })
	r.Breaks = mixed(own.Breaks, other.Breaks, func(x model.Breaks) bool { return taken[x.Session] })
	r.Sort()
	return r
}

func mixed[T any](own, other []T, taken func(T) bool) []T {
	var out []T
	for _, x := range own {
		if !taken(x) {
			out = append(out, x)
		}
	}
	for _, x := range other {
		if taken(x) {
			out = append(out, x)
		}
	}
	return out
}
