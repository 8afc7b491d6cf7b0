package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// migrateCommand copies a whole record to another place.
type migrateCommand struct {
	From string `placeholder:"PLACE" help:"The record to copy: its folder, or the address of its Redis."`
	To   string `placeholder:"PLACE" help:"Where to: a folder, or the address of a Redis. It must be empty, or hold a copy of the same that was cut."`
}

// migrated is what became of one region.
type migrated struct {
	Region   string `json:"region"`
	Entries  int    `json:"entries"`
	Contents int    `json:"contents"`
	New      int    `json:"copied_now"`
	Audit    string `json:"audit"` // how many entries, and the hash of the last, as audit verify prints them
}

// Run copies every region and verifies the copy.
func (c *migrateCommand) Run(ctx context.Context, m *Main) (err error) {
	if c.From == "" || c.To == "" {
		return model.Errorf(model.CodeUsage, "From where to where? As in: payback migrate --from payback-data --to redis://127.0.0.1:6379")
	}
	from, to := recordFlags{Data: c.From}, recordFlags{Data: c.To}
	switch {
	case c.From == c.To:
		return model.Errorf(model.CodeUsage, "--from and --to are the same place.")
	case from.missing(m):
		return model.Errorf(model.CodeNotFound, "--from: there is no record in %s.", from.folder(m))
	}
	source, err := from.openRecord(ctx, m)
	if err != nil {
		return flagged("--from", err)
	}
	defer func() { err = errors.Join(err, source.Close()) }()
	target, err := to.openRecord(ctx, m)
	if err != nil {
		return flagged("--to", err)
	}
	defer func() { err = errors.Join(err, target.Close()) }()
	all, err := m.migrate(ctx, source, target)
	m.progress.stop()
	if err != nil {
		return err
	}
	if err := writeList(m, all, migratedColumns); err != nil {
		return err
	}
	m.hint("Every byte of the copy was compared with what was copied. Start payback with --data %s now, and keep the old record until you are sure.", quoted(c.To))
	return nil
}

// flagged says which flag an error is about.
func flagged(flag string, err error) error {
	if e, ok := errors.AsType[*model.Error](err); ok {
		return &model.Error{Code: e.Code, Message: flag + ": " + e.Message, Err: e.Err}
	}
	return fmt.Errorf("%s: %w", flag, err)
}

// migrate copies region by region. Regions that only the target has are refused before anything is written.
func (m *Main) migrate(ctx context.Context, from, to record) ([]migrated, error) {
	regions, err := from.Regions(ctx)
	if err != nil {
		return nil, err
	}
	there, err := to.Regions(ctx)
	if err != nil {
		return nil, err
	}
	other := slices.DeleteFunc(there, func(region string) bool { return slices.Contains(regions, region) })
	if len(other) > 0 {
		return nil, model.Errorf(model.CodeConflict, "--to: found a record that has %s, which is not in what is copied; expected an empty one, or a copy of the same that was cut", count(len(other), "region"))
	}
	var out []migrated
	for i, region := range regions {
		m.progress.step(fmt.Sprintf("Copying region %d of %d", i+1, len(regions)), 0, 0)
		c, err := scheduler.Copy(ctx, from, to, region, nil)
		if err != nil {
			return nil, err
		}
		m.progress.step(fmt.Sprintf("Verifying the audit of region %d of %d", i+1, len(regions)), 0, 0)
		office := scheduler.Service{Record: to}
		n, head, err := office.VerifyAudit(ctx, localUser(), region)
		if err != nil {
			return nil, err
		}
		out = append(out, migrated{Region: region, Entries: c.Entries, Contents: c.Contents, New: c.New, Audit: fmt.Sprintf("%d:%x", n, head[:])})
	}
	return out, nil
}

var migratedColumns = []column[migrated]{
	{name: "region", cell: func(x migrated) string { return x.Region }},
	{name: "entries", cell: func(x migrated) string { return thousands(x.Entries) }, right: true},
	{name: "contents", cell: func(x migrated) string { return thousands(x.Contents) }, right: true},
	{name: "copied_now", cell: func(x migrated) string { return thousands(x.New) }, right: true},
	{name: "audit", cell: func(x migrated) string { return x.Audit }, table: func(x migrated) string { return x.Audit[:min(len(x.Audit), 20)] }},
}
