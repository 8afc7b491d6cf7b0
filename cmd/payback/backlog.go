package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// backlogCommand is about orders and their days: who is likely to finish in time, and what is due.
type backlogCommand struct {
	People backlogPeople `cmd:"" help:"List everybody with work left: the chance to finish by the target date and by the end of the order."`
	Months backlogMonths `cmd:"" help:"Count people by the month of their target date and how likely they finish by it."`
	Due    backlogDue    `cmd:"" help:"List what is due by when: reviews, first sessions of new people, absences, going back to court."`
	Keep   backlogKeep   `cmd:"" help:"Note in the record how the backlog stands today, for the series that backlog series lists."`
	Series backlogSeries `cmd:"" help:"List how the backlog stood on each day on which it was noted."`
}

// backlogSource says whose backlog is looked at: files, or the record.
type backlogSource struct {
	Dir string `arg:"" optional:"" help:"A folder with a region's files, or a workbook (.xlsx). Left out: the record."`
	regionFlags
	recordFlags
}

// find looks at the backlog.
func (c *backlogSource) find(ctx context.Context, m *Main) (b *scheduler.Backlog, err error) {
	if c.Dir != "" {
		r, err := c.load(m, c.Dir, defaults{})
		if err != nil {
			return nil, err
		}
		m.progress.step("Looking ahead", 0, 0)
		defer m.progress.stop()
		today, _ := r.sn.Calendar.Local(r.asOf)
		sn, _, err := scheduler.Freeze(r.facts, r.profile, model.WeekOf(today), r.asOf) // as the record looks at it
		if err != nil {
			return nil, err
		}
		return scheduler.BacklogOf(sn, r.facts)
	}
	if err := c.onlyFiles(); err != nil {
		return nil, err
	}
	d, _, err := c.openAt(ctx, m, &c.regionFlags)
	if err != nil {
		return nil, err
	}
	defer d.closing(ctx, &err)
	m.progress.step("Looking ahead", 0, 0)
	defer m.progress.stop()
	return d.Backlog(ctx, d.who, d.region)
}

// backlogPeople lists people.
type backlogPeople struct {
	backlogSource
	Band string `placeholder:"BAND" help:"Only people of a band: on_track, at_risk, unlikely, past or idle."`
}

// Run lists.
func (c *backlogPeople) Run(ctx context.Context, m *Main) error {
	if c.Band != "" {
		if err := choice("--band", c.Band, texts(scheduler.Bands())); err != nil {
			return err
		}
	}
	b, err := c.find(ctx, m)
	if err != nil {
		return err
	}
	people := slices.DeleteFunc(b.People, func(p scheduler.BacklogPerson) bool { return c.Band != "" && string(p.Band) != c.Band })
	if m.cli.Output == "table" && c.Band == "" {
		for _, line := range wrap(backlogWords(b), tableWidth) {
			fmt.Fprintln(m.Stdout, line)
		}
		fmt.Fprintln(m.Stdout)
	}
	return writeList(m, convert(people, backlogLineOf), backlogColumns)
}

// backlogWords says in short how a backlog stands.
func backlogWords(b *scheduler.Backlog) string {
	var parts []string
	for i, band := range scheduler.Bands() {
		parts = append(parts, fmt.Sprintf("%s %s", thousands(b.Counts[i]), bandWords[band]))
	}
	s := fmt.Sprintf("%s, as of %s, for staff only: %s are left. By the target date %s.", b.Region, b.AsOf, hours(b.LeftMinutes), strings.Join(parts, ", "))
	if b.AtHardEnd > 0 {
		s += fmt.Sprintf(" %s unlikely to finish by the end of their order.", plural(b.AtHardEnd, "person is", "people are"))
	}
	return s
}

// bandWords says of so many people how likely they finish.
var bandWords = map[scheduler.Band]string{ // looked up only
	scheduler.BandOnTrack: "are on track", scheduler.BandAtRisk: "at risk", scheduler.BandUnlikely: "unlikely to finish", scheduler.BandPast: "are past it already",
	scheduler.BandIdle: "cannot work at present",
}

// backlogLine is a row of the list of people. Chances are from 0 to 1; null: none is foretold.
type backlogLine struct {
	CRN       string   `json:"crn"`
	Event     int32    `json:"event_number"`
	Team      string   `json:"team_code"`
	Left      int32    `json:"left_minutes"`
	Target    string   `json:"target_date"`
	HardEnd   string   `json:"order_end_date"`
	Band      string   `json:"band"`
	ByTarget  *float64 `json:"chance_by_target"`
	ByHardEnd *float64 `json:"chance_by_order_end"`
	Likely    string   `json:"likely_finish"`
	Early     string   `json:"early_finish"`
	Late      string   `json:"late_finish"`
	Waiting   int32    `json:"weeks_waiting"`
	Needed    int32    `json:"needed_minutes_a_week"`
	Booked    int32    `json:"booked_minutes_a_week_for_it"`
	State     string   `json:"state"`
}

