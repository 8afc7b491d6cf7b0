package solver

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
)

// router chooses pick-up stops and their order. It keeps its working memory between calls, so one belongs to one State.
type router struct {
	p      *Problem
	minute int64 // price of a rider's minute
	metre  int64 // price of a kilometre

	local  []int16       // stops that some rider of this session could use
	riders [][]candidate // by rider: its stops, best first
	aboard []ActorIx
	limits []int32         // by rider: the travel limit
	count  [maxLocal]int64 // riders by stop
	table  orderTable
	kept   [keptPlans]keptPlan
}

// candidate is a stop one rider could use.
type candidate struct {
	local int8  // index into router.local
	total int32 // way to the stop and straight on
}

const (
	maxStops  = 10         // stops of a trip that are ordered exactly
	someStops = 8          // stops of a trip with which the choice begins, unless nobody could do without one of them
	fewStops  = 6          // stops of a trip for which others are tried, too
	maxLocal  = 64         // different stops that are looked at for one session
	perRider  = 4          // stops that are looked at for one rider
	tooLong   = int64(1e9) // price of a rider who is beyond their travel limit: more than any ride costs otherwise
)

func newRouter(p *Problem) *router {
	r := &router{p: p, minute: p.settle.price[RideMinutes], metre: p.settle.price[DrivenKilometres]}
	// A rule that is switched off has no price; the trip should be sensible all the same.
	r.minute, r.metre = max(1, r.minute), max(1, r.metre)
	return r
}

// chooseStops picks the stops that make the ride cheapest in minutes of people and metres of road: everybody begins at
// their own best stop, and stops are merged while that helps.
func (r *router) chooseStops(t SessionIx, x *tripPlan) {
	r.gather(t, x.riders)
	x.stopOf = make([]int8, len(x.riders))
	if len(r.local) == 0 {
		for i := range x.stopOf {
			x.stopOf[i] = -1
		}
		return
	}
	used, order := r.descend(t, x.buses, r.reduce(r.initial()))
	place := make(map[int8]int8, len(order)) // looked up only
	for i, l := range order {
		x.stops = append(x.stops, r.local[l])
		place[l] = int8(i)
	}
	for i := range x.riders {
		x.stopOf[i] = -1
		if c := r.choice(i, used); c >= 0 {
			x.stopOf[i] = place[c]
		}
	}
}

// descend changes a set of stops by the step that makes the ride cheapest, as long as one makes it cheaper: dropping a stop,
// adding one or putting one in the place of another. It gives the set and its order.
func (r *router) descend(t SessionIx, buses []ActorIx, used uint64) (uint64, []int8) {
	order, cost := r.order(t, buses, used, math.MaxInt64)
	for {
		next := used
		try := func(set uint64) {
			kept, ok := r.assign(set)
			if !ok || kept == used || bits.OnesCount64(kept) > maxStops {
				return
			}
			if o, c := r.order(t, buses, kept, cost); c < cost {
				next, order, cost = kept, o, c
			}
		}
		for rest := used; rest != 0; rest &= rest - 1 {
			try(used &^ (rest & -rest))
		}
		if few := bits.OnesCount64(used) <= fewStops; few && next == used {
			for add := range r.local {
				if used>>add&1 != 0 {
					continue
				}
				try(used | 1<<add)
				for rest := used; rest != 0; rest &= rest - 1 {
					try(used&^(rest&-rest) | 1<<add)
				}
			}
		}
		if next == used {
			r.assign(used)
			return used, order
		}
		used = next
	}
}

