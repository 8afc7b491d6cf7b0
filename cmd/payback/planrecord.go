package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
)

// draftLine is a plan of the record as results tell of it.
type draftLine struct {
	ID      string  `json:"plan"`
	Version int     `json:"version"`
	Region  string  `json:"region"`
	Week    string  `json:"week"`
	State   string  `json:"state"`
	Failure string  `json:"failure,omitempty"`
	Base    int     `json:"base_version"`
	Facts   int     `json:"data_version"`
	Policy  string  `json:"policy"`
	Input   string  `json:"input"`
	Seed    uint64  `json:"seed"`
	Rounds  int     `json:"rounds"`
	Planned int     `json:"rounds_planned"`
	Cut     string  `json:"cut,omitempty"` // where the search ended
	Edits   int     `json:"edits"`
	Who     string  `json:"who"`
	At      string  `json:"at"`
	MustFix int64   `json:"must_fix"`
	Figures figures `json:"figures"`

	Bound  *boundLine  `json:"bound,omitempty"`
	Prices []priceLine `json:"prices,omitempty"` // that were asked for in the place of the policy's

	Baseline int64 `json:"must_fix_of_fixed_parts"`
}

func draftOf(region string, d *scheduler.Draft) draftLine {
	s := &d.Summary
	return draftLine{
		ID: d.ID, Version: d.Version, Region: region, Week: d.Week.String(), State: string(d.State), Failure: d.Failure, Base: d.Base,
		Facts: d.Facts, Policy: d.Policy, Input: d.Snapshot.String(), Seed: d.Seed, Rounds: d.Rounds, Planned: d.Planned, Cut: d.Cut, Edits: d.Edits,
		Who: d.Who, At: d.At.UTC().Format("2006-01-02T15:04:05Z"), MustFix: s.Broken, Baseline: d.Baseline,
		Figures: figuresOf(s, 0), Prices: priceLines(d.Effects), Bound: boundOf(s.Value, d.Bound),
	}
}

// onRecord plans a week of the record and keeps the plan there.
func (c *planCommand) onRecord(ctx context.Context, m *Main) (err error) {
	if err := c.onlyFiles(); err != nil {
		return err
	}
	if c.CutAt != "" {
		return model.Errorf(model.CodeUsage, "--cut-at repeats a plan that was made from files. A plan of the record names what it was made from, and is not made again: plan its files to repeat one.")
	}
	if c.BoundFrom != "" {
		return model.Errorf(model.CodeUsage, "--bound-from names a plan that was made from files. The bound of a plan of the record begins with the few prices of the last one by itself; leave it out.")
	}
	d, r, err := c.openAt(ctx, m, &c.regionFlags)
	if err != nil {
		return err
	}
	defer d.closing(ctx, &err)
	d.Runs.Workers = c.Workers
	asked, err := c.request()
	if err != nil {
		return err
	}
	q := scheduler.RunRequest{Week: r.week, Seed: c.Seed, Time: c.Time, Rounds: c.Rounds, From: c.From, PriceRequest: asked}
	if c.Rounds > 0 {
		q.Time = 0
	}
	made, err := d.plan(ctx, m, q)
	if err != nil {
		return err
	}
	v, err := d.DraftView(context.WithoutCancel(ctx), d.who, d.region, made.ID)
	if err != nil {
		return err
	}
	if v.Roster == nil {
		return noRoster(&v.Draft)
	}
	if err := d.summarise(m, v); err != nil {
		return err
	}
	m.hint("It ended after %s of work because %s.", count(v.Rounds, "round"), v.Why)
	again := c.again() + weekFlag(r.week)
	m.next("diff "+v.ID+again, "publish "+v.ID+again)
	if v.State == scheduler.Stopped && ctx.Err() != nil {
		fmt.Fprintf(m.Stderr, "Interrupted: the best plan so far is %s.\n", v.ID)
		return ended(exitInterrupted)
	}
	return nil
}

