package bound

import "github.com/communitypayback/payback/solver"

// Prices are the multipliers of the decomposition, in millipoints. Whatever they are, the sum of what each part makes of them is
// no less than the value of any roster; good prices make it little more.
type Prices struct {
	Pairs    []int64 `json:"pairs"`    // by arc: what a person pays to a session for being there; any sign
	Duties   []int64 `json:"duties"`   // by duty, all staff in order: what a session pays for a supervisor or minibus; at least 0
	Areas    []int64 `json:"areas"`    // by area: what an appointment of its people earns; at least 0
	Reserves []int64 `json:"reserves"` // by reserve: what a duty of its day pays; at least 0, at most its price
	Rain     []int64 `json:"rain"`     // by part: what a place indoors costs; at least 0
	Rooms    []int64 `json:"rooms"`    // by session and size of team: what a unit of room costs; at least 0
	Seats    []int64 `json:"seats"`    // likewise: what a unit of its minibuses' seats costs a rider; at least 0
	Rows     []int64 `json:"rows"`     // by row of what sessions share: what a unit costs; at least 0
}

// newPrices gives prices of nothing.
func newPrices(w *week) *Prices {
	return &Prices{
		Pairs: make([]int64, len(w.Arcs)), Duties: make([]int64, len(w.duties)),
		Areas: make([]int64, len(w.Areas)), Reserves: make([]int64, len(w.Reserves)), Rain: make([]int64, len(w.Rain)), Rows: make([]int64, len(w.rows)), Rooms: make([]int64, w.teams), Seats: make([]int64, w.teams),
	}
}

// copyFrom makes p equal to another.
func (p *Prices) copyFrom(o *Prices) {
	copy(p.Pairs, o.Pairs)
	copy(p.Duties, o.Duties)
	copy(p.Areas, o.Areas)
	copy(p.Reserves, o.Reserves)
	copy(p.Rain, o.Rain)
	copy(p.Rows, o.Rows)
	copy(p.Rooms, o.Rooms)
	copy(p.Seats, o.Seats)
}

// week is a relaxed week, indexed for the decomposition.
type week struct {
	*solver.Relaxed
	duties []duty    // all staff arcs in order of staff
	from   []int32   // by staff, and one more: where its duties start
	at     [][]int32 // by session: duties
	groups []group
	rows   []row
	teams  int32   // prices of room, and as many of seats
	takes  []int32 // by arc: what a rider takes of seats, in parts; somebody who takes two, both together

	// What no price changes; see arrange.
	dayEnd []int32 // by arc: the first arc of its person that is of a later day, or where theirs end
	held   []bool  // by person: something of theirs is fixed
	inTime []int32 // duties of each member of staff, from week.from on: those that end first in front
	times  []int32 // by duty: one number for each length and time of sessions
}

// duty is one supervisor or minibus that may serve one session.
type duty struct {
	solver.StaffArc
	staff   int32
	minibus bool
	reserve int32 // index of Relaxed.Reserves, or -1
}

// newWeek indexes a relaxed week.
func newWeek(r *solver.Relaxed) *week {
	w := &week{Relaxed: r, at: make([][]int32, len(r.Sessions)), from: []int32{0}, takes: make([]int32, len(r.Arcs))}
	reserve := [7]int32{-1, -1, -1, -1, -1, -1, -1}
	for i := range r.Reserves {
		reserve[r.Reserves[i].Day] = int32(i)
	}
	for i := range r.Staff {
		for _, a := range r.Staff[i].Arcs {
			d := duty{StaffArc: a, staff: int32(i), minibus: r.Staff[i].Minibus, reserve: -1}
			if !d.minibus {
				d.reserve = reserve[r.Sessions[a.Session].Day]
			}
			w.at[a.Session] = append(w.at[a.Session], int32(len(w.duties)))
			w.duties = append(w.duties, d)
		}
		w.from = append(w.from, int32(len(w.duties)))
	}
	for i := range r.Arcs {
		w.takes[i] = seatTaking(&r.Arcs[i])
	}
	w.arrange()
	w.makeGroups()
	w.makeRows()
	return w
}

// mul prices parts, rounded up.
func mul(price, parts int64) int64 { return (price*parts + one - 1) / one }

// confine brings prices back to where they say something: an area's appointments earn no less than what any number of them adds, a
// reserve's duties pay no more than they cost.
func (w *week) confine(p *Prices) {
	for i := range p.Areas {
		p.Areas[i] = max(p.Areas[i], w.Areas[i].Worth.Beyond)
	}
	for i := range p.Reserves {
		p.Reserves[i] = min(p.Reserves[i], w.Reserves[i].Price)
	}
}
