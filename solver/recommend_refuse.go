package solver

import "slices"

// refusal is what stands against a candidate, as far as a funnel and an order of nearness need it.
type refusal struct {
	pair
	facts int   // rules that no change of the roster can do anything about
	cases int64 // all that would be broken
	price int64
}

func (x *refusal) nearer(y *refusal) bool {
	switch {
	case x.facts != y.facts:
		return x.facts < y.facts
	case x.cases != y.cases:
		return x.cases < y.cases
	case x.price != y.price:
		return x.price < y.price
	case x.session != y.session:
		return x.session < y.session
	default:
		return x.actor < y.actor
	}
}

// refuse says what stands against the candidates that are no options.
func (x *asker) refuse(r *Recommendation) {
	chosen := map[pair]bool{} // looked up only
	for i := range r.Options {
		chosen[x.chosen[i]] = true
	}
	counts := [2][]int{make([]int, len(x.state.constraints)), make([]int, len(x.state.constraints))}
	var near []refusal
	left := 0
	for _, c := range x.all {
		if chosen[c] {
			continue
		}
		left++
		y, first := x.refusal(c)
		if first < 0 {
			continue
		}
		stage := 1
		if y.facts > 0 {
			stage = 0
		}
		counts[stage][first]++
		if len(near) == nearest && (y.facts > near[nearest-1].facts || y.facts == near[nearest-1].facts && y.cases > near[nearest-1].cases) {
			continue
		}
		y.price = x.state.Delta(c.actor, c.session, 1)[Soft]
		at := len(near)
		for at > 0 && y.nearer(&near[at-1]) {
			at--
		}
		if at < nearest {
			near = slices.Insert(near, at, y)
			near = near[:min(len(near), nearest)]
		}
	}
	for stage := range counts {
		for i, n := range counts[stage] {
			if n > 0 {
				left -= n
				r.Funnel = append(r.Funnel, Step{Rule: x.state.constraints[i], Fact: stage == 0, Removed: n, Remaining: left})
			}
		}
	}
	for i := range near {
		r.Nearest = append(r.Nearest, Refused{x.moveOf(near[i].pair), x.against(near[i].pair)})
	}
	r.Untried = x.untried
}

// refusal counts what stands against a candidate, and gives the first rule of it, by index; -1: nothing that is known.
func (x *asker) refusal(c pair) (y refusal, first int) {
	y, first = refusal{pair: c}, -1
	s := x.state
	if !s.Allowed(c.actor, c.session) {
		for _, i := range x.facts(c) {
			y.facts++
			if y.cases++; first < 0 {
				first = i
			}
		}
		return y, first
	}
	by := x.broken(c)
	for i := range by {
		if by[i][Hard] > 0 {
			if y.cases += by[i][Hard]; first < 0 {
				first = i
			}
		}
	}
	if o, known := x.exact[c]; known && first < 0 {
		return refusal{pair: c, cases: o.Cases}, slices.Index(s.constraints, o.Rule)
	}
	return y, first
}

// facts lists the rules that a pair breaks by itself, by index in catalogue order.
func (x *asker) facts(c pair) []int {
	s := x.state
	k := s.Kind(c.actor)
	x.list = x.list[:0]
	for i := range s.forbids {
		f := &s.forbids[i]
		if f.kind == k && f.broken(s.Problem, c.actor, c.session) {
			x.list = append(x.list, f.constraint)
		}
	}
	return x.list
}

// broken gives what each rule's part of the change is for a pair that breaks nothing by itself, by index and apart from the
// prices of the pair, in working memory.
func (x *asker) broken(c pair) []Score {
	x.by = append(x.by[:0], x.lost...)
	x.state.othersBy(x.by, c.actor, c.session, 1)
	return x.by
}

// against lists what would be broken more than in the roster if an actor joined, in catalogue order.
func (x *asker) against(c pair) (found []Obstacle) {
	s := x.state
	if !s.Allowed(c.actor, c.session) {
		for _, i := range x.facts(c) {
			found = append(found, Obstacle{Rule: s.constraints[i], Cases: 1, Fact: true})
		}
		return found
	}
	for i, d := range x.broken(c) {
		if d[Hard] > 0 {
			found = append(found, Obstacle{Rule: s.constraints[i], Cases: d[Hard]})
		}
	}
	if o, known := x.exact[c]; known && len(found) == 0 {
		found = append(found, o)
	}
	return found
}

// moveOf says what becomes of an actor who joins, in the place of what leaves.
func (x *asker) moveOf(c pair) Move {
	from := SessionIx(-1)
	if len(x.leaves) > 0 && x.leaves[0].actor == c.actor {
		from = x.from
	}
	return x.move(c.actor, from, c.session)
}
