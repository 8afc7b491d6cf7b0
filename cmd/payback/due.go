package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/communitypayback/payback/scheduler"
)

// backlogDue lists what is due by when.
type backlogDue struct {
	backlogSource
	Kind []string `placeholder:"KIND" help:"Only of these kinds: induction, first_session, six_month, nine_month, evidence, breach or extension."`
	All  bool     `help:"Also what is not due yet."`
}

// Run lists.
func (c *backlogDue) Run(ctx context.Context, m *Main) error {
	for _, k := range c.Kind {
		if err := choice("--kind", k, texts(scheduler.DueKinds())); err != nil {
			return err
		}
	}
	b, err := c.find(ctx, m)
	if err != nil {
		return err
	}
	return writeList(m, convert(dueOf(b, c.Kind, c.All), dueLineOf), dueColumns)
}

// dueOf gives what is due of some kinds, none for all; also later if all is asked for.
func dueOf(b *scheduler.Backlog, kinds []string, all bool) []scheduler.DuePerson {
	return slices.DeleteFunc(slices.Clone(b.Due), func(d scheduler.DuePerson) bool {
		return len(kinds) > 0 && !slices.Contains(kinds, string(d.Kind)) || d.State == scheduler.DueLater && !all
	})
}

// dueLine is a row of the list of what is due.
type dueLine struct {
	By    string `json:"by"`
	State string `json:"state"`
	Kind  string `json:"kind"`
	CRN   string `json:"crn"`
	Event int32  `json:"event_number"`
	Team  string `json:"team_code"`
	Why   string `json:"why"`
}

func dueLineOf(d scheduler.DuePerson) dueLine {
	return dueLine{By: d.By.String(), State: string(d.State), Kind: string(d.Kind), CRN: string(d.CRN), Event: d.Event, Team: string(d.Team), Why: d.Why}
}

var dueColumns = []column[dueLine]{
	{name: "by", cell: func(l dueLine) string { return l.By }},
	{name: "state", cell: func(l dueLine) string { return l.State }},
	{name: "kind", cell: func(l dueLine) string { return l.Kind }, table: func(l dueLine) string { return strings.ReplaceAll(l.Kind, "_", " ") }},
	{name: "crn", cell: func(l dueLine) string { return l.CRN }},
	{name: "event_number", cell: func(l dueLine) string { return fmt.Sprint(l.Event) }, hide: true},
	{name: "team_code", cell: func(l dueLine) string { return l.Team }},
	{name: "why", cell: func(l dueLine) string { return l.Why }},
}

// backlogKeep notes how the backlog stands.
type backlogKeep struct {
	regionFlags
	recordFlags
}

// Run notes it.
func (c *backlogKeep) Run(ctx context.Context, m *Main) (err error) {
	if err := c.onlyFiles(); err != nil {
		return err
	}
	d, _, err := c.openAt(ctx, m, &c.regionFlags)
	if err != nil {
		return err
	}
	defer d.closing(ctx, &err)
	day, err := d.KeepBacklog(ctx, d.who, d.region, m.command(""))
	if err != nil {
		return err
	}
	return writeList(m, []dayLine{dayLineOf(day)}, dayColumns())
}

// backlogSeries lists how the backlog stood.
type backlogSeries struct {
	regionFlags
	recordFlags
}

// Run lists.
func (c *backlogSeries) Run(ctx context.Context, m *Main) (err error) {
	if err := c.onlyFiles(); err != nil {
		return err
	}
	d, _, err := c.openAt(ctx, m, &c.regionFlags)
	if err != nil {
		return err
	}
	defer d.closing(ctx, &err)
	all, err := d.BacklogSeries(ctx, d.who, d.region)
	if err != nil {
		return err
	}
	return writeList(m, convert(all, dayLineOf), dayColumns())
}

// dayLine is how the backlog stood on a day.
type dayLine struct {
	countLine
	AtHardEnd   int   `json:"unlikely_by_order_end"`
	LeftMinutes int64 `json:"left_minutes"`
	Due         int   `json:"due"`
	Overdue     int   `json:"overdue"`
}

func dayLineOf(d scheduler.BacklogDay) dayLine {
	return dayLine{countLine: countLineOf(d.AsOf.String(), &d.Counts), AtHardEnd: d.AtHardEnd, LeftMinutes: d.LeftMinutes, Due: d.Due, Overdue: d.Overdue}
}

func dayColumns() (out []column[dayLine]) {
	for _, c := range countColumns() {
		x := column[dayLine]{name: c.name, right: c.right, cell: func(l dayLine) string { return c.cell(l.countLine) }}
		out = append(out, x)
	}
	return append(out,
		column[dayLine]{name: "unlikely_by_order_end", right: true, cell: func(l dayLine) string { return fmt.Sprint(l.AtHardEnd) }, hide: true},
		column[dayLine]{name: "left_minutes", right: true, cell: func(l dayLine) string { return fmt.Sprint(l.LeftMinutes) }},
		column[dayLine]{name: "due", right: true, cell: func(l dayLine) string { return fmt.Sprint(l.Due) }},
		column[dayLine]{name: "overdue", right: true, cell: func(l dayLine) string { return fmt.Sprint(l.Overdue) }},
	)
}
