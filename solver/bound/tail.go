package bound

import "slices"

// The rule of chance says: of people who come with chances a_1..a_n, more than C come with a chance of at most eps. A bound needs
// something linear that every such set keeps. For each n above C that is
//
//	sum of w(a_i) <= B(n),   w(a) = a + beta a (1 - a)
//
// where beta weighs the variance, and B(n) is the most that the left side can be. It is found among few sets only: the chance is
// linear in each a_i and symmetric, and w is a concave parabola, so some best set has at most two different chances besides the
// least and the greatest there are. For: fix all but two people i, j strictly between, s = a_i + a_j and q = a_i a_j; both sides
// depend on s and q alone, linearly in q. Three different chances x, y, z between either allow a change of the three that keeps
// x + y + z and xy + yz + zx, and so the left side, without raising the chance, until two are equal or one is extreme; or the
// chance depends on xyz, and lowering it by such a change leaves room to raise another.
//
// Chances are parts of one; B is rounded up.

// one is certainty, and the unit of w and B.
const one = 1 << 20

// limits is what a room of C allows to groups of n = len(of) + C + 1 ... people, those up to C being free.
type limits struct {
	room int32
	of   []limit
}

// limit is one of those inequalities.
type limit struct {
	beta  int64 // parts of one
	bound int64 // parts of one; negative: no such group
}

// weight gives w of a chance in permille.
func (l *limit) weight(permille int32) int64 {
	a := int64(permille) * one / 1000
	return a + l.beta*(a*(one-a)/one)/one
}

// tails works out limits of rooms.
type tails struct {
	eps   float64
	least float64 // the least chance that anybody has
	mean  float64 // of a usual person
}

// betas are the weights of the variance that are tried.
var betas = [...]float64{0, 0.15, 0.3, 0.45, 0.6, 0.8, 1}

// largest is the largest room for which groups are looked at; beyond it a group is only limited by its size.
const largest = 24

// limits works one room out, for groups of at most most people.
func (x *tails) limits(room, most int32) limits {
	l := limits{room: room}
	for n := room + 1; n <= most; n++ {
		best := limit{bound: -1}
		if x.over(int(room), mixture{low: int(n)}) <= x.eps {
			beta := x.fitting(int(room), int(n))
			best = limit{beta: int64(beta * one), bound: int64(x.most(int(room), int(n), beta, true)*one) + int64(n) + 1}
		}
		l.of = append(l.of, best)
		if best.bound < 0 {
			break
		}
	}
	return l
}

// fitting chooses the weight of the variance with which groups of usual people come nearest to the limit.
func (x *tails) fitting(room, n int) (beta float64) {
	usual, least := x.usual(room, n), 0.0
	for i, try := range betas {
		lost := x.most(room, n, try, false)
		for _, a := range usual {
			lost -= parabola(a, try)
		}
		if i == 0 || lost < least {
			beta, least = try, lost
		}
	}
	return beta
}

func parabola(a, beta float64) float64 { return a + beta*a*(1-a) }

// mixture is a set of n people: so many with the least chance, so many who are certain, and two kinds between.
type mixture struct {
	low, sure int
	x, y      int
	a, b      float64 // chances of x and y
}

// over gives the chance that more than room of a group come.
func (x *tails) over(room int, g mixture) float64 {
	room -= g.sure
	if room < 0 {
		return 1
	}
	var buffer [largest + 2]float64
	buffer[0] = 1
	size := 1
	add := func(n int, a float64) {
		for range n {
			if size <= room {
				size++
			}
			for k := size - 1; k > 0; k-- {
				buffer[k] += a * (buffer[k-1] - buffer[k])
			}
			buffer[0] *= 1 - a
		}
	}
	add(g.low, x.least)
	add(g.x, g.a)
	add(g.y, g.b)
	all := 0.0
	for _, m := range buffer[:size] {
		all += m
	}
	return 1 - all
}

// cells is into how many parts the chances of the smaller kind are cut.
const cells = 24

