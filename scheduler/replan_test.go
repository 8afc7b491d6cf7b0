package scheduler_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// upset changes what a published plan relied on: people, supervisors, minibuses and projects are no longer what they were.
func upset(sn *model.Snapshot, random *rand.Rand) {
	chance := func(percent int) bool { return random.IntN(100) < percent }
	for i := range sn.People {
		p := &sn.People[i]
		if chance(4) {
			p.Risk = model.VeryHighRisk
		}
		if chance(4) {
			p.Requirements[0].HardEnd = monday + 2
		}
	}
	for i := range sn.Supervisors {
		if chance(20) {
			sn.Supervisors[i].Available = nil
		}
	}
	for i := range sn.Minibuses {
		if chance(50) {
			sn.Minibuses[i].OffRoadFrom = monday + 1
		}
	}
	for i := range sn.Projects {
		if chance(15) {
			sn.Projects[i].Places = 1
		}
		if chance(15) {
			sn.Projects[i].Transport = model.ByThemselves
		}
	}
	for i := range sn.Published.Appointments {
		sn.Published.Appointments[i].Pinned = chance(5)
	}
}

func TestAWeekCanBePlannedAgainWhateverHappened(t *testing.T) {
	t.Parallel()
	var broken atomic.Int64
	t.Cleanup(func() { require.Positive(t, broken.Load(), "something frozen was broken, or the test tests nothing") })
	seeds := uint64(6)
	if testing.Short() {
		seeds = 2
	}
	for seed := range seeds {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			sn := madeUp(t, 500)
			first, err := scheduler.Plan(context.Background(), asked(sn))
			require.NoError(t, err)

			sn.Published = first.Roster.Clone()
			sn.FrozenUntil = calendar(t).Instant(monday+3, 0)
			upset(sn, rand.New(rand.NewPCG(seed, 1)))
			q := asked(sn)
			q.Seed = seed
			second, err := scheduler.Plan(context.Background(), q)
			require.NoError(t, err)
			require.LessOrEqual(t, second.Score.Hard(), second.Baseline)
			broken.Add(second.Baseline)
			for _, d := range scheduler.Diff(sn.Published, second.Roster) {
				require.GreaterOrEqual(t, d.At().Date, monday+3, "nothing frozen moves: %v", d)
			}
		})
	}
}
