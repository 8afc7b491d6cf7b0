// Command mutate asks how well the tests of the catalogue guard it: it plants one small fault at a time in the files of the
// rules - each comparison shifted or turned round, each number one larger - and runs the rule's own tests: its cases, and its walk
// through the harness. A fault that no test notices is a survivor, and is listed with its place.
//
// All faults are compiled into one test binary, each behind a number that a variable of the environment switches on, so
// that a fault costs one run of a few tests and no compilation.
//
//	go run ./benchmarks/mutate
//	go run ./benchmarks/mutate -only group_minimum,places -verbose
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

func main() {
	var (
		dir     = flag.String("dir", "solver/constraints", "folder of the package, from the root of the module")
		only    = flag.String("only", "", "files to plant faults in, without .go; empty: all")
		workers = flag.Int("workers", 2, "test binaries run at once")
		limit   = flag.Duration("limit", 60*time.Second, "time for one fault; a run that takes longer has noticed it")
		verbose = flag.Bool("verbose", false, "print every fault, not only survivors")
	)
	flag.Parse()
	if err := run(*dir, *only, *workers, *limit, *verbose); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(dir, only string, workers int, limit time.Duration, verbose bool) error {
	tmp, err := os.MkdirTemp("", "mutate")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(tmp) }()
	all, err := plant(dir, tmp, wanted(only))
	if err != nil {
		return err
	}
	bin := filepath.Join(tmp, "rules.test")
	build := exec.CommandContext(context.Background(), "go", //nolint:gosec // the folder is the caller's own
		"test", "-c", "-overlay", filepath.Join(tmp, "overlay.json"), "-o", bin, "./"+dir)
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("the package with its faults does not compile: %w\n%s", err, out)
	}
	// Without any fault every test must pass, or nothing that follows means anything.
	for _, tests := range each(all, func(f *fault) string { return f.tests }) {
		if out, ok := passes(bin, dir, tests, 0, 10*limit); !ok {
			return fmt.Errorf("%s fails without any fault:\n%s", tests, out)
		}
	}
	judge(all, bin, dir, workers, limit)
	report(all, verbose)
	return nil
}

func wanted(only string) func(file string) bool {
	names := strings.Split(only, ",")
	return func(file string) bool {
		for _, n := range names {
			if n == "" || n+".go" == file {
				return true
			}
		}
		return false
	}
}

// judge runs the tests of every fault.
func judge(all []*fault, bin, dir string, workers int, limit time.Duration) {
	queue := make(chan *fault)
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for f := range queue {
				_, ok := passes(bin, dir, f.tests, f.number, limit)
				f.survived = ok
			}
		})
	}
	for _, f := range all {
		queue <- f
	}
	close(queue)
	group.Wait()
}

// passes runs some tests with one fault switched on; 0 stands for none.
func passes(bin, dir, tests string, number int, limit time.Duration) (out []byte, ok bool) {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, bin, //nolint:gosec // it was built above
		"-test.run", tests, "-test.failfast", "-test.short")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%d", switchName, number), "PAYBACK_LONG=")
	out, err := cmd.CombinedOutput()
	return out, err == nil && !strings.Contains(string(out), "no tests to run")
}

// each lists the different values of something, in order of appearance.
func each(all []*fault, of func(*fault) string) (out []string) {
	seen := map[string]bool{}
	for _, f := range all {
		if v := of(f); !seen[v] {
			seen[v] = true
			out = append(out, v)
		}
	}
	return out
}

// report prints a line a file, the survivors, and the share of faults that were noticed.
func report(all []*fault, verbose bool) {
	survivors := 0
	for _, file := range each(all, func(f *fault) string { return f.file }) {
		planted, killed := 0, 0
		for _, f := range all {
			if f.file != file {
				continue
			}
			planted++
			if !f.survived {
				killed++
			}
			if f.survived || verbose {
				fmt.Printf("  %-9s %s\n", map[bool]string{true: "SURVIVED", false: "noticed"}[f.survived], f)
			}
		}
		survivors += planted - killed
		fmt.Printf("%-28s %4d faults, %4d noticed\n", file, planted, killed)
	}
	fmt.Printf("in all %d faults, %d noticed: %.1f %%\n", len(all), len(all)-survivors, 100*float64(len(all)-survivors)/float64(max(1, len(all))))
}
