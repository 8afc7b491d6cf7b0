package solver

import (
	"math"
	"slices"

	"github.com/communitypayback/payback/model"
)

// How much telling somebody counts while a roster is repaired. Nothing is worth one person more than the budget; where as few
// as can be are to be told, one person counts more than all the work that could be lost with them.
const (
	beyondBudget = 1 << 32       // broken cases
	asFewAsCanBe = 1_000_000_000 // millipoints: a million minutes
	anybody      = math.MaxInt32 // no budget
)

// newTelling makes a budget of what was published: no limit, no price.
func (p *Problem) newTelling(published *model.Roster) budget {
	n := p.NumActors(People)
	x := budget{limit: anybody, over: beyondBudget, published: make([]uint64, n*p.words), start: make([]int32, n)}
	strangers := map[model.CRN]bool{} // counted only
	for i := range published.Appointments {
		b := &published.Appointments[i]
		a, known := p.PersonIx(b.CRN)
		if !known {
			strangers[b.CRN] = true
			continue
		}
		t, listed := p.SessionIx(b.Session)
		if !listed || p.eventOf(a) != b.Event {
			x.start[a] = -1 // it cannot be given again
			continue
		}
		if w := &x.published[int(a)*p.words+int(t)>>6]; *w>>(uint(t)&63)&1 == 0 && x.start[a] >= 0 {
			*w |= 1 << (uint(t) & 63)
			x.start[a]++
		}
	}
	x.forced = int64(len(strangers))
	for _, s := range x.start {
		switch {
		case s < 0:
			x.forced++
		case s > 0:
			x.told++
		}
	}
	x.told += x.forced
	return x
}

// eventOf gives the requirement that the engine books a person's appointments to; 0: they have none.
func (p *Problem) eventOf(a ActorIx) int32 {
	if q := p.current[a]; q != nil {
		return q.Event
	}
	if q := p.Person(a).Requirements; len(q) > 0 {
		return q[0].Event
	}
	return 0
}

// telling gives the problem with one budget more. It shares all else with p.
func (p *Problem) telling(x budget, limit int, price int64) *Problem {
	q := *p
	x.limit, x.price = int64(max(limit, int(x.forced))), price
	q.budgets = append(slices.Clip(p.budgets), x)
	return &q
}

// retell changes the budget that telling added.
func (s *State) retell(limit int, price int64) {
	last := len(s.budgets) - 1
	told := s.spent[last].told
	was := s.budgets[last].cost(told)
	x := s.budgets[last]
	base := *s.Problem
	base.budgets = base.budgets[:last]
	s.Problem = base.telling(x, limit, price)
	s.scratch.p = s.Problem
	s.static = s.static.Add(s.budgets[last].cost(told)).Sub(was)
	s.Commit()
}

// told gives how many people have to be told.
func (s *State) told() int { return int(s.spent[len(s.spent)-1].told) }
