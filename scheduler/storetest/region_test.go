package storetest_test

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/benchmarks/instance"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/scheduler/memstore"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

var ctx = context.Background()

// region gives the facts of a small region, to be changed at will.
func region(t require.TestingT) *model.Facts {
	f := &model.Facts{}
	require.NoError(t, json.Unmarshal(made(), f))
	return f
}

// made is a small region, made once.
var made = sync.OnceValue(func() []byte {
	f, err := instance.Make(instance.Spec{People: 40, Seed: 6, Week: week})
	if err != nil {
		panic(err)
	}
	body, _ := json.Marshal(f)
	return body
})

// bare gives an office on an empty record, for tests that need many of them.
func bare(t require.TestingT, region string) (*scheduler.Service, model.Principal) {
	p, err := policy.Load(policy.Default)
	require.NoError(t, err)
	return &scheduler.Service{Record: anew{Record: &memstore.Store{}}, Policy: p, Constraints: constraints.All,
		Now: func() time.Time { return time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC) }}, everybody(region)
}

// everybody is somebody who may do everything in a region.
func everybody(region string) model.Principal {
	return model.Principal{Name: "someone", Roles: model.Roles(), Regions: []string{region}}
}

// progress is a step of a search.
var progress = solver.Progress{Rounds: 1, Planned: 2}
