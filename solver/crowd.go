package solver

import "slices"

// Crowd declares groups of people of whom each comes by chance, and the room for those who come. A case of a cell is each
// unit of room that would have to be added for the chance of too many to be within Limit, or each unit of weight that is
// booked above Booked, whichever is more; none where nobody is booked. Chances are those of [model.Snapshot.Counted].
type Crowd struct {
	// Col gives the cells, numbered like sessions, in which a session counts; empty: it does not. Where several sessions share
	// a cell, their people are one group.
	Col    func(t SessionIx) []int32
	Weight func(a ActorIx) int32               // what a person takes; 0: the person does not count
	Pair   func(a ActorIx, project int32) bool // narrows people to some projects; nil: all
	Room   []Room                              // at most two: the least of them is the room
	Limit  int32                               // chance of too many, in permille
	Booked int32                               // the most weight, in percent of the room, or NoLimit
}

// Room is a sum: what a cell has, and what supervisors and minibuses add to it. Nil functions give 0.
type Room struct {
	Has  func(cell SessionIx) int32
	Adds func(a ActorIx) int32
}

// crowd is a compiled [Crowd].
type crowd struct {
	constraint int
	offset     int32 // of its first cell in State.crowd
	col        []int32
	colFrom    []int32 // by session, and one more: where its cells start in colList
	colList    []int32
	sessions   [][]SessionIx // by cell: those that count in it, in order
	weight     []int32       // by person
	pair       []uint64      // person x project bits; nil: every pair counts
	rooms      int
	has        [2][]int32 // by cell
	adds       [2][]int32 // by actor that is no person
	limit      int64      // in parts of sure
	booked     int32
}

// sure is certainty in the fixed point of chances.
const sure = 1 << 30

// noRoom stands for a room that is not declared: it is never the least.
const noRoom = int32(1 << 28)

// Crowd declares people who come by chance, and the room for them; see [Crowd].
func (b *Builder) Crowd(g Crowd) {
	p := b.Problem
	n, people := p.NumSessions(), p.NumActors(People)
	c := crowd{constraint: b.current, offset: int32(p.crowdCells), sessions: make([][]SessionIx, n), weight: make([]int32, people),
		limit: int64(g.Limit) * sure / 1000, booked: g.Booked}
	c.colFrom = make([]int32, n+1)
	for t := range SessionIx(n) {
		own, at := g.Col(t), int32(none)
		switch len(own) {
		case 0:
		case 1:
			at = own[0]
		default:
			at = several
		}
		c.col = append(c.col, at)
		c.colList = append(c.colList, own...)
		c.colFrom[t+1] = int32(len(c.colList))
		for _, cell := range own {
			c.sessions[cell] = append(c.sessions[cell], t)
		}
	}
	for a := range c.weight {
		c.weight[a] = g.Weight(ActorIx(a))
		p.crowdReach = max(p.crowdReach, c.weight[a])
	}
	if g.Pair != nil {
		c.pair = p.pairBits(g.Pair)
	}
	c.rooms = len(g.Room)
	for i, r := range g.Room {
		c.has[i], c.adds[i] = make([]int32, n), make([]int32, int(p.first[kinds])-people)
		for t := range c.has[i] {
			if r.Has != nil {
				c.has[i][t] = r.Has(SessionIx(t))
			}
		}
		for a := range c.adds[i] {
			if r.Adds != nil {
				c.adds[i][a] = r.Adds(p.first[Supervisors] + ActorIx(a))
			}
		}
	}
	p.crowds = append(p.crowds, c)
	p.crowdCells += n
}

// crowdCell is what State knows of one cell of a crowd.
type crowdCell struct {
	people int32
	weight int32    // = sum of their weights
	room   [2]int32 // = what the cell has and its supervisors and minibuses add
	need   int32    // = the least room that is exceeded with a chance within the limit; unless stale
	stale  bool     // its people changed since need and its tails were worked out
	near   bool     // the chance at need, or at one less, is so near the limit that rounding decides
}

// newCrowds makes the cells of a state without anybody.
func (s *State) newCrowds() {
	s.crowd = make([]crowdCell, s.crowdCells)
	s.tails = make([]int32, s.crowdCells*int(2*s.crowdReach+1))
	for i := range s.crowds {
		c := &s.crowds[i]
		for t := range s.NumSessions() {
			x := &s.crowd[int(c.offset)+t]
			x.stale, x.room = true, [2]int32{noRoom, noRoom}
			for r := range c.rooms {
				x.room[r] = c.has[r][t]
			}
		}
	}
}

