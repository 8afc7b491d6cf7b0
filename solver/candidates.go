package solver

import "math/bits"

// candidates lists, for each session, the actors of each kind that break nothing by joining it, and for each person the
// sessions likewise. It is what the search walks over; everything else it would only have to refuse.
type candidates struct {
	of       [kinds][][]ActorIx // by kind and session, in order of index
	sessions [][]SessionIx      // by actor, in order of time
	staffed  []bool             // by session: needs a supervisor of ours to open
	carried  []bool             // by session: somebody may ride there
	fixed    []uint64           // actor x words: pairs that must stay, broken or not
	best     [][]gain           // by session: its people, who could gain most first; only where listGains was called
}

func newCandidates(p *Problem) *candidates {
	n := p.NumSessions()
	c := &candidates{sessions: make([][]SessionIx, p.first[kinds]), staffed: make([]bool, n), carried: make([]bool, n)}
	for k := range kinds {
		c.list(p, k)
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

// list lists the pairs of actors of one kind. Most sessions are open to few, so the bits are counted before memory is taken.
func (c *candidates) list(p *Problem, k ActorKind) {
	number, all := make([]int, p.NumSessions()), 0
	each := func(a ActorIx, f func(t SessionIx)) {
		for w, rest := range p.allowed[int(a)*p.words : (int(a)+1)*p.words] {
			for ; rest != 0; rest &= rest - 1 {
				f(SessionIx(w<<6 + bits.TrailingZeros64(rest)))
			}
		}
	}
	for a := p.first[k]; a < p.first[k+1]; a++ {
		each(a, func(t SessionIx) {
			number[t]++
			all++
		})
	}
	c.of[k] = make([][]ActorIx, p.NumSessions())
	actors, sessions := make([]ActorIx, 0, all), make([]SessionIx, 0, all)
	for t, n := range number {
		c.of[k][t] = actors[len(actors) : len(actors) : len(actors)+n]
		actors = actors[:len(actors)+n]
	}
	for a := p.first[k]; a < p.first[k+1]; a++ {
		from := len(sessions)
		each(a, func(t SessionIx) {
			c.of[k][t] = append(c.of[k][t], a)
			sessions = append(sessions, t)
		})
		c.sessions[a] = sessions[from:len(sessions):len(sessions)]
	}
}
