package bound

import (
	"slices"

	"github.com/communitypayback/payback/solver"
)

// shortage looks for people who cannot all have a place, counted one way. A set of people needs certain rooms and days of staff; the
// more they are beyond what those hold, the more is lacking. What is lacking less a price for every room and day that is counted is
// greatest at a least cut of a network
//
//	person -> session, by what they need there (what its room holds)
//	       -> day of each who could lead or drive them (what these hold on that day) -> their week (what they hold in it)
//
// so the set for which the lack per room and day is greatest is found by raising the price to what the last set lacked for each
// (Dinkelbach, 1967). Each set lies within the one before, and the network shrinks with it.
type shortage struct {
	*demands
	net   network
	edges []held // those that a cut may count

	// Of the present people:
	session []*company // by session; nil: none of them may go there
	node    []int32    // by demand: where it is in the network; 0: nowhere
	duties  [][]shift  // by position in Staff
}

// company is those of one session who are looked at, and what they find there.
type company struct {
	everybody, riders crowd
	room              int64 // people it holds at most
	share             int64 // of them by each of a team in which nobody else may be
	seats             int64 // riders by each driver or minibus
}

// held is an edge of the network that stands for something that holds people.
type held struct {
	from, to     int32
	people, size int64
}

// lack is how many people are lacking where so many rooms and days are counted.
type lack struct{ people, size int64 }

// claim is a witness and what it lacks as the search reckons.
type claim struct {
	Witness

	lack lack
}

// densest finds, among the people of a claim, those who lack the most for each room and day that is counted.
func (x *shortage) densest(c claim) claim {
	for c.lack.size > 0 && !x.net.halted() {
		found := x.worst(c.People, c.lack)
		if len(found.People) == 0 {
			break
		}
		c = found
	}
	return c
}

// worst finds the people for whom what is lacking, less a price for what is counted, is greatest. Nobody: they need not lack
// anything.
func (x *shortage) worst(people []solver.ActorIx, price lack) (c claim) {
	x.build(people, price)
	x.net.greatest()
	c.Way = x.way
	for i, a := range people {
		if x.net.reached(int32(2 + i)) {
			c.People = append(c.People, a)
		}
	}
	c.lack.people = int64(len(c.People))
	for _, h := range x.edges {
		if x.net.reached(h.from) && !x.net.reached(h.to) {
			c.lack.people, c.lack.size = c.lack.people-h.people, c.lack.size+h.size
		}
	}
	x.count(&c.Witness)
	return c
}

// count adds to a witness what its people depend on, by the cut that was made last: the rooms that hold all who want to pass, and
// who leads or drives the others.
func (x *shortage) count(w *Witness) {
	for i, n := range x.node {
		t := x.list[i].session
		if n != 0 && x.net.reached(n) && (x.list[i].open || !x.net.reached(n+1)) && (len(w.Rooms) == 0 || w.Rooms[len(w.Rooms)-1] != t) {
			w.Rooms = append(w.Rooms, t)
		}
	}
	days := make([]uint8, len(x.Staff))
	for i, n := range x.node {
		if n == 0 || !x.net.reached(n) {
			continue
		}
		if _, room := slices.BinarySearch(w.Rooms, x.list[i].session); room {
			continue
		}
		for _, k := range x.list[i].staff {
			days[k] |= 1 << x.Sessions[x.list[i].session].Day
		}
	}
	for k, d := range days {
		if d != 0 {
			w.Staff = append(w.Staff, StaffDays{x.Staff[k].Actor, d})
		}
	}
}

