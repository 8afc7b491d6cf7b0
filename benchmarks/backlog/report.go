package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/communitypayback/payback/benchmarks/machine"
)

// plotName is the file of the plot, beside the results.
const plotName = "backlog.svg"

// write writes the report of the runs there are.
func (p *plan) write(w io.Writer, rows []outcome, fares []fare) error {
	var b bytes.Buffer
	p.writeHead(&b, rows)
	fmt.Fprintln(&b, "\n## In short")
	fmt.Fprintln(&b)
	p.writeShort(&b, rows)
	fmt.Fprintf(&b, "\n## The ways of planning\n\nOf %d seeds held out.\n\n", len(p.pick(rows, ours, policyOwn, false)))
	p.writeWays(&b, rows)
	fmt.Fprintln(&b)
	p.writePairs(&b, rows)
	fmt.Fprintf(&b, "\n## The frontier\n\nMeans of the first %d of the seeds held out, and of %d training seeds. A star: no other is at least as good in both. In the plot, dots are the plan with\nother constants of the value of work, triangles the other ways.\n\n", p.shared(rows, false), p.shared(rows, true))
	if p.results != "" {
		fmt.Fprintf(&b, "![Completed on time against the longest wait](%s)\n\n", filepath.ToSlash(filepath.Join("results", plotName)))
		var svg bytes.Buffer
		plot(&svg, fmt.Sprintf("%d people, a year: completed on time and longest wait", p.people), p.points(rows, false))
		if err := os.WriteFile(filepath.Join(filepath.Dir(p.results), plotName), svg.Bytes(), 0o644); err != nil { //nolint:gosec // results are for everybody
			return err
		}
	}
	p.writeFrontier(&b, rows)
	p.writeNights(&b, rows)
	writeFares(&b, p.people, fares)
	_, err := w.Write(b.Bytes())
	return err
}

func (p *plan) writeHead(w io.Writer, rows []outcome) {
	var seconds float64
	for i := range rows {
		seconds += rows[i].seconds
	}
	fmt.Fprintf(w, `# A year of backlog

Written by `+"`go run ./benchmarks/backlog`"+`; its package documentation says which ways are compared, and that of package play what happens in a
region. Figures are of made-up regions: they tell ways of planning apart, and foretell nothing of a real one. All rosters kept
every rule, as judged by the words; a run with one that did not would have no row.

- Machine: %s
- Command: `+"`go run ./benchmarks/backlog -people %d -weeks %d -rounds %d -seeds %d -training %d -frontier %d -results benchmarks/results/backlog.csv -women benchmarks/results/backlog-women.csv -report benchmarks/RESULTS-backlog.md`"+`
- %d runs, %.0f minutes in all on one core that was shared with others
`, machine.Text(), p.people, p.weeks, p.rounds, p.held, p.training, p.frontier, len(rows), seconds/60)
}

// writeShort says where the plan is better and where it is not.
func (p *plan) writeShort(w io.Writer, rows []outcome) {
	own := p.pick(rows, ours, policyOwn, false)
	for _, way := range ways[1:] {
		other := p.pick(rows, way, policyOwn, false)
		if len(own) == 0 || len(other) == 0 {
			continue
		}
		var better, worse, same []string
		for _, m := range measures[:6] {
			a, b := summed(own, m.of).mean, summed(other, m.of).mean
			text := fmt.Sprintf("%s %.1f against %.1f", m.name, a, b)
			switch {
			case a == b:
				same = append(same, text)
			case a > b == m.more:
				better = append(better, text)
			default:
				worse = append(worse, text)
			}
		}
		fmt.Fprintf(w, "- **%s**: the plan is better in %s", way, strings.Join(better, ", "))
		if len(worse) > 0 {
			fmt.Fprintf(w, "; worse in %s", strings.Join(worse, ", "))
		}
		if len(same) > 0 {
			fmt.Fprintf(w, "; equal in %s", strings.Join(same, ", "))
		}
		fmt.Fprintln(w, ".")
	}
	fmt.Fprintln(w, "\n[Why that is so, and what was tried](../docs/adr/0026-constants-from-years-played-forward.md). All ways keep the same limit of a chance of 5 % a\nsession that somebody is turned away; whoever fills more sessions up to it turns more people away in all.")
}

// writeNights compares planning again every night with planning once a week.
func (p *plan) writeNights(w io.Writer, rows []outcome) {
	var night *outcome
	for i := range rows {
		if o := &rows[i]; o.nightly && o.people == p.people && o.weeks == p.weeks && o.rounds == p.rounds {
			night = o
		}
	}
	if night == nil {
		return
	}
	fmt.Fprintf(w, "\n## Every night\n\nSeed %d planned once a week, and planned again every night as far as nothing is frozen. Changed: people, once each night, who had\nto be told of another week than they had been. Refused: plans that broke a rule with so few rounds of work; what people were told stayed.\n\n| | once a week | every night |\n|---|--:|--:|\n", night.seed)
	for _, o := range p.pick(rows, ours, policyOwn, false) {
		if o.seed != night.seed {
			continue
		}
		for _, m := range measures {
			fmt.Fprintf(w, "| %s | %.0f | %.0f |\n", m.name, m.of(o), m.of(night))
		}
		fmt.Fprintf(w, "| changed | %d | %d |\n| plans refused | %d | %d |\n", o.Changed, night.Changed, o.Refused, night.Refused)
	}
}
