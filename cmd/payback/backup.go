package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler/sqlitestore"
)

// backupCommand copies the record while it stays in use.
type backupCommand struct {
	To string `arg:"" optional:"" help:"The file to write; there must be none of that name."`
	recordFlags
}

// Run copies.
func (c *backupCommand) Run(ctx context.Context, m *Main) (err error) {
	if c.To == "" {
		return model.Errorf(model.CodeUsage, "Where should the copy go? Give a file that is not there yet, as in: payback backup payback-2026-11-26.db")
	}
	if err := c.inFolder(m, "payback migrate --from ADDRESS --to FOLDER"); err != nil {
		return err
	}
	if c.missing(m) {
		return model.Errorf(model.CodeNotFound, "There is no record in %s to copy.", c.folder(m))
	}
	s, err := sqlitestore.Open(ctx, c.file(m))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	m.progress.step("Copying and verifying", 0, 0)
	err = s.Backup(ctx, c.To)
	m.progress.stop()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(m.Stdout, "%s holds the whole record and was verified. It is about people: keep it where only those who may see them can.\n", c.To)
	return err
}

// restoreCommand puts a copy of the record in its place.
type restoreCommand struct {
	From string `arg:"" optional:"" help:"The copy."`
	recordFlags
}

// Run restores. A record that is there is never replaced.
func (c *restoreCommand) Run(ctx context.Context, m *Main) error {
	if c.From == "" {
		return model.Errorf(model.CodeUsage, "Which copy? Give the file that payback backup wrote.")
	}
	if err := c.inFolder(m, "payback migrate --from FOLDER --to ADDRESS"); err != nil {
		return err
	}
	if _, err := os.Stat(c.From); err != nil {
		return &model.Error{Code: model.CodeNotFound, Err: err, Message: "There is no " + c.From + ". Give the file that payback backup wrote."}
	}
	if err := os.MkdirAll(c.folder(m), 0o700); err != nil {
		return &model.Error{Code: model.CodeUsage, Err: err, Message: "--data: " + c.folder(m) + " cannot be made. Choose a folder that you may write to."}
	}
	m.progress.step("Verifying and copying", 0, 0)
	err := sqlitestore.Restore(ctx, c.From, c.file(m))
	m.progress.stop()
	if err != nil {
		return wrong(err)
	}
	if _, err := fmt.Fprintf(m.Stdout, "%s is the record of %s now.\n", c.file(m), c.From); err != nil {
		return err
	}
	m.next("doctor" + c.again())
	return nil
}

// inFolder refuses a record on Redis, and says what does the same for it.
func (f *recordFlags) inFolder(m *Main, instead string) error {
	if !f.shared(m) {
		return nil
	}
	return model.Errorf(model.CodeUsage, "This is for a record in a folder, and yours is on Redis. For that one, use: %s", instead)
}
