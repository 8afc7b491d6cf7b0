package solver

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
)

// orderTable is the working memory of the exact order of at most maxStops stops. Stops are numbered within the set that is
// ordered; a subset of them is a mask.
type orderTable struct {
	n       int
	first   [maxStops]int64         // by stop: price of the road between it and the depots
	last    [maxStops]leg           // by stop: to the site
	between [maxStops][maxStops]leg // by stop and the next one
	waiting [1 << maxStops]int64    // by subset: how many ride from its stops
	cost    [1 << maxStops][maxStops]int64
	next    [1 << maxStops][maxStops]int8
	labels  [][maxStops][]label // by subset and stop; made when a travel limit first decides
	slack   [maxStops][]int32   // by stop: the longest ride that each of its riders may have
}

// leg is one drive out and its return: what the road costs, and the minutes until the next call, with the boarding where it
// begins.
type leg struct {
	road    int64
	minutes int32
}

// order finds the cheapest order of a set's stops for the minibuses of a session, and its cost: metres both ways of each,
// minutes of those on board, and a dear price for each rider beyond their limit. r.count must hold the riders of the set. The order is exact
// up to maxStops stops, unless none can cost less than below.
func (r *router) order(t SessionIx, buses []ActorIx, used uint64, below int64) ([]int8, int64) {
	var list []int8
	for rest := used; rest != 0; rest &= rest - 1 {
		list = append(list, int8(bits.TrailingZeros64(rest)))
	}
	site := r.p.site(t)
	switch n := len(list); {
	case n > maxStops:
		slices.SortStableFunc(list, func(a, b int8) int { // farthest from the site first
			return cmp.Compare(r.p.drive(int(r.local[b]), site), r.p.drive(int(r.local[a]), site))
		})
	case n > 1:
		r.fillTable(buses, site, list)
		out := r.shortest(list)
		cost := r.rideCost(t, buses, out)
		// Where somebody is beyond their limit another order may be better, but none costs less without regard to limits.
		if cost >= tooLong && cost%tooLong < below {
			out = r.withinLimits(t, list, cost)
			cost = r.rideCost(t, buses, out)
		}
		return out, cost
	}
	return list, r.rideCost(t, buses, list)
}

// fillTable works out the legs of a set of stops, and who waits at them.
func (r *router) fillTable(buses []ActorIx, site int, list []int8) {
	x := &r.table
	x.n = len(list)
	for i, l := range list {
		from := int(r.local[l])
		x.first[i] = r.fromDepots(buses, from)
		x.last[i] = r.convoy(buses, from, site)
		for j, m := range list {
			if i != j {
				x.between[i][j] = r.convoy(buses, from, int(r.local[m]))
			}
		}
	}
	for set := 1; set < 1<<x.n; set++ {
		x.waiting[set] = x.waiting[set&(set-1)] + r.count[list[bits.TrailingZeros(uint(set))]]
	}
}

// convoy gives the leg of all minibuses together.
func (r *router) convoy(buses []ActorIx, from, to int) leg {
	return leg{
		road:    int64(len(buses)) * r.road(from, to),
		minutes: r.p.drive(from, to) + r.p.Snapshot.Policy.BoardingMinutes,
	}
}

// fromDepots prices the road between the minibuses' depots and a place.
func (r *router) fromDepots(buses []ActorIx, to int) (sum int64) {
	for _, b := range buses {
		sum += r.road(r.p.depot(b), to)
	}
	return sum
}

// road prices the way of one minibus from one place to another and back.
func (r *router) road(from, to int) int64 {
	return r.metre * int64(r.p.metres(from, to)+r.p.metres(to, from)) / 1000
}

// shortest orders the stops by the dynamic programme of Held and Karp (1962), from the site back: cost[set][i] is the least
// that the way from stop i by all other stops of the set to the site can cost. Who is on board on a leg are all who do not
// wait at the stops still to come, so it depends on the set and not on the order.
func (r *router) shortest(list []int8) []int8 {
	var (
		x    = &r.table
		full = 1<<x.n - 1
		all  = x.waiting[full]
	)
	for set := 1; set <= full; set++ {
		for rest := set; rest != 0; rest &= rest - 1 {
			i := bits.TrailingZeros(uint(rest))
			later := set &^ (1 << i)
			if later == 0 {
				x.cost[set][i] = x.last[i].road + r.minute*all*int64(x.last[i].minutes)
				continue
			}
			aboard := r.minute * (all - x.waiting[later])
			best, next := int64(math.MaxInt64), 0
			for more := later; more != 0; more &= more - 1 {
				j := bits.TrailingZeros(uint(more))
				way := &x.between[i][j]
				if c := x.cost[later][j] + way.road + aboard*int64(way.minutes); c < best {
					best, next = c, j
				}
			}
			x.cost[set][i], x.next[set][i] = best, int8(next)
		}
	}
	at, best := 0, int64(math.MaxInt64)
	for i := range x.n {
		if c := x.first[i] + x.cost[full][i]; c < best {
			at, best = i, c
		}
	}
	out := make([]int8, 0, x.n)
	for set := full; ; {
		out = append(out, list[at])
		next := int(x.next[set][at])
		if set &^= 1 << at; set == 0 {
			return out
		}
		at = next
	}
}

// rideCost prices an order of stops as riders and the road pay for it.
func (r *router) rideCost(t SessionIx, buses []ActorIx, list []int8) int64 {
	var (
		site = r.p.site(t)
		next = site
		ride int32
		cost int64
		left [maxLocal]int32 // minutes from a stop to the site
		used uint64
	)
	for _, l := range slices.Backward(list) {
		here := int(r.local[l])
		way := r.convoy(buses, here, next)
		ride, cost, next = ride+way.minutes, cost+way.road, here
		left[l] = ride
		used |= 1 << uint(l)
	}
	cost += r.fromDepots(buses, next)
	for i := range r.riders {
		c := r.choice(i, used)
		if c < 0 {
			continue
		}
		way := r.toStop(i, c, site) + left[c]
		cost += r.minute * int64(way)
		if way > r.limits[i] {
			cost += tooLong
		}
	}
	return cost
}

// toStop gives a rider's minutes to one of their stops.
func (r *router) toStop(rider int, stop int8, site int) int32 {
	k := slices.IndexFunc(r.riders[rider], func(x candidate) bool { return x.local == stop })
	return r.riders[rider][k].total - r.p.drive(int(r.local[stop]), site)
}
