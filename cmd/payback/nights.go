package main

import (
	"context"
	"fmt"
	"time"

	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
)

// nightsCommand lists nights.
type nightsCommand struct {
	auditFlags
	Limit int `default:"14" placeholder:"14" help:"At most so many, the latest first."`
}

// nightLine is a night as results tell of it.
type nightLine struct {
	Night    string `json:"night"`
	Region   string `json:"region"`
	State    string `json:"state"`
	Headline string `json:"headline"`
	Failure  string `json:"failure,omitempty"`
	Attempts int    `json:"attempts"`
	Who      string `json:"who"`
	Began    string `json:"began"`
	Ended    string `json:"ended,omitempty"`
	Facts    int    `json:"data_version"`
	Before   int    `json:"data_version_before"`

	Changes   []kindLine    `json:"facts_since"`
	Files     []nightFile   `json:"files"`
	Rosters   []nightRoster `json:"in_force"`
	Forecasts struct {
		People  int      `json:"people"`
		Late    int      `json:"likely_late"`
		Finish  int      `json:"with_a_likely_finish"`
		Weather []string `json:"weather"`
	} `json:"forecasts"`
	Weeks []nightWeek `json:"weeks"`

	when string
	took string
}

type nightFile struct {
	Name    string `json:"file"`
	Digest  string `json:"digest"`
	Version int    `json:"data_version"` // 0: it changed nothing, or was left
	Rows    int    `json:"rows_changed"`
	Problem string `json:"problem,omitempty"`
}

type nightRoster struct {
	Week         string     `json:"week"`
	Version      int        `json:"version"`
	New          int        `json:"cases_new"`
	Appointments int        `json:"appointments_broken"`
	Broken       []caseLine `json:"must_fix"`
}

type nightWeek struct {
	Week      string        `json:"week"`
	Plan      string        `json:"plan,omitempty"`
	State     string        `json:"state"`
	Failure   string        `json:"failure,omitempty"`
	Placed    int           `json:"people_placed"`
	Workable  int           `json:"people_who_could_work"`
	MustFix   int64         `json:"must_fix"`
	Value     int64         `json:"value_millipoints"`
	Gap       *int64        `json:"gap_hundredths_of_percent"` // null: not known
	Base      int           `json:"base_version"`
	Changes   int           `json:"changes"`
	Tell      int           `json:"people_to_tell"`
	Frozen    int           `json:"frozen_touched"`
	Published int           `json:"published_version"` // 0: it was not
	Withheld  string        `json:"not_published_because,omitempty"`
	Prices    []shadowPrice `json:"one_more"`
	Lacking   []string      `json:"lacking"`
}

func nightOf(region string, n *scheduler.Night) nightLine {
	x := nightLine{Night: n.Name, Region: region, State: string(n.State), Headline: n.Headline(), Failure: n.Failure, Attempts: n.Attempts, Who: n.Who,
		Began: n.Began.UTC().Format("2006-01-02T15:04:05Z"), Facts: n.Facts, Before: n.Before, when: clockOf(n.Began, policy.Default), took: "-"}
	if !n.Ended.IsZero() {
		x.Ended, x.took = n.Ended.UTC().Format("2006-01-02T15:04:05Z"), n.Ended.Sub(n.Began).Round(time.Second).String()
	}
	x.Changes = convert(n.Changes, func(k scheduler.KindChange) kindLine { return kindLine{k.Kind, k.New, k.Changed, k.Same, k.Removed} })
	x.Files = convert(n.Files, func(f scheduler.NightFile) nightFile {
		return nightFile{f.Name, f.Digest.String(), f.Version, f.Rows, f.Problem}
	})
	x.Rosters = convert(n.Rosters, func(r scheduler.NightRoster) nightRoster {
		return nightRoster{r.Week.String(), r.Version, r.New, r.Appointments, caseLines(r.Broken)}
	})
	x.Forecasts.People, x.Forecasts.Late, x.Forecasts.Finish = n.Forecasts.People, n.Forecasts.Late, n.Forecasts.Finish
	x.Forecasts.Weather = texts(n.Forecasts.Weather)
	x.Weeks = convert(n.Weeks, nightWeekOf)
	return x
}

func nightWeekOf(w scheduler.NightWeek) nightWeek {
	out := nightWeek{Week: w.Week.String(), Plan: w.Draft, State: string(w.State), Failure: w.Failure, Placed: w.Placed, Workable: w.Workable, MustFix: w.Broken, Value: w.Value,
		Base: w.Base, Changes: w.Changes, Tell: w.Tell, Frozen: w.Frozen, Published: w.Published, Withheld: w.Withheld, Lacking: texts(w.Lacking)}
	if w.Gap >= 0 {
		out.Gap = &w.Gap
	}
	out.Prices = convert(w.Prices, shadowLine)
	return out
}

// Run lists.
func (c *nightsCommand) Run(ctx context.Context, m *Main) (err error) {
	d, err := c.desk(ctx, m)
	if err != nil {
		return err
	}
	defer d.closing(ctx, &err)
	all, err := d.Nights(ctx, d.who, d.region, c.Limit)
	if err != nil {
		return err
	}
	if len(all) == 0 && m.cli.Output == "table" {
		_, err := fmt.Fprintf(m.Stdout, "%s has had no night yet.\n", d.region)
		return err
	}
	return writeList(m, convert(all, func(n scheduler.Night) nightLine { return nightOf(d.region, &n) }), nightColumns)
}

var nightColumns = []column[nightLine]{
	{name: "night", cell: func(n nightLine) string { return n.Night }},
	{name: "state", cell: func(n nightLine) string { return n.State }},
	{name: "began", cell: func(n nightLine) string { return n.Began }, table: func(n nightLine) string { return n.when }},
	{name: "took", cell: func(n nightLine) string { return n.took }, only: true},
	{name: "ended", cell: func(n nightLine) string { return n.Ended }, hide: true},
	{name: "attempts", right: true, cell: func(n nightLine) string { return fmt.Sprint(n.Attempts) }, hide: true},
	{name: "data_version", right: true, cell: func(n nightLine) string { return fmt.Sprint(n.Facts) }, hide: true},
	{name: "who", cell: func(n nightLine) string { return n.Who }, hide: true},
	{name: "headline", cell: func(n nightLine) string { return n.Headline }},
}
