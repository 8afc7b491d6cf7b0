package constraints_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

// The harness compares the words of every rule with its kernels: on weird weeks, random people, supervisors and minibuses
// join and leave sessions, and after each step the violations of the roster must add up to the score of the state. It
// fails as well if a rule was never broken, for then it has shown nothing.

var onlySeed = flag.Uint64("seed", 0, "replay the weeks of one seed")

// effort is how many weeks are walked; PAYBACK_LONG walks many more.
func effort(short, long int) int {
	if os.Getenv("PAYBACK_LONG") != "" {
		return long
	}
	return short
}

// oneGoroutine passes a long test over in the short run, which looks for races: it has one goroutine of its own, and ran before.
func oneGoroutine(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("a long test of one goroutine; go test without -short runs it")
	}
}

// seeds calls f with the seeds of a test, or with the one of the flag.
func seeds(n int, f func(seed uint64)) {
	if *onlySeed != 0 {
		f(*onlySeed)
		return
	}
	for i := range n {
		f(uint64(i + 1))
	}
}

// walk is a random walk through the states of one problem.
type walk struct {
	*rand.Rand
	t   require.TestingT
	sn  *model.Snapshot
	cs  []*solver.Constraint
	p   *solver.Problem
	s   *solver.State
	say string
}

func newWalk(t require.TestingT, sn *model.Snapshot, cs []*solver.Constraint, seed uint64, about string) *walk {
	p, err := solver.Compile(sn, cs)
	require.NoError(t, err)
	return &walk{rand.New(rand.NewPCG(seed, 3)), t, sn, cs, p, p.NewState(), fmt.Sprintf("%s, -seed %d", about, seed)}
}

// pair chooses who moves where: anybody anywhere, or, so that groups and trips come about, into a session that is open.
func (w *walk) pair() (solver.ActorIx, solver.SessionIx) {
	a, t := solver.ActorIx(w.IntN(actors(w.p))), solver.SessionIx(w.IntN(w.p.NumSessions()))
	if w.IntN(3) > 0 {
		b := solver.ActorIx(w.IntN(actors(w.p)))
		if own := w.s.SessionsOf(b); len(own) > 0 {
			t = own[w.IntN(len(own))]
		}
	}
	var kind solver.ActorKind
	switch w.IntN(6) {
	case 0:
		kind = solver.Minibuses
	case 1:
		kind = solver.Supervisors
	case 2:
		if was := w.sn.Published; was != nil && len(was.Appointments) > 0 {
			x := was.Appointments[w.IntN(len(was.Appointments))]
			b, known := w.p.PersonIx(x.CRN)
			if u, listed := w.p.SessionIx(x.Session); known && listed {
				return b, u
			}
		}
		return a, t
	default:
		return a, t
	}
	if n := w.p.NumActors(kind); n > 0 {
		a = w.p.First(kind) + solver.ActorIx(w.IntN(n))
	}
	return a, t
}

// flip lets one pair join or leave and checks what Delta and DeltaBy said about it.
func (w *walk) flip() {
	a, t := w.pair()
	n := int8(1)
	if w.s.Has(a, t) {
		n = -1
	} else if len(w.s.SessionsOf(a)) > 3 && w.IntN(4) > 0 {
		t, n = w.s.SessionsOf(a)[0], -1
	}
	before, said := w.s.Score(), w.s.Delta(a, t, n)
	var sum solver.Score
	for _, part := range w.s.DeltaBy(a, t, n) {
		sum = sum.Add(part)
	}
	require.Equal(w.t, said, sum, "%s: Delta and the sum of DeltaBy", w.say)
	if n > 0 {
		w.s.Join(a, t)
	} else {
		w.s.Leave(a, t)
	}
	require.Equal(w.t, said, w.s.Score().Sub(before), "%s: Delta and the change of the score", w.say)
}

func (w *walk) flipSome(steps int) {
	for range steps {
		w.flip()
	}
}

// staticHard is the score without any exact part: that of a problem compiled by estimate.
func (w *walk) staticHard() int64 {
	p, err := solver.CompileEstimated(w.sn, w.cs)
	require.NoError(w.t, err)
	s := p.NewState()
	for a := range solver.ActorIx(actors(w.p)) {
		for _, t := range w.s.SessionsOf(a) {
			s.Join(a, t)
		}
	}
	return s.Settle().Hard()
}

// agree settles and compares the score with the words.
func (w *walk) agree() solver.Score {
	score := w.s.Settle()
	r := w.s.Roster()
	vs := solver.Check(w.sn, r, w.cs)
	if words := solver.Total(vs, w.cs); words != score {
		require.Equal(w.t, words, score, "%s: words and kernels of\n%+v\n%+v\n%+v\nwhere the words find\n%+v", w.say, r.Appointments, r.Duties, r.Trips, vs)
	}
	return score
}

// detour walks some way and undoes it.
func (w *walk) detour(steps int) {
	score, roster, mark := w.s.Settle(), w.s.Roster(), w.s.Mark()
	for range steps {
		w.flip()
		if w.IntN(2) == 0 {
			w.s.Settle()
		}
	}
	w.s.Undo(mark)
	require.Equal(w.t, score, w.s.Settle(), "%s: the score after Undo", w.say)
	require.Equal(w.t, roster, w.s.Roster(), "%s: the roster after Undo", w.say)
}

