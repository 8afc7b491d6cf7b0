package child_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/benchmarks/instance"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/scheduler/child"
	"github.com/communitypayback/payback/scheduler/memstore"
	"github.com/communitypayback/payback/solver/constraints"
)

func TestRegionsWhoseSearchesDieInTheNightAreSetAsideAndTheOthersFinish(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("what could race is in other processes, which take minutes under the race detector")
	}
	profile, err := policy.Load(policy.Default)
	require.NoError(t, err)
	for i := range profile.Clauses {
		if c := &profile.Clauses[i]; c.ID == "night.weeks" {
			c.Values = []policy.Dated{{From: "2020-01-01", Value: 1}}
		}
	}
	limits := child.Limits{Memory: 2 << 30, Grace: time.Second}
	how := map[string]string{"Avon": "well", "Dorset": "panics", "Kent": "ends in silence", "Sussex": "hands in a broken roster", "Wessex": "well"}
	says := map[string]string{"Dorset": "its process ended: exit status 2", "Kent": "internal"}
	now := time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)
	s := &scheduler.Service{Record: &memstore.Store{}, Policy: profile, Constraints: constraints.All, Now: func() time.Time { return now },
		Runs: &scheduler.Runs{Search: func(ctx context.Context, q scheduler.PlanRequest) (*scheduler.PlanResult, error) {
			q.Time, q.Rounds = 0, 1
			return asked(how[q.Snapshot.Region], limits)(ctx, q)
		}}}
	who := model.Principal{Name: "tester", Roles: model.Roles(), Regions: []string{model.AllRegions}}
	week := model.Week{Year: 2026, Number: 49}
	for region := range how {
		f, err := instance.Make(instance.Spec{People: 40, Seed: 3, Week: week})
		require.NoError(t, err)
		f.Region = region
		_, err = s.Import(t.Context(), who, region, scheduler.ImportRequest{Facts: f}, scheduler.Command{Key: "import"})
		require.NoError(t, err)
	}
	now = now.Add(24 * time.Hour)
	(&scheduler.Cron{Office: s, Failed: func(region string, err error) { t.Errorf("%s: %v", region, err) }}).Look(t.Context())
	for region, did := range how {
		nights, err := s.Nights(t.Context(), who, region, 2)
		require.NoError(t, err)
		require.Len(t, nights, 1)
		runs, err := s.RunHistory(t.Context(), who, region, 5)
		require.NoError(t, err)
		require.Len(t, runs, 2)
		x := runs[0]
		if x.Name == "night/2026-11-27" {
			x = runs[1]
		}
		if did == "well" {
			require.Equal(t, scheduler.RunMade, nights[0].State, nights[0].Failure)
			require.Equal(t, 1, x.Attempts)
			continue
		}
		require.Equal(t, scheduler.RunFailed, nights[0].State)
		require.Equal(t, scheduler.RunAside, x.State, region)
		if did == "hands in a broken roster" { // what it found wrong it would find again
			require.Equal(t, 1, x.Attempts)
			continue
		}
		require.Equal(t, 3, x.Attempts, region)
		for _, said := range x.Errors {
			require.Contains(t, said, says[region])
		}
	}
	require.NoError(t, s.Runs.Close(t.Context()))
}
