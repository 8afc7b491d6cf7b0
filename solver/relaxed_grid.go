package solver

import (
	"slices"

	"github.com/communitypayback/payback/model"
)

// grid sorts one table into what a bound knows. What it does not know can only cost, or must hold, and is left out; a table that
// could reward and is not known is an error, for a bound without it would be none.
func (x *relaxing) grid(g *grid) error {
	people, staff := x.weighs(g, 0, x.first[Supervisors]), x.weighs(g, x.first[Supervisors], x.first[kinds])
	switch {
	case people && !staff && g.guard == nil && x.ownRows(g) && x.weeks(g):
	case people && !staff && g.guard == nil && g.shape == Curve && g.cols == 1:
		x.areas(g)
	case !people && staff && g.guard == nil && x.ofStaff(g):
	case people && !staff && g.guard == nil && g.cells == g.cols && x.ofGroups(g):
	case g.guard != nil && x.terms(g):
	default:
		x.left[g.constraint] = true
		if g.price < 0 || g.shape == Open || g.shape == Curve {
			return model.Errorf(model.CodeInternal, "rule %s rewards in a way that no bound can be stated for; found table shape %d", x.constraints[g.constraint].ID, g.shape)
		}
	}
	return nil
}

// weighs reports whether any of some actors has weight in a table.
func (x *relaxing) weighs(g *grid, from, to ActorIx) bool {
	for a := from; a < to; a++ {
		if g.row[a] >= 0 && g.weight[a] != 0 {
			return true
		}
	}
	return false
}

// ownRows reports whether no row is shared by two people.
func (x *relaxing) ownRows(g *grid) bool {
	seen := make([]bool, g.cells/g.cols)
	for a := range x.first[Supervisors] {
		if r := g.row[a]; r >= 0 {
			if seen[r] {
				return false
			}
			seen[r] = true
		}
	}
	return true
}

// weeks reads a table with a row for each person: the worth of their minutes, the most of them, sessions a day, a first session.
func (x *relaxing) weeks(g *grid) bool {
	switch {
	case g.shape == Curve && g.cols == 1 && !g.worked && slices.Equal(g.length, x.minutes):
		x.eachRow(g, func(a ActorIx, p *RelaxedPerson, row int32) {
			p.Worth = g.worth[row]
			for i := p.From; i < p.To; i++ {
				arc := &x.out.Arcs[i]
				_, value, _, ok := x.counts(g, a, arc.Session)
				if ok {
					arc.Length = value
				}
			}
		})
	case g.shape == Beyond && g.cols == 1 && g.worked && g.price == 0:
		x.eachRow(g, func(_ ActorIx, p *RelaxedPerson, row int32) { p.Limit = min(p.Limit, g.limit[row]) })
	case g.shape == Over && g.cols == 7 && g.price == 0 && x.byDay(g):
		x.eachRow(g, func(_ ActorIx, p *RelaxedPerson, row int32) {
			p.PerDay = min(p.PerDay, slices.Max(g.limit[7*row:7*row+7]))
		})
	case g.shape == Open && g.cols == 7 && x.fromDay(g):
		x.eachRow(g, func(_ ActorIx, p *RelaxedPerson, row int32) {
			for d := range int32(7) {
				if worth := -int64(g.limit[7*row+d]); worth != 0 {
					p.First = append(p.First, RelaxedFirst{Day: d, Worth: worth})
				}
			}
		})
	default:
		return false
	}
	return true
}

// byDay reports whether each session counts on its own day and no other, once.
func (x *relaxing) byDay(g *grid) bool {
	for t := range x.out.Sessions {
		cols := g.colList[g.colFrom[t]:g.colFrom[t+1]]
		if len(cols) != 1 || cols[0] != x.out.Sessions[t].Day || g.length[t] != 1 {
			return false
		}
	}
	return true
}

// fromDay reports whether each session counts on its own day and every later one.
func (x *relaxing) fromDay(g *grid) bool {
	for t := range x.out.Sessions {
		cols, day := g.colList[g.colFrom[t]:g.colFrom[t+1]], x.out.Sessions[t].Day
		if len(cols) != int(7-day) || cols[0] != day || g.length[t] != 1 {
			return false
		}
	}
	return true
}

func (x *relaxing) eachRow(g *grid, f func(a ActorIx, p *RelaxedPerson, row int32)) {
	parallel(int(x.first[Supervisors]), func(i int) {
		if a := ActorIx(i); g.row[a] >= 0 {
			f(a, &x.out.People[a], g.row[a])
		}
	})
}

// areas reads a concave reward that people share.
func (x *relaxing) areas(g *grid) {
	from := int32(len(x.out.Areas))
	for _, w := range g.worth {
		x.out.Areas = append(x.out.Areas, RelaxedArea{Worth: w})
	}
	x.eachRow(g, func(_ ActorIx, p *RelaxedPerson, row int32) { p.Area = from + row })
}

// ofStaff reads the weekly minutes of supervisors, and the price of duties above a number a day.
func (x *relaxing) ofStaff(g *grid) bool {
	switch {
	case g.shape == Beyond && g.cols == 1 && g.price == 0 && g.cells == int32(x.NumActors(Supervisors)):
		for i := range x.out.Staff {
			s := &x.out.Staff[i]
			if r := g.row[s.Actor]; r >= 0 && g.weight[s.Actor] == 1 {
				s.Minutes = min(s.Minutes, g.limit[r])
			}
		}
	case g.shape == Over && g.cells == 7 && g.cols == 7 && g.price > 0 && x.byDay(g):
		for d := range int32(7) {
			x.out.Reserves = append(x.out.Reserves, RelaxedReserve{Day: d, Free: g.limit[d], Price: g.price})
		}
	case g.shape == Over && g.price >= 0, g.shape == Beyond && g.price >= 0:
		x.left[g.constraint] = true
		x.drivers(g)
	default:
		return false
	}
	return true
}

// ofGroups reads a table with a column a session in which people count: what opening costs. Who must not be too few, and what too
// many of some cost, no bound knows.
func (x *relaxing) ofGroups(g *grid) bool {
	if g.shape != Open {
		x.left[g.constraint] = true
		if g.shape == Hole && g.price == 0 && g.pair == nil && x.ownColumns(g) {
			x.hole(g)
		}
		return g.price >= 0 && g.shape != Curve
	}
	if g.pair != nil || !x.ownColumns(g) || !x.everybody(g) {
		return false
	}
	for t := range x.out.Sessions {
		if g.colFrom[t] < g.colFrom[t+1] {
			x.out.Sessions[t].Opening -= int64(g.limit[t])
		}
	}
	return true
}

// ownColumns reports whether no two sessions share a column.
func (x *relaxing) ownColumns(g *grid) bool {
	for t := range x.out.Sessions {
		if cols := g.colList[g.colFrom[t]:g.colFrom[t+1]]; len(cols) > 1 || len(cols) == 1 && (cols[0] != int32(t) || g.length[t] != 1) {
			return false
		}
	}
	return true
}

// everybody reports whether every person weighs 1.
func (x *relaxing) everybody(g *grid) bool {
	for a := range x.first[Supervisors] {
		if g.row[a] < 0 || g.weight[a] != 1 {
			return false
		}
	}
	return true
}
