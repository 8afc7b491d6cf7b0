package redistest

import (
	"fmt"
	"io/fs"
	"os/exec"
	"path/filepath"
	"strconv"
)

// DiskFull lets the server's journal grow by some hundred bytes more, as on a disk that is about to be full. It reports whether that is
// possible here. A server that is started again has all the room there is.
func (s *Server) DiskFull() bool {
	s.tb.Helper()
	limiter, err := exec.LookPath("prlimit")
	if err != nil {
		return false
	}
	largest := int64(0)
	if err := filepath.WalkDir(s.dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		at, err := d.Info()
		if err == nil {
			largest = max(largest, at.Size())
		}
		return err
	}); err != nil {
		s.tb.Fatal(err)
	}
	said, err := exec.CommandContext(s.tb.Context(), limiter, "--pid", strconv.Itoa(s.process.Process.Pid), fmt.Sprint("--fsize=", largest+500)).CombinedOutput() //nolint:gosec // the test's own process
	if err != nil {
		s.tb.Logf("%v: %s", err, said)
	}
	return err == nil
}

// Gone reports whether the server's process has ended.
func (s *Server) Gone() bool {
	select {
	case <-s.ended:
		return true
	default:
		return false
	}
}
