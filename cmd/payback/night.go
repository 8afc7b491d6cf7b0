package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// nightCommand is about one night.
type nightCommand struct {
	Now  nightRunCommand  `cmd:"" name:"run" help:"Do the night of a region now: take in, check, plan the coming weeks, and publish what the policy lets it."`
	Show nightShowCommand `cmd:"" help:"Tell what came of a night."`
}

// nightRunCommand does a night.
type nightRunCommand struct {
	recordFlags
	inboxFlags
	Region  string        `placeholder:"NAME" help:"The region in the record. Left out: the only one there is."`
	Policy  string        `default:"england-wales" placeholder:"NAME" help:"The policy profile: england-wales, scotland, ontario or bermuda, or a file."`
	Date    string        `placeholder:"2026-12-01" help:"The date whose night it is. Left out: today."`
	AsOf    string        `placeholder:"2026-11-26T12:00" help:"The time that counts as now, by the clocks of the policy. Left out: now."`
	Again   bool          `help:"Do one more, although the date has had its night."`
	Time    time.Duration `placeholder:"1m" help:"How long the search for each week may take. Left out: the region has its share of the time that the policy gives to the night of all regions, and the coming week the most of it."`
	Rounds  int           `placeholder:"N" help:"How many rounds of work the search for each week makes, instead of a time."`
	Workers int           `default:"2" placeholder:"2" help:"How many processors to use; the answer does not depend on it."`
}

// Run does it.
func (c *nightRunCommand) Run(ctx context.Context, m *Main) (err error) {
	d, r, err := c.openAt(ctx, m, &regionFlags{AsOf: c.AsOf, Policy: c.Policy, Region: c.Region})
	if err != nil {
		return err
	}
	defer d.closing(ctx, &err)
	if c.AsOf == "" {
		d.AsOf = 0 // the clock goes on
	}
	q := scheduler.NightRequest{Again: c.Again, Time: c.Time, Rounds: c.Rounds, Inbox: c.arrivals(m, &c.recordFlags, r.profile)}
	if c.Rounds > 0 {
		q.Time = 0
	}
	if c.Date != "" {
		if q.Date, err = model.ParseDate(c.Date); err != nil {
			return model.Errorf(model.CodeUsage, "--date: found %q; expected a date such as 2026-12-01.", c.Date)
		}
	}
	d.Runs.Workers = c.Workers
	m.progress.step("Doing the night of "+d.region, 0, 0)
	n, err := d.RunNight(ctx, d.who, d.region, q)
	m.progress.stop()
	if e, ok := errors.AsType[*model.Error](err); ok && e.Code == model.CodeConflict && !c.Again {
		return &model.Error{Code: model.CodeConflict, Err: err, Message: "The night of that date is done already, or another process is at it: " +
			m.Program + " night show" + c.again() + " tells of it. Give --again to do one more."}
	}
	if err != nil {
		return err
	}
	if err := m.tellNight(d, &n); err != nil {
		return err
	}
	again := c.again()
	for i := range n.Weeks {
		if w := &n.Weeks[i]; w.Draft != "" && w.Published == 0 && w.Changes > 0 {
			m.next("diff "+w.Draft+weekFlag(w.Week)+again, "publish "+w.Draft+weekFlag(w.Week)+again)
			break
		}
	}
	if n.State == scheduler.RunFailed || n.State == scheduler.RunAside {
		return ended(exitTooLate)
	}
	return nil
}

// nightShowCommand tells of a night.
type nightShowCommand struct {
	Night string `arg:"" optional:"" help:"The night, by its date. Left out: the last one."`
	auditFlags
}

// Run tells.
func (c *nightShowCommand) Run(ctx context.Context, m *Main) (err error) {
	d, err := c.desk(ctx, m)
	if err != nil {
		return err
	}
	defer d.closing(ctx, &err)
	if c.Night != "" {
		n, err := d.Night(ctx, d.who, d.region, c.Night)
		if err != nil {
			return err
		}
		return m.tellNight(d, &n)
	}
	all, err := d.Nights(ctx, d.who, d.region, 1)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return model.Errorf(model.CodeNotFound, "%s has had no night yet. Do one with: payback night run, or let payback serve do it every night.", d.region)
	}
	return m.tellNight(d, &all[0])
}

