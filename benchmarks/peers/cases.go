package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/communitypayback/payback/benchmarks/instance"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

// Case names one made-up week.
type Case struct {
	People  int    `json:"people"`
	Profile string `json:"profile"`
	Seed    uint64 `json:"seed"`
}

func (c Case) String() string { return fmt.Sprintf("%d-%s-%d", c.People, c.Profile, c.Seed) }

// stressedPeople is how large the weeks of the other profiles are.
const stressedPeople = 1000

// cases lists the weeks of the table: every size on the first profile, and those of stressedPeople on the others.
func cases(people, profiles, seeds string) ([]Case, error) {
	sizes, err := numbers("-people", people)
	if err != nil {
		return nil, err
	}
	draws, err := numbers("-seeds", seeds)
	if err != nil {
		return nil, err
	}
	var out []Case
	for i, profile := range strings.Split(profiles, ",") {
		if !known(profile) {
			return nil, model.Errorf(model.CodeUsage, "-profiles: found %q; expected some of %s", profile, profileNames())
		}
		for _, n := range sizes {
			if i > 0 && n != stressedPeople {
				continue
			}
			for _, seed := range draws {
				out = append(out, Case{People: n, Profile: profile, Seed: uint64(seed)})
			}
		}
	}
	// The largest come last: where memory runs out, all others are done.
	slices.SortStableFunc(out, func(a, b Case) int { return a.People - b.People })
	return out, nil
}

func numbers(name, list string) ([]int, error) {
	var out []int
	for word := range strings.SplitSeq(list, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(word))
		if err != nil || n < 1 {
			return nil, model.Errorf(model.CodeUsage, "%s: found %q; expected whole numbers from 1 on, such as 40,300", name, word)
		}
		out = append(out, n)
	}
	return out, nil
}

func known(profile string) bool {
	for _, p := range instance.Profiles() {
		if p.Name == profile {
			return true
		}
	}
	return false
}

func profileNames() string {
	var all []string
	for _, p := range instance.Profiles() {
		all = append(all, p.Name)
	}
	return strings.Join(all, ",")
}

// week is a case that is ready to be planned.
type week struct {
	Case
	snapshot  *model.Snapshot
	exact     *solver.Problem // what answers are judged by
	estimated *solver.Problem // what the others are told: ways by minibus by estimate
	start     *solver.State   // the first roster, of the estimated week
}

// planned is the week that every case plans, as it stands at noon of the Thursday before, so that every day of it is open.
var planned = model.Week{Year: 2026, Number: 49}

// makeWeek makes up the region, freezes its week and compiles it twice.
func makeWeek(c Case) (*week, error) {
	facts, err := instance.Make(instance.Spec{People: c.People, Seed: c.Seed, Profile: c.Profile, Week: planned})
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
	w := &week{Case: c}
	if w.snapshot, _, err = scheduler.Freeze(facts, profile, planned, calendar.Instant(monday-4, 12*60)); err != nil {
		return nil, err
	}
	if w.exact, err = solver.Compile(w.snapshot, constraints.All); err != nil {
		return nil, err
	}
	if w.estimated, err = solver.CompileEstimated(w.snapshot, constraints.All); err != nil {
		return nil, err
	}
	return w, nil
}
