package bound

import (
	"slices"

	"github.com/communitypayback/payback/solver"
)

// crew finds the best way to run one session at given prices: not at all, or with supervisors, minibuses and people. It keeps
// working memory; one belongs to one goroutine.
type crew struct {
	set    set
	values []int64 // by position
	order  []offer // supervisors by what they cost
	free   []option

	people []int32 // arcs of the last answer
	duties []int32 // duties of the last answer
}

// best gives what a session is worth at most.
func (x *crew) best(w *week, t int, p *Prices) int64 {
	s, g := &w.Sessions[t], &w.groups[t]
	x.people, x.duties = x.people[:0], x.duties[:0]
	if len(s.Arcs) == 0 {
		return 0
	}
	x.values = x.values[:0]
	for i, a := range s.Arcs {
		v := p.Pairs[a] + g.best[i]
		for _, r := range g.rows {
			v -= p.Rows[r] * w.rows[r].takes(int32(w.Arcs[a].Comes)) / one
		}
		x.values = append(x.values, v)
	}
	if s.Fixed {
		return x.stays(w, t, p)
	}
	rain := int64(0)
	if s.Rain >= 0 {
		rain = p.Rain[s.Rain]
	}
	x.set.begin(w, s, g, x.values)
	top := int64(0)
	if !s.Staffed {
		if v := x.set.best(need{room: w.room(s, 0, 0), ride: w.ride(s, 0, 0), rain: rain, most: s.Most}) + s.Opening; v > top {
			top = v
			x.people = append(x.people[:0], x.set.picked...)
		}
		return top
	}
	x.order = x.order[:0]
	for k, d := range g.supervisors {
		x.order = append(x.order, offer{int32(k), p.Duties[d], 0})
	}
	slices.SortFunc(x.order, func(a, b offer) int {
		if a.value != b.value {
			if a.value < b.value {
				return -1
			}
			return 1
		}
		return int(a.duty - b.duty)
	})
	for n := 1; n <= g.teams; n++ {
		for buses := range min(n, 2*len(g.minibuses)) + 1 {
			top = x.withTeam(w, t, p, n, buses, rain, top)
		}
	}
	g.star = x.set.star
	return top
}

// withTeam raises top to what so many supervisors and minibuses make of a session, where that is more.
func (x *crew) withTeam(w *week, t int, p *Prices, n, buses int, rain, top int64) int64 {
	s, g := &w.Sessions[t], &w.groups[t]
	cost, used, ok := x.carry(w, t, p, buses)
	if !ok {
		return top
	}
	q := need{room: w.room(s, n, 0), ride: 0, rain: rain, most: min(s.Most, w.room(s, n, 0))}
	if buses > 0 {
		q.ride = w.rideWith(s, n, used)
	}
	team := -s.Opening + cost
	for _, o := range x.order[:n] {
		team += o.value
	}
	x.set.list = append(x.set.list[:0], x.set.short...)
	most := x.set.best(q) - team
	if most <= top {
		return top
	}
	if n > 1 {
		x.people = append(x.people[:0], x.set.picked...)
		x.duties = append(x.duties[:0], used...)
		for _, o := range x.order[:n] {
			x.duties = append(x.duties, g.supervisors[o.duty])
		}
		return most
	}
	most += x.order[0].value
	for _, o := range x.order { // one supervisor: everybody's own
		if most-o.value <= top {
			break
		}
		x.set.led(int(o.duty))
		v := x.set.best(q) + s.Opening - cost - o.value
		if v > top {
			top = v
			x.people = append(x.people[:0], x.set.picked...)
			x.duties = append(append(x.duties[:0], used...), g.supervisors[o.duty])
		}
	}
	return top
}

// carry chooses minibuses: the cheapest so many. False: there are not so many.
func (x *crew) carry(w *week, t int, p *Prices, n int) (cost int64, used []int32, ok bool) {
	g := &w.groups[t]
	if n > len(g.minibuses) {
		return 0, nil, false
	}
	x.free = x.free[:0]
	for _, d := range g.minibuses {
		x.free = append(x.free, option{arc: d, value: p.Duties[d]})
	}
	for i := range n {
		for k := i + 1; k < len(x.free); k++ {
			if x.free[k].value < x.free[i].value {
				x.free[i], x.free[k] = x.free[k], x.free[i]
			}
		}
		cost += x.free[i].value
		used = append(used, x.free[i].arc)
	}
	return cost, used, true
}

// rideWith gives the seats of a team with some minibuses, at most.
func (w *week) rideWith(s *solver.RelaxedSession, supervisors int, used []int32) int32 {
	return w.ride(s, supervisors, len(used))
}

// stays bounds a session in which something stays whatever it breaks: everybody there, and as many more as it could ever hold.
func (x *crew) stays(w *week, t int, p *Prices) (sum int64) {
	s, g := &w.Sessions[t], &w.groups[t]
	sum = min(0, s.Opening)
	most := 2 * w.room(s, len(g.supervisors), len(g.minibuses))
	x.free = x.free[:0]
	for i, a := range s.Arcs {
		switch v := x.values[i]; {
		case w.Arcs[a].Fixed:
			sum += v
			x.people = append(x.people, a)
		case v > 0:
			x.free = append(x.free, option{arc: a, value: v})
		}
	}
	slices.SortFunc(x.free, func(a, b option) int {
		if a.value != b.value {
			if a.value > b.value {
				return -1
			}
			return 1
		}
		return int(a.arc - b.arc)
	})
	for i, o := range x.free {
		if int64(i) >= int64(most) {
			break
		}
		sum += o.value
		x.people = append(x.people, o.arc)
	}
	for _, d := range w.at[t] {
		if w.duties[d].Fixed {
			sum -= p.Duties[d]
			x.duties = append(x.duties, d)
		}
	}
	return sum
}
