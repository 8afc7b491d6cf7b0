package solver

import "slices"

// move is one kind of change the search tries.
type move uint8

// The moves and how often each is tried, in permille.
const (
	moveInsert   move = iota // a person into their best place
	moveRelocate             // a person to another place
	moveEject                // a person into a full session, whose cheapest member looks elsewhere
	moveRefill               // some people of a session out, the best in
	moveRuin                 // two or three sessions of near days refilled together
	moveOpen                 // a closed session opened, another closed for it if need be
	moveClose                // a session closed, its people placed elsewhere
	moveStaff                // another supervisor or minibus for a session
	moveGrow                 // one more supervisor and minibus for a session
	moveForce                // a person into a session whatever stands against it
	moves
)

var moveShare = [moves]uint32{150, 170, 130, 90, 60, 110, 40, 60, 40, 150}

// String gives the name used in reports.
func (m move) String() string {
	return [...]string{"insert", "relocate", "eject", "refill", "ruin", "open", "close", "staff", "grow", "force", "?"}[min(m, moves)]
}

// step tries one random move.
func (x *search) step() {
	m, at := move(0), x.rng.Uint32N(1000)
	for m+1 < moves && at >= moveShare[m] {
		at -= moveShare[m]
		m++
	}
	x.tried[m]++
	was, mark := x.Score(), x.Mark()
	x.lists.displaced = x.lists.displaced[:0]
	made := x.try(m)
	x.recheck(m)
	if !made {
		x.rewind(mark)
		return
	}
	if x.accepts(mark, was) {
		x.gained[m]++
	}
	x.Commit()
}

// try makes a move; false: it found nothing to change.
func (x *search) try(m move) bool {
	switch m {
	case moveInsert:
		return x.tryInsert()
	case moveRelocate:
		return x.tryRelocate()
	case moveEject:
		return x.tryEject()
	case moveRefill:
		return x.tryRefill()
	case moveRuin:
		return x.tryRuin()
	case moveOpen:
		return x.tryOpen()
	case moveClose:
		return x.tryClose()
	case moveStaff:
		return x.tryStaff()
	case moveForce:
		return x.tryForce()
	default:
		return x.tryGrow()
	}
}

func (x *search) somebody() (ActorIx, bool) {
	if len(x.people) == 0 {
		return 0, false
	}
	return x.people[x.rng.IntN(len(x.people))], true
}

// openGroup picks a running session at random.
func (x *search) openGroup() (SessionIx, bool) {
	for range 8 {
		if len(x.groups) == 0 {
			return 0, false
		}
		t := x.groups[x.rng.IntN(len(x.groups))]
		if len(x.members[People][t]) > 0 {
			return t, true
		}
	}
	return 0, false
}

func (x *search) tryInsert() bool {
	a, ok := x.somebody()
	if !ok {
		return false
	}
	t, ok := x.bestPlace(a, -1, 30)
	if ok {
		x.Join(a, t)
	}
	return ok
}

func (x *search) tryRelocate() bool {
	a, ok := x.somebody()
	if !ok || len(x.joined[a]) == 0 {
		return false
	}
	from := x.joined[a][x.rng.IntN(len(x.joined[a]))]
	if !x.removable(a, from) || !x.ours[from] {
		return false
	}
	hard := x.Score()[Hard]
	x.Leave(a, from)
	x.chain(a, from, 2+x.rng.IntN(4), hard)
	// The place that came free is offered to one person who is looking for one.
	x.offer(from, a)
	return true
}

// offer gives a free place of a session to the best of a few random candidates.
func (x *search) offer(t SessionIx, not ActorIx) {
	all := x.of[People][t]
	best, who := int64(0), ActorIx(-1)
	for range min(12, len(all)) {
		a := all[x.rng.IntN(len(all))]
		if a == not || !x.owned[a] || x.Has(a, t) {
			continue
		}
		if d := x.Delta(a, t, 1); d[Hard] <= 0 && d[Soft] < best && x.mayGo(a, t) {
			best, who = d[Soft], a
		}
	}
	if who >= 0 {
		x.Join(who, t)
	}
}

func (x *search) tryEject() bool {
	a, ok := x.somebody()
	if !ok {
		return false
	}
	list := x.sessions[a]
	t := list[x.rng.IntN(len(list))]
	if !x.ours[t] || x.Has(a, t) || len(x.members[People][t]) == 0 {
		return false
	}
	hard := x.Score()[Hard]
	// Whatever the person has at that time makes room first; now and then another of their sessions does.
	date := x.Session(t).Key.Date
	from := SessionIx(-1)
	for i := len(x.joined[a]) - 1; i >= 0; i-- {
		if u := x.joined[a][i]; x.Session(u).Key.Date == date || x.chance(150) {
			if !x.removable(a, u) || !x.ours[u] {
				return false
			}
			x.Leave(a, u)
			from = u
		}
	}
	if x.Score()[Hard]+x.Delta(a, t, 1)[Hard] <= hard {
		x.Join(a, t)
	} else {
		out := x.cheapestMember(t, a)
		if out < 0 {
			return false
		}
		x.Leave(out, t)
		if x.Score()[Hard]+x.Delta(a, t, 1)[Hard] > hard {
			return false
		}
		x.Join(a, t)
		x.chain(out, t, 2+x.rng.IntN(4), hard)
	}
	if from >= 0 {
		x.offer(from, a)
	}
	return true
}

