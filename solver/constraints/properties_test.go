package constraints_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/communitypayback/payback/benchmarks/instance"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

func TestTheCatalogueIsWhole(t *testing.T) {
	t.Parallel()
	profile, err := policy.Load(policy.Default)
	require.NoError(t, err)
	seen := map[string]bool{}
	soft := false
	for _, c := range constraints.All {
		require.NoError(t, c.Validate())
		require.False(t, seen[c.ID], "%s is declared twice", c.ID)
		seen[c.ID] = true
		require.Equal(t, policy.ClauseID(c.ID), c.Clauses[0], "the first clause is the rule itself, which a policy can switch off")
		for _, id := range c.Clauses {
			_, known := profile.Clause(id)
			require.True(t, known, "%s cites %s, which the policy does not have", c.ID, id)
		}
		require.False(t, soft && c.Level == solver.Hard, "%s must hold, but stands after a price", c.ID)
		soft = c.Level == solver.Soft
	}
	require.Greater(t, len(seen), 28)
}

func TestEveryRuleCanBeSwitchedOff(t *testing.T) {
	oneGoroutine(t)
	t.Parallel()
	for _, c := range constraints.All {
		sn := weirdWeek(1)
		sn.Policy.Off = []policy.ClauseID{policy.ClauseID(c.ID)}
		w := newWalk(t, sn, constraints.All, 1, "without "+c.ID)
		w.wander(effort(12, 60), map[int64]bool{}, solver.Hard)
		require.Len(t, w.p.Constraints(), len(constraints.All)-1)
	}
}

func TestForbiddenPairsBreakTheRulesThatForbidThem(t *testing.T) {
	oneGoroutine(t)
	t.Parallel()
	broken := map[string]bool{}
	seeds(effort(6, 200), func(seed uint64) {
		sn := weirdWeek(seed)
		w := newWalk(t, sn, constraints.All, seed, "forbidden")
		for range effort(150, 600) {
			a, session := w.pair()
			by := w.p.ForbiddenBy(a, session)
			require.Equal(t, len(by) == 0, w.p.Allowed(a, session))
			if len(by) == 0 {
				continue
			}
			s := w.p.NewState()
			s.Join(a, session)
			r := s.Roster()
			for _, c := range by {
				names := func(v solver.Violation) bool { return slices.Contains(v.Sessions, w.p.Session(session).Key) }
				require.True(t, slices.ContainsFunc(solver.Check(sn, r, []*solver.Constraint{c}), names), "%s, seed %d: %d in %d", c.ID, seed, a, session)
				broken[c.ID] = true
			}
		}
	})
	require.Greater(t, len(broken), 8, "%v", broken)
}

// wanderedRoster is where a random walk of one week ends.
func wanderedRoster(t require.TestingT, sn *model.Snapshot, seed uint64) *model.Roster {
	w := newWalk(t, sn, constraints.All, seed, "wandered")
	for range 40 {
		w.flip()
	}
	return w.s.Roster()
}

func TestRulesOfTheirOwnLookAtOnePersonsWeek(t *testing.T) {
	t.Parallel()
	cases := map[string]int{}
	seeds(effort(60, 1500), func(seed uint64) {
		sn := weirdWeek(seed)
		r := wanderedRoster(t, sn, seed)
		for _, c := range constraints.All {
			if !c.Own {
				continue
			}
			rule := []*solver.Constraint{c}
			all := solver.Check(sn, r, rule)
			var found []solver.Violation
			for i := range sn.People {
				found = append(found, solver.Check(sn, onlyOf(r, sn.People[i].CRN), rule)...)
			}
			require.ElementsMatch(t, all, found, "%s, seed %d", c.ID, seed)
			cases[c.ID] += len(all)
		}
	})
	for _, c := range constraints.All {
		require.True(t, !c.Own || cases[c.ID] > 0, "%s was never broken", c.ID)
	}
}

