package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/communitypayback/payback/scheduler/redisstore"
	"github.com/communitypayback/payback/scheduler/sqlitestore"
)

// healthOf tells how the record is kept.
func healthOf(ctx context.Context, d *desk) []finding {
	switch s := d.store.(type) {
	case *sqlitestore.Store:
		h, err := s.Health(ctx)
		if err != nil {
			return []finding{{"record", false, err.Error()}}
		}
		return fileHealth(&h)
	case *redisstore.Store:
		h, err := s.Health(ctx)
		if err != nil {
			return []finding{{"record", false, err.Error()}}
		}
		return sharedHealth(&h)
	}
	return nil
}

// megabytes words a size.
func megabytes(bytes int64) string {
	if bytes < 10<<20 {
		return fmt.Sprintf("%.1f MB", float64(bytes)/(1<<20))
	}
	return thousands(bytes>>20) + " MB"
}

// fileHealth tells of a record in a folder.
func fileHealth(h *sqlitestore.Health) []finding {
	disk := finding{"disk", h.FreeBytes < 0 || h.FreeBytes > 8*h.RoomBytes, megabytes(h.FreeBytes) + " free"}
	switch {
	case h.FreeBytes < 0:
		disk.Found = "the system does not tell how much is free"
	case !disk.OK:
		disk.Found += fmt.Sprintf("; nothing is written below %s, so free some", megabytes(h.RoomBytes))
	}
	mode := finding{"rights", h.FileMode == 0o600 && h.FolderMode&0o077 == 0, fmt.Sprintf("file %04o, folder %04o", h.FileMode, h.FolderMode)}
	if !mode.OK {
		mode.Found += "; nobody but you should read the folder: chmod 700 " + quoted(filepath.Dir(h.Path))
	}
	return []finding{
		{"record", true, fmt.Sprintf("%s: %s, %s in %s", h.Path, count(h.Regions, "region"), plural(h.Entries, "entry", "entries"), megabytes(h.FileBytes+h.JournalBytes))},
		{"durability", true, fmt.Sprintf("SQLite %s, schema %d, journal %s, synchronous %s", h.SQLiteVersion, h.SchemaVersion, h.JournalMode, h.Synchronous)},
		disk, mode,
	}
}

// sharedHealth tells of a record on Redis. Four fifths of its memory used is too much: when it is full nothing can be
// changed.
func sharedHealth(h *redisstore.Health) []finding {
	kept := finding{"durability", len(h.Weak) == 0, fmt.Sprintf("Redis %s, noeviction, journal synced %s, %s",
		strings.Join(h.Versions, " and "), strings.Join(h.Sync, " and "), count(h.Replicas, "replica"))}
	if !kept.OK {
		kept.Found = strings.Join(h.Weak, "; ")
	}
	memory := finding{"memory", h.MostBytes == 0 || h.UsedBytes < h.MostBytes/5*4, megabytes(h.UsedBytes) + " used"}
	if h.MostBytes > 0 {
		memory.Found += " of " + megabytes(h.MostBytes)
	}
	if !memory.OK {
		memory.Found += "; when it is full nothing can be changed, so give it more"
	}
	where := fmt.Sprintf("%s: %s, %s", h.Address, count(h.Regions, "region"), count(int(h.Commits), "change"))
	if h.Primaries > 1 {
		where += ", on " + count(h.Primaries, "primary node")
	}
	return []finding{{"record", true, where}, kept, memory}
}
