package solver

import (
	"runtime"
	"sync/atomic"

	"github.com/communitypayback/payback/model"
)

// Leftover is what [Explainer.Scarce] says of one person.
type Leftover struct {
	Scarcity Scarcity
	Nearest  Miss
	Some     bool // there is a nearest
}

// ScarceAll says of many people what Scarce would say of one after the other, with all cores and without making lists that
// nobody reads. What stands against an empty session is known once for all who could join it, by the first who is asked
// about, so only that part is done in order. It is left off when ended says so, which nil never does: false then, and nothing is known.
func (e *Explainer) ScarceAll(ended func() bool, who []model.CRN) (all []Leftover, known bool) {
	if ended == nil {
		ended = func() bool { return false }
	}
	found := make([]leftover, len(who))
	workers := 1
	if len(who) > checkAlone {
		workers = runtime.GOMAXPROCS(0)
	}
	own := []*Explainer{e} // a state is used by one goroutine at a time, and none is while it is copied
	for len(own) < workers {
		own = append(own, e.beside())
	}
	var next atomic.Int32
	each(workers, workers, func(worker int) {
		x := leftovers{Explainer: own[worker], by: make([]Score, len(e.state.constraints))}
		const block = 32
		for from := int(next.Add(block)) - block; from < len(who); from = int(next.Add(block)) - block {
			for i := from; i < min(from+block, len(who)) && !ended(); i++ {
				found[i] = x.of(who[i])
			}
		}
	})
	all = make([]Leftover, len(who))
	for i := range found {
		if ended() {
			return nil, false
		}
		all[i] = e.concluded(&found[i])
	}
	return all, true
}

// beside gives an explainer of the same roster for another goroutine.
func (e *Explainer) beside() *Explainer {
	o := &Explainer{candidates: e.candidates, state: e.state.NewState(), roster: e.roster, score: e.score, crewed: map[crewing]*Constraint{}}
	o.state.CopyFrom(e.state)
	return o
}

// concluded puts together what was found of a person.
func (e *Explainer) concluded(x *leftover) Leftover {
	if x.fact {
		return Leftover{Scarcity: e.most(x.wants, true), Nearest: x.nearest, Some: x.some}
	}
	var w wants
	for i := range x.suits {
		g := &x.suits[i]
		w.count(e.wantingFor(x.actor, g.session, g.first, g.cost))
	}
	return Leftover{Scarcity: e.most(w, false), Nearest: x.nearest, Some: x.some}
}

// leftover is what can be found of a person apart from others.
type leftover struct {
	actor   ActorIx
	fact    bool     // no session suits them
	wants   wants    // of a person whom none suits
	suits   []glance // of any other
	nearest Miss
	some    bool
}

// glance is a [Miss] of a session that suits somebody, in short.
type glance struct {
	session SessionIx
	first   *Constraint // against it; nil: none
	cases   int64
	cost    int64 // if nothing is against it
}

// nearer is [Miss.nearer].
func (g *glance) nearer(o *glance) bool {
	switch {
	case g.cases != o.cases:
		return g.cases < o.cases
	case g.first == nil && g.cost != o.cost:
		return g.cost < o.cost
	default:
		return g.session < o.session
	}
}

// leftovers looks at one person after the other.
type leftovers struct {
	*Explainer
	by []Score // working memory
}

func (e *leftovers) of(who model.CRN) leftover {
	a, ok := e.state.PersonIx(who)
	if !ok {
		return leftover{}
	}
	x := leftover{actor: a}
	for _, t := range e.sessions[a] {
		if !e.state.Has(a, t) {
			x.suits = append(x.suits, e.glance(a, t))
		}
	}
	var nearest SessionIx // negative: none
	if x.fact = len(x.suits) == 0; x.fact {
		nearest, x.wants = e.unsuited(a)
	} else {
		best := 0
		for i := range x.suits {
			if x.suits[i].nearer(&x.suits[best]) {
				best = i
			}
		}
		nearest = x.suits[best].session
	}
	if x.some = nearest >= 0; x.some {
		x.nearest = e.miss(a, nearest)
	}
	return x
}

// miss says all that stands against a session.
func (e *leftovers) miss(a ActorIx, t SessionIx) Miss {
	m := e.misses(a, []SessionIx{t})[0]
	if m.facts > 0 {
		m.Against, m.Cost = e.obstacles(a, t)
	}
	return m
}

// glance looks at a session that suits a person, whose pair breaks nothing by itself.
func (e *leftovers) glance(a ActorIx, t SessionIx) glance {
	clear(e.by)
	e.state.othersBy(e.by, a, t, 1)
	for i, r := range e.state.requires {
		if r == (pair{a, t}) {
			e.by[e.state.requiredBy[i]][Hard]--
		}
	}
	g := glance{session: t}
	for i := range e.by {
		if n := e.by[i][Hard]; n > 0 {
			if g.cases += n; g.first == nil {
				g.first = e.state.constraints[i]
			}
		}
	}
	if g.first != nil {
		return g
	}
	found, cost := e.exactObstacles(a, t)
	g.cost = cost
	for i := range found {
		g.cases += found[i].Cases
	}
	if len(found) > 0 {
		g.first = found[0].Rule
	}
	return g
}

// unsuited looks at the sessions of the week for a person whom none suits: which comes nearest, and how many each rule takes.
// What else would be broken is asked only of the sessions that the fewest facts stand against.
func (e *leftovers) unsuited(a ActorIx) (nearest SessionIx, w wants) {
	nearest = -1
	fewest, cases := 0, int64(0)
	for t := range SessionIx(e.state.NumSessions()) {
		if e.state.Has(a, t) {
			continue
		}
		first, facts := e.state.facts(a, t)
		w.count(first.ID, first)
		if nearest >= 0 && facts > fewest {
			continue
		}
		if n := e.state.Delta(a, t, 1)[Hard]; nearest < 0 || facts < fewest || n < cases {
			nearest, fewest, cases = t, facts, n
		}
	}
	return nearest, w
}

// facts counts the constraints that a forbidden pair breaks by itself, and gives the first.
func (p *Problem) facts(a ActorIx, t SessionIx) (first *Constraint, n int) {
	k := p.Kind(a)
	for i := range p.forbids {
		if f := &p.forbids[i]; f.kind == k && f.broken(p, a, t) {
			if n++; first == nil {
				first = p.constraints[f.constraint]
			}
		}
	}
	return first, n
}
