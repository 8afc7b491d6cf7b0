package solver_test

import (
	"context"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/solver"
)

// likings draws so many sets of hints, each of which likes other supervisors and people in other sessions.
func likings(p *solver.Problem, n int) (sets [][]solver.Hint) {
	for i := range uint64(n) {
		rng := rand.New(rand.NewPCG(i, 5))
		var set []solver.Hint
		for a := range solver.ActorIx(p.NumActors(solver.People) + p.NumActors(solver.Supervisors)) {
			for range 2 {
				set = append(set, solver.Hint{Actor: a, Session: solver.SessionIx(rng.IntN(p.NumSessions())), Weight: 300 + rng.Int32N(700)})
			}
		}
		sets = append(sets, set)
	}
	return sets
}

// triedRounds are enough for trials of three starts.
const triedRounds = 110

func started(t *testing.T, p *solver.Problem, o solver.Options) *solver.Result {
	t.Helper()
	o.Recheck, o.Seed = unjudged, 3
	o.Workers = max(1, o.Workers)
	res, err := solver.Solve(context.Background(), p, o)
	require.NoError(t, err)
	require.Zero(t, res.Score.Hard())
	return res
}

func TestSeveralStartsGiveTheSameRosterAtAnyNumberOfWorkers(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("runs of many rounds; a shorter one is tried under the race detector at two numbers of workers")
	}
	p := compileToy(t, 5, 80, 21)
	sets := likings(p, 3)
	var values []solver.Score
	one := started(t, p, solver.Options{Rounds: triedRounds, Hints: sets, OnRound: func(g solver.Progress) { values = append(values, g.Score) }})
	for i := 1; i < len(values); i++ {
		require.False(t, values[i-1].Less(values[i]), "the incumbent never gets worse, not by another start either")
	}
	require.Len(t, values, len(sets)+triedRounds, "a construction from each set, and every round")
	two := started(t, p, solver.Options{Rounds: triedRounds, Hints: sets, Workers: 2})
	require.Equal(t, one.Roster, two.Roster)
	require.Equal(t, one.Deltas, two.Deltas)
	require.NotEqual(t, one.Roster, started(t, p, solver.Options{Rounds: triedRounds, Hints: sets[:1]}).Roster, "the other sets are not passed over")
}

// Wherever a run with several starts is cut, among trials or among constructions, it can be repeated.
func TestSeveralStartsThatAreCutCanBeRepeated(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("some twenty runs")
	}
	p := compileToy(t, 5, 80, 21)
	sets := likings(p, 3)
	for _, rounds := range []int{0, 5, 13, 24, 36} {
		cut := started(t, p, solver.Options{Rounds: triedRounds, Hints: sets, Stop: solver.AfterRounds(rounds)})
		require.Equal(t, rounds, cut.Cut.Rounds)
		again := started(t, p, solver.Options{Rounds: triedRounds, Hints: sets, Cut: &cut.Cut, Workers: 2})
		require.Equal(t, cut.Roster, again.Roster, "after %d rounds", rounds)
	}
	for after := 1; after < len(sets); after++ { // ends when so many rosters are constructed
		ctx, stop := context.WithCancel(context.Background())
		built := 0
		cut, err := solver.Solve(ctx, p, solver.Options{Recheck: unjudged, Seed: 3, Workers: 1, Rounds: triedRounds, Hints: sets, OnRound: func(solver.Progress) {
			if built++; built == after {
				stop()
			}
		}})
		require.NoError(t, err)
		stop()
		require.Len(t, cut.Cut.Built, len(sets))
		require.Zero(t, cut.Rounds)
		again := started(t, p, solver.Options{Rounds: triedRounds, Hints: sets, Cut: &cut.Cut})
		require.Equal(t, cut.Roster, again.Roster, "after %d constructions", after)
		require.Equal(t, cut.Cut, again.Cut)
	}
}

func TestARunFromARosterHasOneStart(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("runs of many rounds; a shorter one is tried under the race detector at two numbers of workers")
	}
	p := compileToy(t, 5, 80, 21)
	sets := likings(p, 3)
	start := started(t, p, solver.Options{Rounds: 2}).Roster
	all := started(t, p, solver.Options{Rounds: triedRounds, Hints: sets, Start: start})
	require.Equal(t, started(t, p, solver.Options{Rounds: triedRounds, Hints: sets[:1], Start: start}).Roster, all.Roster)
}
