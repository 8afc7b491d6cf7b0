package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/communitypayback/payback/model"
)

// Backup writes one consistent state of the record to a new file while the record stays in use, and verifies every byte of
// it. Only whoever runs the program may read the copy. A file that is there already gives a [model.Error] with CodeConflict;
// CodeUnavailable says that there is no room for a copy. On any error there is no file.
func (s *Store) Backup(ctx context.Context, to string) error {
	part, err := begin(to, sizeOf(s.path)+sizeOf(s.path+"-wal")+s.room)
	if err != nil {
		return err
	}
	defer removeAll(part)
	if err := s.copyInto(ctx, part); err != nil {
		return err
	}
	if err := verifyFile(ctx, part); err != nil {
		return err
	}
	return place(part, to)
}

// copyInto writes a copy through a connection of its own, so that neither readers nor the writer wait for it.
func (s *Store) copyInto(ctx context.Context, part string) (err error) {
	db, err := sql.Open("sqlite", uri(s.path, settings("busy_timeout(10000)")))
	if err != nil {
		return unavailable("be backed up", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	_, err = db.ExecContext(ctx, "VACUUM INTO ?", part)
	return unavailable("be backed up", err)
}

// Restore verifies a backup and copies it to where a record is to be. A file that is there already gives a [model.Error]
// with CodeConflict: move it away first, so that nothing is lost by a slip. A damaged backup is not restored, and one of an
// older program is brought up to date. On any error there is no file.
func Restore(ctx context.Context, from, to string) error {
	if err := complete(from); err != nil {
		return err
	}
	part, err := begin(to, sizeOf(from)+DefaultRoom)
	if err != nil {
		return err
	}
	defer removeAll(part)
	if err := copyFile(ctx, from, part); err != nil {
		return err
	}
	if err := verifyFile(ctx, part); err != nil {
		return fmt.Errorf("%s: %w", from, err)
	}
	return place(part, to)
}

// complete refuses what is no backup or not all of one.
func complete(from string) error {
	info, err := os.Stat(from)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return model.Errorf(model.CodeNotFound, "found no backup at %s; expected the file that payback backup wrote", from)
	case err != nil:
		return unreadableBackup(from, err)
	case !info.Mode().IsRegular(), info.Size() == 0:
		return notARecord(nil)
	}
	for _, journal := range []string{from + "-wal", from + "-journal"} {
		if filled(journal) {
			return model.Errorf(model.CodeInvalid,
				"found a record in use, not a backup: there is a journal beside it, %s, without which its last changes would be lost; copy it with payback backup, or move both to where the record is to be",
				journal)
		}
	}
	return nil
}

// verifyFile opens a copy that is not in place yet, which brings it up to date, and verifies it. Its rights were set when
// it was made, as far as its file system knows any.
func verifyFile(ctx context.Context, path string) error {
	if err := look(ctx, path); err != nil {
		return err
	}
	s, err := open(ctx, path, options{})
	if err != nil {
		return err
	}
	if err := errors.Join(s.Verify(ctx), s.Close()); err != nil {
		return err
	}
	if filled(path + "-wal") { // closing folds it in, unless somebody else has the copy open
		return model.Errorf(model.CodeUnavailable, "The copy could not be finished: another program has it open. Try again.")
	}
	return nil
}
