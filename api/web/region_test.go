package web_test

import (
	"context"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/api/web"
	"github.com/communitypayback/payback/benchmarks/instance"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

var week = model.Week{Year: 2026, Number: 49}

// source is a Source of one week, or of an error.
type source struct {
	week *web.Week
	err  error
}

func (s source) Week(_ context.Context, _ string, w model.Week) (*web.Week, error) {
	switch {
	case s.err != nil:
		return nil, s.err
	case w != s.week.Snapshot.Week:
		return nil, model.Errorf(model.CodeNotFound, "found no week %v", w)
	}
	return s.week, nil
}

// made plans a made-up week once for all tests, which only read it.
var made = sync.OnceValues(func() (*web.Week, error) {
	f, err := instance.Make(instance.Spec{People: 120, Seed: 3, Week: week})
	if err != nil {
		return nil, err
	}
	p, err := policy.Load(policy.Default)
	if err != nil {
		return nil, err
	}
	c, err := scheduler.NewCalendar(p.Zone, week.Monday(), week.Monday()+6)
	if err != nil {
		return nil, err
	}
	sn, _, err := scheduler.Freeze(f, p, week, c.Instant(week.Monday()-4, 720))
	if err != nil {
		return nil, err
	}
	res, err := scheduler.Plan(context.Background(), scheduler.PlanRequest{Snapshot: sn, Constraints: constraints.All, Seed: 1, Rounds: 1})
	if err != nil {
		return nil, err
	}
	return &web.Week{Snapshot: sn, Roster: res.Roster, Violations: res.Violations, State: "Published version 3."}, nil
})

func typical(t *testing.T) *web.Week {
	t.Helper()
	w, err := made()
	require.NoError(t, err)
	return w
}

// unled is the typical week after somebody took every supervisor off its first group session, and that session.
func unled(t *testing.T) (*web.Week, model.SessionKey) {
	t.Helper()
	w := *typical(t)
	require.NotEmpty(t, w.Roster.Duties)
	k := w.Roster.Duties[0].Session
	w.Roster = w.Roster.Clone()
	w.Roster.Duties = w.Roster.Duties[len(w.Roster.DutiesOf(k)):]
	w.Violations = solver.Check(w.Snapshot, w.Roster, constraints.All)
	return &w, k
}
