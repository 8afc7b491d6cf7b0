package solver

import (
	"cmp"
	"context"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync/atomic"

	"github.com/communitypayback/payback/model"
)

// mender repairs one published roster.
type mender struct {
	*search
	options RepairOptions
	from    *Explainer       // of the published roster
	was     []Violation      // what the words find in it now
	had     map[string]int64 // its cases of rules that must hold, by what they are about; looked up only
	known   map[string]int64 // those it had before anything happened; looked up only
	ruleAt  map[string]int   // where a constraint is in the catalogue; looked up only
	digest  model.Digest     // of the snapshot
	broken  []Violation      // what was not before
	sore    []SessionIx      // sessions that broken cases are about
	start   *State           // the published roster
}

func (p *Problem) newMender(o RepairOptions) (*mender, error) {
	published := p.Snapshot.Published
	if published == nil || len(published.Appointments)+len(published.Duties) == 0 {
		return nil, model.Errorf(model.CodeNotFound, "found nothing published for week %v; expected a published roster to repair. Plan the week instead", p.Snapshot.Week)
	}
	m := &mender{options: o, known: map[string]int64{}, had: map[string]int64{}, ruleAt: map[string]int{}}
	for i, c := range p.constraints {
		m.ruleAt[c.ID] = i
	}
	each(runtime.GOMAXPROCS(0), 3, func(i int) { // they only read what they share
		switch i {
		case 0:
			m.from = NewExplainer(p, published)
		case 1:
			m.was = Check(p.Snapshot, published, p.constraints)
		default:
			m.digest = p.Snapshot.Digest()
		}
	})
	m.findBroken(p)
	q := p.telling(p.newTelling(published), anybody, 0)
	m.start = q.NewState()
	m.start.Load(published)
	m.restart(o.Budget)
	return m, nil
}

// findBroken lists what the words find broken now and was not before, and the sessions it is about.
func (m *mender) findBroken(p *Problem) {
	for i := range m.options.Known {
		m.known[m.options.Known[i].about()] += m.options.Known[i].Amount
	}
	for i := range m.was {
		v := &m.was[i]
		if v.Waived || p.constraints[m.ruleAt[v.Constraint]].Level != Hard {
			continue
		}
		about := v.about()
		if m.had[about] += v.Amount; m.had[about] <= m.known[about] {
			continue
		}
		m.broken = append(m.broken, *v)
		for _, k := range v.Sessions {
			if t, ok := p.SessionIx(k); ok && !slices.Contains(m.sore, t) {
				m.sore = append(m.sore, t)
			}
		}
	}
	slices.Sort(m.sore)
}

// restart begins with the published roster, and with a budget. As few people as can be are to be told.
func (m *mender) restart(limit int) {
	if m.search == nil {
		if m.from.candidates.best == nil {
			m.from.candidates.listGains(m.start.Problem, &atomic.Bool{})
		}
		m.search = newSearch(m.start.NewState(), m.from.candidates)
		m.ownAll()
	}
	m.State.CopyFrom(m.start)
	if limit < 0 {
		limit = anybody
	}
	m.retell(limit, asFewAsCanBe)
	m.rng = rand.New(rand.NewPCG(m.options.Seed, 3))
	m.heat = 0
}

// mend makes every sore session legal again, at the cost of as few people as is found, then looks for a better way in the
// neighbourhood.
func (m *mender) mend(ctx context.Context) {
	m.ownAll()
	m.fix()
	for range passes {
		was := m.Settle()
		for _, t := range m.ill() {
			m.mendSession(t)
		}
		if !m.Settle().Less(was) {
			break
		}
	}
	m.near(0)
	m.improve(ctx, mendWork)
}

// passes bounds how often all sessions are gone through: mending one may leave another without a wet place or a supervisor.
const passes = 3

// ill lists the sore sessions, and the groups that have no wet place as things are.
func (m *mender) ill() []SessionIx {
	out := slices.Clone(m.sore)
	for t, k := range m.moved {
		if m.wet.any && k == leftOut && !slices.Contains(out, SessionIx(t)) {
			out = append(out, SessionIx(t))
		}
	}
	return out
}

// way is one way to mend a session.
type way func(t SessionIx, hard int64)

// mendSession tries all ways to mend a session, and takes the best.
func (m *mender) mendSession(t SessionIx) {
	was := m.Settle()
	m.Commit()
	ways := []way{m.shrink, m.coverWith(-1), m.standDown}
	for _, k := range m.busy(t) {
		ways = append(ways, m.coverWith(k))
	}
	hard := m.withoutPeople(t)
	best, at := was, -1
	for i, w := range ways {
		mark := m.Mark()
		m.take(w, t, hard)
		if now := m.Settle(); now.Less(best) {
			best, at = now, i
		}
		m.rewind(mark)
	}
	if at >= 0 {
		m.rng = rand.New(rand.NewPCG(m.options.Seed, uint64(t)<<8|uint64(at)))
		m.take(ways[at], t, hard)
		m.Settle()
	}
	m.Commit()
}

// take goes one way and finds other places for whoever is put out. Chance depends on the session and the way alone.
func (m *mender) take(w way, t SessionIx, hard int64) {
	m.rng = rand.New(rand.NewPCG(m.options.Seed, uint64(t)))
	m.lists.displaced = m.lists.displaced[:0]
	m.dropForbidden(t)
	w(t, hard)
	m.dropIdle(t)
	m.replaceSettled()
}

