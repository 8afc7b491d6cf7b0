package sqlitestore

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/communitypayback/payback/model"
)

// identity is what a file says of itself.
type identity struct {
	application, version int
	made                 bool // there was ever anything in it
}

// Where the header of a SQLite file says it (https://www.sqlite.org/fileformat.html, section 1.3).
const (
	headerMagic     = "SQLite format 3\x00"
	headerBytes     = 100
	cookieAt        = 40 // counts changes of the schema
	userVersionAt   = 60
	applicationIDAt = 68
)

// refuse gives an error for what this program must not write to.
func (i identity) refuse() error {
	switch {
	case i.made && i.application != applicationID:
		return notARecord(nil)
	case i.version > newest:
		return model.Errorf(model.CodeInvalid,
			"The record was written by a newer payback: its schema is version %d and this program knows versions up to %d. Nothing was changed; use the newer program.",
			i.version, newest)
	}
	return nil
}

// look refuses a file that is no record or a newer program's before anything can change a byte of it: opening it for
// writing would set its journal mode, and closing it would fold in what a newer program left in its journal. An empty file
// may become a record.
func look(ctx context.Context, path string) error {
	if filled(path + "-journal") {
		return nil // SQLite must put it right first; migrate looks again
	}
	if filled(path + "-wal") {
		return lookWithJournal(ctx, path)
	}
	header, err := head(path)
	switch {
	case err != nil:
		return cannotOpen(path, err)
	case len(header) == 0:
		return nil
	case len(header) < headerBytes || string(header[:len(headerMagic)]) != headerMagic:
		return notARecord(nil)
	}
	number := func(at int) int { return int(int32(binary.BigEndian.Uint32(header[at:]))) }
	return identity{number(applicationIDAt), number(userVersionAt), number(cookieAt) != 0}.refuse()
}

// lookWithJournal asks SQLite, because the journal may say more than the file does. A connection that only reads folds
// nothing in.
func lookWithJournal(ctx context.Context, path string) (err error) {
	q := settings("busy_timeout(10000)")
	q.Set("mode", "ro")
	db, err := sql.Open("sqlite", uri(path, q))
	if err != nil {
		return cannotOpen(path, err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	i, err := identify(ctx, db)
	if err != nil {
		return err
	}
	return i.refuse()
}

// identify reads what a file says of itself through SQLite.
func identify(ctx context.Context, db interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
},
) (i identity, err error) {
	err = db.QueryRowContext(ctx, "SELECT (SELECT application_id FROM pragma_application_id), (SELECT user_version FROM pragma_user_version), "+
		"EXISTS (SELECT 1 FROM sqlite_schema)").Scan(&i.application, &i.version, &i.made)
	if err != nil {
		return i, unreadable(err)
	}
	return i, nil
}

// head reads the header of a file, or as much as there is.
func head(path string) ([]byte, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("look at %s: %w", path, err)
	}
	header := make([]byte, headerBytes)
	n, err := io.ReadFull(f, header)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return header[:n], errors.Join(err, f.Close())
}

func filled(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Size() > 0
}
