//go:build unix

package child

import (
	"os/exec"
	"syscall"
)

// apart keeps a child out of the parent's group, so that Ctrl-C reaches the parent alone, which then asks the child to stop.
func apart(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// politeness is how much a child gives way to whoever waits for an answer, of 19.
const politeness = 10

// yields lets a child, which has a group of its own, give way. Where the system refuses, the search is as quick as everybody.
func yields(cmd *exec.Cmd) { _ = syscall.Setpriority(syscall.PRIO_PGRP, cmd.Process.Pid, politeness) }
