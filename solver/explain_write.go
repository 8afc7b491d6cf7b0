package solver

import (
	"fmt"
	"slices"

	"github.com/communitypayback/payback/model"
)

// some is a set of sessions of a problem.
type some struct {
	*Problem
	in []bool
}

// around gives the sessions that a change of some can bear on: all of their days, and every session of everybody and
// everything in them. Rules look no further than a day, or than the week of one person, supervisor or minibus.
func (e *Explainer) around(touched []SessionIx, movers []ActorIx) some {
	s := e.state
	x := some{s.Problem, make([]bool, s.NumSessions())}
	for _, t := range touched {
		for u := range x.in {
			x.in[u] = x.in[u] || s.Session(SessionIx(u)).Key.Date == s.Session(t).Key.Date
		}
		for k := range kinds {
			movers = append(movers, s.members[k][t]...)
		}
	}
	for _, a := range movers {
		for _, u := range s.joined[a] {
			x.in[u] = true
		}
	}
	return x
}

// join adds the sessions of another set.
func (x some) join(o some) {
	for t, in := range o.in {
		x.in[t] = x.in[t] || in
	}
}

func (x some) has(k model.SessionKey) bool {
	t, ok := x.SessionIx(k)
	return ok && x.in[t]
}

// of gives the part of a roster that lies in the set, and the whole week of everybody in it: how long an appointment should be
// depends on the others of the person.
func (x some) of(r *model.Roster) *model.Roster {
	p := &model.Roster{Region: r.Region, Week: r.Week, Version: r.Version}
	in := map[model.CRN]bool{} // looked up only
	for i := range r.Appointments {
		if x.has(r.Appointments[i].Session) {
			in[r.Appointments[i].CRN] = true
		}
	}
	p.Appointments = kept(r.Appointments, func(a *model.Appointment) bool { return in[a.CRN] })
	p.Duties = kept(r.Duties, func(d *model.Duty) bool { return x.has(d.Session) })
	p.Trips = kept(r.Trips, func(t *model.Trip) bool { return x.has(t.Session) })
	p.WetPlans = kept(r.WetPlans, func(w *model.WetPlan) bool { return x.has(w.Session) })
	p.Breaks = kept(r.Breaks, func(b *model.Breaks) bool { return x.has(b.Session) })
	return p
}

func kept[T any](all []T, keep func(*T) bool) []T {
	var out []T
	for i := range all {
		if keep(&all[i]) {
			out = append(out, all[i])
		}
	}
	return out
}

// write gives the part of what the state holds that lies in the set, as [State.Roster] writes it. The state is settled.
func (x some) write(s *State) *model.Roster {
	r := &model.Roster{}
	wrote := make([]bool, s.NumActors(People))
	for t, in := range x.in {
		if !in {
			continue
		}
		s.writeSession(r, SessionIx(t))
		for _, a := range s.members[People][t] {
			if !wrote[a] {
				wrote[a] = true
				s.writeAppointments(r, a)
			}
		}
	}
	r = x.of(r)
	r.Sort()
	PlanBreaks(s.Snapshot, r)
	return r
}

// patched gives the explained roster with what the state changes: sessions that the engine writes otherwise than before are as
// it writes them now, all others stay as they were, whoever wrote them. It gives the sessions that changed too.
func (e *Explainer) patched(x some, was, is *model.Roster) (*model.Roster, some) {
	changed := some{x.Problem, make([]bool, len(x.in))}
	for t, in := range x.in {
		if in {
			changed.in[t] = !sameSession(was, is, x.Session(SessionIx(t)).Key)
		}
	}
	return e.patch(changed, was, is), changed
}

// patch gives the explained roster with some sessions as the engine writes them now.
func (e *Explainer) patch(changed some, was, is *model.Roster) *model.Roster {
	stays := func(k model.SessionKey) bool { return !changed.has(k) }
	old, out := e.roster, *e.roster
	out.Appointments = kept(old.Appointments, func(a *model.Appointment) bool {
		_, known := e.state.PersonIx(a.CRN)
		return stays(a.Session) || !known
	})
	out.Duties = kept(old.Duties, func(d *model.Duty) bool { return stays(d.Session) })
	out.Trips = kept(old.Trips, func(t *model.Trip) bool { return stays(t.Session) })
	out.WetPlans = kept(old.WetPlans, func(w *model.WetPlan) bool { return stays(w.Session) })
	out.Breaks = kept(old.Breaks, func(b *model.Breaks) bool { return stays(b.Session) })
	for t, in := range changed.in {
		if in {
			e.retell(&out, changed.Session(SessionIx(t)).Key, was, is)
		}
	}
	out.Sort()
	return &out
}

// retell adds a session that changed to a roster: as the engine writes it now, except for what it writes as before, which stays
// as it was told.
func (e *Explainer) retell(out *model.Roster, k model.SessionKey, was, is *model.Roster) {
	old := e.roster
	for _, a := range is.In(k) {
		out.Appointments = append(out.Appointments, asTold(old, was, a))
	}
	out.Duties = append(out.Duties, is.DutiesOf(k)...)
	out.Trips = append(out.Trips, is.TripsOf(k)...)
	out.WetPlans = append(out.WetPlans, rest(k, old.WetPlans, was.WetPlans, is.WetPlans, is, func(w model.WetPlan) model.SessionKey { return w.Session })...)
	out.Breaks = append(out.Breaks, rest(k, old.Breaks, was.Breaks, is.Breaks, is, func(b model.Breaks) model.SessionKey { return b.Session })...)
}

