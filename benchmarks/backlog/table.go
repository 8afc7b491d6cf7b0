package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// measure is a column of the tables.
type measure struct {
	name string
	of   func(*outcome) float64
	more bool // more is better; else less is
}

// measures are what the ways are compared by.
var measures = []measure{
	{"on time", func(o *outcome) float64 { return float64(o.OnTime) }, true},
	{"longest wait, weeks", func(o *outcome) float64 { return float64(o.LongestWait) }, false},
	{"waited over 13 weeks", func(o *outcome) float64 { return float64(o.LongWaits) }, false},
	{"turned away", func(o *outcome) float64 { return float64(o.TurnedAway) }, false},
	{"of 1,000 who came", func(o *outcome) float64 {
		return 1000 * float64(o.TurnedAway) / float64(max(1, o.Attended+o.TurnedAway))
	}, false},
	{"stood down", func(o *outcome) float64 { return float64(o.StoodDown) }, false},
	{"told another time", func(o *outcome) float64 { return float64(o.Told) }, false},
	{"completed late", func(o *outcome) float64 { return float64(o.Late) }, true},
	{"hours lost at ends", func(o *outcome) float64 { return float64(o.LostMinutes) / 60 }, false},
	{"hours credited", func(o *outcome) float64 { return float64(o.CreditedMinutes) / 60 }, true},
	{"left at the end", func(o *outcome) float64 { return float64(o.Register) }, false},
	{"past target", func(o *outcome) float64 { return float64(o.PastTarget) }, false},
	{"first session in time", func(o *outcome) float64 { return float64(o.FirstInTime) }, true},
}

// isTraining reports whether a run is of a training seed.
func (o *outcome) isTraining() bool { return o.seed >= trainingFrom }

// pick gives the runs of a way with some constants, by week, by seed: of the training seeds or of those held out.
func (p *plan) pick(rows []outcome, way, constants string, training bool) []*outcome {
	var out []*outcome
	for i := range rows {
		o := &rows[i]
		if o.way == way && o.constants == constants && o.isTraining() == training && !o.nightly && o.people == p.people && o.weeks == p.weeks &&
			(o.way != ours || o.rounds == p.rounds) {
			out = append(out, o)
		}
	}
	slices.SortFunc(out, func(a, b *outcome) int { return int(a.seed) - int(b.seed) }) //nolint:gosec // seeds are small
	return out
}

// summary is a mean with its range.
type summary struct{ mean, least, most float64 }

func summed(rows []*outcome, of func(*outcome) float64) (s summary) {
	for i, o := range rows {
		v := of(o)
		if i == 0 || v < s.least {
			s.least = v
		}
		if i == 0 || v > s.most {
			s.most = v
		}
		s.mean += v / float64(len(rows))
	}
	return s
}

func (s summary) String() string { return fmt.Sprintf("%.1f (%.0f to %.0f)", s.mean, s.least, s.most) }

// writeWays compares the ways on the seeds held out.
func (p *plan) writeWays(w io.Writer, rows []outcome) {
	fmt.Fprintf(w, "| a year of %d people, mean (range) | %s |\n|---|%s\n", p.people, strings.Join(ways, " | "), strings.Repeat("--:|", len(ways)))
	for _, m := range measures {
		fmt.Fprintf(w, "| %s |", m.name)
		for _, way := range ways {
			fmt.Fprintf(w, " %v |", summed(p.pick(rows, way, policyOwn, false), m.of))
		}
		fmt.Fprintln(w)
	}
}

// writePairs tells on how many seeds the plan does better than each other way, and by how much.
func (p *plan) writePairs(w io.Writer, rows []outcome) {
	fmt.Fprintf(w, "| the plan less the other, mean (range); better in | %s |\n|---|%s\n", strings.Join(ways[1:], " | "), strings.Repeat("--:|", len(ways)-1))
	own := p.pick(rows, ours, policyOwn, false)
	for _, m := range measures {
		fmt.Fprintf(w, "| %s |", m.name)
		for _, way := range ways[1:] {
			other := p.pick(rows, way, policyOwn, false)
			n := min(len(own), len(other))
			pairs := make([]*outcome, 0, n)
			better, equal := 0, 0
			diff := map[*outcome]float64{} // looked up only
			for i := range n {
				d := m.of(own[i]) - m.of(other[i])
				pairs = append(pairs, own[i])
				diff[own[i]] = d
				switch {
				case d == 0:
					equal++
				case d > 0 == m.more:
					better++
				}
			}
			s := summed(pairs, func(o *outcome) float64 { return diff[o] })
			fmt.Fprintf(w, " %+.1f (%+.0f to %+.0f); %d of %d", s.mean, s.least, s.most, better, n)
			if equal > 0 {
				fmt.Fprintf(w, ", equal in %d", equal)
			}
			fmt.Fprint(w, " |")
		}
		fmt.Fprintln(w)
	}
}