// withoutPeople gives how many cases would be broken if everybody who may leave a session left it.
func (m *mender) withoutPeople(t SessionIx) int64 {
	mark := m.Mark()
	m.standDown(t, 0)
	hard := m.Settle()[Hard]
	m.rewind(mark)
	m.lists.displaced = m.lists.displaced[:0]
	return hard
}

// dropForbidden takes out what can no longer be in a session by itself: whoever is off, or everybody where it is closed.
func (m *mender) dropForbidden(t SessionIx) {
	for k := range kinds {
		for _, a := range slices.Clone(m.members[k][t]) {
			if !m.Allowed(a, t) && m.removable(a, t) {
				m.out(a, t)
			}
		}
	}
}

// out takes an actor out of a session; people look for another place afterwards.
func (m *mender) out(a ActorIx, t SessionIx) {
	m.Leave(a, t)
	if m.Kind(a) == People {
		m.lists.displaced = append(m.lists.displaced, a)
	}
}

// shrink keeps a session with those whom it can still take.
func (m *mender) shrink(t SessionIx, hard int64) { m.search.mend(t, hard) }

// standDown cancels a session.
func (m *mender) standDown(t SessionIx, _ int64) {
	for k := range kinds {
		for _, a := range slices.Clone(m.members[k][t]) {
			if m.removable(a, t) {
				m.out(a, t)
			}
		}
	}
}

// coverWith has supervisors and minibuses join until a session has what it needs: first, unless it is -1, one that leaves
// another session of the day for it. That session is covered by who is free then, or shrinks.
func (m *mender) coverWith(k ActorIx) way {
	return func(t SessionIx, hard int64) {
		left := SessionIx(-1)
		if k >= 0 {
			for _, u := range slices.Clone(m.joined[k]) {
				if m.Session(u).Key.Date == m.Session(t).Key.Date && m.removable(k, u) {
					m.Leave(k, u)
					left = u
				}
			}
			if m.Delta(k, t, 1)[Hard] < 0 {
				m.Join(k, t)
			}
		}
		m.crew(t)
		m.search.mend(t, hard)
		if left >= 0 {
			m.crew(left)
			m.search.mend(left, m.Score()[Hard]-m.excessOf(left))
			m.dropIdle(left)
		}
	}
}

// excessOf gives how many cases would be mended if everybody left a session.
func (m *mender) excessOf(t SessionIx) int64 {
	was, mark, n := m.Settle()[Hard], m.Mark(), len(m.lists.displaced)
	m.standDown(t, 0)
	now := m.Settle()[Hard]
	m.rewind(mark)
	m.lists.displaced = m.lists.displaced[:n]
	return was - now
}

// crew has the cheapest free supervisors and minibuses join a session as long as that mends something.
func (m *mender) crew(t SessionIx) {
	for range crewMost {
		if !m.oneMore(Supervisors, t) && !m.oneMore(Minibuses, t) {
			return
		}
	}
}

// crewMost bounds how many supervisors and minibuses a session is given.
const crewMost = 8

func (m *mender) oneMore(k ActorKind, t SessionIx) bool {
	var list []ranked
	for _, a := range m.of[k][t] {
		if m.Has(a, t) {
			continue
		}
		if d := m.Delta(a, t, 1); d[Hard] < 0 {
			list = append(list, ranked{a, t, d[Soft] + d[Hard]*asFewAsCanBe})
		}
	}
	slices.SortFunc(list, compareRanked)
	for _, c := range list[:min(len(list), 4)] { // the first whose exact duty or trip breaks nothing
		was, mark := m.Settle(), m.Mark()
		m.Join(c.actor, t)
		if m.Settle()[Hard] < was[Hard] {
			return true
		}
		m.rewind(mark)
	}
	return false
}

// busy lists supervisors and minibuses who could serve a session and serve others that day, those of the smallest groups first.
func (m *mender) busy(t SessionIx) (out []ActorIx) {
	var list []ranked
	for _, k := range [...]ActorKind{Supervisors, Minibuses} {
		for _, a := range m.of[k][t] {
			for _, u := range m.joined[a] {
				if u != t && m.Session(u).Key.Date == m.Session(t).Key.Date && m.removable(a, u) {
					list = append(list, ranked{a, u, int64(len(m.members[People][u]))})
				}
			}
		}
	}
	slices.SortFunc(list, compareRanked)
	for _, c := range list[:min(len(list), busyMost)] {
		out = append(out, c.actor)
	}
	return out
}

// busyMost is how many of those who serve another session are tried.
const busyMost = 8

// dropIdle takes supervisors and minibuses out of a session that they only burden: without people, or more than it needs.
func (m *mender) dropIdle(t SessionIx) {
	for _, k := range [...]ActorKind{Minibuses, Supervisors} {
		for _, a := range slices.Clone(m.members[k][t]) {
			if m.removable(a, t) && m.Delta(a, t, -1)[Hard] < 0 {
				m.Leave(a, t)
			}
		}
	}
}

// replaceSettled finds other places for whoever was put out, those first who lose most, as long as trips and wet plans allow.
func (m *mender) replaceSettled() {
	list := make([]ranked, 0, len(m.lists.displaced))
	for _, a := range m.lists.displaced {
		if cost, ok := m.regret(a); ok {
			list = append(list, ranked{actor: a, cost: cost})
		}
	}
	slices.SortFunc(list, func(a, b ranked) int { return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(a.actor, b.actor)) })
	for _, c := range slices.Compact(list) {
		was, mark := m.Settle(), m.Mark()
		m.place(c.actor, -1, 0)
		if now := m.Settle(); now[Hard] > was[Hard] || now[Soft] >= was[Soft] {
			m.rewind(mark)
		}
	}
	m.lists.displaced = m.lists.displaced[:0]
}