func weekFlag(w model.Week) string { return " --week " + w.String() }

// plan asks for a plan and waits for it. When the context ends, the best so far is kept.
func (d *desk) plan(ctx context.Context, m *Main, q scheduler.RunRequest) (scheduler.Draft, error) {
	m.progress.step(fmt.Sprintf("Freezing week %v", q.Week), 0, 0)
	made, err := d.CreatePlan(ctx, d.who, d.region, q, m.command(""))
	if err != nil {
		return made, err
	}
	workable := 0
	if sn, _, err := d.Snapshot(ctx, d.who, d.region, q.Week); err == nil {
		for i := range sn.People {
			if sn.People[i].Current(q.Week) != nil {
				workable++
			}
		}
	}
	m.progress.step(fmt.Sprintf("Planning week %v", q.Week), q.Time, workable)
	defer m.progress.stop()
	err = d.WatchPlan(ctx, d.who, d.region, made.ID, 0, func(e scheduler.RunEvent) error {
		if e.Phase == "searching" {
			m.progress.update(solver.Progress{Rounds: e.Rounds, Planned: e.Planned, Placed: e.Placed, Open: e.Open,
				Score: solver.Score{solver.Hard: e.MustFix, solver.Soft: -e.Value}})
		}
		return nil
	})
	if err != nil && ctx.Err() == nil {
		return made, err
	}
	quiet := context.WithoutCancel(ctx)
	if ctx.Err() != nil { // Ctrl-C: keep the best so far
		return d.StopPlan(quiet, d.who, d.region, made.ID)
	}
	return d.Draft(quiet, d.who, d.region, made.ID)
}

// summarise prints the end of a plan.
func (d *desk) summarise(m *Main, v *scheduler.DraftView) error {
	return writeOne(m, draftOf(d.region, &v.Draft), func(x draftLine) error {
		var b strings.Builder
		f := x.Figures
		from := "nothing published before"
		if x.Base > 0 {
			from = fmt.Sprintf("based on version %d", x.Base)
		}
		fmt.Fprintf(&b, "Plan %s  week %s  %s  seed %d  input %s\n", x.ID, x.Week, from, x.Seed, x.Input[:6])
		fmt.Fprintf(&b, "  %s of %s people placed   %s person-days   %s hours offered   %s expected   %s must-fix\n",
			thousands(f.People), thousands(f.Workable), thousands(f.PersonDays), wholeHours(f.OfferedMinutes), wholeHours(f.ExpectedMinutes),
			thousands(len(v.Judgement.MustFix)))
		fmt.Fprintf(&b, "  %s sessions   %s of %s places used   %s duties   %s trips   %s on-time points\n",
			thousands(f.Sessions), thousands(f.Used), thousands(f.Places), thousands(f.Duties), thousands(f.Trips), thousands(f.OnTimePoints))
		fmt.Fprintf(&b, "  %s\n", f.onTheRoad())
		fmt.Fprintf(&b, "  %s\n", atTheDoor(f.TurnedAway, f.Together))
		tellBound(&b, x.Bound, v.Summary.Value)
		if until := v.Snapshot.FrozenUntil; until > v.Snapshot.Calendar.Instant(v.Week.Monday(), 0) {
			at, clock := v.Snapshot.Calendar.Local(until)
			fmt.Fprintf(&b, "  Frozen until %s %s: nothing before that was added, moved or removed\n", day(at), clock)
		}
		if v.Snapshot.Published != nil {
			fmt.Fprintf(&b, "  %s\n", changes(scheduler.Diff(v.Snapshot.Published, v.Roster)))
		}
		for _, line := range wrap(notPlaced(v.Unplaced), tableWidth-2) {
			fmt.Fprintf(&b, "  %s\n", line)
		}
		tellPrices(&b, x.Prices)
		_, err := fmt.Fprint(m.Stdout, b.String())
		return err
	})
}
