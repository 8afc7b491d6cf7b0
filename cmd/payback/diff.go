package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// diffCommand tells what differs between two plans of a week.
type diffCommand struct {
	Before string `arg:"" optional:"" help:"The earlier plan: its folder, or as for show. Given alone, a plan of the record that is held against what is published."`
	After  string `arg:"" optional:"" help:"The later plan: its folder, or as for show."`
	pickFlags
	Against  string `placeholder:"WHAT" help:"What a plan given alone is held against: published, version=3 or another plan."`
	By       string `placeholder:"WHAT" help:"Only what changes for each person, supervisor or minibus."`
	ExitCode bool   `help:"End with exit code 10 when there are differences."`
}

// change is one line of a diff.
type change struct {
	Sign    string `json:"sign"` // + - ~ of people, ! of supervisors and minibuses
	Part    string `json:"part"`
	Kind    string `json:"kind"`
	Subject string `json:"subject"`
	Event   int32  `json:"event_number,omitempty"`
	Date    string `json:"date"`
	Start   string `json:"start_time"`
	Project string `json:"project_code"`
	Name    string `json:"name"`
	What    string `json:"what"`
	Notice  int64  `json:"notice_minutes"` // from the as-of time of the later plan to the nearer of the two sessions

	key    model.SessionKey
	notice string
}

// Run compares.
func (c *diffCommand) Run(ctx context.Context, m *Main) error {
	if c.By != "" {
		if err := choice("--by", c.By, []string{"person", "supervisor", "minibus"}); err != nil {
			return err
		}
	}
	before, after, err := c.both(ctx, m)
	if err != nil {
		return err
	}
	if before.Week != after.Week || before.Region != after.Region {
		return model.Errorf(model.CodeUsage, "%s is a plan of %s, week %s, and %s of %s, week %s; expected two plans of one region and week.",
			c.Before, before.Region, before.Week, c.After, after.Region, after.Week)
	}
	all := scheduler.Diff(before.roster, after.roster)
	w := differ{before: before, after: after}
	var lines []change
	for i := range all {
		d := &all[i]
		if c.By == "" && (d.Part == scheduler.OfPerson || d.Goes) || c.By == string(d.Part) {
			lines = append(lines, w.line(d))
		}
	}
	if err := writeDiff(m, lines); err != nil {
		return err
	}
	if m.cli.Output == "table" {
		words := changes(all)
		if c.By != "" {
			words = count(len(lines), "change")
		}
		if _, err := fmt.Fprintln(m.Stdout, words+"."); err != nil {
			return fmt.Errorf("write results: %w", err)
		}
	}
	if c.ExitCode && len(all) > 0 {
		return ended(exitDifferent)
	}
	return nil
}

// both finds the two rosters.
func (c *diffCommand) both(ctx context.Context, m *Main) (before, after *planned, err error) {
	switch {
	case c.After != "" && c.Against != "":
		return nil, nil, model.Errorf(model.CodeUsage, "--against is for a plan given alone, and two are given. Leave out one of the three.")
	case c.After != "":
		if before, err = c.pick(ctx, m, c.Before); err != nil {
			return nil, nil, err
		}
		after, err = c.pick(ctx, m, c.After)
		return before, after, err
	case isFolder(c.Before):
		return nil, nil, model.Errorf(model.CodeUsage, "Which two plans? Give the folder of each, the earlier first, as in: payback diff w49 w49-b")
	}
	if after, err = c.pick(ctx, m, c.Before); err != nil {
		return nil, nil, err
	}
	c.Week = after.Week // a plan knows its week
	against := c.Against
	if against == "" {
		against = publishedRef
	}
	before, err = c.pick(ctx, m, against)
	var e *model.Error
	if errors.As(err, &e) && e.Code == model.CodeNotFound && c.Against == "" { // nothing is published: everything is new
		none := *after
		none.roster, none.sessions, none.unplaced = &model.Roster{Region: after.roster.Region, Week: after.roster.Week}, nil, nil
		return &none, after, nil
	}
	return before, after, err
}

func writeDiff(m *Main, lines []change) error {
	if m.cli.Output != "table" {
		return writeList(m, lines, changeColumns)
	}
	rows := convert(lines, func(l change) []string {
		return []string{l.Sign, l.Subject, day(l.key.Date), short(l.Name, 20), short(l.What, 36), l.notice}
	})
	text := align(rows, make([]bool, 6))
	if m.colour() {
		text = paintSigns(text)
	}
	_, err := fmt.Fprint(m.Stdout, text)
	return err
}

