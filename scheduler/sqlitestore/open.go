package sqlitestore

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"

	_ "modernc.org/sqlite" // the driver

	"github.com/communitypayback/payback/model"
)

//go:embed migrations/*.sql
var migrations embed.FS

// newest is the schema version this program writes: the number of the last migration.
const newest = 1

// applicationID marks a file as a record of payback ("PAYB").
const applicationID = 0x50415942

// readers is how many connections read at once.
const readers = 4

// Store is an open record. It may be used by several goroutines, and several processes may open one file.
type Store struct {
	write *sql.DB // one connection
	read  *sql.DB
}

// Open opens the record at path and makes it if there is none. Pragmas are SQLite settings to add to its own, such as
// "cache_size(-65536)". It gives a [model.Error]: CodeInvalid if the file is something else or was written by a newer
// program, and CodeUnavailable if a setting would let an acknowledged change be lost.
func Open(ctx context.Context, path string, pragmas ...string) (*Store, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600) // nobody else reads people's data
	if err != nil {
		return nil, &model.Error{Code: model.CodeUnavailable, Err: err, Message: fmt.Sprintf("cannot open the record %s; expected a file that may be written", path)}
	}
	if err := f.Close(); err != nil {
		return nil, fmt.Errorf("close %s: %w", path, err)
	}
	s := &Store{}
	if s.write, err = sql.Open("sqlite", source(path, pragmas)); err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	s.write.SetMaxOpenConns(1)
	if err := s.prepare(ctx); err != nil {
		return nil, errors.Join(err, s.write.Close())
	}
	if s.read, err = sql.Open("sqlite", source(path, append(pragmas, "query_only(1)"))); err != nil {
		return nil, errors.Join(err, s.write.Close())
	}
	s.read.SetMaxOpenConns(readers)
	return s, nil
}

// Close closes the record once everything under way has ended.
func (s *Store) Close() error { return errors.Join(s.read.Close(), s.write.Close()) }

func source(path string, more []string) string {
	q := url.Values{"_txlock": {"immediate"}}
	for _, p := range append([]string{"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)"}, more...) {
		q.Add("_pragma", p)
	}
	return (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: q.Encode()}).String()
}

// prepare refuses what is not safe to write to, and brings the schema up to date.
func (s *Store) prepare(ctx context.Context) error {
	if err := s.safe(ctx); err != nil {
		return err
	}
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return unavailable("open", err)
	}
	defer tx.Rollback() //nolint:errcheck // after a commit there is nothing to roll back
	if err := migrate(ctx, tx); err != nil {
		return err
	}
	return unavailable("bring the schema up to date", tx.Commit())
}

// safe refuses settings under which an acknowledged change could be lost.
func (s *Store) safe(ctx context.Context) error {
	for _, want := range []struct{ pragma, value, word string }{
		{"journal_mode", "wal", "WAL"}, {"synchronous", "2", "FULL"}, {"foreign_keys", "1", "ON"},
	} {
		var found string
		if err := s.write.QueryRowContext(ctx, "PRAGMA "+want.pragma).Scan(&found); err != nil {
			return notARecord(err)
		}
		if found != want.value {
			return model.Errorf(model.CodeUnavailable,
				"The record was not opened: its %s is %s, under which a change that was acknowledged could be lost; expected %s.",
				want.pragma, found, want.word)
		}
	}
	return nil
}

func migrate(ctx context.Context, tx *sql.Tx) error {
	var have, id, tables int
	if err := tx.QueryRowContext(ctx, "SELECT (SELECT user_version FROM pragma_user_version), (SELECT application_id FROM pragma_application_id), "+
		"(SELECT count(*) FROM sqlite_schema)").Scan(&have, &id, &tables); err != nil {
		return notARecord(err)
	}
	switch {
	case tables > 0 && id != applicationID:
		return notARecord(nil)
	case have > newest:
		return model.Errorf(model.CodeInvalid,
			"The record was written by a newer payback: its schema is version %d and this program knows versions up to %d. Nothing was changed; use the newer program.", have, newest)
	}
	for n := have + 1; n <= newest; n++ {
		text, err := migrations.ReadFile(fmt.Sprintf("migrations/%04d.sql", n))
		if err != nil {
			return fmt.Errorf("read migration %d: %w", n, err)
		}
		mark := fmt.Sprintf("\nPRAGMA user_version = %d;\nPRAGMA application_id = %d;", n, applicationID)
		if _, err := tx.ExecContext(ctx, string(text)+mark); err != nil {
			return unavailable("bring the schema up to date", err)
		}
	}
	return nil
}

func notARecord(err error) error {
	return &model.Error{Code: model.CodeInvalid, Err: err, Message: "found a file that is not a record of payback; expected one that payback made, or no file"}
}

// unavailable words an error of the file system or of SQLite. It gives nil for nil.
func unavailable(what string, err error) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	why := "it may be busy; try again"
	if strings.Contains(err.Error(), "full") { // the driver has no other sign that this package may see without its types
		why = "the disk is full; free some space and try again"
	}
	return &model.Error{Code: model.CodeUnavailable, Err: err, Message: "The record could not " + what + ": " + why + ". Nothing was changed."}
}
