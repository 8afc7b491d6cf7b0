package bound

import (
	"slices"

	"github.com/communitypayback/payback/solver"
)

// set finds the most valuable people of one session who fit into its room: a bound, for the chance that too many come is replaced
// by what tail.go says of every set that keeps to it.
type set struct {
	w      *week
	s      *solver.RelaxedSession
	g      *group
	most   []int64  // by position: what everybody is worth at best
	short  []member // the best of them, in falling order
	cutoff int64    // nobody else is worth more
	worst  int64    // nor more than this after what they take at the session's own price
	list   []member // who is looked at now
	turned []int64  // by position: what one supervisor changes; zero but in change
	riders []member
	others []member
	star   int64   // the price of a part at the last answer
	picked []int32 // arcs of the last answer
	tried  []int32
	taken  int64 // parts that those tried take
}

// member is one person who could be in the session.
type member struct {
	value  int64
	score  int64 // value less the price of what they take
	taking int64 // parts
	arc    int32
	at     int32 // position
	comes  int32 // permille
	rides  bool
}

// need is what a set must fit into.
type need struct {
	room, ride int32
	rain       int64 // the price of a place indoors
	most       int32 // of which no more are needed
}

// fewest is how many people are looked at one by one, by value and again by value less what they take; the others are taken to be as
// good as the best of them.
const fewest = 40

// begin takes a session and the most that everybody could be worth in it.
func (x *set) begin(w *week, s *solver.RelaxedSession, g *group, most []int64) {
	x.w, x.s, x.g, x.most = w, s, g, most
	x.short, x.cutoff, x.worst, x.star = x.short[:0], 0, 0, g.star
	if len(x.turned) < len(s.Arcs) {
		x.turned = make([]int64, 2*len(s.Arcs))
	}
	for i, a := range s.Arcs {
		if most[i] > 0 {
			arc := &w.Arcs[a]
			comes := int32(arc.Comes)
			x.short = append(x.short, member{value: most[i], score: most[i] - g.star*usualTaking(comes)/one, arc: a, comes: comes, rides: arc.Seats > 0, at: int32(i)})
		}
	}
	if len(x.short) > 2*fewest {
		slices.SortFunc(x.short, byValue)
		x.cutoff = x.short[fewest].value
		rest := x.short[fewest:]
		slices.SortFunc(rest, func(a, b member) int {
			if a.score != b.score {
				if a.score > b.score {
					return -1
				}
				return 1
			}
			return int(a.arc - b.arc)
		})
		x.worst = rest[fewest].score
		x.short = x.short[:2*fewest]
	}
	slices.SortFunc(x.short, byValue)
	x.list = append(x.list[:0], x.short...)
}

// others bounds what everybody is worth who is not looked at, when a part costs theta a unit.
func (x *set) outside(theta int64, l *limit) int64 {
	if x.cutoff <= 0 || theta == 0 {
		return x.cutoff
	}
	// What they take is at least so much of what they usually take.
	ratio := int64(one)
	if l.beta < usualBeta {
		ratio = (one + l.beta) * one / (one + usualBeta)
	}
	over := x.g.star - theta*(ratio>>4)/(one>>4)
	if over < 0 {
		over = over * usualTaking(x.g.least) / one
	}
	return min(x.cutoff-theta*l.weight(x.g.least)/one, x.worst+over+1)
}

func byValue(a, b member) int {
	if a.value != b.value {
		if a.value > b.value {
			return -1
		}
		return 1
	}
	return int(a.arc - b.arc)
}

// led makes everybody worth what they are with one supervisor.
func (x *set) led(k int) {
	for _, t := range x.g.terms[k] {
		term := &x.s.Terms[t]
		for _, m := range term.Members {
			x.turned[m] += term.IfAny - term.IfNone
		}
	}
	x.list = append(x.list[:0], x.short...)
	for i := range x.list {
		m := &x.list[i]
		m.value += x.g.plain[m.at] - x.g.best[m.at] + x.turned[m.at]
	}
	slices.SortFunc(x.list, byValue)
	for _, t := range x.g.terms[k] {
		for _, m := range x.s.Terms[t].Members {
			x.turned[m] = 0
		}
	}
}

