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
	limits []int32 // by rider: the travel limit
	count  [maxLocal]int64
	cost   [1 << maxStops][maxStops]int64
	from   [1 << maxStops][maxStops]int8
}

// candidate is a stop one rider could use.
type candidate struct {
	local int8  // index into router.local
	total int32 // way to the stop and straight on
}

const (
	maxStops = 8  // stops of a trip that are ordered exactly
	maxLocal = 64 // different stops that are looked at for one session
	perRider = 4  // stops that are looked at for one rider
	tooLong  = int64(1e9)
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
	used := r.reduce(r.initial())
	order, cost := r.order(t, x.buses[0], used)
	for bits.OnesCount64(used) > 1 {
		var (
			bestSet   = used
			bestOrder []int8
		)
		for rest := used; rest != 0; rest &= rest - 1 {
			drop := used &^ (rest & -rest)
			kept, ok := r.assign(drop)
			if !ok {
				continue
			}
			if o, c := r.order(t, x.buses[0], kept); c < cost {
				bestSet, bestOrder, cost = kept, o, c
			}
		}
		if bestSet == used {
			break
		}
		used, order = bestSet, bestOrder
	}
	r.assign(used)
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

// reduce merges stops until there are few enough to be ordered exactly, each time losing the fewest minutes.
func (r *router) reduce(used uint64) uint64 {
	for bits.OnesCount64(used) > maxStops {
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
			return used // every stop is somebody's only one; the order is then found stop by stop
		}
		used = best
	}
	return used
}

// order finds the cheapest order of a set's stops for the first minibus, and its cost: metres both ways, minutes of those
// on board, and a dear price for each rider beyond their limit. r.count must hold the riders of the set.
// The order is exact (Held and Karp, 1962) up to maxStops stops.
func (r *router) order(t SessionIx, bus ActorIx, used uint64) ([]int8, int64) {
	var list []int8
	for rest := used; rest != 0; rest &= rest - 1 {
		list = append(list, int8(bits.TrailingZeros64(rest)))
	}
	var (
		depot, site = r.p.depot(bus), r.p.site(t)
		n           = len(list)
	)
	if n > maxStops {
		slices.SortStableFunc(list, func(a, b int8) int { // farthest from the site first
			return cmp.Compare(r.p.drive(int(r.local[b]), site), r.p.drive(int(r.local[a]), site))
		})
		return list, r.rideCost(t, bus, list)
	}
	if n <= 1 {
		return list, r.rideCost(t, bus, list)
	}
	for i, l := range list {
		r.cost[1<<i][i] = r.leg(depot, int(r.local[l]), 0)
		r.from[1<<i][i] = -1
	}
	for set := 1; set < 1<<n; set++ {
		for last := range n {
			if set>>last&1 != 0 && set&(set-1) != 0 {
				r.extend(list, set, last)
			}
		}
	}
	full := 1<<n - 1
	best, cost := 0, int64(math.MaxInt64)
	var all int64
	for _, l := range list {
		all += r.count[l]
	}
	for last := range n {
		if c := r.cost[full][last] + r.leg(int(r.local[list[last]]), site, all); c < cost {
			best, cost = last, c
		}
	}
	out := make([]int8, n)
	for i, set, last := n-1, full, best; i >= 0; i-- {
		out[i] = list[last]
		prev := int(r.from[set][last])
		set &^= 1 << last
		last = prev
	}
	return out, r.rideCost(t, bus, out)
}

// extend fills one state of the dynamic programme: all stops of a set visited, last the last of them.
func (r *router) extend(list []int8, set, last int) {
	before := set &^ (1 << last)
	var aboard int64
	for i, l := range list {
		if before>>i&1 != 0 {
			aboard += r.count[l]
		}
	}
	best, from := int64(math.MaxInt64), -1
	for prev := range list {
		if before>>prev&1 == 0 {
			continue
		}
		if c := r.cost[before][prev] + r.leg(int(r.local[list[prev]]), int(r.local[list[last]]), aboard); c < best {
			best, from = c, prev
		}
	}
	r.cost[set][last], r.from[set][last] = best, int8(from)
}

// leg prices one drive out and its return.
func (r *router) leg(from, to int, aboard int64) int64 {
	return r.metre*int64(r.p.metres(from, to)+r.p.metres(to, from))/1000 + r.minute*aboard*int64(r.p.drive(from, to))
}

// rideCost prices an order of stops as riders and the road pay for it.
func (r *router) rideCost(t SessionIx, bus ActorIx, list []int8) int64 {
	var (
		site = r.p.site(t)
		here = r.p.depot(bus)
		cost int64
		left [maxLocal]int32 // minutes from a stop to the site
	)
	for _, l := range list {
		cost += r.metre * int64(r.p.metres(here, int(r.local[l]))+r.p.metres(int(r.local[l]), here)) / 1000
		here = int(r.local[l])
	}
	cost += r.metre * int64(r.p.metres(here, site)+r.p.metres(site, here)) / 1000
	next, minutes := site, int32(0)
	var used uint64
	board := r.p.Snapshot.Policy.BoardingMinutes
	for _, l := range slices.Backward(list) {
		minutes += r.p.drive(int(r.local[l]), next) + board
		left[l], next = minutes, int(r.local[l])
		used |= 1 << uint(l)
	}
	for i := range r.riders {
		c := r.choice(i, used)
		if c < 0 {
			continue
		}
		k := slices.IndexFunc(r.riders[i], func(x candidate) bool { return x.local == c })
		way := r.riders[i][k].total - r.p.drive(int(r.local[c]), site) + left[c]
		cost += r.minute * int64(way)
		if way > r.limits[i] {
			cost += tooLong
		}
	}
	return cost
}
