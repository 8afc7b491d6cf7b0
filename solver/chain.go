package solver

import "slices"

// chain looks for a place for somebody who has none, by putting others out in turn: each step takes the session where the
// newcomer gains most over the member who loses least, and that member is the next to look (ejection chain; Glover, 1996).
// It ends at a free place, or with somebody left over. Nobody is moved twice. The state is left at the end of the chain.
func (x *search) chain(a ActorIx, not SessionIx, depth int, hard int64) {
	var moved [8]ActorIx // depth is at most that
	n := 0
	for {
		moved[n] = a
		n++
		t, out := x.bestSwap(a, not, moved[:n], n < depth)
		if t < 0 {
			return
		}
		if out < 0 {
			x.Join(a, t)
			return
		}
		mark := x.Mark()
		x.Leave(out, t)
		if x.Score()[Hard]+x.Delta(a, t, 1)[Hard] > hard {
			x.Undo(mark)
			return
		}
		x.Join(a, t)
		a, not = out, t
	}
}

// bestSwap finds where a person gains most: a free place (out is -1) or, if swap, the place of a member who may go. -1: nowhere.
func (x *search) bestSwap(a ActorIx, not SessionIx, moved []ActorIx, swap bool) (t SessionIx, out ActorIx) {
	best := int64(0)
	t, out = -1, -1
	for _, u := range x.sessions[a] {
		if u == not || !x.ours[u] || x.staffed[u] && len(x.members[Supervisors][u]) == 0 || x.Has(a, u) {
			continue
		}
		if x.chance(60) {
			continue
		}
		d := x.Delta(a, u, 1)
		if d[Soft] >= best {
			continue
		}
		if !x.mayGo(a, u) {
			continue
		}
		if d[Hard] <= 0 {
			best, t, out = d[Soft], u, -1
			continue
		}
		if !swap || d[Hard] > 3 {
			continue
		}
		for _, b := range x.members[People][u] {
			if !x.removable(b, u) || slices.Contains(moved, b) {
				continue
			}
			// Whoever goes may find another place: three quarters of what they lose is counted.
			if e := x.Delta(b, u, -1)[Soft]; d[Soft]+e*3/4 < best {
				best, t, out = d[Soft]+e*3/4, u, b
			}
		}
	}
	return t, out
}
