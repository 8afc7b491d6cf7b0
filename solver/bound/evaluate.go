package bound

import (
	"cmp"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/communitypayback/payback/solver"
)

// Evaluate gives the bound that prices prove for a relaxed week, in millipoints. It is written for whoever checks a certificate:
// plainly, and sharing nothing with the search for prices but the inequalities of rooms. Prices that are missing count as zero;
// those that must not be negative count as zero if they are.
func Evaluate(r *solver.Relaxed, p *Prices) int64 {
	e := &evaluation{Relaxed: r, prices: p, limits: newLimits()}
	e.layout()
	return r.Nothing + e.together() + sumOf(len(r.Sessions), e.session) + sumOf(len(r.People), e.person) + sumOf(len(r.Staff), e.staff)
}

// sumOf adds up what so many parts are worth, on all processors: whole numbers have one sum, in whatever order they are added.
func sumOf(n int, part func(i int) int64) int64 {
	const block = 16 // parts that one goroutine takes at a time
	var next, sum atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		wg.Go(func() {
			own := int64(0)
			for from := int(next.Add(block)) - block; from < n; from = int(next.Add(block)) - block {
				for i := from; i < min(from+block, n); i++ {
					own += part(i)
				}
			}
			sum.Add(own)
		})
	}
	wg.Wait()
	return sum.Load()
}

// evaluation is the state of one Evaluate.
type evaluation struct {
	*solver.Relaxed
	prices  *Prices
	limits  limits
	duties  []int       // by staff: where their prices of duties start
	serving [][]served  // by session
	leaders []int       // by session: how many of these are supervisors
	rooms   []int       // by session: where its prices of room, and of seats, start
	shares  [][]share   // by session: what it shares with others
	rows    []share     // all of them
	halves  [1001]int32 // by permille

	licences [][]*solver.RelaxedDrivers // by session
}

// served is a supervisor or minibus who may serve a session, and their price.
type served struct {
	actor   solver.ActorIx
	price   int64
	minibus bool
}

// share is a number of people that sessions may have together, and its price.
type share struct {
	people, price int64
	more          int64 // people for one more place, at most
}

// utmost is more millipoints than any price needs. Greater prices of either sign are taken to be that, which proves a bound as any
// prices do, so that no certificate can make a sum overflow.
const utmost = 1 << 36

func at(list []int64, i int) int64 {
	if i >= len(list) {
		return 0
	}
	return min(max(list[i], -utmost), utmost)
}

func atLeastZero(list []int64, i int) int64 { return max(0, at(list, i)) }

// layout finds which price belongs to what.
func (e *evaluation) layout() {
	for a := range e.halves {
		e.halves[a] = half(int32(a))
	}
	e.serving, e.leaders, e.shares = make([][]served, len(e.Sessions)), make([]int, len(e.Sessions)), make([][]share, len(e.Sessions))
	n := 0
	for i := range e.Staff {
		s := &e.Staff[i]
		e.duties = append(e.duties, n)
		for _, a := range s.Arcs {
			e.serving[a.Session] = append(e.serving[a.Session], served{s.Actor, atLeastZero(e.prices.Duties, n), s.Minibus})
			if !s.Minibus {
				e.leaders[a.Session]++
			}
			n++
		}
	}
	for i := range e.Shared {
		x := &e.Shared[i]
		room := x.Room.Of()
		if room >= 1<<20 || x.Room.Booked == solver.NoLimit {
			continue
		}
		row := share{int64(room * x.Room.Booked / 100), atLeastZero(e.prices.Rows, len(e.rows)), int64(x.Room.Booked+99) / 100}
		e.rows = append(e.rows, row)
		for _, t := range x.Sessions {
			e.shares[t] = append(e.shares[t], row)
		}
	}
	e.licences = make([][]*solver.RelaxedDrivers, len(e.Sessions))
	for i := range e.Drivers {
		for _, t := range e.Drivers[i].Sessions {
			e.licences[t] = append(e.licences[t], &e.Drivers[i])
		}
	}
	n = 0
	for t := range e.Sessions {
		e.rooms = append(e.rooms, n)
		n += e.useful(t) + 1
	}
}

// together gives what the parts pay for what they share, and what areas add of themselves.
func (e *evaluation) together() (sum int64) {
	for i := range e.Areas {
		w := e.Areas[i].Worth
		earned := max(at(e.prices.Areas, i), w.Beyond, 0)
		best := int64(0)
		for _, n := range []int32{w.Day, w.Needed, w.Cap} { // a concave function less a line is greatest at a corner
			best = max(best, w.Of(n)-earned*int64(n))
		}
		sum += best
	}
	for i := range e.Reserves {
		sum += min(atLeastZero(e.prices.Reserves, i), e.Reserves[i].Price) * int64(e.Reserves[i].Free)
	}
	for i := range e.Rain {
		sum += atLeastZero(e.prices.Rain, i) * int64(e.Rain[i].Room)
	}
	for _, r := range e.rows {
		sum += r.people * r.price
	}
	return sum
}

