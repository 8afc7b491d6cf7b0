package beside

import (
	"github.com/communitypayback/payback/benchmarks/instance"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

// Week names a made-up week.
type Week struct {
	Seed    uint64
	Profile string // one of instance.Profiles
	People  int
}

// Weeks gives so many weeks with seeds from first on, the profiles in turn.
func Weeks(first uint64, n, people int) []Week {
	profiles := instance.Profiles()
	list := make([]Week, n)
	for i := range list {
		seed := first + uint64(i)
		list[i] = Week{Seed: seed, Profile: profiles[seed%uint64(len(profiles))].Name, People: people}
	}
	return list
}

// Compile makes the week, frozen at noon of the Thursday before so that every day of it is open, and compiles it under the
// whole catalogue with trips estimated.
func (w Week) Compile() (*solver.Problem, error) {
	planned := model.Week{Year: 2026, Number: 49}
	facts, err := instance.Make(instance.Spec{People: w.People, Seed: w.Seed, Profile: w.Profile, Week: planned})
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
	sn, _, err := scheduler.Freeze(facts, profile, planned, calendar.Instant(monday-4, 12*60))
	if err != nil {
		return nil, err
	}
	return solver.CompileEstimated(sn, constraints.All)
}
