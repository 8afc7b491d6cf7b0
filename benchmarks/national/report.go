package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/communitypayback/payback/benchmarks/machine"
)

// write writes the report of the nights there are, and the plots beside the results.
func (p *plan) write(w io.Writer, all []measured) error {
	var b bytes.Buffer
	p.head(&b)
	asked := p.nights()[0]
	for i := range all {
		if all[i].night == asked {
			writeNight(&b, &all[i])
		}
	}
	for i := range all {
		if m := &all[i]; m.night == asked && len(m.Asked) > 0 {
			writeAsked(&b, m)
		}
	}
	fixed := p.fixed(all)
	if len(fixed) > 0 {
		writeGrowth(&b, fixed, p)
	}
	if p.results != "" && len(fixed) > 0 {
		var svg bytes.Buffer
		drawGrowth(&svg, fixed)
		if err := os.WriteFile(filepath.Join(p.results, plotName), svg.Bytes(), 0o644); err != nil { //nolint:gosec // results are for everybody
			return err
		}
	}
	_, err := w.Write(b.Bytes())
	return err
}

// plotName is the file of the plot, among the results.
const plotName = "national.svg"

func (p *plan) head(w io.Writer) {
	fmt.Fprint(w, "# A country in a night\n\nWritten by `go run ./benchmarks/national`; its package documentation says what is measured. Regions are made up, each with a seed of its own.\nA gap is certified: no roster of the week whatever is better than the bound, which a certificate proves.\n\n")
	fmt.Fprintf(w, "- Machine: %s\n", machine.Text())
	fmt.Fprintf(w, "- Command: `go run ./benchmarks/national %s`\n", strings.Join(quoted(p.args), " "))
	if p.machine != "" {
		fmt.Fprintf(w, "- %s\n", p.machine)
	}
}

// quoted gives arguments as a shell takes them.
func quoted(args []string) []string {
	out := make([]string, len(args))
	for i, a := range args {
		if out[i] = a; a == "" || strings.ContainsAny(a, " \t") {
			out[i] = fmt.Sprintf("%q", a)
		}
	}
	return out
}

// writeNight tells of a night by the policy, a line a region.
func writeNight(w io.Writer, m *measured) {
	from := "from nothing"
	if m.Night > 1 {
		from = "from the plans of the night before, of which those of the coming week are published, while others ask"
	}
	fmt.Fprintf(w, "\n## Night %d, %s\n\n%d regions, %d processes, %d processors for each search: **%s in all**, %.0f s of processors, %d MB of memory at most",
		m.Night, from, m.Regions, m.Processes, m.Each, minutes(m.Wall), m.CPU, m.Memory)
	if m.Record > 0 {
		fmt.Fprintf(w, ", %d MB of record", m.Record>>10)
	}
	fmt.Fprint(w, ".\n\n| region | could work | s | weeks | placed | value, points | bound, points | gap | the same in days of seven hours | gaps of the other weeks |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|---|\n")
	people, worst := 0, int64(-1)
	for _, x := range m.Results {
		people += x.People
		fmt.Fprintf(w, "| %s | %d | %.0f | %d |", x.Name, x.People, x.Seconds, len(x.Weeks))
		var others []string
		for i, y := range x.Weeks {
			worst = max(worst, y.Gap)
			if i == 0 {
				fmt.Fprintf(w, " %d | %d | %d | %s | %s |", y.Placed, y.Value/1000, y.Bound/1000, percent(y.Gap), days(&y))
				continue
			}
			others = append(others, percent(y.Gap))
		}
		fmt.Fprintf(w, " %s |\n", strings.Join(others, ", "))
	}
	fmt.Fprintf(w, "\n%d people could work in the coming week; the largest gap of any week: %s.%s\n", people, percent(worst), wrong(m))
}

// wrong says what went wrong in a night.
func wrong(m *measured) string {
	broken, missing := int64(0), 0
	var failed []string
	for _, x := range m.Results {
		for _, y := range x.Weeks {
			broken += y.Broken
			if y.Gap < 0 {
				missing++
			}
			if y.Failure != "" {
				failed = append(failed, fmt.Sprintf(" %s, week %s: %s", x.Name, y.Week, y.Failure))
			}
		}
	}
	text := fmt.Sprintf(" Cases of rules that must hold in all plans: %d.", broken)
	if missing > 0 {
		text += fmt.Sprintf(" Of %d weeks no gap is known.", missing)
	}
	return text + strings.Join(failed, "")
}

func minutes(seconds float64) string {
	return fmt.Sprintf("%d:%02d min", int(seconds)/60, int(seconds)%60)
}

func percent(hundredths int64) string {
	if hundredths < 0 {
		return "not known"
	}
	return fmt.Sprintf("%d.%02d %%", hundredths/100, hundredths%100)
}

func days(y *week) string {
	if y.Bound == 0 {
		return "not known"
	}
	return fmt.Sprintf("%d.%d", y.Placements/10, y.Placements%10)
}

// writeAsked tells how long answers took while a night ran.
func writeAsked(w io.Writer, m *measured) {
	fmt.Fprint(w, "\n## Asked meanwhile\n\nBy another process on the same record, while night 2 had both processors; in milliseconds.\n\n| question | limit | asked | half within | 99 of 100 within | longest |\n|---|--:|--:|--:|--:|--:|\n")
	for _, a := range m.Asked {
		limit := "-"
		if a.Limit > 0 {
			limit = fmt.Sprintf("%.0f", a.Limit)
		}
		fmt.Fprintf(w, "| %s | %s | %d | %.1f | %.1f | %.1f |\n", a.Question, limit, a.Times, a.Middle, a.Most, a.Longest)
	}
}

// fixed picks the nights of fixed work that were asked for, by processes and regions.
func (p *plan) fixed(all []measured) (out []*measured) {
	for _, c := range p.nights()[1:] {
		if i := slices.IndexFunc(all, func(m measured) bool { return m.night == c }); i >= 0 {
			out = append(out, &all[i])
		}
	}
	return out
}

// writeGrowth tells how the time of fixed work grows.
func writeGrowth(w io.Writer, all []*measured, p *plan) {
	fmt.Fprintf(w, "\n## How the time grows\n\nNights of fixed work: regions of %d people, %d rounds of work a week, searches with one processor each.\n\n", p.scale, p.rounds)
	if p.results != "" {
		fmt.Fprintf(w, "![Time against regions](results/%s)\n\n", plotName)
	}
	fmt.Fprint(w, "| processes | regions | seconds | seconds a region | seconds of processors | memory, MB |\n|--:|--:|--:|--:|--:|--:|\n")
	for _, m := range all {
		fmt.Fprintf(w, "| %d | %d | %.1f | %.1f | %.1f | %d |\n", m.Processes, m.Regions, m.Wall, m.Wall/float64(m.Regions), m.CPU, m.Memory)
	}
}
