package constraints_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/benchmarks/instance"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

func explainer(t require.TestingT, sn *model.Snapshot, r *model.Roster) *solver.Explainer {
	p, err := solver.Compile(sn, constraints.All)
	require.NoError(t, err)
	return solver.NewExplainer(p, r)
}

// hardly gives the cases of rules that must hold which one roster has and another has not.
func hardly(sn *model.Snapshot, was, is *model.Roster) (solver.Change, []solver.Violation) {
	c := solver.Compare(sn, was, is, constraints.All)
	var hard []solver.Violation
	for _, v := range c.Adds {
		if !v.Waived && level(v.Constraint) == solver.Hard {
			hard = append(hard, v)
		}
	}
	return c, hard
}

func level(id string) solver.Level {
	return constraints.All[slices.IndexFunc(constraints.All, func(c *solver.Constraint) bool { return c.ID == id })].Level
}

// only leaves a week with some sessions.
func only(keep func(model.SessionKey) bool) func(*model.Snapshot) {
	return func(sn *model.Snapshot) {
		sn.Sessions = slices.DeleteFunc(sn.Sessions, func(s model.Session) bool { return !keep(s.Key) })
	}
}

func onMonday(projects ...model.ProjectCode) func(*model.Snapshot) {
	return only(func(k model.SessionKey) bool { return k.Date == monday && slices.Contains(projects, k.Project) })
}

func places(n int32) func(*model.Snapshot) {
	return func(sn *model.Snapshot) { sn.Project(group).Places = n }
}

func women(people ...model.CRN) func(*model.Snapshot) {
	return func(sn *model.Snapshot) {
		for _, c := range people {
			person(sn, c).Sex = model.Female
		}
	}
}

