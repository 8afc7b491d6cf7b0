package solver

import (
	"math"
	"slices"
)

// A fix is a small change of a roster after which somebody may be in a session. It is looked for depth first: put them in,
// and while more is broken than before try the cheapest few single changes that mend something. When nothing more is broken,
// everybody who was put out looks for another place, and the exact trips decide.

// fixWidths is how many changes are tried at each depth; more changes than that are no small change.
var fixWidths = [...]int{4, 3, 2, 1, 1, 1}

// fixWork is how many deltas one answer may spend on fixes. It keeps an answer quick, and equal on every machine.
const fixWork = 10_000

// step is one actor leaving a session, joining one, or both; -1 stands for none.
type step struct {
	actor    ActorIx
	from, to SessionIx
}

// trial is a change that is tried: steps that belong together and what they cost.
type trial struct {
	steps []step
	cost  int64 // millipoints, as far as it can be seen now
}

// fixer looks for fixes of one pair.
type fixer struct {
	*Explainer
	who     ActorIx
	session SessionIx
	until   int64 // of State.deltas: where to stop

	steps   []step      // made so far, the joining itself apart
	touched []SessionIx // sessions that may have become sore
	best    []step
	cost    int64 // of best
	found   bool
}

// fix finds the cheapest small change that lets somebody into a session, with no more cases broken than in the roster, and
// what it costs. The state is as it was afterwards. False: it found none within its work.
func (e *Explainer) fix(a ActorIx, t SessionIx, work int64) ([]step, int64, bool) {
	f := &fixer{Explainer: e, who: a, session: t, until: e.state.deltas + work, cost: math.MaxInt64, touched: []SessionIx{t}}
	e.try(func() {
		e.state.Join(a, t)
		f.descend(0, false)
	})
	return append([]step{{a, -1, t}}, f.best...), f.cost, f.found
}

// excess gives how many more cases are broken than in the roster.
func (f *fixer) excess() int64 { return f.state.Score()[Hard] - f.score[Hard] }

func (f *fixer) spent() bool { return f.state.deltas >= f.until }

// worth counts work that is no delta as so many of them.
func (f *fixer) worth(deltas int64) { f.state.deltas += deltas }

// What the work of a fix is worth, in deltas: a step there and back, and the exact trips of a session.
const (
	stepWork = 8
	tripWork = 100
)

// descend tries the changes of one depth. exact says that the trips of this branch have broken something before.
func (f *fixer) descend(depth int, exact bool) {
	var trials []trial
	if exact {
		f.state.Settle()
	}
	if f.excess() <= 0 {
		if f.settled() || depth == len(fixWidths) {
			return
		}
		trials, exact = f.offTheRoad(), true
	} else if depth < len(fixWidths) {
		trials = f.trials()
	}
	slices.SortStableFunc(trials, func(a, b trial) int {
		switch {
		case a.cost < b.cost:
			return -1
		case a.cost > b.cost:
			return 1
		default:
			return 0
		}
	})
	for i := 0; i < len(trials) && i < fixWidths[depth]; i++ {
		if f.spent() && f.found {
			return
		}
		f.with(trials[i].steps, func() { f.descend(depth+1, exact) })
	}
}

// with makes steps, does something and takes them back.
func (f *fixer) with(steps []step, do func()) {
	mark, made, touched := f.state.Mark(), len(f.steps), len(f.touched)
	for _, x := range steps {
		f.take(x)
	}
	do()
	f.state.Undo(mark)
	f.steps, f.touched = f.steps[:made], f.touched[:touched]
}

// take takes one step.
func (f *fixer) take(x step) {
	if x.from >= 0 {
		f.state.Leave(x.actor, x.from)
		f.touch(x.from)
	}
	if x.to >= 0 {
		f.state.Join(x.actor, x.to)
		f.touch(x.to)
	}
	f.steps = append(f.steps, x)
}

func (f *fixer) touch(t SessionIx) {
	if !slices.Contains(f.touched, t) {
		f.touched = append(f.touched, t)
	}
}

// settled ends a branch in which the counters find nothing more broken: whoever was put out gets another place, and the exact
// trips are worked out. False: the trips break something.
func (f *fixer) settled() bool {
	s := f.state
	f.worth(tripWork)
	mark, made := s.Mark(), len(f.steps)
	ok := s.Settle()[Hard] <= f.score[Hard]
	if ok {
		for i, x := range f.steps[:made] {
			if x.to < 0 && s.Kind(x.actor) == People && x.actor != f.who && !f.moved(x.actor, i) {
				f.replace(x.actor)
			}
		}
		now := s.Settle()
		if cost := now[Soft] - f.score[Soft]; !f.found || cost < f.cost || cost == f.cost && len(f.steps) < len(f.best) {
			f.best, f.cost, f.found = slices.Clone(f.steps), cost, true
		}
	}
	s.Undo(mark)
	f.steps = f.steps[:made]
	return ok
}

// moved reports whether another step than one puts an actor somewhere.
func (f *fixer) moved(a ActorIx, but int) bool {
	for i, x := range f.steps {
		if i != but && x.actor == a && x.to >= 0 {
			return true
		}
	}
	return false
}

// replace gives somebody who was put out the place that is worth most, if any is and trips allow it.
func (f *fixer) replace(a ActorIx) {
	s := f.state
	var list []ranked
	for _, t := range f.sessions[a] {
		if s.Has(a, t) || f.left(a, t) {
			continue
		}
		if d := s.Delta(a, t, 1); d[Hard] <= 0 && d[Soft] < 0 {
			list = append(list, ranked{a, t, d[Soft]})
		}
	}
	slices.SortFunc(list, compareRanked)
	was := s.Score()
	for _, c := range list[:min(3, len(list))] {
		mark := s.Mark()
		s.Join(a, c.session)
		f.worth(tripWork)
		if now := s.Settle(); now[Hard] <= f.score[Hard] && now[Soft] < was[Soft] {
			f.steps = append(f.steps, step{a, -1, c.session})
			return
		}
		s.Undo(mark)
	}
}

// left reports whether a step took an actor out of a session.
func (f *fixer) left(a ActorIx, t SessionIx) bool {
	return slices.ContainsFunc(f.steps, func(x step) bool { return x.actor == a && x.from == t })
}
