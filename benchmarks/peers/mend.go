package main

import (
	"slices"

	"github.com/communitypayback/payback/solver"
)

// mendPasses bounds how often broken cases are looked up anew.
const mendPasses = 40

// mend takes people out of the sessions of broken cases until nothing more is broken, the cheapest that helps first, or the whole
// group where nobody alone does; then puts each where they fit best, if anywhere. It gives how many it moved.
func (j *judge) mend(breaking []solver.Violation) int {
	var out []solver.ActorIx
	for range mendPasses {
		helped := false
		for i := range breaking {
			if j.state.Settle().Hard() <= j.problem.Unavoidable() {
				break
			}
			who, ok := j.easeOne(&breaking[i])
			out, helped = append(out, who...), helped || ok
		}
		if !helped {
			break
		}
		var a *Answer
		if a, breaking = j.value(); a.Broken == 0 {
			break
		}
	}
	for _, a := range out {
		j.place(a)
	}
	j.state.Commit()
	return len(out)
}

// easeOne makes one case less bad by taking one of its people out of one of its sessions, or else everybody.
func (j *judge) easeOne(v *solver.Violation) (out []solver.ActorIx, ok bool) {
	s := j.state
	s.Commit()
	was := s.Settle()
	var (
		best solver.Score
		who  = solver.ActorIx(-1)
		from solver.SessionIx
	)
	for _, t := range j.sessionsOf(v) {
		for _, a := range j.peopleOf(v, t) {
			s.Leave(a, t)
			now := s.Settle()
			if d := now.Sub(was); d.Hard() < 0 && (who < 0 || d.Less(best)) {
				best, who, from = d, a, t
			}
			s.Undo(0)
			s.Settle()
			s.Commit()
		}
	}
	if who >= 0 {
		s.Leave(who, from)
		s.Settle()
		s.Commit()
		return []solver.ActorIx{who}, true
	}
	for _, t := range j.sessionsOf(v) {
		people := j.empty(t)
		if s.Settle().Hard() < was.Hard() {
			s.Commit()
			return people, true
		}
		s.Undo(0)
		s.Settle()
		s.Commit()
	}
	return nil, false
}

// sessionsOf gives the sessions of a case; where it names none, those of its supervisors and minibuses.
func (j *judge) sessionsOf(v *solver.Violation) []solver.SessionIx {
	var out []solver.SessionIx
	for _, k := range v.Sessions {
		if t, ok := j.problem.SessionIx(k); ok {
			out = append(out, t)
		}
	}
	if len(out) > 0 {
		return out
	}
	for _, c := range v.Supervisors {
		if a, ok := j.problem.SupervisorIx(c); ok {
			out = append(out, j.state.SessionsOf(a)...)
		}
	}
	for _, r := range v.Minibuses {
		if a, ok := j.problem.MinibusIx(r); ok {
			out = append(out, j.state.SessionsOf(a)...)
		}
	}
	for _, c := range v.People {
		if a, ok := j.problem.PersonIx(c); ok {
			out = append(out, j.state.SessionsOf(a)...)
		}
	}
	return out
}

// peopleOf gives the people of a case who are in a session; where it names none of them, all who are.
func (j *judge) peopleOf(v *solver.Violation, t solver.SessionIx) []solver.ActorIx {
	var named []solver.ActorIx
	for _, c := range v.People {
		if a, ok := j.problem.PersonIx(c); ok && j.state.Has(a, t) {
			named = append(named, a)
		}
	}
	if len(named) > 0 {
		return named
	}
	return slices.Clone(j.state.In(solver.People, t))
}

// empty takes everybody out of a session, and gives the people.
func (j *judge) empty(t solver.SessionIx) []solver.ActorIx {
	people := slices.Clone(j.state.In(solver.People, t))
	for k := solver.People; k <= solver.Minibuses; k++ {
		for _, a := range slices.Clone(j.state.In(k, t)) {
			j.state.Leave(a, t)
		}
	}
	return people
}

// place puts a person into the session that is worth most, if one is and nothing breaks by it.
func (j *judge) place(a solver.ActorIx) {
	s := j.state
	s.Commit()
	was := s.Settle()
	type option struct {
		t    solver.SessionIx
		cost int64
	}
	var options []option
	for t := range solver.SessionIx(s.NumSessions()) {
		if j.problem.Allowed(a, t) && !s.Has(a, t) && len(s.In(solver.People, t)) > 0 {
			if d := s.Delta(a, t, 1); d.Hard() <= 0 && d.Value() > 0 {
				options = append(options, option{t, -d.Value()})
			}
		}
	}
	slices.SortFunc(options, func(x, y option) int {
		if x.cost != y.cost {
			if x.cost < y.cost {
				return -1
			}
			return 1
		}
		return int(x.t - y.t)
	})
	for _, o := range options[:min(len(options), 3)] {
		s.Join(a, o.t)
		if now := s.Settle(); now.Hard() <= was.Hard() && now.Less(was) {
			s.Commit()
			return
		}
		s.Undo(0)
		s.Settle()
		s.Commit()
	}
}
