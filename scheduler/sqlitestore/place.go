package sqlitestore

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"github.com/communitypayback/payback/model"
)

// begin makes an empty file beside where a copy is to be, under a name of its own so that what a killed program left behind
// stands in nobody's way. It is made readable by nobody else, so no moment comes at which others could read it.
func begin(to string, room int64) (part string, err error) {
	if err := mustBeNew(to); err != nil {
		return "", err
	}
	if err := enough(to, room); err != nil {
		return "", err
	}
	f, err := os.CreateTemp(filepath.Dir(to), filepath.Base(to)+".part-*") // it has mode 0600
	if err != nil {
		return "", cannotPlace(to, err)
	}
	if err := f.Close(); err != nil {
		return "", errors.Join(cannotPlace(to, err), os.Remove(f.Name()))
	}
	return f.Name(), nil
}

func mustBeNew(path string) error {
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return taken(path)
	}
	return nil
}

func taken(path string) error {
	return model.Errorf(model.CodeConflict, "found a file at %s; expected none; give another name or move it away", path)
}

// copyFile fills the copy. It ends early when it is no longer wanted.
func copyFile(ctx context.Context, from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return unreadableBackup(from, err)
	}
	defer in.Close() //nolint:errcheck // it was only read
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_TRUNC, fileMode)
	if err != nil {
		return cannotPlace(to, err)
	}
	_, err = io.Copy(out, readerFunc(func(p []byte) (int, error) {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		return in.Read(p)
	}))
	return unavailable("be restored", errors.Join(err, out.Close()))
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// place gives a finished file its name, once its bytes are on the disk. A link replaces nothing, unlike a rename; where
// there are no links, as on most memory sticks, an empty file of ours takes the name first.
func place(part, to string) error {
	if err := sync(part); err != nil {
		return unavailable("be put in place", err)
	}
	err := os.Link(part, to)
	switch {
	case errors.Is(err, fs.ErrExist):
		return taken(to)
	case err != nil:
		if err := rename(part, to); err != nil {
			return err
		}
	}
	return unavailable("be put in place", syncFolder(filepath.Dir(to)))
}

func rename(part, to string) error {
	f, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, fileMode)
	switch {
	case errors.Is(err, fs.ErrExist):
		return taken(to)
	case err != nil:
		return cannotPlace(to, err)
	}
	if err := errors.Join(f.Close(), os.Rename(part, to)); err != nil {
		return errors.Join(cannotPlace(to, err), os.Remove(to))
	}
	return nil
}

func sync(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// syncFolder makes a new name last. Windows does so by itself and refuses to be told.
func syncFolder(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// removeAll clears up. What is left over harms nothing.
func removeAll(part string) {
	for _, end := range []string{"", "-wal", "-shm", "-journal"} {
		_ = os.Remove(part + end)
	}
}

func sizeOf(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}
