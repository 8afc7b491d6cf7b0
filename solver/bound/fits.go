package bound

import "github.com/communitypayback/payback/solver"

// makeFits finds how many places a group takes at most with each size of team, by who comes most seldom, and B for every number.
func (w *week) makeFits(g *group, s *solver.RelaxedSession) {
	var all crowd
	wide, faint := int32(0), false
	for _, a := range s.Arcs {
		arc := &w.Arcs[a]
		all.add(arc.Comes, arc.Takes)
		faint = faint || arc.Comes < leastChance
		if arc.Takes > 1 {
			wide++
			faint = faint || comesAs(arc) < leastChance
		}
	}
	g.fits = make([][]int64, g.teams+1)
	for i := range g.fits {
		n := i + 1
		if !s.Staffed {
			n = 0
		}
		room := w.room(s, n, 0)
		size := g.size(s, room)
		for k := range s.Rooms {
			if r := &s.Rooms[k]; !r.Riders {
				size = min(size, all.held(r, r.OfAny(n, 0))+wide)
			}
		}
		l, known := g.limit(room)
		for k := range size + 1 {
			b := int64(0)
			switch {
			case !known:
			case faint || g.doubles > 0: // there may be more of those who weigh something than are counted, or fewer
				b = l.bound
			default:
				b = l.of(k, room)
			}
			g.fits[i] = append(g.fits[i], b)
		}
	}
}
