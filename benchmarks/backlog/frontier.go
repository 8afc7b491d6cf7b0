package main

import (
	"fmt"
	"io"
	"strings"
)

// point is a way of planning on the frontier.
type point struct {
	name           string
	why            string
	onTime, wait   float64
	turned, lost   float64
	waited         float64 // people, over 13 weeks
	seeds          int
	dominated, own bool
}

// shared gives how many seeds of a kind were played with all constants, from the first on: only these compare alike.
func (p *plan) shared(rows []outcome, training bool) int {
	most := p.frontier
	if training {
		most = p.training
	}
	for _, c := range frontier {
		most = min(most, len(p.pick(rows, ours, c.name, training)))
	}
	return most
}

// points gives what each way and each set of constants came to, of the first seeds of a kind.
func (p *plan) points(rows []outcome, training bool) (all []point) {
	most := p.shared(rows, training)
	add := func(name, why, way, constants string) {
		runs := p.pick(rows, way, constants, training)
		if runs = runs[:min(len(runs), most)]; len(runs) == 0 {
			return
		}
		x := point{name: name, why: why, seeds: len(runs), own: way == ours}
		x.onTime = summed(runs, measures[0].of).mean
		x.wait = summed(runs, measures[1].of).mean
		x.waited = summed(runs, measures[2].of).mean
		x.turned = summed(runs, measures[3].of).mean
		x.lost = summed(runs, measures[8].of).mean
		all = append(all, x)
	}
	for _, way := range ways[1:] {
		add(way, "", way, policyOwn)
	}
	add("payback, "+policyOwn, "the policy's own", ours, policyOwn)
	for _, c := range frontier {
		add("payback, "+c.name, c.why, ours, c.name)
	}
	for i := range all {
		for k := range all {
			a, b := &all[i], &all[k]
			if b.onTime >= a.onTime && b.wait <= a.wait && (b.onTime > a.onTime || b.wait < a.wait) {
				a.dominated = true
			}
		}
	}
	return all
}

// writeFrontier lists the points; a star marks those that no other beats in both.
func (p *plan) writeFrontier(w io.Writer, rows []outcome) {
	fmt.Fprintln(w, "| constants | on time, training | longest wait, training | on time, held out | longest wait, held out | waited over 13 weeks | turned away | hours lost at ends |\n|---|--:|--:|--:|--:|--:|--:|--:|")
	training, held := p.points(rows, true), p.points(rows, false)
	for i := range held {
		h := &held[i]
		star := ""
		if !h.dominated {
			star = " *"
		}
		fmt.Fprintf(w, "| %s%s |", h.name, star)
		found := false
		for k := range training {
			if t := &training[k]; t.name == h.name {
				fmt.Fprintf(w, " %.1f | %.1f |", t.onTime, t.wait)
				found = true
			}
		}
		if !found {
			fmt.Fprint(w, " | |")
		}
		fmt.Fprintf(w, " %.1f | %.1f | %.1f | %.1f | %.0f |\n", h.onTime, h.wait, h.waited, h.turned, h.lost)
	}
	fmt.Fprintln(w)
	for _, c := range frontier {
		var set []string
		for _, s := range c.set {
			set = append(set, fmt.Sprintf("%s %d", s.Clause, s.Value))
		}
		fmt.Fprintf(w, "- **%s**: %s (%s).\n", c.name, c.why, strings.Join(set, ", "))
	}
}
