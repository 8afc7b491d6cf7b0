package main

import (
	"fmt"
	"slices"

	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

// judge values answers by the words.
type judge struct {
	problem *solver.Problem
	state   *solver.State
	hard    map[string]bool
}

func newJudge(p *solver.Problem) *judge {
	j := &judge{problem: p, state: p.NewState(), hard: map[string]bool{}}
	for _, c := range constraints.All {
		j.hard[c.ID] = c.Level == solver.Hard
	}
	return j
}

// judge values the roster of pairs such as "x3_7", and mends it if it breaks rules.
func (j *judge) judge(pairs []string) (*Answer, error) {
	j.state = j.problem.NewState()
	if err := join(j.state, pairs); err != nil {
		return nil, err
	}
	j.state.Settle()
	j.state.Commit()
	a, breaking := j.value()
	if a.Broken == 0 {
		return a, nil
	}
	before := a.Placed
	moved := j.mend(breaking)
	b, _ := j.value()
	if b.Broken == 0 {
		a.Mended = &Mended{Value: b.Value, Moved: max(moved, before-b.Placed)}
	}
	return a, nil
}

// value has the words look at the state's roster. It also gives the cases that are broken.
func (j *judge) value() (*Answer, []solver.Violation) {
	roster := j.state.Roster()
	all := solver.Check(j.problem.Snapshot, roster, j.problem.Constraints())
	total := solver.Total(all, j.problem.Constraints())
	a := &Answer{Value: total.Value(), Broken: max(0, total.Hard()-j.problem.Unavoidable()), Placed: len(roster.Appointments)}
	if a.Broken == 0 {
		return a, nil
	}
	a.Breaks = map[string]int64{}
	all = slices.DeleteFunc(all, func(v solver.Violation) bool { return !j.hard[v.Constraint] || v.Waived })
	for i := range all {
		a.Breaks[all[i].Constraint] += all[i].Amount
	}
	return a, all
}

// join puts pairs into a state.
func join(s *solver.State, pairs []string) error {
	for _, name := range pairs {
		var a, t int
		if n, err := fmt.Sscanf(name, "x%d_%d", &a, &t); n != 2 || err != nil || a < 0 || t < 0 ||
			a >= int(s.First(solver.Minibuses))+s.NumActors(solver.Minibuses) || t >= s.NumSessions() {
			return fmt.Errorf("found %q in an answer; expected an actor and a session of the week, such as x3_7", name)
		}
		if !s.Has(solver.ActorIx(a), solver.SessionIx(t)) {
			s.Join(solver.ActorIx(a), solver.SessionIx(t))
		}
	}
	return nil
}

// pairNames names who is where in a state.
func pairNames(s *solver.State) []string {
	var names []string
	for a := range s.First(solver.Minibuses) + solver.ActorIx(s.NumActors(solver.Minibuses)) {
		for _, t := range s.SessionsOf(a) {
			names = append(names, fmt.Sprintf("x%d_%d", a, t))
		}
	}
	return names
}
