package constraints_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

// What is said of all people at once is what is said of one after the other, whatever the roster: empty, begun, whole or broken.
func TestManyAreToldWhatOneWouldBe(t *testing.T) {
	t.Parallel()
	for _, profile := range []string{"normal", "rural"} {
		for seed := range uint64(effort(2, 6)) {
			sn := madeUp(t, profile, 200, seed)
			p, err := solver.Compile(sn, constraints.All)
			require.NoError(t, err)
			made, err := solver.Solve(context.Background(), p, solver.Options{Seed: seed, Workers: 1, Rounds: 1})
			require.NoError(t, err)
			started, err := solver.Solve(context.Background(), p, solver.Options{Seed: seed, Workers: 1, Cut: &solver.CutPoint{Built: []int{6}}})
			require.NoError(t, err)
			for name, r := range map[string]*model.Roster{"empty": nil, "started": started.Roster, "made": made.Roster, "broken": wanderedRoster(t, sn, seed)} {
				who := []model.CRN{"nobody"}
				for i := range sn.People {
					who = append(who, sn.People[i].CRN)
				}
				facts, suited := 0, 0
				one := solver.NewExplainer(p, r)
				all, known := solver.NewExplainer(p, r).ScarceAll(nil, who)
				require.True(t, known)
				for i, x := range all {
					scarce, near, some := one.Scarce(who[i])
					require.Equal(t, solver.Leftover{Scarcity: scarce, Nearest: near, Some: some}, x, "%s, seed %d, %s: %s", profile, seed, name, who[i])
					if scarce.Fact {
						facts++
					} else {
						suited++
					}
				}
				require.NotZero(t, facts, "some suit no session")
				require.NotZero(t, suited, "some do")
			}
		}
	}
}
