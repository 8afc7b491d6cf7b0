package sqlitestore

import (
	"path/filepath"

	"github.com/communitypayback/payback/model"
)

// enough refuses to write where less than needed bytes are free. A disk that fills up loses nothing that was acknowledged,
// but on a full one nobody can sign in, look or repair, so the last of it is left to them. Where the system does not tell
// what is free, nothing is refused.
func enough(path string, needed int64) error {
	if needed <= 0 {
		return nil
	}
	free, known := freeBytes(filepath.Dir(path))
	if !known || free >= needed {
		return nil
	}
	return model.Errorf(model.CodeUnavailable,
		"the disk is nearly full: %d MiB free, %d needed; free some space and try again", free>>20, (needed+1<<20-1)>>20)
}
