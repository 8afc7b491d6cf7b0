package solver

import (
	"slices"

	"github.com/communitypayback/payback/model"
)

// holds has the words judge what the view shows: whether nothing is broken more than in the roster. It notes what is mended.
func (v *view) holds() bool {
	week, is := v.week(), map[string]int64{} // looked up only
	counts := func(x *Violation, own bool) bool {
		if own {
			return slices.ContainsFunc(x.People, v.moves)
		}
		return slices.ContainsFunc(x.Sessions, v.counted)
	}
	judge := func(r *model.Roster, cs []*Constraint) bool {
		for _, x := range Check(week, r, cs) {
			if about := x.about(); !x.Waived && counts(&x, v.ownRule(x.Constraint)) {
				if is[about] += x.Amount; is[about] > v.known()[about] {
					return false
				}
			}
		}
		return true
	}
	if !judge(v.now, v.rules(false, AtSite)) || !judge(v.ofMovers(), v.rules(true, AtSite)) || !judge(v.teamDays(), v.rules(false, TeamDay)) || !v.wholeWeek() {
		return false
	}
	for _, x := range v.cases {
		if v.scope(x.Constraint) != WholeWeek && counts(&x, v.ownRule(x.Constraint)) && is[x.about()] < x.Amount {
			v.mends = append(v.mends, x)
		}
	}
	return true
}

// ofMovers gives the weeks of those whose own weeks change, and what serves their sessions.
func (v *view) ofMovers() *model.Roster {
	r := *v.now
	r.Appointments = kept(r.Appointments, func(a *model.Appointment) bool { return v.moves(a.CRN) })
	return &r
}

// rules lists the rules that must hold and look so far, about one person's own week or others.
func (v *view) rules(own bool, s Scope) []*Constraint {
	var out []*Constraint
	for _, c := range v.state.constraints {
		if c.Level == Hard && c.Own == own && c.Scope == s {
			out = append(out, c)
		}
	}
	return out
}

func (v *view) rule(id string) *Constraint {
	return v.state.constraints[slices.IndexFunc(v.state.constraints, func(c *Constraint) bool { return c.ID == id })]
}

func (v *view) ownRule(id string) bool { return v.rule(id).Own }

func (v *view) scope(id string) Scope { return v.rule(id).Scope }

// counted reports whether a session is judged as a whole. Of others the view holds too little.
func (v *view) counted(k model.SessionKey) bool {
	t, ok := v.state.SessionIx(k)
	return ok && slices.Contains(v.judged, t)
}

// moves reports whether a person's whole week is in the view.
func (v *view) moves(c model.CRN) bool {
	a, ok := v.state.PersonIx(c)
	return ok && has(v.weeks, a)
}

// week gives the snapshot with no more sessions and no more of what was published than the view needs.
func (v *view) week() *model.Snapshot {
	sn := *v.state.Snapshot
	sites := map[model.ProjectCode]bool{} // looked up only
	days := map[model.Date]bool{}         // looked up only
	for _, k := range v.now.Sessions() {
		sites[k.Project], days[k.Date] = true, true
	}
	for _, w := range v.now.WetPlans {
		sites[w.Host] = true
	}
	near := func(k model.SessionKey) bool { return sites[k.Project] && days[k.Date] }
	sn.Sessions = kept(sn.Sessions, func(s *model.Session) bool { return near(s.Key) })
	if sn.Published != nil {
		was := sn.Published
		p := &model.Roster{Region: was.Region, Week: was.Week, Version: was.Version}
		for i := range sn.Sessions {
			k := sn.Sessions[i].Key
			p.Appointments = append(p.Appointments, was.In(k)...)
			p.Duties = append(p.Duties, was.DutiesOf(k)...)
			p.Trips = append(p.Trips, was.TripsOf(k)...)
			p.WetPlans = append(p.WetPlans, runOf(was.WetPlans, k, wetSession)...)
			p.Breaks = append(p.Breaks, runOf(was.Breaks, k, breakSession)...)
		}
		sn.Published = p
	}
	return &sn
}