// tellNight tells of a night in words or as JSON.
func (m *Main) tellNight(d *desk, n *scheduler.Night) error {
	return writeOne(m, nightOf(d.region, n), func(nightLine) error {
		var b strings.Builder
		paragraph(&b, "", n.Headline())
		for i := range n.Files {
			tellFile(&b, &n.Files[i])
		}
		if len(n.Changes) > 0 {
			paragraph(&b, "  ", "Since the night before: "+strings.Join(convert(n.Changes, func(k scheduler.KindChange) string {
				return fmt.Sprintf("%s: %d new, %d changed, %d removed", k.Kind, k.New, k.Changed, k.Removed)
			}), "; ")+".")
		}
		for i := range n.Rosters {
			tellRoster(&b, &n.Rosters[i], n.Published(n.Rosters[i].Week))
		}
		if f := &n.Forecasts; f.People > 0 {
			paragraph(&b, "  ", fmt.Sprintf("Forecasts of %s: %s likely to miss their target or past it, %s without a likely finish.",
				plural(f.People, "person", "people"), thousands(f.Late), thousands(f.People-f.Finish)))
		}
		for _, w := range n.Forecasts.Weather {
			paragraph(&b, "  ", w)
		}
		for i := range n.Weeks {
			tellWeek(&b, &n.Weeks[i])
		}
		_, err := fmt.Fprint(m.Stdout, b.String())
		return err
	})
}

func tellFile(b *strings.Builder, f *scheduler.NightFile) {
	switch {
	case f.Problem != "":
		if text, ok := strings.CutPrefix(f.Problem, f.Name+" "); ok {
			paragraph(b, "  ", "Left in the inbox: "+f.Name+" "+text)
			return
		}
		paragraph(b, "  ", "Left in the inbox: "+f.Name+": "+f.Problem)
	case f.Version == 0:
		paragraph(b, "  ", "Taken in: "+f.Name+", which changes nothing.")
	default:
		paragraph(b, "  ", fmt.Sprintf("Taken in: %s, %s, data version %d.", f.Name, count(f.Rows, "row"), f.Version))
	}
}

func tellRoster(b *strings.Builder, r *scheduler.NightRoster, since int) {
	text := fmt.Sprintf("In force: week %v, version %d", r.Week, r.Version)
	if since > 0 {
		text = fmt.Sprintf("In force until version %d was published: week %v, version %d", since, r.Week, r.Version)
	}
	if len(r.Broken) == 0 {
		paragraph(b, "  ", text+", which holds.")
		return
	}
	paragraph(b, "  ", fmt.Sprintf("%s, which breaks %s of rules that must hold, %d of them new, about %s:", text, count(len(r.Broken), "case"), r.New, count(r.Appointments, "appointment")))
	const shown = 5
	for _, c := range r.Broken[:min(shown, len(r.Broken))] {
		paragraph(b, "    ", c.Sentence)
	}
	if more := len(r.Broken) - shown; more > 0 {
		paragraph(b, "    ", fmt.Sprintf("and %d more", more))
	}
}

func tellWeek(b *strings.Builder, w *scheduler.NightWeek) {
	if w.Draft == "" || w.Failure != "" {
		paragraph(b, "  ", fmt.Sprintf("Week %v has no new plan: %s", w.Week, w.Failure))
		return
	}
	gap := "the gap to the bound is not known"
	if w.Gap >= 0 {
		gap = fmt.Sprintf("at most %d.%02d %% short of the best", w.Gap/100, w.Gap%100)
	}
	paragraph(b, "  ", fmt.Sprintf("Week %v: plan %s, %s of %s people placed, %s, %s to tell, %d must-fix, %s.", w.Week, w.Draft, thousands(w.Placed), thousands(w.Workable),
		count(w.Changes, "change"), plural(w.Tell, "person", "people"), w.Broken, gap))
	if w.Published > 0 {
		paragraph(b, "    ", fmt.Sprintf("Published by itself as version %d.", w.Published))
	} else {
		paragraph(b, "    ", "Waits for somebody to publish it: "+w.Withheld)
	}
	if len(w.Prices) > 0 {
		best := w.Prices[0]
		for _, p := range w.Prices {
			if p.Worth > best.Worth {
				best = p
			}
		}
		paragraph(b, "    ", fmt.Sprintf("What would help most: one more %s in %s on %s, worth about %s minutes of on-time work.", best.Resource, best.Area, day(best.Date), thousands(best.Worth)))
	}
	if len(w.Lacking) > 0 {
		paragraph(b, "    ", w.Lacking[0])
	}
}
