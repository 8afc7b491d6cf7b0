// Command national plans a whole country in a night: regions of made-up people in one record, planned for the coming weeks by so many
// worker processes, while others ask about weeks that are published. It measures
//
//   - one night by the policy: what each region's plans are worth, how far each is proved to be from the best, and how long all took; the
//     first night begins from nothing, the second from the plans of the first, of which the coming week's are published;
//   - nights of fixed work against the number of regions and of worker processes, which shows how the cost grows;
//   - how long repairs, why-nots and the best sessions for somebody take meanwhile, beside their limits.
//
// Regions differ by their seeds. The record is a file, or with -redis a Redis that the command starts.
//
//	go run ./benchmarks/national -results benchmarks/results -report benchmarks/RESULTS-national.md
//
// A night that is measured is a line of national.jsonl among the results and is not measured again with equal flags, so the command can
// be stopped and started at any time; -cases 0 only writes the report of what there is. Figures are of the clock: let nothing else run.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strconv"
	"strings"

	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/scheduler/child"
	"github.com/communitypayback/payback/solver/constraints"
)

// What this program is told to be by its first argument, where it is not the benchmark itself.
const (
	childArgument  = "search-for-parent" // a search in a process of its own, as in the service
	workerArgument = "work-for-parent"   // a worker process of a night
	askerArgument  = "ask-for-parent"    // a process that asks while a night runs
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:])
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run is what the program was started as.
func run(ctx context.Context, args []string) error {
	if len(args) > 0 {
		switch args[0] {
		case childArgument:
			return child.Serve(ctx, os.Stdin, os.Stdout, scheduler.Plan, constraints.All)
		case workerArgument:
			return work(ctx, os.Stdin, os.Stdout)
		case askerArgument:
			return ask(ctx, os.Stdin, os.Stdout)
		}
	}
	p, err := parse(args)
	if err != nil {
		return err
	}
	return p.run(ctx)
}

// plan is what is asked for on the command line.
type plan struct {
	country                  // the nights by the policy
	seed            uint64   // of the first region; each has the next
	redis           bool     // the record is on a Redis
	minutes         int      // the night's time; 0: as the policy delivered
	sizes, workers  []int    // regions and processes of the nights of fixed work
	scale, rounds   int      // people of each of their regions, and rounds of work for each week
	results, report string   // a folder and a file; empty: none and standard output
	cases           int      // nights to measure at most; negative: all
	machine         string   // what is to be said of it
	args            []string // as they were given
}

// country is how many regions of how many people are planned by how many processes.
type country struct {
	Regions   int `json:"regions"`
	People    int `json:"people"` // of each
	Processes int `json:"processes"`
	Each      int `json:"each"` // processors that a search of theirs uses
}

func parse(args []string) (*plan, error) {
	p := &plan{args: args}
	var sizes, workers string
	f := flag.NewFlagSet("national", flag.ContinueOnError)
	f.IntVar(&p.Regions, "regions", 12, "regions of the country")
	f.IntVar(&p.People, "people", 8333, "people of each region; 12 of 8333 are 100,000")
	f.IntVar(&p.Processes, "processes", 1, "worker processes of the nights by the policy")
	f.IntVar(&p.Each, "each", 2, "processors that a search uses in them")
	f.Uint64Var(&p.seed, "seed", 1, "seed of the first region; each has the next")
	f.BoolVar(&p.redis, "redis", false, "keep the record on a Redis, which is started, in place of a file")
	f.IntVar(&p.minutes, "minutes", 0, "the time of a night, in place of the policy's night.minutes")
	f.StringVar(&sizes, "sizes", "1,2,4,8,12", "numbers of regions of the nights of fixed work; empty: there are none")
	f.StringVar(&workers, "workers", "1,2", "numbers of worker processes of the nights of fixed work, whose searches use one processor each")
	f.IntVar(&p.scale, "scale-people", 1000, "people of each region in the nights of fixed work")
	f.IntVar(&p.rounds, "rounds", 4, "rounds of work for each week in the nights of fixed work")
	f.StringVar(&p.results, "results", "", "folder for national.jsonl, which holds what was measured, and for the plots")
	f.StringVar(&p.report, "report", "", "file to write the report to; left out: standard output")
	f.IntVar(&p.cases, "cases", -1, "how many nights to measure at most; negative: all that are missing")
	f.StringVar(&p.machine, "note", "", "a sentence about the machine and what else it did, for the report")
	if err := f.Parse(args); err != nil {
		return nil, err
	}
	if f.NArg() > 0 {
		return nil, fmt.Errorf("found %q; expected flags only", f.Arg(0))
	}
	var bad [2]error
	p.sizes, bad[0] = numbers("-sizes", sizes)
	p.workers, bad[1] = numbers("-workers", workers)
	for _, x := range []struct {
		flag  string
		value int
	}{{"-regions", p.Regions}, {"-people", p.People}, {"-processes", p.Processes}, {"-each", p.Each}, {"-scale-people", p.scale}, {"-rounds", p.rounds}} {
		if x.value < 1 {
			return nil, fmt.Errorf("%s: found %d; expected at least 1", x.flag, x.value)
		}
	}
	return p, errors.Join(bad[:]...)
}

// numbers reads a list such as 1,2,4.
func numbers(name, text string) (out []int, err error) {
	for field := range strings.SplitSeq(text, ",") {
		if field == "" {
			continue
		}
		n, err := strconv.Atoi(field)
		if err != nil || n < 1 {
			return nil, fmt.Errorf("%s: found %q; expected whole numbers from 1 on, such as 1,2,4", name, field)
		}
		out = append(out, n)
	}
	return out, nil
}

// run measures what is missing and writes the report.
func (p *plan) run(ctx context.Context) error {
	s, err := openStore(p.results)
	if err != nil {
		return err
	}
	for _, c := range p.nights() {
		if p.cases == 0 || ctx.Err() != nil {
			break
		}
		if s.has(c) {
			continue
		}
		p.cases--
		all, err := measure(ctx, c)
		if err != nil {
			return fmt.Errorf("%v: %w", c, err)
		}
		for i := range all {
			if err := s.add(&all[i]); err != nil {
				return err
			}
			fmt.Fprintf(os.Stderr, "%v, night %d: %.0f s\n", c, all[i].Night, all[i].Wall)
		}
	}
	if p.report == "" {
		return p.write(os.Stdout, s.nights)
	}
	f, err := os.Create(p.report) //nolint:gosec // whoever runs the command says where
	if err != nil {
		return err
	}
	return errors.Join(p.write(f, s.nights), f.Close())
}

// nights lists what is measured, the most telling first.
func (p *plan) nights() []night {
	all := []night{{country: p.country, Seed: p.seed, Redis: p.redis, Minutes: p.minutes}}
	for _, k := range p.workers {
		for _, n := range p.sizes {
			all = append(all, night{country: country{Regions: n, People: p.scale, Processes: k, Each: 1}, Seed: p.seed, Redis: p.redis, Rounds: p.rounds})
		}
	}
	return all
}
