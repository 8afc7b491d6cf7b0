package main

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"syscall"
	"time"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
)

// question is one kind of question, about something at random.
type question struct {
	name string
	ask  func(rng *rand.Rand) (*solver.Recommendation, error)
}

// kinds gives the four questions, of each five options.
func kinds(p *solver.Problem, r *model.Roster, e *solver.Explainer) []question {
	const want = 5
	sn := p.Snapshot
	return []question{
		{"sessions", func(rng *rand.Rand) (*solver.Recommendation, error) {
			return e.RecommendSessions(sn.People[rng.IntN(len(sn.People))].CRN, model.SessionKey{}, want)
		}},
		{"people", func(rng *rand.Rand) (*solver.Recommendation, error) {
			return e.RecommendPeople(sn.Sessions[rng.IntN(len(sn.Sessions))].Key, want)
		}},
		{"supervisors", func(rng *rand.Rand) (*solver.Recommendation, error) {
			d := r.Duties[rng.IntN(len(r.Duties))]
			return e.RecommendSupervisors(d.Session, d.Supervisor, want)
		}},
		{"minibuses", func(rng *rand.Rand) (*solver.Recommendation, error) {
			t := r.Trips[rng.IntN(len(r.Trips))]
			return e.RecommendMinibuses(t.Session, t.Minibus, want)
		}},
	}
}

// measure asks many times and prints a line.
func measure(q question, seed uint64, ask int) error {
	runtime.LockOSThread() // so that the thread's time is the question's
	defer runtime.UnlockOSThread()
	rng := rand.New(rand.NewPCG(seed, 1)) //nolint:gosec // a benchmark repeats its draws
	var clock, thread []time.Duration
	options, opening := 0, 0
	for range ask {
		at, used := time.Now(), processor(syscall.RUSAGE_THREAD)
		x, err := q.ask(rng)
		if err != nil {
			return err
		}
		clock, thread = append(clock, time.Since(at)), append(thread, processor(syscall.RUSAGE_THREAD)-used)
		options += len(x.Options)
		for i := range x.Options {
			if x.Options[i].Opens {
				opening++
			}
		}
	}
	fmt.Printf("%-12s %10v %10v %12v %12v %9d %7d\n", q.name, quantile(clock, 50), quantile(clock, 99), quantile(thread, 50), quantile(thread, 99), options, opening)
	return nil
}

// processor gives the processor time of this thread or process.
func processor(whose int) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(whose, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// quantile gives the value below which so many of a hundred lie.
func quantile(all []time.Duration, percent int) time.Duration {
	if len(all) == 0 {
		return 0
	}
	s := slices.Sorted(slices.Values(all))
	return s[min(len(s)*percent/100, len(s)-1)].Round(10 * time.Microsecond)
}
