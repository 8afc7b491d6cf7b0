// Command questions prints how long the questions about a roster take while a search keeps two goroutines busy: the best sessions for
// a person, and the best people, supervisors and minibuses for a session; and how long it takes to repair a published week, to the
// first option and to all, for each thing that can go wrong. Compiling the changed week is told apart.
//
//	go run ./benchmarks/questions -people 10000 -ask 300
//
// Figures are of the clock, and of the processor time of the thread that asks or of the whole process that repairs, which others on the
// machine disturb less: with two free cores a repair takes no longer than its processor time.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"runtime"
	"time"

	"github.com/communitypayback/payback/benchmarks/instance"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

func main() {
	var (
		people = flag.Int("people", 10_000, "size, in people")
		seed   = flag.Uint64("seed", 1, "seed of the region, the plan and the questions")
		rounds = flag.Int("rounds", 10, "rounds of work for the plan that is asked about")
		ask    = flag.Int("ask", 300, "questions of each kind")
	)
	flag.Parse()
	if err := run(*people, *seed, *rounds, *ask); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(people int, seed uint64, rounds, ask int) error {
	week := model.Week{Year: 2026, Number: 49}
	facts, err := instance.Make(instance.Spec{People: people, Seed: seed, Profile: instance.Normal, Week: week})
	if err != nil {
		return err
	}
	profile, err := policy.Load(policy.Default)
	if err != nil {
		return err
	}
	sn, _, err := scheduler.Freeze(facts, profile, week, model.Instant(week.Monday()-4)*1440+12*60)
	if err != nil {
		return err
	}
	p, err := solver.Compile(sn, constraints.All)
	if err != nil {
		return err
	}
	r, err := solver.Solve(context.Background(), p, solver.Options{Seed: seed, Workers: 2, Rounds: rounds})
	if err != nil {
		return err
	}
	fmt.Printf("%s, %d cores; %v; %d appointments\n\n", runtime.Version(), runtime.NumCPU(), p, len(r.Roster.Appointments))
	if err := questions(p, r.Roster, seed, ask); err != nil {
		return err
	}
	return repairs(sn, r.Roster)
}

// questions asks each kind many times while a search runs.
func questions(p *solver.Problem, r *model.Roster, seed uint64, ask int) error {
	begin := time.Now()
	e := solver.NewExplainer(p, r)
	e.Prepare()
	fmt.Printf("prepared once in %v\n", time.Since(begin).Round(time.Millisecond))
	ctx, cancel := context.WithCancel(context.Background())
	searched := make(chan error, 1)
	go func() {
		const forever = 1 << 30
		_, err := solver.Solve(ctx, p, solver.Options{Seed: seed, Workers: 2, Rounds: forever})
		searched <- err
	}()
	fmt.Printf("%-12s %10s %10s %12s %12s %9s %7s\n", "best", "p50", "p99", "p50 thread", "p99 thread", "options", "opening")
	for _, q := range kinds(p, r, e) {
		if err := measure(q, seed, ask); err != nil {
			cancel()
			return errors.Join(err, <-searched)
		}
	}
	cancel()
	return <-searched
}
