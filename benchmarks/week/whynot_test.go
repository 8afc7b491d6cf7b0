package main

import (
	"context"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/benchmarks/instance"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

// plannedWeek compiles and plans the week of a made-up region.
func plannedWeek(tb testing.TB, people int, seed uint64, rounds int) (*solver.Problem, *model.Roster) {
	tb.Helper()
	week := model.Week{Year: 2026, Number: 49}
	facts, err := instance.Make(instance.Spec{People: people, Seed: seed, Profile: instance.Normal, Week: week})
	require.NoError(tb, err)
	profile, err := policy.Load(policy.Default)
	require.NoError(tb, err)
	sn, _, err := scheduler.Freeze(facts, profile, week, model.Instant(week.Monday()-4)*1440+12*60)
	require.NoError(tb, err)
	p, err := solver.Compile(sn, constraints.All)
	require.NoError(tb, err)
	r, err := solver.Solve(context.Background(), p, solver.Options{Seed: seed, Workers: 2, Rounds: rounds})
	require.NoError(tb, err)
	return p, r.Roster
}

// unplaced lists the people with work to do this week and no appointment, in random order.
func unplaced(p *solver.Problem, e *solver.Explainer, seed uint64) []model.CRN {
	var out []model.CRN
	for i := range p.Snapshot.People {
		if x := &p.Snapshot.People[i]; x.Current(p.Snapshot.Week) != nil && len(e.Placed(x.CRN)) == 0 {
			out = append(out, x.CRN)
		}
	}
	rng := rand.New(rand.NewPCG(seed, 2)) //nolint:gosec // a benchmark repeats its draws
	rng.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

// BenchmarkWhyNot asks why people have no place in a full week of 4,400 people, with the cheapest change that would give them
// one. It prints the middle, the 95th of a hundred and the longest answer.
func BenchmarkWhyNot(b *testing.B) {
	p, r := plannedWeek(b, 4400, 1, 10)
	e := solver.NewExplainer(p, r)
	e.Prepare()
	people := unplaced(p, e, 1)
	var took []time.Duration
	for i := 0; b.Loop(); i++ {
		at := time.Now()
		_, err := e.WhyNot(people[i%len(people)])
		took = append(took, time.Since(at))
		require.NoError(b, err)
	}
	slices.Sort(took)
	milliseconds := func(i int) float64 { return float64(took[min(i, len(took)-1)].Microseconds()) / 1000 }
	b.ReportMetric(milliseconds(len(took)/2), "ms-middle")
	b.ReportMetric(milliseconds(len(took)*95/100), "ms-95th")
	b.ReportMetric(milliseconds(len(took)), "ms-longest")
}

// BenchmarkFindUnplaced names what is scarce for everybody of a full week of 4,400 people who has no place.
func BenchmarkFindUnplaced(b *testing.B) {
	p, r := plannedWeek(b, 4400, 1, 10)
	for b.Loop() {
		scheduler.FindUnplaced(solver.NewExplainer(p, r))
	}
}

// TestAThousandChangesThatWhyNotProposesKeepEveryRule applies each change that answers about random people propose, and has the
// words look at the whole week, not at the part of it that the answer looked at.
func TestAThousandChangesThatWhyNotProposesKeepEveryRule(t *testing.T) {
	t.Parallel()
	people, want := 300, 20
	if os.Getenv("PAYBACK_LONG") != "" {
		people, want = 4400, 1000
	}
	found := 0
	for seed := uint64(1); found < want; seed++ {
		require.Less(t, seed, uint64(20), "too few changes are proposed")
		p, r := plannedWeek(t, people, seed, 4)
		e := solver.NewExplainer(p, r)
		was := solver.Check(p.Snapshot, r, constraints.All)
		score := solver.Total(was, constraints.All)
		require.Zero(t, score.Hard())
		for _, who := range unplaced(p, e, seed)[:min(200, want)] {
			x, err := e.WhyNot(who)
			require.NoError(t, err)
			if x.Change == nil {
				continue
			}
			found++
			now := solver.Total(solver.Check(p.Snapshot, x.Change.Roster, constraints.All), constraints.All)
			require.Zero(t, now.Hard(), "%s into %v by %+v, seed %d", who, x.Change.Session, x.Change.Moves, seed)
			require.Equal(t, x.Change.Cost, now.Sub(score)[solver.Soft], "%s into %v by %+v, seed %d", who, x.Change.Session, x.Change.Moves, seed)
			require.True(t, slices.ContainsFunc(x.Change.Roster.In(x.Change.Session), func(a model.Appointment) bool { return a.CRN == who }))
		}
	}
}
