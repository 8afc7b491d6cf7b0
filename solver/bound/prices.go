package bound

import "github.com/communitypayback/payback/solver"

// Prices are the multipliers of the decomposition, in millipoints. Whatever they are, the sum of what each part makes of them is
// no less than the value of any roster; good prices make it little more.
type Prices struct {
	Pairs    []int64 // by arc: what a person pays to a session for being there; any sign
	Duties   []int64 // by duty, all staff in order: what a session pays for a supervisor or minibus; at least 0
	Areas    []int64 // by area: what an appointment of its people earns; at least 0
	Reserves []int64 // by reserve: what a duty of its day pays; at least 0, at most its price
	Rain     []int64 // by part: what a place indoors costs; at least 0
	Rows     []int64 // by row of what sessions share: what a unit costs; at least 0
}

// newPrices gives prices of nothing.
func newPrices(w *week) *Prices {
	return &Prices{
		Pairs: make([]int64, len(w.Arcs)), Duties: make([]int64, len(w.duties)),
		Areas: make([]int64, len(w.Areas)), Reserves: make([]int64, len(w.Reserves)), Rain: make([]int64, len(w.Rain)), Rows: make([]int64, len(w.rows)),
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
}

// week is a relaxed week, indexed for the decomposition.
type week struct {
	*solver.Relaxed
	duties []duty    // all staff arcs in order of staff
	from   []int32   // by staff, and one more: where its duties start
	at     [][]int32 // by session: duties
	groups []group
	rows   []row
}

// duty is one supervisor or minibus that may serve one session.
type duty struct {
	solver.StaffArc
	staff   int32
	minibus bool
	reserve int32 // index of Relaxed.Reserves, or -1
}

// newWeek indexes a relaxed week. Supervisors are the first so many of the staff.
func newWeek(r *solver.Relaxed, supervisors int, people solver.ActorIx) (*week, error) {
	w := &week{Relaxed: r, at: make([][]int32, len(r.Sessions)), from: []int32{0}}
	reserve := [7]int32{-1, -1, -1, -1, -1, -1, -1}
	for i := range r.Reserves {
		reserve[r.Reserves[i].Day] = int32(i)
	}
	for i := range r.Staff {
		for _, a := range r.Staff[i].Arcs {
			d := duty{StaffArc: a, staff: int32(i), minibus: i >= supervisors, reserve: -1}
			if !d.minibus {
				d.reserve = reserve[r.Sessions[a.Session].Day]
			}
			w.at[a.Session] = append(w.at[a.Session], int32(len(w.duties)))
			w.duties = append(w.duties, d)
		}
		w.from = append(w.from, int32(len(w.duties)))
	}
	if err := w.makeGroups(people); err != nil {
		return nil, err
	}
	return w, w.makeRows()
}
