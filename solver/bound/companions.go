package bound

import (
	"math/bits"
	"slices"

	"github.com/communitypayback/payback/solver"
)

// companions is what those of one session who need company are worth there, by how many of them come. Each of them may be worth less
// than nothing: that is what company costs the others.
type companions struct {
	list   []member // the most first
	worth  []int64  // by number: at most; 0 and impossible below the least
	picked []uint16 // by number: which of the first of the list come

	sum, none, one [1 << exact]int64 // by set of the first of the list: scores, and chances that nobody comes and that one does
}

const (
	// exact is among how many of the list every set is looked at; of sets with others the cheapest that could be is assumed.
	exact = 8
	// impossible is worth less than anything else.
	impossible = int64(-1) << 60
)

// makeCompany prepares who needs company in a session, and the least that so many of them cost by one coming alone.
func (g *group) makeCompany(s *solver.RelaxedSession, w *week) {
	c := s.Company
	if g.company = c; c == nil {
		return
	}
	g.needs = make([]int32, len(s.Arcs))
	for i, m := range c.Members {
		g.needs[m] = int32(i) + 1
		if w.Arcs[s.Arcs[m]].Takes > 1 {
			g.doubles++
		}
	}
	for _, d := range g.supervisors {
		_, leads := slices.BinarySearch(c.Led, w.Staff[w.duties[d].staff].Actor)
		g.leads = append(g.leads, leads)
	}
	low, high := int64(slices.Min(c.Comes)), int64(slices.Max(c.Comes))
	for n := range min(len(c.Members), exact+spare) + 1 {
		g.alone = append(g.alone, c.Alone)
		for often := range n + 1 {
			g.alone[n] = min(g.alone[n], alonePrice(c, n, alike(often, high, n-often, low)))
		}
	}
}

// alike gives the chance that exactly one comes of two kinds of people, in parts of sure. It is linear in each chance, so that of all
// people with chances between it is least for some number of each kind.
func alike(n int, a int64, m int, b int64) int64 {
	none, one := sure, int64(0)
	for i := range n + m {
		if i == n {
			a = b
		}
		none, one = another(none, one, a)
	}
	return one
}

// another gives the chances that nobody comes and that one does with somebody more, who comes with some permille.
func another(none, one, permille int64) (int64, int64) {
	q := permille * sure / 1000
	return none - none*q>>30, one - one*q>>30 + none*q>>30
}

// alonePrice gives what it costs, at least, if of so many exactly one comes with some chance. The chance may be rounded.
func alonePrice(c *solver.RelaxedCompany, n int, one int64) int64 {
	if n < 2 {
		return 0
	}
	return max(0, c.Alone*one>>30-c.Alone>>20-1)
}

// reckon works out what so many are worth, for up to some number of places.
func (x *companions) reckon(g *group, size int32) {
	x.worth, x.picked = append(x.worth[:0], 0), append(x.picked[:0], 0)
	if len(x.list) == 0 || x.list[0].score <= 0 {
		return // then none is best
	}
	c := g.company
	known := min(len(x.list), exact)
	for range min(int(size), len(x.list)) {
		x.worth, x.picked = append(x.worth, impossible), append(x.picked, 0)
	}
	x.sum[0], x.none[0], x.one[0] = 0, sure, 0
	for set := 1; set < 1<<known; set++ {
		i := bits.TrailingZeros(uint(set))
		less := set & (set - 1)
		x.sum[set] = x.sum[less] + x.list[i].score
		n := bits.OnesCount(uint(set))
		if c.Alone > 0 {
			m := &x.list[i]
			x.none[set], x.one[set] = another(x.none[less], x.one[less], int64(c.Comes[g.needs[m.at]-1]))
		}
		if n >= len(x.worth) || n < int(c.Least) || x.sum[set] <= x.worth[n] {
			continue
		}
		if v := x.sum[set] - alonePrice(c, n, x.one[set]); v > x.worth[n] {
			x.worth[n], x.picked[n] = v, uint16(set)
		}
	}
	x.wider(g)
}

// wider does the same for sets with others than the first of the list.
func (x *companions) wider(g *group) {
	if len(x.list) <= exact {
		return
	}
	c, most := g.company, int64(0)
	for n := 1; n < len(x.worth); n++ {
		last := max(n-1, exact)
		if n > max(int(c.Least), 2) && x.list[last].score <= -c.Alone {
			break // whoever is this far down costs more than their company can save
		}
		if n >= int(c.Least) {
			v := most + x.list[last].score
			if n < len(g.alone) {
				v -= g.alone[n]
			}
			if v > x.worth[n] {
				x.worth[n], x.picked[n] = v, 1<<min(n, exact)-1
			}
		}
		most += x.list[n-1].score
	}
}
