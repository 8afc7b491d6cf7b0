package solver

import "slices"

// steal puts people into a session who are placed elsewhere, where they gain by it. Where many could come a random sample
// of them is looked at: each look moves the person there and back.
func (x *search) steal(t SessionIx, blink uint32) {
	const sample = 100
	if n := uint32(len(x.of[People][t])); n > sample {
		blink = max(blink, 1000-1000*sample/n)
	}
	list := x.lists.ranked[:0]
	for _, a := range x.of[People][t] {
		if !x.owned[a] || x.Has(a, t) || x.chance(blink) {
			continue
		}
		was, mark, n := x.Score(), x.Mark(), len(x.lists.pick)
		if x.force(a, t, -1, false) {
			if d := x.Score().Sub(was); d[Hard] <= 1 {
				list = append(list, ranked{a, t, d[Soft]})
			}
		}
		x.Undo(mark)
		x.lists.pick = x.lists.pick[:n]
	}
	slices.SortFunc(list, compareRanked)
	for _, c := range list {
		was, mark, n := x.Score(), x.Mark(), len(x.lists.pick)
		empty := len(x.members[People][t]) == 0
		if x.force(c.actor, t, -1, false) {
			d := x.Score().Sub(was)
			if d[Hard] < 0 || d[Hard] <= 1 && (empty || d[Soft] < 0) {
				x.lists.displaced = append(x.lists.displaced, c.actor)
				continue
			}
		}
		x.Undo(mark)
		x.lists.pick = x.lists.pick[:n]
	}
	x.lists.ranked = list
}

// openByStealing opens a session with people who are placed elsewhere.
func (x *search) openByStealing(t SessionIx) bool {
	hard := x.Score()[Hard]
	x.lists.pick = x.lists.pick[:0]
	if !x.staff(t, 60) {
		return false
	}
	if x.chance(500) {
		x.steal(t, 60)
		x.fill(t, 60)
	} else {
		x.fill(t, 60)
		x.steal(t, 60)
	}
	x.mend(t, hard)
	if !x.mendLeft(hard) || len(x.members[People][t]) == 0 {
		return false
	}
	x.release(t)
	x.replace(20)
	for _, u := range x.lists.pick {
		x.offer(u, -1)
	}
	return x.Score()[Hard] <= hard
}
