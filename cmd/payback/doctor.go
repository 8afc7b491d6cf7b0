package main

import (
	"context"
	"fmt"
	"time"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/scheduler/faults"
)

// doctorCommand looks whether everything a region relies on is as it should be.
type doctorCommand struct {
	recordFlags
	Policy string `default:"england-wales" placeholder:"NAME" help:"The policy profile: england-wales, scotland, ontario or bermuda, or a file."`
}

// finding is one thing that was looked at.
type finding struct {
	What  string `json:"what"`
	OK    bool   `json:"ok"`
	Found string `json:"found"`
}

// Run looks. Anything that is not as it should be ends with exit code 3.
func (c *doctorCommand) Run(ctx context.Context, m *Main) error {
	var all []finding
	add := func(what string, bad error, format string, args ...any) {
		f := finding{What: what, OK: bad == nil, Found: fmt.Sprintf(format, args...)}
		if bad != nil {
			f.Found = bad.Error()
		}
		all = append(all, f)
	}
	add("program", nil, "version %s", thisVersion().Version)
	add("clock", clockLooks(m.Now()), "%s", clockOf(m.Now(), c.Policy))
	profile, bad := loadPolicy(c.Policy)
	if bad == nil {
		_, bad = time.LoadLocation(profile.Zone)
	}
	if bad == nil {
		add("policy", nil, "%s, in force by the clocks of %s", profile.Title, profile.Zone)
		all = append(all, c.record(ctx, m, profile)...)
	} else {
		add("policy", bad, "")
	}
	if err := writeList(m, all, findingColumns); err != nil {
		return err
	}
	for _, f := range all {
		if !f.OK {
			return ended(exitInvalid)
		}
	}
	return nil
}

// clockLooks refuses a clock that cannot be right: plans would freeze the wrong days.
func clockLooks(now time.Time) error {
	if now.Year() < 2025 || now.Year() > 2099 {
		return fmt.Errorf("the clock says %s, which cannot be; set it", now.Format(time.DateOnly))
	}
	return nil
}

// record looks at the record and at each region in it.
func (c *doctorCommand) record(ctx context.Context, m *Main, profile *policy.Profile) []finding {
	if c.missing(m) {
		return []finding{{"record", false, "there is none in " + c.folder(m) + "; make one with: payback import FOLDER"}}
	}
	d, err := c.make(ctx, m, profile)
	if err != nil {
		return []finding{{"record", false, err.Error()}}
	}
	defer func() { _ = d.close(ctx) }() // it was only read
	out := healthOf(ctx, d)
	m.progress.step("Reading everything in the record", 0, 0)
	err = d.store.Verify(ctx)
	m.progress.stop()
	f := finding{"content", err == nil, "every byte is what was stored"}
	if err != nil {
		f.Found = err.Error()
	}
	out = append(out, f, c.faultReports(m))
	regions, err := d.Regions(ctx, d.who)
	if err != nil {
		return append(out, finding{"regions", false, err.Error()})
	}
	for _, r := range regions {
		out = append(out, d.regionLooks(ctx, r)...)
	}
	return out
}

// regionLooks looks at one region: its audit, its facts, and whether what is published still keeps every rule.
func (d *desk) regionLooks(ctx context.Context, region string) []finding {
	var out []finding
	n, head, err := d.VerifyAudit(ctx, d.who, region)
	if err != nil {
		return append(out, finding{region + ": audit", false, err.Error()})
	}
	out = append(out, finding{region + ": audit", true, fmt.Sprintf("%s hold, the last is %s", plural(n, "entry", "entries"), head.Short())})
	_, v, err := d.Facts(ctx, d.who, region)
	if err != nil {
		return append(out, finding{region + ": facts", false, err.Error()})
	}
	age := d.Now().Sub(v.At)
	f := finding{region + ": facts", age < 48*time.Hour, fmt.Sprintf("data version %d of %s, %s people", v.Version, clockOf(v.At, d.Policy.Name), thousands(v.People))}
	if !f.OK {
		f.Found += "; older than two days, so import what is new"
	}
	out = append(out, f)
	news, err := d.NightNews(ctx, d.who, region)
	if err != nil {
		return append(out, finding{region + ": nights", false, err.Error()})
	}
	if news.Text == "" {
		news.Text = "there has been none yet; payback serve does them"
	}
	out = append(out, finding{region + ": nights", !news.Bad, news.Text})
	weeks, err := d.Weeks(ctx, d.who, region)
	if err != nil {
		return append(out, finding{region + ": rosters", false, err.Error()})
	}
	this := model.WeekOf(model.Date(d.Now().Unix() / 86400)).Monday()
	for _, w := range weeks {
		if w.Monday() < this {
			continue
		}
		view, err := d.Week(ctx, d.who, region, w, 0)
		if err != nil {
			out = append(out, finding{region + ": " + w.String(), false, err.Error()})
			continue
		}
		j := scheduler.Judge(view.Snapshot, view.Roster, d.Constraints, view.Published.Releases)
		f := finding{region + ": " + w.String(), len(j.Open()) == 0, fmt.Sprintf("version %d keeps every rule that must hold", view.Published.Version)}
		if !f.OK {
			f.Found = fmt.Sprintf("version %d breaks %s now; see: payback check published --week %v", view.Published.Version, count(len(j.Open()), "rule"), w)
		}
		out = append(out, f)
	}
	return out
}

// faultReports looks whether searches found faults of the program.
func (c *doctorCommand) faultReports(m *Main) finding {
	n, err := faults.Count(c.reports(m))
	f := finding{"faults", err == nil && n == 0, "no search found a fault of the program"}
	switch {
	case err != nil:
		f.Found = err.Error()
	case n > 0:
		f.Found = fmt.Sprintf("%s in %s; send them to the team that looks after payback, and remove them", count(n, "report"), c.reports(m))
	}
	return f
}

var findingColumns = []column[finding]{
	{name: "looks", cell: func(f finding) string { return map[bool]string{true: "good", false: "BAD"}[f.OK] }},
	{name: "what", cell: func(f finding) string { return f.What }},
	{name: "found", cell: func(f finding) string { return f.Found }},
}
