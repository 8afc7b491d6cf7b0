package solver

import (
	"iter"
	"math/bits"
	"slices"

	"github.com/communitypayback/payback/model"
)

// Relaxed reads a bound's view off the kernels.
func (p *Problem) Relaxed() (*Relaxed, error) {
	x := &relaxing{Problem: p, out: &Relaxed{Nothing: -p.NewState().Score()[Soft]}, left: make([]bool, len(p.constraints)), straight: p.straight()}
	x.arcs()
	x.people()
	x.sessions()
	x.staff()
	x.rain()
	for i := range p.grids {
		if err := x.grid(&p.grids[i]); err != nil {
			return nil, err
		}
	}
	x.remainder()
	for i, left := range x.left {
		if left {
			x.out.LeftOut = append(x.out.LeftOut, p.constraints[i].ID)
		}
	}
	return x.out, nil
}

// relaxing is the state of one Relaxed.
type relaxing struct {
	*Problem
	out      *Relaxed
	left     []bool // by constraint
	straight bool
	fixed    []uint64  // actor x words
	open     []uint64  // actor x words: pairs that are fixed, or break nothing by themselves, wherever they move
	at       [][]int32 // by session: arcs; shared with RelaxedSession.Arcs
}

// isFixed reports whether a pair must stay.
func (x *relaxing) isFixed(a ActorIx, t SessionIx) bool {
	return x.fixed[int(a)*x.words+int(t)>>6]>>(uint(t)&63)&1 != 0
}

// arcs lists every pair of a person and a session that breaks nothing by itself, and those that are fixed.
func (x *relaxing) arcs() {
	n := x.NumSessions()
	x.fixed = make([]uint64, int(x.first[kinds])*x.words)
	for _, r := range x.requires {
		x.fixed[int(r.actor)*x.words+int(r.session)>>6] |= 1 << (uint(r.session) & 63)
	}
	x.findOpen()
	x.out.People = make([]RelaxedPerson, x.first[Supervisors])
	x.at = make([][]int32, n)
	attends := make([]int32, n) // arcs by session
	all := int32(0)
	for a := range x.first[Supervisors] {
		from := all
		for t := range x.may(a) {
			attends[t]++
			all++
		}
		x.out.People[a] = RelaxedPerson{From: from, To: all, Limit: NoLimit, Prefix: -1, PerDay: NoLimit, Area: -1}
	}
	for t := range x.at {
		x.at[t] = make([]int32, 0, attends[t])
	}
	x.out.Arcs = make([]Arc, all)
	parallel(len(x.out.People), func(i int) {
		a, k := ActorIx(i), x.out.People[i].From
		for t := range x.may(a) {
			w := x.alone[i*n+int(t)]
			x.out.Arcs[k] = Arc{Person: a, Session: t, Value: -int64(w.soft) + x.nearer(a, t), Comes: w.counted, Worked: x.lengths(a)[t], Fixed: x.isFixed(a, t)}
			k++
		}
	})
	for k := range x.out.Arcs {
		t := x.out.Arcs[k].Session
		x.at[t] = append(x.at[t], int32(k))
	}
}

// findOpen finds the pairs that may be.
func (x *relaxing) findOpen() {
	x.open = make([]uint64, len(x.allowed))
	parallel(int(x.first[kinds]), func(i int) {
		a := ActorIx(i)
		for w := i * x.words; w < (i+1)*x.words; w++ {
			open := x.allowed[w]
			for rest := open &^ x.fixed[w]; a < x.first[Supervisors] && rest != 0; rest &= rest - 1 {
				if t := SessionIx((w-i*x.words)<<6 | bits.TrailingZeros64(rest)); x.unsheltered(a, t) {
					open &^= rest & -rest
				}
			}
			x.open[w] = open | x.fixed[w]
		}
	})
}

