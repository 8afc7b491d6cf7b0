package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/communitypayback/payback/benchmarks/instance"
)

// outcome is all that was run of one case, the last run where there are several of the same.
type outcome struct {
	Case
	runs []*Run
}

// outcomes sorts runs by case: the first profile by size, then the others.
func outcomes(runs []Run) []*outcome {
	var all []*outcome
	for i := range runs {
		r := &runs[i]
		at := slices.IndexFunc(all, func(o *outcome) bool { return o.Case == r.Case })
		if at < 0 {
			at = len(all)
			all = append(all, &outcome{Case: r.Case})
		}
		o := all[at]
		o.runs = append(slices.DeleteFunc(o.runs, func(x *Run) bool { return x.Peer == r.Peer && x.Limit == r.Limit }), r)
	}
	order := map[string]int{} // looked up only
	for i, p := range instance.Profiles() {
		order[p.Name] = i
	}
	slices.SortFunc(all, func(a, b *outcome) int {
		return cmp.Or(cmp.Compare(order[a.Profile], order[b.Profile]), cmp.Compare(a.People, b.People), cmp.Compare(a.Seed, b.Seed))
	})
	return all
}

// runOf gives the run that answers for a solver at a limit. Ours paces itself by its limit, so that the run of just that limit
// answers, or else the next longer one; of the others the longest does.
func (o *outcome) runOf(peer string, limit float64) *Run {
	var found *Run
	for _, r := range o.runs {
		if r.Peer != peer || r.Limit < limit {
			continue
		}
		if found == nil || pacesItself(peer) && r.Limit < found.Limit || !pacesItself(peer) && r.Limit > found.Limit {
			found = r
		}
	}
	return found
}

// read gives the best legal roster that a solver had by a limit; false: it had none, or was not run so long.
func (o *outcome) read(peer string, limit time.Duration, of measure) (reading, bool) {
	r := o.runOf(peer, limit.Seconds())
	if r == nil {
		return reading{}, false
	}
	return r.best(limit.Seconds(), of)
}

// top gives the greatest value that anybody had by a limit.
func (o *outcome) top(limit time.Duration, of measure) (best int64, found bool) {
	for _, peer := range peerNames {
		if x, ok := o.read(peer, limit, of); ok && (!found || x.value > best) {
			best, found = x.value, true
		}
	}
	return best, found
}

// bound gives the least bound that any run proved.
func (o *outcome) bound() *int64 {
	var least *int64
	for _, r := range o.runs {
		if r.Bound != nil && (least == nil || *r.Bound < *least) {
			least = r.Bound
		}
	}
	return least
}

// writeTable writes what everybody made of a case.
func (o *outcome) writeTable(w io.Writer, limits []time.Duration) {
	fmt.Fprint(w, "| solver |")
	for _, l := range limits {
		fmt.Fprintf(w, " at %v |", l)
	}
	fmt.Fprint(w, " first legal | appointments | memory | ended |\n|---|")
	for range limits {
		fmt.Fprint(w, "--:|")
	}
	fmt.Fprint(w, "--:|--:|--:|---|\n")
	for _, peer := range peerNames {
		longest := o.longest(peer)
		if longest == nil || peer == oursEstimated {
			continue
		}
		fmt.Fprintf(w, "| %s |", peer)
		for _, l := range limits {
			fmt.Fprintf(w, " %s |", o.cell(peer, l, exactly))
		}
		fmt.Fprintf(w, " %s | %s | %d MB | %s |\n", longest.firstLegal(), longest.appointments(), longest.MemoryMB, strings.ReplaceAll(longest.Ended, "|", "/"))
	}
	o.writeCertified(w)
}

// writeCertified says how good our roster of the longest limit is for certain.
func (o *outcome) writeCertified(w io.Writer) {
	r := o.longest(ours)
	if r == nil || r.Certified == nil {
		return
	}
	if x, ok := r.best(r.Limit, exactly); ok {
		fmt.Fprintf(w, "\nNo roster of the week is worth more than %.1f, certified by payback: its own is at most %.2f %% short of the best there is.\n",
			float64(*r.Certified)/1000, 100*float64(*r.Certified-x.value)/float64(*r.Certified))
	}
}

// writeEstimated writes the same for the week that the others were told, with bounds, which are of that week.
func (o *outcome) writeEstimated(w io.Writer, limits []time.Duration) {
	fmt.Fprint(w, "| solver |")
	for _, l := range limits {
		fmt.Fprintf(w, " at %v |", l)
	}
	fmt.Fprint(w, " bound | gap |\n|---|")
	for range limits {
		fmt.Fprint(w, "--:|")
	}
	fmt.Fprint(w, "--:|--:|\n")
	for _, peer := range peerNames {
		longest := o.longest(peer)
		if longest == nil {
			continue
		}
		fmt.Fprintf(w, "| %s |", peer)
		for _, l := range limits {
			fmt.Fprintf(w, " %s |", o.cell(peer, l, byEstimate))
		}
		bound, gap := o.boundCells(longest)
		fmt.Fprintf(w, " %s | %s |\n", bound, gap)
	}
}

func (o *outcome) longest(peer string) *Run {
	var found *Run
	for _, r := range o.runs {
		if r.Peer == peer && (found == nil || r.Limit > found.Limit) {
			found = r
		}
	}
	return found
}

// cell words a reading: in bold if nobody had a better one, with a star if it was mended.
func (o *outcome) cell(peer string, limit time.Duration, of measure) string {
	r := o.runOf(peer, limit.Seconds())
	if r == nil {
		return "not run"
	}
	x, ok := r.best(limit.Seconds(), of)
	if !ok {
		return "none"
	}
	text := fmt.Sprintf("%.1f", float64(x.value)/1000)
	if x.mended {
		text += "*"
	}
	if top, _ := o.top(limit, of); top == x.value {
		text = "**" + text + "**"
	}
	return text
}

// boundCells word a run's own bound, and the gap of its best roster to the least bound of all.
func (o *outcome) boundCells(r *Run) (bound, gap string) {
	bound, gap = "-", "-"
	if r.Bound != nil {
		bound = fmt.Sprintf("%.1f", float64(*r.Bound)/1000)
	}
	x, ok := r.best(r.Limit, byEstimate)
	if least := o.bound(); least != nil && ok && *least > 0 {
		gap = fmt.Sprintf("%.2f %%", 100*float64(*least-x.value)/float64(*least))
	}
	return bound, gap
}

// firstLegal words when a run first had a roster that breaks no rule, mended or not.
func (r *Run) firstLegal() string {
	for i := range r.Answers {
		if _, _, legal := r.Answers[i].worth(); legal {
			return fmt.Sprintf("%.2f s", r.Answers[i].At)
		}
	}
	return "none"
}

// appointments words how many the last answer has.
func (r *Run) appointments() string {
	if n := len(r.Answers); n > 0 {
		return fmt.Sprint(r.Answers[n-1].Placed)
	}
	return "none"
}

// breaks counts a run's answers that break rules, and lists which.
func (r *Run) breaks() (answers int, rules []string) {
	for i := range r.Answers {
		if r.Answers[i].Broken == 0 {
			continue
		}
		answers++
		for rule := range r.Answers[i].Breaks {
			if !slices.Contains(rules, rule) {
				rules = append(rules, rule)
			}
		}
	}
	slices.Sort(rules)
	return answers, rules
}