func TestWhyNotNamesWhatIsScarceAndAChangeThatHelps(t *testing.T) {
	t.Parallel()
	none := model.SessionKey{}
	mon1, tue1, bus := key(group, mon), key(group, tue), key(carried, mon)
	for name, c := range map[string]struct {
		edit   func(*model.Snapshot)
		has    []part
		scarce string
		funnel []string // the rules that take sessions, in order
		change []solver.Move
	}{
		"the group is full, and somebody stands down": {
			all(onMonday(group), places(2)), []part{goes(group, mon, bob, cat), leads(group, mon, sup1)},
			"no place left", []string{"places"},
			[]solver.Move{{Person: ann, To: mon1}, {Person: bob, From: mon1}},
		},
		"the group is full, and somebody has another place": {
			all(only(func(k model.SessionKey) bool { return k == mon1 || k == tue1 }), places(2)),
			[]part{goes(group, mon, bob, cat), leads(group, mon, sup1), goes(group, tue, ann, dan), leads(group, tue, sup2)},
			"no place left", []string{"places"},
			[]solver.Move{{Person: ann, To: mon1}, {Person: bob, From: mon1}},
		},
		"a second woman comes along": {
			all(onMonday(group), women(ann, bob)), []part{goes(group, mon, cat, dan), leads(group, mon, sup1)},
			"no second woman", []string{"not-the-only-woman"},
			[]solver.Move{{Person: ann, To: mon1}, {Person: bob, To: mon1}},
		},
		"nobody else is a woman": {
			all(onMonday(group), women(ann)), []part{goes(group, mon, cat, dan), leads(group, mon, sup1)},
			"no second woman", []string{"not-the-only-woman"}, nil,
		},
		"the session is opened with a supervisor and company": {
			onMonday(group), nil, "too dear", []string{"supervision"},
			[]solver.Move{{Person: ann, To: mon1}, {Person: bob, To: mon1}, {Supervisor: sup1, To: mon1}},
		},
		"the session is opened with a minibus too": {
			onMonday(carried), nil, "too dear", []string{"supervision"},
			[]solver.Move{{Person: ann, To: bus}, {Person: bob, To: bus}, {Supervisor: sup1, To: bus}, {Minibus: bus1, To: bus}},
		},
		"no supervisor works": {
			both(onMonday(group), func(sn *model.Snapshot) {
				sn.Supervisors[0].Available, sn.Supervisors[1].Available = nil, nil
			}), nil, "no supervisor", []string{"supervision"}, nil,
		},
		"no minibus is on the road": {
			both(onMonday(carried), func(sn *model.Snapshot) {
				for i := range sn.Minibuses {
					sn.Minibuses[i].OffRoadFrom, sn.Minibuses[i].OffRoadTo = monday-9, monday+9
				}
			}), nil, "no minibus seat", []string{"supervision"}, nil,
		},
		"the minibus is full": {
			both(onMonday(carried), func(sn *model.Snapshot) { sn.Minibuses = sn.Minibuses[:1]; sn.Minibuses[0].Seats = 2 }),
			[]part{goes(carried, mon, bob, cat), leads(carried, mon, sup1), runs(carried, mon, bus1, sup1, stop1)},
			"no minibus seat", []string{"riders"},
			[]solver.Move{{Person: ann, To: bus}, {Person: bob, From: bus}},
		},
		"the only supervisor is given by another session of the day": {
			both(onMonday(group, carried), func(sn *model.Snapshot) {
				sn.Supervisors = sn.Supervisors[:1]
				person(sn, ann).Mode, person(sn, bob).Mode = 0, 0
			}), []part{goes(carried, mon, cat, dan), leads(carried, mon, sup1), runs(carried, mon, bus1, sup1, stop1), full(carried)},
			"no supervisor", []string{"supervision", "places"},
			[]solver.Move{
				{Person: ann, To: mon1}, {Person: bob, To: mon1}, {Person: cat, From: bus, To: mon1}, {Person: dan, From: bus, To: mon1},
				{Supervisor: sup1, From: bus, To: mon1}, {Minibus: bus1, From: bus},
			},
		},
		"a supervisor whom they may not meet is replaced": {
			both(onMonday(group), all(record(ann, model.NoMaleSupervisor), func(sn *model.Snapshot) {
				sn.Supervisors[0].Sex, sn.Supervisors[1].Sex = model.Male, model.Female
			})), []part{goes(group, mon, bob, cat), leads(group, mon, sup1)},
			"supervisor-gender", []string{"supervisor-gender"},
			[]solver.Move{{Person: ann, To: mon1}, {Supervisor: sup1, From: mon1}, {Supervisor: sup2, To: mon1}},
		},
		"who must not meet them goes": {
			both(onMonday(group), func(sn *model.Snapshot) { sn.KeepApart = []model.Pair{{A: ann, B: dan}} }),
			[]part{goes(group, mon, bob, cat, dan), leads(group, mon, sup1)},
			"keep-apart", []string{"keep-apart"},
			[]solver.Move{{Person: ann, To: mon1}, {Person: dan, From: mon1}},
		},
		"their own appointment of the day is dropped": {
			onMonday(group, carried),
			[]part{goes(group, mon, bob, cat), leads(group, mon, sup1), goes(carried, mon, ann, dan), leads(carried, mon, sup2), runs(carried, mon, bus1, sup2, stop1)},
			"one-place", []string{"one-place"},
			[]solver.Move{ // dan cannot stay alone, so the session is closed, which saves more than it costs
				{Person: ann, From: bus, To: mon1}, {Person: dan, From: bus, To: mon1}, {Supervisor: sup2, From: bus, To: mon1}, {Minibus: bus1, From: bus},
			},
		},
		"there is a place, and it is worth using": {
			onMonday(group), []part{goes(group, mon, bob, cat), leads(group, mon, sup1)},
			"place free", nil, []solver.Move{{Person: ann, To: mon1}},
		},
		"there is a place, and it costs more than it is worth": {
			all(onMonday(group), published(goes(group, mon, bob, cat), leads(group, mon, sup1)), func(sn *model.Snapshot) { sn.Policy.ChangeAddedPrice = 1e9 }),
			[]part{goes(group, mon, bob, cat), leads(group, mon, sup1)},
			"too dear", nil, []solver.Move{{Person: ann, To: mon1}},
		},
		"it is about them": {
			both(onMonday(group), func(sn *model.Snapshot) { order(sn, ann).HardEnd = monday - 1 }),
			[]part{goes(group, mon, bob, cat), leads(group, mon, sup1)},
			"order-dates", []string{"order-dates"}, nil,
		},
		"the week has no session": {only(func(model.SessionKey) bool { return false }), nil, "no session", nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sn := ordinary()
			c.edit(sn)
			require.NoError(t, sn.Validate())
			r := roster(sn, c.has...)
			e := explainer(t, sn, r)
			x, err := e.WhyNot(ann)
			require.NoError(t, err)
			require.Equal(t, c.scarce, x.Scarce.What)
			quick, _, _ := e.Scarce(ann)
			require.Equal(t, x.Scarce, quick, "the quick answer is the same")
			var rules []string
			for _, s := range x.Funnel {
				rules = append(rules, s.Rule.ID)
			}
			require.Equal(t, c.funnel, rules)
			for _, m := range x.Nearest {
				for _, o := range m.Against {
					require.NotEmpty(t, o.Words, "%s at %v", o.Rule.ID, m.Key)
				}
			}
			if c.change == nil {
				require.Nil(t, x.Change)
				return
			}
			require.NotNil(t, x.Change)
			require.Equal(t, c.change, x.Change.Moves)
			require.NotEqual(t, none, x.Change.Session)
			_, hard := hardly(sn, r, x.Change.Roster)
			require.Empty(t, hard)
		})
	}
}

