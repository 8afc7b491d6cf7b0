package solver

import (
	"context"
	"math/rand/v2"
	"sync/atomic"

	"github.com/communitypayback/payback/model"
)

// Options say how a run is made. Equal problem, Seed, Rounds, Start and Cut give equal rosters at any number of Workers.
type Options struct {
	Seed    uint64
	Workers int // goroutines; at least 1
	// Rounds is the work planned in all. 0: Pace is asked once, after the pilot rounds, which are always the same; where there is a Stop
	// too, the run then ends with that.
	Rounds int
	Pace   func(Progress) int
	// Stop is asked between rounds; nil: only Rounds, Cut and the context end the run.
	Stop Stop
	// Cut is where to end the run although more is planned, to repeat one that was cut; nil: nowhere.
	Cut *CutPoint
	// Sketch is a roster that what the run gives is no worse than; nil: none.
	Sketch *Sketch
	// Start is where to begin; nil: from nothing.
	Start *model.Roster
	// Hints say what is likely in a good roster: construction tries that first. A roster is made from each set, some are worked on for a
	// little if as many rounds are planned as that is worth, and the best goes on. Only the first is used where there is a Start.
	Hints [][]Hint
	// Recheck is how many deltas of a part lie between two moves that are judged again by the words; 0: as many as the size of the week
	// asks for, so that 2 percent of the work go into that; negative: none is. The roster does not depend on it.
	Recheck int64
	OnBest  func(Progress) // after a round that improved the incumbent; may be nil
	OnRound func(Progress) // after every round and after each construction; may be nil
	OnEnd   func()         // once, when there is a roster that is judged next; may be nil
}

// Result is what a run found, judged by the words.
type Result struct {
	Roster     *model.Roster
	Score      Score       // by the engine, which prices frozen sessions as it would run them
	Violations []Violation // by the words
	Rounds     int         // done
	Planned    int         // in all
	Cut        CutPoint    // where the run ended
	Deltas     int64       // evaluated
	Rechecked  int         // moves that were judged again by the words
	Why        string      // why it ended
}

const (
	pilotRounds = 3
	roundDeltas = 40_000 // deltas a part evaluates in a round
	coldest     = 16     // the last heat is the first divided by this
)

// Solve makes a roster: construction by regret, then simulated annealing over the moves of moves.go, in rounds. In a round
// the week is split into parts that are improved independently (partition.go) and put together again in order; other workers
// only ever act between rounds. The end of the context cuts the run within a move or two, also inside a round or the
// construction, and the result says where. A run in which the words disagree with the engine has no result: the error is a [*FaultError].
func Solve(ctx context.Context, p *Problem, o Options) (*Result, error) {
	r := newRun(p, o)
	defer context.AfterFunc(ctx, func() { r.halt.Store(true) })()
	if ctx.Err() != nil {
		r.halt.Store(true)
	}
	if r.listed.best == nil {
		r.listed.listGains(p, &r.halt)
	}
	r.construct()
	if r.cut.Built == nil && ctx.Err() == nil {
		r.makeParts(ctx)
	}
	why := r.loop(ctx)
	if r.fault != nil {
		return nil, r.fault
	}
	if err := ctx.Err(); err != nil && r.rounds == 0 && r.best.Score() == p.base {
		return nil, model.Errorf(model.CodeTooLate, "the run was stopped before it had placed anybody; allow it more time")
	}
	res := &Result{Score: r.best.Settle(), Roster: r.best.Roster(), Rounds: r.rounds, Planned: r.planned, Cut: r.cut, Deltas: r.deltas, Why: why,
		Rechecked: r.rechecked}
	if o.OnEnd != nil {
		o.OnEnd()
	}
	keepFrozen(p.Snapshot, res.Roster)
	res.Violations = Check(p.Snapshot, res.Roster, p.constraints)
	return res, nil
}

// run is the state of one Solve.
type run struct {
	*Problem
	options  Options
	halt     atomic.Bool // the context ended
	main     *State
	best     *State
	found    bool // best is of a roster that was made
	listed   *candidates
	searches []*search
	rounds   int
	planned  int
	since    int
	trials   trials
	deltas   int64
	cut      CutPoint

	rechecked int
	fault     *FaultError
}

func newRun(p *Problem, o Options) *run {
	r := &run{Problem: p, options: o, main: p.NewState(), best: p.NewState(), planned: o.Rounds}
	if o.Sketch != nil {
		listed := *o.Sketch.listed // of which the run lists more
		r.listed = &listed
	} else {
		r.listed = newCandidates(p)
	}
	return r
}

// makeParts prepares a search for each part of the week.
func (r *run) makeParts(ctx context.Context) {
	for i := range r.parts() {
		x := newSearch(r.NewState(), r.listed)
		x.check = newRecheck(ctx, r.recheckEvery(r.options.Recheck), i, r.parts())
		r.searches = append(r.searches, x)
	}
}

