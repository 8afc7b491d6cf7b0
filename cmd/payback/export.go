package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/communitypayback/payback/api/exchange"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// exportCommand writes files from the record.
type exportCommand struct {
	What string `arg:"" optional:"" help:"What: roster (appointments.csv, sessions.csv, unplaced.csv), changes (changes.csv), registers (registers.html, a sheet a session to be printed), backlog (backlog.csv, due.csv: who finishes in time, and what is due), or facts (the region's files)."`
	Plan string `arg:"" optional:"" help:"Of which: published, published=3, latest or a plan. Left out: published."`
	pickFlags
	Out string `placeholder:"FOLDER" help:"Where the files are written: a new folder, or that of an earlier export."`
}

var exportKinds = []string{"roster", "changes", "registers", "backlog", "facts"}

// exportMark tells that a folder was exported, so that it may be replaced.
const exportMark = ".exported"

// Run exports.
func (c *exportCommand) Run(ctx context.Context, m *Main) (err error) {
	if c.What == "" {
		return model.Errorf(model.CodeUsage, "What is to be exported? Say roster, changes, registers, backlog or facts.")
	}
	if err := choice("What", c.What, exportKinds); err != nil {
		return err
	}
	if c.Out == "" {
		return model.Errorf(model.CodeUsage, "Where should the files go? Give a folder, as in --out w49.")
	}
	d, week, err := c.openWeek(ctx, m)
	if err != nil {
		return err
	}
	defer d.closing(ctx, &err)
	names := []string{exportMark, "appointments.csv", "sessions.csv", "unplaced.csv", "changes.csv", registersName, backlogName, dueName}
	for _, k := range exchange.Kinds() {
		names = append(names, k+".csv")
	}
	out, err := m.newFolder("--out", c.Out, exportMark, names)
	if err != nil {
		return err
	}
	defer out.drop()
	if err := c.write(ctx, d, week, out.temp); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(out.temp, exportMark), []byte("Exported from the record of payback.\n"), 0o600); err != nil {
		return fmt.Errorf("write the export: %w", err)
	}
	if err := out.keep(); err != nil {
		return fmt.Errorf("put the export in its place: %w", err)
	}
	_, err = fmt.Fprintln(m.Stdout, c.Out)
	return err
}

func (c *exportCommand) write(ctx context.Context, d *desk, week model.Week, dir string) error {
	if c.What == "facts" {
		f, _, err := d.Facts(ctx, d.who, d.region)
		if err != nil {
			return err
		}
		return exchange.WriteFacts(dir, f)
	}
	if c.What == "backlog" {
		return writeBacklog(ctx, d, dir)
	}
	sn, roster, unplaced, id, err := c.find(ctx, d, week)
	if err != nil {
		return err
	}
	if c.What == "roster" {
		if err := exchange.WriteRoster(dir, nil, sn, roster); err != nil {
			return err
		}
		if unplaced == nil {
			return nil
		}
		return exchange.WriteUnplaced(dir, unplacedRows(unplaced))
	}
	if c.What == "registers" {
		return writeRegisters(dir, sn, roster)
	}
	return c.writeChanges(ctx, d, id, sn, roster, dir)
}

// find gives what is to be exported. Those not placed are known of plans, and of what came from one.
func (c *exportCommand) find(ctx context.Context, d *desk, week model.Week) (*model.Snapshot, *model.Roster, []scheduler.Unplaced, string, error) {
	version, published, err := publishedVersion(c.Plan)
	if err != nil {
		return nil, nil, nil, "", err
	}
	if published || c.Plan == "" {
		w, err := d.Week(ctx, d.who, d.region, week, version)
		if err != nil {
			return nil, nil, nil, "", err
		}
		left, err := d.leftBy(ctx, &w.Published)
		return w.Snapshot, w.Roster, left, "", err
	}
	id, err := d.draftID(ctx, c.Plan, week)
	if err != nil {
		return nil, nil, nil, "", err
	}
	v, err := d.DraftView(ctx, d.who, d.region, id)
	switch {
	case err != nil:
		return nil, nil, nil, "", err
	case v.Roster == nil:
		return nil, nil, nil, "", noRoster(&v.Draft)
	}
	return v.Snapshot, v.Roster, v.Unplaced, id, nil
}

// writeChanges writes what a plan changes, or what the published version changed of the one before it.
func (c *exportCommand) writeChanges(ctx context.Context, d *desk, id string, sn *model.Snapshot, roster *model.Roster, dir string) error {
	before, after := &model.Roster{Region: roster.Region, Week: roster.Week}, roster
	switch {
	case id != "":
		if sn.Published != nil {
			before = sn.Published
		}
	case roster.Version > 1:
		was, _, err := d.Roster(ctx, d.who, d.region, roster.Week, roster.Version-1)
		if err != nil {
			return err
		}
		before = was
	}
	is, err := inMemory("", sn, after, nil)
	if err != nil {
		return err
	}
	was, err := inMemory("", sn, before, nil)
	if err != nil {
		return err
	}
	all := scheduler.Diff(before, after)
	w := differ{before: was, after: is}
	var lines []change
	for i := range all {
		lines = append(lines, w.line(&all[i]))
	}
	return writeFile(filepath.Join(dir, "changes.csv"), lines, changeColumns)
}

// writeFile writes a list to a new CSV file.
func writeFile[T any](name string, items []T, columns []column[T]) error {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(name), err)
	}
	to := Main{Stdout: f}
	return errors.Join(writeCSV(&to, items, columns), f.Close())
}

// The files of an exported backlog.
const (
	backlogName = "backlog.csv"
	dueName     = "due.csv"
)

// writeBacklog writes who is likely to finish in time, and all that is due, also later.
func writeBacklog(ctx context.Context, d *desk, dir string) error {
	b, err := d.Backlog(ctx, d.who, d.region)
	if err != nil {
		return err
	}
	return errors.Join(writeFile(filepath.Join(dir, backlogName), convert(b.People, backlogLineOf), backlogColumns),
		writeFile(filepath.Join(dir, dueName), convert(dueOf(b, nil, true), dueLineOf), dueColumns))
}