// kept is what a person has booked so far, at best, with so many minutes that are worth something.
type kept struct {
	length, worked int32
	value          int64
	any            bool
}

// put keeps the best of what is known of some minutes. There are few lengths of sessions, and so few sums of them.
func put(states []kept, s kept) []kept {
	for i := range states {
		if old := &states[i]; old.length == s.length {
			*old = kept{s.length, min(s.worked, old.worked), max(s.value, old.value), s.any && old.any}
			return states
		}
	}
	return append(states, s)
}

// person gives what somebody's best week is worth to them.
func (e *evaluation) person(i int) int64 {
	who := &e.People[i]
	earned := int64(0)
	if who.Area >= 0 {
		earned = max(at(e.prices.Areas, int(who.Area)), e.Areas[who.Area].Worth.Beyond, 0)
	}
	gain := func(k int32) int64 { return e.Arcs[k].Value + earned - at(e.prices.Pairs, int(k)) }
	// By minutes that are worth something; the greatest is taken, so their order is of no account. What is fixed may be had or not,
	// beyond all limits.
	states, next, bound := []kept{{}}, []kept(nil), true
	for k := who.From; k < who.To; k++ {
		a := &e.Arcs[k]
		if !a.Fixed {
			continue
		}
		next = next[:0]
		for _, s := range states {
			next = put(next, s)
			next = put(next, kept{s.length + a.Length, s.worked + a.Worked, s.value + gain(k), true})
		}
		states, next, bound = next, states, false
	}
	bonus := int64(0)
	for _, f := range who.First {
		if !bound {
			bonus += max(0, f.Worth)
		}
	}
	for k := who.From; k < who.To; {
		day, last := e.Sessions[e.Arcs[k].Session].Day, k
		for last < who.To && e.Sessions[e.Arcs[last].Session].Day == day {
			last++
		}
		for range min(who.PerDay, last-k) {
			states, next = e.another(next[:0], who, states, k, last, bound, gain), states
		}
		k = last
	}
	best, found := int64(0), false
	for _, s := range states {
		if v := s.value + bonus + who.Worth.Of(s.length); !found || v > best {
			best, found = v, true
		}
	}
	return best
}

// another adds to next what is known once one of the sessions of a day, the arcs from k on, may be booked besides.
func (e *evaluation) another(next []kept, who *solver.RelaxedPerson, states []kept, k, last int32, bound bool, gain func(int32) int64) []kept {
	day := e.Sessions[e.Arcs[k].Session].Day
	for _, s := range states {
		next = put(next, s)
		if bound && who.Prefix >= 0 && s.worked >= who.Prefix {
			continue
		}
		first := int64(0)
		for _, f := range who.First {
			if bound && !s.any && f.Day >= day {
				first += f.Worth
			}
		}
		for a := k; a < last; a++ {
			x := &e.Arcs[a]
			if !x.Fixed && (!bound || s.worked+x.Worked <= who.Limit) {
				next = put(next, kept{s.length + x.Length, s.worked + x.Worked, s.value + gain(a) + first, true})
			}
		}
	}
	return next
}

// staff gives what the best week of a supervisor or minibus is worth to them: sessions one after another, within their minutes.
func (e *evaluation) staff(i int) (sum int64) {
	s, from := &e.Staff[i], e.duties[i]
	limit := s.Minutes
	type job struct {
		start, end int64
		minutes    int32
		value      int64
	}
	var jobs []job
	for k, a := range s.Arcs {
		x := &e.Sessions[a.Session]
		v := a.Value + atLeastZero(e.prices.Duties, from+k)
		if !s.Minibus {
			for r := range e.Reserves {
				if e.Reserves[r].Day == x.Day {
					v -= min(atLeastZero(e.prices.Reserves, r), e.Reserves[r].Price)
					break
				}
			}
		}
		switch {
		case a.Fixed:
			sum += max(0, v)
			limit = solver.NoLimit
		case v > 0:
			jobs = append(jobs, job{int64(x.Span.Start), int64(x.Span.End), x.Minutes / quarter * quarter, v})
		}
	}
	slices.SortStableFunc(jobs, func(a, b job) int { return cmp.Compare(a.end, b.end) })
	// best[j] says, for the first j jobs, what any minutes are worth at most, in rising order of both.
	type worth struct {
		minutes int32
		value   int64
	}
	best := [][]worth{{{0, 0}}}
	for j, x := range jobs {
		fits := j
		for fits > 0 && jobs[fits-1].end > x.start {
			fits--
		}
		all := slices.Clone(best[j])
		for _, b := range best[fits] {
			if m := b.minutes + x.minutes; m <= limit {
				all = append(all, worth{m, b.value + x.value})
			}
		}
		slices.SortFunc(all, func(a, b worth) int { return cmp.Or(cmp.Compare(a.minutes, b.minutes), cmp.Compare(b.value, a.value)) })
		front := all[:0]
		for _, b := range all {
			if len(front) == 0 || b.value > front[len(front)-1].value {
				front = append(front, b)
			}
		}
		best = append(best, front)
	}
	end := best[len(jobs)]
	return sum + end[len(end)-1].value
}
