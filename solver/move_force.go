package solver

import "math"

// tryForce puts a random person into a random session of theirs whatever stands against it: their own appointments that are
// in the way are dropped, members of the session give way, and somebody else is brought along where one alone would break a rule.
func (x *search) tryForce() bool {
	a, ok := x.somebody()
	if !ok {
		return false
	}
	list := x.sessions[a]
	t := list[x.rng.IntN(len(list))]
	if !x.ours[t] || x.Has(a, t) || x.staffed[t] && len(x.members[Supervisors][t]) == 0 {
		return false
	}
	hard := x.Score()[Hard]
	x.lists.pick = x.lists.pick[:0]
	if !x.force(a, t, -1, true) {
		return false
	}
	if x.Score()[Hard] > hard {
		x.bringAlong(t, a)
	}
	if !x.mendLeft(hard) {
		return false
	}
	x.lists.displaced = append(x.lists.displaced, a)
	x.replace(20)
	for _, u := range x.lists.pick {
		x.offer(u, a)
	}
	return true
}

// bringAlong forces one more person into a session where somebody alone breaks a rule: a second woman, say.
func (x *search) bringAlong(t SessionIx, a ActorIx) {
	all := x.of[People][t]
	for range 10 {
		b := all[x.rng.IntN(len(all))]
		if b == a || !x.owned[b] || x.Has(b, t) {
			continue
		}
		mark, was, out, left := x.Mark(), x.Score()[Hard], len(x.lists.displaced), len(x.lists.pick)
		if x.force(b, t, a, true) && x.Score()[Hard] < was {
			x.lists.displaced = append(x.lists.displaced, b)
			return
		}
		x.Undo(mark)
		x.lists.displaced, x.lists.pick = x.lists.displaced[:out], x.lists.pick[:left]
	}
}

// mendLeft mends the sessions that forced people left. False: more is broken than hard.
func (x *search) mendLeft(hard int64) bool {
	for _, u := range x.lists.pick {
		if x.Score()[Hard] <= hard {
			break
		}
		x.mend(u, hard)
	}
	return x.Score()[Hard] <= hard
}

// force joins a person to a session after what stands against it has left: first their own appointments, which are noted in
// lists.pick, then, if eject, members of the session other than keep, who are noted as displaced. False: at least two things
// still stand against it; the caller undoes. One may be left, such as a lone woman, for the caller to mend.
func (x *search) force(a ActorIx, t SessionIx, keep ActorIx, eject bool) bool {
	for tries := 0; ; tries++ {
		d := x.Delta(a, t, 1)
		if d[Hard] <= 0 || tries == 4 {
			break
		}
		if own := x.inTheWay(a, t, d); own >= 0 {
			x.Leave(a, own)
			x.lists.pick = append(x.lists.pick, own)
			continue
		}
		out := ActorIx(-1)
		if eject {
			out = x.makesRoom(a, t, keep, d)
		}
		if out < 0 {
			break
		}
		x.Leave(out, t)
		x.lists.displaced = append(x.lists.displaced, out)
	}
	if x.Delta(a, t, 1)[Hard] > 1 {
		return false
	}
	x.Join(a, t)
	return true
}

// inTheWay gives the appointment of a person whose loss clears most of the way to a session for the least; -1: none does.
func (x *search) inTheWay(a ActorIx, t SessionIx, d Score) SessionIx {
	best, own := int64(math.MaxInt64), SessionIx(-1)
	for i := len(x.joined[a]) - 1; i >= 0; i-- {
		u := x.joined[a][i]
		if !x.ours[u] || !x.removable(a, u) {
			continue
		}
		e, mark := x.Delta(a, u, -1), x.Mark()
		x.Leave(a, u)
		if f := x.Delta(a, t, 1); f[Hard] < d[Hard] && e[Soft]+f[Soft]-d[Soft] < best {
			best, own = e[Soft]+f[Soft]-d[Soft], u
		}
		x.Undo(mark)
	}
	return own
}

// makesRoom gives the member of a session who loses least among those whose place lets a person in; -1: none does.
func (x *search) makesRoom(a ActorIx, t SessionIx, keep ActorIx, d Score) ActorIx {
	best, out := int64(math.MaxInt64), ActorIx(-1)
	for _, b := range x.members[People][t] { // each leaves and is put back where they stood
		if b == keep || !x.removable(b, t) || x.chance(100) {
			continue
		}
		e := x.Delta(b, t, -1)
		if e[Soft] >= best {
			continue
		}
		mark := x.Mark()
		x.Leave(b, t)
		if f := x.Delta(a, t, 1); f[Hard] < d[Hard] {
			best, out = e[Soft], b
		}
		x.Undo(mark)
	}
	return out
}
