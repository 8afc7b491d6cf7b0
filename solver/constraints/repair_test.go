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

// publishedWeek gives the week of a made-up region with a planned roster published.
func publishedWeek(t testing.TB, people int, seed uint64) *model.Snapshot {
	t.Helper()
	sn := madeUp(t, instance.Normal, people, seed)
	sn.FrozenUntil = sn.Calendar.Instant(sn.Week.Monday()+1, 0)
	free := *sn
	free.FrozenUntil = 0
	p, err := solver.Compile(&free, constraints.All)
	require.NoError(t, err)
	x, err := solver.Solve(context.Background(), p, solver.Options{Seed: seed, Workers: 1, Rounds: 2})
	require.NoError(t, err)
	out, err := sn.With(model.PublishRoster{Roster: x.Roster})
	require.NoError(t, err)
	return out
}

// shocks gives one of each thing that happens, drawn from what was published after frozen time.
func shocks(sn *model.Snapshot, rng *rand.Rand) map[string][]model.Edit {
	r := sn.Published
	later := func(k model.SessionKey) bool { return sn.Calendar.Instant(k.Date, k.Start) >= sn.FrozenUntil }
	duties := slices.DeleteFunc(slices.Clone(r.Duties), func(d model.Duty) bool { return !later(d.Session) })
	trips := slices.DeleteFunc(slices.Clone(r.Trips), func(x model.Trip) bool { return !later(x.Session) })
	booked := slices.DeleteFunc(slices.Clone(r.Appointments), func(a model.Appointment) bool { return !later(a.Session) })
	day := func(d model.Date) model.Span {
		return model.Span{Start: sn.Calendar.Instant(d, 0), End: sn.Calendar.Instant(d+1, 0)}
	}
	d, a := duties[rng.IntN(len(duties))], booked[rng.IntN(len(booked))]
	out := map[string][]model.Edit{
		"supervisor off": {model.SupervisorOff{Code: d.Supervisor, Span: day(d.Session.Date)}},
		"project closed": {model.CloseProject{Code: d.Session.Project, From: d.Session.Date}},
		"person off":     {model.PersonOff{CRN: a.CRN, Span: day(a.Session.Date)}},
		"fewer places":   {model.SetPlaces{Project: d.Session.Project, Places: 4}},
	}
	if len(trips) > 0 {
		x := trips[rng.IntN(len(trips))]
		out["minibus off"] = []model.Edit{model.MinibusOff{Registration: x.Minibus, From: x.Session.Date, To: x.Session.Date}}
	}
	for _, b := range r.In(d.Session) {
		out["all come"] = append(out["all come"], model.SetAttendance{CRN: b.CRN, Permille: 950})
	}
	for i := range sn.Projects { // a host that floods leaves groups without a wet place
		if p := &sn.Projects[i]; slices.ContainsFunc(r.WetPlans, func(w model.WetPlan) bool { return w.Host == p.Code && later(w.Session) }) {
			out["host floods"] = []model.Edit{model.CloseProject{Code: p.Code, From: sn.Week.Monday() + 1}}
			break
		}
	}
	return out
}

// TestEveryShockIsRepaired breaks published weeks in every way, and judges each option by the words: what was fixed is there, nothing is
// broken that was not, no more people are told than the budget has, and those who are told are those whose sessions change.
func TestEveryShockIsRepaired(t *testing.T) {
	oneGoroutine(t)
	t.Parallel()
	mended, options, cheaper := map[string]int{}, map[string]int{}, 0
	for seed := range uint64(effort(2, 20)) {
		sn := publishedWeek(t, 150, seed)
		rng := rand.New(rand.NewPCG(seed, 31)) //nolint:gosec // a test repeats its draws
		pin := sn.Published.Appointments[rng.IntN(len(sn.Published.Appointments))]
		pin.Pinned = true
		sn, err := sn.With(model.Pin{Appointment: pin})
		require.NoError(t, err)
		known := cases(sn, sn.Published)
		all := shocks(sn, rng)
		for _, name := range slices.Sorted(mapKeys(all)) {
			now, err := sn.With(all[name]...)
			require.NoError(t, err)
			p, err := solver.Compile(now, constraints.All)
			require.NoError(t, err)
			budget := -1
			if rng.IntN(3) == 0 {
				budget = rng.IntN(12)
			}
			x, err := p.Repair(context.Background(), solver.RepairOptions{Seed: seed, Budget: budget, Known: known})
			require.NoError(t, err)
			options[name] += len(x.Options)
			for i := range x.Options {
				o := &x.Options[i]
				checkRepaired(t, now, o, budget)
				if len(o.Left) == 0 {
					mended[name]++
				}
				if i > 0 {
					require.True(t, o.Score.Less(x.Options[i-1].Score) || len(o.Told) < len(x.Options[i-1].Told))
					cheaper++
				}
			}
		}
	}
	t.Logf("%v of %v", mended, options)
	for _, name := range []string{"supervisor off", "project closed", "person off", "fewer places", "minibus off", "all come", "host floods"} {
		require.Positive(t, options[name], name)
	}
	for _, name := range []string{"supervisor off", "person off", "fewer places", "minibus off"} { // the others may meet what is frozen
		require.Positive(t, mended[name], name)
	}
	require.Positive(t, cheaper)
}

