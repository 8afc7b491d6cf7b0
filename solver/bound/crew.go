package bound

import (
	"slices"
)

// slack is how much an answer leaves of a room's limit and of that of its minibuses' seats, in parts. No answer: index -1.
type slack struct {
	index       int32
	room, seats int64
}

// crew finds the best way to run one session at given prices: not at all, or with supervisors, minibuses and people. It keeps
// working memory; one belongs to one goroutine.
type crew struct {
	set    set
	values []int64 // by position, with nobody's terms
	atBest []int64 // by position, with the best terms there are
	order  []offer // supervisors by what they cost, as positions in group.supervisors
	buses  []offer // minibuses likewise, as positions in group.minibuses
	fares  []int64 // by position in group.minibuses: what they cost
	gains  []int64 // by fleet: what its seats are worth beyond what it costs
	free   []option
	slack  slack // of the last answer

	people []int32 // arcs of the last answer
	duties []int32 // duties of the last answer
}

// best gives what a session is worth at most.
func (x *crew) best(w *week, t int, p *Prices) int64 {
	s, g := &w.Sessions[t], &w.groups[t]
	x.people, x.duties, x.slack = x.people[:0], x.duties[:0], slack{index: -1}
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
	top := int64(0)
	if !s.Staffed {
		return x.withTeam(w, t, p, 0, true, x.withTeam(w, t, p, 0, false, 0))
	}
	x.rank(g, p)
	for n := 1; n <= min(g.teams+1, len(g.supervisors)); n++ {
		for _, rides := range [2]bool{false, true} {
			top = x.withTeam(w, t, p, n, rides, top)
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
	x.fares = x.fares[:0]
	for k, d := range g.minibuses {
		x.buses = append(x.buses, offer{int32(k), p.Duties[d], 0})
		x.fares = append(x.fares, p.Duties[d])
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

// withTeam raises top to what so many supervisors make of a session, with or without minibuses, where that is more.
func (x *crew) withTeam(w *week, t int, p *Prices, n int, rides bool, top int64) int64 {
	s, g := &w.Sessions[t], &w.groups[t]
	fleets := g.seating[max(0, n-1)].fleets
	if rides && len(fleets) == 0 {
		return top
	}
	q := w.need(t, p, n, rides)
	cost := -s.Opening
	var f *fleet
	if rides {
		x.price(fleets, q.sigma)
		best := 0
		for i, v := range x.gains {
			if v > x.gains[best] {
				best = i
			}
		}
		f = &fleets[best]
		if n != 1 || g.drives == nil {
			cost -= x.gains[best]
		}
	}
	if n == 1 {
		x.set.gather(w, s, g, x.values, &q)
		for _, o := range x.order { // everybody's own
			own := int64(0)
			if rides && g.drives != nil {
				best := x.driven(fleets, g.drives[o.duty])
				if best < 0 {
					continue
				}
				f, own = &fleets[best], x.gains[best]
			}
			q.carry(f)
			if v := x.set.led(int(o.duty), x.values, &q) - cost - o.value + own; v > top {
				top = v
				x.take(g, &q, f)
				x.duties = append(x.duties, g.supervisors[o.duty])
			}
		}
		return top
	}
	q.carry(f)
	values := x.values
	if n > 0 {
		x.atBest = x.atBest[:0]
		for i, v := range x.values {
			x.atBest = append(x.atBest, v-g.plain[i]+g.best[i])
		}
		values = x.atBest
	}
	x.set.gather(w, s, g, values, &q)
	for _, o := range x.order[:n] {
		cost += o.value
	}
	if v := x.set.plain(&q) - cost; v > top {
		top = v
		x.take(g, &q, f)
		for _, o := range x.order[:n] {
			x.duties = append(x.duties, g.supervisors[o.duty])
		}
	}
	return top
}

// price works out what the seats of each fleet are worth beyond what it costs.
func (x *crew) price(fleets []fleet, sigma int64) {
	x.gains = x.gains[:0]
	for i := range fleets {
		f := &fleets[i]
		v := mul(sigma, f.seats)
		for _, k := range f.minibuses {
			v -= x.fares[k]
		}
		if f.any {
			for _, b := range x.buses[:named+1] {
				v -= b.value
			}
		}
		x.gains = append(x.gains, v)
	}
}

// driven gives the best fleet of one minibus that somebody may drive; negative: there is none.
func (x *crew) driven(fleets []fleet, drives []bool) int {
	best := -1
	for i := range fleets {
		if drives[fleets[i].minibuses[0]] && (best < 0 || x.gains[i] > x.gains[best]) {
			best = i
		}
	}
	return best
}

// take notes the people of the set, and the minibuses of a fleet; nil: none.
func (x *crew) take(g *group, q *need, f *fleet) {
	x.takePeople()
	x.duties = x.duties[:0]
	x.slack = slack{index: q.index}
	if q.known {
		x.slack.room = q.fits[x.set.places] - x.set.taken
	}
	if f == nil {
		return
	}
	for _, k := range f.minibuses {
		x.duties = append(x.duties, g.minibuses[k])
	}
	if f.any {
		for _, b := range x.buses[:named+1] {
			x.duties = append(x.duties, g.minibuses[b.duty])
		}
	}
	if q.priced {
		x.slack.seats = f.seats - x.set.seated
	}
}

// need gives what people must fit into in a session with so many supervisors.
func (w *week) need(t int, p *Prices, supervisors int, rides bool) need {
	s, g := &w.Sessions[t], &w.groups[t]
	room := w.room(s, supervisors, 0)
	q := need{index: g.roomIndex(supervisors), rides: rides, fits: g.fits[max(0, supervisors-1)], most: min(s.Most, room)}
	q.size = int32(len(q.fits) - 1)
	if s.Rain >= 0 {
		q.rain = p.Rain[s.Rain]
	}
	if q.limit, q.known = g.limit(room); q.known {
		q.theta = p.Rooms[q.index]
	}
	if q.priced = rides && g.seating[max(0, supervisors-1)].priced; q.priced {
		q.sigma = p.Seats[q.index]
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
