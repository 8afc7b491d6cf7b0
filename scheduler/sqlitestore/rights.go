package sqlitestore

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"github.com/communitypayback/payback/model"
)

// Only whoever runs the program may read people's data.
const (
	fileMode   fs.FileMode = 0o600
	folderMode fs.FileMode = 0o700
)

// makeFile makes a record's folder and an empty file where there is none, readable by nobody else from the first moment.
func makeFile(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), folderMode); err != nil {
		return cannotOpen(path, err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, fileMode)
	if err != nil {
		return cannotOpen(path, err)
	}
	if err := f.Close(); err != nil {
		return cannotOpen(path, err)
	}
	return nil
}

// private refuses a record that other users of the machine may read or change. It is not put right in silence, because
// somebody has to find out who may have read it meanwhile. Windows has no such bits.
func private(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	for _, part := range []string{path, path + "-wal", path + "-shm"} {
		info, err := os.Stat(part)
		if err != nil {
			continue // it is not there, or opening it will say why not
		}
		if wide := info.Mode().Perm(); wide&^fileMode != 0 {
			return model.Errorf(model.CodeInvalid,
				"found a record that other users of this machine may open: %s has mode %04o; expected %04o; run chmod %o %s, and find out who may have read it",
				part, wide, fileMode, fileMode, part)
		}
	}
	return nil
}