func mapKeys[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// cases lists what the words find broken.
func cases(sn *model.Snapshot, r *model.Roster) []solver.Violation {
	return slices.DeleteFunc(solver.Check(sn, r, constraints.All), func(v solver.Violation) bool { return v.Waived || level(v.Constraint) != solver.Hard })
}

func checkRepaired(t *testing.T, sn *model.Snapshot, o *solver.Repaired, budget int) {
	t.Helper()
	was := sn.Published
	require.Empty(t, worse(sn, was, o.Roster))
	c := solver.Compare(sn, was, o.Roster, constraints.All)
	require.Equal(t, c.Delta, o.Change)
	require.Equal(t, o.Change[solver.Soft], sum(o.By))
	told := differentSessions(was, o.Roster)
	require.Equal(t, told, o.Told)
	require.LessOrEqual(t, int64(len(told)), max(int64(budget), int64(len(told)*boolInt(budget < 0))))
	for i := range was.Appointments {
		if a := &was.Appointments[i]; sn.Fixed(a) {
			require.True(t, slices.ContainsFunc(o.Roster.Appointments, func(b model.Appointment) bool {
				return b.CRN == a.CRN && b.Session == a.Session && b.Pinned == a.Pinned
			}), "what is fixed stays")
		}
	}
	var minutes int64
	for i := range o.Roster.Appointments {
		minutes += int64(o.Roster.Appointments[i].Minutes())
	}
	for i := range was.Appointments {
		minutes -= int64(was.Appointments[i].Minutes())
	}
	require.Equal(t, minutes, o.Minutes)
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// differentSessions lists the people who are not in the same sessions in two rosters, by CRN.
func differentSessions(a, b *model.Roster) []model.CRN {
	of := func(r *model.Roster) map[model.CRN][]model.SessionKey {
		m := map[model.CRN][]model.SessionKey{}
		for _, x := range r.Appointments {
			m[x.CRN] = append(m[x.CRN], x.Session)
		}
		return m
	}
	was, is := of(a), of(b)
	var out []model.CRN
	for c := range was {
		if !slices.Equal(was[c], is[c]) {
			out = append(out, c)
		}
	}
	for c := range is {
		if _, had := was[c]; !had {
			out = append(out, c)
		}
	}
	slices.Sort(out)
	return out
}

func TestARepairIsTheSameEveryTimeAndCurvesDoNotFall(t *testing.T) {
	oneGoroutine(t)
	t.Parallel()
	sn := publishedWeek(t, 150, 3)
	rng := rand.New(rand.NewPCG(3, 37)) //nolint:gosec // a test repeats its draws
	now, err := sn.With(shocks(sn, rng)["supervisor off"]...)
	require.NoError(t, err)
	p, err := solver.Compile(now, constraints.All)
	require.NoError(t, err)
	o := solver.RepairOptions{Seed: 5, Budget: -1, Known: cases(sn, sn.Published)}
	x, err := p.Repair(context.Background(), o)
	require.NoError(t, err)
	again, err := p.Repair(context.Background(), o)
	require.NoError(t, err)
	require.NotEmpty(t, x.Options)
	require.Equal(t, x.Options, again.Options)
	require.NotEmpty(t, x.Cover, "who could stand in is told")
	curve, err := p.Curve(context.Background(), o, []int{20, 0, 5, 10})
	require.NoError(t, err)
	require.Len(t, curve.Curve, 4)
	for i := range curve.Curve {
		require.LessOrEqual(t, len(curve.Curve[i].Told), curve.Curve[i].Budget)
		if i > 0 {
			require.False(t, curve.Curve[i-1].Score.Less(curve.Curve[i].Score), "more people to tell never buy less")
		}
	}
}

func TestRepairNeedsAPublishedRosterAndABrokenOne(t *testing.T) {
	t.Parallel()
	sn := ordinary()
	p, err := solver.Compile(sn, constraints.All)
	require.NoError(t, err)
	_, err = p.Repair(context.Background(), solver.RepairOptions{Budget: -1})
	require.ErrorContains(t, err, "nothing published")
	published(goes(group, tue, ann, bob), leads(group, tue, sup1))(sn)
	solver.PlanBreaks(sn, sn.Published)
	p, err = solver.Compile(sn, constraints.All)
	require.NoError(t, err)
	x, err := p.Repair(context.Background(), solver.RepairOptions{Budget: -1})
	require.NoError(t, err)
	require.Empty(t, x.Broken)
	require.Empty(t, x.Options)
}
