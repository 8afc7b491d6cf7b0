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
func wayOf(j job) play.Way {
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
	add(job{way: ours, constants: policyOwn, seed: 1, nightly: true})
	for _, c := range frontier {
		each(1, p.frontier, job{way: ours, constants: c.name})
	}
	for _, c := range frontier {
		each(trainingFrom, p.training, job{way: ours, constants: c.name})
	}
	return all
}

var frontier = []constants{}
