//go:build linux || darwin || freebsd

package sqlitestore

import (
	"math"
	"syscall"
)

// freeBytes gives how many bytes of a folder's file system this user may still fill, and whether that is known.
func freeBytes(folder string) (int64, bool) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(folder, &s); err != nil {
		return 0, false
	}
	blocks, size := uint64(s.Bavail), uint64(s.Bsize) //nolint:unconvert // the types differ between systems
	if size > 0 && blocks > math.MaxInt64/size {
		return math.MaxInt64, true
	}
	return int64(blocks * size), true
}
