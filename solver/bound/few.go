package bound

// fewPrices are prices that many pairs share. Whoever is in a session pays for the room that they take of it, and for a seat if they
// ride; all supervisors earn the same there, and all minibuses.
type fewPrices struct {
	room, seat []int64 // by session: of room for one who is certain to come, of a seat for one
	lead, bus  []int64 // by session: of a supervisor, of a minibus
	shared     *Prices // those of areas, reserves, rain and rows
}

func newFewPrices(w *week) *fewPrices {
	n := len(w.Sessions)
	return &fewPrices{make([]int64, n), make([]int64, n), make([]int64, n), make([]int64, n), &Prices{
		Areas: make([]int64, len(w.Areas)), Reserves: make([]int64, len(w.Reserves)), Rain: make([]int64, len(w.Rain)), Rows: make([]int64, len(w.rows)),
	}}
}

// eachKind calls f for every kind of price, beside those of others.
func (f *fewPrices) eachKind(o *fewPrices, do func(kind int, mine, others []int64)) {
	do(roomKind, f.room, o.room)
	do(seatKind, f.seat, o.seat)
	do(leadKind, f.lead, o.lead)
	do(busKind, f.bus, o.bus)
	do(sharedKind, f.shared.Areas, o.shared.Areas)
	do(sharedKind, f.shared.Reserves, o.shared.Reserves)
	do(sharedKind, f.shared.Rain, o.shared.Rain)
	do(sharedKind, f.shared.Rows, o.shared.Rows)
}

// The kinds of few prices.
const (
	roomKind = iota
	seatKind
	leadKind
	busKind
	sharedKind
)

func (f *fewPrices) copyFrom(o *fewPrices) {
	f.eachKind(o, func(_ int, mine, others []int64) { copy(mine, others) })
}

func (f *fewPrices) clear() {
	f.eachKind(f, func(_ int, mine, _ []int64) { clear(mine) })
}

// load is what a person takes of a session's room and seats, in parts, and what the session earns by them at best.
type load struct {
	worth   int64
	room    int32
	session int32
	seats   int32
}

// team is what so many supervisors and minibuses make of a session.
type team struct {
	supervisors, minibuses int64
	room, seats            int64 // parts
}

// teamsOf lists the teams that may run a session, and gives the inequality of its smallest room, if one is known.
func (w *week) teamsOf(t int) (teams []team, l *limit) {
	s, g := &w.Sessions[t], &w.groups[t]
	if s.Fixed {
		most := min(2*int64(w.room(s, len(g.supervisors), len(g.minibuses))), int64(len(s.Arcs)))
		return []team{{0, 0, most * one, 2 * most * one}}, nil
	}
	first := 0
	if s.Staffed {
		first = 1
	}
	for n := first; n <= g.teams; n++ {
		room := w.room(s, n, 0)
		m := team{supervisors: int64(n), room: int64(g.size(s, room)) * one}
		if k, ok := g.limit(room); ok {
			m.room = min(m.room, k.bound)
			if l == nil {
				l = &k
			}
		}
		teams = append(teams, m)
		seating := &g.seating[max(0, n-1)]
		for i := range seating.fleets { // of equally many minibuses, which all cost the same here, those with the most seats
			f := &seating.fleets[i]
			m.minibuses, m.seats = int64(len(f.minibuses)), f.seats
			if f.any {
				m.minibuses = named + 1
			}
			if !seating.priced {
				m.seats = int64(g.size(s, room)) * one
			}
			if o := &teams[len(teams)-1]; o.supervisors == m.supervisors && o.minibuses == m.minibuses {
				o.seats = max(o.seats, m.seats)
			} else {
				teams = append(teams, m)
			}
		}
	}
	return teams, l
}

// loadOf gives what a person takes of a session.
func (w *week) loadOf(t, position int, l *limit) load {
	s, g := &w.Sessions[t], &w.groups[t]
	a := &w.Arcs[s.Arcs[position]]
	places := int64(min(max(a.Takes, 1), 2))
	taking := places * one
	if l != nil {
		taking = places * l.weight(comesAs(a))
	}
	return load{max(leastWorth, g.best[position]), int32(taking), int32(t), w.takes[s.Arcs[position]]}
}

// leastWorth stands for whatever is worth less, so that sums of prices stay far from the ends of what can be counted.
const leastWorth = -1 << 36
