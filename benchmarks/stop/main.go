// Command stop prints how soon the program ends when it is told to: it starts the real binary on made-up regions, sends it Ctrl-C at
// random moments, and prints how long after that the search and the process ended; then how far a limit of time was from the time used.
//
//	go build -o payback ./cmd/payback
//	go run ./benchmarks/stop -binary ./payback -people 1000,4400,10000 -times 10s,20s,30s -presses 20
package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// searched begins the line with which the program tells that its search ended.
const searched = "Judging the plan"

func main() {
	var (
		binary  = flag.String("binary", "./payback", "the program")
		people  = flag.String("people", "1000,4400,10000", "sizes of regions, in people")
		times   = flag.String("times", "10s,20s,30s", "a limit of time for each size")
		presses = flag.Int("presses", 20, "how often Ctrl-C is sent, at each size")
		runs    = flag.Int("runs", 3, "how many plans are left to their limit, at each size")
		seed    = flag.Uint64("seed", 1, "seed of regions and of the moments")
	)
	flag.Parse()
	limits := strings.Split(*times, ",")
	for i, size := range strings.Split(*people, ",") {
		limit, err := time.ParseDuration(limits[min(i, len(limits)-1)])
		if err == nil {
			err = measure(*binary, size, limit, *presses, *runs, *seed)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

// measure makes a region and plans its week again and again.
func measure(binary, size string, limit time.Duration, presses, runs int, seed uint64) error {
	dir, err := os.MkdirTemp("", "stop")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	region := filepath.Join(dir, "region")
	if out, err := exec.Command(binary, "generate", "--people", size, "--seed", strconv.FormatUint(seed, 10), "--week", "2026-W49", "--out", region).CombinedOutput(); err != nil { //nolint:gosec,noctx // the program that was named; only a signal ends it
		return fmt.Errorf("generate: %w: %s", err, out)
	}
	rng := rand.New(rand.NewPCG(seed, 0)) //nolint:gosec // any moments will do
	var search, process []time.Duration
	none := 0
	for range presses {
		ended, gone, err := plan(binary, region, filepath.Join(dir, "plan"), limit, time.Duration(rng.Int64N(int64(limit))))
		if err != nil {
			return err
		}
		process = append(process, gone)
		if ended < 0 {
			none++ // nothing had been searched, or the search was over
			continue
		}
		search = append(search, ended)
	}
	fmt.Printf("%s people, %d times Ctrl-C in %v: the search ended after %s, the process after %s; %d times no search was on\n",
		size, presses, limit, told(search), told(process), none)
	for range runs {
		began := time.Now()
		if _, _, err := plan(binary, region, filepath.Join(dir, "plan"), limit, -1); err != nil {
			return err
		}
		fmt.Printf("%s people, --time %v: used %+d ms of it more\n", size, limit, (time.Since(began) - limit).Milliseconds())
	}
	return nil
}

// plan runs the program and interrupts it after a while; never if that is negative. It gives how long after that the search ended, negative
// if none did, and the process.
func plan(binary, region, out string, limit, press time.Duration) (ended, gone time.Duration, err error) {
	cmd := exec.Command(binary, "plan", region, "--week", "2026-W49", "--as-of", "2026-11-26T12:00", "--time", limit.String(), "--out", out, "--progress", "plain") //nolint:gosec,noctx // the program that was named; only a signal ends it
	told, err := cmd.StderrPipe()
	if err != nil {
		return 0, 0, err
	}
	if err := cmd.Start(); err != nil {
		return 0, 0, err
	}
	pressed := make(chan time.Time, 1)
	if press >= 0 {
		timer := time.AfterFunc(press, func() {
			pressed <- time.Now()
			_ = cmd.Process.Signal(os.Interrupt)
		})
		defer timer.Stop()
	}
	over, last := seen(told)
	err = cmd.Wait()
	at := time.Now()
	if e, ok := errors.AsType[*exec.ExitError](err); ok && press >= 0 && e.ExitCode() == 130 {
		err = nil
	}
	if err != nil {
		return 0, 0, fmt.Errorf("plan: %w: %s", err, last)
	}
	select {
	case p := <-pressed:
		if over.Before(p) { // also if it never was
			return -1, at.Sub(p), nil
		}
		return over.Sub(p), at.Sub(p), nil
	default:
		return -1, 0, nil
	}
}

// seen reads what the program tells, and gives when its search ended, if it did, and the last line.
func seen(told io.Reader) (over time.Time, last string) {
	for lines := bufio.NewScanner(told); lines.Scan(); {
		if last = lines.Text(); strings.HasPrefix(last, searched) && over.IsZero() {
			over = time.Now()
		}
	}
	return over, last
}

// told gives the middle, the highest of a hundred and the longest of some times.
func told(all []time.Duration) string {
	if len(all) == 0 {
		return "no time known"
	}
	slices.Sort(all)
	at := func(percent int) time.Duration {
		return all[min(len(all)-1, len(all)*percent/100)].Round(time.Millisecond)
	}
	return fmt.Sprintf("%v (p99 %v, longest %v)", at(50), at(99), at(100))
}
