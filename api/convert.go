package api

import (
	paybackv1 "github.com/communitypayback/payback/api/gen/payback/v1"
	"github.com/communitypayback/payback/model"
)

// RosterMessage gives a roster as other systems read it. The roster may not be nil; the message shares nothing with it.
func RosterMessage(r *model.Roster) *paybackv1.Roster {
	m := &paybackv1.Roster{
		Region: r.Region, Week: r.Week.String(), Version: int32(r.Version), InputDigest: r.From.String(), //nolint:gosec // a week has few versions
	}
	for i := range r.Appointments {
		m.Appointments = append(m.Appointments, appointmentMessage(&r.Appointments[i]))
	}
	for _, d := range r.Duties {
		m.Duties = append(m.Duties, &paybackv1.Duty{Session: keyMessage(d.Session), SupervisorOfficerCode: string(d.Supervisor)})
	}
	for i := range r.Trips {
		m.Trips = append(m.Trips, tripMessage(&r.Trips[i]))
	}
	for _, p := range r.WetPlans {
		m.WetPlans = append(m.WetPlans, &paybackv1.WetPlan{Session: keyMessage(p.Session), HostProjectCode: string(p.Host)})
	}
	for _, b := range r.Breaks {
		plan := &paybackv1.BreakPlan{Session: keyMessage(b.Session)}
		for _, s := range b.Spans {
			plan.Spans = append(plan.Spans, spanMessage(s))
		}
		m.BreakPlans = append(m.BreakPlans, plan)
	}
	return m
}

func appointmentMessage(a *model.Appointment) *paybackv1.Appointment {
	m := &paybackv1.Appointment{
		Crn: string(a.CRN), EventNumber: a.Event, Session: keyMessage(a.Session), Span: spanMessage(a.Span),
		PickUpLocationCode: string(a.PickUp), SupervisorOfficerCode: string(a.Supervisor), Pinned: a.Pinned,
		ContactOutcomeCode: string(a.Outcome), MinutesCredited: a.Credited, PenaltyMinutes: a.Penalty,
	}
	if a.PickUp != "" {
		m.PickUpTime = instantMessage(a.PickUpAt)
	}
	return m
}

func tripMessage(t *model.Trip) *paybackv1.Trip {
	m := &paybackv1.Trip{
		Session: keyMessage(t.Session), Minibus: string(t.Minibus), DriverOfficerCode: string(t.Driver),
		Leaves: instantMessage(t.Leaves), Returns: instantMessage(t.Returns),
	}
	for _, s := range t.Stops {
		m.PickUps = append(m.PickUps, &paybackv1.PickUp{PickUpLocationCode: string(s.Stop), PickUpTime: instantMessage(s.At)})
	}
	return m
}

func keyMessage(k model.SessionKey) *paybackv1.SessionKey {
	return &paybackv1.SessionKey{ProjectCode: string(k.Project), Date: k.Date.String(), StartTime: k.Start.String()}
}

func spanMessage(s model.Span) *paybackv1.Span {
	return &paybackv1.Span{Start: instantMessage(s.Start), End: instantMessage(s.End)}
}

func instantMessage(t model.Instant) *paybackv1.Instant {
	return &paybackv1.Instant{UnixMinutes: int32(t)}
}
