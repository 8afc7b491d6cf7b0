package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"path/filepath"
	"slices"

	_ "modernc.org/sqlite" // the driver

	"github.com/communitypayback/payback/model"
)

// readers is how many connections read at once.
const readers = 4

// Store is an open record. It may be used by several goroutines, and several processes may open one file.
type Store struct {
	path  string
	room  int64
	write *sql.DB // one connection
	read  *sql.DB
}

// Open opens the record at path and makes it, and its folder, if there is none. It gives a [model.Error]: CodeInvalid if the
// file is something else, was written by a newer program, or may be opened by other users of the machine; CodeUnavailable if
// it cannot be written to, or a setting would let an acknowledged change be lost.
func Open(ctx context.Context, path string, with ...Option) (*Store, error) {
	if err := look(ctx, path); err != nil {
		return nil, err
	}
	if err := makeFile(path); err != nil {
		return nil, err
	}
	if err := private(path); err != nil {
		return nil, err
	}
	return open(ctx, path, chosen(with))
}

func open(ctx context.Context, path string, o options) (s *Store, err error) {
	s = &Store{room: o.room}
	if s.path, err = filepath.Abs(path); err != nil {
		return nil, cannotOpen(path, err)
	}
	if s.write, err = sql.Open("sqlite", source(s.path, o.pragmas...)); err != nil {
		return nil, cannotOpen(path, err)
	}
	s.write.SetMaxOpenConns(1)
	if err := s.prepare(ctx); err != nil {
		return nil, errors.Join(err, s.write.Close())
	}
	if s.read, err = sql.Open("sqlite", source(s.path, append(slices.Clone(o.pragmas), "query_only(1)")...)); err != nil {
		return nil, errors.Join(cannotOpen(path, err), s.write.Close())
	}
	s.read.SetMaxOpenConns(readers)
	return s, nil
}

// Close closes the record once everything under way has ended.
func (s *Store) Close() error { return errors.Join(s.read.Close(), s.write.Close()) }

// source names a file and how it is opened to be written to.
func source(path string, more ...string) string {
	q := settings(append([]string{"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)"}, more...)...)
	q.Set("_txlock", "immediate")
	return uri(path, q)
}

func settings(pragmas ...string) url.Values { return url.Values{"_pragma": pragmas} }

func uri(path string, q url.Values) string {
	return (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: q.Encode()}).String()
}

// prepare refuses what is not safe to write to, and brings the schema up to date.
func (s *Store) prepare(ctx context.Context) error {
	if err := s.sqliteVersion(ctx); err != nil {
		return err
	}
	if err := s.safe(ctx); err != nil {
		return err
	}
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return unavailable("be opened", err)
	}
	defer tx.Rollback() //nolint:errcheck // after a commit there is nothing to roll back
	if err := migrate(ctx, tx); err != nil {
		return err
	}
	return unavailable("be brought up to date", tx.Commit())
}

// safe refuses settings under which an acknowledged change could be lost.
func (s *Store) safe(ctx context.Context) error {
	for _, want := range []struct{ pragma, value, word string }{
		{"journal_mode", "wal", "WAL"}, {"synchronous", "2", "FULL"}, {"foreign_keys", "1", "ON"},
	} {
		var found string
		if err := s.write.QueryRowContext(ctx, "PRAGMA "+want.pragma).Scan(&found); err != nil {
			return unreadable(err)
		}
		if found != want.value {
			return model.Errorf(model.CodeUnavailable,
				"The record was not opened: its %s is %s, under which a change that was acknowledged could be lost; expected %s.",
				want.pragma, found, want.word)
		}
	}
	return nil
}
