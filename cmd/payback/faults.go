package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/scheduler/faults"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

// reportsName is the folder of reports beside the record.
const reportsName = "faults"

// reports gives the folder of reports beside the record.
func (f *recordFlags) reports(m *Main) string { return filepath.Join(f.folder(m), reportsName) }

// kept makes searches with a report of every fault in a folder, and tells of it.
func (m *Main) kept(search scheduler.Search, folder string, c *counters) *faults.Keeper {
	return &faults.Keeper{
		Make: search, Folder: folder, Program: thisVersion().Version, Now: m.Now, Ended: c.ended,
		Kept: func(f *scheduler.FaultError, at string, err error) {
			c.found(f)
			m.tellFault(f, at, err)
		},
	}
}

// tellFault says that a search found a fault of the program, and where its report is.
func (m *Main) tellFault(f *scheduler.FaultError, at string, err error) {
	m.progress.stop()
	where := "Its report, which names nobody, is in " + at + ". Send that folder to the team that looks after payback; it is still about people, so keep it safe."
	switch {
	case err != nil:
		where = "It could not be reported: " + err.Error() + "."
	case at == "":
		where = "There are enough reports already; send them to the team that looks after payback, and remove them."
	}
	fmt.Fprintf(m.Stderr, "The program found a fault in itself (%s). %s\n", f.Kind, where)
}

// faultsCommand is about faults of the program that searches found in themselves.
type faultsCommand struct {
	Replay faultsReplay `cmd:"" help:"Make the search of a report again, and say whether its fault is still there."`
}

// faultsReplay makes the search of a report again.
type faultsReplay struct {
	Dir      string `arg:"" help:"The folder of the report."`
	Workers  int    `default:"2" placeholder:"2" help:"How many processors to use; the answer does not depend on it."`
	ExitCode bool   `help:"End with exit code 10 when the fault is still there."`
}

// replayed is what became of a fault.
type replayed struct {
	Kind   string                `json:"kind"`
	There  bool                  `json:"still_there"`
	Engine solver.Score          `json:"roster_by_the_engine"`
	Words  solver.Score          `json:"roster_by_the_words"`
	Rules  []solver.Disagreement `json:"rules"`
	Again  string                `json:"search,omitempty"` // what the search found again
	Ended  string                `json:"no_plan_because,omitempty"`
}

// Run makes the search again.
func (c *faultsReplay) Run(ctx context.Context, m *Main) error {
	report, err := faults.Read(c.Dir)
	if err != nil {
		return err
	}
	m.progress.step("Making the search of the report again", 0, 0)
	got, err := report.Replay(ctx, constraints.All, c.Workers)
	m.progress.stop()
	if err != nil {
		return err
	}
	out := replayed{Kind: string(report.Kind), There: got.There(), Engine: got.Engine, Words: got.Words, Rules: got.Rules}
	if got.Again != nil {
		out.Again = got.Again.Error()
	}
	if got.Ended != nil {
		out.Ended = got.Ended.Error()
	}
	err = writeOne(m, out, func(x replayed) error {
		_, err := fmt.Fprint(m.Stdout, x.words(report))
		return err
	})
	if err == nil && c.ExitCode && out.There {
		return ended(exitDifferent)
	}
	return err
}

// words tells what became of a fault.
func (x *replayed) words(r *faults.Report) string {
	var b strings.Builder
	say := func(format string, args ...any) {
		for _, line := range wrap(fmt.Sprintf(format, args...), tableWidth) {
			fmt.Fprintln(&b, line)
		}
	}
	say("Reported by payback %s: %s.", r.Program, r.Text)
	if x.Engine == x.Words {
		say("Engine and words agree about its roster now: %d cases, %d millipoints.", x.Words.Hard(), x.Words.Value())
	} else {
		say("Engine and words still disagree about its roster: %d and %d cases, %d and %d millipoints.", x.Engine.Hard(), x.Words.Hard(), x.Engine.Value(), x.Words.Value())
	}
	for _, d := range x.Rules {
		say("  %s alone: %d and %d cases, %d and %d millipoints", d.Rule, d.Engine.Hard(), d.Words.Hard(), d.Engine.Value(), d.Words.Value())
	}
	switch {
	case x.Again != "":
		say("The search found again: %s.", x.Again)
	case x.Ended != "":
		say("The search has no plan and no fault: %s", x.Ended)
	default:
		say("The search found nothing wrong.")
	}
	if x.There {
		say("The fault is still there.")
	} else {
		say("The fault is not there any more.")
	}
	return b.String()
}
