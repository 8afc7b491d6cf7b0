package solver

import (
	"cmp"
	"slices"

	"github.com/communitypayback/payback/model"
)

// Proposal is a change of the roster after which somebody may be in a session. The words have found that it breaks no case
// more than the roster did.
type Proposal struct {
	Person  model.CRN
	Session model.SessionKey
	Moves   []Move // people first, then supervisors, then minibuses; the person's own comes first
	// Retimed are people who keep their sessions, but not the times or the pick-up they were given.
	Retimed []model.CRN
	// Cost is by how much the score changes, in millipoints: thousandths of a minute of on-time work. Negative: the week gains.
	Cost   int64
	Roster *model.Roster // as it would be
}

// Move is one person, supervisor or minibus changing sessions. One of the two sessions may be none.
type Move struct {
	Person     model.CRN
	Supervisor model.SupervisorCode
	Minibus    model.Registration
	From, To   model.SessionKey // none: the zero key
}

// TellPeople lists the people who would have to be told: the moved and the retimed, by CRN.
func (p *Proposal) TellPeople() []model.CRN {
	out := slices.Clone(p.Retimed)
	for _, m := range p.Moves {
		if m.Person != "" {
			out = append(out, m.Person)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// TellSupervisors lists the supervisors who would have to be told, by code.
func (p *Proposal) TellSupervisors() []model.SupervisorCode {
	var out []model.SupervisorCode
	for _, m := range p.Moves {
		if m.Supervisor != "" {
			out = append(out, m.Supervisor)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// propose writes down what steps make of the roster and has the words look at it. nil: they find something broken.
func (e *Explainer) propose(a ActorIx, t SessionIx, steps []step, cost int64) *Proposal {
	var touched []SessionIx
	var movers []ActorIx
	for _, x := range steps {
		movers = append(movers, x.actor)
		for _, u := range [...]SessionIx{x.from, x.to} {
			if u >= 0 {
				touched = append(touched, u)
			}
		}
	}
	p := &Proposal{Person: e.state.Person(a).CRN, Session: e.state.Session(t).Key, Cost: cost}
	x := e.around(touched, movers)
	e.try(func() {
		for _, y := range steps {
			if y.from >= 0 {
				e.state.Leave(y.actor, y.from)
			}
			if y.to >= 0 {
				e.state.Join(y.actor, y.to)
			}
		}
		e.state.Settle()
		x.join(e.around(touched, movers))
		p.Roster = x.write(e.state)
	})
	var changed some
	p.Roster, changed = e.patched(x, x.of(e.written()), p.Roster)
	changed.join(e.weeks(changed, p.Roster))
	if len(e.added(changed, p.Roster, e.hard(true))) > 0 || len(e.added(x, p.Roster, e.hard(false))) > 0 {
		return nil
	}
	p.compare(x.of(e.roster), x.of(p.Roster))
	return p
}

// compare lists what differs between the same part of two rosters.
func (p *Proposal) compare(was, is *model.Roster) {
	for _, m := range shifts(was.Appointments, is.Appointments, func(a model.Appointment) seat { return seat{string(a.CRN), a.Session} }) {
		p.Moves = append(p.Moves, Move{Person: model.CRN(m.who), From: m.from, To: m.to})
	}
	slices.SortStableFunc(p.Moves, func(a, b Move) int {
		return cmp.Compare(boolean(a.Person != p.Person), boolean(b.Person != p.Person))
	})
	for _, m := range shifts(was.Duties, is.Duties, func(d model.Duty) seat { return seat{string(d.Supervisor), d.Session} }) {
		p.Moves = append(p.Moves, Move{Supervisor: model.SupervisorCode(m.who), From: m.from, To: m.to})
	}
	for _, m := range shifts(was.Trips, is.Trips, func(t model.Trip) seat { return seat{string(t.Minibus), t.Session} }) {
		p.Moves = append(p.Moves, Move{Minibus: model.Registration(m.who), From: m.from, To: m.to})
	}
	for i := range is.Appointments {
		b := &is.Appointments[i]
		for _, a := range was.In(b.Session) {
			if a.CRN == b.CRN && (a.Span != b.Span || a.PickUp != b.PickUp || a.PickUp != "" && a.PickUpAt != b.PickUpAt) {
				p.Retimed = append(p.Retimed, b.CRN)
			}
		}
	}
	slices.Sort(p.Retimed)
	p.Retimed = slices.Compact(p.Retimed)
}

func boolean(b bool) int {
	if b {
		return 1
	}
	return 0
}

// seat is somebody or something in a session.
type seat struct {
	who     string
	session model.SessionKey
}

// shift is a seat given up, taken, or both.
type shift struct {
	who      string
	from, to model.SessionKey
}

// shifts pairs up the seats that are given up and taken, by who they are.
func shifts[T any](was, is []T, of func(T) seat) []shift {
	seats := func(all []T) []seat {
		var out []seat
		for _, x := range all {
			out = append(out, of(x))
		}
		slices.SortFunc(out, compareSeats)
		return slices.Compact(out)
	}
	before, after := seats(was), seats(is)
	without := func(all, others []seat) []seat {
		return slices.DeleteFunc(slices.Clone(all), func(x seat) bool {
			_, ok := slices.BinarySearchFunc(others, x, compareSeats)
			return ok
		})
	}
	gone, come := without(before, after), without(after, before)
	var out []shift
	for len(gone)+len(come) > 0 {
		switch {
		case len(come) == 0 || len(gone) > 0 && gone[0].who < come[0].who:
			out = append(out, shift{who: gone[0].who, from: gone[0].session})
			gone = gone[1:]
		case len(gone) == 0 || come[0].who < gone[0].who:
			out = append(out, shift{who: come[0].who, to: come[0].session})
			come = come[1:]
		default:
			out = append(out, shift{come[0].who, gone[0].session, come[0].session})
			gone, come = gone[1:], come[1:]
		}
	}
	return out
}

func compareSeats(a, b seat) int {
	return cmp.Or(cmp.Compare(a.who, b.who), a.session.Compare(b.session))
}
