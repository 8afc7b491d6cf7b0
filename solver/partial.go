package solver

import "math"

// partial is the compiled Partial: how many minutes of a session fit a person who need not stay to its end.
type partial struct {
	constraint int
	fits       [][]int16 // by person and session; nil: every session fits whole
}

// addPartial tabulates only people with too few minutes left for some session; nobody else ever leaves early.
func (b *Builder) addPartial(fits func(ActorIx, SessionIx) int32) {
	p := b.Problem
	x := partial{constraint: b.current, fits: make([][]int16, p.NumActors(People))}
	longest := int32(0)
	for _, m := range p.minutes {
		longest = max(longest, m)
	}
	parallel(len(x.fits), func(i int) {
		a := ActorIx(i)
		if q := p.current[a]; q == nil || q.Remaining() > longest*int32(len(p.minutes)) {
			return
		}
		minutes := p.lengths(a)
		row, tight := make([]int16, len(minutes)), false
		for t := range row {
			row[t] = int16(min(fits(a, SessionIx(t)), math.MaxInt16))
			tight = tight || row[t] > 0 && int32(row[t]) < minutes[t]
		}
		if tight {
			x.fits[a] = row
		}
	})
	p.partial = x
}

// broken counts the sessions whose written minutes do not fit: whole, or ended early when it is the last and fewer minutes
// remain. without is left out and with is added; -1 stands for none. joined is in order of time.
func (x *partial) broken(p *Problem, a ActorIx, joined []SessionIx, with, without SessionIx) (n int64) {
	minutes := p.lengths(a)
	left, last := p.current[a].Remaining(), with
	for _, t := range joined {
		if t != without {
			last = max(last, t)
			left -= minutes[t]
		}
	}
	if with >= 0 {
		left -= minutes[with]
	}
	if last < 0 {
		return 0
	}
	left += minutes[last] // what the last may use
	row := x.fits[a]
	tooLong := func(t SessionIx) {
		m := minutes[t]
		if t == last && 0 < left && left < m {
			m = left
		}
		if row[t] > 0 && m > int32(row[t]) {
			n++
		}
	}
	for _, t := range joined {
		if t != without {
			tooLong(t)
		}
	}
	if with >= 0 {
		tooLong(with)
	}
	return n
}

func (s *State) partialChange(a ActorIx, t SessionIx, n int8) int64 {
	x := &s.partial
	if x.fits == nil || x.fits[a] == nil {
		return 0
	}
	now := x.broken(s.Problem, a, s.joined[a], -1, -1)
	if n > 0 {
		return x.broken(s.Problem, a, s.joined[a], t, -1) - now
	}
	return x.broken(s.Problem, a, s.joined[a], -1, t) - now
}
