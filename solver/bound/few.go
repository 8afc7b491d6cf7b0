package bound

// fewPrices are prices that many pairs share. Whoever is in a session pays for the room that they take of it, and for a seat if they
// ride; all supervisors earn the same there, and all minibuses.
type fewPrices struct {
	room, seat []int64 // by session: of room for one who is certain to come, of a rider
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

// load is what a person takes of a session's room, in parts, and what the session earns by them at best.
type load struct {
	worth   int64
	room    int32
	session int32
	seats   int32
}

// team is what so many supervisors and minibuses make of a session.
type team struct {
	supervisors, minibuses int64
	room                   int64 // parts
	seats                  int64
}

// teamsOf lists the teams that may run a session, and gives the inequality of its smallest room, if one is known.
func (w *week) teamsOf(t int) (teams []team, l *limit) {
	s, g := &w.Sessions[t], &w.groups[t]
	if s.Fixed {
		most := min(2*int64(w.room(s, len(g.supervisors), len(g.minibuses))), int64(len(s.Arcs)))
		return []team{{0, 0, most * one, most}}, nil
	}
	add := func(supervisors, minibuses int) {
		room, ride := w.room(s, supervisors, 0), w.ride(s, supervisors, minibuses)
		size := int64(min(g.largest(room), 2*int32(len(s.Arcs))))
		m := team{int64(supervisors), int64(minibuses), size * one, 0}
		if ride > 0 && (supervisors == 0 || minibuses > 0) {
			m.seats = size
		}
		if k, ok := g.limit(room); ok {
			m.room = min(m.room, k.bound)
			if l == nil {
				l = &k
			}
		}
		teams = append(teams, m)
	}
	if !s.Staffed {
		add(0, 0)
		return teams, l
	}
	for n := 1; n <= g.teams; n++ {
		for b := range min(n, len(g.minibuses)) + 1 {
			add(n, b)
			if b > 0 && w.ride(s, n, b) > 0 {
				break // who rides is not counted by seats here, so more minibuses only cost more
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
	seats := int32(0)
	if a.Seats > 0 && int64(a.Comes) > g.seatless {
		seats = 1
	}
	return load{max(leastWorth, g.best[position]), int32(taking), int32(t), seats}
}

// leastWorth stands for whatever is worth less, so that sums of prices stay far from the ends of what can be counted.
const leastWorth = -1 << 36
