package solver

import (
	"context"
	"math/rand/v2"
	"sync/atomic"

	"github.com/communitypayback/payback/model"
)

// Sketch is a first roster of a week, made in a moment, so that there is one that keeps the rules from then on: what is fixed or was
// there before, and groups of people who come by their own means, who are taken as they stand in the list. It is read-only and may be
// given to runs of its problem.
type Sketch struct {
	state   *State
	listed  *candidates
	started bool // from a roster
}

// NewSketch makes it. Equal problems and starts give equal sketches.
func NewSketch(p *Problem, start *model.Roster) *Sketch {
	k := &Sketch{state: p.NewState(), listed: newCandidates(p), started: start != nil}
	x := newSearch(k.state, k.listed)
	x.ownAll()
	if start != nil {
		k.state.Load(start)
	}
	x.fix()
	x.repair()
	if start == nil {
		for _, t := range x.groups {
			x.sketch(t)
		}
	}
	return k
}

// Greedy gives the roster that is made without hints, by opening what promises most, or the sketch itself if that is better or was begun
// at a roster. The end of the context cuts it; cut, if it is given, says where one that is repeated was cut, and the same is said of
// this one: see [CutPoint].Greedy. What runs need besides is listed on the way, so that they do not list it again.
func (k *Sketch) Greedy(ctx context.Context, repeated *CutPoint) (better *Sketch, cut int) {
	if k.started {
		return k, 0
	}
	var halt atomic.Bool
	defer context.AfterFunc(ctx, func() { halt.Store(true) })()
	steps := newRation(&halt)
	if repeated != nil && repeated.Greedy > 0 {
		steps.most = repeated.Greedy - 1
	}
	listed := *k.listed
	g := &Sketch{state: k.state.NewState(), listed: &listed}
	listed.listGains(k.state.Problem, &halt)
	x := newSearch(g.state, g.listed)
	x.rng = rand.New(rand.NewPCG(0, 0))
	x.ration = steps
	x.ownAll()
	x.construct(nil)
	if x.ration.cut {
		cut = x.ration.done + 1
		listed.best = nil // not all of it was listed
	}
	if k.state.Score().Less(g.state.Score()) {
		g.state = k.state
	}
	return g, cut
}

// Progress says how good a sketch is.
func (k *Sketch) Progress() Progress {
	people, open := k.state.placed()
	return Progress{Deltas: k.state.deltas, Score: k.state.Score(), Placed: people, Open: open}
}

// Roster gives what the sketch is of.
func (k *Sketch) Roster() *model.Roster { return k.state.Roster() }

// sketched is how many of those who could come to a session are looked at.
const sketched = 64

// sketch opens a closed session with the cheapest supervisor and people who come by their own means, if that is worth it and breaks
// nothing. Those who are looked at begin elsewhere in the list for each session, so that no two have the same.
func (x *search) sketch(t SessionIx) {
	if len(x.members[Supervisors][t]) > 0 {
		return
	}
	k, free := x.cheapest(Supervisors, t)
	if !free {
		return
	}
	was, mark := x.Settle(), x.Mark()
	x.Join(k, t)
	all := x.of[People][t]
	from, missed := int(t)*sketched, 0
	for i := range min(len(all), sketched) {
		a := all[(from+i)%len(all)]
		switch {
		case x.busy(a, t), x.Rides(a, x.project[t]):
		case x.refused(a, t):
			missed++
		default:
			alone := int64(0)
			if len(x.members[People][t]) == 0 {
				alone = 1 // too few, until others come
			}
			if d := x.Delta(a, t, 1); d[Hard] <= alone && d[Soft] < 0 {
				x.Join(a, t)
			}
		}
		if missed > promiseMisses {
			break
		}
	}
	if now := x.Settle(); now[Hard] > was[Hard] || now[Soft] >= was[Soft] {
		x.rewind(mark)
	}
	x.Commit()
}
