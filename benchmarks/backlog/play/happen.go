package play

import (
	"cmp"
	"slices"

	"github.com/communitypayback/payback/benchmarks/instance"
	"github.com/communitypayback/payback/model"
)

// happen plays one day: its sessions are held, and orders end.
func (r *region) happen(on model.Date, m *Measures) {
	if t := r.of(model.WeekOf(on)); t != nil {
		all := t.roster.Appointments
		for from := 0; from < len(all); {
			to := from + 1
			for to < len(all) && all[to].Session == all[from].Session {
				to++
			}
			if all[from].Session.Date == on {
				r.hold(t, all[from:to], m)
			}
			from = to
		}
	}
	for i := range r.facts.People {
		for j := range r.facts.People[i].Requirements {
			if q := &r.facts.People[i].Requirements[j]; q.Status == model.Active && q.HardEnd == on {
				q.Status = model.Complete
				r.done[order{r.facts.People[i].CRN, q.Event}] = on
				m.Ended++
				m.LostMinutes += int64(left(q))
				r.fares.ended(r.facts.People[i].Sex, left(q))
			}
		}
	}
}

// hold holds one session: the people are those who were told to come.
func (r *region) hold(t *told, people []model.Appointment, m *Measures) {
	sn, k := t.snapshot, people[0].Session
	at := sn.Project(k.Project)
	here := r.staff(t.roster, k)
	places, seats := sn.PlacesIn(here, at, k), sn.SeatsIn(here, k)
	order := make([]*model.Appointment, len(people))
	for i := range people {
		order[i] = &people[i]
	}
	slices.SortStableFunc(order, func(a, b *model.Appointment) int { return cmp.Compare(r.turn(a), r.turn(b)) })
	for _, a := range order {
		p, q := sn.Person(a.CRN), r.requirement(a)
		if q == nil || q.Status != model.Active {
			continue // their order is done: nobody expects them
		}
		d := r.chance.of("comes", string(a.CRN), k.Date)
		traits := sn.SessionTraits(at, k.Date) | sn.WayTraits(p.Outcomes == 0, sn.Travel.Minutes(p.Mode, p.At(), at.At()))
		comes := d.IntN(permille) < int(instance.Comes(r.truth[a.CRN], traits))
		rides := a.PickUp != ""
		m.Booked++
		switch {
		case at.Supervised() && len(here.Duties) == 0 || rides && len(here.Trips) == 0:
			a.Outcome = "AASD"
			m.StoodDown++
		case !comes:
			a.Outcome = "UACP"
			if d.IntN(permille) < explained {
				a.Outcome = "AAME"
			}
		case places < sn.PlacesTaken(p, at) || rides && seats < p.Needs():
			a.Outcome = "ATSS"
			m.TurnedAway++
		default:
			places -= sn.PlacesTaken(p, at)
			if rides {
				seats -= p.Needs()
			}
			a.Outcome, a.Credited = "ATTC", min(a.Minutes(), left(q))
			r.credit(q, a, at, m)
		}
	}
}

// staff gives who and what is there for a session: those who are not ill, and the minibuses that they drive.
func (r *region) staff(roster *model.Roster, k model.SessionKey) *model.Roster {
	here := &model.Roster{Week: roster.Week}
	ill := func(s model.SupervisorCode) bool { return r.chance.ill(s, k.Date, k.Date) }
	for _, d := range roster.DutiesOf(k) {
		if !ill(d.Supervisor) {
			here.Duties = append(here.Duties, d)
		}
	}
	for _, t := range roster.TripsOf(k) {
		if !ill(t.Driver) {
			here.Trips = append(here.Trips, t)
		}
	}
	return here
}

// turn orders those who come to a session by when they arrive.
func (r *region) turn(a *model.Appointment) uint64 {
	return r.chance.of("arrives", string(a.CRN), a.Session.Date).Uint64()
}

// requirement gives what an appointment counts towards, as it stands; nil: the person has left.
func (r *region) requirement(a *model.Appointment) *model.Requirement {
	i, ok := slices.BinarySearchFunc(r.facts.People, a.CRN, func(p model.Person, c model.CRN) int { return cmp.Compare(p.CRN, c) })
	if !ok {
		return nil
	}
	return r.facts.People[i].Requirement(a.Event)
}

// credit adds what somebody worked.
func (r *region) credit(q *model.Requirement, a *model.Appointment, at *model.Project, m *Measures) {
	q.Completed += a.Credited
	if at.Kind == model.ETE {
		q.ETEDone += a.Credited
	}
	m.Attended++
	m.CreditedMinutes += int64(a.Credited)
	if left(q) > 0 {
		return
	}
	q.Status = model.Complete
	r.done[order{a.CRN, a.Event}] = a.Session.Date
	r.fares.completed(r.sexOf(a.CRN), a.Session.Date <= q.Target)
	if a.Session.Date <= q.Target {
		m.OnTime++
	} else {
		m.Late++
	}
}