// best bounds what a set is worth; nobody is worth nothing. Its people are in picked.
func (x *set) best(q need) (top int64) {
	x.picked = x.picked[:0]
	room, size, chance := x.size(q)
	riders := size
	if q.ride < room && !x.g.allRide {
		riders = q.ride
		if x.g.seats != nil && q.ride > 0 {
			riders = x.g.seats.largest(q.ride, size)
		}
	}
	for n := int32(1); n <= size; n++ {
		wet := q.rain * int64(min(n, q.most))
		var most int64
		if most = x.take(n, riders, 0, nil) - wet; most <= top {
			if n <= room && most < top {
				break
			}
			continue
		}
		if n > room && chance != nil {
			most = x.priced(n, riders, int(n-room)-1, &chance.of[n-room-1]) - wet
		}
		if most > top {
			top = most
			x.picked = append(x.picked[:0], x.tried...)
			if i := int(n - room - 1); chance != nil && i >= 0 && i < len(x.g.theta) {
				x.star = x.g.theta[i]
			}
		}
	}
	return top
}

// size gives the room that counts, the most people, and what is known of chances beyond the room.
func (x *set) size(q need) (room, size int32, chance *limits) {
	room, size = q.room, 1<<20
	known := x.g.places
	for i := range x.s.Rooms {
		if r := &x.s.Rooms[i]; !r.Riders && r.Booked != solver.NoLimit {
			size = min(size, q.room*r.Booked/100)
		}
	}
	if q.ride < room && x.g.allRide {
		room, known = q.ride, x.g.seats
	}
	if x.s.Most > 0 && q.most > x.s.Shelter {
		size = min(size, x.s.Shelter)
	}
	size = min(size, int32(len(x.s.Arcs)))
	if known == nil || room <= 0 || size <= room {
		if room <= 0 {
			size = 0
		}
		return room, size, nil
	}
	l := known.limits(room, size)
	return room, min(size, known.largest(room, size)), &l
}

// priced bounds the best n people under an inequality, by the best price of what they take that a few steps find.
func (x *set) priced(n, riders int32, i int, l *limit) int64 {
	best := x.take(n, riders, 0, l)
	if x.taken <= l.bound {
		return best
	}
	low, high := int64(0), int64(-1)
	for len(x.g.theta) <= i {
		x.g.theta = append(x.g.theta, max(1, best/int64(n)))
	}
	theta := &x.g.theta[i]
	at := *theta
	for range 6 {
		v := x.take(n, riders, at, l) + mul(at, l.bound)
		if v < best {
			best, *theta = v, at
		}
		if x.taken > l.bound {
			low = at
		} else {
			high = at
		}
		if high < 0 {
			at *= 2
		} else {
			at = (low + high) / 2
		}
		if at == low {
			break
		}
	}
	x.take(n, riders, *theta, l)
	x.drop(l)
	return best
}

// drop leaves out of those tried what does not fit: at the best price it is worth as much as it costs.
func (x *set) drop(l *limit) {
	taken, kept := int64(0), x.tried[:0]
	for _, a := range x.tried {
		if t := l.weight(int32(x.w.Arcs[a].Comes)); taken+t <= l.bound {
			taken += t
			kept = append(kept, a)
		}
	}
	x.tried = kept
}

// mul prices parts, rounded up.
func mul(theta, parts int64) int64 { return (theta*parts + one - 1) / one }

// take bounds the best n people, of whom only so many ride, when a part costs theta a unit. Those tried are its people.
func (x *set) take(n, riders int32, theta int64, l *limit) (sum int64) {
	x.riders, x.others = x.riders[:0], x.others[:0]
	out := x.outside(theta, l)
	for i := range x.list {
		m := x.list[i]
		if theta == 0 && int32(len(x.others)) >= n && int32(len(x.riders)) >= min(n, riders) {
			break
		}
		m.score = m.value
		if l != nil {
			m.taking = l.weight(m.comes)
			m.score -= theta * m.taking / one
		}
		if m.rides {
			x.riders = keep(x.riders, m, min(n, riders))
		} else {
			x.others = keep(x.others, m, n)
		}
	}
	x.tried, x.taken = x.tried[:0], 0
	i, j := 0, 0
	for range n {
		var m *member
		switch {
		case i < len(x.riders) && (j == len(x.others) || x.riders[i].score >= x.others[j].score):
			m = &x.riders[i]
			i++
		case j < len(x.others):
			m = &x.others[j]
			j++
		}
		if m == nil || m.score <= out {
			if out <= 0 && m == nil {
				break
			}
			sum += max(out, 0)
			continue
		}
		if theta == 0 && m.score <= 0 {
			break
		}
		sum += m.score
		x.taken += m.taking
		x.tried = append(x.tried, m.arc)
	}
	return sum
}

// keep inserts a member into a list of the n best by score.
func keep(list []member, m member, n int32) []member {
	if int32(len(list)) == n {
		if n == 0 || list[n-1].score >= m.score {
			return list
		}
		list = list[:n-1]
	}
	list = append(list, m)
	for i := len(list) - 1; i > 0 && list[i-1].score < list[i].score; i-- {
		list[i-1], list[i] = list[i], list[i-1]
	}
	return list
}
