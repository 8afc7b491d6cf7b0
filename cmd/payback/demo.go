package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
)

// demoCommand makes a region up, plans its week and shows the result.
type demoCommand struct {
	People  int           `default:"4400" placeholder:"4400" help:"How many people on probation."`
	Seed    uint64        `default:"1" placeholder:"1" help:"Another seed, another region and plan."`
	Profile string        `default:"normal" placeholder:"NAME" help:"${profiles}"`
	Week    string        `placeholder:"2026-W49" help:"The week. Left out: next week."`
	Time    time.Duration `default:"20s" placeholder:"20s" help:"How long the search may take."`
	Workers int           `default:"2" placeholder:"2" help:"How many processors to use; the plan does not depend on it."`
	Rounds  int           `placeholder:"N" help:"Plan this many rounds of work instead of as many as the time allows."`
	Out     string        `default:"payback-demo" placeholder:"FOLDER" help:"Where everything is written: a new folder, or that of an earlier demo."`
}

// What a demo's folder holds.
const (
	demoMark   = "about-this-demo.txt"
	demoRegion = "region"
	demoPlan   = "plan"
	demoWeek   = "week.html"
)

// Run makes, plans and shows.
func (c *demoCommand) Run(ctx context.Context, m *Main) error {
	week, err := weekOrNext(m, c.Week)
	if err != nil {
		return err
	}
	out, err := m.newFolder("--out", c.Out, demoMark, []string{demoMark, demoRegion, demoPlan, demoWeek})
	if err != nil {
		return err
	}
	defer out.drop()
	files := filepath.Join(out.temp, demoRegion)
	maker := generateCommand{People: c.People, Seed: c.Seed, Profile: c.Profile}
	if _, err := maker.write(m, files, week); err != nil {
		return err
	}
	asOf, err := c.asOf(week)
	if err != nil {
		return err
	}
	from := regionFlags{Week: week.String(), AsOf: asOf, Policy: policy.Default}
	r, err := from.load(m, files, defaults{})
	if err != nil {
		return err
	}
	search := searchFlags{Time: c.Time, Seed: c.Seed, Workers: c.Workers, Rounds: c.Rounds}
	p, res, err := search.search(ctx, m, r, policy.Default)
	if err != nil {
		return err
	}
	if err := c.writeAll(out.temp, p, r, res); err != nil {
		return err
	}
	if err := out.keep(); err != nil {
		return fmt.Errorf("put the demo in its place: %w", err)
	}
	m.progress.stop()
	plan := filepath.Join(c.Out, demoPlan)
	if err := m.summarise(plan, p, r, res); err != nil {
		return err
	}
	if m.cli.Output == "table" {
		if err := demoTables(m, r.sn, res); err != nil {
			return err
		}
	}
	m.hint("The week to look at: %s", filepath.Join(c.Out, demoWeek))
	m.next(
		"show "+quoted(plan),
		"show "+quoted(plan)+" --by unplaced",
		"check "+quoted(filepath.Join(c.Out, demoRegion))+" --roster "+quoted(plan),
		"explain rule not-the-only-woman",
		fmt.Sprintf("plan %s --week %v --as-of %s --seed 2 --out plan-2", quoted(filepath.Join(c.Out, demoRegion)), week, asOf),
	)
	if res.Interrupted {
		fmt.Fprintf(m.Stderr, "Interrupted: the best plan so far is in %s.\n", plan)
		return ended(exitInterrupted)
	}
	return nil
}

// asOf gives the time at which the week is planned: the Thursday before it, so that all of it is still open.
func (c *demoCommand) asOf(week model.Week) (string, error) {
	profile, err := policy.Load(policy.Default)
	if err != nil {
		return "", err
	}
	calendar, err := scheduler.NewCalendar(profile.Zone, week.Monday(), week.Monday())
	if err != nil {
		return "", err
	}
	return written(calendar, thursday(calendar, week)), nil
}

func (c *demoCommand) writeAll(dir string, p planFile, r *region, res *scheduler.PlanResult) error {
	plan := filepath.Join(dir, demoPlan)
	if err := os.Mkdir(plan, 0o700); err != nil {
		return fmt.Errorf("write the demo: %w", err)
	}
	if err := writePlan(plan, p, r, res); err != nil {
		return err
	}
	if err := writeBoard(filepath.Join(dir, demoWeek), r.sn, res.Roster); err != nil {
		return err
	}
	text := "A region that was made up, and a plan of its week: no person here exists.\n"
	return os.WriteFile(filepath.Join(dir, demoMark), []byte(text), 0o600)
}

// demoTables prints the plan by day and by area.
func demoTables(m *Main, sn *model.Snapshot, res *scheduler.PlanResult) error {
	days := tallies(sn, res.Roster, func(k model.SessionKey) string { return k.Date.String() })
	areas := tallies(sn, res.Roster, func(k model.SessionKey) string {
		if s := sn.Session(k); s != nil {
			return s.Area
		}
		return ""
	})
	for i := range days {
		if d, err := model.ParseDate(days[i].of); err == nil {
			days[i].of = day(d)
		}
	}
	for _, x := range []struct {
		head string
		rows []tally
	}{{"day", days}, {"area", areas}} {
		fmt.Fprintln(m.Stdout)
		if err := writeTable(m, x.rows, tallyColumns(x.head)); err != nil {
			return err
		}
	}
	return nil
}

// tally counts what a part of a roster holds.
type tally struct {
	of                                                     string
	sessions, people, places, supervisors, minibuses, hour int
}

// tallies counts a roster's sessions by something about them, in its order.
func tallies(sn *model.Snapshot, r *model.Roster, of func(model.SessionKey) string) []tally {
	var all []tally
	for _, k := range r.Sessions() {
		name := of(k)
		i := slices.IndexFunc(all, func(t tally) bool { return t.of == name })
		if i < 0 {
			i = len(all)
			all = append(all, tally{of: name})
		}
		t := &all[i]
		t.sessions++
		booked := r.In(k)
		t.people += len(booked)
		for j := range booked {
			t.hour += int(booked[j].Minutes())
		}
		if at := sn.Project(k.Project); at != nil {
			t.places += int(scheduler.PlacesIn(sn, r, at, k))
		}
		t.supervisors += len(r.DutiesOf(k))
		t.minibuses += len(r.TripsOf(k))
	}
	slices.SortFunc(all, func(a, b tally) int { return strings.Compare(a.of, b.of) })
	return all
}

func tallyColumns(head string) []column[tally] {
	number := func(name string, of func(tally) int) column[tally] {
		return column[tally]{name: name, right: true, cell: func(t tally) string { return thousands(of(t)) }}
	}
	return []column[tally]{
		{name: head, cell: func(t tally) string { return t.of }},
		number("sessions", func(t tally) int { return t.sessions }),
		number("people", func(t tally) int { return t.people }),
		number("places", func(t tally) int { return t.places }),
		number("hours", func(t tally) int { return t.hour / 60 }),
		number("supervisors", func(t tally) int { return t.supervisors }),
		number("minibuses", func(t tally) int { return t.minibuses }),
	}
}
