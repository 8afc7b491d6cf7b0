package solver

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"sync"
)

// Which sessions run, and who leads them, is mostly settled by how a roster begins; rounds that follow improve who goes where. So a run
// with several sets of hints begins with each of them, works for a little on those that begin best, and goes on with the best of these.

const (
	// trialRounds is how many rounds a start is worked on before it is judged.
	trialRounds = 12
	// trialShare is what part of the planned rounds may go into trials: one in so many.
	trialShare = 3
)

// trials are the starts of a run.
type trials struct {
	starts []*State // the best first; nil once none is waiting
	tried  int
	best   *State // of those that were worked on; nil: none was
}

// construct makes a roster from each set of hints, side by side. Each has its own count of steps, so that where it was cut can be
// repeated.
func (r *run) construct() {
	n := max(1, len(r.options.Hints))
	if r.options.Start != nil {
		n = 1 // what is to be improved is the start
	}
	r.sketched()
	var telling sync.Mutex
	starts, built := make([]*State, n), make([]ration, n)
	each(r.options.Workers, n, func(i int) {
		built[i] = r.steps(i)
		if i > 0 && built[i].none() {
			return
		}
		s := r.NewState()
		r.begin(s, i, &built[i])
		starts[i] = s
		telling.Lock()
		defer telling.Unlock()
		r.offer(s)
		r.tell(r.options.OnRound)
	})
	r.sketched()
	cut := false
	for i, s := range starts {
		if cut = cut || built[i].cut; s == nil {
			continue
		}
		r.deltas += s.deltas
		r.offer(s) // again, and in order: of equals the first is the best
	}
	if cut {
		for i := range built {
			r.cut.Built = append(r.cut.Built, built[i].done)
		}
		return
	}
	slices.SortStableFunc(starts, func(a, b *State) int {
		return cmp.Or(cmp.Compare(a.Score()[Hard], b.Score()[Hard]), cmp.Compare(a.Score()[Soft], b.Score()[Soft]))
	})
	r.main.CopyFrom(starts[0])
	r.trials = trials{starts: starts, tried: 1}
}

// sketched makes the sketch, if there is one, the best.
func (r *run) sketched() {
	if r.found = r.options.Sketch != nil; r.found {
		r.best.CopyFrom(r.options.Sketch.state)
	}
}

// offer makes a start the best if it is better, or the first that there is.
func (r *run) offer(s *State) {
	if !r.found || s.Score().Less(r.best.Score()) {
		r.best.CopyFrom(s)
		r.found = true
	}
}

// steps gives how many steps the construction of a start may take.
func (r *run) steps(start int) ration {
	x := newRation(&r.halt)
	if c := r.options.Cut; c != nil && c.Built != nil {
		if x.most = 0; start < len(c.Built) {
			x.most = c.Built[start]
		}
	}
	return x
}

// begin constructs the roster of one set of hints.
func (r *run) begin(s *State, start int, steps *ration) {
	x := newSearch(s, r.listed)
	x.rng = rand.New(rand.NewPCG(r.options.Seed, uint64(start)<<56))
	x.ration = *steps
	x.ownAll()
	if r.options.Start != nil {
		s.Load(r.options.Start)
	}
	var hints []Hint
	if start < len(r.options.Hints) {
		hints = r.options.Hints[start]
	}
	x.construct(hints)
	*steps = x.ration
}

// tries gives how many starts are worked on when so many rounds are planned.
func (r *run) tries() int {
	return max(1, min(len(r.trials.starts), r.planned/(trialShare*trialRounds)))
}

// nextStart ends the trial of a start when its rounds are done: the next one's begins, or the best goes on.
func (r *run) nextStart() {
	x, n := &r.trials, r.tries()
	if x.starts == nil || r.rounds != x.tried*trialRounds {
		return
	}
	if n > 1 && (x.best == nil || r.main.Settle().Less(x.best.Score())) {
		x.best = r.NewState()
		x.best.CopyFrom(r.main)
	}
	if x.tried < n {
		r.main.CopyFrom(x.starts[x.tried])
		x.tried++
		return
	}
	if x.best != nil {
		r.main.CopyFrom(x.best)
	}
	x.starts, x.best = nil, nil
}
