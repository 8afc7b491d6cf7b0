// Package machine says on what machine benchmarks run, for their reports.
package machine

import (
	"fmt"
	"os"
	"runtime"
	"strings"
)

// Text says what this machine is: its processor and memory, as far as the system tells, its cores and what the program was built with.
func Text() string {
	text := fmt.Sprintf("%d cores, %s/%s, %s", runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version())
	if name := lineOf("/proc/cpuinfo", "model name"); name != "" {
		text = name + ", " + text
	}
	if memory := lineOf("/proc/meminfo", "MemTotal"); memory != "" {
		text += ", memory " + memory
	}
	return text
}

// lineOf gives what stands behind a name and a colon; empty where there is none.
func lineOf(path, name string) string {
	data, err := os.ReadFile(path) //nolint:gosec // a file of the system
	if err != nil {
		return ""
	}
	for line := range strings.Lines(string(data)) {
		if key, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return ""
}
