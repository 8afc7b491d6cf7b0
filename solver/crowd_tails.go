package solver

import "slices"

// The chance of too many is that of a sum of independent arrivals (a Poisson-binomial tail, weighted). State keeps for each
// cell the least room that is enough, and the tails next to it, so that one person more is a matter of a few products: with
// T(c) the chance of more than c, it becomes T(c) + q (T(c-w) - T(c)) for somebody who takes w and comes with chance q.
//
// Chances are whole parts of sure, rounded person by person in order of index, so that product may differ from the exact
// chance. Each person of weight w rounds a cumulated chance by less than w parts, so the two differ by no more than the
// weights and one together. Where the limit is nearer than that, the chance is worked out anew, in order.

// fresh gives a cell with its need and tails current.
func (s *State) fresh(c *crowd, at int32) *crowdCell {
	x := &s.crowd[c.offset+at]
	if !x.stale {
		return x
	}
	x.stale = false
	mass := s.spread(s.crowdOf(c, at))
	var over int64
	x.need, over = c.enough(mass)
	// The tails from reach below need to reach above it.
	tails := s.tailsOf(c, at)
	reach := s.crowdReach
	for i := reach; ; i++ {
		tails[i] = int32(over)
		if i == 2*reach {
			break
		}
		if k := x.need + i - reach + 1; int(k) < len(mass) {
			over -= int64(mass[k])
		}
	}
	over = int64(tails[reach])
	for i := reach - 1; i >= 0; i-- {
		if k := x.need + i - reach + 1; k >= 0 {
			over += int64(mass[k])
		}
		tails[i] = int32(over)
	}
	guard := int64(x.weight + reach + 1)
	x.near = int64(tails[reach])+guard > c.limit || x.need > 0 && int64(tails[reach-1])-guard <= c.limit
	return x
}

// tailsOf gives the chances of more than need-reach, ..., need+reach of a cell; below zero that is sure.
func (s *State) tailsOf(c *crowd, at int32) []int32 {
	n := int(2*s.crowdReach + 1)
	from := int(c.offset+at) * n
	return s.tails[from : from+n]
}

// spread works out the chance of each sum of weights, an entry at a time.
func (s *State) spread(list []crowdEntry) []uint32 {
	mass := append(s.crowdMass[:0], sure)
	for _, e := range list {
		n := len(mass)
		for range e.weight {
			mass = append(mass, 0)
		}
		for v := n - 1; v >= 0; v-- {
			moved := uint32(uint64(mass[v]) * uint64(e.comes) >> 30)
			mass[v] -= moved
			mass[v+int(e.weight)] += moved
		}
	}
	s.crowdMass = mass
	return mass
}

// enough gives the least room that is exceeded with a chance within the limit, and that chance.
func (c *crowd) enough(mass []uint32) (need int32, over int64) {
	over = sure - int64(mass[0])
	for over > c.limit {
		need++
		over -= int64(mass[need])
	}
	return need, over
}

// cellChange gives by how many cases one person's joining or leaving changes a cell.
func (s *State) cellChange(c *crowd, at int32, a ActorIx, t SessionIx, w int32, n int8) int64 {
	x := s.fresh(c, at)
	y := *x
	y.people += int32(n)
	y.weight += int32(n) * w
	if n > 0 {
		y.need = s.needWith(c, at, x, s.crowdEntry(a, t, w))
	} else if x.near || x.need > min(x.room[0], x.room[1]) { // otherwise it was enough and stays so
		y.need = s.needWithout(c, at, a, t)
	}
	return c.cases(&y) - c.cases(x)
}

// needWith gives the room that is enough with one more person.
func (s *State) needWith(c *crowd, at int32, x *crowdCell, e crowdEntry) int32 {
	if !x.near {
		var (
			tails = s.tailsOf(c, at)
			reach = s.crowdReach
			guard = int64(x.weight + e.weight + 1)
			more  int32
		)
		for ; more < e.weight; more++ { // with as much more as they take it is enough for certain
			over, below := int64(tails[reach+more]), int64(tails[reach+more-e.weight])
			over += (below - over) * int64(e.comes) >> 30
			if over+guard <= c.limit {
				return x.need + more
			}
			if over-guard <= c.limit {
				break
			}
		}
		if more == e.weight {
			return x.need + more
		}
	}
	list := s.crowdOf(c, at)
	i := 0
	for i < len(list) && (list[i].actor < e.actor || list[i].actor == e.actor && list[i].session < e.session) {
		i++
	}
	s.crowdList = slices.Insert(list, i, e)
	need, _ := c.enough(s.spread(s.crowdList))
	return need
}

// needWithout gives the room that is enough without one of the people.
func (s *State) needWithout(c *crowd, at int32, a ActorIx, t SessionIx) int32 {
	list := s.crowdOf(c, at)
	i := 0
	for list[i].actor != a || list[i].session != t {
		i++
	}
	need, _ := c.enough(s.spread(slices.Delete(list, i, i+1)))
	return need
}