// teamDays gives all that the teams of the changed sessions do on those days.
func (v *view) teamDays() *model.Roster {
	s := v.state
	x := &view{Explainer: v.Explainer, now: &model.Roster{Region: v.now.Region, Week: v.now.Week}}
	for _, t := range v.judged {
		x.now.Appointments = append(x.now.Appointments, v.now.In(s.Session(t).Key)...)
	}
	in := make([]bool, s.NumSessions())
	for _, t := range v.judged {
		in[t] = true
	}
	for _, t := range v.changed {
		for u := range SessionIx(s.NumSessions()) {
			if !in[u] && s.Session(u).Key.Date == s.Session(t).Key.Date && s.Project(u).Team == s.Project(t).Team {
				in[u] = true
				x.now.Appointments = append(x.now.Appointments, v.roster.In(s.Session(u).Key)...)
			}
		}
	}
	x.now.Sort()
	return x.now
}

// wholeWeek judges what no part of a roster can show. Such rules are few, and in force only where a region asks for them.
func (v *view) wholeWeek() bool {
	rules := v.rules(false, WholeWeek)
	if len(rules) == 0 || len(v.state.budgets) == 0 {
		return true
	}
	for _, x := range Check(v.state.Snapshot, v.whole(), rules) {
		if !x.Waived && x.Amount > v.most(rules) {
			return false
		}
	}
	return true
}

// most gives the largest case of some rules in the roster.
func (v *view) most(rules []*Constraint) (n int64) {
	for _, x := range v.cases {
		if slices.Contains(rules, v.rule(x.Constraint)) {
			n = max(n, x.Amount)
		}
	}
	return n
}

// whole gives the whole roster as it would be.
func (v *view) whole() *model.Roster {
	out := *v.roster
	changed := func(k model.SessionKey) bool {
		t, ok := v.state.SessionIx(k)
		return ok && slices.Contains(v.changed, t)
	}
	out.Appointments = kept(v.roster.Appointments, func(a *model.Appointment) bool {
		_, known := v.state.PersonIx(a.CRN)
		return !changed(a.Session) || !known
	})
	out.Duties = kept(v.roster.Duties, func(d *model.Duty) bool { return !changed(d.Session) })
	out.Trips = kept(v.roster.Trips, func(t *model.Trip) bool { return !changed(t.Session) })
	out.WetPlans = kept(v.roster.WetPlans, func(w *model.WetPlan) bool { return !changed(w.Session) })
	out.Breaks = kept(v.roster.Breaks, func(b *model.Breaks) bool { return !changed(b.Session) })
	for _, t := range v.changed {
		k := v.state.Session(t).Key
		out.Appointments = append(out.Appointments, v.now.In(k)...)
		out.Duties = append(out.Duties, v.now.DutiesOf(k)...)
		out.Trips = append(out.Trips, v.now.TripsOf(k)...)
		out.WetPlans = append(out.WetPlans, runOf(v.now.WetPlans, k, wetSession)...)
		out.Breaks = append(out.Breaks, runOf(v.now.Breaks, k, breakSession)...)
	}
	out.Sort()
	return &out
}

// With gives the roster as an option would make it.
func (e *Explainer) With(o *Option) *model.Roster {
	var out *model.Roster
	e.Prepare() // before anything changes
	e.try(func() {
		s := e.state
		hosts := slices.Clone(s.moved)
		var steps []step
		for _, m := range o.Moves() {
			steps = append(steps, e.stepsOf(m)...)
		}
		for _, y := range steps {
			if y.from >= 0 {
				s.Leave(y.actor, y.from)
			}
			if y.to >= 0 {
				s.Join(y.actor, y.to)
			}
		}
		s.Settle()
		out = e.look(steps, hosts).whole()
	})
	return out
}

// stepsOf gives the step that makes a move of this week.
func (e *Explainer) stepsOf(m Move) []step {
	a, ok := e.state.PersonIx(m.Person)
	if m.Supervisor != "" {
		a, ok = e.state.SupervisorIx(m.Supervisor)
	} else if m.Minibus != "" {
		a, ok = e.state.MinibusIx(m.Minibus)
	}
	if !ok {
		return nil
	}
	x := step{actor: a, from: -1, to: -1}
	if t, ok := e.state.SessionIx(m.From); ok {
		x.from = t
	}
	if t, ok := e.state.SessionIx(m.To); ok {
		x.to = t
	}
	return []step{x}
}
