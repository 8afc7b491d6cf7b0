//go:build unix

package redistest

import "syscall"

// Pause stops the server without ending it; connections stay open and nothing is answered.
func (s *Server) Pause() { _ = s.process.Process.Signal(syscall.SIGSTOP) }

// Resume lets a paused server go on.
func (s *Server) Resume() { _ = s.process.Process.Signal(syscall.SIGCONT) }
