package storetest_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/scheduler/memstore"
)

func TestALongSearchIsHeldAsLongAsItsProcessLives(t *testing.T) {
	t.Parallel()
	base, who, f := office(t, &memstore.Store{})
	imported(t, base, who, f, 0)
	synctest.Test(t, func(t *testing.T) {
		s := &scheduler.Service{Record: base.Record, Policy: base.Policy, Constraints: base.Constraints, AsOf: base.AsOf, Now: time.Now}
		s.Runs = &scheduler.Runs{Search: func(_ context.Context, q scheduler.PlanRequest) (*scheduler.PlanResult, error) {
			time.Sleep(30 * time.Minute)
			return emptyPlan(q), nil
		}, Waiting: 1}
		if s.AsOf == 0 {
			s.AsOf = model.Instant(base.Now().Unix() / 60)
		}
		first, second := ask(t, s, who, f.Region, 1), ask(t, s, who, f.Region, 2)
		other := &scheduler.Service{Record: s.Record, Policy: s.Policy, Constraints: s.Constraints, AsOf: s.AsOf, Now: time.Now, Runs: &scheduler.Runs{Search: scheduler.Plan}}
		for range 59 {
			time.Sleep(time.Minute)
			n, err := scheduler.Worker{Office: other}.TakeUp(ctx, f.Region)
			require.NoError(t, err)
			require.Zero(t, n)
		}
		time.Sleep(2 * time.Minute)
		for _, d := range []scheduler.Draft{first, second} {
			now, err := s.Draft(ctx, who, f.Region, d.ID)
			require.NoError(t, err)
			require.Equal(t, scheduler.Ready, now.State)
			require.Equal(t, 1, runOf(t, s, f.Region, d.ID).Attempts)
		}
		require.NoError(t, s.Runs.Close(ctx))
	})
}