// cheapestMember gives the member of a session who loses least by leaving it, with some noise; -1: nobody may.
func (x *search) cheapestMember(t SessionIx, not ActorIx) ActorIx {
	best, out := int64(1<<62), ActorIx(-1)
	for _, b := range x.members[People][t] {
		if b == not || !x.removable(b, t) || x.chance(200) {
			continue
		}
		if e := x.Delta(b, t, -1); e[Soft] < best {
			best, out = e[Soft], b
		}
	}
	return out
}

func (x *search) tryRefill() bool {
	t, ok := x.openGroup()
	if !ok {
		return false
	}
	hard := x.Score()[Hard]
	x.thin(t, 300+x.rng.Uint32N(700))
	x.fill(t, 80)
	if !x.mend(t, hard) {
		return false
	}
	x.replace(20)
	return true
}

// thin takes each member out with a chance of so many permille.
func (x *search) thin(t SessionIx, permille uint32) {
	members := append(x.lists.actors[:0], x.members[People][t]...)
	x.lists.actors = members
	for _, a := range members {
		if x.removable(a, t) && x.chance(permille) {
			x.Leave(a, t)
			x.lists.displaced = append(x.lists.displaced, a)
		}
	}
}

func (x *search) tryRuin() bool {
	t, ok := x.openGroup()
	if !ok {
		return false
	}
	hard := x.Score()[Hard]
	pick := append(x.lists.pick[:0], t)
	date := x.Session(t).Key.Date
	for range 12 {
		u, ok := x.openGroup()
		if !ok || len(pick) == 3 {
			break
		}
		if d := x.Session(u).Key.Date; d >= date-1 && d <= date+1 && !slices.Contains(pick, u) {
			pick = append(pick, u)
		}
	}
	x.lists.pick = pick
	for _, u := range pick {
		x.thin(u, 700)
	}
	for _, u := range pick {
		x.fill(u, 100)
		if !x.mend(u, hard+int64(len(pick))) {
			return false
		}
	}
	for _, u := range pick {
		if x.Score()[Hard] > hard {
			x.mend(u, hard)
		}
	}
	x.replace(20)
	return x.Score()[Hard] <= hard
}

func (x *search) tryOpen() bool {
	for range 8 {
		if len(x.groups) == 0 {
			return false
		}
		t := x.groups[x.rng.IntN(len(x.groups))]
		if len(x.members[Supervisors][t]) > 0 {
			continue
		}
		if x.chance(700) {
			x.free(t)
		}
		if x.chance(400) {
			return x.openByStealing(t)
		}
		if !x.open(t, 60) {
			return false
		}
		x.replace(20)
		return true
	}
	return false
}

func (x *search) tryClose() bool {
	t, ok := x.openGroup()
	if !ok || !x.empty(t) {
		return false
	}
	if x.chance(500) {
		for range 4 { // its supervisor may be worth more elsewhere
			u := x.groups[x.rng.IntN(len(x.groups))]
			if u == t || len(x.members[Supervisors][u]) > 0 {
				continue
			}
			mark := x.Mark()
			if x.open(u, 60) {
				break
			}
			x.Undo(mark)
		}
	}
	x.replace(20)
	return true
}

func (x *search) tryStaff() bool {
	t, ok := x.openGroup()
	if !ok {
		return false
	}
	k := Supervisors
	if len(x.members[Minibuses][t]) > 0 && x.chance(500) {
		k = Minibuses
	}
	if len(x.members[k][t]) == 0 {
		return false
	}
	out := x.members[k][t][x.rng.IntN(len(x.members[k][t]))]
	if !x.removable(out, t) {
		return false
	}
	hard := x.Score()[Hard]
	x.Leave(out, t)
	if x.chance(300) { // do without: others may take the places of those who came by it
		x.fill(t, 30)
		if !x.mend(t, hard) {
			return false
		}
		x.fill(t, 30)
		x.replace(20)
		return x.Score()[Hard] <= hard
	}
	all := x.of[k][t]
	if len(all) == 0 { // what serves a frozen session need not be fit for it any more
		return false
	}
	for range 6 {
		a := all[x.rng.IntN(len(all))]
		if a == out || !x.owned[a] || x.Has(a, t) {
			continue
		}
		mark := x.Mark()
		x.Join(a, t)
		if x.Score()[Hard] <= hard {
			x.fill(t, 50)
			return x.mend(t, hard)
		}
		x.Undo(mark)
	}
	return false
}

func (x *search) tryGrow() bool {
	t, ok := x.openGroup()
	if !ok {
		return false
	}
	hard := x.Score()[Hard]
	if x.chance(300) { // only a minibus: people who ride may be waiting
		if !x.carried[t] || !x.addBus(t, 50) {
			return false
		}
	} else {
		if sups := x.rank(Supervisors, t, 0, 50); len(sups) > 0 {
			x.Join(sups[0], t)
		} else {
			return false
		}
		if len(x.members[Minibuses][t]) > 0 {
			x.addBus(t, 50)
		}
	}
	x.fill(t, 50)
	if !x.mend(t, hard) {
		return false
	}
	x.release(t)
	x.replace(20)
	return true
}
