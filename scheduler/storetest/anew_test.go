package storetest_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/scheduler"
)

// anew has every change made twice, the first time in vain, as a record that several share does where somebody else was
// faster, and every look taken twice, as one that is lost meanwhile does. What the office leaves behind from the first time shows in its answers.
type anew struct {
	scheduler.Record
	faster func() // what somebody else does meanwhile; nil: nothing
}

var errFaster = errors.New("somebody else was faster")

func (a anew) Update(ctx context.Context, region string, change func(scheduler.Writer) error) error {
	err := a.Record.Update(ctx, region, func(w scheduler.Writer) error {
		if err := change(w); err != nil {
			return err
		}
		return errFaster
	})
	if !errors.Is(err, errFaster) {
		return err
	}
	if a.faster != nil {
		a.faster()
	}
	return a.Record.Update(ctx, region, change)
}

func (a anew) View(ctx context.Context, region string, look func(scheduler.Reader) error) error {
	if err := a.Record.View(ctx, region, look); err != nil {
		return err
	}
	return a.Record.View(ctx, region, look)
}

// A balancer may send a request to a second process when the first one is slow. One of them makes the change, and the other
// gives its answer.
func TestTheSameRequestOfTwoProcessesAtOnceHasOneEffect(t *testing.T) {
	t.Parallel()
	g := newGate()
	other, who, region := planning(t, g.search, 1, 3)
	slow := &scheduler.Service{Record: other.Record, Policy: other.Policy, Constraints: other.Constraints, Now: other.Now,
		Runs: &scheduler.Runs{Search: g.search, AtOnce: 1}}
	t.Cleanup(func() { require.NoError(t, slow.Runs.Close(ctx)) })

	var first scheduler.Draft
	slow.Record = anew{Record: other.Record.(anew).Record, faster: func() { first = ask(t, other, who, region, 1) }}
	require.Equal(t, first, ask(t, slow, who, region, 1))
	require.Equal(t, uint64(1), <-g.began)
	close(g.goOn)
	require.Equal(t, scheduler.Ready, wait(t, other, who, region, first.ID).State)
	require.Empty(t, g.began, "the search was made once")
	slow.Record = other.Record
	ask(t, slow, who, region, 2) // the place that the other search would have taken is free

	var kept, again scheduler.Draft
	r := plannedOnce().Clone()
	r.Region = region
	keep := func(s *scheduler.Service) (d scheduler.Draft) {
		d, err := s.KeepDraft(ctx, who, region, r, 0, command("keep"))
		require.NoError(t, err)
		return d
	}
	slow.Record = anew{Record: other.Record.(anew).Record, faster: func() { kept = keep(other) }}
	again = keep(slow)
	require.Equal(t, kept, again)
}
