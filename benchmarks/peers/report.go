package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/communitypayback/payback/benchmarks/machine"
)

// report writes what was run as RESULTS.md, with a plot of each case beside it.
type report struct {
	runs   []Run
	limits []time.Duration
	note   string
	args   []string
}

// plots is the folder of the plots, beside RESULTS.md.
const plots = "results"

func (r *report) write(dir string) error {
	all := outcomes(r.runs)
	if err := os.MkdirAll(filepath.Join(dir, plots), 0o750); err != nil {
		return err
	}
	var text bytes.Buffer
	r.head(&text)
	r.summary(&text, all)
	for _, o := range all {
		r.section(&text, o)
		var picture bytes.Buffer
		o.plot(&picture, r.limits)
		if err := os.WriteFile(filepath.Join(dir, plots, o.String()+".svg"), picture.Bytes(), 0o600); err != nil {
			return err
		}
	}
	return os.WriteFile(filepath.Join(dir, "RESULTS.md"), text.Bytes(), 0o600)
}

func (r *report) head(w io.Writer) {
	fmt.Fprint(w, `# Side by side with other solvers

Written by `+"`go run ./benchmarks/peers`"+`; its package documentation says who is compared, what they are told and how their answers are
judged. Values are points: minutes of on-time work, less prices; more is better. Every value is of a roster that breaks no rule,
judged in words by `+"`solver.Check`"+` with the whole catalogue, exact trips included. In bold: the best at that limit. A star: the
roster broke rules and was mended; those who broke them were taken out, cheapest first, and put where they fit best.

Read with care: the others are told ways by minibus by estimate, because exact trips have no form that they can read, and lose
where a trip turns out otherwise. A second table of each case measures all in just the week that they were told, our search of it
among them, by the engine's own count, for the words know no estimates. All start from this program's first roster; CP-SAT and
HiGHS state chances nearly until they have proved an optimum, and exactly after that. A bound is of that week too. This program
is run once for each limit, because it paces itself by the time it is given; the others make one run whose answers are read off.
Their clocks start when they have read their model, ours before it compiles.

`)
	if r.note != "" {
		fmt.Fprintf(w, "%s\n\n", r.note)
	}
	fmt.Fprintf(w, "- Machine: %s\n- Command: `go run ./benchmarks/peers %s`\n", machine.Text(), strings.Join(quoted(r.args), " "))
	for _, peer := range peerNames {
		if line := r.versionOf(peer); line != "" {
			fmt.Fprintf(w, "- %s: %s\n", peer, line)
		}
	}
	fmt.Fprintln(w)
}

// versionOf gives a solver's versions and settings, as its runs noted them.
func (r *report) versionOf(peer string) string {
	var all []string
	for i := range r.runs {
		x := &r.runs[i]
		line := x.Version + " (" + x.Settings + ")"
		if x.Peer == peer && x.Version != "" && !slices.Contains(all, line) {
			all = append(all, line)
		}
	}
	return strings.Join(all, "; ")
}

// summary tells by how much each solver is behind the best of all, over the cases.
func (r *report) summary(w io.Writer, all []*outcome) {
	fmt.Fprint(w, "## In short\n\nHow far behind the best roster of all at a limit, on average over the cases where it had one; in how many it was the best, and in\nhow many it had none.\n\nThe whole problem:\n\n")
	r.behindTable(w, all, exactly, oursEstimated)
	fmt.Fprint(w, "\nThe week that the others were told, with ways by minibus by estimate:\n\n")
	r.behindTable(w, all, byEstimate, "")
	fmt.Fprintln(w)
}

func (r *report) behindTable(w io.Writer, all []*outcome, of measure, but string) {
	fmt.Fprint(w, "| solver |")
	for _, l := range r.limits {
		fmt.Fprintf(w, " at %v |", l)
	}
	fmt.Fprint(w, "\n|---|")
	for range r.limits {
		fmt.Fprint(w, "---|")
	}
	fmt.Fprintln(w)
	for _, peer := range peerNames {
		if peer == but {
			continue
		}
		fmt.Fprintf(w, "| %s |", peer)
		for _, l := range r.limits {
			fmt.Fprintf(w, " %s |", behind(all, peer, l, of))
		}
		fmt.Fprintln(w)
	}
}

func behind(all []*outcome, peer string, limit time.Duration, of measure) string {
	var (
		sum                   float64
		had, best, none, runs int
	)
	for _, o := range all {
		if o.runOf(peer, limit.Seconds()) == nil {
			continue
		}
		runs++
		x, ok := o.read(peer, limit, of)
		if !ok {
			none++
			continue
		}
		had++
		top, _ := o.top(limit, of)
		if top == x.value {
			best++
		}
		if top != 0 {
			sum += 100 * float64(top-x.value) / float64(top)
		}
	}
	switch {
	case runs == 0:
		return "not run"
	case had == 0:
		return fmt.Sprintf("none in %d", runs)
	default:
		return fmt.Sprintf("%.2f %%, best in %d of %d, none in %d", sum/float64(had), best, runs, none)
	}
}

func (r *report) section(w io.Writer, o *outcome) {
	fmt.Fprintf(w, "## %d people, %s, seed %d\n\n", o.People, o.Profile, o.Seed)
	if len(o.runs) > 0 {
		fmt.Fprintf(w, "%s.\n\n", o.runs[0].Size)
	}
	o.writeTable(w, r.limits)
	fmt.Fprint(w, "\nThe same with ways by minibus by estimate:\n\n")
	o.writeEstimated(w, r.limits)
	fmt.Fprintln(w)
	for _, peer := range peerNames {
		x := o.longest(peer)
		if x == nil || pacesItself(peer) {
			continue
		}
		line := fmt.Sprintf("- %s: %d answers", peer, len(x.Answers))
		if n, rules := x.breaks(); n > 0 {
			line += fmt.Sprintf(", of which %d broke %s", n, strings.Join(rules, ", "))
		}
		fmt.Fprintf(w, "%s; %.1f s to state and read the model, not counted.\n", line, x.Ready)
	}
	fmt.Fprintf(w, "\n![Value against time](%s/%s.svg)\n\n", plots, o)
}

// quoted puts arguments with spaces into quotes.
func quoted(args []string) []string {
	out := make([]string, len(args))
	for i, a := range args {
		out[i] = a
		if strings.ContainsAny(a, " \t") {
			out[i] = fmt.Sprintf("%q", a)
		}
	}
	return out
}
