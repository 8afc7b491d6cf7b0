package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/communitypayback/payback/api/exchange"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
)

// demoCommand makes a region up, takes it into a record, plans and publishes its week, and serves it to a browser.
type demoCommand struct {
	People  int           `default:"4400" placeholder:"4400" help:"How many people on probation."`
	Seed    uint64        `default:"1" placeholder:"1" help:"Another seed, another region and plan."`
	Profile string        `default:"normal" placeholder:"NAME" help:"${profiles}"`
	Week    string        `placeholder:"2026-W49" help:"The week. Left out: next week."`
	Time    time.Duration `default:"20s" placeholder:"20s" help:"How long the search may take."`
	Workers int           `default:"2" placeholder:"2" help:"How many processors to use; the plan does not depend on it."`
	Rounds  int           `placeholder:"N" help:"Plan this many rounds of work instead of as many as the time allows."`
	Out     string        `default:"payback-demo" placeholder:"FOLDER" help:"Where everything is written: a new folder, or that of an earlier demo."`
	Port    int           `default:"8080" placeholder:"8080" help:"The port that pages are served at; another if it is taken."`
	NoServe bool          `help:"End when the week is published, and serve nothing."`
}

// What a demo's folder holds.
const (
	demoMark   = "about-this-demo.txt"
	demoRegion = "region"
	demoData   = "data"
)

// Run makes, plans, publishes and serves.
func (c *demoCommand) Run(ctx context.Context, m *Main) error {
	week, err := weekOrNext(m, c.Week)
	if err != nil {
		return err
	}
	out, err := m.newFolder("--out", c.Out, demoMark, []string{demoMark, demoRegion, demoData, "plan", "week.html"})
	if err != nil {
		return err
	}
	defer out.drop()
	files := filepath.Join(out.temp, demoRegion)
	maker := generateCommand{People: c.People, Seed: c.Seed, Profile: c.Profile}
	if _, err := maker.write(m, files, week); err != nil {
		return err
	}
	text := "A region that was made up, and a record with a plan of its week: no person here exists.\n"
	if err := os.WriteFile(filepath.Join(out.temp, demoMark), []byte(text), 0o600); err != nil {
		return fmt.Errorf("write the demo: %w", err)
	}
	profile, err := policy.Load(policy.Default)
	if err != nil {
		return err
	}
	made := recordFlags{Data: filepath.Join(out.temp, demoData)}
	d, err := made.make(ctx, m, profile)
	if err != nil {
		return err
	}
	if err := errors.Join(c.fill(ctx, m, d, files, week), d.close(ctx)); err != nil {
		return err
	}
	if err := out.keep(); err != nil {
		return fmt.Errorf("put the demo in its place: %w", err)
	}
	record := recordFlags{Data: filepath.Join(c.Out, demoData)}
	again := weekFlag(week) + record.again()
	m.next("show published"+again, "plan"+again+" --seed 2", "diff latest"+again, "check published"+again, "explain rule not-the-only-woman")
	if c.NoServe || ctx.Err() != nil {
		return interruption(ctx)
	}
	if d, err = record.make(ctx, m, profile); err != nil {
		return err
	}
	if err := d.settleFirst(ctx, ""); err != nil {
		return errors.Join(err, d.close(ctx))
	}
	at, err := listen(ctx, "127.0.0.1:"+strconv.Itoa(c.Port), true)
	if err != nil {
		return errors.Join(err, d.close(ctx))
	}
	return errors.Join(m.serve(ctx, d, at, week, true), d.close(ctx))
}

// interruption tells that Ctrl-C ended something that was kept all the same.
func interruption(ctx context.Context) error {
	if ctx.Err() != nil {
		return ended(exitInterrupted)
	}
	return nil
}

// fill imports the files, plans the week and publishes the plan. Ctrl-C keeps the best plan so far.
func (c *demoCommand) fill(ctx context.Context, m *Main, d *desk, files string, week model.Week) error {
	var err error
	if d.AsOf, err = asOfDemo(d.Policy, week); err != nil {
		return err
	}
	m.progress.step("Importing", 0, 0)
	facts, _, err := exchange.Read(files, exchange.Options{Zone: d.Policy.Zone, Orders: ordersNow(m, d.Policy)})
	if err != nil {
		return err
	}
	d.region = facts.Region
	if _, err := d.Import(ctx, d.who, d.region, scheduler.ImportRequest{Facts: facts}, m.command("A made-up region for the demo.")); err != nil {
		return err
	}
	q := scheduler.RunRequest{Week: week, Seed: c.Seed, Time: c.Time, Rounds: c.Rounds}
	if c.Rounds > 0 {
		q.Time = 0
	}
	d.Runs.Workers = c.Workers
	made, err := d.plan(ctx, m, q)
	if err != nil {
		return err
	}
	quiet := context.WithoutCancel(ctx)
	v, err := d.DraftView(quiet, d.who, d.region, made.ID)
	if err != nil {
		return err
	}
	if v.Roster == nil {
		return noRoster(&v.Draft)
	}
	m.progress.step("Checking and publishing", 0, 0)
	p, err := d.PublishPlan(quiet, d.who, d.region, scheduler.PublishPlan{Draft: v.ID}, m.command("The demo's first version."))
	m.progress.stop()
	if err != nil {
		return err
	}
	if err := d.summarise(m, v); err != nil {
		return err
	}
	if m.cli.Output == "table" {
		if err := demoTables(m, v.Snapshot, v.Roster); err != nil {
			return err
		}
		fmt.Fprintf(m.Stdout, "\nPublished as version %d.\n", p.Version)
	}
	return nil
}

// asOfDemo gives the time at which the week is planned: the Thursday before it, so that all of it is still open.
func asOfDemo(profile *policy.Profile, week model.Week) (model.Instant, error) {
	calendar, err := scheduler.NewCalendar(profile.Zone, week.Monday(), week.Monday())
	if err != nil {
		return 0, err
	}
	return thursday(calendar, week), nil
}

// demoTables prints the plan by day and by area.
func demoTables(m *Main, sn *model.Snapshot, roster *model.Roster) error {
	days := tallies(sn, roster, func(k model.SessionKey) string { return k.Date.String() })
	areas := tallies(sn, roster, func(k model.SessionKey) string {
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
