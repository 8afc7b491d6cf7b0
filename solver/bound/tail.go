package bound

import "slices"

// The rule of chance says: of people who come with chances a_1..a_n, more than C come with a chance of at most eps. A bound needs
// something linear that every such set keeps:
//
//	sum of w(a_i) <= B,   w(a) = a + beta a (1 - a)
//
// where beta weighs the variance, and B is the most that the left side can be. It is found among few sets only: the chance is
// linear in each a_i and symmetric, and w is a concave parabola, so some best set has at most two different chances besides the
// least and the greatest there are. For: fix all but two people i, j strictly between, s = a_i + a_j and q = a_i a_j; both sides
// depend on s and q alone, linearly in q. Three different chances x, y, z between either allow a change of the three that keeps
// x + y + z and xy + yz + zx, and so the left side, without raising the chance, until two are equal or one is extreme; or the
// chance depends on xyz, and lowering it by such a change leaves room to raise another.
//
// Chances are parts of one; B is rounded up.

// one is certainty, and the unit of w and B.
const one = 1 << 20

// B is smaller for most sizes of group than for the worst one, so it is worked out for each.

// limit is that inequality for one room.
type limit struct {
	beta  int64   // parts of one
	bound int64   // parts of one, of any group
	sizes []int64 // the same of groups of one more than the room, of two more, and so on
}

// of gives B of groups of a size: of one that fits whoever comes, no more than all of them are.
func (l *limit) of(n, room int32) int64 {
	switch {
	case n <= room:
		return int64(n) * one
	case int(n-room) <= len(l.sizes):
		return l.sizes[n-room-1]
	}
	return l.bound
}

// weight gives w of a chance in permille. Whoever comes less often than leastChance weighs nothing: without them the others keep
// the inequality as well.
func (l *limit) weight(permille int32) int64 {
	if permille < leastChance {
		return 0
	}
	a := int64(permille) * one / 1000
	return a + l.beta*(a*(one-a)/one)/one
}

// leastChance is the least chance of coming that limits are worked out for, in permille.
const leastChance = 50

// tails works out limits of rooms.
type tails struct {
	eps   float64
	least float64 // the least chance that anybody has
	mean  float64 // of a usual person
}

// betas are the weights of the variance that are tried.
var betas = [...]float64{0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1}

// largest is the largest room for which groups are looked at; beyond it a group is only limited by its size.
const largest = 24

// newTails prepares for a chance of too many, in permille. What is added covers the rounding of chances in the rule itself.
func newTails(permille int64) *tails {
	return &tails{eps: float64(permille)/1000 + 1e-6, least: leastChance / 1000.0, mean: 0.6}
}

// limit works the inequality out that holds for groups of every size in a room, up to half as many again: with the weight of the
// variance by which groups of usual people come nearest to it.
func (x *tails) limit(room int) limit {
	beta, least := 0.0, 0.0
	for i, try := range betas {
		bound, loss := x.greatest(room, try), 0.0
		for n := room + 1; n <= room*3/2; n++ {
			sum := 0.0
			for _, a := range x.usual(room, n) {
				sum += parabola(a, try)
			}
			loss += bound/sum - 1
		}
		if i == 0 || loss < least {
			beta, least = try, loss
		}
	}
	l := limit{beta: int64(beta * one), bound: int64(room) * one}
	for n := room + 1; n <= room*3/2; n++ {
		most := inParts(x.most(room, n, beta, true), room)
		l.sizes, l.bound = append(l.sizes, most), max(l.bound, most)
	}
	return l
}

// inParts gives B in parts, rounded up.
func inParts(bound float64, room int) int64 { return int64(bound*one) + int64(2*room) + 1 }

// greatest estimates B for groups of every size that may be booked; up to the room it is the room.
func (x *tails) greatest(room int, beta float64) float64 {
	bound := float64(room)
	for n := room + 1; n <= room*3/2; n++ {
		bound = max(bound, x.most(room, n, beta, false))
	}
	return bound
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
