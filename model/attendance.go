package model

// Comes gives the estimated chance that a person comes to a session if told to, in permille.
func (s *Snapshot) Comes(p *Person, _ *Session) int32 { return p.Attendance }

// Counted gives the chance, in permille, at which a person counts against the places of a session: of somebody of whom no
// outcome is recorded, nothing is known that would justify giving their place away, so they count as certain to come.
func (s *Snapshot) Counted(p *Person, t *Session) int32 {
	if p.Outcomes == 0 {
		return 1000
	}
	return s.Comes(p, t)
}
