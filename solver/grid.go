package solver

import "github.com/communitypayback/payback/model"

// grid is a compiled [Grid].
type grid struct {
	// What Delta reads, which lies side by side.
	mask   int8 // which of the different pair tables; -1: none
	shape  Shape
	when   When
	worked bool // what people work counts instead of length
	cols   int32
	offset int32   // of its first cell in State.cells and State.guards
	price  int64   // of a case; 0: it is broken
	limit  []int32 // by cell; nil for Missing and Curve
	worth  []model.Worth

	constraint int
	cells      int32   // rows x cols
	row        []int32 // by actor; -1: does not count
	weight     []int32 // by actor
	guard      []int32 // by actor; nil: no guards
	colFrom    []int32 // by session, and one more: where its columns start in colList
	colList    []int32
	length     []int32  // by session
	pair       []uint64 // person x project bits; nil: every pair counts
}

// addGrid compiles a grid as soon as it is declared: its functions are asked once an actor, session or cell.
func (b *Builder) addGrid(g Grid) {
	if g.Row != nil && g.Rows == 0 || g.Col != nil && g.Cols == 0 {
		return // it has no cell
	}
	p := b.Problem
	n := int(p.first[kinds])
	rows, cols := max(1, g.Rows), max(1, g.Cols)
	c := grid{constraint: b.current, cols: int32(cols), cells: int32(rows * cols), offset: int32(p.cells), shape: g.Shape, when: g.When, price: g.Price, worked: g.Worked,
		row: make([]int32, n), weight: make([]int32, n), length: make([]int32, p.NumSessions())}
	if g.Guard != nil {
		c.guard = make([]int32, n)
	}
	for a := range ActorIx(n) {
		if g.Row != nil {
			c.row[a] = g.Row(a)
		}
		if c.row[a] < 0 {
			continue
		}
		c.weight[a] = 1
		if g.Weight != nil {
			c.weight[a] = g.Weight(a)
		}
		if g.Guard != nil {
			c.guard[a] = g.Guard(a)
		}
		if c.weight[a] == 0 && (c.guard == nil || c.guard[a] == 0) {
			c.row[a] = -1
			continue
		}
	}
	c.colFrom = make([]int32, p.NumSessions()+1)
	zero := []int32{0}
	for t := range SessionIx(p.NumSessions()) {
		own := zero
		if g.Col != nil {
			own = g.Col(t)
		}
		c.colList = append(c.colList, own...)
		c.colFrom[t+1] = int32(len(c.colList))
		switch {
		case g.Worked:
			c.length[t] = p.minutes[t]
		case g.Length != nil:
			c.length[t] = g.Length(t)
		default:
			c.length[t] = 1
		}
	}
	if g.Pair != nil {
		c.pair = p.pairBits(g.Pair)
	}
	if g.Limit != nil {
		c.limit = make([]int32, rows*cols)
		for i := range c.limit {
			c.limit[i] = g.Limit(int32(i/cols), int32(i%cols))
		}
	}
	if g.Worth != nil {
		c.worth = make([]model.Worth, rows)
		for i := range c.worth {
			c.worth[i] = g.Worth(int32(i))
		}
	}
	p.grids = append(p.grids, c)
	p.cells += rows * cols
}

// pairBits tabulates a predicate of people and projects.
func (p *Problem) pairBits(f func(ActorIx, int32) bool) []uint64 {
	words := (p.projects + 63) / 64
	bits := make([]uint64, p.NumActors(People)*words)
	for a := range ActorIx(p.NumActors(People)) {
		for k := range int32(p.projects) {
			if f(a, k) {
				bits[int(a)*words+int(k)>>6] |= 1 << (uint(k) & 63)
			}
		}
	}
	return bits
}

// counts reports whether a pair counts at all, and what it adds.
func (p *Problem) counts(g *grid, a ActorIx, t SessionIx) (row, value, guard int32, ok bool) {
	row = g.row[a]
	if row < 0 || g.colFrom[t] == g.colFrom[t+1] {
		return 0, 0, 0, false
	}
	if g.pair != nil && a < p.first[Supervisors] {
		k, words := int(p.project[t]), (p.projects+63)/64
		if g.pair[int(a)*words+k>>6]>>(uint(k)&63)&1 == 0 {
			return 0, 0, 0, false
		}
	}
	value = g.weight[a] * g.length[t]
	if g.worked {
		value = g.weight[a] * p.lengths(a)[t]
	}
	if g.guard != nil {
		guard = g.guard[a]
	}
	return row, value, guard, true
}

// cellPrice prices one cell: broken cases, millipoints.
func (g *grid) cellPrice(cell, v, guard int32) (hard, soft int64) {
	switch g.when {
	case Guarded:
		if guard <= 0 {
			return 0, 0
		}
	case Unguarded:
		if guard > 0 {
			return 0, 0
		}
	}
	switch g.shape {
	case Over:
		hard = int64(max(0, v-g.limit[cell]))
	case Beyond:
		if v > g.limit[cell] {
			hard = 1
		}
	case Hole:
		if 0 < v && v < g.limit[cell] {
			hard = 1
		}
	case Missing:
		if v == 0 {
			hard = 1
		}
	case Open:
		if v > 0 {
			return 0, int64(g.limit[cell])
		}
	case Curve:
		return 0, -g.worth[cell/g.cols].Of(v)
	}
	if g.price != 0 {
		return 0, hard * g.price
	}
	return hard, 0
}
