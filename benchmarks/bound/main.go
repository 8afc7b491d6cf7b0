// Command bound prints how the bound of a generated week falls, step by step, and how long that takes:
//
//	go run ./benchmarks/bound -people 4400 -steps 100
//
// With -then it goes on to what comes after a plan, and lowers the bound of that from first prices and from those of the first week:
//
//	go run ./benchmarks/bound -people 4400 -steps 100 -then next
package main

import (
	"context"
	"encoding/json"
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
	then := flag.String("then", "", "what comes after it: same, off (without its first supervisor) or next (week)")
	flag.Parse()
	if err := run(instance.Spec{People: *people, Seed: *seed, Profile: *profile, Week: model.Week{Year: 2026, Number: 49}}, int32(*seats), *steps, *then); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run lowers the bound of a week, and of what comes after it.
func run(spec instance.Spec, seats int32, steps int, then string) error {
	facts, err := instance.Make(spec)
	if err != nil {
		return err
	}
	for i := range facts.Minibuses {
		if seats > 0 {
			facts.Minibuses[i].Seats = seats
		}
	}
	sn, err := frozen(facts, spec.Week)
	if err != nil {
		return err
	}
	s, err := lower(sn, steps, nil)
	if err != nil || then == "" {
		return err
	}
	few := s.FewPrices()
	body, err := json.Marshal(few)
	if err != nil {
		return err
	}
	fmt.Printf("%d sessions, whose few prices take %d bytes\n", len(few.Sessions), len(body))
	switch then {
	case "same":
	case "off":
		sn, err = sn.With(model.RemoveSupervisor{Code: sn.Supervisors[0].Code})
	case "next":
		sn, err = frozen(facts, spec.Week.Add(1))
	default:
		err = fmt.Errorf("found -then %s; expected same, off or next", then)
	}
	if err != nil {
		return err
	}
	fmt.Println("then from first prices:")
	if _, err := lower(sn, steps, nil); err != nil {
		return err
	}
	fmt.Println("then from few prices of the first:")
	_, err = lower(sn, steps, few)
	return err
}

// frozen freezes a week as it is on the Thursday before, at noon.
func frozen(facts *model.Facts, week model.Week) (*model.Snapshot, error) {
	book, err := policy.Load(policy.Default)
	if err != nil {
		return nil, err
	}
	sn, _, err := scheduler.Freeze(facts, book, week, model.Instant(week.Monday()-4)*1440+720)
	return sn, err
}

// lower lowers a bound. What is printed on the way is the search's own reckoning; the last line is the independent one.
func lower(sn *model.Snapshot, steps int, few *bound.FewPrices) (*bound.Search, error) {
	p, err := solver.Compile(sn, constraints.All)
	if err != nil {
		return nil, err
	}
	s, err := bound.NewFrom(p, runtime.GOMAXPROCS(0), few)
	if err != nil {
		return nil, err
	}
	began := time.Now()
	for s.Steps() < steps {
		s.Step(context.Background(), 0)
		if n := s.Steps(); n&(n-1) == 0 || n%25 == 0 || n == 5 || n == 10 || n == steps {
			fmt.Printf("step %4d  %8.3f s  %d points\n", n, time.Since(began).Seconds(), s.Lowest()/1000)
		}
	}
	began = time.Now()
	v, _ := s.Bound()
	fmt.Printf("evaluated in %.3f s: no roster is worth more than %d points\n", time.Since(began).Seconds(), v/1000)
	return s, nil
}
