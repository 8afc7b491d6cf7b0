// Command oracle solves small made-up weeks by a mixed integer solver and by this program's search, and prints how much the
// search loses. It needs CBC, Debian's package coinor-cbc.
//
//	go run ./benchmarks/oracle -n 30 -people 40
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"time"

	"github.com/communitypayback/payback/benchmarks/oracle/beside"
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
	flags := flag.NewFlagSet("oracle", flag.ContinueOnError)
	var (
		n       = flags.Int("n", 30, "how many weeks")
		seed    = flags.Uint64("seed", 1, "the first week's seed")
		people  = flags.Int("people", 40, "people in a week")
		rounds  = flags.Int("rounds", 60, "rounds of our search")
		workers = flags.Int("workers", 2, "goroutines of our search")
		limit   = flags.Duration("limit", 2*time.Minute, "time of the linear solver for one week")
		program = flags.String("solver", beside.Program, "the linear solver: CBC or one with its command line")
		split   = flags.Bool("split", false, "also solve with our supervisors and minibuses held: what is lost on who goes where, and what on which sessions run")
		detail  = flags.Bool("detail", false, "say where the two rosters differ")
	)
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil
		}
		return err
	}
	if _, err := exec.LookPath(*program); err != nil {
		return fmt.Errorf("%w; install CBC (apt-get install coinor-cbc) or name another with -solver", err)
	}
	t := table{out: out}
	t.head()
	var failed error
	for _, w := range beside.Weeks(*seed, *n, *people) {
		c, err := beside.Compare(ctx, w, beside.Options{
			Linear: beside.Linear{Program: *program, Limit: *limit}, Rounds: *rounds, Workers: *workers, Split: *split,
		})
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			fmt.Fprintln(out, err)
			failed = errors.Join(failed, err)
			continue
		}
		t.row(c)
		if *detail {
			c.Differences(out)
		}
	}
	t.foot()
	return failed
}
