package main

import (
	"slices"

	"github.com/communitypayback/payback/solver"
)

// mendPasses bounds how often broken cases are looked up anew.
const mendPasses = 40

// mend takes people out of the sessions of broken cases until nothing more is broken, the cheapest that helps first, or the whole
// group where nobody alone does; then puts each where they fit best, if anywhere. It gives how many it moved.
func (j *judge) mend(state *solver.State, breaking []solver.Violation) int {
	m := &mender{state}
	var out []solver.ActorIx
	for range mendPasses {
		helped := false
		for i := range breaking {
			if m.legal() {
				break
			}
			who, ok := m.easeOne(&breaking[i])
			out, helped = append(out, who...), helped || ok
		}
		if !helped {
			break
		}
		if m.legal() {
			break
		}
		_, breaking = j.value(state)
	}
	for _, a := range out {
		m.place(a)
	}
	m.Commit()
	return len(out)
}

// mender changes a state.
type mender struct{ *solver.State }

func (m *mender) legal() bool { return m.Settle().Hard() <= m.Unavoidable() }

// easeOne makes one case less bad by taking one of its people out of one of its sessions, or else everybody.
func (m *mender) easeOne(v *solver.Violation) (out []solver.ActorIx, ok bool) {
	s := m.State
	s.Commit()
	was := s.Settle()
	var (
		best solver.Score
		who  = solver.ActorIx(-1)
		from solver.SessionIx
	)
	for _, t := range m.sessionsOf(v) {
		for _, a := range m.peopleOf(v, t) {
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
	for _, t := range m.sessionsOf(v) {
		people := m.empty(t)
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
func (m *mender) sessionsOf(v *solver.Violation) []solver.SessionIx {
	var out []solver.SessionIx
	for _, k := range v.Sessions {
		if t, ok := m.SessionIx(k); ok {
			out = append(out, t)
		}
	}
	if len(out) > 0 {
		return out
	}
	for _, c := range v.Supervisors {
		if a, ok := m.SupervisorIx(c); ok {
			out = append(out, m.SessionsOf(a)...)
		}
	}
	for _, r := range v.Minibuses {
		if a, ok := m.MinibusIx(r); ok {
			out = append(out, m.SessionsOf(a)...)
		}
	}
	for _, c := range v.People {
		if a, ok := m.PersonIx(c); ok {
			out = append(out, m.SessionsOf(a)...)
		}
	}
	return out
}

// peopleOf gives the people of a case who are in a session; where it names none of them, all who are.
func (m *mender) peopleOf(v *solver.Violation, t solver.SessionIx) []solver.ActorIx {
	var named []solver.ActorIx
	for _, c := range v.People {
		if a, ok := m.PersonIx(c); ok && m.Has(a, t) {
			named = append(named, a)
		}
	}
	if len(named) > 0 {
		return named
	}
	return slices.Clone(m.In(solver.People, t))
}

// empty takes everybody out of a session, and gives the people.
func (m *mender) empty(t solver.SessionIx) []solver.ActorIx {
	people := slices.Clone(m.In(solver.People, t))
	for k := solver.People; k <= solver.Minibuses; k++ {
		for _, a := range slices.Clone(m.In(k, t)) {
			m.Leave(a, t)
		}
	}
	return people
}

// place puts a person into the session that is worth most, if one is and nothing breaks by it.
func (m *mender) place(a solver.ActorIx) {
	s := m.State
	s.Commit()
	was := s.Settle()
	type option struct {
		t    solver.SessionIx
		cost int64
	}
	var options []option
	for t := range solver.SessionIx(s.NumSessions()) {
		if m.Allowed(a, t) && !s.Has(a, t) && len(s.In(solver.People, t)) > 0 {
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
