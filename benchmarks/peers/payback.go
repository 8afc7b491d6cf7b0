package main

import (
	"context"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/bound"
	"github.com/communitypayback/payback/solver/constraints"
)

// ours is what this program is called in the table, and oursEstimated its search of the week that the others are told.
const (
	ours          = "payback"
	oursEstimated = "payback-estimated"
)

// pacesItself says who plans for the time they are given, so that a longer run is not a shorter one that went on.
func pacesItself(peer string) bool { return peer == ours || peer == oursEstimated }

// runOurs plans a week as a user gets it who allows so much time.
func runOurs(ctx context.Context, w *week, limit time.Duration) *Run {
	r := &Run{Case: w.Case, Peer: ours, Limit: limit.Seconds(), Size: w.exact.String(), Version: version(), Settings: "2 workers, seed 1, a run for each limit"}
	debug.FreeOSMemory()
	begin := time.Now()
	best := solver.Score{1 << 62, 0}
	got, err := scheduler.Plan(ctx, scheduler.PlanRequest{
		Snapshot: w.snapshot, Constraints: constraints.All, Seed: 1, Workers: cores, Time: limit,
		OnProgress: func(p solver.Progress) {
			if p.Score.Less(best) {
				best = p.Score
				r.Answers = append(r.Answers, Answer{At: time.Since(begin).Seconds(), Value: best.Value(), Broken: max(0, best.Hard()-w.exact.Unavoidable())})
			}
		},
	})
	r.Took = time.Since(begin).Seconds()
	var mem runtime.MemStats
	runtime.ReadMemStats(&mem)
	r.MemoryMB = int64(mem.Sys >> 20)
	if err != nil {
		r.Ended = "failed: " + err.Error()
		return r
	}
	// What the engine said on the way is what it was worth by its own count; the last is judged by the words.
	total := solver.Total(got.Violations, constraints.All)
	last := Answer{At: r.Took, Value: total.Value(), Broken: max(0, total.Hard()-w.exact.Unavoidable()), Placed: len(got.Roster.Appointments)}
	estimated := w.estimated.NewState()
	estimated.Load(got.Roster)
	last.Claimed, last.Estimated = estimated.Settle().Value(), newJudge(w).estimate(estimated)
	r.Answers = append(r.Answers, last)
	r.Ended = got.Why
	if got.Bound != nil {
		r.Certified = &got.Bound.Most
	}
	return r
}

const (
	// boundShare is how much of its time our search of the week with estimated ways may spend on a bound, as the service does:
	// one part in so many, and boundSteps at most.
	boundShare, boundSteps = 4, 300
)

// runEstimated searches the week with estimated ways, which the service never does: the same engine on just what the others are
// told.
func runEstimated(ctx context.Context, w *week, limit time.Duration) *Run {
	r := &Run{Case: w.Case, Peer: oursEstimated, Limit: limit.Seconds(), Size: w.exact.String(), Version: version(), Settings: "2 workers, seed 1, a run for each limit"}
	debug.FreeOSMemory()
	begin := time.Now()
	found := func(s solver.Score) {
		r.Answers = append(r.Answers, Answer{
			At: time.Since(begin).Seconds(), Claimed: s.Value(),
			Estimated: &Estimated{Value: s.Value(), Legal: s.Hard() <= w.estimated.Unavoidable()},
		})
	}
	guide, err := bound.New(w.estimated, cores)
	if err != nil {
		r.Ended = "failed: " + err.Error()
		return r
	}
	for guide.Steps() < boundSteps && time.Since(begin) < limit/boundShare && guide.Step(ctx, 0) {
	}
	if most, ok := guide.Bound(); ok {
		r.Bound = &most
	}
	best, searching := solver.Score{1 << 62, 0}, time.Now() // once all constructions are done
	got, err := solver.Solve(ctx, w.estimated, solver.Options{
		Seed: 1, Workers: cores, Hints: guide.HintSets(),
		Pace: func(p solver.Progress) int {
			left := limit*95/100 - time.Since(begin)
			return p.Rounds + max(0, int(left/max(1, time.Since(searching)/time.Duration(max(1, p.Rounds)))))
		},
		Stop: func(solver.Progress) bool { return time.Since(begin) >= limit },
		OnRound: func(p solver.Progress) {
			if p.Rounds == 0 {
				searching = time.Now()
			}
			if p.Score.Less(best) {
				best = p.Score
				found(best)
			}
		},
	})
	r.Took = time.Since(begin).Seconds()
	if err != nil {
		r.Ended = "failed: " + err.Error()
		return r
	}
	found(got.Score)
	r.Answers[len(r.Answers)-1].Placed = len(got.Roster.Appointments)
	var mem runtime.MemStats
	runtime.ReadMemStats(&mem)
	r.MemoryMB, r.Ended = int64(mem.Sys>>20), got.Why
	return r
}

// version names the program that was run, by its commit.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ours
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return ours + " " + s.Value[:min(len(s.Value), 10)]
		}
	}
	return ours
}
