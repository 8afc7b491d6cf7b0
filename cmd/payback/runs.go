package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
)

// runsCommand is about runs: searches for plans, and nights.
type runsCommand struct {
	List   runsListCommand   `cmd:"" default:"withargs" help:"List runs with what they were made of, the latest first."`
	Replay runsReplayCommand `cmd:"" help:"Make a search again from what its run says it was made of, and compare the bytes."`
}

// none is the digest of nothing.
var none model.Digest

type runsListCommand struct {
	auditFlags
	Limit int `default:"30" placeholder:"30" help:"At most so many, the latest first."`
}

// runLine is a run as it is listed.
type runLine struct {
	Run      string   `json:"run"`
	State    string   `json:"state"`
	Week     string   `json:"week"`
	Asked    string   `json:"asked"`
	Who      string   `json:"who"`
	Night    string   `json:"night"`
	Attempts int      `json:"attempts"`
	Input    string   `json:"input"`
	Start    string   `json:"start"`
	Warm     string   `json:"few_prices"`
	Policy   string   `json:"policy"`
	Seed     uint64   `json:"seed"`
	Rounds   int      `json:"rounds"`
	Planned  int      `json:"rounds_planned"`
	Deltas   int64    `json:"deltas"`
	Cut      string   `json:"cut"`
	Seconds  float64  `json:"seconds"`
	Placed   int      `json:"people_placed"`
	MustFix  int64    `json:"must_fix"`
	Value    int64    `json:"value_millipoints"`
	Result   string   `json:"result"`
	Bundle   string   `json:"bundle"`
	Failure  string   `json:"failure"`
	Errors   []string `json:"errors"`

	when string
}

func runLineOf(x scheduler.Run) runLine {
	l := runLine{Run: x.Name, State: string(x.State), Asked: x.Asked.UTC().Format("2006-01-02T15:04:05Z"), Who: x.Who, Night: strings.TrimPrefix(x.Work.Night, "night/"),
		Attempts: x.Attempts, Policy: x.Work.Policy, Seed: x.Work.Seed, Rounds: x.Done.Rounds, Planned: x.Work.Rounds, Deltas: x.Done.Deltas,
		Seconds: x.Done.Took.Round(time.Millisecond).Seconds(), Placed: x.Done.Placed, MustFix: x.Done.Broken, Value: x.Done.Value, Failure: x.Failure,
		Errors: texts(x.Errors), when: clockOf(x.Asked, policy.Default)}
	if x.Work.Week.Year != 0 {
		l.Week = x.Work.Week.String()
	}
	if x.State == scheduler.RunMade {
		l.Planned, l.Cut = x.Done.Planned, x.Done.Cut.String()
	}
	for _, d := range []struct {
		to   *string
		from fmt.Stringer
		none bool
	}{
		{&l.Input, x.Work.Snapshot, x.Work.Snapshot == none}, {&l.Start, x.Work.Start, x.Work.Start == none}, {&l.Warm, x.Work.Warm, x.Work.Warm == none},
		{&l.Result, x.Done.Roster, x.Done.Roster == none}, {&l.Bundle, x.Bundle, x.Bundle == none},
	} {
		if !d.none {
			*d.to = d.from.String()
		}
	}
	return l
}

// Run lists.
func (c *runsListCommand) Run(ctx context.Context, m *Main) (err error) {
	d, err := c.desk(ctx, m)
	if err != nil {
		return err
	}
	defer d.closing(ctx, &err)
	all, err := d.RunHistory(ctx, d.who, d.region, c.Limit)
	if err != nil {
		return err
	}
	if len(all) == 0 && m.cli.Output == "table" {
		_, err := fmt.Fprintf(m.Stdout, "%s has had no run yet.\n", d.region)
		return err
	}
	return writeList(m, convert(all, runLineOf), runColumns)
}

// digits gives the first digits of a digest, for a table.
func digits(s string) string { return s[:min(6, len(s))] }

