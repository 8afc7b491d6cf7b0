package solver

import (
	"cmp"
	"slices"

	"github.com/communitypayback/payback/model"
)

// construct makes a first roster from whatever the state holds: fixed parts in, what breaks rules out, then the sessions
// that promise most are opened one by one, and everybody left over is placed in the order of their regret. Each session that
// is looked at and each person who is placed is a step of the ration; after every step the roster keeps the rules, so that
// it may end anywhere.
func (x *search) construct(hints []Hint) {
	x.fix()
	x.repair()
	x.follow(hints)
	x.openAll()
	x.placeByRegret()
	x.Settle()
	x.Commit()
}

// fix joins every required pair.
func (x *search) fix() {
	for _, r := range x.requires {
		if !x.Has(r.actor, r.session) {
			x.Join(r.actor, r.session)
		}
	}
	x.Settle()
	x.Commit()
}

// repair takes out what breaks a rule by being there, until nothing helps: first pairs that mend by leaving and people of
// whom too many may come, then whole sessions whose exact trips break something. What is fixed stays, broken or not.
func (x *search) repair() {
	for again := true; again; {
		again = false
		for t := range SessionIx(x.NumSessions()) {
			for x.crowded(t) > 0 && x.thinOut(t) {
			}
		}
		for a := x.first[kinds] - 1; a >= 0; a-- { // minibuses first, people last
			for i := len(x.joined[a]) - 1; i >= 0; i-- {
				t := x.joined[a][i]
				if x.removable(a, t) && x.Delta(a, t, -1)[Hard] < 0 {
					x.Leave(a, t)
					again = true
				}
			}
		}
	}
	for t := range SessionIx(x.NumSessions()) {
		was, mark := x.Settle(), x.Mark()
		if was[Hard] == x.base[Hard]-int64(len(x.requires)) {
			break
		}
		if len(x.members[Supervisors][t])+len(x.members[Minibuses][t]) == 0 {
			continue
		}
		if !x.empty(t) || x.Settle()[Hard] >= was[Hard] {
			x.Undo(mark)
		}
	}
	x.lists.displaced = x.lists.displaced[:0]
	x.Settle()
	x.Commit()
}

// openAll opens closed sessions, the most promising first. The promise of a session only falls as people and supervisors
// are taken, so it is looked at again only when it comes to the front (lazy greedy; Minoux, 1978).
func (x *search) openAll() {
	queue := make([]ranked, 0, len(x.groups))
	for _, t := range x.groups {
		if len(x.members[Supervisors][t]) == 0 {
			if !x.ration.more() {
				return
			}
			queue = append(queue, ranked{session: t, cost: x.promise(t)})
		}
	}
	worst := func(a, b ranked) int { return cmp.Or(cmp.Compare(b.cost, a.cost), cmp.Compare(b.session, a.session)) }
	slices.SortFunc(queue, worst)
	for len(queue) > 0 && x.ration.more() {
		head := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		if head.cost >= 0 {
			return
		}
		now := ranked{session: head.session, cost: x.promise(head.session)}
		if len(queue) > 0 && now.cost > queue[len(queue)-1].cost { // near enough is good enough: looking again is dear
			i, _ := slices.BinarySearchFunc(queue, now, worst)
			queue = slices.Insert(queue, i, now)
			continue
		}
		x.openNow(head.session)
	}
}

// openNow opens a session if that is worth it.
func (x *search) openNow(t SessionIx) {
	was, mark := x.Settle(), x.Mark()
	x.lists.displaced = x.lists.displaced[:0]
	if !x.open(t, 0) {
		x.rewind(mark)
		return
	}
	if now := x.Settle(); now[Hard] > was[Hard] || now[Soft] >= was[Soft] {
		x.rewind(mark)
	}
	x.Commit()
}

