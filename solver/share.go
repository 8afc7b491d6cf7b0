package solver

// share is the compiled Share: the most minutes that a person may be booked for in some sessions.
type share struct {
	constraint int
	limit      []int32 // by person; negative: no limit
	counts     []bool  // by session; nil: not declared
}

func (b *Builder) addShare(counts func(SessionIx) bool, limit func(ActorIx) int32) {
	x := share{constraint: b.current, limit: make([]int32, b.NumActors(People)), counts: make([]bool, b.NumSessions())}
	for t := range x.counts {
		x.counts[t] = counts(SessionIx(t))
	}
	for a := range x.limit {
		x.limit[a] = limit(ActorIx(a))
	}
	b.share = x
}

// broken reports, as 0 or 1, whether the written minutes of the sessions that count exceed the limit: whole, but the last of
// all ends early when fewer minutes remain. without is left out and with is added; -1 stands for none. joined is in order of
// time.
func (x *share) broken(p *Problem, a ActorIx, joined []SessionIx, with, without SessionIx) int64 {
	minutes := p.lengths(a)
	var all, booked int32
	last := SessionIx(-1)
	for _, t := range joined {
		if t == without {
			continue
		}
		all += minutes[t]
		last = t
		if x.counts[t] {
			booked += minutes[t]
		}
	}
	if with >= 0 {
		all += minutes[with]
		last = max(last, with)
		if x.counts[with] {
			booked += minutes[with]
		}
	}
	if booked <= x.limit[a] || booked == 0 {
		return 0
	}
	if q := p.current[a]; q != nil && x.counts[last] {
		remaining := q.Remaining()
		if before := all - minutes[last]; before < remaining && remaining < all && booked-(all-remaining) <= x.limit[a] {
			return 0
		}
	}
	return 1
}

func (s *State) shareChange(a ActorIx, t SessionIx, n int8) int64 {
	x := &s.share
	if x.counts == nil || x.limit[a] < 0 {
		return 0
	}
	now := x.broken(s.Problem, a, s.joined[a], -1, -1)
	if n > 0 {
		return x.broken(s.Problem, a, s.joined[a], t, -1) - now
	}
	return x.broken(s.Problem, a, s.joined[a], -1, t) - now
}
