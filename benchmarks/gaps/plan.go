package main

import (
	"context"
	"runtime/debug"
	"time"

	"github.com/communitypayback/payback/benchmarks/instance"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

// cores is how many processors a plan may use.
const cores = 2

// result is one plan that was made: a line of gaps.jsonl.
type result struct {
	job
	First  float64 `json:"first"` // seconds until the first legal roster
	Took   float64 `json:"took"`  // seconds in all
	Value  int64   `json:"value"` // by the words, in millipoints
	Bound  int64   `json:"bound"` // likewise; no roster is worth more
	Tenths int64   `json:"tenths"`
	Placed int     `json:"placed"` // appointments
	Rounds int     `json:"rounds"`
}

// gap gives what the roster may be short of the best, as a part of the bound.
func (r *result) gap() float64 { return float64(r.Bound-r.Value) / float64(r.Bound) }

func points(millipoints int64) float64 { return float64(millipoints) / 1000 }

// planned is the week that is planned, as it stands at noon of the Thursday before, so that every day of it is open.
var planned = model.Week{Year: 2026, Number: 49}

// run makes a plan.
func (j job) run(ctx context.Context) (*result, error) {
	week, err := j.frozen()
	if err != nil {
		return nil, err
	}
	debug.FreeOSMemory()
	r := &result{job: j}
	begin := time.Now()
	got, err := scheduler.Plan(ctx, scheduler.PlanRequest{
		Snapshot: week, Constraints: constraints.All, Seed: 1, Workers: cores, Time: time.Duration(j.Limit * float64(time.Second)), Lacking: true,
		OnProgress: func(p solver.Progress) {
			if r.First == 0 && p.Score.Hard() == 0 {
				r.First = time.Since(begin).Seconds()
			}
		},
	})
	if err != nil {
		return nil, err
	}
	r.Took, r.Value, r.Placed, r.Rounds = time.Since(begin).Seconds(), got.Score.Value(), len(got.Roster.Appointments), got.Rounds
	if got.Bound != nil {
		r.Bound, r.Tenths = got.Bound.Most, got.Bound.Placements(r.Value)
	}
	return r, nil
}

// frozen makes up a region and freezes its week.
func (j job) frozen() (*model.Snapshot, error) {
	facts, err := instance.Make(instance.Spec{People: j.People, Seed: j.Seed, Profile: "normal", Week: planned})
	if err != nil {
		return nil, err
	}
	profile, err := policy.Load(policy.Default)
	if err != nil {
		return nil, err
	}
	monday := planned.Monday()
	calendar, err := scheduler.NewCalendar(profile.Zone, monday, monday+6)
	if err != nil {
		return nil, err
	}
	week, _, err := scheduler.Freeze(facts, profile, planned, calendar.Instant(monday-4, 12*60))
	return week, err
}