// onlyOf keeps one person's week of a roster, and what serves its sessions.
func onlyOf(r *model.Roster, crn model.CRN) *model.Roster {
	out := r.Clone()
	out.Appointments = slices.DeleteFunc(out.Appointments, func(a model.Appointment) bool { return a.CRN != crn })
	gone := func(k model.SessionKey) bool { return len(out.In(k)) == 0 }
	out.Duties = slices.DeleteFunc(out.Duties, func(d model.Duty) bool { return gone(d.Session) })
	out.Trips = slices.DeleteFunc(out.Trips, func(x model.Trip) bool { return gone(x.Session) })
	out.WetPlans = slices.DeleteFunc(out.WetPlans, func(w model.WetPlan) bool { return gone(w.Session) })
	out.Breaks = slices.DeleteFunc(out.Breaks, func(b model.Breaks) bool { return gone(b.Session) })
	return out
}

func TestRelabelledPeopleScoreTheSame(t *testing.T) {
	t.Parallel()
	seeds(effort(20, 500), func(seed uint64) {
		sn := weirdWeek(seed)
		r := wanderedRoster(t, sn, seed)
		want := solver.Total(solver.Check(sn, r, constraints.All), constraints.All)
		order := rand.New(rand.NewPCG(seed, 5)).Perm(len(sn.People))
		label := map[model.CRN]model.CRN{}
		for i, p := range sn.People {
			label[p.CRN] = sn.People[order[i]].CRN
		}
		relabel(sn, label)
		relabelRoster(r, label)
		require.NoError(t, sn.Validate())
		require.Equal(t, want, solver.Total(solver.Check(sn, r, constraints.All), constraints.All), "seed %d", seed)
	})
}

// relabel gives everybody of a week another CRN.
func relabel(sn *model.Snapshot, label map[model.CRN]model.CRN) {
	for i := range sn.People {
		sn.People[i].CRN = label[sn.People[i].CRN]
	}
	slices.SortFunc(sn.People, func(a, b model.Person) int { return strings.Compare(string(a.CRN), string(b.CRN)) })
	other := func(c model.CRN) model.CRN {
		if l, known := label[c]; known {
			return l
		}
		return c
	}
	for i, p := range sn.KeepApart {
		a, b := other(p.A), other(p.B)
		sn.KeepApart[i] = model.Pair{A: min(a, b), B: max(a, b)}
	}
	slices.SortFunc(sn.KeepApart, func(a, b model.Pair) int { return strings.Compare(string(a.A+a.B), string(b.A+b.B)) })
	for i := range sn.Zones {
		sn.Zones[i].CRN = other(sn.Zones[i].CRN)
	}
	slices.SortStableFunc(sn.Zones, func(a, b model.Zone) int { return strings.Compare(string(a.CRN), string(b.CRN)) })
	for i := range sn.Standing {
		sn.Standing[i].CRN = other(sn.Standing[i].CRN)
	}
	slices.SortStableFunc(sn.Standing, func(a, b model.Standing) int { return strings.Compare(string(a.CRN), string(b.CRN)) })
	var all []geo.Leg
	for _, l := range sn.Travel.Legs {
		l.From, l.To = string(other(model.CRN(l.From))), string(other(model.CRN(l.To)))
		all = append(all, l)
	}
	sn.Travel = geo.NewMatrix(all)
	for _, r := range []*model.Roster{sn.Published, sn.Before, sn.After} {
		if r != nil {
			relabelRoster(r, label)
		}
	}
}

func relabelRoster(r *model.Roster, label map[model.CRN]model.CRN) {
	for i := range r.Appointments {
		if l, known := label[r.Appointments[i].CRN]; known {
			r.Appointments[i].CRN = l
		}
	}
	r.Sort()
}

