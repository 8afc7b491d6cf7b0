package constraints_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

// TestEveryRecommendationKeepsTheRulesAndCostsWhatItSays asks all four questions of random weeks, and has the words look at the
// whole of every roster that an answer would make, not at the part that it looked at itself.
func TestEveryRecommendationKeepsTheRulesAndCostsWhatItSays(t *testing.T) {
	oneGoroutine(t)
	t.Parallel()
	var seen asked
	explainedWeeks(t, effort(20, 1000), effort(3, 20), func(w explained) {
		r := thinned(w)
		if w.seed%2 == 0 {
			r = lighter(w)
		}
		e := solver.NewExplainer(w.p, r)
		rng := rand.New(rand.NewPCG(w.seed, 23)) //nolint:gosec // a test repeats its draws
		for range 12 {
			seen.ask(t, w, e, rng)
		}
		again := w.p.NewState()
		again.Load(e.Roster())
		kept := w.p.NewState()
		kept.Load(r)
		require.Equal(t, kept.Roster(), again.Roster(), "the roster is as it was")
	})
	t.Logf("%+v", seen)
	require.Greater(t, seen.options, 100)
	require.Greater(t, seen.opens, 5)
	require.Greater(t, seen.mends, 5)
	require.Greater(t, seen.refused, 50)
	require.Positive(t, seen.retimed)
	require.Positive(t, seen.instead)
}

// asked counts what answers held.
type asked struct{ options, opens, mends, refused, retimed, instead int }

func (x *asked) ask(t *testing.T, w explained, e *solver.Explainer, rng *rand.Rand) {
	t.Helper()
	r := e.Roster()
	who := w.sn.People[rng.IntN(len(w.sn.People))].CRN
	k := w.sn.Sessions[rng.IntN(len(w.sn.Sessions))].Key
	n := 1 + rng.IntN(4)
	var from model.SessionKey
	if has := e.Placed(who); len(has) > 0 && rng.IntN(2) == 0 {
		from = has[rng.IntN(len(has))]
	}
	var led model.SupervisorCode
	var bus model.Registration
	if rng.IntN(2) == 0 {
		k = empty(w.sn, r, k)
	} else if len(r.Duties) > 0 {
		d := r.Duties[rng.IntN(len(r.Duties))]
		k, led = d.Session, d.Supervisor
	}
	answers := make([]*solver.Recommendation, 4)
	var errs [4]error
	answers[0], errs[0] = e.RecommendSessions(who, from, n)
	answers[1], errs[1] = e.RecommendPeople(k, n)
	answers[2], errs[2] = e.RecommendSupervisors(k, led, n)
	if trips := r.TripsOf(k); len(trips) > 0 && rng.IntN(2) == 0 {
		bus = trips[0].Minibus
	}
	answers[3], errs[3] = e.RecommendMinibuses(k, bus, n)
	for i, a := range answers {
		require.NoError(t, errs[i])
		require.LessOrEqual(t, len(a.Options), n)
		if len(a.Options) < n {
			x.refused += len(a.Nearest)
			left := a.Considered - len(a.Options)
			for _, s := range a.Funnel {
				left -= s.Removed
				require.Equal(t, left, s.Remaining)
			}
		}
		for j := range a.Options {
			o := &a.Options[j]
			if j > 0 {
				require.False(t, o.Change.Less(a.Options[j-1].Change), "best first")
			}
			x.judge(t, w, e, r, o, i)
		}
	}
}

// empty gives the first session at or after another that nobody works in, or that session.
func empty(sn *model.Snapshot, r *model.Roster, k model.SessionKey) model.SessionKey {
	for i := range sn.Sessions {
		if x := &sn.Sessions[i]; x.Key.Compare(k) >= 0 && x.Bar == model.Open && len(r.In(x.Key))+len(r.DutiesOf(x.Key)) == 0 && sn.Project(x.Key.Project).Supervised() {
			return x.Key
		}
	}
	return k
}

