package solver

import (
	"slices"

	"github.com/communitypayback/payback/model"
)

// What an option breaks and mends is said by the words. They look at the sessions that change, at those that share a site or a
// wet site with them, and at the weeks of whoever moves and of the crew: as far as [Scope] says that a rule looks. So an answer
// takes as long in a large region as in a small one.

// option tells a candidate as people read it. nil: the words find something broken that the roster does not break.
func (e *asker) option(c *prospect) *Option {
	o := &Option{Opens: c.opens, Change: c.score.Sub(e.score)}
	o.Move, o.With = e.moves(c)
	ok := false
	by := e.newPrices()
	e.try(func() {
		s := e.state
		hosts := slices.Clone(s.moved)
		for _, y := range c.steps {
			a, t, n := y.actor, y.to, int8(1)
			if t < 0 {
				t, n = y.from, -1
			}
			for rule, d := range s.DeltaBy(a, t, n) {
				by.add(rule, d[Soft])
			}
			if n < 0 {
				s.Leave(a, t)
			} else {
				s.Join(a, t)
			}
		}
		s.Settle()
		_, o.By = by.total(o.Change[Soft])
		v := e.look(c.steps, hosts)
		o.Retimed = v.retimed()
		ok = v.holds()
		o.Mends = v.mends
	})
	if !ok {
		return nil
	}
	return o
}

// view is the part of a roster that the words look at.
type view struct {
	*Explainer
	changed []SessionIx // that the engine writes otherwise than before, in order of time
	judged  []SessionIx // whose cases count: those, and who shares a site with them
	weeks   []ActorIx   // whose whole weeks are looked at besides
	now     *model.Roster
	mends   []Violation
}

// look gathers what steps bear on, in a state that has made them and is settled. hosts is where the groups moved before.
func (e *Explainer) look(steps []step, hosts []int8) *view {
	v := &view{Explainer: e, now: &model.Roster{Region: e.roster.Region, Week: e.roster.Week, Version: e.roster.Version}}
	s := e.state
	touched := some{s.Problem, make([]bool, s.NumSessions())}
	for _, y := range steps {
		for _, t := range [...]SessionIx{y.from, y.to} {
			if t >= 0 {
				touched.in[t] = true
			}
		}
		if s.Kind(y.actor) == People {
			for _, t := range s.joined[y.actor] {
				touched.in[t] = true
			}
		}
		v.weeks = append(v.weeks, y.actor)
	}
	for t, k := range s.moved {
		touched.in[t] = touched.in[t] || k != hosts[t]
	}
	is, was := touched.write(s), e.written()
	for t, in := range touched.in {
		if k := s.Session(SessionIx(t)).Key; in && !sameSession(was, is, k) {
			v.changed = append(v.changed, SessionIx(t))
			e.retell(v.now, k, was, is) // in the order of the sessions, so that they can be found
			for _, a := range e.roster.In(k) {
				if _, known := s.PersonIx(a.CRN); !known {
					v.now.Appointments = append(v.now.Appointments, a)
				}
			}
		}
	}
	v.gather()
	v.now.Sort()
	return v
}

// gather adds to the changed sessions what the words have to know besides.
func (v *view) gather() {
	s := v.state
	in := make([]bool, s.NumSessions())
	add := func(t SessionIx) {
		if !in[t] {
			in[t] = true
			v.judged = append(v.judged, t)
		}
	}
	for _, t := range v.changed {
		add(t)
	}
	for _, t := range v.changed { // before anything is copied, while the sessions of the view are in order
		if v.othersThere(t) {
			v.neighbours(t, add)
		}
		v.enemies(t, add)
		for _, k := range [...]ActorKind{Supervisors, Minibuses} {
			v.weeks = append(v.weeks, s.members[k][t]...)
		}
		driven := v.drivenAlike(s.Session(t).Key)
		for _, a := range s.members[People][t] {
			if !driven || v.isRetimed(a, t) {
				v.weeks = append(v.weeks, a)
			}
		}
	}
	for _, t := range v.judged[len(v.changed):] {
		v.copy(t, nil)
	}
	slices.Sort(v.weeks)
	v.weeks = slices.Compact(v.weeks)
	rest := make([]bool, s.NumSessions())
	for _, a := range v.weeks {
		for _, t := range s.joined[a] {
			if !in[t] && !rest[t] {
				rest[t] = true
				v.copy(t, v.weeks)
			}
		}
	}
}

// drivenAlike reports whether the trips of a session call where and when those of the roster do: otherwise somebody may get home
// at another time.
func (v *view) drivenAlike(k model.SessionKey) bool {
	calls := func(trips []model.Trip) []model.StopTime {
		if len(trips) == 0 {
			return nil
		}
		return trips[0].Stops // all of one session call alike
	}
	return slices.Equal(calls(v.roster.TripsOf(k)), calls(runOf(v.now.Trips, k, func(t model.Trip) model.SessionKey { return t.Session })))
}

