//go:build unix

package child

import (
	"os/exec"
	"syscall"
)

// apart keeps a child out of the parent's group, so that Ctrl-C reaches the parent alone, which then asks the child to stop.
func apart(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }
