//go:build !linux

package child

import (
	"os"
	"runtime/metrics"
	"time"
)

// limitMemory looks now and then how much there is, and ends the program when it is more than the limit.
func limitMemory(bytes int64) error {
	go func() {
		for range time.Tick(50 * time.Millisecond) {
			sample := []metrics.Sample{{Name: "/memory/classes/total:bytes"}}
			if metrics.Read(sample); sample[0].Value.Uint64() > uint64(bytes) { //nolint:gosec // callers give positive limits
				os.Exit(exitMemory)
			}
		}
	}()
	return nil
}

// exitMemory is the exit code of a child that needed too much memory.
const exitMemory = 3
