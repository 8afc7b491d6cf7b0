package solver

import "slices"

// State is one assignment of a Problem's actors to sessions, with every counter that prices it kept current. It is used by
// one goroutine at a time. The zero State is not usable; see [Problem.NewState].
type State struct {
	*Problem

	joined  [][]SessionIx      // by actor, in order of time
	members [kinds][][]ActorIx // by kind and session, in order of index
	spent   []spending         // by budget
	cells   []counter          // = sums over joined pairs of weight x length, and of guard
	crowd   []crowdCell        // of all crowds
	tails   []int32            // by cell of a crowd: chances of more than its need, and of somewhat less and more
	static  Score              // = base + pairs + grids + clashes + apart + prefix of what is joined
	settled Score              // = sum of the parts below
	journal []entry
	deltas  int64 // how many times Delta was asked

	plans     []*tripPlan // by session; nil: no minibus. Current unless the session is dirty
	planPart  []Score     // by session: what its plan adds
	dutyPart  []int64     // by supervisor: broken cases its exact duties add
	busPart   []int64     // by minibus: broken cases its exact trips add
	apartPart []int64     // by pair kept apart: broken cases at stops
	dirty     dirtyList   // sessions whose members changed since they were settled
	dirtyDuty dirtyList
	dirtyBus  dirtyList
	dirtyPair dirtyList
	scratch   *router

	crowdList []crowdEntry // working memory
	crowdMass []uint32     // working memory

	faces     []face    // by session: as its members and trips are, unless dirtyWet holds it
	moved     []int8    // by session: which of its hosts its group moves to, leftOut or stays
	dirtyWet  dirtyList // sessions whose face may have changed since it was settled
	dirtyPart dirtyList // parts to be packed; empty but in Settle
	faceLog   []face    // the former faces of the journal's opFace entries, in order
	packer    packer
}

// entry is one step of the journal, enough to take it back.
type entry struct {
	op    op
	index int32
	t     SessionIx
	old   Score
	plan  *tripPlan
}

type op uint8

const (
	opJoin op = iota
	opLeave
	opPlan
	opDuty
	opBus
	opPair
	opFace
	opHost
)

// NewState gives the empty assignment: nobody goes anywhere.
func (p *Problem) NewState() *State {
	n := int(p.first[kinds])
	s := &State{Problem: p, joined: make([][]SessionIx, n), cells: make([]counter, p.cells)}
	for k := range s.members {
		s.members[k] = make([][]ActorIx, p.NumSessions())
	}
	s.plans, s.planPart = make([]*tripPlan, p.NumSessions()), make([]Score, p.NumSessions())
	s.dutyPart, s.busPart = make([]int64, p.NumActors(Supervisors)), make([]int64, p.NumActors(Minibuses))
	s.apartPart = make([]int64, len(p.apart.pairs))
	s.dirty, s.dirtyDuty = newDirtyList(p.NumSessions()), newDirtyList(p.NumActors(Supervisors))
	s.dirtyBus, s.dirtyPair = newDirtyList(p.NumActors(Minibuses)), newDirtyList(len(p.apart.pairs))
	s.static = p.base
	for i := range p.grids {
		g := &p.grids[i]
		for c := range g.cells {
			hard, soft := g.cellPrice(c, 0, 0)
			s.static = s.static.Add(Score{hard, soft})
		}
	}
	s.newCrowds()
	for i := range p.budgets {
		x := &p.budgets[i]
		s.spent = append(s.spent, x.newSpending())
		s.static = s.static.Add(x.cost(x.told))
	}
	s.scratch = newRouter(p)
	s.faces, s.moved = make([]face, p.NumSessions()), slices.Repeat([]int8{stays}, p.NumSessions())
	s.dirtyWet, s.dirtyPart = newDirtyList(p.NumSessions()), newDirtyList(len(p.wet.parts))
	return s
}

// Score gives the cost of the assignment. Exact only after [State.Settle]; before, trips of changed sessions are estimated.
func (s *State) Score() Score { return s.static.Add(s.settled) }

// Deltas gives how many deltas were asked so far.
func (s *State) Deltas() int64 { return s.deltas }

// Has reports whether an actor is in a session.
func (s *State) Has(a ActorIx, t SessionIx) bool {
	_, ok := slices.BinarySearch(s.joined[a], t)
	return ok
}

// SessionsOf gives the sessions of an actor in order of time; the slice is the state's own and must not be kept.
func (s *State) SessionsOf(a ActorIx) []SessionIx { return s.joined[a] }

// In gives the actors of a kind in a session in order of index; the slice is the state's own and must not be kept.
func (s *State) In(k ActorKind, t SessionIx) []ActorIx { return s.members[k][t] }

// Join puts an actor into a session that it is not in.
func (s *State) Join(a ActorIx, t SessionIx) {
	s.journal = append(s.journal, entry{op: opJoin, index: int32(a), t: t, old: s.static})
	s.static = s.static.Add(s.change(a, t, 1))
	s.put(a, t)
}

// Leave takes an actor out of a session that it is in.
func (s *State) Leave(a ActorIx, t SessionIx) {
	s.journal = append(s.journal, entry{op: opLeave, index: int32(a), t: t, old: s.static})
	s.static = s.static.Add(s.change(a, t, -1))
	s.take(a, t)
}

// put changes the lists and counters for a join.
func (s *State) put(a ActorIx, t SessionIx) {
	k := s.Kind(a)
	s.joined[a] = insert(s.joined[a], t)
	s.members[k][t] = insert(s.members[k][t], a)
	s.add(a, t, 1)
	s.touch(k, a, t)
}

