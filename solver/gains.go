package solver

import (
	"math"
	"slices"
	"sync/atomic"
)

// gain is what somebody could gain by a session at best: if it were the only one they have, and all that depends on others
// cost nothing; for each place that they are likely to take there.
type gain struct {
	cost  int32 // millipoints; negative
	actor ActorIx
}

// listGains lists the people of each session who could gain by it, those first who could gain most; once halt is raised, of no more
// sessions, for nobody asks about them then.
func (c *candidates) listGains(p *Problem, halt *atomic.Bool) {
	c.best = make([][]gain, p.NumSessions())
	own := p.ownGrids()
	parallel(len(c.best), func(i int) {
		if halt.Load() {
			return
		}
		t := SessionIx(i)
		keys := make([]uint64, 0, len(c.of[People][t]))
		for _, a := range c.of[People][t] {
			if cost := p.aloneCost(own, a, t) * 1000 / p.roomTaken(a, t); cost < 0 {
				keys = append(keys, uint64(max(cost, math.MinInt32)-math.MinInt32)<<32|uint64(a)) // numbers sort fastest
			}
		}
		slices.Sort(keys)
		c.best[i] = make([]gain, len(keys))
		for j, k := range keys {
			c.best[i][j] = gain{int32(int64(k>>32) + math.MinInt32), ActorIx(k & math.MaxUint32)}
		}
	})
}

// ownGrids tells the grids that price what is booked for one person apart from all others.
func (p *Problem) ownGrids() []bool {
	own := make([]bool, len(p.grids))
	for i := range p.grids {
		g := &p.grids[i]
		own[i] = g.cells > g.cols && g.when == Always && (g.price != 0 || g.shape == Curve || g.shape == Open)
	}
	return own
}

// aloneCost gives what a session costs a person who has no other, as far as others do not matter.
func (p *Problem) aloneCost(own []bool, a ActorIx, t SessionIx) int64 {
	sum := p.pairCost(a, t)[Soft]
	for _, m := range p.tallies[p.tallyFrom[a]:p.tallyFrom[a+1]] {
		g := &p.grids[m.grid]
		if !own[m.grid] || p.masked(g, a, t, &[8]int8{}) {
			continue
		}
		value := m.weight * g.length[t]
		if g.worked {
			value = m.weight * p.lengths(a)[t]
		}
		for _, col := range g.colList[g.colFrom[t]:g.colFrom[t+1]] {
			at := m.base + col - g.offset
			_, none := g.cellPrice(at, 0, 0)
			_, some := g.cellPrice(at, value, m.guard)
			sum += some - none
		}
	}
	return sum
}