func TestTheOrderOfRowsDoesNotMatter(t *testing.T) {
	t.Parallel()
	seeds(effort(20, 500), func(seed uint64) {
		sn := weirdWeek(seed)
		r := wanderedRoster(t, sn, seed)
		want := solver.Check(sn, r, constraints.All)
		rng := rand.New(rand.NewPCG(seed, 6))
		rng.Shuffle(len(r.Appointments), func(i, j int) { r.Appointments[i], r.Appointments[j] = r.Appointments[j], r.Appointments[i] })
		rng.Shuffle(len(r.Duties), func(i, j int) { r.Duties[i], r.Duties[j] = r.Duties[j], r.Duties[i] })
		rng.Shuffle(len(r.Trips), func(i, j int) { r.Trips[i], r.Trips[j] = r.Trips[j], r.Trips[i] })
		shuffled := r.Clone()
		require.Equal(t, want, solver.Check(sn, r, constraints.All), "seed %d", seed)
		require.Equal(t, shuffled, r, "a check changes nothing")
	})
}

func TestSomebodyWhoCanGoNowhereChangesNothing(t *testing.T) {
	t.Parallel()
	seeds(effort(20, 500), func(seed uint64) {
		sn := weirdWeek(seed)
		r := wanderedRoster(t, sn, seed)
		want := solver.Total(solver.Check(sn, r, constraints.All), constraints.All)
		nobody := model.Person{CRN: "A000000", Team: "T1", Requirements: []model.Requirement{{Event: 1}}}
		sn.People = append([]model.Person{nobody}, sn.People...)
		require.NoError(t, sn.Validate())
		require.Equal(t, want, solver.Total(solver.Check(sn, r, constraints.All), constraints.All), "words, seed %d", seed)
		p, err := solver.Compile(sn, constraints.All)
		require.NoError(t, err)
		s := p.NewState()
		s.Load(r)
		require.Equal(t, want, s.Score(), "kernels, seed %d", seed)
		for session := range solver.SessionIx(p.NumSessions()) {
			require.False(t, p.Allowed(0, session))
		}
	})
}

// Rosters made by hand may hold anything.
func TestWordsCopeWithAnyRoster(t *testing.T) {
	oneGoroutine(t)
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		w := newWeird(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 8), weirdWeek(rapid.Uint64Range(1, 50).Draw(rt, "week")))
		r := w.anything()
		for _, v := range solver.Check(w.sn, r, constraints.All) {
			c := constraints.All[slices.IndexFunc(constraints.All, func(c *solver.Constraint) bool { return c.ID == v.Constraint })]
			if c.Level == solver.Hard {
				require.Positive(rt, v.Amount, "%s", c.ID)
			}
			said := c.Explain(w.sn, v)
			require.True(rt, strings.HasSuffix(said, ".") && !strings.Contains(said, "%!") && !strings.HasPrefix(said, "nobody"), "%s: %s", c.ID, said)
		}
		for i := range r.Appointments {
			if w.sn.Person(r.Appointments[i].CRN) == nil {
				require.NotEmpty(rt, solver.Check(w.sn, r, []*solver.Constraint{constraints.OrderDates}), "a stranger is noticed")
			}
		}
		for _, d := range r.Duties {
			if w.sn.Supervisor(d.Supervisor) == nil {
				require.NotEmpty(rt, solver.Check(w.sn, r, []*solver.Constraint{constraints.Supervision}), "an unknown supervisor is noticed")
			}
		}
		for _, x := range r.Trips {
			if w.sn.Minibus(x.Minibus) == nil {
				require.NotEmpty(rt, solver.Check(w.sn, r, []*solver.Constraint{constraints.Minibus}), "an unknown minibus is noticed")
			}
		}
		for _, k := range r.Sessions() {
			if w.sn.Session(k) == nil {
				require.NotEmpty(rt, solver.Check(w.sn, r, []*solver.Constraint{constraints.ProjectTerms}), "an unknown session is noticed")
			}
		}
	})
}

