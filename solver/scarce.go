package solver

import (
	"slices"

	"github.com/communitypayback/payback/model"
)

// What is scarce where it is no single rule. A rule of the catalogue may name what it stands for; see [Constraint.Lack].
const (
	NoSession = "no session" // the week has none
	TooDear   = "too dear"   // there is a place, but using it costs more than it is worth
	PlaceFree = "place free" // there is a place that is worth using, which the search has not found
)

// Scarcity is what leaves somebody without a place.
type Scarcity struct {
	What string      // a phrase above, what a rule lacks, or the ID of a rule
	Rule *Constraint // nil: no rule
	Fact bool        // no session suits them, whatever the roster; Rule takes most of them
	// Of is how many sessions count, and Hit how many of them want for it.
	Of, Hit int
}

// crewing is a session without anybody, and whether whoever would join it rides there.
type crewing struct {
	session SessionIx
	rides   bool
}

// scarce says what keeps somebody out of most of the sessions that suit them or, if none does, the fact that takes most.
func (e *Explainer) scarce(a ActorIx, all []Miss) Scarcity {
	suits := 0
	for i := range all {
		if all[i].facts == 0 {
			suits++
		}
	}
	var w wants
	for i := range all {
		if m := &all[i]; suits == 0 {
			o := m.first()
			w.count(o.Rule.ID, o.Rule)
		} else if m.facts == 0 {
			w.count(e.wanting(a, m))
		}
	}
	return e.most(w, suits == 0)
}

// wants counts what sessions want for.
type wants []want

type want struct {
	what string
	rule *Constraint
	hit  int
}

func (w *wants) count(what string, rule *Constraint) {
	for i := range *w {
		if (*w)[i].what == what {
			(*w)[i].hit++
			return
		}
	}
	*w = append(*w, want{what, rule, 1})
}

// most gives what most sessions want for.
func (e *Explainer) most(all wants, fact bool) Scarcity {
	best := Scarcity{What: NoSession, Fact: fact}
	for _, w := range all {
		if w.hit > best.Hit || w.hit == best.Hit && e.before(w.rule, best.Rule) {
			best.What, best.Rule, best.Hit = w.what, w.rule, w.hit
		}
		best.Of += w.hit
	}
	return best
}

// Scarce says what keeps somebody out of most of the sessions of the week and which comes nearest, as [Explainer.WhyNot] does,
// in a fraction of the time. False: the week has no session that they are not in.
func (e *Explainer) Scarce(who model.CRN) (Scarcity, Miss, bool) {
	a, ok := e.state.PersonIx(who)
	if !ok {
		return Scarcity{What: NoSession}, Miss{}, false
	}
	sessions := e.everySession()
	if suit := slices.DeleteFunc(slices.Clone(e.sessions[a]), func(t SessionIx) bool { return e.state.Has(a, t) }); len(suit) > 0 {
		sessions = suit // the others do not count
	}
	all := e.misses(a, sessions)
	if len(all) == 0 {
		return e.scarce(a, all), Miss{}, false
	}
	best := 0
	for i := range all {
		if all[i].nearer(&all[best]) {
			best = i
		}
	}
	all[best].Against, all[best].Cost = e.obstacles(a, all[best].Session)
	return e.scarce(a, all), all[best], true
}

// before orders rules as the catalogue does; no rule comes last.
func (e *Explainer) before(a, b *Constraint) bool {
	for _, c := range e.state.constraints {
		if c == a || c == b {
			return c == a
		}
	}
	return false
}

// wanting says what a session that suits somebody wants for.
func (e *Explainer) wanting(a ActorIx, m *Miss) (string, *Constraint) {
	var rule *Constraint
	if o := m.first(); o != nil {
		rule = o.Rule
	}
	return e.wantingFor(a, m.Session, rule, m.Cost)
}

// wantingFor is wanting for a session of which only the first rule against it is known, and what it costs if there is none.
func (e *Explainer) wantingFor(a ActorIx, t SessionIx, rule *Constraint, cost int64) (string, *Constraint) {
	switch {
	case rule == nil && cost < 0:
		return PlaceFree, nil
	case rule == nil:
		return TooDear, nil
	}
	if e.closed(t) {
		if rule = e.lacking(a, t); rule == nil {
			return TooDear, nil // it could be opened, and is not worth it
		}
	}
	if rule.Lack == "" {
		return rule.ID, rule
	}
	return rule.Lack, rule
}

// closed reports whether a session needs a supervisor and nobody is there.
func (e *Explainer) closed(t SessionIx) bool {
	return e.staffed[t] && len(e.state.members[People][t]) == 0 && len(e.state.members[Supervisors][t]) == 0
}

// lacking gives the rule that keeps a closed session closed, since no supervisor or no minibus is free that could mend it;
// nil: it could be opened.
func (e *Explainer) lacking(a ActorIx, t SessionIx) *Constraint {
	key := crewing{t, e.state.Rides(a, e.state.project[t])}
	if known, ok := e.crewed[key]; ok {
		return known
	}
	var rule *Constraint
	e.try(func() {
		e.state.Join(a, t)
		if rule = e.crew(Supervisors, t); rule == nil && key.rides {
			rule = e.crew(Minibuses, t)
		}
	})
	e.crewed[key] = rule
	return rule
}

// crew joins the first of a kind that mends something in a session and breaks nothing. Otherwise it gives the rule that any of
// them would mend if they were free; nil: none would, so none is needed.
func (e *Explainer) crew(k ActorKind, t SessionIx) *Constraint {
	s := e.state
	for _, x := range e.of[k][t] {
		if e.mends(x, t) {
			s.Join(x, t)
			return nil
		}
	}
	for x := s.first[k]; x < s.first[k+1]; x++ {
		for c, d := range s.DeltaBy(x, t, 1) {
			if d[Hard] < 0 && c.Lack != "" {
				return c
			}
		}
	}
	return nil
}

// mends reports whether joining a session mends more than it breaks, and breaks nothing but what more supervisors or minibuses
// could supply: a supervisor needs a seat in the minibus that is still to come.
func (e *Explainer) mends(x ActorIx, t SessionIx) bool {
	if e.state.Has(x, t) || e.state.Delta(x, t, 1)[Hard] >= 0 {
		return false
	}
	for c, d := range e.state.DeltaBy(x, t, 1) {
		if d[Hard] > 0 && c.Lack == "" {
			return false
		}
	}
	return true
}
