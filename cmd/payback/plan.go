package main

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/bound"
	"github.com/communitypayback/payback/solver/constraints"
)

// planCommand plans a week: of the record, which keeps the plan, or straight from a region's files into a folder.
type planCommand struct {
	Dir string `arg:"" optional:"" help:"A folder with a region's files, or a workbook (.xlsx). Left out: the record is planned."`
	regionFlags
	recordFlags
	searchFlags
	Out  string `placeholder:"FOLDER" help:"Where a plan made from files is written: a new folder, or that of an earlier plan."`
	From string `placeholder:"PLAN" help:"A plan of the record to begin at. Left out: what is published."`
	priceFlags
}

// searchFlags say how long and with what a plan is searched for.
type searchFlags struct {
	Time    time.Duration `default:"60s" placeholder:"60s" help:"How long the plan may take in all."`
	Seed    uint64        `default:"1" placeholder:"1" help:"Another seed, another plan of about the same value."`
	Workers int           `default:"2" placeholder:"2" help:"How many processors to use; the plan does not depend on it."`
	Rounds  int           `placeholder:"N" help:"Plan this many rounds of work instead of as many as the time allows: the same plan on any machine."`
	CutAt   string        `placeholder:"CUT" help:"Stop where a plan was cut, to repeat it: what plan.json has as cut, together with its rounds_planned as --rounds."`

	BoundFrom string `placeholder:"FOLDER" help:"A plan made from files with whose few prices the bound begins, as of last week: it falls sooner. With --cut-at, the plan that is repeated or the one it began with. Plans of the record do so by themselves."`
}

// Run plans.
func (c *planCommand) Run(ctx context.Context, m *Main) error {
	switch {
	case c.Dir == "" && c.Out != "":
		return model.Errorf(model.CodeUsage, "--out is for a plan made from files: give their folder too. To get the files of a plan of the record: payback export roster PLAN --out %s", quoted(c.Out))
	case c.Dir == "":
		return c.onRecord(ctx, m)
	case c.Out == "":
		return model.Errorf(model.CodeUsage, "Where should the plan go? Give a folder, as in --out w49.")
	case c.From != "":
		return model.Errorf(model.CodeUsage, "--from names a plan of the record, and files are planned here. Leave out one of the two.")
	}
	out, err := m.newFolder("--out", c.Out, planName, planNames)
	if err != nil {
		return err
	}
	defer out.drop()
	began := m.Now()
	r, err := solver.Unless(ctx, func() (*region, error) { return c.load(m, c.Dir, defaults{}) })
	if err != nil {
		return err
	}
	m.tellFindings(r.found)
	asked, err := c.priced(r)
	if err != nil {
		return err
	}
	p, res, err := c.search(ctx, m, r, began, c.Policy, filepath.Clean(c.Out)+"-"+reportsName)
	if err != nil {
		return err
	}
	if err := p.measure(r, res, asked); err != nil {
		return err
	}
	p.Lacking = lackingOf(res.Lacking())
	if err := writePlan(out.temp, p, r, res); err != nil {
		return fmt.Errorf("write the plan: %w", err)
	}
	if err := out.keep(); err != nil {
		return fmt.Errorf("put the plan in its place: %w", err)
	}
	m.progress.stop()
	if err := m.summarise(c.Out, p, r, res); err != nil {
		return err
	}
	m.hint("It ended after %s of work because %s.", count(res.Rounds, "round"), res.Why)
	m.next(
		fmt.Sprintf("show %s", quoted(c.Out)),
		fmt.Sprintf("check %s --roster %s", quoted(c.Dir), quoted(c.Out)),
	)
	if res.Interrupted {
		fmt.Fprintf(m.Stderr, "Interrupted: the best plan so far is in %s.\n", c.Out)
		return ended(exitInterrupted)
	}
	return nil
}

// search plans the week of a region, in what is left of the time since the command began. Reports of faults go into a folder of their
// own.
func (f *searchFlags) search(ctx context.Context, m *Main, r *region, since time.Time, policyName, reports string) (planFile, *scheduler.PlanResult, error) {
	limit := max(f.Time-m.Now().Sub(since), time.Millisecond)
	if f.Rounds > 0 || f.CutAt != "" {
		limit = 0 // work decides, not the clock
	}
	var cut *solver.CutPoint
	if f.CutAt != "" {
		at, err := solver.ParseCutPoint(f.CutAt)
		if err != nil {
			return planFile{}, nil, err
		}
		cut = &at
	}
	var began *bound.FewPrices
	if f.BoundFrom != "" {
		var err error
		if began, err = readFew(f.BoundFrom, cut); err != nil {
			return planFile{}, nil, err
		}
	}
	workable := 0
	for i := range r.sn.People {
		if r.sn.People[i].Current(r.week) != nil {
			workable++
		}
	}
	m.progress.step(fmt.Sprintf("Planning week %v", r.week), limit, workable)
	search := m.Search
	if search == nil {
		search = scheduler.Plan
	}
	res, err := m.kept(search, reports, newCounters(reports)).Search(ctx, scheduler.PlanRequest{
		Snapshot: r.sn, Constraints: constraints.All, Seed: f.Seed, Workers: f.Workers, Rounds: f.Rounds, CutAt: cut,
		Warm: began, Lacking: true, Time: limit, OnProgress: m.progress.update, Now: m.Now,
		OnSearched: func() { m.progress.step("Judging the plan", 0, 0) },
	})
	if err != nil {
		return planFile{}, nil, err
	}
	s := scheduler.Summarise(r.sn, res.Roster, res.Violations, constraints.All)
	p := newPlanFile(r, policyName, f.Seed, res, s)
	p.began = began
	return p, res, nil
}

// tellFindings says what freezing found, in short unless more is wanted.
func (m *Main) tellFindings(found []scheduler.Finding) {
	if len(found) == 0 {
		return
	}
	if !m.cli.Verbose {
		m.hint("%s worth knowing about this week; -v shows them.", count(len(found), "thing"))
		return
	}
	for _, f := range found {
		m.hint("%s", f.Text)
	}
}

// next suggests commands.
func (m *Main) next(commands ...string) {
	for i, c := range commands {
		lead := "      "
		if i == 0 {
			lead = "Next: "
		}
		m.hint("%s%s %s", lead, m.Program, c)
	}
}

// base gives the last part of a path, to name a plan by.
func base(path string) string { return filepath.Base(filepath.Clean(path)) }