func (r *run) loop(ctx context.Context) string {
	for {
		switch c := r.options.Cut; {
		case r.fault != nil:
			return "it found a fault in itself"
		case ctx.Err() != nil:
			return "it was interrupted"
		case r.cut.Built != nil || r.cut.Moves != nil || c != nil && r.rounds >= c.Rounds && c.Moves == nil:
			return "it was told to stop there"
		case r.planned > 0 && r.rounds >= r.planned && !r.goesOn():
			return "the planned work is done"
		case r.options.Stop != nil && r.options.Stop(r.progress()):
			return "the limit was reached"
		case r.planned == 0 && r.options.Pace == nil && r.options.Stop == nil && c == nil:
			return "no work was planned"
		}
		r.nextStart()
		r.round()
		if r.planned == 0 && r.rounds >= pilotRounds && r.options.Pace != nil {
			r.planned = max(r.rounds, r.options.Pace(r.progress()))
		}
	}
}

// goesOn reports whether a run goes on, only descending, when the planned work is done: what was planned by a pace is an estimate, and
// the time that is left would be nobody's. So does one that repeats such a run, which ends where that was cut.
func (r *run) goesOn() bool {
	return r.options.Cut != nil || r.options.Rounds == 0 && r.options.Pace != nil && r.options.Stop != nil
}

// round splits, improves and puts together.
func (r *run) round() {
	rng := rand.New(rand.NewPCG(r.options.Seed, uint64(r.rounds)<<8|1))
	split := r.main.split(len(r.searches), rng)
	heat := r.heat()
	each(r.options.Workers, len(r.searches), func(i int) {
		x := r.searches[i]
		x.CopyFrom(r.main)
		x.rng = rand.New(rand.NewPCG(r.options.Seed, uint64(r.rounds)<<8|uint64(i+2)))
		x.heat = heat
		x.ration = r.moves(i)
		split.own(x, int8(i))
		x.deltas = 0
		for x.deltas < roundDeltas && x.ration.done < roundDeltas && x.check.fault == nil && x.ration.more() {
			x.step()
		}
	})
	if r.faulty() {
		return
	}
	if len(r.searches) == 1 {
		r.main.CopyFrom(r.searches[0].State)
	} else {
		for _, x := range r.searches {
			r.main.merge(x)
		}
	}
	r.count()
	r.since++
	if r.main.Settle().Less(r.best.Score()) {
		r.best.CopyFrom(r.main)
		r.since = 0
		r.tell(r.options.OnBest)
	}
	r.tell(r.options.OnRound)
}

// faulty notes the checks of a round, and the fault of the first part that found one.
func (r *run) faulty() bool {
	for i, x := range r.searches {
		r.rechecked += x.check.made
		x.check.made = 0
		x.check.spent += x.deltas
		if f := x.check.fault; f != nil && r.fault == nil {
			f.Round, f.Part = r.rounds, i
			r.fault = f
		}
	}
	if r.fault == nil {
		return false
	}
	r.fault.Planned, r.fault.Rechecked = r.planned, r.rechecked
	return true
}

// moves gives how many moves a part may make in this round.
func (r *run) moves(part int) ration {
	x := newRation(&r.halt)
	if c := r.options.Cut; c != nil && c.Rounds == r.rounds && part < len(c.Moves) {
		x.most = c.Moves[part]
	}
	return x
}

// count notes the work of a round: a whole one, or as much of it as was done before it was cut.
func (r *run) count() {
	cut := false
	made := make([]int, len(r.searches))
	for i, x := range r.searches {
		r.deltas += x.deltas
		cut = cut || x.ration.cut
		made[i] = x.ration.done
	}
	if cut {
		r.cut.Moves = made
		return
	}
	r.rounds++
	r.cut.Rounds = r.rounds
}

// heat falls from its first value to its last over the planned rounds, with the square of what is left of them, in whole
// millipoints; the last sixteenth only descends. While the plan is not known, and in the pilot rounds always, it keeps its
// first value.
func (r *run) heat() int64 {
	first := r.firstHeat()
	last := first / coldest
	if r.planned == 0 || r.rounds < pilotRounds || r.planned <= pilotRounds {
		return first
	}
	done, all := int64(r.rounds-pilotRounds), int64(r.planned-pilotRounds)
	left := all - done
	if left*16 < all {
		return 0
	}
	return last + (first-last)*left*left/(all*all)
}

// firstHeat falls with the size of the problem, because the same time makes fewer steps for each person of a larger one.
func (r *run) firstHeat() int64 {
	return 24_000_000 / int64(1000+r.NumActors(People))
}

func (r *run) progress() Progress {
	people, open := r.best.placed()
	return Progress{Rounds: r.rounds, Planned: r.planned, Deltas: r.deltas, Score: r.best.Score(), Placed: people, Open: open, Since: r.since}
}

func (r *run) tell(f func(Progress)) {
	if f != nil {
		f(r.progress())
	}
}
