package bound

import (
	"math"
	"slices"

	"github.com/communitypayback/payback/solver"
)

// staffWeek finds the best week of one supervisor or minibus at given prices: sessions that do not overlap, within the minutes of
// the week. Minutes are counted in quarters of an hour, rounded down, which allows a little more than the rule. It keeps working
// memory; one belongs to one goroutine.
type staffWeek struct {
	list   []offer
	latest []int32 // by times, as week.times has them: index into list, and one, of who is worth most with these; zero between calls
	table  []int64
	before []int32
	picked []int32 // duties of the last answer
}

// offer is a duty that is worth something.
type offer struct {
	duty  int32
	value int64
	size  int32
}

// quarter is the unit of minutes of a week.
const quarter = 15

// best gives what the best week of a member of staff is worth. The duties it takes are in picked.
func (x *staffWeek) best(w *week, staff int, p *Prices) (sum int64) {
	x.list, x.picked = x.list[:0], x.picked[:0]
	limit := w.Staff[staff].Minutes
	for _, i := range w.inTime[w.from[staff]:w.from[staff+1]] {
		d := &w.duties[i]
		v := d.Value + p.Duties[i]
		if d.reserve >= 0 {
			v -= p.Reserves[d.reserve]
		}
		if d.Fixed { // whoever has a fixed duty is held to no limit besides
			limit = solver.NoLimit
			if v > 0 {
				sum += v
				x.picked = append(x.picked, i)
			}
			continue
		}
		if v > 0 {
			x.offer(w, i, v)
		}
	}
	if len(x.list) == 0 {
		return sum
	}
	x.list = slices.DeleteFunc(x.list, func(o offer) bool { return o.value == 0 })
	for _, o := range x.list {
		x.latest[w.times[o.duty]] = 0
	}
	x.fit(w)
	return sum + x.fill(limit)
}

// offer lists a duty, unless one of the same times is worth as much, and clears one that is worth less: nobody serves two of them.
func (x *staffWeek) offer(w *week, duty int32, value int64) {
	times := w.times[duty]
	if int(times) >= len(x.latest) {
		x.latest = append(x.latest, make([]int32, int(times)+1-len(x.latest))...)
	}
	if k := x.latest[times] - 1; k >= 0 {
		if x.list[k].value >= value {
			return
		}
		x.list[k].value = 0
	}
	x.list = append(x.list, offer{duty, value, w.Sessions[w.duties[duty].Session].Minutes / quarter})
	x.latest[times] = int32(len(x.list))
}

// fit finds, for each offer, how many of those before it end in time.
func (x *staffWeek) fit(w *week) {
	x.before = x.before[:0]
	for i := range x.list {
		start := w.Sessions[w.duties[x.list[i].duty].Session].Span.Start
		n := i
		for n > 0 && w.Sessions[w.duties[x.list[n-1].duty].Session].Span.End > start {
			n--
		}
		x.before = append(x.before, int32(n))
	}
}

// fill chooses among the offers.
func (x *staffWeek) fill(limit int32) int64 {
	units, free := int32(0), true
	if total := x.total(); limit < total*quarter+quarter {
		units, free = limit/quarter, false
	}
	wide := int(units) + 1
	n := len(x.list)
	x.table = slices.Grow(x.table[:0], (n+1)*wide)[:(n+1)*wide]
	clear(x.table[:wide])
	for i := range n {
		o := &x.list[i]
		row, up, base := x.table[(i+1)*wide:(i+2)*wide], x.table[i*wide:(i+1)*wide], x.table[int(x.before[i])*wide:]
		for m := range int32(wide) {
			best := up[m]
			switch {
			case free:
				best = max(best, base[m]+o.value)
			case m >= o.size:
				best = max(best, base[m-o.size]+o.value)
			}
			row[m] = best
		}
	}
	m := units
	for i := n; i > 0; {
		if x.table[i*wide+int(m)] == x.table[(i-1)*wide+int(m)] {
			i--
			continue
		}
		o := &x.list[i-1]
		x.picked = append(x.picked, o.duty)
		if !free {
			m -= o.size
		}
		i = int(x.before[i-1])
	}
	return x.table[n*wide+int(units)]
}

func (x *staffWeek) total() int32 {
	sum := int64(0)
	for _, o := range x.list {
		sum += int64(o.size)
	}
	return int32(min(sum, math.MaxInt32/quarter-2))
}
