package scheduler

import (
	"cmp"
	"context"
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/bound"
)

// Lacking says who stays without a place in a week whatever the roster, and for want of what.
type Lacking struct {
	Workable int // people who could work in the week
	Without  int // of them have no place in the roster that was asked about
	// NoSession counts those whom no session of the week suits by itself, by the rule that takes most sessions away, the most people first.
	NoSession []ScarceCount
	All       *Shortage  // the one by which the most people stay without a place; nil: nobody needs to
	Few       []Shortage // the few things that lack the most for each, and who depends on them; nobody is in two of them
}

// Shortage is some people who cannot all have a place, and what they depend on. It is proved; see [bound.Verify].
type Shortage struct {
	People  int // who depend on what is counted here
	Held    int // of them can have a place, at most
	Without int // of them have none in the roster that was asked about

	Supervisors []model.SupervisorCode // one of whom must lead all sessions that suit them, but for Rooms
	Minibuses   []model.Registration   // one of which must bring those who ride
	Driving     bool                   // it is supervisors who may drive a minibus that those who ride depend on
	Staffed     []model.Date           // the days of these supervisors and minibuses
	Rooms       []model.SessionKey     // sessions that are counted by the people whom they hold, whoever leads them
	Duty        int                    // people whom one duty holds at most; 0: nobody depends on supervisors or minibuses

	Sessions int            // that suit any of them
	Only     Only           // what all of these sessions have in common
	Barred   []BarredByRule // what keeps the people from the others; none: few others, or too many to look at
}

// Only says what all sessions that suit some people have in common, and not all sessions of the week.
type Only struct {
	Dates      []model.Date
	Area       string
	ForWomen   bool
	Indoors    bool
	ByMinibus  bool // they ride to all of them
	Individual bool
}

// BarredByRule is how many pairs of a person and a session a rule is the first of the catalogue to stand against.
type BarredByRule struct {
	Rule  *solver.Constraint
	Pairs int
}

// Lack gives how many of the people stay without a place, at least.
func (s *Shortage) Lack() int { return s.People - s.Held }

// More gives how many duties it takes at least, besides those that are counted, so that all of them could have a place; 0: duties do not
// help.
func (s *Shortage) More() int {
	if s.Duty == 0 {
		return 0
	}
	return (s.Lack() + s.Duty - 1) / s.Duty
}

// Rest gives how many people have no place in the roster although a session suits them and nothing that is lacking explains it.
func (l *Lacking) Rest() int {
	rest := l.Without
	for _, c := range l.NoSession {
		rest -= c.People
	}
	if l.All != nil {
		rest -= l.All.Lack()
	}
	return max(0, rest)
}

// mostShortages is how many shortages are told besides the largest.
const mostShortages = 4

// FindLacking finds what is lacking in a week, beside a roster of it and who has less than they need there. The same week gives the same
// answer.
func FindLacking(p *solver.Problem, roster *model.Roster, unplaced []Unplaced) (*Lacking, error) {
	r, err := p.Relaxed()
	if err != nil {
		return nil, err
	}
	all, few := bound.Witnesses(p, r, mostShortages)
	return (&lacks{p: p, r: r, all: all, few: few}).beside(roster, unplaced), nil
}

// lacks is what is lacking in a week whatever the roster.
type lacks struct {
	p   *solver.Problem
	r   *solver.Relaxed
	all *bound.Proved
	few []bound.Proved
}

// lacksOf finds it in the week of a bound. Nil: the context ended first.
func lacksOf(ctx context.Context, p *solver.Problem, s *bound.Search) *lacks {
	all, few, known := s.Witnesses(ctx, mostShortages)
	if !known {
		return nil
	}
	return &lacks{p: p, r: s.Week(), all: all, few: few}
}

// beside says what is lacking beside a roster.
func (l *lacks) beside(roster *model.Roster, unplaced []Unplaced) *Lacking {
	x := &lacking{p: l.p, r: l.r, placed: make([]bool, len(l.r.People))}
	for i := range roster.Appointments {
		if a, ok := l.p.PersonIx(roster.Appointments[i].CRN); ok {
			x.placed[a] = true
		}
	}
	out := &Lacking{}
	for a := range l.r.People {
		switch {
		case l.p.Current(solver.ActorIx(a)) == nil:
			continue
		case !x.placed[a]:
			out.Without++
		}
		out.Workable++
	}
	out.NoSession = x.noSession(unplaced)
	if l.all == nil {
		return out
	}
	out.All = x.shortage(l.all)
	for i := range l.few {
		if l.few[i].Size() < l.all.Size() { // or it says no more than the largest
			out.Few = append(out.Few, *x.shortage(&l.few[i]))
		}
	}
	return out
}

// Lacking finds what is lacking in the week, beside the roster. It is found once.
func (x *Explained) Lacking() (*Lacking, error) {
	unplaced := x.Unplaced()
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.lacking == nil {
		found, err := FindLacking(x.explains.Problem(), x.Roster, unplaced)
		if err != nil {
			return nil, err
		}
		x.lacking = found
	}
	return x.lacking, nil
}

// lacking is what is lacking beside one roster, while it is put into words.
type lacking struct {
	p      *solver.Problem
	r      *solver.Relaxed
	placed []bool // by person
}

// noSession counts those whom no session suits, by their main obstacle.
func (x *lacking) noSession(unplaced []Unplaced) (out []ScarceCount) {
	for _, u := range unplaced {
		a, ok := x.p.PersonIx(u.CRN)
		if !ok || x.placed[a] || x.p.Current(a) == nil || x.r.People[a].From < x.r.People[a].To {
			continue
		}
		i := slices.IndexFunc(out, func(c ScarceCount) bool { return c.What == u.MainObstacle })
		if i < 0 {
			i = len(out)
			out = append(out, ScarceCount{What: u.MainObstacle})
		}
		out[i].People++
	}
	slices.SortFunc(out, func(a, b ScarceCount) int { return cmp.Or(b.People-a.People, cmp.Compare(a.What, b.What)) })
	return out
}

// shortage puts a proved witness into the words of the service.
func (x *lacking) shortage(w *bound.Proved) *Shortage {
	s := &Shortage{People: len(w.People), Held: w.Held, Duty: w.Duty}
	for _, a := range w.People {
		if !x.placed[a] {
			s.Without++
		}
	}
	days := uint8(0)
	for _, k := range w.Staff {
		days |= k.Days
		if x.p.Kind(k.Actor) == solver.Minibuses {
			s.Minibuses = append(s.Minibuses, x.p.Minibus(k.Actor).Registration)
		} else {
			s.Supervisors = append(s.Supervisors, x.p.Supervisor(k.Actor).Code)
		}
	}
	s.Driving = w.Way == bound.ByDrivers && len(s.Supervisors) > 0
	monday := x.p.Snapshot.Week.Monday()
	for day := range 7 {
		if days>>day&1 != 0 {
			s.Staffed = append(s.Staffed, monday+model.Date(day))
		}
	}
	for _, t := range w.Rooms {
		s.Rooms = append(s.Rooms, x.p.Session(t).Key)
	}
	x.common(s, &w.Witness)
	return s
}
