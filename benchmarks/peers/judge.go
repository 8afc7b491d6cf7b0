package main

import (
	"errors"
	"fmt"
	"slices"

	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

// judge values answers by the words, and in the week with estimated ways by the engine.
type judge struct {
	week *week
	hard map[string]bool
}

func newJudge(w *week) *judge {
	j := &judge{week: w, hard: map[string]bool{}}
	for _, c := range constraints.All {
		j.hard[c.ID] = c.Level == solver.Hard
	}
	return j
}

// judge values the roster of pairs such as "x3_7", both ways, and mends it where it breaks rules.
func (j *judge) judge(pairs []string) (*Answer, error) {
	s, estimated := j.week.exact.NewState(), j.week.estimated.NewState()
	if err := errors.Join(join(s, pairs), join(estimated, pairs)); err != nil {
		return nil, err
	}
	a, breaking := j.value(s)
	if a.Broken > 0 {
		before := a.Placed
		moved := j.mend(s, breaking)
		if b, _ := j.value(s); b.Broken == 0 {
			a.Mended = &Mended{Value: b.Value, Moved: max(moved, before-b.Placed)}
		}
	}
	a.Estimated = j.estimate(estimated)
	return a, nil
}

// estimate values a state of the week with estimated ways.
func (j *judge) estimate(s *solver.State) *Estimated {
	e := &Estimated{}
	if s.Settle().Hard() > s.Unavoidable() {
		_, breaking := j.value(s)
		j.mend(s, breaking)
		e.Mended = true
	}
	score := s.Settle()
	e.Value, e.Legal = score.Value(), score.Hard() <= s.Unavoidable()
	return e
}

// value has the words look at a state's roster. It also gives the cases that are broken.
func (j *judge) value(s *solver.State) (*Answer, []solver.Violation) {
	roster := s.Roster()
	all := solver.Check(s.Snapshot, roster, s.Constraints())
	total := solver.Total(all, s.Constraints())
	a := &Answer{Value: total.Value(), Broken: max(0, total.Hard()-s.Unavoidable()), Placed: len(roster.Appointments)}
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
