package solver

// candidates lists, for each session, the actors of each kind that break nothing by joining it, and for each person the
// sessions likewise. It is what the search walks over; everything else it would only have to refuse.
type candidates struct {
	of       [kinds][][]ActorIx // by kind and session, in order of index
	sessions [][]SessionIx      // by actor, in order of time
	staffed  []bool             // by session: needs a supervisor of ours to open
	carried  []bool             // by session: somebody may ride there
	fixed    []uint64           // actor x words: pairs that must stay, broken or not
}

func newCandidates(p *Problem) *candidates {
	n := p.NumSessions()
	c := &candidates{sessions: make([][]SessionIx, p.first[kinds]), staffed: make([]bool, n), carried: make([]bool, n)}
	for k := range c.of {
		c.of[k] = make([][]ActorIx, n)
	}
	for a := range p.first[kinds] {
		k := p.Kind(a)
		for t := range SessionIx(n) {
			if p.Allowed(a, t) {
				c.of[k][t] = append(c.of[k][t], a)
				c.sessions[a] = append(c.sessions[a], t)
			}
		}
	}
	c.fixed = make([]uint64, int(p.first[kinds])*p.words)
	for _, r := range p.requires {
		c.fixed[int(r.actor)*p.words+int(r.session)>>6] |= 1 << (uint(r.session) & 63)
	}
	for t := range SessionIx(n) {
		c.staffed[t] = p.Project(t).Supervised()
		for _, a := range c.of[People][t] {
			if p.Rides(a, p.project[t]) {
				c.carried[t] = true
				break
			}
		}
	}
	return c
}
