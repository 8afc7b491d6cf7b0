package sqlitestore

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
)

// Health is what somebody who looks after a record wants to know. It says nothing about people.
type Health struct {
	Path          string // absolute
	SchemaVersion int
	SQLiteVersion string
	JournalMode   string // wal
	Synchronous   string // FULL
	FileBytes     int64
	JournalBytes  int64 // of the -wal file, which is folded into the file now and then
	FreeBytes     int64 // on its disk, for this user; -1: the system does not tell
	RoomBytes     int64 // below which nothing is written; see [Room]
	Regions       int
	Entries       int
	Contents      int
	ContentBytes  int64       // as they are
	PackedBytes   int64       // as they are stored
	FileMode      fs.FileMode // permission bits; others than 0600 are refused at the next opening
	FolderMode    fs.FileMode
}

// Health looks at the record without reading what is in it; for that there is [Store.Verify].
func (s *Store) Health(ctx context.Context) (Health, error) {
	h := Health{Path: s.path, FileBytes: sizeOf(s.path), JournalBytes: sizeOf(s.path + "-wal"), FreeBytes: -1, RoomBytes: s.room}
	if free, known := freeBytes(filepath.Dir(s.path)); known {
		h.FreeBytes = free
	}
	for path, mode := range map[string]*fs.FileMode{s.path: &h.FileMode, filepath.Dir(s.path): &h.FolderMode} {
		info, err := os.Stat(path)
		if err != nil {
			return Health{}, cannotOpen(path, err)
		}
		*mode = info.Mode().Perm()
	}
	if err := s.count(ctx, &h); err != nil {
		return Health{}, unavailable("be looked at", err)
	}
	return h, nil
}

// count asks SQLite. How it syncs is a matter of the connection, so the one that writes is asked.
func (s *Store) count(ctx context.Context, h *Health) error {
	regions, err := s.Regions(ctx)
	if err != nil {
		return err
	}
	h.Regions = len(regions)
	var level int
	if err := s.write.QueryRowContext(ctx, "SELECT sqlite_version(), journal_mode, synchronous, user_version "+
		"FROM pragma_journal_mode, pragma_synchronous, pragma_user_version").Scan(&h.SQLiteVersion, &h.JournalMode, &level, &h.SchemaVersion); err != nil {
		return err
	}
	h.Synchronous = [...]string{"OFF", "NORMAL", "FULL", "EXTRA"}[level&3]
	return s.read.QueryRowContext(ctx, "SELECT (SELECT count(*) FROM entry), count(*), "+
		"coalesce(sum(coalesce(unpacked, length(bytes))), 0), coalesce(sum(length(bytes)), 0) FROM content").
		Scan(&h.Entries, &h.Contents, &h.ContentBytes, &h.PackedBytes)
}
