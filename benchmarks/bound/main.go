// Command bound prints how the bound of a generated week falls, step by step, and how long that takes:
//
//	go run ./benchmarks/bound -people 4400 -steps 100
package main

import (
	"context"
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
	"github.com/communitypayback/payback/solver/bound"
	"github.com/communitypayback/payback/solver/constraints"
)

func main() {
	people := flag.Int("people", 1000, "how many people the region has")
	profile := flag.String("profile", "normal", "the region's profile")
	seed := flag.Uint64("seed", 1, "the region's seed")
	steps := flag.Int("steps", 200, "steps to make")
	seats := flag.Int("seats", 0, "seats of every minibus; 0: as they are made")
	flag.Parse()
	if err := run(instance.Spec{People: *people, Seed: *seed, Profile: *profile, Week: model.Week{Year: 2026, Number: 49}}, int32(*seats), *steps); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run lowers a bound. What is printed on the way is the search's own reckoning; the last line is the independent one.
func run(spec instance.Spec, seats int32, steps int) error {
	facts, err := instance.Make(spec)
	if err != nil {
		return err
	}
	for i := range facts.Minibuses {
		if seats > 0 {
			facts.Minibuses[i].Seats = seats
		}
	}
	book, err := policy.Load(policy.Default)
	if err != nil {
		return err
	}
	sn, _, err := scheduler.Freeze(facts, book, spec.Week, model.Instant(spec.Week.Monday()-4)*1440+720)
	if err != nil {
		return err
	}
	p, err := solver.Compile(sn, constraints.All)
	if err != nil {
		return err
	}
	s, err := bound.New(p, runtime.GOMAXPROCS(0))
	if err != nil {
		return err
	}
	began := time.Now()
	for s.Steps() < steps {
		s.Step(context.Background(), 0)
		if n := s.Steps(); n&(n-1) == 0 || n%25 == 0 || n == steps {
			fmt.Printf("step %4d  %8.3f s  %d points\n", n, time.Since(began).Seconds(), s.Lowest()/1000)
		}
	}
	began = time.Now()
	v, _ := s.Bound()
	fmt.Printf("evaluated in %.3f s: no roster is worth more than %d points\n", time.Since(began).Seconds(), v/1000)
	return nil
}
