package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/communitypayback/payback/api/exchange"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
)

// importCommand takes a region's files into the record: it checks them, shows what they would change, and only then writes.
type importCommand struct {
	Files string `arg:"" optional:"" help:"A folder with the region's files, a workbook (.xlsx), or one CSV file."`
	recordFlags
	Kind         string   `placeholder:"KIND" help:"What one CSV file holds, such as people. Left out: what its name says."`
	Region       string   `placeholder:"NAME" help:"The region's name. Left out: the one in teams.csv, or the only one in the record."`
	Policy       string   `default:"england-wales" placeholder:"NAME" help:"The policy profile: england-wales, scotland, ontario or bermuda, or a file."`
	Gazetteer    string   `placeholder:"FILE" help:"A CSV file that gives postcodes their positions, such as the ONS Postcode Directory. Left out: gazetteer.csv among the files."`
	Complete     []string `placeholder:"KIND" help:"Kinds of file, such as people, that hold all there is: rows that they do not have are removed."`
	DryRun       bool     `help:"Check and show what would change, and write nothing."`
	SkipProblems bool     `help:"Take the rows that can be read, although others have problems."`
	Report       string   `placeholder:"FILE" help:"Write every problem of the files to this CSV file."`
	Reason       string   `placeholder:"TEXT" help:"Why, for the audit."`
}

// imported is the answer of import.
type imported struct {
	Region  string       `json:"region"`
	Version int          `json:"data_version"` // 0: nothing was written
	Base    int          `json:"base_version"`
	LeftOut int          `json:"rows_left_out"`
	Kinds   []kindLine   `json:"kinds"`
	Harms   []harmedWeek `json:"published_weeks_harmed"`
}

type kindLine struct {
	Kind    string `json:"kind"`
	New     int    `json:"new"`
	Changed int    `json:"changed"`
	Same    int    `json:"same"`
	Removed int    `json:"removed"`
}

type harmedWeek struct {
	Week    string   `json:"week"`
	Version int      `json:"version"`
	Cases   []string `json:"cases"`
}

// Run imports.
func (c *importCommand) Run(ctx context.Context, m *Main) (err error) {
	if c.Files == "" {
		return model.Errorf(model.CodeUsage, "Which files? Give a folder with the region's files, a workbook or one CSV file.")
	}
	for _, k := range c.Complete {
		if err := choice("--complete", k, exchange.Kinds()); err != nil {
			return err
		}
	}
	profile, err := loadPolicy(c.Policy)
	if err != nil {
		return err
	}
	if _, err := os.Stat(c.Files); err != nil { // before a record is made for nothing
		return &model.Error{Code: model.CodeNotFound, Err: err, Message: "There is no " + c.Files + ". Give a folder with the region's files, a workbook or one CSV file."}
	}
	d, err := c.make(ctx, m, profile)
	if err != nil {
		return err
	}
	defer d.closing(ctx, &err)
	facts, report, err := c.read(ctx, m, d, profile)
	if err != nil {
		return err
	}
	if err := c.tell(m, report); err != nil {
		return err
	}
	d.region = facts.Region
	q := scheduler.ImportRequest{Facts: facts, Complete: c.Complete}
	m.progress.step("Comparing with the record", 0, 0)
	p, err := d.Preview(ctx, d.who, d.region, q)
	m.progress.stop()
	if err != nil {
		return err
	}
	x := told(d.region, &p, leftOut(report))
	if !c.DryRun && p.Touched() > 0 {
		q.Base = p.Base
		m.progress.step("Writing", 0, 0)
		v, err := d.Import(ctx, d.who, d.region, q, m.command(c.Reason))
		m.progress.stop()
		if err != nil {
			return err
		}
		x.Version = v.Version
	}
	if err := writeOne(m, x, func(x imported) error { return c.words(m, x) }); err != nil {
		return err
	}
	if x.Version > 0 {
		next, err := weekOrNext(m, "")
		if err != nil {
			return err
		}
		m.next("plan" + weekFlag(next) + c.again())
	}
	return nil
}

// read reads the files beside what the record has already.
func (c *importCommand) read(ctx context.Context, m *Main, d *desk, profile *policy.Profile) (*model.Facts, *exchange.Report, error) {
	o := exchange.Options{Complete: c.Complete, Region: c.Region, Zone: profile.Zone, Orders: ordersNow(m, profile), Gazetteer: c.Gazetteer}
	regions, err := d.Regions(ctx, d.who)
	if err != nil {
		return nil, nil, err
	}
	known := c.Region
	if known == "" && len(regions) == 1 {
		known = regions[0]
	}
	if slices.Contains(regions, known) {
		if o.Known, _, err = d.Facts(ctx, d.who, known); err != nil {
			return nil, nil, err
		}
	}
	m.progress.step("Reading "+filepath.Base(c.Files), 0, 0)
	defer m.progress.stop()
	f, report, err := c.parse(o)
	if err == nil && o.Known != nil && f.Region != o.Known.Region {
		// The files name a region of their own: what the record has of another one does not count.
		o.Known = nil
		if slices.Contains(regions, f.Region) {
			if o.Known, _, err = d.Facts(ctx, d.who, f.Region); err != nil {
				return nil, nil, err
			}
		}
		f, report, err = c.parse(o)
	}
	if err == nil && f.Region == "" {
		err = model.Errorf(model.CodeUsage, "The files do not say which region they are of. Give --region, or import teams.csv with them.")
	}
	return f, report, err
}