// weeks gives the sessions of everybody whom a changed session concerns: of the explained roster, and of what becomes of it.
func (e *Explainer) weeks(changed some, r *model.Roster) some {
	x := some{changed.Problem, make([]bool, len(changed.in))}
	note := func(crn model.CRN) {
		if a, ok := e.state.PersonIx(crn); ok {
			for _, t := range e.state.joined[a] {
				x.in[t] = true
			}
		}
	}
	for t, in := range changed.in {
		if !in {
			continue
		}
		for _, a := range e.state.members[People][t] {
			note(e.state.Person(a).CRN)
		}
		for _, a := range r.In(x.Session(SessionIx(t)).Key) {
			note(a.CRN)
		}
	}
	return x
}

// rest gives the wet plan or the breaks of a session: as the engine has them if it writes any there, otherwise as they were
// while there are people.
func rest[T any](k model.SessionKey, old, was, is []T, now *model.Roster, key func(T) model.SessionKey) []T {
	of := func(all []T) []T { return kept(all, func(x *T) bool { return key(*x) == k }) }
	if mine := of(is); len(mine)+len(of(was)) > 0 {
		return mine
	}
	if len(now.In(k)) == 0 {
		return nil
	}
	return of(old)
}

// asTold gives an appointment of a session that changed. Whatever the engine writes as before stays as the roster had it; pins
// and outcomes stay in any case.
func asTold(old, was *model.Roster, a model.Appointment) model.Appointment {
	find := func(r *model.Roster) *model.Appointment {
		all := r.In(a.Session)
		if i := slices.IndexFunc(all, func(b model.Appointment) bool { return b.CRN == a.CRN }); i >= 0 {
			return &all[i]
		}
		return nil
	}
	told, before := find(old), find(was)
	switch {
	case told == nil || before == nil:
		return a
	case *before == a:
		return *told
	}
	a.Pinned, a.Outcome, a.Credited, a.Penalty = told.Pinned, told.Outcome, told.Credited, told.Penalty
	if before.Span == a.Span && before.Event == a.Event {
		a.Span, a.Event = told.Span, told.Event
	}
	return a
}

// sameSession reports whether two rosters hold the same of a session.
func sameSession(a, b *model.Roster, k model.SessionKey) bool {
	plans := func(r *model.Roster) []model.WetPlan {
		return kept(r.WetPlans, func(w *model.WetPlan) bool { return w.Session == k })
	}
	breaks := func(r *model.Roster) []model.Breaks {
		return kept(r.Breaks, func(w *model.Breaks) bool { return w.Session == k })
	}
	return slices.Equal(a.In(k), b.In(k)) && slices.Equal(a.DutiesOf(k), b.DutiesOf(k)) && slices.EqualFunc(a.TripsOf(k), b.TripsOf(k), sameTrip) &&
		slices.Equal(plans(a), plans(b)) &&
		slices.EqualFunc(breaks(a), breaks(b), func(x, y model.Breaks) bool { return slices.Equal(x.Spans, y.Spans) })
}

func sameTrip(a, b model.Trip) bool {
	return a.Session == b.Session && a.Minibus == b.Minibus && a.Driver == b.Driver && a.Leaves == b.Leaves && a.Returns == b.Returns &&
		slices.Equal(a.Stops, b.Stops)
}

// hard lists the rules that must hold: those about one person's own week, or the others.
func (e *Explainer) hard(own bool) []*Constraint {
	var out []*Constraint
	for _, c := range e.state.constraints {
		if c.Level == Hard && c.Own == own {
			out = append(out, c)
		}
	}
	return out
}

// known gives the broken cases that the words find in the explained roster. It is only looked up.
func (e *Explainer) known() map[string]int64 {
	if e.broken == nil {
		e.broken = map[string]int64{}
		for _, v := range Check(e.state.Snapshot, e.roster, slices.Concat(e.hard(true), e.hard(false))) {
			if !v.Waived {
				e.broken[v.about()] += v.Amount
				e.cases = append(e.cases, v)
			}
		}
	}
	return e.broken
}

// about names a case by its rule and all it is about.
func (v *Violation) about() string {
	return fmt.Sprint(v.Constraint, v.Sessions, v.People, v.Supervisors, v.Minibuses)
}

// added has the words look at the part of a roster that lies in the set, and lists the cases that the explained roster does
// not have, or not as much. Cases of sessions outside the set say nothing: what they are about was left out.
func (e *Explainer) added(x some, r *model.Roster, rules []*Constraint) []Violation {
	var out []Violation
	sum := map[string]int64{} // looked up only
	for _, v := range Check(e.state.Snapshot, x.of(r), rules) {
		if v.Waived || len(v.Sessions) > 0 && !slices.ContainsFunc(v.Sessions, x.has) {
			continue
		}
		about := v.about()
		if sum[about] += v.Amount; sum[about] > e.known()[about] {
			out = append(out, v)
		}
	}
	return out
}