// anything is a roster of random rows in random order, known and unknown, some of them twice.
func (w *weird) anything() *model.Roster {
	sn, r := w.sn, &model.Roster{}
	for range w.IntN(20) {
		a := w.appointment()
		a.Session, a.Event = w.anyKey(a.Session), int32(w.between(0, 3))
		a.PickUp, a.PickUpAt = w.anyStop(), a.Span.Start-model.Instant(w.between(-100, 100))
		if w.one(9) {
			a.Span.End = a.Span.Start - 50
		}
		r.Appointments = append(r.Appointments, a)
		if w.one(5) {
			r.Appointments = append(r.Appointments, a)
		}
	}
	for range w.IntN(10) {
		d := model.Duty{Session: w.anyKey(pick(w, sn.Sessions...).Key), Supervisor: pick(w, append(codes(sn), "K9", "")...)}
		r.Duties = append(r.Duties, d)
		if w.one(5) {
			r.Duties = append(r.Duties, d)
		}
	}
	for range w.IntN(8) {
		s := pick(w, sn.Sessions...)
		x := model.Trip{Session: w.anyKey(s.Key), Minibus: pick(w, append(registrations(sn), "B9", "")...), Driver: pick(w, append(codes(sn), "K9", "")...),
			Leaves: s.Span.Start - model.Instant(w.between(-60, 60)), Returns: s.Span.End + model.Instant(w.between(-60, 60))}
		for range w.IntN(4) {
			x.Stops = append(x.Stops, model.StopTime{Stop: w.anyStop(), At: s.Span.Start - model.Instant(w.between(-60, 60))})
		}
		r.Trips = append(r.Trips, x)
		if w.one(5) {
			r.Trips = append(r.Trips, x)
		}
	}
	w.Shuffle(len(r.Appointments), func(i, j int) { r.Appointments[i], r.Appointments[j] = r.Appointments[j], r.Appointments[i] })
	return r
}

func (w *weird) anyKey(k model.SessionKey) model.SessionKey {
	switch w.IntN(12) {
	case 0:
		k.Project = "P9"
	case 1:
		k.Date += 30
	case 2:
		k.Start++
	}
	return k
}

func (w *weird) anyStop() model.StopCode {
	all := []model.StopCode{"", "S9"}
	for i := range w.sn.Stops {
		all = append(all, w.sn.Stops[i].Code)
	}
	return pick(w, all...)
}

func TestWordsEqualKernelsOfMadeUpRegions(t *testing.T) {
	oneGoroutine(t)
	t.Parallel()
	for _, profile := range instance.Profiles() {
		t.Run(profile.Name, func(t *testing.T) {
			t.Parallel()
			seeds(effort(1, 10), func(seed uint64) {
				sn := madeUp(t, profile.Name, effort(150, 600), seed)
				w := newWalk(t, sn, constraints.All, seed, profile.Name)
				seen := map[int64]bool{}
				for range effort(8, 60) {
					for range 50 {
						w.flip()
					}
					seen[w.agree().Hard()] = true
				}
				w.detour(20)
				require.Greater(t, len(seen), 1)
			})
		})
	}
}

// madeUp is the week of a made-up region.
func madeUp(tb testing.TB, profile string, people int, seed uint64) *model.Snapshot {
	tb.Helper()
	facts, err := instance.Make(instance.Spec{People: people, Seed: seed, Profile: profile, Week: week})
	require.NoError(tb, err)
	p, err := policy.Load(policy.Default)
	require.NoError(tb, err)
	sn, _, err := scheduler.Freeze(facts, p, week, at(-1, 1080))
	require.NoError(tb, err)
	return sn
}

// BenchmarkCheck judges the week of an average region, with some 2,000 appointments, by the words of all rules.
func BenchmarkCheck(b *testing.B) {
	sn := madeUp(b, instance.Normal, 4400, 1)
	w := newWalk(b, sn, constraints.All, 1, "benchmark")
	for n := 0; n < 2000; {
		a, session := solver.ActorIx(w.IntN(actors(w.p))), solver.SessionIx(w.IntN(w.p.NumSessions()))
		if !w.s.Has(a, session) {
			w.s.Join(a, session)
			n++
		}
	}
	r := w.s.Roster()
	b.ResetTimer()
	for range b.N {
		solver.Check(sn, r, constraints.All)
	}
}
