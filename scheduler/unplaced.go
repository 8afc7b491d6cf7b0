package scheduler

import (
	"slices"
	"strings"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
)

// Unplaced is somebody who gets less work in the week than a standard day or than remains, and why.
type Unplaced struct {
	CRN    model.CRN
	Event  int32
	Needed int32 // minutes: a standard day, or what remains if that is less
	Placed int32 // minutes
	// MainObstacle is what stands in the way of most of the sessions: the ID of a constraint, or one of the phrases below.
	MainObstacle string
	NearestMiss  string // the session that comes nearest, and what it would break
}

// The obstacles that are no single rule.
const (
	NoPlaceLeft = "no place left" // the sessions they could attend are full or have no supervisor
	TooDear     = "too dear"      // there is a place, but using it costs more than it is worth
	NoSession   = "no session"    // the week has none
)

// noRoom are the constraints that stand for a session without room for one more: full, not staffed, or not open.
var noRoom = []string{"supervision", "minibus", "places", "group-minimum"}

// FindUnplaced lists everybody active who is placed for fewer minutes than a standard day or than remain, by CRN, with the
// main obstacle and the nearest miss. The state holds the roster; it is read and not changed.
//
// Somebody whom no session suits by itself is told the rule that takes the most sessions away, each session counted for
// the first rule in the catalogue that it breaks. For all others only the sessions that suit them count, and what stands
// in the way there, given who else is placed.
func FindUnplaced(sn *model.Snapshot, p *solver.Problem, s *solver.State, roster *model.Roster) []Unplaced {
	placed := map[model.CRN][]*model.Appointment{} // looked up only
	for i := range roster.Appointments {
		a := &roster.Appointments[i]
		placed[a.CRN] = append(placed[a.CRN], a)
	}
	f := funnel{Problem: p, state: s, taken: make([]int32, len(p.Constraints())+1)}
	for _, c := range p.Constraints() {
		f.ids = append(f.ids, c.ID)
	}
	var all []Unplaced
	for i := range sn.People {
		person := &sn.People[i]
		r := person.Current(sn.Week)
		if r == nil {
			if r = openRequirement(person); r == nil {
				continue
			}
		}
		u := Unplaced{CRN: person.CRN, Event: r.Event, Needed: min(int32(sn.Policy.WorthDayMinutes), r.Remaining())}
		for _, a := range placed[person.CRN] {
			if a.Event == r.Event {
				u.Placed += a.Minutes()
			}
		}
		if u.Placed < u.Needed {
			u.MainObstacle, u.NearestMiss = f.why(solver.ActorIx(i))
			all = append(all, u)
		}
	}
	return all
}

// openRequirement gives an active requirement with minutes left although nothing can be booked on it this week, or nil.
func openRequirement(p *model.Person) *model.Requirement {
	for i := range p.Requirements {
		if r := &p.Requirements[i]; r.Status == model.Active && r.Remaining() > 0 {
			return r
		}
	}
	return nil
}

// funnel counts which constraint takes which sessions away from one person.
type funnel struct {
	*solver.Problem
	state *solver.State
	ids   []string // of the constraints, in catalogue order
	taken []int32  // by constraint, and last: too dear
}

// miss is a session and how many cases an appointment there would break.
type miss struct {
	session solver.SessionIx
	cases   int64
}

// why works out the main obstacle and the nearest miss of a person.
func (f *funnel) why(a solver.ActorIx) (obstacle, nearest string) {
	clear(f.taken)
	best := miss{session: -1}
	suits := false
	for t := range solver.SessionIx(f.NumSessions()) {
		if f.state.Has(a, t) {
			continue
		}
		if f.Allowed(a, t) && !suits {
			suits = true // from here on only sessions that suit them count
			clear(f.taken)
			best.session = -1
		}
		if suits != f.Allowed(a, t) {
			continue
		}
		if suits {
			f.take(a, t, &best)
		} else {
			f.takeUnsuitable(a, t, &best)
		}
	}
	return f.obstacle(), f.near(a, best)
}

// take counts a session that suits the person for the first constraint that it breaks as the roster stands.
func (f *funnel) take(a solver.ActorIx, t solver.SessionIx, best *miss) {
	first, cases := len(f.ids), int64(0)
	i := 0
	for c, x := range f.state.DeltaBy(a, t, 1) {
		for f.ids[i] != c.ID {
			i++
		}
		if x.Hard() > 0 {
			cases += x.Hard()
			first = min(first, i)
		}
	}
	f.taken[first]++
	best.consider(t, cases)
}

// takeUnsuitable counts a session that breaks a rule for the person whatever else the roster holds.
func (f *funnel) takeUnsuitable(a solver.ActorIx, t solver.SessionIx, best *miss) {
	by := f.ForbiddenBy(a, t)
	for i, id := range f.ids {
		if len(by) > 0 && id == by[0].ID {
			f.taken[i]++
		}
	}
	best.consider(t, f.state.Delta(a, t, 1).Hard())
}

func (m *miss) consider(t solver.SessionIx, cases int64) {
	if m.session < 0 || cases < m.cases {
		*m = miss{t, cases}
	}
}

// obstacle names what takes most sessions away; the earlier in the catalogue where several take as many.
func (f *funnel) obstacle() string {
	most, total, room := -1, int32(0), int32(0)
	for i, n := range f.taken {
		total += n
		if i < len(f.ids) && slices.Contains(noRoom, f.ids[i]) {
			room += n
		} else if n > 0 && (most < 0 || n > f.taken[most]) {
			most = i
		}
	}
	switch {
	case total == 0:
		return NoSession
	case most < 0 || room > f.taken[most]:
		return NoPlaceLeft
	case most == len(f.ids):
		return TooDear
	default:
		return f.ids[most]
	}
}

// near says what the nearest session would break, or cost.
func (f *funnel) near(a solver.ActorIx, m miss) string {
	if m.session < 0 {
		return ""
	}
	at := f.Session(m.session).Key.String()
	var ids []string
	price := int64(0)
	for c, x := range f.state.DeltaBy(a, m.session, 1) {
		if x.Hard() > 0 {
			ids = append(ids, c.ID)
		}
		price += x[solver.Soft]
	}
	switch {
	case len(ids) > 0:
		return at + " but for " + strings.Join(ids, ", ")
	case price >= 0:
		return at + " has a place, and getting there costs more than it is worth"
	default:
		return at + " has a place"
	}
}