// judge has the words compare whole rosters.
func (x *asked) judge(t *testing.T, w explained, e *solver.Explainer, r *model.Roster, o *solver.Option, question int) {
	t.Helper()
	x.options++
	is := e.With(o)
	c, _ := hardly(w.sn, r, is)
	require.Empty(t, worse(w.sn, r, is), "seed %d, question %d: %+v", w.seed, question, o)
	require.Equal(t, c.Delta, o.Change, "seed %d, question %d: %+v", w.seed, question, o)
	by := map[string]int64{}
	for _, v := range c.Adds {
		by[v.Constraint] += v.Amount
	}
	for _, v := range c.Mends {
		by[v.Constraint] -= v.Amount
	}
	for _, p := range o.By {
		require.Equal(t, by[p.Rule.ID], p.Price, "seed %d, question %d: %s of %+v", w.seed, question, p.Rule.ID, o)
	}
	var mended int64
	for _, v := range c.Mends {
		if !v.Waived && level(v.Constraint) == solver.Hard {
			mended++
		}
	}
	require.Equal(t, mended > 0, len(o.Mends) > 0, "seed %d, question %d: %+v and %+v", w.seed, question, o.Mends, c.Mends)
	x.mends += len(o.Mends)
	told := o.Retimed
	for _, m := range o.Moves() {
		if m.Person != "" {
			told = append(slices.Clone(told), m.Person)
		}
		if m.From != (model.SessionKey{}) && m.To != (model.SessionKey{}) {
			x.instead++
		}
	}
	slices.Sort(told)
	require.Equal(t, differ(r, is), slices.Compact(told), "seed %d, question %d: %+v", w.seed, question, o)
	x.retimed += len(o.Retimed)
	if o.Opens {
		x.opens++
	}
}

// worse lists the cases of rules that must hold which one roster has more of than another.
func worse(sn *model.Snapshot, was, is *model.Roster) []string {
	count := func(r *model.Roster) map[string]int64 {
		m := map[string]int64{}
		for _, v := range solver.Check(sn, r, constraints.All) {
			if level(v.Constraint) == solver.Hard && !v.Waived {
				m[fmt.Sprint(v.Constraint, v.Sessions, v.People, v.Supervisors, v.Minibuses)] += v.Amount
			}
		}
		return m
	}
	before, after := count(was), count(is)
	var out []string
	for about, n := range after {
		if n > before[about] {
			out = append(out, about)
		}
	}
	return out
}

// lighter gives the roster without some of its people, as long as that breaks nothing.
func lighter(w explained) *model.Roster {
	s := w.p.NewState()
	s.Load(w.roster)
	score := s.Settle()
	for a := range solver.ActorIx(w.p.NumActors(solver.People)) {
		for _, t := range slices.Clone(s.SessionsOf(a)) {
			mark := s.Mark()
			if s.Leave(a, t); a%2 == 0 || s.Settle()[solver.Hard] > score[solver.Hard] {
				s.Undo(mark)
				s.Settle()
			}
		}
	}
	for t := range solver.SessionIx(w.p.NumSessions()) { // and some sessions altogether
		mark := s.Mark()
		for _, k := range []solver.ActorKind{solver.People, solver.Supervisors, solver.Minibuses} {
			for _, a := range slices.Clone(s.In(k, t)) {
				s.Leave(a, t)
			}
		}
		if t%3 > 0 || s.Settle()[solver.Hard] > score[solver.Hard] {
			s.Undo(mark)
			s.Settle()
		}
	}
	return s.Roster()
}

// TestNoPlaceThatIsFreeIsMissed compares the sessions that are recommended with those that have a place as the roster stands.
func TestNoPlaceThatIsFreeIsMissed(t *testing.T) {
	oneGoroutine(t)
	t.Parallel()
	places := 0
	explainedWeeks(t, effort(20, 300), effort(1, 5), func(w explained) {
		r := lighter(w)
		if len(worse(w.sn, nil, r)) > 0 {
			return // what is broken already may be broken otherwise by one more, which the words refuse
		}
		e := solver.NewExplainer(w.p, r)
		rng := rand.New(rand.NewPCG(w.seed, 29)) //nolint:gosec // a test repeats its draws
		for range 10 {
			who := w.sn.People[rng.IntN(len(w.sn.People))].CRN
			a, err := e.WhyNot(who)
			require.NoError(t, err)
			x, err := e.RecommendSessions(who, model.SessionKey{}, len(w.sn.Sessions))
			require.NoError(t, err)
			free := map[model.SessionKey]int64{}
			for _, o := range x.Options {
				if !o.Opens {
					free[o.To] = o.Change[solver.Soft]
				}
			}
			require.Len(t, free, len(a.Places), "seed %d, %s", w.seed, who)
			for _, p := range a.Places {
				cost, ok := free[p.Key]
				require.True(t, ok, "seed %d, %s at %v", w.seed, who, p.Key)
				require.Equal(t, p.Cost, cost)
				places++
			}
		}
	})
	require.Greater(t, places, 50)
}

