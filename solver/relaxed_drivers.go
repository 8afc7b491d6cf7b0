package solver

import "slices"

// RelaxedDrivers says that some sessions have no more of some minibuses than there are supervisors who may drive one.
type RelaxedDrivers struct {
	Sessions  []SessionIx
	Minibuses []ActorIx
	Drivers   []ActorIx
}

// drivers reads a table that takes those who may drive off those who must be driven.
func (x *relaxing) drivers(g *grid) {
	if g.price != 0 || g.when != Always || g.pair != nil || g.cells != g.cols || !x.ownColumns(g) || slices.ContainsFunc(g.limit, func(l int32) bool { return l != 0 }) {
		return
	}
	var d RelaxedDrivers
	for a := x.first[Supervisors]; a < x.first[kinds]; a++ {
		switch w := g.weight[a]; {
		case g.row[a] < 0 || w == 0:
		case w == 1 && x.Kind(a) == Minibuses:
			d.Minibuses = append(d.Minibuses, a)
		case w == -1 && x.Kind(a) == Supervisors:
			d.Drivers = append(d.Drivers, a)
		default:
			return
		}
	}
	for t := range SessionIx(x.NumSessions()) {
		if g.colFrom[t] < g.colFrom[t+1] {
			d.Sessions = append(d.Sessions, t)
		}
	}
	if len(d.Minibuses) > 0 && len(d.Sessions) > 0 {
		x.out.Drivers = append(x.out.Drivers, d)
	}
}
