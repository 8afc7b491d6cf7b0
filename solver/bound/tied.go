package bound

import (
	"math"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
)

const (
	// batch is how many moves of few prices are one step of a search. At least fewest such steps are made and at most most; between
	// them they end once as many as spell have lowered the bound by less than one part in enough.
	batch, fewest, most, spell, enough = 12, 25, 150, 8, 1000
	// fewestWarm is fewest of a search that begins with the prices of another, and movesBefore how many moves those are taken for at
	// first: steps are as short as they would be then, so that they do not lead away from what was there.
	fewestWarm, movesBefore = 10, 25
	// firstMove is how much of a usual price one place too many or too few in a session of eight moves it by at first, in 1/1024, and
	// halfLife after how many moves they are half as long.
	firstMove, halfLife = 4, 50
	// usualPace is how fast a price moves that keeps turning, and mostPace how fast one that never does.
	usualPace, mostPace = 1 << 10, 1 << 14
	// leadScale is how much faster the price of a supervisor or minibus moves: they are worth a group.
	leadScale = 24
	// newShare is how much of what a batch takes goes into what is remembered: one part in so many.
	newShare = 4
)

// tied lowers a bound by few prices. There are a thousandth as many as pairs, and each is moved by what all people do together, so
// that it settles in some hundred short moves, near to where no prices of that form are better; the ascent goes on from there.
type tied struct {
	w         *week
	loads     []load   // by arc
	teams     [][]team // by session
	usual     int64    // a usual price of room
	prices    *Prices  // what the few prices stand for
	base      []int64  // by session: what everybody pays for what it shares with others
	at, top   *fewPrices
	left, now *fewPrices // what is left less what is taken, in units: on average, and in the last answer
	value     int64      // of top
	answer    answer
	picks     []team     // by session: its answer
	taken     []int64    // by arc: average of what people take, in units
	used      []int64    // by duty: the same of staff
	steps     int        // batches
	fewest    int        // of them, at least
	warm      *fewPrices // the prices of another search, until it is known whether to begin with them; nil: there are none
	before    int        // moves that those are taken for
	doubt     bool       // they were begun with, and nothing has lowered the bound since: the moves may be too long
	paces     []int64    // by price, of all kinds one after another: how fast it moves
	over      []bool     // likewise: something was left over after the last move
	past      []int64    // by step: the value after it

	// Of a batch: where it began, and what was taken in it.
	began, averaged, best *fewPrices
	people, offers        []int32
}

// newTied prepares for the first step, which begins with first prices, or with those of another search; nil: there are none.
func newTied(w *week, warm *FewPrices, sessions []model.Session) *tied {
	few := func() *fewPrices { return newFewPrices(w) }
	x := &tied{
		w: w, fewest: fewest, loads: make([]load, len(w.Arcs)), teams: make([][]team, len(w.Sessions)), base: make([]int64, len(w.Sessions)),
		at: few(), top: few(), left: few(), now: few(), began: few(), averaged: few(), best: few(), value: math.MaxInt64,
		picks: make([]team, len(w.Sessions)), taken: make([]int64, len(w.Arcs)), used: make([]int64, len(w.duties)),
	}
	x.prices, x.usual = w.startPrices()
	for t := range w.Sessions {
		teams, l := w.teamsOf(t)
		x.teams[t] = teams
		for i, a := range w.Sessions[t].Arcs {
			x.loads[a] = w.loadOf(t, i, l)
		}
		g := &w.groups[t]
		x.at.room[t] = x.prices.Rooms[g.rooms]
		for _, d := range g.supervisors {
			x.at.lead[t] = max(x.at.lead[t], x.prices.Duties[d])
		}
	}
	if warm != nil {
		x.warm = x.heard(warm, sessions)
	}
	return x
}

// step makes a batch of moves. False: it was halted, and nothing was changed.
func (x *tied) step(workers []worker, halt *atomic.Bool) bool {
	if x.warm != nil && !x.choose(workers, halt) {
		return false
	}
	x.began.copyFrom(x.at)
	x.averaged.copyFrom(x.left)
	paces, over := slices.Clone(x.paces), slices.Clone(x.over)
	x.people, x.offers = x.people[:0], x.offers[:0]
	value := x.value
	for k := range batch {
		if !x.evaluate(x.at, workers, halt) {
			x.at.copyFrom(x.began)
			x.left.copyFrom(x.averaged)
			x.paces, x.over = paces, over
			return false
		}
		if x.answer.value < value {
			value = x.answer.value
			x.best.copyFrom(x.at)
		}
		n := x.steps*batch + k
		x.average(n)
		x.move(x.before + n)
		x.people, x.offers = append(x.people, x.answer.people...), append(x.offers, x.answer.offers...)
	}
	x.steps++
	if value < x.value {
		x.value, x.doubt = value, false
		x.top.copyFrom(x.best)
	}
	if x.doubt {
		x.before *= 2
		x.at.copyFrom(x.top)
	}
	x.past = append(x.past, x.value)
	remember(x.taken, x.people)
	remember(x.used, x.offers)
	return true
}

