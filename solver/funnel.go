package solver

import "github.com/communitypayback/payback/model"

// Step is one rule of a funnel and how many sessions it took away. Every session counts once, for the first rule against it:
// facts come before what depends on who else is placed, and each in catalogue order.
type Step struct {
	Rule      *Constraint
	Fact      bool
	Removed   int
	Remaining int // after it
}

// Miss is a session that somebody is not in, and all that stands against it. None: there is a place for them.
type Miss struct {
	Session SessionIx
	Key     model.SessionKey
	Against []Obstacle // of a miss that facts stand against only these, unless it is one of the nearest
	Cost    int64      // millipoints that an appointment would cost besides; negative: it would be worth so much

	facts int   // rules that no change of the roster can do anything about
	cases int64 // all that would be broken
}

// first gives the obstacle that a funnel counts the session for.
func (m *Miss) first() *Obstacle {
	for i := range m.Against {
		if m.Against[i].Fact {
			return &m.Against[i]
		}
	}
	if len(m.Against) == 0 {
		return nil
	}
	return &m.Against[0]
}

// nearer orders misses: fewer facts, then fewer cases, then cheaper, then earlier.
func (m *Miss) nearer(o *Miss) bool {
	switch {
	case m.facts != o.facts:
		return m.facts < o.facts
	case m.cases != o.cases:
		return m.cases < o.cases
	case len(m.Against) == 0 && m.Cost != o.Cost:
		return m.Cost < o.Cost
	default:
		return m.Session < o.Session
	}
}

// misses looks at the sessions that somebody is not in, in their order.
func (e *Explainer) misses(a ActorIx, sessions []SessionIx) []Miss {
	var all []Miss
	for _, t := range sessions {
		if e.state.Has(a, t) {
			continue
		}
		m := Miss{Session: t, Key: e.state.Session(t).Key}
		if e.state.Allowed(a, t) {
			m.Against, m.Cost = e.obstacles(a, t)
			for _, o := range m.Against {
				m.cases += o.Cases
			}
		} else {
			for _, c := range e.state.ForbiddenBy(a, t) {
				m.Against = append(m.Against, Obstacle{Rule: c, Cases: 1, Fact: true})
			}
			m.facts, m.cases = len(m.Against), e.state.Delta(a, t, 1)[Hard]
		}
		all = append(all, m)
	}
	return all
}

// funnelOf counts misses by the first rule against each. Rules that took nothing are left out.
func (e *Explainer) funnelOf(all []Miss) []Step {
	index := func(c *Constraint) int {
		for i, x := range e.state.constraints {
			if x == c {
				return i
			}
		}
		return 0 // never: an obstacle is a constraint of the problem
	}
	taken := [2][]int{make([]int, len(e.state.constraints)), make([]int, len(e.state.constraints))}
	for i := range all {
		if o := all[i].first(); o != nil {
			stage := 1
			if o.Fact {
				stage = 0
			}
			taken[stage][index(o.Rule)]++
		}
	}
	var steps []Step
	left := len(all)
	for stage := range taken {
		for i, n := range taken[stage] {
			if n > 0 {
				left -= n
				steps = append(steps, Step{Rule: e.state.constraints[i], Fact: stage == 0, Removed: n, Remaining: left})
			}
		}
	}
	return steps
}

// everySession lists the sessions of the week.
func (e *Explainer) everySession() []SessionIx {
	all := make([]SessionIx, e.state.NumSessions())
	for i := range all {
		all[i] = SessionIx(i)
	}
	return all
}
