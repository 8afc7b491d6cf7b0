package solver

import (
	"cmp"
	"slices"

	"github.com/communitypayback/payback/model"
)

// Answer says why somebody is not in some sessions, and what would make it possible.
type Answer struct {
	Person     model.CRN
	Placed     []model.SessionKey // where the roster has them, in order of time
	Considered int                // sessions that were asked about and that they are not in
	Funnel     []Step             // what took sessions away, one rule after the other
	Places     []Miss             // sessions with a place for them as the roster stands, best first
	Nearest    []Miss             // sessions that something stands against, nearest first; a few
	Scarce     Scarcity           // what keeps them out of most of the sessions
	// Change is the cheapest small change found that gives them a place in one of the sessions; nil: none was found.
	Change *Proposal
	// Fact says that no change of the roster helps: something about the person or the session stands against every one.
	Fact bool
	// Tried is in how many sessions a change was looked for. Sessions that facts stand against are not tried, and the others in
	// order of nearness as far as the work goes that one answer may take.
	Tried int
}

// nearest is how many misses an answer tells of.
const nearest = 3

// WhyNot says why a person is not in some sessions of the week; none given: in any. A person or session that the week does not
// have is a [model.Error] with CodeNotFound.
func (e *Explainer) WhyNot(who model.CRN, sessions ...model.SessionKey) (*Answer, error) {
	a, err := e.person(who)
	if err != nil {
		return nil, err
	}
	asked := e.everySession()
	if len(sessions) > 0 {
		asked = asked[:0]
		for _, k := range sessions {
			t, ok := e.state.SessionIx(k)
			if !ok {
				return nil, model.Errorf(model.CodeNotFound, "found session %v, which week %v does not have", k, e.state.Snapshot.Week)
			}
			asked = append(asked, t)
		}
		slices.Sort(asked)
		asked = slices.Compact(asked)
	}
	all := e.misses(a, asked)
	x := &Answer{Person: who, Considered: len(all), Funnel: e.funnelOf(all), Scarce: e.scarce(a, all)}
	for _, t := range e.state.joined[a] {
		x.Placed = append(x.Placed, e.state.Session(t).Key)
	}
	near := slices.Clone(all)
	slices.SortStableFunc(near, func(p, q Miss) int {
		switch {
		case p.nearer(&q):
			return -1
		case q.nearer(&p):
			return 1
		default:
			return 0
		}
	})
	for _, m := range near {
		switch {
		case len(m.Against) == 0:
			x.Places = append(x.Places, m)
		case len(x.Nearest) < nearest:
			x.Nearest = append(x.Nearest, m)
		}
	}
	x.Fact = len(all) > 0 && near[0].facts > 0
	for i := range x.Nearest {
		m := &x.Nearest[i]
		m.Against, m.Cost = e.obstacles(a, m.Session)
		e.word(a, m)
	}
	e.change(a, near, x)
	return x, nil
}

// change looks for the cheapest change that makes one of the sessions legal, the nearest first.
func (e *Explainer) change(a ActorIx, near []Miss, x *Answer) {
	type found struct {
		session SessionIx
		steps   []step
		cost    int64
	}
	var all []found
	until := e.state.deltas + fixWork
	for i := range near {
		left := until - e.state.deltas
		if near[i].facts > 0 || left <= 0 {
			break
		}
		x.Tried++
		// The nearest may take half of the work that is left, so that one hard case does not keep the others from being tried.
		if steps, cost, ok := e.fix(a, near[i].Session, max(left/2, fixWork/8)); ok {
			all = append(all, found{near[i].Session, steps, cost})
		}
	}
	slices.SortStableFunc(all, func(p, q found) int {
		return cmp.Or(cmp.Compare(p.cost, q.cost), cmp.Compare(len(p.steps), len(q.steps)))
	})
	for _, f := range all {
		if x.Change = e.propose(a, f.session, f.steps, f.cost); x.Change != nil {
			return
		}
	}
}

// word has the words say what stands against an appointment: the cases about the person or the session that they find in the
// day of its team, as the engine would write it.
func (e *Explainer) word(a ActorIx, m *Miss) {
	var x some
	var r *model.Roster
	e.try(func() {
		e.state.Join(a, m.Session)
		e.state.Settle()
		x = e.around(nil, []ActorIx{a})
		for t := range x.in {
			u := SessionIx(t)
			x.in[t] = x.in[t] || e.state.Session(u).Key.Date == m.Key.Date && e.state.Project(u).Team == e.state.Project(m.Session).Team
		}
		r = x.write(e.state)
	})
	crn := e.state.Person(a).CRN
	for i := range m.Against {
		o := &m.Against[i]
		for _, v := range Check(e.state.Snapshot, r, []*Constraint{o.Rule}) {
			if !v.Waived && (slices.Contains(v.People, crn) || slices.Contains(v.Sessions, m.Key)) && v.Amount > e.known()[v.about()] {
				o.Words = append(o.Words, o.Rule.Explain(e.state.Snapshot, v))
			}
		}
	}
}
