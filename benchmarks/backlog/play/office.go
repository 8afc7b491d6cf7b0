package play

import (
	"cmp"
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
)

// office fills a week by hand: it goes down a list, gives each person a place that the rules allow, and opens another session
// where there is none. It looks at no price; the same rules bind it as the plan.
type office struct {
	*solver.State
	suits [][]solver.SessionIx // by person, in order of time
	shut  []bool               // by session: it could not be opened
}

func newOffice(p *solver.Problem) *office {
	o := &office{State: p.NewState(), suits: make([][]solver.SessionIx, p.NumActors(solver.People)), shut: make([]bool, p.NumSessions())}
	for a := range o.suits {
		for t := range solver.SessionIx(p.NumSessions()) {
			if p.Session(t).Bar == model.Open && p.Allowed(solver.ActorIx(a), t) {
				o.suits[a] = append(o.suits[a], t)
			}
		}
	}
	return o
}

// runs reports whether people can be told to come to a session as it stands.
func (o *office) runs(t solver.SessionIx) bool {
	return !o.Project(t).Supervised() || len(o.In(solver.Supervisors, t)) > 0
}

// seat puts somebody into a session that runs, if all rules hold then.
func (o *office) seat(a solver.ActorIx, t solver.SessionIx) bool {
	if o.Has(a, t) || o.Delta(a, t, 1).Hard() > 0 {
		return false
	}
	return o.try(func() { o.Join(a, t) })
}

// try makes a change unless more is broken after it.
func (o *office) try(change func()) bool {
	was := o.Settle().Hard()
	o.Commit()
	change()
	if o.Settle().Hard() <= was {
		o.Commit()
		return true
	}
	o.undo()
	return false
}

// undo takes back what was done since the last commit.
func (o *office) undo() {
	o.Undo(0)
	o.Settle()
	o.Commit()
}

// open runs a session for the people of a list, in its order; false: it cannot be run for anybody, and nothing is changed.
func (o *office) open(t solver.SessionIx, list []solver.ActorIx) bool {
	if o.shut[t] {
		return false
	}
	was := o.Settle().Hard()
	o.Commit()
	for _, s := range o.free(solver.Supervisors, t) {
		o.Join(s, t)
		if o.fetch(t) {
			o.fill(t, list)
			if o.settle(t, was) {
				o.Commit()
				return true
			}
		}
		o.undo()
	}
	o.shut[t] = true
	return false
}

// triedSupervisors is how many are tried to open a session with.
const triedSupervisors = 3

// free gives the supervisors or minibuses that could serve a session, those first whom it costs least.
func (o *office) free(k solver.ActorKind, t solver.SessionIx) []solver.ActorIx {
	type offer struct {
		a    solver.ActorIx
		cost int64
	}
	var offers []offer
	for i := range o.NumActors(k) {
		a := o.First(k) + solver.ActorIx(i)
		if d := o.Delta(a, t, 1); !o.Has(a, t) && o.Allowed(a, t) && d.Hard() <= 1 { // one: nobody needs them there yet
			offers = append(offers, offer{a, -d.Value()})
		}
	}
	slices.SortStableFunc(offers, func(x, y offer) int { return cmp.Compare(x.cost, y.cost) })
	out := make([]solver.ActorIx, 0, triedSupervisors)
	for _, x := range offers[:min(len(offers), triedSupervisors)] {
		out = append(out, x.a)
	}
	return out
}

// fetch gives a session a minibus where people may need one; false: they do, and there is none.
func (o *office) fetch(t solver.SessionIx) bool {
	way := o.Project(t).Transport
	if way != model.ByMinibus && way != model.Either {
		return true
	}
	idle := o.Settle().Hard() + 1
	mark := o.Mark()
	for _, b := range o.free(solver.Minibuses, t) {
		o.Join(b, t)
		if o.Settle().Hard() <= idle {
			return true
		}
		o.Undo(mark)
		o.Settle()
	}
	return way == model.Either
}

// fill puts the people of a list into a session in its order, two at once where one alone may not come.
func (o *office) fill(t solver.SessionIx, list []solver.ActorIx) {
	for i, a := range list {
		if o.Has(a, t) || !o.Allowed(a, t) {
			continue
		}
		d := o.Delta(a, t, 1).Hard()
		if d <= 0 {
			o.Join(a, t)
			continue
		}
		if d > 1 || len(o.In(solver.People, t)) > 0 && !o.alone(a, t) {
			continue
		}
		o.Join(a, t)
		if b, ok := o.company(t, list[i+1:]); ok {
			o.Join(b, t)
		} else {
			o.Leave(a, t)
		}
	}
}

// alone reports whether a woman would be the only one in a session.
func (o *office) alone(a solver.ActorIx, t solver.SessionIx) bool {
	if o.Person(a).Sex != model.Female {
		return false
	}
	return !slices.ContainsFunc(o.In(solver.People, t), func(b solver.ActorIx) bool { return o.Person(b).Sex == model.Female })
}

// company gives the first of a list who mends a session by joining it.
func (o *office) company(t solver.SessionIx, list []solver.ActorIx) (solver.ActorIx, bool) {
	for _, b := range list {
		if !o.Has(b, t) && o.Allowed(b, t) && o.Delta(b, t, 1).Hard() < 0 {
			return b, true
		}
	}
	return 0, false
}

// settle takes out of a session what it does without and whoever stands against a rule, the last to come first, until no more
// is broken than was. False: nobody is left, or it cannot be done.
func (o *office) settle(t solver.SessionIx, was int64) bool {
	now := o.Settle().Hard()
	for k := solver.Minibuses; now > was; k = solver.People {
		helped := false
		in := slices.Clone(o.In(k, t))
		for i := len(in) - 1; i >= 0 && now > was; i-- {
			mark := o.Mark()
			o.Leave(in[i], t)
			if less := o.Settle().Hard(); less < now {
				now, helped = less, true
				continue
			}
			o.Undo(mark)
			o.Settle()
		}
		if !helped && k == solver.People {
			return false
		}
	}
	return len(o.In(solver.People, t)) > 0
}
