package scheduler

import (
	"cmp"
	"slices"
	"strings"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// editor makes a person's edits to a roster of its own. Who sits where is changed here; the engine then works out times and
// trips of the sessions that were touched, by the same rules as in a search.
type editor struct {
	sn          *model.Snapshot
	roster      *model.Roster
	draft       *Draft
	who         string
	constraints []*solver.Constraint

	problem *solver.Problem // compiled for the first edit that moves anybody
	state   *solver.State
	touched []model.SessionKey
	edited  []model.CRN         // whose own sessions are others now
	emptied []model.SessionKey  // that were cancelled
	pins    []model.Appointment // that were asked for; only their keys and Pinned count
}

func (e *editor) all(edits []Edit) error {
	for i := range edits {
		if err := e.one(edits[i]); err != nil {
			return err
		}
	}
	e.settle()
	return e.pin()
}

func (e *editor) one(x Edit) error {
	var err error
	for _, k := range []*model.SessionKey{&x.From, &x.To} {
		if k.Project != "" {
			if *k, err = FindSession(e.sn, *k); err != nil {
				return err
			}
		}
	}
	switch both := x.From.Project != "" && x.To.Project != ""; {
	case (x.Kind == MovePerson || x.Kind == SwapPeople) && !both:
		return model.Errorf(model.CodeUsage, "found an edit that names one session; expected the one to go from and the one to go to, as PROJECT/DATE")
	case (x.Kind == MovePerson || x.Kind == SwapPeople) && x.From == x.To:
		return model.Errorf(model.CodeUsage, "found an edit from session %v to itself; expected another one", x.From)
	case (x.Kind == Pin || x.Kind == Unpin) && x.From.Project == "":
		return model.Errorf(model.CodeUsage, "found an edit about %s that names no session; expected one as PROJECT/DATE", x.CRN)
	}
	switch x.Kind {
	case AddPerson:
		return e.person(x.CRN, model.SessionKey{}, x.To)
	case RemovePerson:
		return e.person(x.CRN, x.From, model.SessionKey{})
	case MovePerson:
		return e.person(x.CRN, x.From, x.To)
	case SwapPeople:
		if err := e.person(x.CRN, x.From, x.To); err != nil {
			return err
		}
		return e.person(x.Other, x.To, x.From)
	case Pin, Unpin:
		e.pins = append(e.pins, model.Appointment{CRN: x.CRN, Session: x.From, Pinned: x.Kind == Pin})
		return nil
	case Cancel:
		return e.cancel(x.From)
	case Assign:
		return e.crew(x, x.To, true)
	case Unassign:
		return e.crew(x, x.From, false)
	case Waive:
		return e.waive(x.Waiver)
	case Release:
		return e.release(x.Item, x.Why)
	}
	return model.Errorf(model.CodeUsage, "found the edit %q; expected add, remove, move, swap, pin, unpin, cancel, assign, unassign, waive or release", x.Kind)
}

// open compiles the week and loads the roster, once.
func (e *editor) open() error {
	if e.state != nil {
		return nil
	}
	p, err := solver.Compile(e.sn, e.constraints)
	if err != nil {
		return err
	}
	e.problem, e.state = p, p.NewState()
	e.state.Load(e.roster)
	return nil
}

// person takes somebody out of one session and puts them into another; either may be none.
func (e *editor) person(crn model.CRN, from, to model.SessionKey) error {
	if from.Project == "" && to.Project == "" {
		return model.Errorf(model.CodeUsage, "found an edit about %s that names no session; expected one as PROJECT/DATE", crn)
	}
	if err := e.open(); err != nil {
		return err
	}
	a, ok := e.problem.PersonIx(crn)
	if !ok {
		return model.Errorf(model.CodeNotFound, "found CRN %s, which the region does not have; expected one of its %d people", crn, len(e.sn.People))
	}
	e.edited = append(e.edited, crn)
	return e.change(a, string(crn), from, to)
}

// change moves an actor.
func (e *editor) change(a solver.ActorIx, name string, from, to model.SessionKey) error {
	if from.Project != "" {
		t, _ := e.problem.SessionIx(from)
		if !e.state.Has(a, t) {
			return model.Errorf(model.CodeNotFound, "found %s not in session %v of this plan; expected somebody or something that is", name, from)
		}
		e.touch(a)
		e.state.Leave(a, t)
		e.touched = append(e.touched, from)
	}
	if to.Project != "" {
		t, _ := e.problem.SessionIx(to)
		if e.state.Has(a, t) {
			return model.Errorf(model.CodeConflict, "found %s in session %v of this plan already; nothing was changed", name, to)
		}
		e.state.Join(a, t)
		e.touch(a)
		e.touched = append(e.touched, to)
	}
	return nil
}

// touch marks every session of an actor: how long the last of a week is depends on the others.
func (e *editor) touch(a solver.ActorIx) {
	for _, t := range e.state.SessionsOf(a) {
		e.touched = append(e.touched, e.problem.Session(t).Key)
	}
}

// crew adds or takes away a supervisor or a minibus.
func (e *editor) crew(x Edit, k model.SessionKey, add bool) error {
	if k.Project == "" {
		return model.Errorf(model.CodeUsage, "found an edit about a supervisor or minibus that names no session; expected one as PROJECT/DATE")
	}
	if err := e.open(); err != nil {
		return err
	}
	var (
		a     solver.ActorIx
		known bool
		name  string
	)
	if x.Supervisor != "" {
		name = "supervisor " + string(x.Supervisor)
		a, known = e.problem.SupervisorIx(x.Supervisor)
	} else {
		name = "minibus " + string(x.Minibus)
		a, known = e.problem.MinibusIx(x.Minibus)
	}
	switch {
	case x.Supervisor == "" && x.Minibus == "":
		return model.Errorf(model.CodeUsage, "found an edit that names neither a supervisor nor a minibus; expected one")
	case !known:
		return model.Errorf(model.CodeNotFound, "found %s, which the region does not have; expected one of its own", name)
	case add:
		return e.change(a, name, model.SessionKey{}, k)
	default:
		return e.change(a, name, k, model.SessionKey{})
	}
}

// cancel empties a session.
func (e *editor) cancel(k model.SessionKey) error {
	if k.Project == "" {
		return model.Errorf(model.CodeUsage, "found a cancellation that names no session; expected one as PROJECT/DATE")
	}
	if err := e.open(); err != nil {
		return err
	}
	t, _ := e.problem.SessionIx(k)
	some := false
	for _, a := range slices.Clone(e.state.In(solver.People, t)) {
		e.edited = append(e.edited, e.problem.Person(a).CRN)
	}
	for _, kind := range []solver.ActorKind{solver.People, solver.Supervisors, solver.Minibuses} {
		for _, a := range slices.Clone(e.state.In(kind, t)) {
			e.touch(a)
			e.state.Leave(a, t)
			some = true
		}
	}
	if !some {
		return model.Errorf(model.CodeNotFound, "found nothing in session %v of this plan to cancel", k)
	}
	e.touched = append(e.touched, k)
	e.emptied = append(e.emptied, k)
	return nil
}

// settle takes the touched sessions as the engine has them now. Pins and outcomes stay where they were, wet plans as long as
// they hold, and so do the requirement and the times of everybody whose own week was not edited, and who is not in the
// region's facts any more. Breaks are made again.
func (e *editor) settle() {
	if e.state == nil {
		return
	}
	taken := map[model.SessionKey]bool{} // looked up only
	for _, k := range e.touched {
		taken[k] = true
	}
	was, is := e.roster, e.state.Roster()
	for i := range is.Appointments {
		a := &is.Appointments[i]
		all := was.In(a.Session)
		j := slices.IndexFunc(all, func(b model.Appointment) bool { return b.CRN == a.CRN })
		if j < 0 {
			continue
		}
		b := &all[j]
		a.Pinned, a.Outcome, a.Credited, a.Penalty = b.Pinned, b.Outcome, b.Credited, b.Penalty
		if !slices.Contains(e.edited, a.CRN) {
			a.Event, a.Span = b.Event, b.Span
		}
	}
	for _, a := range was.Appointments {
		if _, known := e.problem.PersonIx(a.CRN); !known && taken[a.Session] && !slices.Contains(e.emptied, a.Session) {
			is.Appointments = append(is.Appointments, a)
		}
	}
	is.Sort()
	e.roster = e.sheltered(compose(was, is, taken), is.WetPlans)
	makeBreaks(e.sn, e.roster, taken)
}

// pin sets and takes away pins.
func (e *editor) pin() error {
	for _, p := range e.pins {
		found := false
		for i := range e.roster.Appointments {
			if a := &e.roster.Appointments[i]; a.CRN == p.CRN && a.Session == p.Session {
				a.Pinned, found = p.Pinned, true
			}
		}
		if !found {
			return model.Errorf(model.CodeNotFound, "found %s not in session %v of this plan; expected an appointment that it has", p.CRN, p.Session)
		}
	}
	return nil
}

func (e *editor) waive(w model.Waiver) error {
	c := slices.IndexFunc(e.constraints, func(c *solver.Constraint) bool { return c.ID == w.Rule })
	switch {
	case c < 0:
		return model.Errorf(model.CodeNotFound, "found the rule %q, which there is not; expected one of the catalogue", w.Rule)
	case !e.constraints[c].Waivable || !slices.ContainsFunc(e.sn.Policy.Waive, func(id policy.ClauseID) bool { return string(id) == w.Rule }):
		return model.Errorf(model.CodeUnsafe, "The rule %s cannot be waived: the policy does not allow it. Nothing was changed.", w.Rule)
	case w.Why == "":
		return model.Errorf(model.CodeUsage, "found a waiver without a reason; say why")
	case w.Until != 0 && w.Until < e.sn.Week.Monday():
		return model.Errorf(model.CodeUsage, "found a waiver until %v, which ends before week %v begins; expected a later day", w.Until, e.sn.Week)
	case w.Subject == "" && w.Session == "":
		return model.Errorf(model.CodeUsage, "found a waiver that names neither a subject nor a session; expected one")
	}
	if w.Session != "" {
		k, err := model.ParseSessionKey(w.Session)
		if err != nil {
			return model.Errorf(model.CodeUsage, "%s", err)
		}
		if k, err = FindSession(e.sn, k); err != nil {
			return err
		}
		w.Session = k.String()
	}
	w.Who = e.who
	if w.Until == 0 {
		w.Until = e.sn.Week.Monday() + 6
	}
	if w.Subject == "" {
		w.Subject, _, _ = strings.Cut(w.Session, "/")
	}
	e.draft.Waivers = withWaivers(e.draft.Waivers, []model.Waiver{w})
	return nil
}

func (e *editor) release(item, why string) error {
	if item == "" || why == "" {
		return model.Errorf(model.CodeUsage, "found a release without a case or a reason; expected the case as check names it, and why")
	}
	x := model.Release{Item: item, Who: e.who, Why: why}
	e.draft.Releases = append(slices.DeleteFunc(slices.Clone(e.draft.Releases), func(r model.Release) bool { return r.Item == item }), x)
	slices.SortFunc(e.draft.Releases, func(a, b model.Release) int { return cmp.Compare(a.Item, b.Item) })
	return nil
}

// FindSession gives the session of a week that a key names; without a start (-1) the only one of that project and day. What
// there is not gives a [model.Error] with CodeNotFound that says what there is.
func FindSession(sn *model.Snapshot, k model.SessionKey) (model.SessionKey, error) {
	var same, near []string
	var found []model.SessionKey
	for i := range sn.Sessions {
		switch x := sn.Sessions[i].Key; {
		case x == k || k.Start < 0 && x.Project == k.Project && x.Date == k.Date:
			found = append(found, x)
		case x.Project == k.Project:
			same = append(same, x.String())
		case x.Date == k.Date && strings.HasPrefix(string(x.Project), string(k.Project)[:min(2, len(k.Project))]):
			near = append(near, string(x.Project))
		}
	}
	name := string(k.Project) + "/" + k.Date.String()
	if k.Start >= 0 {
		name = k.String()
	}
	const shown = 8
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		return k, model.Errorf(model.CodeUsage, "found %d sessions %s; say which by its start, as in %v", len(found), name, found[0])
	case len(same) > 0:
		return k, model.Errorf(model.CodeNotFound, "found no session %s in week %v; %s has %s", name, sn.Week, k.Project, strings.Join(same[:min(shown, len(same))], ", "))
	case len(near) > 0:
		return k, model.Errorf(model.CodeNotFound, "found no session %s in week %v; that day there are %s", name, sn.Week, strings.Join(near[:min(shown, len(near))], ", "))
	}
	return k, model.Errorf(model.CodeNotFound, "found no session %s in week %v; expected PROJECT/DATE of one of its %d sessions", name, sn.Week, len(sn.Sessions))
}
