package main

import (
	"context"
	"fmt"

	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
)

// plansCommand lists the plans and published versions of a week.
type plansCommand struct {
	pickFlags
}

// planLine is a plan or a published version as it is listed.
type planLine struct {
	Name    string `json:"plan"`
	Version int    `json:"version"`
	State   string `json:"state"`
	Base    int    `json:"base_version"`
	Placed  int    `json:"people_placed"`
	MustFix int64  `json:"must_fix"`
	Edits   int    `json:"edits"`
	At      string `json:"at"`
	Who     string `json:"who"`

	when string
}

// Run lists.
func (c *plansCommand) Run(ctx context.Context, m *Main) (err error) {
	d, week, err := c.openWeek(ctx, m)
	if err != nil {
		return err
	}
	defer d.closing(ctx, &err)
	versions, err := d.Versions(ctx, d.who, d.region, week)
	if err != nil {
		return err
	}
	drafts, err := d.Drafts(ctx, d.who, d.region, week)
	if err != nil {
		return err
	}
	lines := convert(versions, func(v scheduler.RosterVersion) planLine {
		return planLine{Name: fmt.Sprintf("published=%d", v.Version), Version: v.Version, State: "published", Base: v.Version - 1,
			At: v.At.UTC().Format("2006-01-02T15:04:05Z"), Who: v.Who, when: clockOf(v.At, policy.Default)}
	})
	for i := range drafts {
		x := draftOf(d.region, &drafts[i])
		lines = append(lines, planLine{x.ID, x.Version, x.State, x.Base, x.Figures.People, x.MustFix, x.Edits, x.At, x.Who, clockOf(drafts[i].At, policy.Default)})
	}
	if len(lines) == 0 && m.cli.Output == "table" {
		_, err := fmt.Fprintf(m.Stdout, "Nothing is planned or published for week %v.\n", week)
		return err
	}
	return writeList(m, lines, planColumns)
}

var planColumns = []column[planLine]{
	{name: "plan", cell: func(p planLine) string { return p.Name }},
	{name: "state", cell: func(p planLine) string { return p.State }},
	{name: "base_version", right: true, cell: func(p planLine) string { return fmt.Sprint(p.Base) }},
	{name: "people_placed", right: true, cell: func(p planLine) string { return fmt.Sprint(p.Placed) }, hide: true},
	{name: "must_fix", right: true, cell: func(p planLine) string { return fmt.Sprint(p.MustFix) }},
	{name: "edits", right: true, cell: func(p planLine) string { return fmt.Sprint(p.Edits) }},
	{name: "at", cell: func(p planLine) string { return p.At }, table: func(p planLine) string { return p.when }},
	{name: "who", cell: func(p planLine) string { return p.Who }},
}