// take changes the lists and counters for a leave.
func (s *State) take(a ActorIx, t SessionIx) {
	k := s.Kind(a)
	s.joined[a] = remove(s.joined[a], t)
	s.members[k][t] = remove(s.members[k][t], a)
	s.add(a, t, -1)
	s.touch(k, a, t)
}

// add changes the counters.
func (s *State) add(a ActorIx, t SessionIx, n int32) {
	if a < s.first[Supervisors] {
		s.spend(a, t, n)
	}
	var known [8]int8
	for _, m := range s.tallies[s.tallyFrom[a]:s.tallyFrom[a+1]] {
		c := s.columns[int(t)*len(s.grids)+int(m.grid)]
		g := &s.grids[m.grid]
		if c.col == none || s.masked(g, a, t, &known) {
			continue
		}
		if g.worked {
			c.length = s.lengths(a)[t]
		}
		if c.col >= 0 {
			x := &s.cells[m.base+c.col]
			x.v += n * m.weight * c.length
			x.guard += n * m.guard
			continue
		}
		for _, col := range g.colList[g.colFrom[t]:g.colFrom[t+1]] {
			x := &s.cells[m.base+col]
			x.v += n * m.weight * c.length
			x.guard += n * m.guard
		}
	}
	s.crowdAdd(a, t, n)
}

// touch notes what must be settled again.
func (s *State) touch(k ActorKind, a ActorIx, t SessionIx) {
	s.watchWet(t)
	if !s.settle.any {
		return
	}
	switch k {
	case People:
		if len(s.members[Minibuses][t]) == 0 || !s.Rides(a, s.project[t]) {
			return
		}
	case Supervisors:
		s.dirtyDuty.add(int32(a - s.first[Supervisors]))
		if len(s.members[Minibuses][t]) == 0 {
			return
		}
	case Minibuses:
		s.dirtyBus.add(int32(a - s.first[Minibuses]))
	}
	s.dirty.add(int32(t))
}

// Mark names the present point of the journal.
func (s *State) Mark() int { return len(s.journal) }

// Undo takes everything since a mark back.
func (s *State) Undo(mark int) {
	for len(s.journal) > mark {
		e := s.journal[len(s.journal)-1]
		s.journal = s.journal[:len(s.journal)-1]
		switch e.op {
		case opJoin:
			s.take(ActorIx(e.index), e.t)
			s.static = e.old
		case opLeave:
			s.put(ActorIx(e.index), e.t)
			s.static = e.old
		default:
			s.unsettle(e)
		}
	}
}

// rewind is Undo to a mark at which everything was settled: nothing needs to be settled after it.
func (s *State) rewind(mark int) {
	s.Undo(mark)
	s.dirty.clear()
	s.dirtyDuty.clear()
	s.dirtyBus.clear()
	s.dirtyPair.clear()
	s.dirtyWet.clear()
}

// Commit forgets the journal: nothing before it can be undone.
func (s *State) Commit() { s.journal, s.faceLog = s.journal[:0], s.faceLog[:0] }

// CopyFrom makes s equal to another state of the same problem, reusing its memory. The journal starts empty.
func (s *State) CopyFrom(o *State) {
	for i := range s.joined {
		s.joined[i] = append(s.joined[i][:0], o.joined[i]...)
	}
	for k := range s.members {
		for t := range s.members[k] {
			s.members[k][t] = append(s.members[k][t][:0], o.members[k][t]...)
		}
	}
	copy(s.cells, o.cells)
	copy(s.crowd, o.crowd)
	copy(s.tails, o.tails)
	for i := range s.spent {
		copy(s.spent[i].differs, o.spent[i].differs)
		s.spent[i].told = o.spent[i].told
	}
	s.static, s.settled = o.static, o.settled
	s.Commit()
	copy(s.plans, o.plans)
	copy(s.planPart, o.planPart)
	copy(s.dutyPart, o.dutyPart)
	copy(s.busPart, o.busPart)
	copy(s.apartPart, o.apartPart)
	s.dirty.copyFrom(&o.dirty)
	s.dirtyDuty.copyFrom(&o.dirtyDuty)
	s.dirtyBus.copyFrom(&o.dirtyBus)
	s.dirtyPair.copyFrom(&o.dirtyPair)
	copy(s.faces, o.faces)
	copy(s.moved, o.moved)
	s.dirtyWet.copyFrom(&o.dirtyWet)
}

// insert keeps a short sorted list sorted.
func insert[T ~int32](list []T, x T) []T {
	list = append(list, x)
	for i := len(list) - 1; i > 0 && list[i-1] > x; i-- {
		list[i], list[i-1] = list[i-1], x
	}
	return list
}

// remove takes one element out of a short sorted list.
func remove[T ~int32](list []T, x T) []T {
	for i, y := range list {
		if y == x {
			return append(list[:i], list[i+1:]...)
		}
	}
	panic("solver: an actor left a session that it was not in")
}

// dirtyList is a set of small numbers that remembers the order of arrival.
type dirtyList struct {
	list []int32
	in   []bool
}

func newDirtyList(n int) dirtyList { return dirtyList{in: make([]bool, n)} }

func (d *dirtyList) add(i int32) {
	if !d.in[i] {
		d.in[i] = true
		d.list = append(d.list, i)
	}
}

func (d *dirtyList) clear() {
	for _, i := range d.list {
		d.in[i] = false
	}
	d.list = d.list[:0]
}

func (d *dirtyList) copyFrom(o *dirtyList) {
	d.clear()
	for _, i := range o.list {
		d.add(i)
	}
}
