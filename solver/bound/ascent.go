package bound

import (
	"math"
	"math/bits"
	"sync/atomic"

	"github.com/communitypayback/payback/solver"
)

// Multipliers are moved with fractions of a millipoint, and the averages of answers are kept in parts.
const (
	fine  = 8  // bits of a millipoint
	unit  = 16 // bits of one
	parts = 20 // bits of what one is in limits
)

const (
	// patience is how many steps without a gain worth the name are made before the ascent goes back to the best prices.
	patience = 10
	// dutyScale is how much faster the prices of duties move than those of people: a supervisor is worth a group.
	dutyScale = 12
	// mixed is how much of each answer goes into the averages, in 1/1024.
	mixed = 100
	// damp is what steps are multiplied by, in 1/1024: it grows while they help and falls while they do not.
	firstDamp, leastDamp, mostDamp = 1024, 32, 16384
)

// ascent lowers a bound by moving prices against what the parts' answers disagree about: a subgradient method whose direction is
// an average of answers (after the volume algorithm of Barahona and Anbil, 2000) and whose steps are Polyak's, in whole numbers so
// that every machine takes the same steps.
type ascent struct {
	w       *week
	workers []worker
	best    *Prices // of the lowest bound
	value   int64   // that bound
	at      *Prices // where the next step evaluates
	answer  answer

	// What was taken too much is negative, what was left is positive: averages, in units.
	pairs  []int64 // by arc: what sessions take less what people take
	duties []int64
	rooms  []int64
	seats  []int64
	areas  []int64
	spare  []int64 // reserves, rain, rows
	live   []int32 // arcs whose average was ever other than zero
	seen   []bool  // by arc: it is in live

	taken []int64 // average of what sessions take, in units, by arc
	used  []int64 // the same by duty

	damp  int64
	fails int
	steps int
}

func newAscent(w *week, workers int) *ascent {
	x := &ascent{
		w: w, workers: make([]worker, max(1, workers)), best: newPrices(w), at: newPrices(w), value: math.MaxInt64,
		pairs: make([]int64, len(w.Arcs)), duties: make([]int64, len(w.duties)), rooms: make([]int64, w.teams), seats: make([]int64, w.teams),
		areas: make([]int64, len(w.Areas)), spare: make([]int64, len(w.Reserves)+len(w.Rain)+len(w.rows)),
		seen: make([]bool, len(w.Arcs)), taken: make([]int64, len(w.Arcs)), used: make([]int64, len(w.duties)), damp: firstDamp,
	}
	return x
}

// step evaluates the present prices and moves on, aiming at a value that some roster has. False: it was halted, and nothing was
// changed.
func (x *ascent) step(target int64, halt *atomic.Bool) bool {
	if !x.w.evaluate(x.at, &x.answer, x.workers, halt) {
		return false
	}
	x.steps++
	if x.answer.value < x.value {
		if x.value-x.answer.value > x.value/20_000 {
			x.fails = 0
		}
		x.value = x.answer.value
		x.best.copyFrom(x.at)
		x.damp = min(x.damp*17/16, mostDamp)
	} else {
		x.damp = max(x.damp*31/32, leastDamp)
	}
	if x.fails++; x.fails >= patience {
		x.damp, x.fails = max(x.damp*2/3, leastDamp), 0
		x.at.copyFrom(x.best)
	}
	x.average()
	x.remember()
	x.move(target)
	return true
}

// average mixes the last answer into the averages.
func (x *ascent) average() {
	alpha := int64(mixed)
	if x.steps == 1 {
		alpha = 1024
	}
	decay := func(list []int64) {
		for i, v := range list {
			list[i] = v - v*alpha/1024
		}
	}
	for _, i := range x.live {
		x.pairs[i] -= x.pairs[i] * alpha / 1024
	}
	decay(x.duties)
	decay(x.rooms)
	decay(x.seats)
	share := alpha << unit / 1024
	for _, i := range x.answer.held {
		x.note(i, share)
	}
	for _, i := range x.answer.people {
		x.note(i, -share)
	}
	for _, i := range x.answer.used {
		x.duties[i] -= share
	}
	for _, i := range x.answer.offers {
		x.duties[i] += share
	}
	for _, s := range x.answer.slacks {
		x.rooms[s.index] += s.room >> (parts - unit) * alpha / 1024
		x.seats[s.index] += s.seats >> (parts - unit) * alpha / 1024
	}
	x.averageShared(alpha)
}

func (x *ascent) note(arc int32, v int64) {
	if !x.seen[arc] {
		x.seen[arc] = true
		x.live = append(x.live, arc)
	}
	x.pairs[arc] += v
}

