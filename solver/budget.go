package solver

// budget is the compiled Budget: how many people may have to be told that their week changes.
type budget struct {
	constraint int
	limit      int64    // people; at least those who have to be told whatever is done
	over       int64    // broken cases that each person above the limit is
	price      int64    // millipoints that each person who has to be told costs
	published  []uint64 // person x words: what they were told and can still be told
	start      []int32  // by person: what differs while they are in no session; negative: they have to be told anyway
	forced     int64    // people who have to be told whatever is done
	told       int64    // people who have to be told while nobody is in any session
}

func (b *Builder) addBudget(limit, others int, published func(ActorIx) []SessionIx, anyway func(ActorIx) bool) {
	n := b.NumActors(People)
	x := budget{constraint: b.current, over: 1, published: make([]uint64, n*b.words), start: make([]int32, n), forced: int64(others)}
	for a := range ActorIx(n) {
		for _, t := range published(a) {
			if w := &x.published[int(a)*b.words+int(t)>>6]; *w>>(uint(t)&63)&1 == 0 {
				*w |= 1 << (uint(t) & 63)
				x.start[a]++
			}
		}
		if anyway(a) {
			x.start[a] = -1
			x.forced++
		} else if x.start[a] > 0 {
			x.told++
		}
	}
	x.told += x.forced
	x.limit = max(int64(limit), x.forced)
	if excess := x.forced - int64(limit); excess > 0 {
		b.Baseline(Score{Hard: excess})
	}
	b.budgets = append(b.budgets, x)
}

// wasTold reports whether a pair was published.
func (x *budget) wasTold(p *Problem, a ActorIx, t SessionIx) bool {
	return x.published[int(a)*p.words+int(t)>>6]>>(uint(t)&63)&1 != 0
}

// differs gives what differs for a person after a join (n = 1) or leave (n = -1), given what differs before.
func (x *budget) differs(p *Problem, was int32, a ActorIx, t SessionIx, n int32) int32 {
	switch {
	case was < 0:
		return was
	case x.wasTold(p, a, t):
		return was - n
	default:
		return was + n
	}
}

// cost gives what it costs that so many people have to be told.
func (x *budget) cost(told int64) Score {
	return Score{x.over * max(0, told-x.limit), x.price * told}
}

// spending is a budget in one state.
type spending struct {
	differs []int32 // by person; see budget.start
	told    int64   // = forced + how many differ
}

func (x *budget) newSpending() spending {
	return spending{append([]int32(nil), x.start...), x.told}
}

// budgetChange gives what a join or leave changes the score by.
func (s *State) budgetChange(i int, a ActorIx, t SessionIx, n int8) Score {
	x, now := &s.budgets[i], &s.spent[i]
	was := now.differs[a]
	is := x.differs(s.Problem, was, a, t, int32(n))
	switch {
	case was < 0 || was > 0 == (is > 0):
		return Score{}
	case is > 0:
		return x.cost(now.told + 1).Sub(x.cost(now.told))
	default:
		return x.cost(now.told - 1).Sub(x.cost(now.told))
	}
}

// spend notes a join or leave.
func (s *State) spend(a ActorIx, t SessionIx, n int32) {
	for i := range s.budgets {
		now := &s.spent[i]
		was := now.differs[a]
		is := s.budgets[i].differs(s.Problem, was, a, t, n)
		now.differs[a] = is
		if was <= 0 && is > 0 {
			now.told++
		} else if was > 0 && is <= 0 {
			now.told--
		}
	}
}
