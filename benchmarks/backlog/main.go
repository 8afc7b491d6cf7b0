package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"time"

	"github.com/communitypayback/payback/benchmarks/backlog/play"
	"github.com/communitypayback/payback/model"
)

// plan is what is asked for on the command line.
type plan struct {
	people, weeks, rounds int
	held, training        int // how many seeds
	frontier              int // how many of the held-out seeds are played with other constants
	results, report       string
	women                 string // CSV file of how women and men fare; empty: that is not told
	equal                 int    // how many of the held-out seeds are played for that
	runs                  int
}

func main() {
	var p plan
	flag.IntVar(&p.people, "people", 300, "people on the register at the start")
	flag.IntVar(&p.weeks, "weeks", 52, "weeks that are played")
	flag.IntVar(&p.rounds, "rounds", 2, "rounds of work for each plan")
	flag.IntVar(&p.held, "seeds", 20, "seeds held out, from 1")
	flag.IntVar(&p.training, "training", 3, "training seeds, from 101")
	flag.IntVar(&p.frontier, "frontier", 3, "held-out seeds that are played with other constants too")
	flag.StringVar(&p.results, "results", "", "CSV file that holds a row for each run; runs that it has are not made again")
	flag.StringVar(&p.report, "report", "", "file to write the report to; left out: standard output")
	flag.StringVar(&p.women, "women", "", "CSV file that holds how women and men fare, a row for each run; runs that it has are not made again")
	flag.IntVar(&p.equal, "women-seeds", 5, "held-out seeds that are played for that")
	flag.IntVar(&p.runs, "runs", -1, "how many runs to make at most; negative: all that are missing")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := p.run(ctx)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// firstWeek is the first week that is played.
var firstWeek = model.Week{Year: 2026, Number: 49}

// run makes the runs that are missing and writes the report.
func (p *plan) run(ctx context.Context) error {
	s, err := openStore(p.results)
	if err != nil {
		return err
	}
	for _, j := range p.jobs() {
		if p.runs == 0 || ctx.Err() != nil {
			break
		}
		if s.has(j) {
			continue
		}
		p.runs--
		begin := time.Now()
		m, err := play.Play(ctx, play.Spec{People: j.people, Weeks: j.weeks, Week: firstWeek, Seed: j.seed, Settings: settingsOf(j.constants)},
			wayOf(j), play.Options{Nightly: j.nightly})
		if err != nil {
			if ctx.Err() != nil {
				break
			}
			return fmt.Errorf("%v: %w", j, err)
		}
		o := outcome{job: j, seconds: time.Since(begin).Seconds(), Measures: *m}
		if err := s.add(o); err != nil {
			return err
		}
		fmt.Fprintf(os.Stderr, "%v: %d on time, longest wait %d, %.0f s\n", j, m.OnTime, m.LongestWait, o.seconds)
	}
	fares, err := p.playFares(ctx)
	if err != nil {
		return err
	}
	if p.report == "" {
		return p.write(os.Stdout, s.rows, fares)
	}
	f, err := os.Create(p.report)
	if err != nil {
		return err
	}
	if err := p.write(f, s.rows, fares); err != nil {
		return err
	}
	return f.Close()
}