// promise estimates what opening a session would change the price by: a supervisor, a minibus if all ride, and those of the
// people who gain most for whom there is room. Nothing is left changed.
func (x *search) promise(t SessionIx) int64 {
	was, mark := x.Score(), x.Mark()
	defer x.rewind(mark)
	for _, k := range [2]ActorKind{Supervisors, Minibuses} {
		if k == Minibuses && !(x.carried[t] && x.Project(t).Transport == model.ByMinibus) {
			continue
		}
		a, ok := x.cheapest(k, t)
		if !ok {
			return 0
		}
		x.Join(a, t)
	}
	cost, missed := x.Score()[Soft]-was[Soft], 0
	q := queue{list: x.lists.ranked[:0]}
	list := x.best[t]
	for i := 0; missed <= promiseMisses; {
		for i < len(list) && (len(q.list) == 0 || int64(list[i].cost) < q.list[0].cost) && missed <= promiseMisses {
			a := list[i].actor
			i++
			switch {
			case x.busy(a, t):
			case x.refused(a, t): // whoever comes seldom may still fit
				missed++
			default:
				if d := x.Delta(a, t, 1); d[Hard] <= 1 && d[Soft] < 0 { // one: a lone woman, who may find company
					q.push(ranked{a, t, d[Soft] * 1000 / x.roomTaken(a, t)})
				}
			}
		}
		if len(q.list) == 0 {
			break
		}
		a := q.pop().actor
		if x.refused(a, t) {
			missed++
			continue
		}
		if d := x.Delta(a, t, 1); d[Soft] < 0 {
			x.Join(a, t)
			cost += d[Soft]
		}
	}
	x.lists.ranked = q.list
	return cost
}

// promiseMisses is how many people may find no room before a promise counts a session as full.
const promiseMisses = 16

// cheapest gives the owned actor of a kind who can join a session most cheaply, breaking nothing but that nobody needs
// them there yet.
func (x *search) cheapest(k ActorKind, t SessionIx) (ActorIx, bool) {
	if list := x.rank(k, t, 1, 0); len(list) > 0 {
		return list[0], true
	}
	return 0, false
}

// placeByRegret gives the people left over a place each while there are any, those first who would lose most if their best
// place were gone.
func (x *search) placeByRegret() {
	list := make([]ranked, 0, len(x.people))
	for _, a := range x.people {
		if !x.ration.more() {
			return
		}
		if cost, ok := x.regret(a); ok {
			list = append(list, ranked{actor: a, cost: cost})
		}
	}
	slices.SortFunc(list, compareRanked)
	x.shut = make([]int8, x.NumSessions())
	defer func() { x.shut = nil }()
	for _, c := range list {
		if !x.ration.more() {
			return
		}
		x.settleIn(c.actor)
	}
}

// settleIn puts somebody into their best sessions while one is worth it, the exact trips included. Where these stand against
// it, the next best is looked for once; after some such failures nobody else tries to ride there.
func (x *search) settleIn(a ActorIx) {
	skip := SessionIx(-1)
	for {
		t, ok := x.bestPlace(a, skip, 0)
		if !ok {
			return
		}
		was, mark := x.Settle(), x.Mark()
		x.Join(a, t)
		if x.Settle().Less(was) {
			x.Commit()
			continue
		}
		x.rewind(mark)
		x.Commit()
		x.shut[t]++
		if skip >= 0 {
			return
		}
		skip = t
	}
}

// shutAfter is how many rides to a session may fail before nobody else tries.
const shutAfter = 40

// regret gives the gain of a person's best place over the second best, negative, so that the greatest sorts first.
func (x *search) regret(a ActorIx) (int64, bool) {
	best, second := int64(0), int64(0)
	for _, t := range x.sessions[a] {
		if !x.ours[t] || x.staffed[t] && len(x.members[Supervisors][t]) == 0 || x.Has(a, t) || x.busy(a, t) || x.refused(a, t) {
			continue
		}
		d := x.Delta(a, t, 1)
		if d[Hard] > 0 {
			continue
		}
		switch {
		case d[Soft] < best:
			best, second = d[Soft], best
		case d[Soft] < second:
			second = d[Soft]
		}
	}
	return best - second + best/16, best < 0 // of two with equal regret, the greater gain
}
