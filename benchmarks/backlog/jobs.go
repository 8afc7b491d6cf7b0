package main

import (
	"fmt"

	"github.com/communitypayback/payback/benchmarks/backlog/play"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
)

// job names one run.
type job struct {
	way       string
	constants string // of the value of work, by name; "policy": the policy's own
	seed      uint64
	people    int
	weeks     int
	rounds    int // of the plan; 0 for the other ways
	nightly   bool
}

func (j job) String() string {
	s := fmt.Sprintf("%s, seed %d", j.way, j.seed)
	if j.constants != policyOwn {
		s += ", " + j.constants
	}
	if j.nightly {
		s += ", every night"
	}
	return s
}

// The ways of planning.
const (
	ours     = "payback"
	fcfs     = "first come"
	edf      = "deadline"
	standing = "standing slot"
)

var ways = []string{ours, fcfs, edf, standing}

// trainingFrom is the first of the training seeds, which are none of those held out.
const trainingFrom = 101

// wayOf gives the way of planning of a run, with no memory of any other.
func wayOf(j job) play.Way { //nolint:ireturn // there are several
	switch j.way {
	case fcfs:
		return play.FirstCome()
	case edf:
		return play.EarliestDeadline()
	case standing:
		return play.NewStanding()
	default:
		return play.Payback{Rounds: j.rounds}
	}
}

// policyOwn names the constants that the policy has.
const policyOwn = "policy"

// constants are the values of urgency that a run is made with in place of the policy's.
type constants struct {
	name string
	why  string
	set  []model.SetPolicy
}

func value(clause policy.ClauseID, v int64) model.SetPolicy {
	return model.SetPolicy{Clause: "urgency." + clause, Value: v}
}

func settingsOf(name string) []model.SetPolicy {
	for _, c := range frontier {
		if c.name == name {
			return c.set
		}
	}
	return nil
}

// jobs lists all runs, the most telling first.
func (p *plan) jobs() (all []job) {
	add := func(j job) {
		j.people, j.weeks = p.people, p.weeks
		if j.way == ours {
			j.rounds = p.rounds
		}
		all = append(all, j)
	}
	each := func(from, n int, j job) {
		for s := range n {
			j.seed = uint64(from + s)
			add(j)
		}
	}
	for _, way := range ways[1:] {
		each(1, p.held, job{way: way, constants: policyOwn})
	}
	each(1, p.held, job{way: ours, constants: policyOwn})
	for _, way := range ways {
		each(trainingFrom, p.training, job{way: way, constants: policyOwn})
	}
	for s := range max(p.frontier, p.training) { // by seed, so that a run cut short compares alike
		for _, from := range []int{1, trainingFrom} {
			most := p.frontier
			if from == trainingFrom {
				most = p.training
			}
			for _, c := range frontier {
				if s < most {
					add(job{way: ours, constants: c.name, seed: uint64(from + s)}) //nolint:gosec // seeds are small
				}
			}
		}
	}
	add(job{way: ours, constants: policyOwn, seed: 1, nightly: true})
	return all
}

// frontier are the constants that are tried besides the policy's own: each differs from them by what it names.
var frontier = []constants{
	{"as before", "the constants that a throwaway simulation had left", []model.SetPolicy{value("base", 500), value("pressure-max", 2000), value("late-pace", 1680),
		value("waiting-free", 4), value("waiting-max", 1800)}},
	{"no pressure", "all needs count alike, but for the pace", []model.SetPolicy{value("pressure-max", 0)}},
	{"more pressure", "whoever is behind comes before others", []model.SetPolicy{value("pressure-max", 1000)}},
	{"late as fast as can be", "whoever is past the target date works as much as a week allows", []model.SetPolicy{value("late-pace", 1680)}},
	{"no regard for ends", "the end of an order adds nothing", []model.SetPolicy{value("hard-end", 0)}},
	{"patient", "waiting counts from the thirteenth week on", []model.SetPolicy{value("waiting-free", 12)}},
	{"patient, then urgent", "the same, and twice as much", []model.SetPolicy{value("waiting-free", 12), value("waiting-week", 300)}},
	{"careful", "a chance of 3 % that more come than there are places for, in place of 5 %", []model.SetPolicy{{Clause: "places.chance", Value: 30},
		{Clause: "riders.chance", Value: 30}}},
	{"impatient", "waiting counts from the third week on, and twice as much", []model.SetPolicy{value("waiting-free", 2), value("waiting-week", 300)}},
}