// wander walks and collects the levels seen.
func (w *walk) wander(steps int, seen map[int64]bool, level solver.Level) {
	for i := range steps {
		w.flip()
		if i%2 == 0 || w.IntN(2) == 0 {
			seen[w.agree()[level]] = true
		}
		if i%16 == 15 {
			w.detour(4)
		}
	}
}

// byConstruction names the rules that every roster of the engine keeps, so that no walk can break them, and the test that shows it
// and that the words notice when such a roster is damaged.
var byConstruction = map[string]string{
	"prayer-breaks": "TestTheBreaksOfTheEngineServeEverybody",
}

func TestWordsEqualKernelsOfEachRuleAlone(t *testing.T) {
	oneGoroutine(t)
	t.Parallel()
	for _, c := range constraints.All {
		t.Run(c.ID, func(t *testing.T) {
			t.Parallel()
			agreeInEmptyWeeks(t, c)
			seen := map[int64]bool{}
			seeds(effort(24, 600), func(seed uint64) {
				newWalk(t, weirdWeek(seed), []*solver.Constraint{c}, seed, c.ID).wander(effort(40, 120), seen, c.Level)
			})
			if test, kept := byConstruction[c.ID]; kept {
				require.Equal(t, map[int64]bool{0: true}, seen, "the engine broke %s, which it is to keep by construction; %s shows it", c.ID, test)
				return
			}
			require.True(t, len(seen) > 1 || *onlySeed != 0, "the walks never broke %s, so they show nothing", c.ID)
		})
	}
}

// agreeInEmptyWeeks walks weeks without any session, or nobody of a kind: no rule asks for what is not there.
func agreeInEmptyWeeks(t *testing.T, c *solver.Constraint) {
	t.Helper()
	for _, w := range []struct {
		lacks string
		empty func(sn *model.Snapshot)
	}{
		{"sessions", func(sn *model.Snapshot) { sn.Sessions = nil }},
		{"projects", func(sn *model.Snapshot) { sn.Sessions, sn.Projects = nil, nil }},
		{"people", func(sn *model.Snapshot) { sn.People = nil }},
		{"supervisors", func(sn *model.Snapshot) { sn.Supervisors = nil }},
		{"minibuses", func(sn *model.Snapshot) { sn.Minibuses, sn.Stops = nil, nil }},
		{"teams", func(sn *model.Snapshot) { sn.Teams, sn.Kit = nil, nil }},
		{"the teams of some", func(sn *model.Snapshot) {
			for i := range sn.People {
				if i%2 == 0 {
					sn.People[i].Team = "T9"
				}
			}
		}},
		{"anything", func(sn *model.Snapshot) {
			*sn = model.Snapshot{Region: sn.Region, Week: sn.Week, Policy: sn.Policy, Calendar: sn.Calendar, Travel: sn.Travel}
		}},
	} {
		sn := weirdWeek(1)
		w.empty(sn)
		x := newWalk(t, sn, []*solver.Constraint{c}, 1, c.ID+" without "+w.lacks)
		x.agree()
		if len(sn.Sessions) > 0 {
			x.wander(12, map[int64]bool{}, c.Level)
		}
	}
}

// Rules with an exact part need trips that go out of their way, meet, and keep drivers late, which few weeks have.
func TestWordsEqualKernelsWhereTripsMeet(t *testing.T) {
	oneGoroutine(t)
	t.Parallel()
	for _, c := range []*solver.Constraint{constraints.Availability, constraints.OnePlace, constraints.ExclusionZone, constraints.KeepApart, constraints.SupervisorDuty, constraints.TravelLimit} {
		t.Run(c.ID, func(t *testing.T) {
			t.Parallel()
			late := 0
			seeds(effort(120, 1000), func(seed uint64) {
				w := newWalk(t, drivingWeek(seed), []*solver.Constraint{c}, seed, "driving "+c.ID)
				for range effort(4, 12) {
					w.flipSome(10)
					static := w.staticHard()
					if w.agree().Hard() != static {
						late++
					}
				}
			})
			require.True(t, late > 0 || *onlySeed != 0, "no exact part was ever broken by itself")
		})
	}
}

// Where groups find each other at wet sites.
func TestWordsEqualKernelsWhereItRains(t *testing.T) {
	oneGoroutine(t)
	t.Parallel()
	plans, shared, left := 0, 0, 0
	seeds(effort(60, 2000), func(seed uint64) {
		w := newWalk(t, rainyWeek(seed), constraints.All, seed, "rainy")
		for range effort(8, 24) {
			w.flipSome(10)
			w.agree()
			w.detour(3)
			r := w.s.Roster()
			for i, a := range r.WetPlans {
				plans++
				for _, b := range r.WetPlans[:i] {
					if a.Host == b.Host && w.sn.Session(a.Session).Span.Overlaps(w.sn.Session(b.Session).Span) {
						shared++
					}
				}
			}
			left += len(solver.Check(w.sn, r, []*solver.Constraint{constraints.WetPlan}))
		}
	})
	require.True(t, plans > 100 && shared > 20 && left > 20 || *onlySeed != 0, "%d wet plans, %d pairs of groups at one host, %d groups without: too few to show anything", plans, shared, left)
}

func TestWordsEqualKernelsOfAllRulesTogether(t *testing.T) {
	oneGoroutine(t)
	t.Parallel()
	seeds(effort(20, 2000), func(seed uint64) {
		seen := map[int64]bool{}
		newWalk(t, weirdWeek(seed), constraints.All, seed, "all").wander(effort(30, 120), seen, solver.Hard)
		require.Greater(t, len(seen), 1, "seed %d", seed)
	})
}
