//go:build !unix

package redistest

// Pause skips the test: this system cannot stop a process without ending it.
func (s *Server) Pause() { s.tb.Skip("a process cannot be paused here") }

// Resume does nothing.
func (s *Server) Resume() {}
