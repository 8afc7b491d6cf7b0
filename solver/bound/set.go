package bound

import (
	"github.com/communitypayback/payback/solver"
)

// set finds the most valuable people of one session who fit into its room, at a price of the room: a bound, for the chance that too
// many come is replaced by the inequality of tail.go, and that by its price.
type set struct {
	w      *week
	s      *solver.RelaxedSession
	g      *group
	top    []member   // the best by score with nobody's terms, in falling order, but for who needs company
	list   []member   // the best with somebody's
	rest   int64      // nobody who is not listed is worth more
	known  companions // who needs company, with nobody's terms
	other  companions // the same with somebody's
	sums   []int64    // by number of the list: what they are worth together
	inside []int32    // likewise: who certainly needs a place indoors
	marks  []int64    // by position: what terms change; zero between calls
	picked []int32    // arcs of the last answer
	taken  int64      // parts that all of the last answer take of the room
	seated int64      // likewise of the seats
}

// member is one person who could be in the session, or one of two halves of a person who takes two places.
type member struct {
	score int64 // value less the price of what they take
	at    int32 // position
	half  bool
}

// need is what a set must fit into, and what it pays.
type need struct {
	size   int32 // places at most
	rides  bool  // whether anybody can come by minibus
	index  int32 // of the prices of the room and of the seats
	known  bool  // the room has a limit
	theta  int64 // price of a unit of room
	limit  limit
	priced bool  // so have the seats
	sigma  int64 // price of a unit of them
	seats  int64 // parts: what riders take at most
	rain   int64 // the price of a place indoors
	most   int32 // of which no more are needed
}

// carry says in which minibuses people ride.
func (q *need) carry(f *fleet) {
	if f != nil {
		q.seats = f.seats
	}
}

// spare is how many more people are listed than fit.
const spare = 12

// better says which of two members comes first.
func better(a, b *member) bool {
	return a.score > b.score || a.score == b.score && a.at < b.at
}

// gather lists the best members at a need, and some more, for terms can take members away.
func (x *set) gather(w *week, s *solver.RelaxedSession, g *group, values []int64, q *need) {
	x.w, x.s, x.g = w, s, g
	x.top, x.known.list = x.top[:0], x.known.list[:0]
	room := int(q.size) + spare
	for i, a := range s.Arcs {
		switch v := values[i]; {
		case g.company != nil && g.needs[i] > 0:
			x.join(&x.known, int32(i), v, q)
		case v > 0:
			x.add(a, int32(i), v, q, room)
		}
	}
	if g.company != nil {
		x.known.reckon(g, q.size)
	}
	x.rest = 0
	if len(x.top) >= room {
		x.rest = x.top[len(x.top)-1].score
	}
	if need := len(s.Arcs); len(x.marks) < need {
		x.marks = make([]int64, 2*need)
	}
}

// add puts a person of some value into the list, if they are among the best.
func (x *set) add(a, at int32, value int64, q *need, room int) {
	arc := &x.w.Arcs[a]
	if arc.Seats > 0 && !q.rides && int64(arc.Comes) > x.g.seatless {
		return
	}
	m := member{at: at, half: arc.Takes > 1}
	if m.half {
		value = (value + 1) >> 1
	}
	if len(x.top) >= room && value <= x.top[room-1].score {
		return // what they take only lowers it
	}
	m.score = value - q.theta*q.limit.weight(comesAs(arc))/one
	if q.sigma > 0 {
		m.score -= q.sigma * m.part(x.w.takes[a]) / one
	}
	if m.score <= 0 {
		return
	}
	x.top = keep(x.top, m, room)
	if m.half {
		x.top = keep(x.top, m, room)
	}
}

// part gives what a member takes of what their person takes.
func (m *member) part(parts int32) int64 {
	if m.half {
		parts >>= 1
	}
	return int64(parts)
}

// keep inserts a member into a list of the best n.
func keep(list []member, m member, n int) []member {
	if len(list) >= n {
		if n == 0 || !better(&m, &list[n-1]) {
			return list
		}
		list = list[:n-1]
	}
	list = append(list, m)
	for i := len(list) - 1; i > 0 && better(&list[i], &list[i-1]); i-- {
		list[i-1], list[i] = list[i], list[i-1]
	}
	return list
}

// join puts somebody who needs company into a list, whatever they are worth.
func (x *set) join(c *companions, at int32, value int64, q *need) {
	arc := &x.w.Arcs[x.s.Arcs[at]]
	if value <= solver.NoWay/2 || arc.Seats > 0 && !q.rides && int64(arc.Comes) > x.g.seatless {
		return
	}
	m := member{at: at, score: value - q.theta*x.weight(arc, q)/one}
	if q.sigma > 0 {
		m.score -= q.sigma * int64(x.w.takes[x.s.Arcs[at]]) / one
	}
	c.list = keep(c.list, m, int(q.size)+spare)
}