// most gives the greatest sum of w over the groups of n that a room allows, at most a little more; without two it looks at groups
// of one kind between alone, which is quick and mostly the same.
func (x *tails) most(room, n int, beta float64, two bool) (best float64) {
	kinds := 1
	if two {
		kinds = n/2 + 1
	}
	for small := range kinds { // one kind first: what is found makes the rest quick
		for sure := 0; sure <= min(n, room); sure++ {
			for low := 0; low+sure+2*small <= n; low++ {
				best = x.mostOf(room, mixture{low: low, sure: sure, x: small, y: n - sure - low - small}, beta, best)
			}
		}
	}
	return best
}

// mostOf raises best to the most of one shape of group, where that is more.
func (x *tails) mostOf(room int, g mixture, beta, best float64) float64 {
	others := float64(g.low)*parabola(x.least, beta) + float64(g.sure)
	if g.y == 0 {
		if x.over(room, g) <= x.eps {
			best = max(best, others)
		}
		return best
	}
	step := (1 - x.least) / cells
	todo := []span{{x.least, 1}}
	if g.x > 0 {
		todo = todo[:0]
		for i := range cells {
			todo = append(todo, span{x.least + float64(i)*step, x.least + float64(i+1)*step})
		}
	}
	for len(todo) > 0 {
		c := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		g.a = c.low
		b := x.highest(room, g, (best-others-float64(g.x)*parabola(c.high, beta))/float64(g.y), beta)
		if b < 0 {
			continue
		}
		top := others + float64(g.x)*parabola(c.high, beta) + float64(g.y)*parabola(b, beta)
		if g.x == 0 || c.high-c.low < 0.002 {
			best = max(best, top)
			continue
		}
		middle := (c.low + c.high) / 2
		todo = append(todo, span{c.low, middle}, span{middle, c.high})
	}
	return best
}

// span is some chances.
type span struct{ low, high float64 }

// highest gives the highest chance of the larger kind that the room allows, at most a little more; negative: none whose w is more
// than some value.
func (x *tails) highest(room int, g mixture, value, beta float64) float64 {
	low, high := x.least, 1.0
	for i := range 14 {
		middle := (low + high) / 2
		if i == 0 { // the least that would be worth it
			middle = x.inverse(value, beta)
		}
		if middle >= 1 {
			return -1
		}
		g.b = max(middle, x.least)
		switch {
		case x.over(room, g) <= x.eps:
			low = g.b
		case i == 0:
			return -1
		default:
			high = middle
		}
	}
	return high
}

// inverse gives the chance at which w has a value, no more than that.
func (x *tails) inverse(value, beta float64) float64 {
	low, high := 0.0, 1.0
	for range 30 {
		middle := (low + high) / 2
		if parabola(middle, beta) < value {
			low = middle
		} else {
			high = middle
		}
	}
	return low
}

// usual gives n chances as people have them, all shifted until the room just allows the group.
func (x *tails) usual(room, n int) []float64 {
	at := func(shift float64) []float64 {
		out := make([]float64, n)
		for i := range out {
			spread := 0.0
			if n > 1 {
				spread = float64(2*i-n+1) / float64(n-1) * 0.3
			}
			out[i] = min(max(x.mean+spread+shift, x.least), 1)
		}
		return out
	}
	low, high := -1.0, 1.0
	for range 20 {
		middle := (low + high) / 2
		if exceeded(room, at(middle)) <= x.eps {
			low = middle
		} else {
			high = middle
		}
	}
	return at(low)
}

// exceeded gives the chance that more than room of some people come.
func exceeded(room int, chances []float64) float64 {
	mass := []float64{1}
	for _, a := range chances {
		mass = append(mass, 0)
		for k := len(mass) - 1; k > 0; k-- {
			mass[k] += a * (mass[k-1] - mass[k])
		}
		mass[0] *= 1 - a
	}
	slices.Reverse(mass)
	sum := 0.0
	for _, m := range mass[:max(0, len(mass)-1-room)] {
		sum += m
	}
	return sum
}
