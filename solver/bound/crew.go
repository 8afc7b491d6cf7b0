package bound

import (
	"slices"
)

// slack is how much of a room's limit an answer leaves, in parts. No room: index -1.
type slack struct {
	index int32
	parts int64
}

// crew finds the best way to run one session at given prices: not at all, or with supervisors, minibuses and people. It keeps
// working memory; one belongs to one goroutine.
type crew struct {
	set    set
	values []int64 // by position, with nobody's terms
	atBest []int64 // by position, with the best terms there are
	order  []offer // supervisors by what they cost, as positions in group.supervisors
	buses  []offer // minibuses likewise
	free   []option
	slack  slack // of the last answer's room

	people []int32 // arcs of the last answer
	duties []int32 // duties of the last answer
}

// best gives what a session is worth at most.
func (x *crew) best(w *week, t int, p *Prices) int64 {
	s, g := &w.Sessions[t], &w.groups[t]
	x.people, x.duties, x.slack = x.people[:0], x.duties[:0], slack{-1, 0}
	if len(s.Arcs) == 0 {
		return 0
	}
	x.values = x.values[:0]
	for i, a := range s.Arcs {
		v := p.Pairs[a] + g.plain[i]
		for _, r := range g.rows {
			v -= p.Rows[r]
		}
		x.values = append(x.values, v)
	}
	if s.Fixed {
		return x.stays(w, t)
	}
	if !s.Staffed {
		q := w.need(t, p, 0, 0)
		x.set.gather(w, s, g, x.values, &q)
		v := x.set.plain(&q) + mul(q.theta, q.limit.bound) + s.Opening
		if v <= 0 {
			return 0
		}
		x.take(&q, 0)
		return v
	}
	x.rank(g, p)
	top := int64(0)
	for n := 1; n <= min(g.teams+1, len(g.supervisors)); n++ {
		drivers := n
		if n > g.teams {
			drivers = len(g.minibuses) // stands for all larger teams
		}
		for buses := range min(drivers, len(g.minibuses)) + 1 {
			top = x.withTeam(w, t, p, n, buses, top)
			if buses > 0 && w.ride(s, n, buses) > 0 {
				break // who rides is not counted by seats here, so more minibuses only cost more
			}
		}
	}
	return top
}

// rank sorts a session's supervisors and minibuses by what they cost.
func (x *crew) rank(g *group, p *Prices) {
	x.order, x.buses = x.order[:0], x.buses[:0]
	for k, d := range g.supervisors {
		x.order = append(x.order, offer{int32(k), p.Duties[d], 0})
	}
	for _, d := range g.minibuses {
		x.buses = append(x.buses, offer{d, p.Duties[d], 0})
	}
	cheaper := func(a, b offer) int {
		if a.value != b.value {
			if a.value < b.value {
				return -1
			}
			return 1
		}
		return int(a.duty - b.duty)
	}
	slices.SortFunc(x.order, cheaper)
	slices.SortFunc(x.buses, cheaper)
}

// withTeam raises top to what so many supervisors and minibuses make of a session, where that is more.
func (x *crew) withTeam(w *week, t int, p *Prices, n, buses int, top int64) int64 {
	s, g := &w.Sessions[t], &w.groups[t]
	q := w.need(t, p, n, buses)
	cost := -s.Opening - mul(q.theta, q.limit.bound)
	for _, b := range x.buses[:buses] {
		cost += b.value
	}
	if n == 1 {
		x.set.gather(w, s, g, x.values, &q)
		for _, o := range x.order { // everybody's own
			if v := x.set.led(int(o.duty), x.values, &q) - cost - o.value; v > top {
				top = v
				x.take(&q, buses)
				x.duties = append(x.duties, g.supervisors[o.duty])
			}
		}
		return top
	}
	x.atBest = x.atBest[:0]
	for i, v := range x.values {
		x.atBest = append(x.atBest, v-g.plain[i]+g.best[i])
	}
	x.set.gather(w, s, g, x.atBest, &q)
	for _, o := range x.order[:n] {
		cost += o.value
	}
	if v := x.set.plain(&q) - cost; v > top {
		top = v
		x.take(&q, buses)
		for _, o := range x.order[:n] {
			x.duties = append(x.duties, g.supervisors[o.duty])
		}
	}
	return top
}

// take notes the people of the set, and so many minibuses.
func (x *crew) take(q *need, buses int) {
	x.takePeople()
	x.duties = x.duties[:0]
	for _, b := range x.buses[:buses] {
		x.duties = append(x.duties, b.duty)
	}
	if q.index >= 0 {
		x.slack = slack{q.index, q.limit.bound - x.set.taken}
	}
}

// need gives what people must fit into in a session with so many supervisors and minibuses.
func (w *week) need(t int, p *Prices, supervisors, minibuses int) need {
	s, g := &w.Sessions[t], &w.groups[t]
	q := need{index: -1, most: s.Most}
	room, ride := w.room(s, supervisors, 0), w.ride(s, supervisors, minibuses)
	q.rides = ride > 0 && (supervisors == 0 || minibuses > 0)
	q.size = min(g.largest(room), 2*int32(len(s.Arcs)))
	if s.Rain >= 0 {
		q.rain = p.Rain[s.Rain]
	}
	if q.most = min(q.most, room); s.Most > 0 && q.most > s.Shelter {
		q.size = min(q.size, s.Shelter*g.widest)
	}
	if l, ok := g.limit(room); ok {
		q.index = g.roomIndex(supervisors)
		q.theta, q.limit = p.Rooms[q.index], l
	}
	return q
}

// stays bounds a session in which something is fixed, whatever it breaks: everybody who is, and as many more as it could ever hold,
// at no cost.
func (x *crew) stays(w *week, t int) (sum int64) {
	s, g := &w.Sessions[t], &w.groups[t]
	most := 2 * w.room(s, len(g.supervisors), len(g.minibuses))
	x.free = x.free[:0]
	for i, a := range s.Arcs {
		switch v := x.values[i] - g.plain[i] + g.best[i]; {
		case v <= 0:
		case w.Arcs[a].Fixed:
			sum += v
			x.people = append(x.people, a)
		default:
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
	return sum
}

// takePeople notes the people of the set, halves of whom count only together.
func (x *crew) takePeople() {
	w := x.set.w
	x.people = x.people[:0]
	for i, a := range x.set.picked {
		if w.Arcs[a].Takes < 2 || slices.Contains(x.set.picked[:i], a) {
			x.people = append(x.people, a)
		}
	}
}
