package solver

// clash is a compiled Clash: which two sessions one actor cannot both serve.
type clash struct {
	constraint int
	kind       ActorKind
	class      []int16  // by actor of the kind
	rows       []uint64 // class x session x words
}

func (b *Builder) addClash(kind ActorKind, classes int, class func(ActorIx) int, broken func(class int, t, u SessionIx) bool) {
	p := b.Problem
	n := p.NumSessions()
	c := clash{constraint: b.current, kind: kind, class: make([]int16, p.NumActors(kind)), rows: make([]uint64, classes*n*p.words)}
	for i := range c.class {
		c.class[i] = int16(class(p.first[kind] + ActorIx(i)))
	}
	parallel(classes*n, func(i int) {
		// Each row is filled by its own call, so the pair is asked twice, always as t < u.
		k, t := i/n, SessionIx(i%n)
		row := c.rows[i*p.words : (i+1)*p.words]
		for u := range SessionIx(n) {
			if u != t && broken(k, min(t, u), max(t, u)) {
				row[u>>6] |= 1 << (uint(u) & 63)
			}
		}
	})
	p.clashes = append(p.clashes, c)
}

// with counts the sessions among joined, t itself apart, that clash with t.
func (c *clash) with(p *Problem, a ActorIx, t SessionIx, joined []SessionIx) (n int64) {
	row := (int(c.class[a-p.first[c.kind]])*p.NumSessions() + int(t)) * p.words
	for _, u := range joined {
		n += int64(c.rows[row+int(u)>>6] >> (uint(u) & 63) & 1)
	}
	return n
}

// apart is the compiled Apart: who must not meet whom, and which sessions meet.
type apart struct {
	constraint int
	pairs      [][2]ActorIx // a < b
	enemies    [][]enemy    // by person; nil where nobody is kept apart
	meet       []uint64     // session x words
}

type enemy struct {
	who  ActorIx
	pair int32 // index into pairs
}

func (b *Builder) addApart(pairs [][2]ActorIx, meet func(t, u SessionIx) bool) {
	p := b.Problem
	n := p.NumSessions()
	x := apart{constraint: b.current, pairs: pairs, enemies: make([][]enemy, p.NumActors(People)), meet: make([]uint64, n*p.words)}
	for i, pr := range pairs {
		x.enemies[pr[0]] = append(x.enemies[pr[0]], enemy{pr[1], int32(i)})
		x.enemies[pr[1]] = append(x.enemies[pr[1]], enemy{pr[0], int32(i)})
	}
	parallel(n, func(i int) {
		t := SessionIx(i)
		for u := range SessionIx(n) {
			if u == t || meet(min(t, u), max(t, u)) {
				x.meet[i*p.words+int(u)>>6] |= 1 << (uint(u) & 63)
			}
		}
	})
	p.apart = x
}

func (x *apart) meets(p *Problem, t, u SessionIx) bool {
	return x.meet[int(t)*p.words+int(u)>>6]>>(uint(u)&63)&1 != 0
}

// prefix is the compiled Prefix.
type prefix struct {
	constraint int
	limit      []int32 // by person; nil: not declared
}

func (b *Builder) addPrefix(limit func(ActorIx) int32) {
	x := prefix{constraint: b.current, limit: make([]int32, b.NumActors(People))}
	for i := range x.limit {
		x.limit[i] = limit(ActorIx(i))
	}
	b.prefix = x
}

// broken reports, as 0 or 1, whether all but the last of the sessions fill the limit. without is left out and with is
// added; -1 stands for none. joined is in order of time.
func (x *prefix) broken(p *Problem, a ActorIx, joined []SessionIx, with, without SessionIx) int64 {
	limit := x.limit[a]
	if limit < 0 {
		return 0
	}
	minutes := p.lengths(a)
	var sum int32
	last := SessionIx(-1)
	for _, t := range joined {
		if t != without {
			sum += minutes[t]
			last = t
		}
	}
	if with >= 0 {
		sum += minutes[with]
		last = max(last, with)
	}
	if last < 0 || sum == minutes[last] {
		return 0
	}
	if sum-minutes[last] >= limit {
		return 1
	}
	return 0
}
