package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
)

// cores is how many processors each solver may use.
const cores = 2

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// options are the flags.
type options struct {
	people, profiles, seeds, limits, peers string
	keep, report, note                     string
	writeOnly                              bool
}

func run(ctx context.Context, args []string, out io.Writer) error {
	cache, err := os.UserCacheDir()
	if err != nil {
		return err
	}
	var o options
	flags := flag.NewFlagSet("peers", flag.ContinueOnError)
	flags.SetOutput(out)
	flags.StringVar(&o.people, "people", "40,300,1000,2000,4400,10000", "sizes of the weeks; profiles after the first only at 1000")
	flags.StringVar(&o.profiles, "profiles", "normal,stressed,rural,women-scarce,wet-week", "profiles of the regions")
	flags.StringVar(&o.seeds, "seeds", "1", "seeds of the regions")
	flags.StringVar(&o.limits, "limits", "10s,60s,300s", "time limits that the table shows")
	flags.StringVar(&o.peers, "peers", strings.Join(peerNames, ","), "who plans")
	flags.StringVar(&o.keep, "keep", filepath.Join(cache, "payback-peers"), "folder of the results, the virtual environment and the classes")
	flags.StringVar(&o.report, "report", "benchmarks", "folder that gets RESULTS.md and its plots")
	flags.StringVar(&o.note, "note", "", "a sentence for the head of the report, such as what else the machine did")
	flags.BoolVar(&o.writeOnly, "write-only", false, "run nothing, only write the report")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil
		}
		return err
	}
	return o.do(ctx, args, out)
}

func (o *options) do(ctx context.Context, args []string, out io.Writer) error {
	todo, err := cases(o.people, o.profiles, o.seeds)
	if err != nil {
		return err
	}
	limits, err := durations(o.limits)
	if err != nil {
		return err
	}
	names := strings.Split(o.peers, ",")
	for _, n := range names {
		if !slices.Contains(peerNames, n) {
			return model.Errorf(model.CodeUsage, "-peers: found %q; expected some of %s", n, strings.Join(peerNames, ","))
		}
	}
	s, err := openStore(o.keep)
	if err != nil {
		return err
	}
	if !o.writeOnly {
		b := &bench{store: s, dir: o.keep, names: names, limits: limits, out: out}
		if err = b.all(ctx, todo); ctx.Err() != nil {
			return err
		}
	}
	rep := &report{runs: s.Rows, limits: limits, note: o.note, args: args}
	return errors.Join(err, rep.write(o.report))
}

func durations(list string) ([]time.Duration, error) {
	var out []time.Duration
	for word := range strings.SplitSeq(list, ",") {
		d, err := time.ParseDuration(strings.TrimSpace(word))
		if err != nil || d < time.Second {
			return nil, model.Errorf(model.CodeUsage, "-limits: found %q; expected times of a second or more, such as 10s,60s", word)
		}
		out = append(out, d)
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// bench runs what is not run yet.
type bench struct {
	store  *store
	dir    string
	names  []string
	limits []time.Duration
	out    io.Writer
	peers  map[string]peer
}

// all runs every case with everybody. A solver that fails has that for its result. Where it could not even be tried, nothing is
// kept, so that it is tried the next time, and the rest goes on.
func (b *bench) all(ctx context.Context, todo []Case) (failed error) {
	for _, c := range todo {
		missing := b.missing(c)
		if len(missing) == 0 {
			continue
		}
		w, err := makeWeek(c)
		if err != nil {
			return err
		}
		fmt.Fprintf(b.out, "%v: %v\n", c, w.exact)
		if err := w.makeStart(ctx); err != nil {
			return err
		}
		for _, m := range missing {
			r, err := b.one(ctx, w, m)
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if err != nil {
				err = fmt.Errorf("%v, %s: %w", c, m.name, err)
				fmt.Fprintf(b.out, "  %v\n", err)
				failed = errors.Join(failed, err)
				continue
			}
			if err := b.store.add(r); err != nil {
				return err
			}
			fmt.Fprintf(b.out, "  %-17s %4.0f s: %s\n", r.Peer, r.Limit, r.line())
		}
	}
	return failed
}

// due is a run that is missing.
type due struct {
	name  string
	limit time.Duration
}

func (b *bench) missing(c Case) []due {
	var out []due
	for _, n := range b.names {
		limits := b.limits
		if !pacesItself(n) {
			limits = limits[len(limits)-1:]
		}
		for _, l := range limits {
			if !b.store.has(c, n, l.Seconds()) {
				out = append(out, due{n, l})
			}
		}
	}
	return out
}

func (b *bench) one(ctx context.Context, w *week, d due) (*Run, error) {
	switch d.name {
	case ours:
		return runOurs(ctx, w, d.limit), nil
	case oursEstimated:
		return runEstimated(ctx, w, d.limit), nil
	}
	if b.peers == nil {
		b.peers = map[string]peer{}
	}
	p, ok := b.peers[d.name]
	if !ok {
		var err error
		if p, err = newPeer(ctx, d.name, b.dir); err != nil {
			return nil, err
		}
		b.peers[d.name] = p
	}
	return p.run(ctx, w, d.limit)
}

// makeStart makes the first roster of the estimated week, from which the others start.
func (w *week) makeStart(ctx context.Context) error {
	r, err := solver.Solve(ctx, w.estimated, solver.Options{Seed: 1, Workers: cores, Stop: solver.AfterRounds(0)})
	if err != nil {
		return err
	}
	w.start = w.estimated.NewState()
	w.start.Load(r.Roster)
	w.estimated.Thin(w.start)
	return nil
}
