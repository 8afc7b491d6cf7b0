package solver

import "math"

// thinOut takes one member out of a session of which too many may come: of those whose leaving mends most, whoever loses
// least. Where people come by chance it may take several to leave before the room that is enough gets less, so leaving need
// not mend anything at once. False: nobody may leave.
func (x *search) thinOut(t SessionIx) bool {
	best, out := Score{math.MaxInt64}, ActorIx(-1)
	for _, a := range x.members[People][t] {
		if !x.removable(a, t) {
			continue
		}
		if d := x.Delta(a, t, -1); d.Less(best) {
			best, out = d, a
		}
	}
	if out < 0 {
		return false
	}
	x.Leave(out, t)
	x.lists.displaced = append(x.lists.displaced, out)
	return true
}

// roomTaken weighs how much of a session's room a person is likely to take, in permille of a place: whoever comes seldom takes
// less, but is booked all the same, which counts for a third of a place.
func (p *Problem) roomTaken(a ActorIx, t SessionIx) int64 {
	const booked = 300
	return booked + int64(p.countedAs(a, t))
}
