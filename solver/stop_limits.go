package solver

import (
	"math"
	"math/bits"
)

// label is one way from a stop by all others of a subset to the site: what it costs and how long the ride is. Of two ways
// only one that is cheaper or shorter than the other can be part of the best order, since a longer ride breaks as many
// travel limits or more whatever comes before.
type label struct {
	cost    int64
	minutes int32
	next    int8  // the stop after
	at      int16 // the label there
}

// withinLimits orders the stops of the table so that as few riders as can be are beyond their travel limits, then most
// cheaply: the dynamic programme of [router.shortest] with all ways of a subset that are not worse in both respects. An order
// of a known cost tells which ways lead nowhere.
func (r *router) withinLimits(t SessionIx, list []int8, known int64) []int8 {
	var (
		x    = &r.table
		full = 1<<x.n - 1
		all  = x.waiting[full]
	)
	if x.labels == nil {
		x.labels = make([][maxStops][]label, 1<<maxStops)
	}
	known -= r.fillSlack(t, list)
	for set := 1; set <= full; set++ {
		for rest := set; rest != 0; rest &= rest - 1 {
			i := bits.TrailingZeros(uint(rest))
			later := set &^ (1 << i)
			found := x.labels[set][i][:0]
			if later == 0 {
				minutes := x.last[i].minutes
				found = append(found, label{cost: x.last[i].road + r.minute*all*int64(minutes) + x.beyond(i, minutes), minutes: minutes})
			}
			aboard := r.minute * (all - x.waiting[later])
			for more := later; more != 0; more &= more - 1 {
				j := bits.TrailingZeros(uint(more))
				way := &x.between[i][j]
				for k, l := range x.labels[later][j] {
					minutes := l.minutes + way.minutes
					cost := l.cost + way.road + aboard*int64(way.minutes)
					if cost += x.beyond(i, minutes); cost <= known {
						found = keep(found, label{cost: cost, minutes: minutes, next: int8(j), at: int16(k)})
					}
				}
			}
			x.labels[set][i] = found
		}
	}
	at, best, way := 0, int64(math.MaxInt64), label{}
	for i := range x.n {
		for _, l := range x.labels[full][i] {
			if c := x.first[i] + l.cost; c < best {
				at, best, way = i, c, l
			}
		}
	}
	out := make([]int8, 0, x.n)
	for set := full; ; {
		out = append(out, list[at])
		if set &^= 1 << at; set == 0 {
			return out
		}
		at = int(way.next)
		way = x.labels[set][at][way.at]
	}
}

// keep adds a way to those of a subset unless one is as good in both respects, and drops those it makes needless.
func keep(all []label, l label) []label {
	out := all[:0]
	for i, o := range all {
		if o.cost <= l.cost && o.minutes <= l.minutes {
			return append(out, all[i:]...)
		}
		if o.cost < l.cost || o.minutes < l.minutes {
			out = append(out, o)
		}
	}
	return append(out, l)
}

// fillSlack notes how long a ride each rider may have from their stop, and gives what their ways to the stops cost.
func (r *router) fillSlack(t SessionIx, list []int8) (ways int64) {
	var used uint64
	place := [maxLocal]int8{}
	for i, l := range list {
		used |= 1 << uint(l)
		place[l] = int8(i)
		r.table.slack[i] = r.table.slack[i][:0]
	}
	site := r.p.site(t)
	for i := range r.riders {
		if c := r.choice(i, used); c >= 0 {
			at, way := &r.table.slack[place[c]], r.toStop(i, c, site)
			*at = append(*at, r.limits[i]-way)
			ways += r.minute * int64(way)
		}
	}
	return ways
}

// beyond prices the riders of a stop for whom a ride is too long.
func (x *orderTable) beyond(stop int, minutes int32) (cost int64) {
	for _, s := range x.slack[stop] {
		if minutes > s {
			cost += tooLong
		}
	}
	return cost
}
