// Command gaps plans made-up weeks of many seeds within the times that the targets name, and writes how far the plans may be from the
// best there are, and when the first legal roster was there:
//
//	go run ./benchmarks/gaps                                      everything; some two hours
//	go run ./benchmarks/gaps -people 40,300 -seeds 10             a part of it
//	go run ./benchmarks/gaps -runs 0                              the report again, from what was run before
//
// A plan that was made is a line of gaps.jsonl in the folder of -keep and is not made again. Every plan is what a user gets: it is
// judged in words, and its bound is the certificate's.
//
// The longer run of a week says whose part of a gap is: by how much its roster is better is what the shorter search missed, by how much
// its bound is lower is what the shorter ascent left. The rest nobody knows.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/communitypayback/payback/benchmarks/kept"
	"github.com/communitypayback/payback/model"
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
	cache, err := os.UserCacheDir()
	if err != nil {
		return err
	}
	flags := flag.NewFlagSet("gaps", flag.ContinueOnError)
	flags.SetOutput(out)
	people := flags.String("people", "40,300,2000,4400,10000", "sizes of the weeks, of those that targets name")
	seeds := flags.Int("seeds", 10, "seeds of each size, from 1")
	long := flags.Bool("long", true, "make the longer run of each size too")
	most := flags.Int("runs", -1, "how many plans to make at most; negative: all that are missing")
	keep := flags.String("keep", filepath.Join(cache, "payback-gaps"), "folder of the results")
	report := flags.String("report", "", "file to write the report to; left out: standard output")
	note := flags.String("note", "", "a sentence for the head of the report, such as what else the machine did")
	if err := flags.Parse(args); err != nil {
		return err
	}
	todo, err := jobs(*people, *seeds, *long)
	if err != nil {
		return err
	}
	file, err := kept.Open[result](filepath.Join(*keep, "gaps.jsonl"))
	if err != nil {
		return err
	}
	for _, j := range todo {
		if find(file.Rows, j) != nil {
			continue
		}
		if *most == 0 || ctx.Err() != nil {
			break
		}
		*most--
		r, err := j.run(ctx)
		if ctx.Err() != nil {
			break
		}
		if err != nil {
			return fmt.Errorf("%v: %w", j, err)
		}
		if err := file.Add(r); err != nil {
			return err
		}
		fmt.Fprintf(os.Stderr, "%v: first legal after %.3f s, %.1f points, gap %.2f %%\n", j, r.First, points(r.Value), 100*r.gap())
	}
	if *report == "" {
		return write(out, file.Rows, args, *note)
	}
	f, err := os.Create(*report)
	if err != nil {
		return err
	}
	if err := write(f, file.Rows, args, *note); err != nil {
		_ = f.Close()
		return err
	}
	return f.Close()
}

// target is what is asked of weeks of a size.
type target struct {
	people      int
	first       float64 // seconds until the first legal roster
	short, long float64 // seconds that a run is given
	gap, aim    float64 // parts of the bound, after the short and the long time
}

// targets are those of the project.
var targets = []target{
	{40, 0.02, 5, 60, 0.015, 0.015},
	{300, 0.02, 5, 60, 0.015, 0.015},
	{2000, 0.1, 10, 60, 0.015, 0.01},
	{4400, 0.2, 20, 90, 0.015, 0.01},
	{10000, 0.5, 30, 120, 0.015, 0.01},
}

// job is one plan to make.
type job struct {
	People int     `json:"people"`
	Seed   uint64  `json:"seed"`
	Limit  float64 `json:"limit"` // seconds
}

func (j job) String() string {
	return fmt.Sprintf("%d people, seed %d, %g s", j.People, j.Seed, j.Limit)
}

// jobs lists the plans of some sizes: those with the short time first, seed by seed.
func jobs(people string, seeds int, long bool) (out []job, err error) {
	for word := range strings.SplitSeq(people, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(word))
		t := targetOf(n)
		if err != nil || t == nil {
			return nil, model.Errorf(model.CodeUsage, "-people: found %q; expected some of 40, 300, 2000, 4400 and 10000", word)
		}
		for seed := range uint64(max(0, seeds)) {
			out = append(out, job{n, seed + 1, t.short})
			if long {
				out = append(out, job{n, seed + 1, t.long})
			}
		}
	}
	return out, nil
}

func targetOf(people int) *target {
	for i := range targets {
		if targets[i].people == people {
			return &targets[i]
		}
	}
	return nil
}