// averageShared does the same for what many parts share: what is offered less what is taken.
func (x *ascent) averageShared(alpha int64) {
	w := x.w
	now := make([]int64, len(x.areas))
	for _, i := range x.answer.people {
		if a := w.People[w.Arcs[i].Person].Area; a >= 0 {
			now[a]++
		}
	}
	for i := range x.areas {
		x.areas[i] += (((now[i] - x.answer.areas[i]) << unit) - x.areas[i]) * alpha / 1024
	}
	left := make([]int64, 0, len(x.spare)) // in units
	for i := range w.Reserves {
		left = append(left, int64(w.Reserves[i].Free)<<unit)
	}
	for i := range w.Rain {
		left = append(left, int64(w.Rain[i].Room)<<unit)
	}
	for i := range w.rows {
		left = append(left, w.rows[i].people<<unit)
	}
	for _, i := range x.answer.offers {
		if r := w.duties[i].reserve; r >= 0 {
			left[r] -= 1 << unit
		}
	}
	rain := len(w.Reserves)
	for _, i := range x.answer.held {
		a := &w.Arcs[i]
		if r := w.Sessions[a.Session].Rain; r >= 0 {
			left[rain+int(r)] -= 1 << unit
		}
		for _, r := range w.groups[a.Session].rows {
			left[rain+len(w.Rain)+int(r)] -= 1 << unit
		}
	}
	for i := range x.spare {
		x.spare[i] += (left[i] - x.spare[i]) * alpha / 1024
	}
}

// move sets the next prices, against the averages.
func (x *ascent) move(target int64) {
	norm := x.norm()
	if norm == 0 {
		return
	}
	// The step is damp (bound - target) / norm, in fine millipoints for each unit.
	gap := max(x.answer.value-max(target, x.value/8*7), x.value/2000, 1)
	size := mulDiv(uint64(gap)<<fine, uint64(x.damp), 1024)
	step := int64(min(mulDiv(size, 1<<unit, norm), 1<<40))
	shift := func(v int64) int64 { return step * v >> (unit + fine) }
	lower := func(prices, averages []int64, scale int64) {
		for i, v := range averages {
			prices[i] = max(0, prices[i]-scale*shift(v))
		}
	}
	for _, i := range x.live {
		x.at.Pairs[i] -= shift(x.pairs[i])
	}
	lower(x.at.Duties, x.duties, dutyScale)
	lower(x.at.Rooms, x.rooms, 1)
	lower(x.at.Seats, x.seats, 1)
	lower(x.at.Areas, x.areas, 1)
	rain := len(x.at.Reserves)
	rows := rain + len(x.at.Rain)
	lower(x.at.Reserves, x.spare[:rain], 1)
	lower(x.at.Rain, x.spare[rain:rows], 1)
	lower(x.at.Rows, x.spare[rows:], 1)
	x.w.confine(x.at)
}

// norm gives the square of the averages, in units.
func (x *ascent) norm() (sum uint64) {
	square := func(list []int64) (sum uint64) {
		for _, v := range list {
			sum += uint64(v*v) >> unit
		}
		return sum
	}
	for _, i := range x.live {
		sum += uint64(x.pairs[i]*x.pairs[i]) >> unit
	}
	return sum + dutyScale*square(x.duties) + square(x.rooms) + square(x.seats) + square(x.areas) + square(x.spare)
}

// mulDiv gives a b / c, or the largest number if that is more.
func mulDiv(a, b, c uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	if hi >= c {
		return math.MaxUint64
	}
	q, _ := bits.Div64(hi, lo, c)
	return q
}

// remember averages what sessions take, slowly: the more often somebody is in a session, the better they go together.
func (x *ascent) remember() {
	const share = 32
	for i := range x.taken {
		x.taken[i] -= x.taken[i] / share
	}
	for i := range x.used {
		x.used[i] -= x.used[i] / share
	}
	for _, i := range x.answer.held {
		x.taken[i] += 1 << unit / share
	}
	for _, i := range x.answer.used {
		x.used[i] += 1 << unit / share
	}
}

// goOn begins where few prices have settled.
func (x *ascent) goOn(t *tied) {
	x.at.copyFrom(t.settled())
	x.best.copyFrom(x.at)
	copy(x.taken, t.taken)
	copy(x.used, t.used)
}

// hints gives averages of what was taken, by arc and by duty, as hints.
func (w *week) hints(taken, used []int64) (out []solver.Hint) {
	const least = 10 // permille
	for i, v := range taken {
		if p := int32(v * 1000 >> unit); p > least {
			out = append(out, solver.Hint{Actor: w.Arcs[i].Person, Session: w.Arcs[i].Session, Weight: p})
		}
	}
	for i, v := range used {
		if p := int32(v * 1000 >> unit); p > least {
			d := &w.duties[i]
			out = append(out, solver.Hint{Actor: w.Staff[d.staff].Actor, Session: d.Session, Weight: p})
		}
	}
	return out
}