// may lists the sessions of an actor that are open to them, in their order.
func (x *relaxing) may(a ActorIx) iter.Seq[SessionIx] {
	return func(yield func(SessionIx) bool) {
		for i, rest := range x.open[int(a)*x.words : (int(a)+1)*x.words] {
			for ; rest != 0; rest &= rest - 1 {
				if !yield(SessionIx(i<<6 | bits.TrailingZeros64(rest))) {
					return
				}
			}
		}
	}
}

// people reads what the weeks of people are held to by kernels other than tables.
func (x *relaxing) people() {
	for a := range x.out.People {
		if x.prefix.limit != nil {
			x.out.People[a].Prefix = x.prefix.limit[a]
		}
	}
}

// sessions reads what is known of sessions, and the room of those who come.
func (x *relaxing) sessions() {
	monday := x.Snapshot.Week.Monday()
	x.out.Sessions = make([]RelaxedSession, x.NumSessions())
	parallel(x.NumSessions(), func(i int) {
		t := SessionIx(i)
		x.out.Sessions[t] = RelaxedSession{Day: int32(x.Session(t).Key.Date - monday), Span: x.Session(t).Span, Minutes: x.minutes[t],
			Arcs: x.at[t], Staffed: x.Project(t).Supervised(), Rain: -1}
		for k := range x.crowds {
			x.takes(&x.out.Sessions[t], &x.crowds[k], t)
		}
	})
	for t := range x.out.Sessions {
		for i := range x.crowds {
			x.room(&x.out.Sessions[t], &x.crowds[i], SessionIx(t))
		}
	}
	for _, r := range x.requires {
		x.out.Sessions[r.session].Fixed = true
	}
}

// takes reads what people take of the room of a session by one crowd.
func (x *relaxing) takes(s *RelaxedSession, c *crowd, t SessionIx) {
	if c.colFrom[t] == c.colFrom[t+1] {
		return
	}
	for _, i := range s.Arcs {
		arc := &x.out.Arcs[i]
		w := int8(min(x.crowdWeight(c, arc.Person, t), 100))
		if c.pair != nil {
			arc.Seats = max(arc.Seats, w)
		} else {
			arc.Takes = max(arc.Takes, w)
		}
	}
}

// room adds what one crowd says of a session. Where sessions share a cell, what their supervisors add is left out, and so are
// the others' people.
func (x *relaxing) room(s *RelaxedSession, c *crowd, t SessionIx) {
	cells := c.colList[c.colFrom[t]:c.colFrom[t+1]]
	if len(cells) == 0 {
		return
	}
	riders := c.pair != nil
	x.left[c.constraint] = true // chances are known by an inequality, see package bound
	for _, cell := range cells {
		r := RelaxedRoom{Riders: riders, Limit: c.limit, Booked: c.booked, first: x.first[Supervisors], rooms: c.rooms}
		alone := len(c.sessions[cell]) == 1
		for i := range c.rooms {
			r.has[i] = c.has[i][cell]
			if alone {
				r.adds[i], r.most[i] = c.adds[i], x.mostAdded(c.adds[i])
			} else if slices.ContainsFunc(c.adds[i], func(n int32) bool { return n != 0 }) {
				r.has[i] = noRoom
			}
		}
		s.Rooms = append(s.Rooms, r)
		if !alone {
			x.together(c, cell, t, &r)
		}
	}
}

// together notes that sessions have a cell in common, once. What is fixed may break the rule.
func (x *relaxing) together(c *crowd, cell int32, t SessionIx, r *RelaxedRoom) {
	if c.sessions[cell][0] != t || c.pair != nil {
		return
	}
	for _, u := range c.sessions[cell] {
		for i := range x.requires {
			if x.requires[i].session == u {
				x.left[c.constraint] = true
				return
			}
		}
	}
	x.out.Shared = append(x.out.Shared, RelaxedShared{Sessions: c.sessions[cell], Room: *r})
}