// parse reads a folder, a workbook or one file.
func (c *importCommand) parse(o exchange.Options) (*model.Facts, *exchange.Report, error) {
	if !strings.EqualFold(filepath.Ext(c.Files), ".csv") {
		return exchange.Read(c.Files, o)
	}
	name := filepath.Base(c.Files)
	if strings.EqualFold(name, "gazetteer.csv") && c.Kind == "" { // it may be far too large to be held
		o.Gazetteer = c.Files
		return exchange.ReadFiles(nil, o)
	}
	if c.Kind != "" {
		if err := choice("--kind", c.Kind, exchange.Kinds()); err != nil {
			return nil, nil, err
		}
		name = c.Kind + ".csv"
	}
	content, err := os.ReadFile(c.Files)
	if err != nil {
		return nil, nil, &model.Error{Code: model.CodeNotFound, Message: c.Files + " cannot be read.", Err: err}
	}
	return exchange.ReadFiles([]exchange.File{{Name: name, Content: content}}, o)
}

// tell says what could not be read, and whether that stops everything.
func (c *importCommand) tell(m *Main, r *exchange.Report) error {
	if err := m.tellReport(r, c.Report); err != nil {
		return err
	}
	if whole := wholeFiles(r); len(whole) > 0 {
		return model.Errorf(model.CodeInvalid, "Nothing was imported: %s could not be taken as a whole. Put that right and import again.", strings.Join(whole, ", "))
	}
	n := leftOut(r)
	switch {
	case n == 0:
		return nil
	case c.SkipProblems:
		fmt.Fprintf(m.Stderr, "%s left out; everything else counts.\n", count(n, "row"))
		warnProtective(m, r)
		return nil
	}
	return model.Errorf(model.CodeInvalid, "%s cannot be read, so nothing was imported. Mend them and import again, or add --skip-problems to take all the others.",
		count(n, "row"))
}

func told(region string, p *scheduler.Preview, left int) imported {
	x := imported{Region: region, Base: p.Base, LeftOut: left, Kinds: []kindLine{}, Harms: []harmedWeek{}}
	for _, k := range p.Kinds {
		x.Kinds = append(x.Kinds, kindLine{k.Kind, k.New, k.Changed, k.Same, k.Removed})
	}
	for _, h := range p.Rosters {
		x.Harms = append(x.Harms, harmedWeek{h.Week.String(), h.Version, convert(h.Broken, func(c scheduler.Case) string { return c.Sentence })})
	}
	return x
}

// words tells what would change or has.
func (c *importCommand) words(m *Main, x imported) error {
	if err := writeTable(m, x.Kinds, kindColumns); err != nil {
		return err
	}
	for _, h := range x.Harms {
		fmt.Fprintf(m.Stdout, "\nTake care: week %s, published as version %d, would break %s that it does not break now:\n", h.Week, h.Version, count(len(h.Cases), "rule"))
		const shown = 10
		for _, s := range h.Cases[:min(shown, len(h.Cases))] {
			for i, line := range wrap(s, tableWidth-4) {
				fmt.Fprintf(m.Stdout, "  %s%s\n", strings.Repeat("  ", min(i, 1)), line)
			}
		}
		if n := len(h.Cases) - shown; n > 0 {
			fmt.Fprintf(m.Stdout, "  and %d more\n", n)
		}
	}
	var err error
	switch {
	case x.Version > 0:
		_, err = fmt.Fprintf(m.Stdout, "\nImported into %s: data version %d.\n", x.Region, x.Version)
	case c.DryRun:
		_, err = fmt.Fprintf(m.Stdout, "\nNothing was written. Without --dry-run this becomes data version %d of %s.\n", x.Base+1, x.Region)
	default:
		_, err = fmt.Fprintf(m.Stdout, "\nThe record of %s has all of this already. Nothing was written.\n", x.Region)
	}
	return err
}

var kindColumns = []column[kindLine]{
	{name: "kind", cell: func(k kindLine) string { return k.Kind }},
	{name: "new", right: true, cell: func(k kindLine) string { return thousands(k.New) }},
	{name: "changed", right: true, cell: func(k kindLine) string { return thousands(k.Changed) }},
	{name: "same", right: true, cell: func(k kindLine) string { return thousands(k.Same) }},
	{name: "removed", right: true, cell: func(k kindLine) string { return thousands(k.Removed) }},
}
