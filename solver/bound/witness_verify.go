package bound

import (
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
)

// Proof is what [Verify] makes of a witness.
type Proof struct {
	Held int // of its people, at most; all others stay without a place
	Duty int // of those who are counted by staff, what one more duty in their sessions would hold at most; 0: nobody is
}

// Verify works out how many of the people of a witness its rooms and staff hold at most, so that the others stay without a place in
// every roster that breaks no rule but what fixed parts break by themselves. It is written for whoever doubts a witness: plainly, from
// the relaxed week of the problem, and sharing nothing with the search for witnesses but the arithmetic of what a room and a week hold.
// A witness that proves nothing is a [model.Error] with CodeInvalid.
func Verify(p *solver.Problem, r *solver.Relaxed, w *Witness) (Proof, error) {
	x := &verifying{Relaxed: r, way: w.Way, days: make([]uint8, len(r.Staff)), shifts: make([][]shift, len(r.Staff)), among: make([]bool, len(r.People))}
	x.serves = [2][][]int{make([][]int, len(r.Sessions)), make([][]int, len(r.Sessions))}
	for k := range r.Staff {
		kind := 0
		if r.Staff[k].Minibus {
			kind = 1
		}
		for _, a := range r.Staff[k].Arcs {
			x.serves[kind][a.Session] = append(x.serves[kind][a.Session], k)
		}
	}
	for _, a := range w.People {
		if a < 0 || int(a) >= len(x.among) || x.among[a] || p.Current(a) == nil {
			return Proof{}, model.Errorf(model.CodeInvalid, "found actor %d among the people of a witness; expected people with work to do, each once", a)
		}
		x.among[a] = true
	}
	for _, s := range w.Staff {
		k := slices.IndexFunc(r.Staff, func(o solver.RelaxedStaff) bool { return o.Actor == s.Actor })
		if k < 0 {
			return Proof{}, model.Errorf(model.CodeInvalid, "found actor %d among the staff of a witness; expected supervisors and minibuses", s.Actor)
		}
		x.days[k] |= s.Days
	}
	sum := int64(0)
	for t := range solver.SessionIx(len(r.Sessions)) {
		n, err := x.session(p, t, slices.Contains(w.Rooms, t))
		if err != nil {
			return Proof{}, err
		}
		sum += n
	}
	for k := range x.shifts {
		sum += servedBy(r, &r.Staff[k], x.shifts[k])
	}
	if sum >= int64(len(w.People)) {
		return Proof{}, model.Errorf(model.CodeInvalid, "found room for %d of the %d people of a witness; expected less", sum, len(w.People))
	}
	return Proof{int(sum), int(x.another)}, nil
}

// verifying is the state of one Verify.
type verifying struct {
	*solver.Relaxed
	way     Way
	days    []uint8    // by position in Staff
	shifts  [][]shift  // likewise: what counted duties hold
	serves  [2][][]int // by session: positions in Staff of supervisors, and of minibuses
	among   []bool     // by person
	another int64      // what one more duty would hold at most
}

// session finds what counts the people of a witness in one session. It gives how many the room holds, if that is what counts; who
// else counts is noted in shifts.
func (x *verifying) session(p *solver.Problem, t solver.SessionIx, byRoom bool) (int64, error) {
	s := &x.Sessions[t]
	var positions []int
	var everybody crowd
	for i, arc := range s.Arcs {
		if a := &x.Arcs[arc]; x.among[a.Person] {
			if a.Fixed {
				return 0, model.Errorf(model.CodeInvalid, "found a fixed place in session %v of somebody whom a witness counts as without one", p.Session(t).Key)
			}
			positions = append(positions, i)
			everybody.add(a.Comes, a.Takes)
		}
	}
	switch {
	case len(positions) == 0:
		return 0, nil
	case byRoom:
		return x.roomOf(t, &everybody), nil
	case s.Fixed || !s.Staffed:
		return 0, model.Errorf(model.CodeInvalid, "found no room of session %v in a witness; expected it, for nobody must lead the people there", p.Session(t).Key)
	}
	c := counting{verifying: x, t: t, s: s, rides: x.needMinibus(t), holds: make([]int64, len(x.Staff))}
	c.gather()
	for _, i := range positions {
		if a := &x.Arcs[s.Arcs[i]]; c.rider(i) {
			c.riders.add(a.Comes, a.Seats)
		}
	}
	c.furnish(&everybody)
	known := map[string]bool{} // looked up only: people of one kind need the same
	for _, i := range positions {
		if known[string(c.kind(i))] {
			continue
		}
		known[string(c.kind(i))] = true
		if !c.count(i) {
			return 0, model.Errorf(model.CodeInvalid, "found somebody who may come to session %v without those that a witness counts", p.Session(t).Key)
		}
	}
	for k, n := range c.holds {
		if n > 0 {
			x.shifts[k] = append(x.shifts[k], shift{t, n})
			x.another = max(x.another, c.another)
		}
	}
	return 0, nil
}

// roomOf gives how many of a crowd the room of a session holds at most, whoever leads it.
func (x *verifying) roomOf(t solver.SessionIx, everybody *crowd) int64 {
	s := &x.Sessions[t]
	switch {
	case s.Fixed:
		return fixedRoom(x.Relaxed, t)
	case !s.Staffed:
		return int64(everybody.heldIn(s, false, 0, 0))
	}
	all := len(x.serving(t, false))
	most := int64(0)
	for n := 1; n <= all && (n == 1 || leastRoom(s, false, n, 0) > leastRoom(s, false, n-1, 0)); n++ {
		most = max(most, int64(everybody.heldIn(s, false, n, 0)))
	}
	return most
}

// needMinibus reports whether nobody who rides there can come to a session unless a minibus goes.
func (x *verifying) needMinibus(t solver.SessionIx) bool {
	var riders crowd
	for _, arc := range x.Sessions[t].Arcs {
		if a := &x.Arcs[arc]; a.Seats > 0 {
			riders.add(a.Comes, a.Seats)
		}
	}
	return riders.heldIn(&x.Sessions[t], true, 1, 0) == 0
}

// serving lists who may lead a session, or the minibuses that may go there, as positions in Staff.
func (x *verifying) serving(t solver.SessionIx, minibuses bool) []int {
	if minibuses {
		return x.serves[1][t]
	}
	return x.serves[0][t]
}