// mostAdded gives the most that one supervisor, and one minibus, adds to a room.
func (x *relaxing) mostAdded(adds []int32) (most [2]int32) {
	buses := x.NumActors(Supervisors)
	if buses > 0 {
		most[0] = slices.Max(adds[:buses])
	}
	if len(adds) > buses {
		most[1] = slices.Max(adds[buses:])
	}
	return most
}

// staff lists the sessions of supervisors and minibuses.
func (x *relaxing) staff() {
	n := x.NumSessions()
	for a := x.first[Supervisors]; a < x.first[kinds]; a++ {
		s := RelaxedStaff{Actor: a, Minibus: x.Kind(a) == Minibuses, Minutes: NoLimit}
		for t := range x.may(a) {
			value := -int64(x.alone[int(a)*n+int(t)].soft) + x.shorter(a, t)
			s.Arcs = append(s.Arcs, StaffArc{Session: t, Value: value, Fixed: x.isFixed(a, t)})
		}
		x.out.Staff = append(x.out.Staff, s)
	}
}

// rain adds, for each part of the week in which groups compete for hosts, the room of all hosts at the moment at which most of
// its sessions run.
func (x *relaxing) rain() {
	w := &x.wet
	if !w.any {
		return
	}
	for i, t := range w.moves {
		s := &x.out.Sessions[t]
		for _, h := range w.hosts[i] {
			s.Shelter = max(s.Shelter, h.room)
		}
		if s.Most = x.Project(t).Places; s.Fixed || w.held[i] != noHost {
			s.Most = 0 // it may stay where it breaks something
		}
	}
	x.left[w.constraint] = true
	for _, part := range w.parts {
		at, most := model.Instant(0), 0
		for _, t := range part {
			start, n := x.Session(t).Span.Start, 0
			for _, u := range part {
				if s := x.Session(u).Span; s.Start <= start && start < s.End {
					n++
				}
			}
			if n > most {
				at, most = start, n
			}
		}
		x.rainAt(part, at)
	}
}

func (x *relaxing) rainAt(part []SessionIx, at model.Instant) {
	var r RelaxedRain
	var seen []int32
	for _, t := range part {
		if s := x.Session(t).Span; s.Start > at || at >= s.End {
			continue
		}
		if x.out.Sessions[t].Most == 0 {
			return // something held may break the rule
		}
		r.Sessions = append(r.Sessions, t)
		for _, h := range x.wet.hosts[x.wet.exposed[t]] {
			if !slices.Contains(seen, h.project) {
				seen = append(seen, h.project)
				r.Room += h.room
			}
		}
	}
	if len(r.Sessions) < 2 {
		return
	}
	for _, t := range r.Sessions {
		x.out.Sessions[t].Rain = int32(len(x.out.Rain))
	}
	x.out.Rain = append(x.out.Rain, r)
}

// remainder notes the kernels that a bound knows nothing of. None of them can be negative.
func (x *relaxing) remainder() {
	for i := range x.clashes {
		x.left[x.clashes[i].constraint] = true
	}
	if x.apart.pairs != nil {
		x.left[x.apart.constraint] = true
	}
	if x.partial.fits != nil {
		x.left[x.partial.constraint] = true
	}
	if x.share.counts != nil {
		x.left[x.share.constraint] = true
	}
	for i := range x.lones {
		x.left[x.lones[i].constraint] = true // the chance is known at least
		x.lone(&x.lones[i])
	}
	for i := range x.budgets {
		x.left[x.budgets[i].constraint] = true
		x.out.Nothing += x.budgets[i].price * x.budgets[i].told // nobody may have to be told
	}
	for part, on := range x.settle.on {
		if on && SettlePart(part) != TripsPlanned {
			x.left[x.settle.constraint[part]] = true
		}
	}
}

// unsheltered reports whether a session moves when it rains, and no place to which it could move suits a person.
func (x *relaxing) unsheltered(a ActorIx, t SessionIx) bool {
	return x.wet.any && x.wet.exposed[t] >= 0 && x.wet.held[x.wet.exposed[t]] == noHost && !x.suitsAny(a, t)
}