// choose begins with the prices of another search if they give less than first prices do. False: it was halted, and nothing was chosen.
func (x *tied) choose(workers []worker, halt *atomic.Bool) bool {
	if !x.evaluate(x.at, workers, halt) {
		return false
	}
	first := x.answer.value
	if !x.evaluate(x.warm, workers, halt) {
		return false
	}
	if x.answer.value < first {
		x.at.copyFrom(x.warm)
		x.top.copyFrom(x.warm)
		x.value, x.fewest, x.before, x.doubt = x.answer.value, fewestWarm, movesBefore, true
	}
	x.warm = nil
	return true
}

// done reports whether few prices have settled.
func (x *tied) done() bool {
	n := len(x.past)
	return n >= most || n >= x.fewest && x.past[n-1-spell]-x.value < x.value/enough
}

// remember mixes what was taken in a batch into averages.
func remember(averages []int64, taken []int32) {
	for i, v := range averages {
		averages[i] = v - v/newShare
	}
	for _, i := range taken {
		averages[i] += 1 << unit / (newShare * batch)
	}
}

// evaluate finds what the parts make of prices. False: it was halted.
func (x *tied) evaluate(f *fewPrices, workers []worker, halt *atomic.Bool) bool {
	w, a := x.w, &x.answer
	x.spellRest(f)
	people := (len(w.People) + peopleBlock - 1) / peopleBlock
	staff := (len(w.Staff) + staffBlock - 1) / staffBlock
	if a.parts == nil {
		a.parts = make([]part, people+staff)
	}
	var next atomic.Int32
	var wg sync.WaitGroup
	for k := range workers {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(a.parts) && !halt.Load(); i = int(next.Add(1)) - 1 {
				o := &a.parts[i]
				o.value, o.people, o.offers = 0, o.people[:0], o.offers[:0]
				if i < staff {
					w.staffPart(x.prices, o, &workers[k].staff, i*staffBlock)
					continue
				}
				from := (i - staff) * peopleBlock
				x.spell(f, from, min(from+peopleBlock, len(w.People)))
				w.peoplePart(x.prices, o, &workers[k].person, from)
			}
		})
	}
	wg.Wait()
	if halt.Load() {
		return false
	}
	a.value = w.Nothing + w.shared(x.prices, a)
	a.people, a.offers = a.people[:0], a.offers[:0]
	for i := range a.parts {
		o := &a.parts[i]
		a.value += o.value
		a.people, a.offers = append(a.people, o.people...), append(a.offers, o.offers...)
	}
	for t := range w.Sessions {
		a.value += x.session(f, t)
	}
	return true
}

// session finds the best team of a session whose room and seats all sell.
func (x *tied) session(f *fewPrices, t int) (top int64) {
	s := &x.w.Sessions[t]
	x.picks[t] = team{}
	if s.Fixed {
		top = solver.NoWay
	}
	for _, m := range x.teams[t] {
		v := mul(f.room[t], m.room) + mul(f.seat[t], m.seats) - m.supervisors*f.lead[t] - m.minibuses*f.bus[t] + s.Opening
		if v > top {
			top = v
			x.picks[t] = m
		}
	}
	return top
}

// average mixes what is left less what is taken into the averages.
func (x *tied) average(moves int) {
	x.offered()
	x.demanded()
	alpha := int64(mixed)
	if moves == 0 {
		alpha = 1024
	}
	x.left.eachKind(x.now, func(_ int, left, now []int64) {
		for i, v := range now {
			left[i] += (v - left[i]) * alpha / 1024
		}
	})
}

// offered notes what sessions and staff offer, what sessions take of staff, and what all share.
func (x *tied) offered() {
	w, now := x.w, x.now
	now.clear()
	for t, m := range x.picks {
		now.room[t], now.seat[t] = m.room>>(parts-unit), m.seats>>(parts-unit)
		now.lead[t], now.bus[t] = -m.supervisors<<unit, -m.minibuses<<unit
	}
	for i := range w.Reserves {
		now.shared.Reserves[i] = int64(w.Reserves[i].Free) << unit
	}
	for i := range w.Rain {
		now.shared.Rain[i] = int64(w.Rain[i].Room) << unit
	}
	for i := range w.rows {
		now.shared.Rows[i] = w.rows[i].people << unit
	}
	for i := range w.Areas {
		now.shared.Areas[i] = -x.answer.areas[i] << unit
	}
	for _, i := range x.answer.offers {
		d := &w.duties[i]
		if d.minibus {
			now.bus[d.Session] += 1 << unit
		} else {
			now.lead[d.Session] += 1 << unit
		}
		if d.reserve >= 0 {
			now.shared.Reserves[d.reserve] -= 1 << unit
		}
	}
}

// demanded notes what people take.
func (x *tied) demanded() {
	w, now := x.w, x.now
	for _, i := range x.answer.people {
		o, t := &x.loads[i], w.Arcs[i].Session
		now.room[t] -= int64(o.room) >> (parts - unit)
		now.seat[t] -= int64(o.seats) >> (parts - unit)
		if r := w.Sessions[t].Rain; r >= 0 {
			now.shared.Rain[r] -= 1 << unit
		}
		for _, r := range w.groups[t].rows {
			now.shared.Rows[r] -= 1 << unit
		}
		if k := w.People[w.Arcs[i].Person].Area; k >= 0 {
			now.shared.Areas[k] += 1 << unit
		}
	}
}
