package solver

import "slices"

// trials lists single changes that mend something of what is broken now.
func (f *fixer) trials() []trial {
	var out []trial
	out = f.dropOwn(out)
	for _, t := range slices.Clone(f.touched) {
		out = f.standDown(out, t)
		if f.low(t) {
			out = f.bringAlong(out, t)
		}
		if f.staffed[t] {
			out = f.staff(out, t, Supervisors)
			out = f.staff(out, t, Minibuses)
		}
		if f.spent() && f.found {
			break
		}
	}
	return out
}

// dropOwn offers up the person's own other appointments.
func (f *fixer) dropOwn(out []trial) []trial {
	s := f.state
	for _, t := range s.joined[f.who] {
		if t == f.session || !f.removable(f.who, t) {
			continue
		}
		if d := s.Delta(f.who, t, -1); d[Hard] < 0 {
			out = append(out, trial{[]step{{f.who, t, -1}}, d[Soft]})
		}
	}
	return out
}

// standDown has members of a session leave it, for the place that is worth most to them if there is one.
func (f *fixer) standDown(out []trial, t SessionIx) []trial {
	s := f.state
	for _, b := range s.members[People][t] {
		if b == f.who || !f.removable(b, t) || f.joinedHere(b, t) {
			continue
		}
		d := s.Delta(b, t, -1)
		if d[Hard] >= 0 {
			continue
		}
		out = append(out, trial{[]step{{b, t, -1}}, d[Soft] + f.elsewhere(b, t)})
	}
	return out
}

// joinedHere reports whether a step put an actor into a session: it is not taken out again.
func (f *fixer) joinedHere(a ActorIx, t SessionIx) bool {
	return slices.ContainsFunc(f.steps, func(x step) bool { return x.actor == a && x.to == t })
}

// elsewhere gives what somebody would gain by the best place they could have once they left a session; 0: there is none.
func (f *fixer) elsewhere(b ActorIx, not SessionIx) (best int64) {
	s := f.state
	mark := s.Mark()
	s.Leave(b, not)
	for _, t := range f.sessions[b] {
		if t != not && !s.Has(b, t) && !f.left(b, t) {
			if d := s.Delta(b, t, 1); d[Hard] <= 0 && d[Soft] < best {
				best = d[Soft]
			}
		}
	}
	s.Undo(mark)
	return best
}

// low reports whether a counter of people in a session is too low: only then can more people mend it.
func (f *fixer) low(t SessionIx) bool {
	s := f.state
	for i := range s.grids {
		g := &s.grids[i]
		if g.shape != Hole && g.shape != Missing {
			continue
		}
		for _, col := range g.colList[g.colFrom[t]:g.colFrom[t+1]] {
			x := s.cells[g.offset+col]
			if hard, _ := g.cellPrice(col, x.v, x.guard); hard > 0 {
				return true
			}
		}
	}
	return false
}

// bringAlong has somebody else join a session, who may leave another place for it.
func (f *fixer) bringAlong(out []trial, t SessionIx) []trial {
	s := f.state
	for _, b := range f.of[People][t] {
		if f.spent() && len(out) > 0 {
			break
		}
		if b == f.who || s.Has(b, t) || f.left(b, t) {
			continue
		}
		d := s.Delta(b, t, 1)
		switch {
		case d[Hard] < 0:
			out = append(out, trial{[]step{{b, -1, t}}, d[Soft]})
		case d[Hard] <= 1 && len(s.joined[b]) > 0:
			out = f.bringOver(out, b, t)
		}
	}
	return out
}

// bringOver has somebody change from one of their sessions to another.
func (f *fixer) bringOver(out []trial, b ActorIx, t SessionIx) []trial {
	s := f.state
	for _, u := range slices.Clone(s.joined[b]) {
		if !f.removable(b, u) || f.joinedHere(b, u) {
			continue
		}
		f.worth(stepWork)
		mark, was := s.Mark(), s.Score()
		s.Leave(b, u)
		s.Join(b, t)
		if d := s.Score().Sub(was); d[Hard] < 0 {
			out = append(out, trial{[]step{{b, u, t}}, d[Soft]})
		}
		s.Undo(mark)
	}
	return out
}

// staff has a free supervisor or minibus join a session or take the place of another there. If that mends nothing, one that
// serves another session of the day is taken from it, and whoever it served is put out.
func (f *fixer) staff(out []trial, t SessionIx, k ActorKind) []trial {
	s := f.state
	had := len(out)
	for _, x := range f.of[k][t] {
		if f.mends(x, t) {
			out = append(out, trial{[]step{{x, -1, t}}, s.Delta(x, t, 1)[Soft]})
		}
	}
	for _, was := range slices.Clone(s.members[k][t]) {
		if !f.removable(was, t) || f.joinedHere(was, t) {
			continue
		}
		mark, score := s.Mark(), s.Score()
		s.Leave(was, t)
		for _, x := range f.of[k][t] {
			if x == was || s.Has(x, t) {
				continue
			}
			if d := s.Score().Add(s.Delta(x, t, 1)).Sub(score); d[Hard] < 0 {
				out = append(out, trial{[]step{{was, t, -1}, {x, -1, t}}, d[Soft]})
			}
		}
		s.Undo(mark)
	}
	if len(out) > had {
		return out
	}
	for _, x := range f.of[k][t] {
		if s.Has(x, t) {
			continue
		}
		for _, u := range slices.Clone(s.joined[x]) {
			if s.Session(u).Key.Date == s.Session(t).Key.Date && u != f.session {
				out = f.takeAway(out, x, u, t)
			}
		}
	}
	return out
}

// takeAway has a supervisor or minibus change from one session to another, which is closed if it cannot do without.
func (f *fixer) takeAway(out []trial, x ActorIx, from, to SessionIx) []trial {
	s := f.state
	if !f.removable(x, from) {
		return out
	}
	f.worth(stepWork)
	mark, was, alone := s.Mark(), s.Score(), s.Score()
	steps := []step{{x, from, to}}
	s.Leave(x, from)
	spare := s.Score()[Hard] <= alone[Hard]
	s.Join(x, to)
	if !spare {
		for k := range kinds {
			for _, b := range slices.Clone(s.members[k][from]) {
				if !f.removable(b, from) {
					s.Undo(mark)
					return out
				}
				steps = append(steps, step{b, from, -1})
				s.Leave(b, from)
			}
		}
	}
	if d := s.Score().Sub(was); d[Hard] < 0 {
		out = append(out, trial{steps, d[Soft]})
	}
	s.Undo(mark)
	return out
}

// offTheRoad has riders of the touched sessions leave them, where the exact trips break something that the counters do not see.
func (f *fixer) offTheRoad() []trial {
	s := f.state
	var out []trial
	broken := s.Settle()
	for _, t := range slices.Clone(f.touched) {
		if s.plans[t] == nil {
			continue
		}
		for _, b := range slices.Clone(s.plans[t].riders) {
			if b == f.who || !f.removable(b, t) || f.joinedHere(b, t) {
				continue
			}
			f.worth(tripWork)
			mark := s.Mark()
			s.Leave(b, t)
			if now := s.Settle(); now[Hard] < broken[Hard] {
				out = append(out, trial{[]step{{b, t, -1}}, now[Soft] - broken[Soft]})
			}
			s.Undo(mark)
		}
	}
	return out
}