// weight gives what a person takes of a room, whatever places.
func (x *set) weight(arc *solver.Arc, q *need) int64 {
	if arc.Takes > 1 {
		return 2 * q.limit.weight(comesAs(arc))
	}
	return q.limit.weight(comesAs(arc))
}

// plain bounds the value of the best set with nobody's terms.
func (x *set) plain(q *need) int64 { return x.sum(x.top, &x.known, 0, q) }

// led bounds the value of the best set with one supervisor's terms.
func (x *set) led(k int, values []int64, q *need) int64 {
	turned := 0 // who needs company and is worth something else with them
	for _, t := range x.g.terms[k] {
		term := &x.s.Terms[t]
		for _, m := range term.Members {
			x.marks[m] += term.IfAny - term.IfNone
			if x.g.company != nil && x.g.needs[m] > 0 {
				turned++
			}
		}
	}
	x.list = x.list[:0]
	gone := 0
	for i := range x.top {
		if m := &x.top[i]; x.marks[m.at] == 0 {
			x.list = append(x.list, *m)
		} else {
			gone++
		}
	}
	// Of those who were not listed, each is worth no more than the last who was.
	for range gone {
		if x.rest > 0 {
			x.list = keep(x.list, member{score: x.rest, at: -1}, len(x.list)+1)
		}
	}
	among := &x.known
	if turned > 0 {
		among = x.others(values, q)
	}
	top := x.top
	x.top = x.list
	for _, t := range x.g.terms[k] {
		for _, m := range x.s.Terms[t].Members {
			change := x.marks[m]
			if change == 0 {
				continue
			}
			x.marks[m] = 0
			if v := values[m] + change; v > 0 && (x.g.company == nil || x.g.needs[m] == 0) {
				x.add(x.s.Arcs[m], m, v, q, len(x.top)+2)
			}
		}
	}
	x.list, x.top = x.top, top
	unled := int64(0)
	if x.g.company != nil && !x.g.leads[k] {
		unled = x.g.company.Unled
	}
	return x.sum(x.list, among, unled, q)
}

// others works out who needs company once some are worth something else.
func (x *set) others(values []int64, q *need) *companions {
	c := &x.other
	c.list = c.list[:0]
	for _, m := range x.g.company.Members {
		x.join(c, m, values[m]+x.marks[m], q)
	}
	c.reckon(x.g, q.size)
	return c
}

// sum gives the most that the best of a list are worth together with some who need company, any number of each that fit; the price of
// the room comes to it, and that of nobody who should lead.
func (x *set) sum(list []member, among *companions, unled int64, q *need) (most int64) {
	x.picked, x.taken, x.seated = x.picked[:0], 0, 0
	x.sums, x.inside = append(x.sums[:0], 0), append(x.inside[:0], 0) // halves as one each
	for i := range min(len(list), int(q.size)) {
		indoors := x.inside[i]
		if !list[i].half {
			indoors++
		}
		x.sums, x.inside = append(x.sums, x.sums[i]+list[i].score), append(x.inside, indoors)
	}
	others, company := 0, 0
	for n := 0; n == 0 || x.g.company != nil && n < len(among.worth); n++ {
		base, indoors := int64(0), int32(0)
		if n > 0 {
			if base = among.worth[n] - unled; base <= 0 {
				continue
			}
			indoors = max(0, int32(n)-x.g.doubles)
		}
		last := min(len(x.sums)-1, int(q.size)-n)
		from := last
		if q.rain > 0 {
			from = 0
		}
		for k := from; k <= last; k++ {
			if v := base + x.sums[k] - q.rain*int64(min(indoors+x.inside[k], q.most)); v > most {
				most, others, company = v, k, n
			}
		}
	}
	if most > 0 {
		x.pick(list[:others], among, company, q)
	}
	return most
}

// pick notes who the best set is of: those who need company first, for without them it is another set.
func (x *set) pick(list []member, among *companions, n int, q *need) {
	var room, seats int64 // of those who are picked
	note := func(m *member) {
		if m.at < 0 {
			return
		}
		arc := x.s.Arcs[m.at]
		w, u := q.limit.weight(comesAs(&x.w.Arcs[arc])), m.part(x.w.takes[arc])
		x.taken, x.seated = x.taken+w, x.seated+u
		// At a good price, whoever does not fit is worth nothing.
		if (room+w <= q.limit.bound || q.theta == 0) && (u == 0 || seats+u <= q.seats || q.sigma == 0) {
			room, seats = room+w, seats+u
			x.picked = append(x.picked, arc)
		}
	}
	together := func(m member) {
		m.half = x.w.Arcs[x.s.Arcs[m.at]].Takes > 1
		note(&m)
		if m.half {
			note(&m)
		}
	}
	for i := range among.list {
		if i < exact && among.picked[n]>>i&1 != 0 || i >= exact && i < n {
			together(among.list[i])
		}
	}
	for i := range list {
		note(&list[i])
	}
}