func backlogLineOf(p scheduler.BacklogPerson) backlogLine {
	return backlogLine{
		CRN: string(p.CRN), Event: p.Event, Team: string(p.Team), Left: p.Left, Target: dateOrNone(p.Target), HardEnd: dateOrNone(p.HardEnd), Band: string(p.Band),
		ByTarget: chanceOf(p.ByTarget), ByHardEnd: chanceOf(p.ByHardEnd), Likely: dateOrNone(p.Likely), Early: dateOrNone(p.Early), Late: dateOrNone(p.Late),
		Waiting: p.WeeksWaiting, Needed: p.NeededMinutes, Booked: p.NeededBooked, State: string(p.State),
	}
}

// dateOrNone writes a date; empty: there is none.
func dateOrNone(d model.Date) string {
	if d == 0 {
		return ""
	}
	return d.String()
}

// chanceOf gives a chance in permille as one from 0 to 1; nil: there is none.
func chanceOf(permille int32) *float64 {
	if permille < 0 {
		return nil
	}
	x := float64(permille) / 1000
	return &x
}

var backlogColumns = []column[backlogLine]{
	{name: "crn", cell: func(l backlogLine) string { return l.CRN }},
	{name: "event_number", cell: func(l backlogLine) string { return fmt.Sprint(l.Event) }, hide: true},
	{name: "team_code", cell: func(l backlogLine) string { return l.Team }, hide: true},
	{name: "left_minutes", cell: func(l backlogLine) string { return fmt.Sprint(l.Left) }, hide: true},
	{name: "left", cell: func(l backlogLine) string { return hours(int64(l.Left)) }, right: true, only: true},
	{name: "target_date", cell: func(l backlogLine) string { return l.Target }},
	{name: "chance_by_target", cell: func(l backlogLine) string { return chanceText(l.ByTarget) }, table: func(l backlogLine) string { return chanceWords(l.ByTarget) }, right: true},
	{name: "order_end_date", cell: func(l backlogLine) string { return l.HardEnd }},
	{name: "chance_by_order_end", cell: func(l backlogLine) string { return chanceText(l.ByHardEnd) }, hide: true},
	{name: "chance", cell: func(l backlogLine) string { return chanceWords(l.ByHardEnd) }, right: true, only: true},
	{name: "likely_finish", cell: func(l backlogLine) string { return l.Likely }},
	{name: "early_finish", cell: func(l backlogLine) string { return l.Early }, hide: true},
	{name: "late_finish", cell: func(l backlogLine) string { return l.Late }, hide: true},
	{name: "weeks_waiting", cell: func(l backlogLine) string { return fmt.Sprint(l.Waiting) }, hide: true},
	{name: "needed_minutes_a_week", cell: func(l backlogLine) string { return fmt.Sprint(l.Needed) }, hide: true},
	{name: "booked_minutes_a_week_for_it", cell: func(l backlogLine) string { return fmt.Sprint(l.Booked) }, hide: true},
	{name: "state", cell: func(l backlogLine) string { return l.State }, hide: true},
	{name: "band", cell: func(l backlogLine) string { return l.Band }, table: func(l backlogLine) string { return strings.ReplaceAll(l.Band, "_", " ") }},
}

// chanceText writes a chance in full.
func chanceText(p *float64) string {
	if p == nil {
		return ""
	}
	return fmt.Sprintf("%.3f", *p)
}

// chanceWords writes a chance for people, and never claims certainty.
func chanceWords(p *float64) string {
	switch {
	case p == nil:
		return "-"
	case *p < 0.01:
		return "under 1 %"
	case *p > 0.99:
		return "over 99 %"
	default:
		return fmt.Sprintf("%.0f %%", 100**p)
	}
}

// backlogMonths counts people by month.
type backlogMonths struct{ backlogSource }

// Run counts.
func (c *backlogMonths) Run(ctx context.Context, m *Main) error {
	b, err := c.find(ctx, m)
	if err != nil {
		return err
	}
	return writeList(m, convert(b.Months, func(x scheduler.BacklogMonth) countLine {
		return countLineOf(x.First.String()[:len("2026-11")], &x.Counts)
	}), countColumns())
}

// countLine counts people by band, of a month or on a day.
type countLine struct {
	When     string `json:"when"`
	OnTrack  int    `json:"on_track"`
	AtRisk   int    `json:"at_risk"`
	Unlikely int    `json:"unlikely"`
	Past     int    `json:"past"`
	Idle     int    `json:"idle"`
}

func countLineOf(when string, c *scheduler.BandCounts) countLine {
	return countLine{When: when, OnTrack: c.Of(scheduler.BandOnTrack), AtRisk: c.Of(scheduler.BandAtRisk), Unlikely: c.Of(scheduler.BandUnlikely),
		Past: c.Of(scheduler.BandPast), Idle: c.Of(scheduler.BandIdle)}
}

func countColumns() []column[countLine] {
	number := func(name string, of func(countLine) int) column[countLine] {
		return column[countLine]{name: name, right: true, cell: func(l countLine) string { return fmt.Sprint(of(l)) }, table: func(l countLine) string { return thousands(of(l)) }}
	}
	return []column[countLine]{
		{name: "when", cell: func(l countLine) string { return l.When }},
		number("on_track", func(l countLine) int { return l.OnTrack }), number("at_risk", func(l countLine) int { return l.AtRisk }),
		number("unlikely", func(l countLine) int { return l.Unlikely }), number("past", func(l countLine) int { return l.Past }),
		number("idle", func(l countLine) int { return l.Idle }),
	}
}
