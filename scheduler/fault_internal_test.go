package scheduler

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/benchmarks/instance"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/bound"
	"github.com/communitypayback/payback/solver/constraints"
)

// No catalogue is known whose bound is wrong, so a plan is said to be worth more than it is.
func TestABoundBelowAPlanIsAFaultAndIsNotTold(t *testing.T) {
	t.Parallel()
	at := model.Week{Year: 2026, Number: 49}
	f, err := instance.Make(instance.Spec{People: 40, Seed: 3, Week: at})
	require.NoError(t, err)
	profile, err := policy.Load(policy.Default)
	require.NoError(t, err)
	sn, _, err := Freeze(f, profile, at, 0)
	require.NoError(t, err)
	p, err := solver.Compile(sn, constraints.All)
	require.NoError(t, err)
	s, err := bound.New(p, 1)
	require.NoError(t, err)
	require.True(t, s.Step(t.Context(), 0))
	most, ok := s.Bound()
	require.True(t, ok)

	told, fault := boundOf(s).beside(&PlanResult{Score: solver.Score{solver.Soft: -most}})
	require.Equal(t, most, told.Most, "a plan may be worth as much as the bound")
	require.Nil(t, fault)

	roster := &model.Roster{Region: "R"}
	told, fault = boundOf(s).beside(&PlanResult{Score: solver.Score{solver.Soft: -most - 1}, Roster: roster, Planned: 9, Cut: solver.CutPoint{Rounds: 4}})
	require.Nil(t, told)
	require.Equal(t, FaultOfBound, fault.Kind)
	require.Equal(t, most, fault.Bound)
	require.Equal(t, 9, fault.Planned)
	require.Equal(t, 4, fault.Cut.Rounds)
	require.Same(t, roster, fault.Found.Roster)
	require.NotContains(t, fault.Error(), "R")

	told, fault = boundOf(s).beside(&PlanResult{Score: solver.Score{1, -most - 1}})
	require.Nil(t, told, "a plan that breaks more than it must is beyond every bound")
	require.Nil(t, fault)
}
