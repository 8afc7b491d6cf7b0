package solver

import "slices"

// tally is one grid as one actor counts in it. An actor's tallies lie side by side, because Delta reads them all.
type tally struct {
	grid   int32
	base   int32 // the first cell of the actor's row, over all grids
	weight int32
	guard  int32
}

// slot is one grid as one session counts in it.
type slot struct {
	col    int32 // none: the session does not count; several: see grid.colList
	length int32
}

const (
	none    = -1
	several = -2
)

// counter is a cell: a value and its guard.
type counter struct{ v, guard int32 }

// arrange lays the grids out by actor and by session.
func (p *Problem) arrange() {
	n := len(p.grids)
	p.tallyFrom = make([]int32, p.first[kinds]+1)
	for a := range p.first[kinds] {
		for i := range p.grids {
			g := &p.grids[i]
			if g.row[a] < 0 {
				continue
			}
			x := tally{grid: int32(i), base: g.offset + g.row[a]*g.cols, weight: g.weight[a]}
			if g.guard != nil {
				x.guard = g.guard[a]
			}
			p.tallies = append(p.tallies, x)
		}
		p.tallyFrom[a+1] = int32(len(p.tallies))
	}
	p.columns = make([]slot, p.NumSessions()*n)
	for t := range p.NumSessions() {
		for i := range p.grids {
			g := &p.grids[i]
			c := slot{col: none, length: g.length[t]}
			switch g.colFrom[t+1] - g.colFrom[t] {
			case 0:
			case 1:
				c.col = g.colList[g.colFrom[t]]
			default:
				c.col = several
			}
			p.columns[t*n+i] = c
		}
	}
	// Several grids ask the same question of pairs, such as who rides; Delta asks it once.
	var masks [][]uint64
	for i := range p.grids {
		g := &p.grids[i]
		g.mask = -1
		if g.pair == nil {
			continue
		}
		k := slices.IndexFunc(masks, func(m []uint64) bool { return slices.Equal(m, g.pair) })
		if k < 0 {
			k = len(masks)
			masks = append(masks, g.pair)
		}
		g.mask, g.pair = int8(k), masks[k]
	}
}

// masked reports whether a grid leaves a pair out, remembering the answers of this pair in known.
func (p *Problem) masked(g *grid, a ActorIx, t SessionIx, known *[8]int8) bool {
	if g.mask < 0 || a >= p.first[Supervisors] {
		return false
	}
	answer := &known[g.mask&7]
	if *answer == 0 || g.mask > 7 {
		k, words := int(p.project[t]), (p.projects+63)/64
		*answer = 1
		if g.pair[int(a)*words+k>>6]>>(uint(k)&63)&1 == 0 {
			*answer = 2
		}
	}
	return *answer == 2
}
