package solver

import (
	"slices"

	"github.com/communitypayback/payback/model"
)

// option adds what the state holds to the options, if it is one more: other people are told, or more work is kept.
func (m *mender) option(out *Repair) {
	r, ok := m.write()
	if !ok || len(r.Moves)+len(r.Mends) == 0 { // what changes nothing and mends nothing is no choice
		return
	}
	for i := range out.Options {
		o := &out.Options[i]
		if o.Score == r.Score || len(o.Told) <= len(r.Told) && !r.Score.Less(o.Score) {
			return
		}
	}
	out.Options = append(out.Options, r)
	if m.options.OnOption != nil {
		m.options.OnOption(r)
	}
}

// write writes the state down and has the words judge it. Sessions that the engine would write as it would the published
// roster's stay as they were told. False: the words find more broken than in the published roster.
func (m *mender) write() (Repaired, bool) {
	m.Settle()
	every := some{m.from.state.Problem, slices.Repeat([]bool{true}, m.NumSessions())}
	is := every.write(m.State)
	r := Repaired{}
	changed, was := some{m.from.state.Problem, make([]bool, m.NumSessions())}, m.unbroken()
	for t := range changed.in {
		changed.in[t] = slices.Contains(m.sore, SessionIx(t)) || !sameSession(was, is, m.Session(SessionIx(t)).Key)
	}
	r.Roster = m.from.patch(changed, was, is)
	m.keepDetails(r.Roster)
	r.Roster.From = m.digest
	keepFrozen(m.Snapshot, r.Roster)
	found := Check(m.Snapshot, r.Roster, m.constraints)
	if !m.judge(&r, found) {
		return r, false
	}
	r.compare(m.Snapshot.Published)
	return r, true
}

// unbroken gives the published roster as the engine writes it, without the sore sessions: what is broken there is never kept as
// it was told, even if the engine would have written it otherwise all along.
func (m *mender) unbroken() *model.Roster {
	out := *m.from.written()
	fine := func(k model.SessionKey) bool {
		t, ok := m.SessionIx(k)
		return !ok || !slices.Contains(m.sore, t)
	}
	out.Appointments = kept(out.Appointments, func(a *model.Appointment) bool { return fine(a.Session) })
	out.Duties = kept(out.Duties, func(d *model.Duty) bool { return fine(d.Session) })
	out.Trips = kept(out.Trips, func(t *model.Trip) bool { return fine(t.Session) })
	out.WetPlans = kept(out.WetPlans, func(w *model.WetPlan) bool { return fine(w.Session) })
	out.Breaks = kept(out.Breaks, func(b *model.Breaks) bool { return fine(b.Session) })
	return &out
}

// judge compares what the words find with what they find in the published roster.
func (m *mender) judge(r *Repaired, found []Violation) bool {
	has := map[string]int64{} // looked up only
	for i := range found {
		v := &found[i]
		if !m.mustHold(v) {
			continue
		}
		about := v.about()
		if has[about] += v.Amount; has[about] > m.had[about] {
			return false
		}
		if has[about] > m.known[about] {
			r.Left = append(r.Left, *v)
		}
	}
	for i := range m.was {
		if v := &m.was[i]; m.mustHold(v) && has[v.about()] < v.Amount {
			r.Mends = append(r.Mends, *v)
		}
	}
	by := m.from.newPrices()
	m.priced(by, m.was, -1)
	m.priced(by, found, 1)
	r.Score = Total(found, m.constraints)
	r.Change = r.Score.Sub(Total(m.was, m.constraints))
	for i, p := range by.of {
		if p != 0 {
			r.By = append(r.By, RulePrice{m.constraints[i], p})
		}
	}
	return true
}

// mustHold reports whether a case is one of a rule that must hold, and not set aside.
func (m *mender) mustHold(v *Violation) bool {
	return !v.Waived && m.constraints[m.ruleAt[v.Constraint]].Level == Hard
}

// priced adds the prices among violations up by rule.
func (m *mender) priced(by prices, all []Violation, sign int64) {
	for i := range all {
		if at := m.ruleAt[all[i].Constraint]; m.constraints[at].Level == Soft && !all[i].Waived {
			by.of[at] += sign * all[i].Amount
		}
	}
}

// compare lists what differs from the published roster.
func (r *Repaired) compare(was *model.Roster) {
	p := Proposal{}
	p.compare(was, r.Roster)
	r.Moves, r.Retimed = p.Moves, p.Retimed
	for _, x := range r.Moves {
		switch {
		case x.Person != "":
			r.Told = append(r.Told, x.Person)
		case x.Supervisor != "":
			r.Crew = append(r.Crew, x.Supervisor)
		}
	}
	slices.Sort(r.Told)
	r.Told = slices.Compact(r.Told)
	slices.Sort(r.Crew)
	r.Crew = slices.Compact(r.Crew)
	r.Retimed = slices.DeleteFunc(r.Retimed, func(c model.CRN) bool { return slices.Contains(r.Told, c) })
	for i := range r.Roster.Appointments {
		r.Minutes += int64(r.Roster.Appointments[i].Minutes())
	}
	for i := range was.Appointments {
		r.Minutes -= int64(was.Appointments[i].Minutes())
	}
}

// cover says who could stand in where supervisors or minibuses are missing: those are sessions that have lost one.
func (m *mender) cover(out *Repair) {
	const most = 3
	for _, t := range m.sore {
		for _, kind := range [...]ActorKind{Supervisors, Minibuses} {
			if !m.lost(kind, t) {
				continue
			}
			if r, err := m.from.recommendInto(kind, m.Session(t).Key, "", most); err == nil {
				out.Cover = append(out.Cover, Cover{m.Session(t).Key, kind, r})
			}
		}
	}
}

// lost reports whether a session was published with somebody or something of a kind that can no longer be there.
func (m *mender) lost(k ActorKind, t SessionIx) bool {
	key, was := m.Session(t).Key, m.Snapshot.Published
	if m.Session(t).Bar != model.Open {
		return false
	}
	if k == Supervisors {
		return slices.ContainsFunc(was.DutiesOf(key), func(d model.Duty) bool {
			a, known := m.SupervisorIx(d.Supervisor)
			return !known || !m.Allowed(a, t)
		})
	}
	return slices.ContainsFunc(was.TripsOf(key), func(x model.Trip) bool {
		a, known := m.MinibusIx(x.Minibus)
		return !known || !m.Allowed(a, t)
	})
}
