package solver

import (
	"cmp"
	"math/rand/v2"
	"slices"
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

// construct makes a roster from each set of hints. Steps are counted over all of them, so that where it was cut can be repeated.
func (r *run) construct() {
	sets, done := max(1, len(r.options.Hints)), 0
	if r.options.Start != nil {
		sets = 1 // what is to be improved is the start
	}
	for i := range sets {
		if i > 0 {
			r.main = r.NewState()
		}
		ration := r.begin(i, done)
		done += ration.done
		if i == 0 || r.main.Score().Less(r.best.Score()) {
			r.best.CopyFrom(r.main)
		}
		if ration.cut {
			r.cut.Built = done
			break
		}
		r.trials.starts = append(r.trials.starts, r.main)
		r.tell(r.options.OnRound)
	}
	slices.SortStableFunc(r.trials.starts, func(a, b *State) int {
		return cmp.Or(cmp.Compare(a.Score()[Hard], b.Score()[Hard]), cmp.Compare(a.Score()[Soft], b.Score()[Soft]))
	})
	if len(r.trials.starts) > 0 {
		r.main = r.NewState()
		r.main.CopyFrom(r.trials.starts[0])
		r.trials.tried = 1
	}
}

// begin constructs the roster of one set of hints, after so many steps for others.
func (r *run) begin(start, done int) ration {
	first := newSearch(r.main, r.listed)
	first.rng = rand.New(rand.NewPCG(r.options.Seed, uint64(start)<<56))
	first.ration = newRation(&r.halt)
	if start == 0 {
		first.ration.least = 1 // so that where it was cut can be told from where it was not
	}
	if c := r.options.Cut; c != nil && c.Built > 0 {
		first.ration.most = max(0, c.Built-done)
	}
	first.ownAll()
	if r.options.Start != nil {
		r.main.Load(r.options.Start)
	}
	var hints []Hint
	if start < len(r.options.Hints) {
		hints = r.options.Hints[start]
	}
	first.construct(hints)
	r.deltas += r.main.deltas
	return first.ration
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