// gather lists the stops each rider could use: where they may be and within their travel limit, where any is.
func (r *router) gather(t SessionIx, riders []ActorIx) {
	r.local, r.limits = r.local[:0], r.limits[:0]
	r.riders = r.riders[:cap(r.riders)] // keeps the lists of earlier calls
	for len(r.riders) < len(riders) {
		r.riders = append(r.riders, nil)
	}
	site := r.p.site(t)
	for i, a := range riders {
		limit := r.p.Snapshot.TravelLimit(r.p.Person(a))
		r.limits = append(r.limits, limit)
		list := r.riders[i][:0]
		var totals [nearStops]int32
		near := r.p.near[a]
		barred := r.barred(a, t, limit)
		best := int32(math.MaxInt32)
		for j, n := range near {
			totals[j] = int32(n.out) + r.p.drive(int(n.stop), site)
			if !barred[j] {
				best = min(best, totals[j])
			}
		}
		limit = max(limit, best)
		for j := range near {
			if totals[j] <= limit && !barred[j] {
				list = append(list, candidate{local: int8(j), total: totals[j]})
			}
		}
		slices.SortFunc(list, func(a, b candidate) int { return cmp.Or(cmp.Compare(a.total, b.total), cmp.Compare(a.local, b.local)) })
		r.riders[i] = list[:min(perRider, len(list))]
	}
	r.riders = r.riders[:len(riders)]
	r.number(riders)
}

// number gives the stops their local numbers: everybody's best first, so that only a group of more than maxLocal riders can
// leave one of them without a stop.
func (r *router) number(riders []ActorIx) {
	for i, list := range r.riders {
		if len(list) > 0 {
			list[0].local = r.localOf(r.p.near[riders[i]][list[0].local].stop)
		}
	}
	for i, list := range r.riders {
		for j := range list[min(1, len(list)):] {
			list[j+1].local = r.localOf(r.p.near[riders[i]][list[j+1].local].stop)
		}
		r.riders[i] = slices.DeleteFunc(list, func(c candidate) bool { return c.local < 0 })
	}
}

// localOf numbers a stop within this session; -1 when there are too many.
func (r *router) localOf(stop int16) int8 {
	if i := slices.Index(r.local, stop); i >= 0 {
		return int8(i)
	}
	if len(r.local) == maxLocal {
		return -1
	}
	r.local = append(r.local, stop)
	return int8(len(r.local) - 1)
}

// choice gives a rider's best stop among a set; -1: none of theirs is in it.
func (r *router) choice(rider int, used uint64) int8 {
	for _, c := range r.riders[rider] {
		if used>>uint(c.local)&1 != 0 {
			return c.local
		}
	}
	return -1
}

// initial is everybody's own best stop.
func (r *router) initial() (used uint64) {
	for i := range r.riders {
		if c := r.choice(i, math.MaxUint64); c >= 0 {
			used |= 1 << uint(c)
		}
	}
	used, _ = r.assign(used)
	return used
}

// assign counts the riders of each stop of a set and drops the empty ones; false: somebody has none of them.
func (r *router) assign(used uint64) (kept uint64, ok bool) {
	r.count = [maxLocal]int64{}
	for i := range r.riders {
		c := r.choice(i, used)
		if c < 0 {
			if len(r.riders[i]) > 0 {
				return 0, false
			}
			continue
		}
		r.count[c]++
		kept |= 1 << uint(c)
	}
	return kept, true
}

// reduce merges stops until there are few enough to begin with, each time losing the fewest minutes.
func (r *router) reduce(used uint64) uint64 {
	for bits.OnesCount64(used) > someStops {
		best, bestCost := used, int64(math.MaxInt64)
		for rest := used; rest != 0; rest &= rest - 1 {
			drop := used &^ (rest & -rest)
			cost, ok := int64(0), true
			for i := range r.riders {
				c := r.choice(i, drop)
				if c < 0 {
					ok = len(r.riders[i]) == 0
					if !ok {
						break
					}
					continue
				}
				k := slices.IndexFunc(r.riders[i], func(x candidate) bool { return x.local == c })
				cost += int64(r.riders[i][k].total)
			}
			if ok && cost < bestCost {
				best, bestCost = drop, cost
			}
		}
		if best == used {
			return used // every stop is somebody's only one
		}
		used = best
	}
	return used
}