// full leaves a project with as many places as the roster has people there.
func full(p model.ProjectCode) part {
	return func(sn *model.Snapshot, r *model.Roster) {
		sn.Project(p).Places = int32(len(r.In(key(p, mon))))
	}
}

func TestWhyNotRefusesWhatTheWeekDoesNotHave(t *testing.T) {
	t.Parallel()
	sn := ordinary()
	e := explainer(t, sn, nil)
	_, err := e.WhyNot("Z999999")
	require.ErrorContains(t, err, "Z999999")
	_, err = e.WhyNot(ann, key("NO01", mon))
	require.ErrorContains(t, err, "NO01")
	_, err = e.WhyHere(ann, key(group, mon))
	require.ErrorContains(t, err, "not in session")
}

// explained is a week with a roster to be explained.
type explained struct {
	seed   uint64
	sn     *model.Snapshot
	p      *solver.Problem
	roster *model.Roster
}

// explainedWeeks gives random weeks, each with a roster as the engine writes it, so that prices compare: most are odd, and their
// rosters planned or wandered to, which breaks all sorts of rules; some are of made-up regions and planned.
func explainedWeeks(t *testing.T, odd, madeup int, f func(explained)) {
	t.Helper()
	week := func(seed uint64, sn *model.Snapshot, planned bool) {
		p, err := solver.Compile(sn, constraints.All)
		require.NoError(t, err)
		s := p.NewState()
		if planned {
			x, err := solver.Solve(context.Background(), p, solver.Options{Seed: seed, Workers: 1, Rounds: 2})
			require.NoError(t, err)
			s.Load(x.Roster)
		} else {
			s.Load(wanderedRoster(t, sn, seed))
		}
		f(explained{seed, sn, p, s.Roster()})
	}
	seeds(odd, func(seed uint64) { week(seed, weirdWeek(seed), seed%2 == 0) })
	for i := range madeup {
		week(uint64(i), madeUp(t, instance.Normal, 250, uint64(i)), true)
	}
}