// crowdWeight gives what a person takes in the cells of a session, or 0.
func (p *Problem) crowdWeight(c *crowd, a ActorIx, t SessionIx) int32 {
	w := c.weight[a]
	if w == 0 || c.pair == nil {
		return w
	}
	k, words := int(p.project[t]), (p.projects+63)/64
	return w * int32(c.pair[int(a)*words+k>>6]>>(uint(k)&63)&1)
}

// crowdAdd changes the cells for a join (n = 1) or a leave (n = -1).
func (s *State) crowdAdd(a ActorIx, t SessionIx, n int32) {
	for i := range s.crowds {
		c := &s.crowds[i]
		for _, at := range c.colList[c.colFrom[t]:c.colFrom[t+1]] {
			x := &s.crowd[c.offset+at]
			if a >= s.first[Supervisors] {
				for r := range c.rooms {
					x.room[r] += n * c.adds[r][a-s.first[Supervisors]]
				}
			} else if w := s.crowdWeight(c, a, t); w > 0 {
				x.people += n
				x.weight += n * w
				x.stale = true
			}
		}
	}
}

// crowdChange gives by how many cases a pair's joining or leaving changes one crowd.
func (s *State) crowdChange(c *crowd, a ActorIx, t SessionIx, n int8) (hard int64) {
	at := c.col[t]
	if at == none {
		return 0
	}
	if a >= s.first[Supervisors] {
		by := [2]int32{}
		for r := range c.rooms {
			by[r] = int32(n) * c.adds[r][a-s.first[Supervisors]]
		}
		if by == ([2]int32{}) {
			return 0
		}
		for _, at := range c.colList[c.colFrom[t]:c.colFrom[t+1]] {
			x := s.fresh(c, at)
			y := *x
			y.room[0], y.room[1] = x.room[0]+by[0], x.room[1]+by[1]
			hard += c.cases(&y) - c.cases(x)
		}
		return hard
	}
	w := s.crowdWeight(c, a, t)
	if w == 0 {
		return 0
	}
	if at >= 0 {
		return s.cellChange(c, at, a, t, w, n)
	}
	for _, at := range c.colList[c.colFrom[t]:c.colFrom[t+1]] {
		hard += s.cellChange(c, at, a, t, w, n)
	}
	return hard
}

// cases counts what is broken in a cell.
func (c *crowd) cases(x *crowdCell) int64 {
	if x.people == 0 {
		return 0
	}
	room := min(x.room[0], x.room[1])
	broken := max(0, x.need-room)
	if c.booked != NoLimit {
		broken = max(broken, x.weight-room*c.booked/100)
	}
	return int64(broken)
}

// crowded counts what is broken in the cells of a session by too many people.
func (s *State) crowded(t SessionIx) (broken int64) {
	for i := range s.crowds {
		c := &s.crowds[i]
		for _, at := range c.colList[c.colFrom[t]:c.colFrom[t+1]] {
			broken += c.cases(s.fresh(c, at))
		}
	}
	return broken
}

// Crowded counts the broken cases of all that is left to chance: crowds, and people who may come alone.
func (s *State) Crowded() (broken int64) {
	for i := range s.lones {
		for t := range SessionIx(s.NumSessions()) {
			if s.lones[i].sessions[t] {
				broken += s.loneCost(&s.lones[i], t, -1, 0)[Hard]
			}
		}
	}
	for i := range s.crowds {
		c := &s.crowds[i]
		for at := range int32(s.NumSessions()) {
			broken += c.cases(s.fresh(c, at))
		}
	}
	return broken
}

// crowdEntry is one person in one session of a cell.
type crowdEntry struct {
	actor   ActorIx
	session SessionIx
	comes   uint32 // in parts of sure
	weight  int32
}

func (s *State) crowdEntry(a ActorIx, t SessionIx, w int32) crowdEntry {
	permille := s.countedAs(a, t)
	return crowdEntry{a, t, uint32(int64(permille) * sure / 1000), w}
}

// crowdOf lists the people of a cell in the order in which chances are worked out: by person, then session. The slice is the
// state's own.
func (s *State) crowdOf(c *crowd, at int32) []crowdEntry {
	list := s.crowdList[:0]
	for _, t := range c.sessions[at] {
		for _, a := range s.members[People][t] {
			if w := s.crowdWeight(c, a, t); w > 0 {
				list = append(list, s.crowdEntry(a, t, w))
			}
		}
	}
	if len(c.sessions[at]) > 1 {
		slices.SortFunc(list, func(x, y crowdEntry) int {
			if x.actor != y.actor {
				return int(x.actor - y.actor)
			}
			return int(x.session - y.session)
		})
	}
	s.crowdList = list
	return list
}
