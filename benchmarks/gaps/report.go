package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/communitypayback/payback/benchmarks/machine"
)

// find gives the result of a job; nil: it was not run.
func find(all []result, j job) *result {
	for i := range all {
		if all[i].job == j {
			return &all[i]
		}
	}
	return nil
}

// spread is a mean and the range around it.
type spread struct {
	n              int
	sum, low, high float64
}

func (s *spread) add(v float64) {
	if s.n == 0 || v < s.low {
		s.low = v
	}
	if s.n == 0 || v > s.high {
		s.high = v
	}
	s.n, s.sum = s.n+1, s.sum+v
}

func (s *spread) mean() float64 { return s.sum / float64(max(1, s.n)) }

// line says what came of one size within one time.
type line struct {
	people                int
	limit                 float64
	first, gap, days, use spread
	wanted                float64
	firstWanted           float64
}

// lines sums up all results, by target and time.
func lines(all []result) (out []line) {
	for _, t := range targets {
		for _, w := range []struct{ limit, gap float64 }{{t.short, t.gap}, {t.long, t.aim}} {
			l := line{people: t.people, limit: w.limit, wanted: w.gap, firstWanted: t.first}
			for i := range all {
				if r := &all[i]; r.People == t.people && r.Limit == w.limit {
					l.first.add(r.First)
					l.gap.add(r.gap())
					l.days.add(float64(r.Tenths) / 10)
					l.use.add(r.Took)
				}
			}
			if l.gap.n > 0 {
				out = append(out, l)
			}
		}
	}
	return out
}

// parts says whose the gap of the short runs of a size is, as far as their longer runs tell.
type parts struct {
	people             int
	gap, search, bound spread
}

func partsOf(all []result) (out []parts) {
	for _, t := range targets {
		x := parts{people: t.people}
		for i := range all {
			short := &all[i]
			if short.People != t.people || short.Limit != t.short {
				continue
			}
			long := find(all, job{short.People, short.Seed, t.long})
			if long == nil {
				continue
			}
			whole := float64(short.Bound)
			x.gap.add(short.gap())
			x.search.add(float64(max(0, long.Value-short.Value)) / whole)
			x.bound.add(float64(max(0, short.Bound-long.Bound)) / whole)
		}
		if x.gap.n > 0 {
			out = append(out, x)
		}
	}
	return out
}

// write writes the report.
func write(out io.Writer, all []result, args []string, note string) error {
	w := &strings.Builder{}
	fmt.Fprintf(w, "# How far plans may be from the best there are\n\nWritten by `go run ./benchmarks/gaps`; its package documentation says what is measured.\n\n")
	if note != "" {
		fmt.Fprintf(w, "%s\n\n", note)
	}
	fmt.Fprintf(w, "- Machine: %s\n- Command: `go run ./benchmarks/gaps %s`\n\n", machine.Text(), strings.Join(quoted(args), " "))
	fmt.Fprint(w, "Means over the seeds, and the least and the most. A gap is certified: no roster is worth more than the bound by which it is counted.\n\n")
	fmt.Fprint(w, "| people | time | seeds | first legal roster | wanted | certified gap | wanted | in placements of 7 hours | whole run |\n|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n")
	for _, l := range lines(all) {
		fmt.Fprintf(w, "| %d | %g s | %d | %.3f s (%.3f-%.3f) | %g s | %.2f %% (%.2f-%.2f) | %.1f %% | %.1f (%.1f-%.1f) | %.2f s (%.2f-%.2f) |\n", l.people, l.limit, l.gap.n,
			l.first.mean(), l.first.low, l.first.high, l.firstWanted, 100*l.gap.mean(), 100*l.gap.low, 100*l.gap.high, 100*l.wanted,
			l.days.mean(), l.days.low, l.days.high, l.use.mean(), l.use.low, l.use.high)
	}
	if all := partsOf(all); len(all) > 0 {
		fmt.Fprint(w, "\nWhose the gap of the shorter runs is, as far as the longer ones tell, in per cent of the bound:\n\n| people | seeds | gap | search, at least | bound, at least | nobody knows |\n|--:|--:|--:|--:|--:|--:|\n")
		for _, x := range all {
			fmt.Fprintf(w, "| %d | %d | %.2f | %.2f | %.2f | %.2f |\n", x.people, x.gap.n, 100*x.gap.mean(), 100*x.search.mean(), 100*x.bound.mean(),
				100*(x.gap.mean()-x.search.mean()-x.bound.mean()))
		}
	}
	_, err := io.WriteString(out, w.String())
	return err
}

// quoted puts words with spaces into quotes.
func quoted(args []string) (out []string) {
	for _, a := range args {
		if strings.Contains(a, " ") {
			a = fmt.Sprintf("%q", a)
		}
		out = append(out, a)
	}
	return out
}
