package solver

import (
	"cmp"
	"math/bits"
	"slices"
)

// What State.moved says of a session besides the index of its host.
const (
	leftOut  = int8(-2) // it needs a host and has none: a broken case
	stays    = noHost   // it needs none
	packSize = 3000     // choices that are looked at for one part, so that no part can hold a search up
)

// packer packs the groups of one part into hosts. It is working memory of one State.
type packer struct {
	groups  []packed
	best    []int8
	least   int // groups left out of the best packing so far
	floor   int // no packing leaves fewer out
	choices int
}

// packed is one group as the packing sees it.
type packed struct {
	t       SessionIx
	mask    uint32
	need    int32
	held    bool
	at      int8  // the host that it is tried at, or noHost
	project int32 // of that host
	load    int32 // places taken there by all who overlap it, itself included
}

// packWet finds hosts for the groups of a part: as many groups as can be have one. Groups cannot be split; all who are at a
// host at one time fit into its room and may meet. It is a depth-first search with bounds in a fixed order: what is held
// first, then groups with the fewest hosts, each at its best host first. So equal members give equal wet plans.
func (s *State) packWet(part []SessionIx) {
	q := &s.packer
	q.groups = q.groups[:0]
	hopeless := 0
	for _, t := range part {
		f := &s.faces[t]
		if !f.people {
			s.setHost(t, stays)
			continue
		}
		g := packed{t: t, mask: f.mask, need: f.need, at: noHost}
		if k := s.wet.held[s.wet.exposed[t]]; k >= 0 {
			g.held = true
			g.mask &= 1 << k
		}
		if g.mask == 0 {
			hopeless++
			s.setHost(t, leftOut)
		}
		if g.mask != 0 || g.held {
			q.groups = append(q.groups, g)
		}
	}
	slices.SortFunc(q.groups, func(a, b packed) int {
		if a.held != b.held {
			if a.held {
				return -1
			}
			return 1
		}
		return cmp.Or(bits.OnesCount32(a.mask)-bits.OnesCount32(b.mask), int(b.need-a.need), int(a.t-b.t))
	})
	q.best = q.best[:0]
	for range q.groups {
		q.best = append(q.best, noHost)
	}
	q.least, q.floor, q.choices = len(q.groups)+1, 0, 0
	q.search(s, q.hold(s), 0)
	for i := range q.groups {
		g := &q.groups[i]
		switch {
		case q.best[i] >= 0:
			s.setHost(g.t, q.best[i])
		default:
			s.setHost(g.t, leftOut)
		}
	}
}

// hold puts the held groups at their hosts, where they take room whether or not they may be there, and gives how many they are.
func (q *packer) hold(s *State) int {
	for i := range q.groups {
		g := &q.groups[i]
		if !g.held {
			return i
		}
		k := s.wet.held[s.wet.exposed[g.t]]
		if g.mask != 0 && q.place(s, i, k) {
			q.best[i] = k
			continue
		}
		// It stays where it was published and breaks what it breaks.
		g.at, g.project, g.load = k, s.wet.hosts[s.wet.exposed[g.t]][k].project, g.need
		for j := range q.groups[:i] {
			if o := &q.groups[j]; q.together(s, o, g) {
				o.load += g.need
				g.load += o.need
			}
		}
	}
	return len(q.groups)
}

// search packs the groups from i on. True: it need not look any further.
func (q *packer) search(s *State, i, missing int) bool {
	if missing >= q.least {
		return false
	}
	if i == len(q.groups) {
		q.least = missing
		for j := range q.groups {
			if g := &q.groups[j]; !g.held {
				q.best[j] = g.at
			}
		}
		if missing > 0 && q.floor == 0 {
			q.floor = q.tooMany(s)
		}
		return missing <= q.floor
	}
	for rest := q.groups[i].mask; rest != 0; rest &= rest - 1 {
		if q.choices++; q.choices > packSize && q.least <= len(q.groups) {
			return true
		}
		if q.place(s, i, int8(bits.TrailingZeros32(rest))) {
			done := q.search(s, i+1, missing)
			q.unplace(s, i)
			if done {
				return true
			}
		}
	}
	return q.search(s, i+1, missing+1)
}

// place puts a group at its k-th host if it fits.
func (q *packer) place(s *State, i int, k int8) bool {
	g := &q.groups[i]
	h := &s.wet.hosts[s.wet.exposed[g.t]][k]
	if g.need > h.room {
		return false
	}
	for _, u := range h.own {
		if h.alone && s.faces[u].people || !s.mayMeet(g.t, u) {
			return false
		}
	}
	g.at, g.project, g.load = k, h.project, g.need
	for j := range q.groups[:i] {
		o := &q.groups[j]
		if !q.together(s, o, g) {
			continue
		}
		g.load += o.need
		if g.load > h.room || o.load+g.need > h.room || h.alone || s.wet.hosts[s.wet.exposed[o.t]][o.at].alone || !s.mayMeet(g.t, o.t) {
			g.at = noHost
			return false
		}
	}
	for j := range q.groups[:i] {
		if o := &q.groups[j]; q.together(s, o, g) {
			o.load += g.need
		}
	}
	return true
}

// unplace takes a group out of its host.
func (q *packer) unplace(s *State, i int) {
	g := &q.groups[i]
	for j := range q.groups[:i] {
		if o := &q.groups[j]; q.together(s, o, g) {
			o.load -= g.need
		}
	}
	g.at = noHost
}

// together reports whether two groups are at one host at the same time.
func (q *packer) together(s *State, a, b *packed) bool {
	return a.at >= 0 && b.at >= 0 && a.project == b.project && s.Session(a.t).Span.Overlaps(s.Session(b.t).Span)
}

// tooMany bounds from below how many groups must be left out, by their places alone: where all overlap in one minute, no
// more of them can have a host than the smallest that fit into all hosts together.
func (q *packer) tooMany(s *State) int {
	var (
		first = s.Session(q.groups[0].t).Span
		needs []int32
		seen  []int32
		room  int32
	)
	for i := range q.groups {
		g := &q.groups[i]
		span := s.Session(g.t).Span
		first.Start, first.End = max(first.Start, span.Start), min(first.End, span.End)
		if g.held {
			return 0
		}
		needs = append(needs, g.need)
		for rest := g.mask; rest != 0; rest &= rest - 1 {
			h := &s.wet.hosts[s.wet.exposed[g.t]][bits.TrailingZeros32(rest)]
			if !slices.Contains(seen, h.project) {
				seen = append(seen, h.project)
				room += h.room
			}
		}
	}
	if first.Start >= first.End {
		return 0
	}
	slices.Sort(needs)
	for i, n := range needs {
		if room -= n; room < 0 {
			return len(needs) - i
		}
	}
	return 0
}