func TestRecommendRefusesWhatTheWeekDoesNotHave(t *testing.T) {
	t.Parallel()
	e := explainer(t, ordinary(), nil)
	none := model.SessionKey{}
	_, err := e.RecommendSessions("Z999999", none, 3)
	require.ErrorContains(t, err, "Z999999")
	_, err = e.RecommendSessions(ann, key(group, mon), 3)
	require.ErrorContains(t, err, "not in session")
	_, err = e.RecommendPeople(key("NO01", mon), 3)
	require.ErrorContains(t, err, "NO01")
	_, err = e.RecommendSupervisors(key(group, mon), sup1, 3)
	require.ErrorContains(t, err, "not in session")
	_, err = e.RecommendSupervisors(key(group, mon), "S999", 3)
	require.ErrorContains(t, err, "S999")
	_, err = e.RecommendMinibuses(key(group, mon), "NO1", 3)
	require.ErrorContains(t, err, "NO1")
}

// A week with one thing to recommend, and what the answer says of it.
func TestRecommendations(t *testing.T) {
	t.Parallel()
	mon1, bus := key(group, mon), key(carried, mon)
	sessions := func(e *solver.Explainer) (*solver.Recommendation, error) {
		return e.RecommendSessions(ann, model.SessionKey{}, 2)
	}
	for name, c := range map[string]struct {
		edit  func(*model.Snapshot)
		has   []part
		ask   func(*solver.Explainer) (*solver.Recommendation, error)
		first []solver.Move
		opens bool
		rules []string // of the funnel
	}{
		"a place in a session that runs": {
			onMonday(group), []part{goes(group, mon, bob, cat), leads(group, mon, sup1)}, sessions, []solver.Move{{Person: ann, To: mon1}}, false, nil,
		},
		"a session that does not run is opened with a supervisor and company": {
			onMonday(group), nil, sessions, []solver.Move{{Person: ann, To: mon1}, {Supervisor: sup1, To: mon1}, {Person: bob, To: mon1}}, true, nil,
		},
		"a session that does not run is opened with a minibus": {
			onMonday(carried), nil, sessions,
			[]solver.Move{{Person: ann, To: bus}, {Supervisor: sup1, To: bus}, {Minibus: bus1, To: bus}, {Person: bob, To: bus}}, true, nil,
		},
		"nothing, since the group is full": {
			all(onMonday(group), places(2)), []part{goes(group, mon, bob, cat), leads(group, mon, sup1)}, sessions, nil, false, []string{"places"},
		},
		"somebody for a session": {
			all(onMonday(group), places(3), func(sn *model.Snapshot) { order(sn, dan).HardEnd = monday - 1 }),
			[]part{goes(group, mon, bob, cat), leads(group, mon, sup1)},
			func(e *solver.Explainer) (*solver.Recommendation, error) { return e.RecommendPeople(mon1, 3) },
			[]solver.Move{{Person: ann, To: mon1}}, false, nil,
		},
		"another supervisor": {
			onMonday(group), []part{goes(group, mon, bob, cat), leads(group, mon, sup1)},
			func(e *solver.Explainer) (*solver.Recommendation, error) {
				return e.RecommendSupervisors(mon1, sup1, 2)
			},
			[]solver.Move{{Supervisor: sup2, To: mon1}, {Supervisor: sup1, From: mon1}}, false, nil,
		},
		"a supervisor where none is": {
			onMonday(group), []part{goes(group, mon, bob, cat)},
			func(e *solver.Explainer) (*solver.Recommendation, error) { return e.RecommendSupervisors(mon1, "", 2) },
			[]solver.Move{{Supervisor: sup1, To: mon1}}, false, nil,
		},
		"another minibus": {
			all(onMonday(carried), func(sn *model.Snapshot) { sn.Minibuses[1].Seats = 8 }),
			[]part{goes(carried, mon, bob, cat), leads(carried, mon, sup1), runs(carried, mon, bus1, sup1, stop1)},
			func(e *solver.Explainer) (*solver.Recommendation, error) { return e.RecommendMinibuses(bus, bus1, 2) },
			[]solver.Move{{Minibus: bus2, To: bus}, {Minibus: bus1, From: bus}}, false, nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sn := ordinary()
			c.edit(sn)
			require.NoError(t, sn.Validate())
			e := explainer(t, sn, roster(sn, c.has...))
			x, err := c.ask(e)
			require.NoError(t, err)
			var rules []string
			for _, s := range x.Funnel {
				rules = append(rules, s.Rule.ID)
			}
			for _, r := range c.rules {
				require.Contains(t, rules, r)
			}
			if c.first == nil {
				require.Empty(t, x.Options)
				require.NotEmpty(t, x.Nearest)
				return
			}
			require.NotEmpty(t, x.Options)
			require.Equal(t, c.first, x.Options[0].Moves())
			require.Equal(t, c.opens, x.Options[0].Opens)
			_, hard := hardly(sn, e.Roster(), e.With(&x.Options[0]))
			require.Empty(t, hard)
		})
	}
}
