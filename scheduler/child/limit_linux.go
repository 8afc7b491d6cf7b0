package child

import "syscall"

// rlimitData limits what a process may write to: its heap and its stacks, also where they were only promised.
const rlimitData = 2

// limitMemory has the system refuse memory beyond a limit; the program then ends.
func limitMemory(bytes int64) error {
	most := uint64(bytes) //nolint:gosec // callers give positive limits
	return syscall.Setrlimit(rlimitData, &syscall.Rlimit{Cur: most, Max: most})
}
