package solver

import "slices"

// Obstacle is a rule that an appointment would break.
type Obstacle struct {
	Rule  *Constraint
	Cases int64
	// Fact says that the person and the session do not suit each other whatever else the roster holds.
	Fact bool
	// Words says it in sentences: the cases that the words would find. Only the nearest misses have them.
	Words []string
}

// obstacles lists what would be broken if a person joined a session they are not in, in catalogue order, and what it would
// cost besides. Rules that only the exact trips break are asked last, and only if no other stands against it.
func (e *Explainer) obstacles(a ActorIx, t SessionIx) (found []Obstacle, soft int64) {
	var facts []*Constraint
	if !e.state.Allowed(a, t) {
		facts = e.state.ForbiddenBy(a, t)
	}
	for c, x := range e.state.DeltaBy(a, t, 1) {
		soft += x[Soft]
		if x[Hard] > 0 {
			found = append(found, Obstacle{Rule: c, Cases: x[Hard], Fact: slices.Contains(facts, c)})
		}
	}
	if len(found) > 0 {
		return found, soft
	}
	return e.exactObstacles(a, t)
}

// exactObstacles is obstacles for a pair against which nothing but the exact trips and the weather can stand. What each rule
// says of those is worked out only if they break something.
func (e *Explainer) exactObstacles(a ActorIx, t SessionIx) (found []Obstacle, soft int64) {
	s := e.state
	rest := int64(0)
	var after []int64
	e.try(func() {
		s.Join(a, t)
		now := s.Settle()
		if soft, rest = now[Soft]-e.score[Soft], now[Hard]-e.score[Hard]; rest > 0 {
			after = e.exactly(a, t)
		}
	})
	if rest <= 0 {
		return nil, soft
	}
	before := e.exactly(a, t)
	for i, x := range after {
		if x -= before[i]; x > 0 {
			found = append(found, Obstacle{Rule: s.constraints[i], Cases: x})
			rest -= x
		}
	}
	switch {
	case rest > 0 && s.wet.any: // nothing else is exact
		found = append(found, Obstacle{Rule: s.constraints[s.wet.constraint], Cases: rest})
	case len(found) == 0:
		found = append(found, Obstacle{Rule: s.exactRule(), Cases: rest})
	}
	return found, soft
}

// exactly counts the cases that the exact trips of a session break, by constraint: of its riders, its supervisors, its
// minibuses, and of the person at their stops.
func (e *Explainer) exactly(a ActorIx, t SessionIx) []int64 {
	s := e.state
	by := make([]int64, len(s.constraints))
	if s.plans[t] == nil {
		return by
	}
	for part := range settleParts {
		if !s.settle.on[part] {
			continue
		}
		// The same counting with only one part switched on tells the parts apart.
		alone := *s.Problem
		alone.settle.on = [settleParts]bool{}
		alone.settle.on[part] = true
		x := *s
		x.Problem = &alone
		n := &by[s.settle.constraint[part]]
		*n += x.planCost(t, s.plans[t])[Hard]
		for _, k := range s.members[Supervisors][t] {
			*n += x.dutyCases(k)
		}
		for _, b := range s.members[Minibuses][t] {
			*n += x.busCases(b)
		}
		if part == ApartAtStops && s.apart.enemies != nil {
			for _, y := range s.apart.enemies[a] {
				*n += s.pairCases(s.apart.pairs[y.pair])
			}
		}
	}
	return by
}

// exactRule gives the rule that is named where exact trips break something that cannot be told apart.
func (p *Problem) exactRule() *Constraint {
	for _, part := range []SettlePart{TripsPlanned, RideWithinLimit} {
		if p.settle.on[part] {
			return p.constraints[p.settle.constraint[part]]
		}
	}
	return p.constraints[0]
}
