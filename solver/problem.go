package solver

import (
	"fmt"
	"math"
	"slices"

	"github.com/communitypayback/payback/model"
)

// Problem is one region's week compiled: indices, journeys, and what the constraints lowered to. It is read-only once
// [Compile] returns it and may be shared by any number of goroutines.
type Problem struct {
	Snapshot *model.Snapshot

	constraints []*Constraint // those the policy switches on, in catalogue order
	first       [kinds + 1]ActorIx
	words       int                  // of a bitset over sessions
	project     []int32              // by session: index into Snapshot.Projects
	current     []*model.Requirement // by person; nil: nothing to work this week
	minutes     []int32              // by session
	fixed       []*tripPlan          // by session: the published trips, where they are frozen
	neighbours  [][]neighbour        // by supervisor: duties of the weeks before and after
	journeys
	chances   chances
	shortDays shortDays

	forbids    []forbid
	requires   []pair
	requiredBy []int
	baselines  []baseline
	costs      []cost

	alone   []worth  // actor x session; see Problem.pairCost
	allowed []uint64 // actor x words: pairs that break nothing by themselves
	base    Score

	grids []grid
	cells int // over all grids

	crowds     []crowd
	crowdCells int   // over all crowds
	crowdReach int32 // the most that one person takes
	lones      []lone

	tallies   []tally // by actor
	tallyFrom []int32 // by actor, and one more
	columns   []slot  // session x grid
	clashes   []clash
	apart     apart
	prefix    prefix
	partial   partial
	share     share
	budgets   []budget
	barred    [][]barredStop // by person: stops where they may not be, by index; nil: none
	settle    settling
	wet       wet

	estimated bool // trips are priced by estimate alone, which the words do not know
}

type pair struct {
	actor   ActorIx
	session SessionIx
}

type baseline struct {
	constraint int
	score      Score
}

// newProblem indexes a snapshot.
func newProblem(sn *model.Snapshot) (*Problem, error) {
	p := &Problem{Snapshot: sn, words: (len(sn.Sessions) + 63) / 64}
	p.first[Supervisors] = ActorIx(len(sn.People))
	p.first[Minibuses] = p.first[Supervisors] + ActorIx(len(sn.Supervisors))
	p.first[kinds] = p.first[Minibuses] + ActorIx(len(sn.Minibuses))
	if pairs := int64(p.first[kinds]) * int64(len(sn.Sessions)); pairs > math.MaxInt32 {
		return nil, model.Errorf(model.CodeInvalid, "found %d people, supervisors and minibuses and %d sessions; expected at most two thousand million pairs. Plan one region at a time",
			p.first[kinds], len(sn.Sessions))
	}
	p.project = make([]int32, len(sn.Sessions))
	p.minutes = make([]int32, len(sn.Sessions))
	for i := range sn.Sessions {
		x := &sn.Sessions[i]
		ix, ok := slices.BinarySearchFunc(sn.Projects, x.Key.Project, func(p model.Project, c model.ProjectCode) int {
			return compare(p.Code, c)
		})
		if !ok {
			return nil, model.Errorf(model.CodeInvalid, "session %v: found no project %q; every session needs its project", x.Key, x.Key.Project)
		}
		p.project[i], p.minutes[i] = int32(ix), x.Minutes()
	}
	p.current = make([]*model.Requirement, len(sn.People))
	for i := range sn.People {
		p.current[i] = sn.People[i].Current(sn.Week)
	}
	p.journeys = newJourneys(sn)
	p.chances = newChances(p)
	p.shortDays = newShortDays(p)
	p.neighbours = neighbourDuties(sn)
	p.fixed = p.frozenTrips()
	return p, nil
}

func compare[T ~string](a, b T) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	default:
		return 0
	}
}

// NumSessions gives how many sessions there are, barred ones included.
func (p *Problem) NumSessions() int { return len(p.project) }

// NumProjects gives how many projects there are.
func (p *Problem) NumProjects() int { return len(p.Snapshot.Projects) }

// NumActors gives how many actors of a kind there are.
func (p *Problem) NumActors(k ActorKind) int { return int(p.first[k+1] - p.first[k]) }

// First gives the first actor of a kind; the others follow.
func (p *Problem) First(k ActorKind) ActorIx { return p.first[k] }

// Kind gives the kind of an actor.
func (p *Problem) Kind(a ActorIx) ActorKind {
	switch {
	case a < p.first[Supervisors]:
		return People
	case a < p.first[Minibuses]:
		return Supervisors
	default:
		return Minibuses
	}
}

