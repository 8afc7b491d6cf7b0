package sqlitestore

import (
	"context"
	"fmt"
	"slices"

	"github.com/communitypayback/payback/model"
)

// oldest is the first SQLite in which a write to the journal that meets a checkpoint can no longer damage the file
// (https://www.sqlite.org/wal.html, the WAL-reset bug).
var oldest = release{3, 51, 3}

// release is a version of SQLite.
type release [3]int

// sqliteVersion refuses a SQLite that is known to damage files. A build chooses it, so nobody but a test may ever see this.
func (s *Store) sqliteVersion(ctx context.Context) error {
	var version string
	if err := s.write.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&version); err != nil {
		return unreadable(err)
	}
	return atLeast(version, oldest)
}

func atLeast(version string, least release) error {
	var r release
	if _, err := fmt.Sscanf(version, "%d.%d.%d", &r[0], &r[1], &r[2]); err != nil || slices.Compare(r[:], least[:]) < 0 {
		return model.Errorf(model.CodeInternal,
			"The record was not opened: this program was built with SQLite %s, which can damage it; expected %d.%d.%d or later. Build it again with a newer modernc.org/sqlite.",
			version, least[0], least[1], least[2])
	}
	return nil
}
