package bound

import (
	"cmp"
	"slices"

	"github.com/communitypayback/payback/solver"
)

// Marginal says by how much a bound would rise, at the same prices, with one more of something, in millipoints. A supervisor or
// minibus that is added earns in each session what it would make of it beyond what there is, so that no session's part is worth more
// than before and the bound rises by the best day of whoever is added. Since a bound holds at any prices, the bound and that rise
// together are a bound of the week with one more.
type Marginal struct {
	Supervisor []int64  // by session: what a supervisor would earn there, who is as able as the best of those who may lead it
	Minibus    []int64  // by session: what a minibus would earn there, as large as the largest that may go there
	Seat       []int64  // by session: the minibuses that go there have one more seat together, so what a minibus with one more earns more there
	Place      []int64  // by session: one more person may be in its group, whatever limits it
	Shelter    []int64  // by session: the largest place where its group finds shelter from rain has room for one more
	Indoors    []int64  // by [solver.RelaxedRain]: all shelters together have room for one more
	Reserve    [7]int64 // by day of the week: one more supervisor may be on duty before the reserve is touched
}

// MarginalOf works out what one more of everything would add to the bound that prices prove for a relaxed week.
func MarginalOf(r *solver.Relaxed, p *Prices) *Marginal {
	week := *r
	week.Sessions = slices.Clone(r.Sessions) // one at a time is given more
	e := &evaluation{Relaxed: &week, prices: p, limits: newLimits()}
	e.layout()
	n := len(r.Sessions)
	m := &Marginal{Supervisor: make([]int64, n), Minibus: make([]int64, n), Seat: make([]int64, n), Place: make([]int64, n), Shelter: make([]int64, n),
		Indoors: make([]int64, len(r.Rain))}
	for i := range r.Reserves {
		m.Reserve[r.Reserves[i].Day] += min(atLeastZero(p.Reserves, i), r.Reserves[i].Price)
	}
	for t := range r.Sessions {
		now := e.session(t)
		m.Supervisor[t] = max(0, e.withMore(t, false)-now)
		m.Minibus[t] = max(0, e.withMore(t, true)-now)
		m.Seat[t] = max(0, e.given(t, anotherSeat)-now)
		m.Place[t] = max(0, e.given(t, anotherPlace)-now) + e.sharing(t)
		m.Shelter[t] = max(0, e.given(t, anotherShelter)-now)
	}
	for i := range r.Rain {
		m.Indoors[i] = atLeastZero(p.Rain, i)
	}
	return m
}

// Marginal works out what one more of everything would add to the lowest bound so far.
func (s *Search) Marginal() *Marginal { return MarginalOf(s.ascent.w.Relaxed, s.best()) }

// BestDay gives the most that a supervisor or minibus who is added, or a seat that a minibus is given, can earn in sessions that do not overlap, if earned says how much
// in each.
func (s *Search) BestDay(sessions []solver.SessionIx, earned []int64) int64 {
	return bestDay(s.ascent.w.Relaxed, sessions, earned)
}

// Rain lists, by [Marginal].Indoors, the sessions whose groups find shelter together.
func (s *Search) Rain() []solver.RelaxedRain { return s.ascent.w.Rain }

// Sheltered reports whether a session's group moves to a shelter when it rains.
func (s *Search) Sheltered(t solver.SessionIx) bool { return s.ascent.w.Sessions[t].Most > 0 }

func anotherPlace(s *solver.RelaxedSession) { roomier(s, false) }

func anotherSeat(s *solver.RelaxedSession) { roomier(s, true) }

// roomier makes room for one more, for riders or for everybody.
func roomier(s *solver.RelaxedSession, riders bool) {
	s.Rooms = slices.Clone(s.Rooms)
	for i := range s.Rooms {
		if s.Rooms[i].Riders == riders {
			s.Rooms[i] = s.Rooms[i].More(1)
		}
	}
}

func anotherShelter(s *solver.RelaxedSession) { s.Shelter++ }

// given gives what a session is worth when it is changed.
func (e *evaluation) given(t int, change func(*solver.RelaxedSession)) int64 {
	was := e.Sessions[t]
	change(&e.Sessions[t])
	v := e.session(t)
	e.Sessions[t] = was
	return v
}

// sharing gives what one more place of what a session shares with others is worth, at most.
func (e *evaluation) sharing(t int) (sum int64) {
	for _, r := range e.shares[t] {
		sum += r.price * r.more
	}
	return sum
}

// withMore gives what a session is worth at most if one more supervisor or minibus costs it nothing.
func (e *evaluation) withMore(t int, minibus bool) int64 {
	s := &e.Sessions[t]
	supervisors, minibuses := e.cheapest(t)
	switch {
	case len(s.Arcs) == 0, !s.Staffed, !minibus && len(supervisors) == 0, minibus && len(minibuses) == 0:
		return 0 // nobody of those there are may serve it
	case s.Fixed && minibus:
		return e.fixed(t, 0, 1)
	case s.Fixed:
		return e.fixed(t, 1, 0)
	case minibus:
		minibuses = slices.Insert(minibuses, 0, served{actor: e.largest(t, minibuses), minibus: true})
	default:
		supervisors = slices.Insert(supervisors, 0, served{})
	}
	best, c := int64(0), e.comers(t)
	for n := 1; n <= min(e.useful(t)+2, len(supervisors)); n++ {
		best = max(best, e.run(c, n, supervisors, minibuses))
	}
	return best
}

// largest gives the minibus that has the most seats for riders.
func (e *evaluation) largest(t int, minibuses []served) solver.ActorIx {
	return slices.MaxFunc(minibuses, func(a, b served) int {
		return cmp.Compare(e.seats(t, 1, 1, []served{a}), e.seats(t, 1, 1, []served{b}))
	}).actor
}

// cheapest lists who may serve a session, by price.
func (e *evaluation) cheapest(t int) (supervisors, minibuses []served) {
	for _, x := range e.serving[t] {
		if x.minibus {
			minibuses = append(minibuses, x)
		} else {
			supervisors = append(supervisors, x)
		}
	}
	cheap := func(a, b served) int { return cmp.Or(cmp.Compare(a.price, b.price), cmp.Compare(a.actor, b.actor)) }
	slices.SortFunc(supervisors, cheap)
	slices.SortFunc(minibuses, cheap)
	return supervisors, minibuses
}

// bestDay gives the most that somebody can earn in sessions that do not overlap, if earned says how much in each.
func bestDay(r *solver.Relaxed, sessions []solver.SessionIx, earned []int64) int64 {
	list := slices.Clone(sessions)
	span := func(t solver.SessionIx) (start, end int64) {
		s := &r.Sessions[t].Span
		return int64(s.Start), int64(s.End)
	}
	slices.SortFunc(list, func(a, b solver.SessionIx) int {
		_, x := span(a)
		_, y := span(b)
		return cmp.Or(cmp.Compare(x, y), cmp.Compare(a, b))
	})
	best := make([]int64, len(list)+1) // of the first so many
	for i, t := range list {
		start, _ := span(t)
		fits := i
		for fits > 0 {
			if _, end := span(list[fits-1]); end <= start {
				break
			}
			fits--
		}
		best[i+1] = max(best[i], best[fits]+earned[t])
	}
	return best[len(list)]
}
