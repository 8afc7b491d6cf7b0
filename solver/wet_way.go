package solver

import (
	"math/bits"
	"slices"
)

// What the search does about wet plans: they follow from who is where, so it can only choose people with whom they exist.

// blocker is somebody who stands between a group and a host.
type blocker struct {
	who  ActorIx
	from SessionIx
}

// mayGo reports whether somebody who joins a session leaves it a host, as far as a glance tells: settling decides.
func (x *search) mayGo(a ActorIx, t SessionIx) bool {
	w := &x.wet
	if !w.any || w.exposed[t] < 0 {
		return true
	}
	mask := x.suitsOf(a, t)
	if x.faces[t].people {
		mask &= x.faces[t].mask
	}
	if mask == 0 || w.shun[a] == 0 {
		return mask != 0
	}
	for rest := mask; rest != 0; rest &= rest - 1 {
		met := uint8(0)
		for _, u := range w.hosts[w.exposed[t]][bits.TrailingZeros32(rest)].own {
			met |= x.faces[u].shunned
		}
		if met&w.shun[a] == 0 {
			return true
		}
	}
	return false
}

// makeWay finds a group that a session, or one that competes with it, is left without a host for, and takes out the few
// people who keep it from one. False: there is no such group, or not only removable people stand in its way.
func (x *search) makeWay(t SessionIx) bool {
	u := x.without(t)
	if u < 0 {
		return false
	}
	best := x.lists.best[:0]
	found := false
	for k := range x.wet.hosts[x.wet.exposed[u]] {
		list, ok := x.blockers(u, k)
		if ok && len(list) > 0 && (!found || len(list) < len(best)) {
			found, best = true, append(best[:0], list...)
		}
	}
	x.lists.best = best
	for _, b := range best {
		x.Leave(b.who, b.from)
		x.lists.displaced = append(x.lists.displaced, b.who)
	}
	return found
}

// without gives a group that has no host: that of a session itself, or one of those that compete with it; -1: there is none.
func (x *search) without(t SessionIx) SessionIx {
	if !x.wet.any || x.wet.partOf[t] == nil {
		return -1
	}
	if x.moved[t] == leftOut {
		return t
	}
	for _, k := range x.wet.partOf[t] {
		for _, u := range x.wet.parts[k] {
			if x.moved[u] == leftOut {
				return u
			}
		}
	}
	return -1
}

// blockers lists who would have to leave for a group to move to its k-th host as things are. False: that is not enough.
func (x *search) blockers(t SessionIx, k int) (list []blocker, ok bool) {
	var (
		w    = &x.wet
		h    = &w.hosts[w.exposed[t]][k]
		load = x.faces[t].need
	)
	x.lists.blockers = x.lists.blockers[:0]
	if x.hostsInReach(t)>>k&1 == 0 {
		return nil, false
	}
	for _, a := range x.members[People][t] {
		if x.suitsOf(a, t)>>k&1 == 0 && !x.block(a, t) {
			return nil, false
		}
	}
	for _, u := range h.own {
		if h.alone && x.faces[u].people || !x.between(t, u) {
			return nil, false
		}
	}
	for i, u := range w.moves {
		if u == t || x.moved[u] < 0 || w.hosts[i][x.moved[u]].project != h.project || !x.Session(u).Span.Overlaps(x.Session(t).Span) {
			continue
		}
		if h.alone || w.hosts[i][x.moved[u]].alone || !x.between(t, u) {
			return nil, false
		}
		load += x.faces[u].need
	}
	own := x.members[People][t]
	for i := len(own) - 1; i >= 0 && load > h.room; i-- {
		if x.removable(own[i], t) && x.block(own[i], t) {
			load -= w.takes[own[i]]
		}
	}
	return x.lists.blockers, load <= h.room
}

// block notes somebody who has to leave. False: they may not.
func (x *search) block(a ActorIx, t SessionIx) bool {
	if b := (blocker{a, t}); !slices.Contains(x.lists.blockers, b) {
		x.lists.blockers = append(x.lists.blockers, b)
	}
	return x.removable(a, t) && x.ours[t]
}

// between notes who has to leave for two sessions to be at one host. False: that is not enough.
func (x *search) between(t, u SessionIx) bool {
	f, g := &x.faces[t], &x.faces[u]
	if f.lone && g.people || g.lone && f.people {
		return false
	}
	for _, a := range x.members[People][t] {
		met := x.wet.shun[a]&g.shunned != 0
		if f.tied && g.tied {
			for _, e := range x.apart.enemies[a] {
				met = met || x.Has(e.who, u)
			}
		}
		if met && !x.block(a, t) {
			return false
		}
	}
	for _, b := range x.members[People][u] {
		if x.wet.shun[b]&f.shunned != 0 && !x.block(b, u) {
			return false
		}
	}
	return true
}
