package solver

import "slices"

// fill puts the people into a session who gain most for the room they are likely to take, while nothing more breaks. People
// who would break something alone are tried in pairs: a second woman mends what the first breaks.
//
// People are looked at in the order of what they could gain at best, and only until nobody who follows can gain more than
// who was looked at: most of them never are.
func (x *search) fill(t SessionIx, blink uint32) {
	x.lists.pending = x.lists.pending[:0]
	q := queue{list: x.lists.ranked[:0]}
	list, missed := x.best[t], 0
	for i := 0; ; {
		for i < len(list) && (len(q.list) == 0 || int64(list[i].cost) < q.list[0].cost) && missed <= fillMisses {
			a := list[i].actor
			i++
			if !x.owned[a] || x.Has(a, t) || blink > 0 && x.chance(blink) || x.busy(a, t) {
				continue
			}
			if x.refused(a, t) {
				missed++
				continue
			}
			x.weigh(&q, a, t)
		}
		if len(q.list) == 0 || missed > fillMisses {
			break
		}
		c := q.pop()
		switch d := x.Delta(c.actor, t, 1); {
		case d[Hard] <= 0 && d[Soft] < 0:
			x.Join(c.actor, t)
			missed = 0
		case d[Hard] == 1:
			x.lists.pending = append(x.lists.pending, ranked{c.actor, t, d[Soft]})
			missed++
		default:
			missed++
		}
	}
	x.lists.ranked = q.list
	x.fillPairs(t, x.lists.pending)
}

// fillMisses is how many people in a row may find no place before a session counts as full.
const fillMisses = 16

// weigh queues somebody who would gain by a session, or notes them for a pair.
func (x *search) weigh(q *queue, a ActorIx, t SessionIx) {
	d := x.Delta(a, t, 1)
	if d[Soft] >= 0 || d[Hard] > 1 || !x.mayGo(a, t) {
		return
	}
	if d[Hard] == 1 {
		x.lists.pending = append(x.lists.pending, ranked{a, t, d[Soft]})
		return
	}
	q.push(ranked{a, t, d[Soft] * 1000 / x.roomTaken(a, t)})
}

// busy reports whether what somebody does already keeps them from a session.
func (x *search) busy(a ActorIx, t SessionIx) bool {
	joined := x.joined[a]
	if len(joined) == 0 {
		return false
	}
	for i := range x.clashes {
		if c := &x.clashes[i]; c.kind == x.Kind(a) && c.with(x.Problem, a, t, joined) > 0 {
			return true
		}
	}
	return false
}

// refused reports whether there is no room for somebody in a session.
func (x *search) refused(a ActorIx, t SessionIx) bool {
	for i := range x.crowds {
		if x.crowdChange(&x.crowds[i], a, t, 1) > 0 {
			return true
		}
	}
	return false
}

// fillPairs tries pairs among people who each break one thing alone.
func (x *search) fillPairs(t SessionIx, pending []ranked) {
	slices.SortFunc(pending, compareRanked)
	pending = pending[:min(8, len(pending))]
	for i, c := range pending {
		if x.Has(c.actor, t) {
			continue
		}
		d := x.Delta(c.actor, t, 1)
		if d[Hard] > 1 || d[Soft] >= 0 {
			continue
		}
		if d[Hard] <= 0 {
			x.Join(c.actor, t)
			continue
		}
		mark := x.Mark()
		x.Join(c.actor, t)
		for _, b := range pending[i+1:] {
			if x.Has(b.actor, t) {
				continue
			}
			if e := x.Delta(b.actor, t, 1); e[Hard] < 0 && e[Soft]+d[Soft] < 0 {
				x.Join(b.actor, t)
				mark = -1
				break
			}
		}
		if mark >= 0 {
			x.Undo(mark)
		}
	}
}