var runColumns = []column[runLine]{
	{name: "run", cell: func(r runLine) string { return r.Run }},
	{name: "state", cell: func(r runLine) string { return r.State }},
	{name: "week", cell: func(r runLine) string { return r.Week }},
	{name: "asked", cell: func(r runLine) string { return r.Asked }, table: func(r runLine) string { return r.when }},
	{name: "who", cell: func(r runLine) string { return r.Who }, hide: true},
	{name: "attempts", right: true, cell: func(r runLine) string { return fmt.Sprint(r.Attempts) }, hide: true},
	{name: "input", cell: func(r runLine) string { return r.Input }, table: func(r runLine) string { return digits(r.Input) }},
	{name: "seed", right: true, cell: func(r runLine) string { return fmt.Sprint(r.Seed) }},
	{name: "rounds", right: true, cell: func(r runLine) string { return fmt.Sprint(r.Rounds) }},
	{name: "seconds", right: true, cell: func(r runLine) string { return fmt.Sprint(r.Seconds) }, hide: true},
	{name: "cut", cell: func(r runLine) string { return r.Cut }, hide: true},
	{name: "result", cell: func(r runLine) string { return r.Result }, table: func(r runLine) string { return digits(r.Result) }},
	{name: "failure", cell: func(r runLine) string { return r.Failure }},
}

type runsReplayCommand struct {
	ID string `arg:"" help:"The run, which is the plan that came of it."`
	auditFlags
	Workers  int  `default:"2" placeholder:"2" help:"How many processors to use; the answer does not depend on it."`
	ExitCode bool `help:"End with exit code 10 when it gives something else."`
}

// replayedRun is the answer of runs replay.
type replayedRun struct {
	Run    string `json:"run"`
	Same   bool   `json:"same"`
	Bytes  int    `json:"bytes"`
	First  string `json:"result"`
	Again  string `json:"result_again"`
	Ended  string `json:"no_plan_because,omitempty"`
	Before string `json:"state"`
}

// Run makes the search again.
func (c *runsReplayCommand) Run(ctx context.Context, m *Main) (err error) {
	d, err := c.desk(ctx, m)
	if err != nil {
		return err
	}
	defer d.closing(ctx, &err)
	d.Runs.Workers = c.Workers
	m.progress.step("Making the search again", 0, 0)
	got, err := d.Replay(ctx, d.who, d.region, c.ID)
	m.progress.stop()
	if err != nil {
		return err
	}
	x := replayedRun{Run: c.ID, Same: got.Same, Bytes: got.Bytes, Ended: got.Ended, Before: string(got.Run.State)}
	if got.Run.Done.Roster != none {
		x.First = got.Run.Done.Roster.String()
	}
	if got.Roster != none {
		x.Again = got.Roster.String()
	}
	if err := writeOne(m, x, func(replayedRun) error {
		_, err := io.WriteString(m.Stdout, x.words())
		return err
	}); err != nil {
		return err
	}
	if c.ExitCode && !x.Same {
		return ended(exitDifferent)
	}
	return nil
}

func (x *replayedRun) words() string {
	switch {
	case x.Same && x.Ended != "":
		return fmt.Sprintf("Run %s was %s, and it has no answer again: %s.\n", x.Run, x.Before, x.Ended)
	case x.Same:
		return fmt.Sprintf("Run %s gives the same %s bytes again, %s.\n", x.Run, thousands(x.Bytes), digits(x.First))
	case x.Ended != "":
		return fmt.Sprintf("Run %s gave a roster and has no answer now: %s.\n", x.Run, x.Ended)
	case x.First == "":
		return fmt.Sprintf("Run %s was %s, and gives a roster now: %s.\n", x.Run, x.Before, digits(x.Again))
	default:
		return fmt.Sprintf("Run %s gives another roster now: %s, and %s before. The program has changed since, or the record.\n", x.Run, digits(x.Again), digits(x.First))
	}
}