// othersThere reports whether other people, supervisors or another wet site than before are in a session that changed. Another
// minibus or another time concerns nobody else at the site.
func (v *view) othersThere(t SessionIx) bool {
	k := v.state.Session(t).Key
	now := runOf(v.now.Appointments, k, func(a model.Appointment) model.SessionKey { return a.Session })
	return !slices.EqualFunc(v.roster.In(k), now, func(a, b model.Appointment) bool { return a.CRN == b.CRN }) ||
		!slices.Equal(v.roster.DutiesOf(k), runOf(v.now.Duties, k, func(d model.Duty) model.SessionKey { return d.Session })) ||
		!slices.Equal(runOf(v.roster.WetPlans, k, wetSession), runOf(v.now.WetPlans, k, wetSession))
}

// neighbours gives the sessions that share a site or a wet site with a session while it runs, before and after the change.
func (v *view) neighbours(t SessionIx, add func(SessionIx)) {
	s := v.state
	span := s.Session(t).Span
	sites := v.sitesOf(t)
	for u := range SessionIx(s.NumSessions()) {
		if !s.Session(u).Span.Overlaps(span) || u == t {
			continue
		}
		for _, site := range v.sitesOf(u) {
			if slices.Contains(sites, site) {
				add(u)
				break
			}
		}
	}
}

// enemies gives the sessions of the day with people whom somebody in a session must not meet.
func (v *view) enemies(t SessionIx, add func(SessionIx)) {
	s := v.state
	if s.apart.enemies == nil {
		return
	}
	for _, a := range s.members[People][t] {
		for _, x := range s.apart.enemies[a] {
			for _, u := range s.joined[x.who] {
				if s.Session(u).Key.Date == s.Session(t).Key.Date {
					add(u)
				}
			}
		}
	}
}

// sitesOf lists the site of a session and where it moves when it rains: by the roster, and by the state.
func (v *view) sitesOf(t SessionIx) []model.ProjectCode {
	s := v.state
	out := []model.ProjectCode{s.Session(t).Key.Project}
	if k := s.moved[t]; s.wet.any && k >= 0 {
		out = append(out, s.ProjectAt(s.wet.hosts[s.wet.exposed[t]][k].project).Code)
	}
	for _, w := range runOf(v.roster.WetPlans, s.Session(t).Key, wetSession) {
		out = append(out, w.Host)
	}
	return out
}

func wetSession(w model.WetPlan) model.SessionKey  { return w.Session }
func breakSession(b model.Breaks) model.SessionKey { return b.Session }

// runOf gives the run of a session in a list that is sorted by session.
func runOf[T any](all []T, k model.SessionKey, key func(T) model.SessionKey) []T {
	lo, _ := slices.BinarySearchFunc(all, k, func(x T, k model.SessionKey) int { return key(x).Compare(k) })
	hi := lo
	for hi < len(all) && key(all[hi]) == k {
		hi++
	}
	return all[lo:hi]
}

// copy adds a session as the roster has it: everybody, or only some.
func (v *view) copy(t SessionIx, only []ActorIx) {
	k := v.state.Session(t).Key
	for _, a := range v.roster.In(k) {
		if only != nil {
			if i, known := v.state.PersonIx(a.CRN); !known || !has(only, i) {
				continue
			}
		}
		v.now.Appointments = append(v.now.Appointments, a)
	}
	v.now.Duties = append(v.now.Duties, v.roster.DutiesOf(k)...)
	v.now.Trips = append(v.now.Trips, v.roster.TripsOf(k)...)
	v.now.WetPlans = append(v.now.WetPlans, runOf(v.roster.WetPlans, k, wetSession)...)
	v.now.Breaks = append(v.now.Breaks, runOf(v.roster.Breaks, k, breakSession)...)
}

func has(all []ActorIx, a ActorIx) bool {
	_, ok := slices.BinarySearch(all, a)
	return ok
}

// isRetimed reports whether somebody keeps a session, but not the time or pick-up they were given.
func (v *view) isRetimed(a ActorIx, t SessionIx) bool {
	k, crn := v.state.Session(t).Key, v.state.Person(a).CRN
	for _, was := range v.roster.In(k) {
		if was.CRN != crn {
			continue
		}
		for _, is := range v.now.Appointments {
			if is.CRN == crn && is.Session == k {
				return was.Span != is.Span || was.PickUp != is.PickUp || is.PickUp != "" && was.PickUpAt != is.PickUpAt
			}
		}
	}
	return false
}

// retimed lists who has to be told of another time or pick-up, by CRN.
func (v *view) retimed() []model.CRN {
	var out []model.CRN
	for _, t := range v.changed {
		for _, a := range v.state.members[People][t] {
			if v.isRetimed(a, t) {
				out = append(out, v.state.Person(a).CRN)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
