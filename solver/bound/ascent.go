package bound

import (
	"math"
	"math/bits"
)

// Multipliers are moved with fractions of a millipoint, and the averages of answers are kept in parts.
const (
	fine = 8  // bits of a millipoint
	unit = 16 // bits of one
)

// dutyScale is how much faster the prices of duties move than those of people: a supervisor is worth a group.
const dutyScale = 32

// ascent lowers a bound by moving prices against what the parts' answers disagree about: a volume algorithm (Barahona and Anbil
// 2000), in whole numbers so that every machine takes the same steps.
type ascent struct {
	w       *week
	workers []worker
	best    *Prices // of the lowest bound
	value   int64
	at      *Prices // where the next step leads
	answer  answer
	pairs   []int64 // averages: what sessions take less what people take, in units, by arc
	duties  []int64
	touched []bool // by arc: the average was ever other than zero
	live    []int32
	primal  []int64 // averages of what sessions take, by arc
	areas   []int64
	spare   []int64
	seats   []int64 // by person: the average of how many sessions take them too many, in units; coarse only
	price   []int64 // by person: what they keep of a session's worth at the best prices; coarse only
	trial   []int64 // the same where the next step leads
	coarse  bool    // one price a person instead of one a pair
	damp    int64   // lambda, in 1/1024
	alpha   int64   // in 1/1024
	fails   int
	gains   int
	rounds  int
}

func newAscent(w *week, workers int, start *Prices, price int64) *ascent {
	x := &ascent{w: w, workers: make([]worker, max(1, workers)), best: newPrices(w), at: newPrices(w), value: math.MaxInt64,
		pairs: make([]int64, len(w.Arcs)), duties: make([]int64, len(w.duties)), touched: make([]bool, len(w.Arcs)),
		seats: make([]int64, len(w.People)), price: make([]int64, len(w.People)), trial: make([]int64, len(w.People)),
		areas: make([]int64, len(w.Areas)), spare: make([]int64, len(w.Reserves)+len(w.Rain)+len(w.rows)), damp: 1024, alpha: 102}
	x.at.copyFrom(start)
	w.surplus(price, x.trial)
	copy(x.price, x.trial)
	for t := range w.groups {
		w.groups[t].star = price
	}
	w.spread(x.trial, x.at)
	x.best.copyFrom(x.at)
	x.coarse = true
	return x
}

// step evaluates the present prices and moves on, aiming at a value that some roster has.
func (x *ascent) step(target int64) {
	x.w.evaluate(x.at, &x.answer, x.workers)
	x.rounds++
	if x.answer.value < x.value {
		if x.value != math.MaxInt64 && x.value-x.answer.value > x.value/100_000 {
			x.gains++
		}
		x.value = x.answer.value
		x.best.copyFrom(x.at)
		copy(x.price, x.trial)
		x.fails = 0
		if x.gains >= 3 {
			x.damp, x.gains = min(x.damp*5/4, 2048), 0
		}
	} else if x.fails++; x.fails >= 12 {
		x.damp, x.fails, x.gains = max(x.damp*3/4, 64), 0, 0
		x.alpha = max(x.alpha*9/10, 40)
	}
	x.average()
	x.move(target)
}

// refine goes on with a price for each pair.
func (x *ascent) refine() {
	x.coarse = false
	x.at.copyFrom(x.best)
	x.rounds, x.fails, x.gains, x.damp, x.alpha = 0, 0, 0, 1024, 102
	clear(x.duties)
	clear(x.areas)
	clear(x.spare)
}

// average mixes the last answer into the averages.
func (x *ascent) average() {
	alpha := x.alpha
	if x.rounds == 1 {
		alpha = 1024
	}
	decay := func(v int64) int64 { return v - v*alpha/1024 }
	for _, i := range x.live {
		x.pairs[i] = decay(x.pairs[i])
	}
	for i := range x.duties {
		x.duties[i] = decay(x.duties[i])
	}
	add := (alpha << unit) / 1024
	note := func(i int32, v int64) {
		if !x.touched[i] {
			x.touched[i] = true
			x.live = append(x.live, i)
		}
		x.pairs[i] += v
	}
	if x.coarse {
		x.averageSeats(alpha)
	} else {
		for _, i := range x.answer.held {
			note(i, add)
		}
		for _, i := range x.answer.people {
			note(i, -add)
		}
	}
	for _, i := range x.answer.used {
		x.duties[i] -= add
	}
	for _, i := range x.answer.offers {
		x.duties[i] += add
	}
	x.averageShared(alpha)
}

