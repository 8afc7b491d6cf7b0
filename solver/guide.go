package solver

import (
	"cmp"
	"slices"
)

// Hint says how much a pair belongs into a good roster, in permille: how often it was in the answers of a relaxation.
type Hint struct {
	Actor   ActorIx
	Session SessionIx
	Weight  int32
}

const (
	likely   = 250 // permille from which a supervisor or minibus is tried
	possible = 120 // permille from which a person is tried
)

// hinted is what the hints say of one session.
type hinted struct {
	session SessionIx
	weight  int32 // of its supervisors
	staff   []Hint
	people  []Hint
}

// follow opens the sessions that hints speak of, the likeliest first, with the staff and people that they name, and fills them up.
// A session that does not pay so is left closed.
func (x *search) follow(hints []Hint) {
	for _, h := range x.bySession(hints) {
		if len(x.members[Supervisors][h.session]) > 0 {
			continue
		}
		if !x.ration.more() {
			return
		}
		was, mark := x.Settle(), x.Mark()
		x.lists.displaced = x.lists.displaced[:0]
		if !x.openAs(&h) {
			x.rewind(mark)
			continue
		}
		if now := x.Settle(); now[Hard] > was[Hard] || now[Soft] >= was[Soft] {
			x.rewind(mark)
		}
		x.Commit()
	}
}

// bySession sorts hints by session and sessions by how likely they run.
func (x *search) bySession(hints []Hint) []hinted {
	of := make([]hinted, x.NumSessions())
	for _, h := range hints {
		s := &of[h.Session]
		s.session = h.Session
		switch k := x.Kind(h.Actor); {
		case k == People && h.Weight >= possible:
			s.people = append(s.people, h)
		case k != People && h.Weight >= likely:
			s.staff = append(s.staff, h)
			if k == Supervisors {
				s.weight += h.Weight
			}
		}
	}
	of = slices.DeleteFunc(of, func(s hinted) bool { return s.weight == 0 })
	heaviest := func(a, b Hint) int { return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Actor, b.Actor)) }
	for i := range of {
		slices.SortFunc(of[i].staff, heaviest)
		slices.SortFunc(of[i].people, heaviest)
	}
	slices.SortFunc(of, func(a, b hinted) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.session, b.session))
	})
	return of
}

// openAs runs a session as hints say. False: it cannot be opened so, and the caller must undo.
func (x *search) openAs(h *hinted) bool {
	t, hard := h.session, x.Score()[Hard]
	for _, k := range [2]ActorKind{Supervisors, Minibuses} {
		for _, s := range h.staff {
			if x.Kind(s.Actor) != k || x.Has(s.Actor, t) || len(x.members[k][t]) > 0 && s.Weight < 2*likely {
				continue
			}
			idle := int64(1) // nobody needs them there yet
			if d := x.Delta(s.Actor, t, 1); d[Hard] <= idle {
				x.Join(s.Actor, t)
			}
		}
	}
	if len(x.members[Supervisors][t]) == 0 {
		return false
	}
	for _, p := range h.people {
		if x.Has(p.Actor, t) || !x.Allowed(p.Actor, t) {
			continue
		}
		if d := x.Delta(p.Actor, t, 1); d[Hard] <= 0 || d[Hard] == 1 && len(x.members[People][t]) == 0 {
			x.Join(p.Actor, t)
		}
	}
	x.fill(t, 0)
	if !x.mend(t, hard) || len(x.members[People][t]) == 0 {
		return false
	}
	x.release(t)
	return x.Score()[Hard] <= hard
}
