package solver

import (
	"slices"

	"github.com/communitypayback/payback/model"
)

// maxPoints bounds how many different sums of minutes are listed for one curve.
const maxPoints = 64

// curve charges what a sum of minutes is worth, as a negative cost, while the condition holds.
func (m *program) curve(worth model.Worth, v []lpTerm, when []literal) {
	m.bent(v, when, func(at int64) int64 { return -worth.Of(int32(at)) },
		int64(worth.Day), int64(max(worth.Day, worth.Needed)), int64(worth.Cap))
}

// over charges every unit of a sum above a limit while the condition holds.
func (m *program) over(limit, price int64, v []lpTerm, when []literal) {
	m.bent(v, when, func(at int64) int64 { return price * max(0, at-limit) }, limit)
}

// bent charges cost(sum), which goes straight between its corners, while the condition holds (there is one at most).
func (m *program) bent(v []lpTerm, when []literal, cost func(int64) int64, corners ...int64) {
	when, possible := settled(when)
	if !possible {
		return
	}
	points, few := m.sums(v)
	if len(when) > 0 {
		// The cost is charged on a column that equals the sum while the condition holds and 0 otherwise, when the cost of 0 is
		// given back.
		on, off := when, []literal{when[0].opposite()}
		low, high := m.span(v)
		gated := lpTerm{m.named("v", min(low, 0), max(high, 0), false), 1}
		difference := append(slices.Clone(v), lpTerm{gated.column, -1})
		m.below(on, difference, 0)
		m.above(on, difference, 0)
		m.below(off, []lpTerm{gated}, 0)
		m.above(off, []lpTerm{gated}, 0)
		m.charge(off, -cost(0))
		v, points = []lpTerm{gated}, append(points, 0)
	}
	if !few {
		low, high := m.span(v)
		points = []int64{low, high}
		for _, c := range corners {
			if low < c && c < high {
				points = append(points, c)
			}
		}
	}
	slices.Sort(points)
	m.chain(v, slices.Compact(points), cost)
}

// sums lists what a sum of columns can be, where that is few numbers. A curve may then go straight from each to the next:
// it is exact where it matters, and binds a relaxation closer than its own corners would.
func (m *program) sums(terms []lpTerm) (points []int64, few bool) {
	points = []int64{0}
	for _, x := range terms {
		c := &m.columns[x.column]
		var next []int64
		for _, p := range points {
			for k := c.low; k <= c.high; k++ {
				next = append(next, p+k*x.factor)
			}
		}
		slices.Sort(next)
		if points = slices.Compact(next); len(points) > maxPoints {
			return nil, false
		}
	}
	return points, true
}

// chain charges cost(sum), given by straight lines between the points, the first and last of which bound the sum. Each line
// is a column from 0 to 1. Where the lines grow ever steeper the cheapest are filled first by themselves; where they do not,
// one may only begin when the one before it is full.
func (m *program) chain(terms []lpTerm, points []int64, cost func(int64) int64) {
	m.constant += cost(points[0])
	points = bends(points, cost)
	var (
		sum   = slices.Clone(terms)
		lines []int32
		eased bool // some line is less steep than the one before it
	)
	for k := 1; k < len(points); k++ {
		length, rise := points[k]-points[k-1], cost(points[k])-cost(points[k-1])
		c := m.named("g", 0, 1, false)
		m.columns[c].cost = rise
		sum = append(sum, lpTerm{c, -length})
		lines = append(lines, c)
		if k > 1 {
			was, before := points[k-1]-points[k-2], cost(points[k-1])-cost(points[k-2])
			eased = eased || rise*was < before*length
		}
	}
	m.row(sum, true, points[0])
	if !eased {
		return
	}
	for k := 1; k < len(lines); k++ {
		full := literal{m.named("z", 0, 1, true), false}
		m.above([]literal{full}, []lpTerm{{lines[k-1], 1}}, 1)
		m.below([]literal{full.opposite()}, []lpTerm{{lines[k], 1}}, 0)
	}
}

// bends drops the points at which the line goes straight on.
func bends(points []int64, cost func(int64) int64) []int64 {
	kept := points[:1:1]
	for k := 1; k < len(points); k++ {
		if n := len(kept); n > 1 {
			a, b, c := kept[n-2], kept[n-1], points[k]
			if (cost(b)-cost(a))*(c-b) == (cost(c)-cost(b))*(b-a) {
				kept = kept[:n-1]
			}
		}
		kept = append(kept, points[k])
	}
	return kept
}
