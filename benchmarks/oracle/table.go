package main

import (
	"fmt"
	"io"
	"math"

	"github.com/communitypayback/payback/benchmarks/oracle/beside"
)

// table prints one line a week, values in points, and the losses of those whose optimum is proved.
type table struct {
	out    io.Writer
	weeks  int
	proved int
	equal  int
	sum    float64
	worst  float64
}

func (t *table) head() {
	fmt.Fprintf(t.out, "%4s  %-12s %8s  %-8s %12s %12s %8s %9s %8s\n", "seed", "profile", "sessions", "optimum", "linear", "ours", "loss %", "linear s", "ours s")
}

func (t *table) row(c *beside.Pair) {
	word := "proved"
	if !c.Linear.Proved {
		word = "bound"
	}
	fmt.Fprintf(t.out, "%4d  %-12s %8d  %-8s %12.3f %12.3f %8.3f %9.1f %8.1f", c.Week.Seed, c.Week.Profile, c.Sessions, word,
		points(c.Linear.Bound), points(c.Ours.Score.Value()), 100*c.Loss(), c.Linear.Time.Seconds(), c.OurTime.Seconds())
	if !c.Linear.Proved {
		if c.Linear.State != nil {
			fmt.Fprintf(t.out, "  its roster %.3f, gap %.3f %%", points(c.Linear.Value), 100*float64(c.Linear.Bound-c.Linear.Value)/math.Abs(float64(c.Linear.Bound)))
		} else {
			fmt.Fprint(t.out, "  no roster")
		}
	}
	if c.Held != nil {
		fmt.Fprintf(t.out, "  with our staff %.3f", points(c.Held.Bound))
	}
	fmt.Fprintln(t.out)
	t.weeks++
	if c.Linear.Proved {
		t.proved++
		t.sum += c.Loss()
		t.worst = max(t.worst, c.Loss())
		if c.Linear.Value == c.Ours.Score.Value() {
			t.equal++
		}
	}
}

func (t *table) foot() {
	if t.proved == 0 {
		fmt.Fprintln(t.out, "No optimum was proved.")
		return
	}
	fmt.Fprintf(t.out, "%d of %d weeks proved; ours is the optimum in %d of them; mean loss %.3f %%, worst %.3f %%.\n",
		t.proved, t.weeks, t.equal, 100*t.sum/float64(t.proved), 100*t.worst)
}

func points(millipoints int64) float64 { return float64(millipoints) / 1000 }