// Person gives the person that an actor is.
func (p *Problem) Person(a ActorIx) *model.Person { return &p.Snapshot.People[a] }

// Supervisor gives the supervisor that an actor is.
func (p *Problem) Supervisor(a ActorIx) *model.Supervisor {
	return &p.Snapshot.Supervisors[a-p.first[Supervisors]]
}

// Minibus gives the minibus that an actor is.
func (p *Problem) Minibus(a ActorIx) *model.Minibus {
	return &p.Snapshot.Minibuses[a-p.first[Minibuses]]
}

// Session gives the session of an index.
func (p *Problem) Session(t SessionIx) *model.Session { return &p.Snapshot.Sessions[t] }

// ProjectIx gives the project of a session, as an index into Snapshot.Projects.
func (p *Problem) ProjectIx(t SessionIx) int32 { return p.project[t] }

// Project gives the project of a session.
func (p *Problem) Project(t SessionIx) *model.Project { return &p.Snapshot.Projects[p.project[t]] }

// ProjectAt gives the project of an index.
func (p *Problem) ProjectAt(ix int32) *model.Project { return &p.Snapshot.Projects[ix] }

// Current gives the requirement a person's minutes go to this week, or nil.
func (p *Problem) Current(a ActorIx) *model.Requirement { return p.current[a] }

// PersonIx finds a person.
func (p *Problem) PersonIx(c model.CRN) (ActorIx, bool) {
	i, ok := slices.BinarySearchFunc(p.Snapshot.People, c, func(x model.Person, c model.CRN) int { return compare(x.CRN, c) })
	return ActorIx(i), ok
}

// SupervisorIx finds a supervisor.
func (p *Problem) SupervisorIx(c model.SupervisorCode) (ActorIx, bool) {
	i, ok := slices.BinarySearchFunc(p.Snapshot.Supervisors, c, func(x model.Supervisor, c model.SupervisorCode) int { return compare(x.Code, c) })
	return p.first[Supervisors] + ActorIx(i), ok
}

// MinibusIx finds a minibus.
func (p *Problem) MinibusIx(r model.Registration) (ActorIx, bool) {
	i, ok := slices.BinarySearchFunc(p.Snapshot.Minibuses, r, func(x model.Minibus, r model.Registration) int { return compare(x.Registration, r) })
	return p.first[Minibuses] + ActorIx(i), ok
}

// SessionIx finds a session.
func (p *Problem) SessionIx(k model.SessionKey) (SessionIx, bool) {
	i, ok := slices.BinarySearchFunc(p.Snapshot.Sessions, k, func(x model.Session, k model.SessionKey) int { return x.Key.Compare(k) })
	return SessionIx(i), ok
}

// Allowed reports whether a pair breaks nothing by itself.
func (p *Problem) Allowed(a ActorIx, t SessionIx) bool {
	return p.allowed[int(a)*p.words+int(t)>>6]>>(uint(t)&63)&1 != 0
}

// ForbiddenBy lists the constraints that a pair breaks by itself, in catalogue order.
func (p *Problem) ForbiddenBy(a ActorIx, t SessionIx) []*Constraint {
	var out []*Constraint
	k := p.Kind(a)
	for i := range p.forbids {
		if f := &p.forbids[i]; f.kind == k && f.broken(p, a, t) {
			out = append(out, p.constraints[f.constraint])
		}
	}
	return out
}

// Constraints lists the constraints in force, in catalogue order.
func (p *Problem) Constraints() []*Constraint { return p.constraints }

// String says how large the problem is.
func (p *Problem) String() string {
	return fmt.Sprintf("%d people, %d supervisors, %d minibuses, %d sessions", p.NumActors(People), p.NumActors(Supervisors),
		p.NumActors(Minibuses), p.NumSessions())
}

// neighbour is a duty of an adjacent week, which the engine cannot change.
type neighbour struct {
	date model.Date
	span model.Span
}

// neighbourDuties lists the duties of the weeks before and after by supervisor, drivers' from depot to depot.
func neighbourDuties(sn *model.Snapshot) [][]neighbour {
	out := make([][]neighbour, len(sn.Supervisors))
	for _, r := range []*model.Roster{sn.Before, sn.After} {
		if r == nil {
			continue
		}
		for _, d := range r.Duties {
			i, ok := slices.BinarySearchFunc(sn.Supervisors, d.Supervisor, func(x model.Supervisor, c model.SupervisorCode) int { return compare(x.Code, c) })
			span, known := r.DutySpan(d)
			if ok && known {
				out[i] = append(out[i], neighbour{d.Session.Date, span})
			}
		}
	}
	return out
}