// averageSeats does the same by person.
func (x *ascent) averageSeats(alpha int64) {
	for t := range x.seats {
		x.seats[t] -= x.seats[t] * alpha / 1024
	}
	for _, i := range x.answer.held {
		x.seats[x.w.Arcs[i].Person] += alpha << unit / 1024
	}
	for _, i := range x.answer.people {
		x.seats[x.w.Arcs[i].Person] -= alpha << unit / 1024
	}
}

// averageShared does the same for areas, reserves and rain: what is offered less what is taken.
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
	left := make([]int64, len(x.spare)) // in units
	for i := range w.Reserves {
		left[i] = int64(w.Reserves[i].Free) << unit
	}
	for _, i := range x.answer.offers {
		if r := w.duties[i].reserve; r >= 0 {
			left[r] -= 1 << unit
		}
	}
	rain := len(w.Reserves)
	for i := range w.Rain {
		left[rain+i] = int64(w.Rain[i].Room) << unit
	}
	rows := rain + len(w.Rain)
	for i := range w.rows {
		left[rows+i] = w.rows[i].bound >> (20 - unit)
	}
	for _, i := range x.answer.held {
		a := &w.Arcs[i]
		if r := w.Sessions[a.Session].Rain; r >= 0 {
			left[rain+int(r)] -= 1 << unit
		}
		for _, r := range w.groups[a.Session].rows {
			left[rows+int(r)] -= w.rows[r].takes(int32(a.Comes)) >> (20 - unit)
		}
	}
	for i := range x.spare {
		x.spare[i] += (left[i] - x.spare[i]) * alpha / 1024
	}
}

// move sets the next prices: from the best ones, against the averages.
func (x *ascent) move(target int64) {
	gap := max(x.value-target, x.value/2000, 1)
	norm := x.norm()
	if norm == 0 {
		return
	}
	// step = damp (bound - target) / norm, in fine millipoints for each unit
	size := mulDiv(uint64(gap)<<fine, uint64(x.damp), 1024)
	step := mulDiv(size, 1<<unit, norm)
	shift := func(v int64) int64 { return int64(step) * v >> (unit + fine) }
	x.at.copyFrom(x.best)
	if x.coarse {
		for t, v := range x.seats {
			x.trial[t] = max(0, x.price[t]+shift(v))
		}
		x.w.spread(x.trial, x.at)
	} else {
		for _, i := range x.live {
			x.at.Pairs[i] -= shift(x.pairs[i])
		}
	}
	for i, v := range x.duties {
		x.at.Duties[i] = max(0, x.at.Duties[i]-dutyScale*shift(v))
	}
	for i, v := range x.areas {
		x.at.Areas[i] = max(x.w.Areas[i].Worth.Beyond, x.at.Areas[i]-shift(v))
	}
	for i := range x.w.Reserves {
		x.at.Reserves[i] = min(max(0, x.at.Reserves[i]-shift(x.spare[i])), x.w.Reserves[i].Price)
	}
	for i := range x.w.Rain {
		x.at.Rain[i] = max(0, x.at.Rain[i]-shift(x.spare[len(x.w.Reserves)+i]))
	}
	for i := range x.w.rows {
		x.at.Rows[i] = max(0, x.at.Rows[i]-shift(x.spare[len(x.w.Reserves)+len(x.w.Rain)+i]))
	}
}

// norm gives the square of the averages, in units.
func (x *ascent) norm() uint64 {
	sum := uint64(0)
	add := func(v int64) { sum += uint64(v*v) >> unit }
	for _, i := range x.live {
		add(x.pairs[i])
	}
	if x.coarse {
		for _, v := range x.seats {
			add(v)
		}
	}
	duties := uint64(0)
	for _, v := range x.duties {
		duties += uint64(v*v) >> unit
	}
	sum += dutyScale * duties
	for _, v := range x.areas {
		add(v)
	}
	for _, v := range x.spare {
		add(v)
	}
	return sum
}

// mulDiv gives a b / c without overflow of the product.
func mulDiv(a, b, c uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	if hi >= c {
		return math.MaxInt64
	}
	q, _ := bits.Div64(hi, lo, c)
	return q
}
