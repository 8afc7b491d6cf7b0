package sqlitestore

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/communitypayback/payback/model"
)

// Backup writes one consistent state of the record to a new file while the record stays in use, and verifies it. A file
// that is there already gives a [model.Error] with CodeConflict.
func (s *Store) Backup(ctx context.Context, to string) error {
	if err := mustBeNew(to); err != nil {
		return err
	}
	part := to + ".part"
	defer os.Remove(part) //nolint:errcheck // what is left over harms nothing, and the file itself is in place
	if _, err := s.write.ExecContext(ctx, "VACUUM INTO ?", part); err != nil {
		return unavailable("be backed up", err)
	}
	if err := verifyFile(ctx, part); err != nil {
		return err
	}
	return place(part, to)
}

// Restore verifies a backup and copies it to where a record is to be. A file that is there already gives a [model.Error]
// with CodeConflict: move it away first, so that nothing is lost by a slip. A damaged backup is not restored.
func Restore(ctx context.Context, from, to string) error {
	if err := mustBeNew(to); err != nil {
		return err
	}
	part := to + ".part"
	defer os.Remove(part) //nolint:errcheck // what is left over harms nothing, and the file itself is in place
	if err := copyFile(from, part); err != nil {
		return unavailable("be restored", err)
	}
	if err := verifyFile(ctx, part); err != nil {
		return err
	}
	return place(part, to)
}

// verifyFile opens a copy and verifies it.
func verifyFile(ctx context.Context, path string) error {
	s, err := Open(ctx, path)
	if err != nil {
		return err
	}
	return errors.Join(s.Verify(ctx), s.Close())
}

func mustBeNew(path string) error {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return model.Errorf(model.CodeConflict, "found a file at %s; expected none; give another name or move it away", path)
	}
	return nil
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return fmt.Errorf("read the backup: %w", err)
	}
	defer in.Close() //nolint:errcheck // it was only read
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("write the record: %w", err)
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// place gives a finished file its name, once its bytes are on the disk.
func place(part, to string) error {
	for _, step := range []func() error{
		func() error { return os.Chmod(part, 0o600) },
		func() error { return sync(part) },
		func() error { return os.Link(part, to) }, // unlike a rename, this replaces nothing
		func() error { return sync(filepath.Dir(to)) },
	} {
		if err := step(); err != nil {
			return unavailable("be put in place", err)
		}
	}
	return nil
}

func sync(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("open %s: %w", path, err)
	}
	return errors.Join(f.Sync(), f.Close())
}
