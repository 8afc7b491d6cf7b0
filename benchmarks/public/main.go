// Command public solves published instances of the single-source capacitated facility location problem with this program's engine,
// and prints how far its answers are from the published optima. It needs a folder of them; see package location.
//
//	go run ./benchmarks/public -time 10s DIR
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"time"

	"github.com/communitypayback/payback/benchmarks/public/location"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("public", flag.ContinueOnError)
	flags.SetOutput(out)
	var (
		layout  = flags.String("layout", string(location.Formatted), "layout of the files: formatted or pairs")
		limit   = flags.Duration("time", 10*time.Second, "time for each instance")
		workers = flags.Int("workers", 2, "goroutines of a run")
		seed    = flags.Uint64("seed", 1, "seed of the runs")
	)
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil
		}
		return err
	}
	if flags.NArg() != 1 {
		return model.Errorf(model.CodeUsage, "found %d folders; expected one, with the files p1, p2 and so on", flags.NArg())
	}
	all, err := location.ReadDir(flags.Arg(0), location.Layout(*layout))
	if err != nil {
		return err
	}
	t := table{out: out}
	t.head()
	for _, in := range all {
		begin := time.Now()
		s, err := in.Solve(ctx, solver.Options{Seed: *seed, Workers: *workers, Pace: pace(begin, *limit), Stop: func(solver.Progress) bool { return time.Since(begin) >= *limit }})
		if err != nil {
			return err
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		t.row(in, s, time.Since(begin))
	}
	t.foot()
	return nil
}

// pace plans as many rounds as the time allows at the pace of those so far.
func pace(begin time.Time, limit time.Duration) func(solver.Progress) int {
	return func(p solver.Progress) int {
		each := time.Since(begin) / time.Duration(max(1, p.Rounds))
		return int(limit * 95 / 100 / max(1, each))
	}
}

// table prints a line an instance, and the gaps of those whose optimum is known.
type table struct {
	out          io.Writer
	known, equal int
	unsolved     int
	sum, worst   float64
}

func (t *table) head() {
	fmt.Fprintf(t.out, "%-6s %10s %10s %14s %14s %8s %7s\n", "name", "facilities", "customers", "cost", "optimum", "gap %", "s")
}

func (t *table) row(in *location.Instance, s *location.Solution, took time.Duration) {
	fmt.Fprintf(t.out, "%-6s %10d %10d ", in.Name, len(in.Capacity), len(in.Demand))
	if s == nil {
		t.unsolved++
		fmt.Fprintf(t.out, "%14s %14s %8s %7.1f\n", "none found", thousandths(in.Optimum), "", took.Seconds())
		return
	}
	word := ""
	if gap, known := s.Gap(in); known {
		word = fmt.Sprintf("%.3f", 100*gap)
		t.known++
		t.sum += gap
		t.worst = max(t.worst, gap)
		if s.Cost == in.Optimum {
			t.equal++
		}
	}
	fmt.Fprintf(t.out, "%14s %14s %8s %7.1f\n", thousandths(s.Cost), thousandths(in.Optimum), word, took.Seconds())
}

func (t *table) foot() {
	if t.known > 0 {
		fmt.Fprintf(t.out, "%d with a published optimum, which ours equals in %d; mean gap %.3f %%, worst %.3f %%; no solution found for %d.\n",
			t.known, t.equal, 100*t.sum/float64(t.known), 100*t.worst, t.unsolved)
	}
}

func thousandths(n int64) string {
	if n == 0 {
		return "-"
	}
	return fmt.Sprintf("%.3f", float64(n)/1000)
}