var changeColumns = []column[change]{
	{name: "sign", cell: func(c change) string { return c.Sign }},
	{name: "part", cell: func(c change) string { return c.Part }},
	{name: "kind", cell: func(c change) string { return c.Kind }},
	{name: "subject", cell: func(c change) string { return c.Subject }},
	{name: "event_number", cell: func(c change) string { return fmt.Sprint(c.Event) }},
	{name: "date", cell: func(c change) string { return c.Date }},
	{name: "start_time", cell: func(c change) string { return c.Start }},
	{name: "project_code", cell: func(c change) string { return c.Project }},
	{name: "project", cell: func(c change) string { return c.Name }},
	{name: "what", cell: func(c change) string { return c.What }},
	{name: "notice_minutes", cell: func(c change) string { return fmt.Sprint(c.Notice) }},
}

// differ words differences.
type differ struct{ before, after *planned }

func (w *differ) line(d *scheduler.Difference) change {
	k := d.At()
	c := change{Part: string(d.Part), Kind: string(d.Kind), Subject: d.Subject, Event: d.Event, Date: k.Date.String(), Start: k.Start.String(),
		Project: string(k.Project), Name: w.after.name(k.Project), key: k}
	first := w.after.calendar.Instant(k.Date, k.Start)
	if d.Kind == scheduler.Moved {
		first = min(first, w.after.calendar.Instant(d.Was.Date, d.Was.Start))
	}
	c.Notice = int64(first - w.after.asOf)
	told := "notice " + ahead(c.Notice)
	if c.Notice < int64(w.after.PhoneWithin) {
		told += ", phone"
	}
	if d.Part != scheduler.OfPerson {
		c.Sign, c.What, c.notice = "!", useChange(d), told
		return c
	}
	switch d.Kind {
	case scheduler.Added:
		c.Sign, c.What = "+", "was not placed"
		if w.has(w.before, d) {
			c.What = "one more than before"
		}
	case scheduler.Removed:
		c.Sign, c.What, c.notice = "-", w.lost(d), told
	case scheduler.Moved:
		c.Sign, c.What, c.notice = "~", "was "+w.was(d), told
	default:
		c.Sign, c.What, c.notice = "~", w.retimed(d), told
	}
	return c
}

// useChange words what changes about a supervisor or minibus.
func useChange(d *scheduler.Difference) string {
	switch d.Kind {
	case scheduler.Replaced:
		return fmt.Sprintf("%s now %s", d.Part, d.Instead)
	case scheduler.Added:
		return fmt.Sprintf("%s added", d.Part)
	default:
		return fmt.Sprintf("%s no longer there", d.Part)
	}
}

// was names the session that somebody moves from, as briefly as is clear.
func (w *differ) was(d *scheduler.Difference) string {
	s := w.before.name(d.Was.Project)
	if d.Was.Project == d.Now.Project {
		s = ""
	}
	if d.Was.Date != d.Now.Date {
		s = strings.TrimSpace(day(d.Was.Date) + " " + s)
	}
	if s == "" {
		s = d.Was.Start.String()
	}
	return s
}

// lost says why somebody has one appointment fewer.
func (w *differ) lost(d *scheduler.Difference) string {
	if w.has(w.after, d) {
		return "one less than before"
	}
	for _, row := range w.after.unplaced {
		if row["crn"] == d.Subject && row["event_number"] == fmt.Sprint(d.Event) && row["main_obstacle"] != "" {
			return "now not placed: " + row["main_obstacle"]
		}
	}
	return "now not placed"
}

// has reports whether a plan places the person of a difference at all.
func (w *differ) has(p *planned, d *scheduler.Difference) bool {
	for i := range p.roster.Appointments {
		if a := &p.roster.Appointments[i]; string(a.CRN) == d.Subject && a.Event == d.Event {
			return true
		}
	}
	return false
}

// retimed says what is different about the same session.
func (w *differ) retimed(d *scheduler.Difference) string {
	a, b := d.Before, d.After
	local := func(t model.Instant) string { _, c := w.after.calendar.Local(t); return c.String() }
	if a.Span != b.Span {
		return fmt.Sprintf("now %s-%s, was %s-%s", local(b.Span.Start), local(b.Span.End), local(a.Span.Start), local(a.Span.End))
	}
	pickUp := func(x *model.Appointment) string {
		if x.PickUp == "" {
			return "own way"
		}
		return string(x.PickUp) + " " + local(x.PickUpAt)
	}
	return fmt.Sprintf("pick-up now %s, was %s", pickUp(b), pickUp(a))
}
