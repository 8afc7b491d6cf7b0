// Command week prints how fast and how well weeks of several sizes are planned on this machine: the time from the files of a
// region to a first legal roster, what 5, 15 and 60 seconds give, deltas evaluated a second, and memory. Every roster is
// judged by the words. Each figure is of a run of its own, so that the 5 s roster is what a user who asks for 5 s gets.
//
//	go run ./benchmarks/week -people 300,1000,4400,10000 -times 5s,15s,60s
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/communitypayback/payback/api/exchange"
	"github.com/communitypayback/payback/benchmarks/instance"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

func main() {
	var (
		people  = flag.String("people", "300,1000,4400,10000", "sizes, in people")
		times   = flag.String("times", "5s,15s,60s", "time limits of the runs")
		profile = flag.String("profile", "normal", "profile of the region")
		seed    = flag.Uint64("seed", 1, "seed of the region and of the runs")
		workers = flag.Int("workers", 2, "goroutines of a run")
	)
	flag.Parse()
	fmt.Printf("%s, %d cores, %s/%s\n", runtime.Version(), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH)
	for size := range strings.SplitSeq(*people, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(size))
		if err != nil {
			fail(fmt.Errorf("-people: found %q; expected numbers such as 300,4400", size))
		}
		if err := measure(n, *profile, *seed, *workers, strings.Split(*times, ",")); err != nil {
			fail(err)
		}
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// measure makes one region, plans its week once for each time limit, and prints a line each.
func measure(people int, profile string, seed uint64, workers int, times []string) error {
	week := model.Week{Year: 2026, Number: 49}
	facts, err := instance.Make(instance.Spec{People: people, Seed: seed, Profile: profile, Week: week})
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "week")
	if err != nil {
		return err
	}
	defer func() {
		if err := os.RemoveAll(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}()
	if err := exchange.WriteFacts(dir, facts); err != nil {
		return err
	}
	runtime.GC()

	start := time.Now()
	p, took, err := load(dir, week)
	if err != nil {
		return err
	}
	first, built := time.Duration(0), time.Now()
	var construction time.Duration
	_, err = solver.Solve(context.Background(), p, solver.Options{Seed: seed, Workers: workers, Stop: solver.AfterRounds(0),
		OnRound: func(solver.Progress) { first, construction = time.Since(start), time.Since(built) }})
	if err != nil {
		return err
	}
	fmt.Printf("\n%v, profile %s\n  read %v  freeze %v  compile %v  first legal roster after %v in all\n", p, profile,
		took[0].Round(time.Millisecond), took[1].Round(time.Millisecond), took[2].Round(time.Millisecond), first.Round(time.Millisecond))
	if err := cancelled(p, seed, workers, construction); err != nil {
		return err
	}
	fmt.Printf("  %-6s %6s %12s %12s %8s %16s %14s %10s %9s\n", "time", "hard", "value", "person-days", "people", "used/places", "on-time min", "deltas/s", "memory")
	for _, text := range times {
		limit, err := time.ParseDuration(text)
		if err != nil {
			return fmt.Errorf("-times: %w", err)
		}
		if err := plan(p, seed, workers, limit); err != nil {
			return err
		}
	}
	return nil
}

// load reads a region's files and compiles its week.
func load(dir string, week model.Week) (*solver.Problem, [3]time.Duration, error) {
	var took [3]time.Duration
	at := time.Now()
	lap := func(i int) { took[i], at = time.Since(at), time.Now() }
	facts, report, err := exchange.ReadDir(dir, exchange.Options{})
	if err != nil {
		return nil, took, err
	}
	if n := len(report.Problems); n > 0 {
		return nil, took, fmt.Errorf("the made-up files have %d problems, the first: %+v", n, report.Problems[0])
	}
	lap(0)
	profile, err := policy.Load(policy.Default)
	if err != nil {
		return nil, took, err
	}
	asOf := model.Instant(week.Monday()-4)*1440 + 12*60
	sn, _, err := scheduler.Freeze(facts, profile, week, asOf)
	if err != nil {
		return nil, took, err
	}
	lap(1)
	p, err := solver.Compile(sn, constraints.All)
	lap(2)
	return p, took, err
}

// plan runs once with a time limit and prints what it gave.
func plan(p *solver.Problem, seed uint64, workers int, limit time.Duration) error {
	debug.FreeOSMemory()
	begin := time.Now()
	r, err := scheduler.Plan(context.Background(), scheduler.PlanRequest{Snapshot: p.Snapshot, Constraints: constraints.All, Seed: seed, Workers: workers, Time: limit})
	if err != nil {
		return err
	}
	took := time.Since(begin)
	total := solver.Total(r.Violations, constraints.All) // equal to the engine's score, or Plan had refused
	var urgency int64
	for _, v := range r.Violations {
		if v.Constraint == "urgency" {
			urgency -= v.Amount
		}
	}
	var mem runtime.MemStats
	runtime.ReadMemStats(&mem)
	used, places, placed := usage(p, r.Roster)
	fmt.Printf("  %-6v %6d %12.0f %12d %8d %8d/%-7d %14.0f %9.2fM %6d MB  rounds %d of %d, took %v\n", limit, total.Hard(), float64(total.Value())/1000,
		len(r.Roster.Appointments), placed, used, places, float64(urgency)/1000, float64(r.Deltas)/took.Seconds()/1e6, mem.Sys>>20, r.Rounds, r.Planned,
		took.Round(100*time.Millisecond))
	return nil
}

// usage counts people and places of the group sessions that run, and the people with an appointment.
func usage(p *solver.Problem, r *model.Roster) (used, places int32, placed int) {
	seen := map[model.CRN]bool{}
	for _, a := range r.Appointments {
		seen[a.CRN] = true
	}
	for _, k := range r.Sessions() {
		if at := p.Snapshot.Project(k.Project); at.Kind == model.Group {
			used += int32(len(r.In(k)))
			places += min(at.Places, p.Snapshot.Policy.PeoplePerSupervisor*int32(len(r.DutiesOf(k))))
		}
	}
	return used, places, len(seen)
}