func TestEveryProposedChangeKeepsTheRulesAndCostsWhatItSays(t *testing.T) {
	oneGoroutine(t)
	t.Parallel()
	changes, retimed := 0, 0
	explainedWeeks(t, effort(20, 1000), effort(3, 20), func(w explained) {
		seed, sn, p, r := w.seed, w.sn, w.p, w.roster
		e := solver.NewExplainer(p, r)
		rng := rand.New(rand.NewPCG(seed, 17)) //nolint:gosec // a test repeats its draws
		for range 30 {
			who := sn.People[rng.IntN(len(sn.People))].CRN
			var ask []model.SessionKey
			if rng.IntN(2) == 0 {
				ask = append(ask, sn.Sessions[rng.IntN(len(sn.Sessions))].Key)
			}
			x, err := e.WhyNot(who, ask...)
			require.NoError(t, err)
			left := x.Considered
			for _, y := range x.Funnel {
				left -= y.Removed
				require.Equal(t, left, y.Remaining)
				require.Positive(t, y.Removed)
				require.Equal(t, solver.Hard, y.Rule.Level)
			}
			require.Len(t, x.Places, left, "seed %d", seed)
			if x.Fact {
				require.Nil(t, x.Change)
			}
			if x.Change == nil {
				continue
			}
			changes++
			c, hard := hardly(sn, r, x.Change.Roster)
			require.Empty(t, hard, "seed %d: %s at %v by %+v", seed, who, x.Change.Session, x.Change.Moves)
			require.Equal(t, c.Delta[solver.Soft], x.Change.Cost, "seed %d: %s at %v by %+v", seed, who, x.Change.Session, x.Change.Moves)
			require.True(t, slices.ContainsFunc(x.Change.Roster.In(x.Change.Session), func(a model.Appointment) bool { return a.CRN == who }))
			require.Equal(t, differ(r, x.Change.Roster), x.Change.TellPeople())
			retimed += len(x.Change.Retimed)
		}
		again := p.NewState()
		again.Load(r)
		require.Equal(t, again.Roster(), r, "the explained roster is as it was")
	})
	require.Greater(t, changes, 20)
	require.Positive(t, retimed)
}

// differ lists the people whose appointments are not the same in two rosters, by CRN.
func differ(a, b *model.Roster) []model.CRN {
	of := func(r *model.Roster) map[model.CRN][]model.Appointment {
		m := map[model.CRN][]model.Appointment{}
		for _, x := range r.Appointments {
			x.Supervisor = "" // people are told where and when
			m[x.CRN] = append(m[x.CRN], x)
		}
		return m
	}
	was, is := of(a), of(b)
	var out []model.CRN
	for c := range is {
		if !slices.Equal(was[c], is[c]) {
			out = append(out, c)
		}
	}
	for c := range was {
		if _, ok := is[c]; !ok {
			out = append(out, c)
		}
	}
	slices.Sort(out)
	return out
}

func TestWhyHerePricesEveryAlternative(t *testing.T) {
	oneGoroutine(t)
	t.Parallel()
	alternatives := 0
	explainedWeeks(t, effort(20, 500), effort(1, 10), func(w explained) {
		p, r := w.p, thinned(w)
		e := solver.NewExplainer(p, r)
		for i := range r.Appointments {
			a := &r.Appointments[i]
			if i%3 != 0 {
				continue
			}
			x, err := e.WhyHere(a.CRN, a.Session)
			require.NoError(t, err)
			at := func(to model.SessionKey) int64 {
				s := p.NewState()
				s.Load(r)
				was := s.Settle()
				who, _ := p.PersonIx(a.CRN)
				from, _ := p.SessionIx(a.Session)
				s.Leave(who, from)
				if u, ok := p.SessionIx(to); ok && to.Project != "" {
					s.Join(who, u)
				}
				return s.Settle().Sub(was)[solver.Soft]
			}
			require.Equal(t, at(model.SessionKey{}), x.Without)
			require.Equal(t, x.Without, sum(x.By))
			for j, y := range x.Instead {
				require.Equal(t, at(y.Session), y.Cost)
				require.Equal(t, y.Cost, sum(y.By))
				require.True(t, j == 0 || x.Instead[j-1].Cost <= y.Cost)
				alternatives++
			}
		}
	})
	require.Greater(t, alternatives, 30)
}

// thinned is a roster with every other person out, so that there are places.
func thinned(w explained) *model.Roster {
	r := w.roster.Clone()
	n := 0
	r.Appointments = slices.DeleteFunc(r.Appointments, func(model.Appointment) bool { n++; return n%2 == 0 })
	s := w.p.NewState()
	s.Load(r)
	return s.Roster()
}

func sum(prices []solver.RulePrice) (n int64) {
	for _, p := range prices {
		n += p.Price
	}
	return n
}