// build makes the network of some people. What is counted has its price beside what it holds, all times the price's lower half.
func (x *shortage) build(people []solver.ActorIx, price lack) {
	x.gather(people)
	x.edges = x.edges[:0]
	nodes := int32(2 + len(people))
	x.node = append(x.node[:0], make([]int32, len(x.list))...)
	for i := range x.list {
		if d := &x.list[i]; x.session[d.session] != nil && !d.dead {
			x.node[i] = nodes
			nodes += 2 // what is behind its room is the next
		}
	}
	week := nodes
	nodes += int32(len(x.Staff) * 8) // a node for the week, and one for each day
	x.net.links = x.net.links[:0]
	for i, a := range people {
		x.net.connect(source, int32(2+i), price.size)
		for k := x.People[a].From; k < x.People[a].To; k++ {
			if n := x.node[x.demandOf[k]]; n != 0 {
				x.net.connect(int32(2+i), n, endless)
			}
		}
	}
	count := func(from, to int32, people, size int64) {
		x.edges = append(x.edges, held{from, to, people, size})
		x.net.connect(from, to, people*price.size+size*price.people)
	}
	x.duties = make([][]shift, len(x.Staff))
	for i := range x.list {
		d, n := &x.list[i], x.node[i]
		if n == 0 {
			continue
		}
		c := x.session[d.session]
		room := c.room
		if d.riders {
			room = min(room, int64(c.riders.all+c.riders.free))
		}
		if d.open { // no node is behind it
			count(n, sink, room, 1)
			continue
		}
		count(n, n+1, room, 1)
		day := x.Sessions[d.session].Day
		for _, k := range d.staff {
			x.net.connect(n+1, week+8*k+1+day, endless)
			x.serve(k, d.session, c.charge(d))
		}
	}
	for k := range x.Staff {
		if len(x.duties[k]) > 0 {
			x.connectWeek(k, week+8*int32(k), count)
		}
	}
	x.net.lay(int(nodes))
}

// connectWeek adds what a supervisor or minibus holds on each day, and in the week.
func (x *shortage) connectWeek(k int, week int32, count func(from, to int32, people, size int64)) {
	days := int64(0)
	for day := range int32(7) {
		var there []shift
		for _, d := range x.duties[k] {
			if x.Sessions[d.session].Day == day {
				there = append(there, d)
			}
		}
		if len(there) > 0 {
			days++
			count(week+1+day, week, servedBy(x.Relaxed, &x.Staff[k], there), 1)
		}
	}
	count(week, sink, servedBy(x.Relaxed, &x.Staff[k], x.duties[k]), days)
}

// serve notes how many people a duty holds, at most.
func (x *shortage) serve(k int32, t solver.SessionIx, people int64) {
	if n := len(x.duties[k]); n > 0 && x.duties[k][n-1].session == t { // demands are in order of session
		x.duties[k][n-1].people = max(x.duties[k][n-1].people, people)
		return
	}
	x.duties[k] = append(x.duties[k], shift{t, people})
}

// charge gives how many people each of those who are needed holds at most.
func (c *company) charge(d *demand) int64 {
	switch {
	case d.byRide:
		return c.seats
	case d.whole:
		return c.share
	default:
		return c.room
	}
}

// gather finds who of some people could be where, and what they find there.
func (x *shortage) gather(people []solver.ActorIx) {
	x.session = make([]*company, len(x.Sessions))
	for _, a := range people {
		for k := x.People[a].From; k < x.People[a].To; k++ {
			arc := &x.Arcs[k]
			d := &x.list[x.demandOf[k]]
			if d.dead {
				continue
			}
			c := x.session[arc.Session]
			if c == nil {
				c = &company{}
				x.session[arc.Session] = c
			}
			c.everybody.add(arc.Comes, arc.Takes)
			if d.riders {
				c.riders.add(arc.Comes, arc.Seats)
			}
		}
	}
	for t, c := range x.session {
		if c != nil {
			x.furnish(c, solver.SessionIx(t))
		}
	}
}

// furnish works out what a company finds in its session.
func (x *shortage) furnish(c *company, t solver.SessionIx) {
	s := &x.Sessions[t]
	switch {
	case s.Fixed:
		c.room = fixedRoom(x.Relaxed, t)
		return
	case !s.Staffed:
		c.room = int64(c.everybody.heldIn(s, false, 0, 0))
		return
	}
	for n := 1; n <= x.useful[t]; n++ {
		c.room = int64(c.everybody.heldIn(s, false, n, 0))
		c.share = max(c.share, (c.room+int64(n)-1)/int64(n))
	}
	for b := 1; b <= x.fleet[t]; b++ {
		riders := min(int64(c.riders.heldIn(s, true, 1, b)), c.room)
		if c.seats = max(c.seats, (riders+int64(b)-1)/int64(b)); riders == c.room {
			break
		}
	}
}
