// Command service prints how fast the service answers on this machine: importing and publishing a region's week on the
// embedded record, and reading it over Connect, first in peace and then while a search has both processors.
//
//	go run ./benchmarks/service -people 4400 -seconds 30 -clients 4 -rate 20
//
// Clients keep to a rate, and a request that is late because the one before it took long counts from when it was due, so that
// a slow answer is not hidden by the requests that it held up.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"runtime"

	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/scheduler/child"
	"github.com/communitypayback/payback/solver/constraints"
)

// childArgument makes this program a search in a process of its own, as it is in the service.
const childArgument = "search-for-parent"

func main() {
	if len(os.Args) == 2 && os.Args[1] == childArgument {
		if err := child.Serve(context.Background(), os.Stdin, os.Stdout, scheduler.Plan, constraints.All); err != nil {
			fail(err)
		}
		return
	}
	var o options
	flag.IntVar(&o.people, "people", 4400, "people of the region")
	flag.Uint64Var(&o.seed, "seed", 1, "seed of the region and of the searches")
	flag.IntVar(&o.seconds, "seconds", 30, "how long reading is measured, in peace and beside a search")
	flag.IntVar(&o.clients, "clients", 4, "clients that read at once")
	flag.IntVar(&o.rate, "rate", 20, "requests a second, of all clients together, half of each kind")
	flag.IntVar(&o.times, "times", 10, "how often importing and publishing are repeated")
	flag.Parse()
	fmt.Printf("%s, %d cores, %s/%s\n", runtime.Version(), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH)
	if err := measure(context.Background(), o); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

type options struct {
	people, seconds, clients, rate, times int
	seed                                  uint64
}

// measure sets a record up in a folder of its own, which is removed at the end.
func measure(ctx context.Context, o options) (err error) {
	dir, err := os.MkdirTemp("", "payback-service-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	s, err := open(ctx, dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close(ctx)) }()
	if err := s.importing(ctx, dir, o); err != nil {
		return err
	}
	if err := s.publishing(ctx, o); err != nil {
		return err
	}
	return s.reading(ctx, o)
}
