package scheduler

import (
	"cmp"
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/bound"
)

// common finds the sessions that suit any of some people, what these have in common, and what keeps them from the others.
// Sessions that nobody can lead for them do not count, unless there are no others.
func (x *lacking) common(s *Shortage, w *bound.Witness) {
	people := w.People
	can := make([]bool, len(x.r.Sessions))
	for _, t := range w.Rooms {
		can[t] = true
	}
	for i := range x.r.Staff {
		for _, k := range w.Staff {
			if k.Actor != x.r.Staff[i].Actor {
				continue
			}
			for _, arc := range x.r.Staff[i].Arcs {
				can[arc.Session] = true
			}
		}
	}
	suits, rides := make([]bool, len(x.r.Sessions)), true
	for _, a := range people {
		for _, arc := range x.r.Arcs[x.r.People[a].From:x.r.People[a].To] {
			if can[arc.Session] || w.Size() == 0 {
				suits[arc.Session] = true
				rides = rides && arc.Seats > 0
			}
		}
	}
	var all, theirs facts
	for t := range suits {
		if len(x.r.Sessions[t].Arcs) == 0 {
			continue // it suits nobody
		}
		f := factsOf(x.p, solver.SessionIx(t))
		all.add(f)
		if suits[t] {
			theirs.add(f)
		}
	}
	s.Sessions = theirs.n
	if len(theirs.dates) < len(all.dates) {
		s.Only.Dates = theirs.dates
	}
	if len(theirs.areas) == 1 && len(all.areas) > 1 {
		s.Only.Area = theirs.areas[0]
	}
	every := func(mine, of int) bool { return theirs.n > 0 && mine == theirs.n && of < all.n }
	s.Only.ForWomen = every(theirs.forWomen, all.forWomen)
	s.Only.Indoors = every(theirs.indoors, all.indoors)
	s.Only.Individual = every(theirs.individual, all.individual)
	s.Only.ByMinibus = rides && theirs.n > 0
	x.barred(s, people, suits)
}

// facts are counts of sessions, and where and when they are.
type facts struct {
	n, forWomen, indoors, individual int
	dates                            []model.Date
	areas                            []string
}

func factsOf(p *solver.Problem, t solver.SessionIx) facts {
	at, s := p.Project(t), p.Session(t)
	f := facts{n: 1, dates: []model.Date{s.Key.Date}, areas: []string{s.Area}}
	if at.WomenOnly {
		f.forWomen = 1
	}
	if at.Exposure == model.Indoor {
		f.indoors = 1
	}
	if at.Kind == model.Individual {
		f.individual = 1
	}
	return f
}

// add adds one session's facts.
func (f *facts) add(o facts) {
	f.n, f.forWomen, f.indoors, f.individual = f.n+o.n, f.forWomen+o.forWomen, f.indoors+o.indoors, f.individual+o.individual
	f.dates, f.areas = insert(f.dates, o.dates[0]), insert(f.areas, o.areas[0])
}

// insert puts a value into a list in order, unless it is there.
func insert[T cmp.Ordered](list []T, v T) []T {
	i, found := slices.BinarySearch(list, v)
	if found {
		return list
	}
	return slices.Insert(list, i, v)
}

// mostBarred is how many pairs of a person and a session are looked at in a shortage.
const mostBarred = 400_000

// barred counts the rules that keep people from the sessions that suit none of them, each pair for the first rule of the catalogue.
func (x *lacking) barred(s *Shortage, people []solver.ActorIx, suits []bool) {
	var others []solver.SessionIx
	for t, yes := range suits {
		if !yes && len(x.r.Sessions[t].Arcs) > 0 {
			others = append(others, solver.SessionIx(t))
		}
	}
	if len(others) < s.Sessions || len(people)*len(others) > mostBarred {
		return
	}
	for _, a := range people {
		for _, t := range others {
			by := x.p.ForbiddenBy(a, t)
			if len(by) == 0 {
				continue
			}
			i := slices.IndexFunc(s.Barred, func(b BarredByRule) bool { return b.Rule == by[0] })
			if i < 0 {
				i = len(s.Barred)
				s.Barred = append(s.Barred, BarredByRule{Rule: by[0]})
			}
			s.Barred[i].Pairs++
		}
	}
	slices.SortFunc(s.Barred, func(a, b BarredByRule) int { return cmp.Or(b.Pairs-a.Pairs, cmp.Compare(a.Rule.ID, b.Rule.ID)) })
}
