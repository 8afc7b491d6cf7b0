package storetest_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// away is a record that nothing can be changed in for a while.
type away struct {
	scheduler.Record
	is    atomic.Bool
	tried atomic.Int32
}

func (a *away) Update(ctx context.Context, region string, change func(scheduler.Writer) error) error {
	if a.is.Load() {
		a.tried.Add(1)
		return model.Errorf(model.CodeUnavailable, "away")
	}
	return a.Record.Update(ctx, region, change)
}

func TestASearchThatEndsWhileTheRecordIsAwayIsRecordedWhenItIsBack(t *testing.T) {
	t.Parallel()
	record := &away{}
	s, who, region := planning(t, func(_ context.Context, q scheduler.PlanRequest) (*scheduler.PlanResult, error) {
		record.is.Store(true)
		return emptyPlan(q), nil
	}, 1, 0)
	record.Record = s.Record
	s.Record = record
	d := ask(t, s, who, region, 1)
	require.Eventually(t, func() bool { return record.tried.Load() >= 2 }, 2*time.Minute, time.Millisecond)
	record.is.Store(false)
	require.Equal(t, scheduler.Ready, wait(t, s, who, region, d.ID).State)
	all, err := s.Audit(ctx, who, region, 0, 100)
	require.NoError(t, err)
	made := 0
	for _, e := range all {
		if e.Action == "plan-made" {
			made++
		}
	}
	require.Equal(t, 1, made)
}
