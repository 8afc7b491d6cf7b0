package api

import (
	paybackv1 "github.com/communitypayback/payback/api/gen/payback/v1"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
)

// PersonMessage tells why somebody's week is as it is.
func PersonMessage(p *scheduler.PersonExplained, x *scheduler.Explained) *paybackv1.ExplainPersonResponse {
	m := &paybackv1.ExplainPersonResponse{Crn: string(p.CRN), MinutesNeeded: p.Needed, MinutesPlaced: p.Placed, AsOf: instantMoment(x.Snapshot.AsOf)}
	for i := range p.Appointments {
		m.Appointments = append(m.Appointments, appointmentExplained(&p.Appointments[i], x))
	}
	if p.NotPlaced != nil {
		m.NotPlaced = NotPlacedMessage(x.Snapshot.Week, p.NotPlaced)
	}
	if p.Forecast != nil {
		m.Forecast = forecastMessage(p.Forecast)
	}
	return m
}

func appointmentExplained(a *scheduler.AppointmentExplained, x *scheduler.Explained) *paybackv1.ExplainedAppointment {
	m := &paybackv1.ExplainedAppointment{Appointment: wall{&x.Snapshot.Calendar}.appointment(&a.Appointment), MustFix: caseMessages(a.Cases)}
	if a.Here != nil {
		m.WhyHere = hereMessage(a.Here)
	}
	return m
}

func hereMessage(h *solver.Here) *paybackv1.WhyHere {
	m := &paybackv1.WhyHere{
		Crn: string(h.Person), Session: h.Session.String(), WithoutMillipoints: h.Without, ByRule: shareMessages(h.By), Barred: count(h.Barred),
		Text: scheduler.HereText(h),
	}
	for _, c := range h.Holds {
		m.HoldingRules = append(m.HoldingRules, c.ID)
	}
	for _, y := range h.Instead {
		m.Alternatives = append(m.Alternatives, &paybackv1.Alternative{Session: y.Session.String(), CostMillipoints: y.Cost, ByRule: shareMessages(y.By)})
	}
	return m
}

func shareMessages(all []solver.RulePrice) []*paybackv1.PriceShare {
	var out []*paybackv1.PriceShare
	for _, p := range all {
		out = append(out, &paybackv1.PriceShare{Rule: p.Rule.ID, CostMillipoints: p.Price})
	}
	return out
}

// NotPlacedMessage tells why somebody is not in some sessions of a week.
func NotPlacedMessage(week model.Week, a *solver.Answer) *paybackv1.NotPlaced {
	m := &paybackv1.NotPlaced{
		Crn: string(a.Person), Week: week.String(), PlacedSessions: sessionTexts(a.Placed), Considered: count(a.Considered), Funnel: stepMessages(a.Funnel),
		Fact: a.Fact, SessionsTried: count(a.Tried), Text: scheduler.AnswerText(week, a),
		Scarce: &paybackv1.Scarcity{What: a.Scarce.What, Fact: a.Scarce.Fact, Hit: count(a.Scarce.Hit), Of: count(a.Scarce.Of)},
	}
	if a.Scarce.Rule != nil {
		m.Scarce.Rule = a.Scarce.Rule.ID
	}
	for _, p := range a.Places {
		m.Places = append(m.Places, &paybackv1.FreePlace{Session: p.Key.String(), CostMillipoints: p.Cost})
	}
	for _, n := range a.Nearest {
		miss := &paybackv1.NearestMiss{Session: n.Key.String()}
		for _, o := range n.Against {
			miss.BlockedBy = append(miss.BlockedBy, &paybackv1.Obstacle{Rule: o.Rule.ID, Title: o.Rule.Title, Fact: o.Fact, Cases: o.Cases, Messages: o.Words})
		}
		m.NearestMisses = append(m.NearestMisses, miss)
	}
	if c := a.Change; c != nil {
		m.Change = &paybackv1.ProposedChange{
			Session: c.Session.String(), RetimedCrns: texts(c.Retimed), TellCrns: texts(c.TellPeople()),
			TellSupervisorOfficerCodes: texts(c.TellSupervisors()), CostMillipoints: c.Cost,
		}
		for _, v := range c.Moves {
			m.Change.Moves = append(m.Change.Moves, &paybackv1.RosterMove{Crn: string(v.Person), SupervisorOfficerCode: string(v.Supervisor),
				Minibus: string(v.Minibus), FromSession: sessionText(v.From), ToSession: sessionText(v.To)})
		}
	}
	return m
}

func stepMessages(all []solver.Step) []*paybackv1.FunnelStep {
	var out []*paybackv1.FunnelStep
	for _, s := range all {
		out = append(out, &paybackv1.FunnelStep{Rule: s.Rule.ID, Title: s.Rule.Title, Fact: s.Fact, Removed: count(s.Removed), Remaining: count(s.Remaining)})
	}
	return out
}

// SessionMessage tells why a session is as it is.
func SessionMessage(y *scheduler.SessionExplained, x *scheduler.Explained) *paybackv1.ExplainSessionResponse {
	m := &paybackv1.ExplainSessionResponse{
		Session: y.Session.String(), Crns: texts(y.People), SupervisorOfficerCodes: texts(y.Supervisors), Minibuses: texts(y.Minibuses),
		Places: y.Places, MustFix: caseMessages(y.Cases), Suits: count(y.Reach.Suits), Funnel: stepMessages(y.Reach.Funnel),
		Free: count(y.Reach.Free), Closed: y.Reach.Closed, Text: scheduler.ReachText(y.Reach), AsOf: instantMoment(x.Snapshot.AsOf),
	}
	if y.Reach.Lack != nil {
		m.LackingRule = y.Reach.Lack.ID
	}
	for _, p := range y.Prices {
		m.Prices = append(m.Prices, &paybackv1.RulePrice{Rule: p.Rule, Cases: count(p.Cases), CostMillipoints: p.Cost})
	}
	return m
}

// WholeMessage tells what a roster is worth and why.
func WholeMessage(y *scheduler.RosterExplained, x *scheduler.Explained) *paybackv1.ExplainRosterResponse {
	m := &paybackv1.ExplainRosterResponse{Summary: summaryMessage(&y.Summary), MustFix: caseMessages(y.MustFix), Waived: caseMessages(y.Waived),
		AsOf: instantMoment(x.Snapshot.AsOf)}
	for _, p := range y.Prices {
		m.Prices = append(m.Prices, &paybackv1.PricedRule{Rule: p.Rule, Title: p.Title, Cases: count(p.Cases), CostMillipoints: p.Cost, Values: valueMessages(p.Values)})
	}
	for _, s := range y.Scarce {
		m.Scarce = append(m.Scarce, &paybackv1.ScarceCount{What: s.What, People: count(s.People)})
	}
	if y.Lacking != nil {
		m.Lacking = lackingMessage(y.Lacking)
	}
	return m
}

func ruleMessage(r *scheduler.RuleExplained) *paybackv1.Rule {
	return &paybackv1.Rule{Rule: r.ID, Title: r.Title, MustHold: r.Level == solver.Hard, Unit: r.Unit, On: r.On, Doc: r.Doc, Lack: r.Lack, Values: valueMessages(r.Values)}
}

func valueMessages(all []scheduler.PolicyValue) []*paybackv1.PolicyValue {
	var out []*paybackv1.PolicyValue
	for _, v := range all {
		out = append(out, &paybackv1.PolicyValue{Clause: string(v.ID), Text: v.Text, Value: v.Value, Unit: v.Unit, Since: v.Since, Mark: string(v.Mark),
			Source: v.Source, Waivable: v.Waivable})
	}
	return out
}

func forecastMessage(f *scheduler.Forecast) *paybackv1.PersonForecast {
	m := &paybackv1.PersonForecast{
		Crn: string(f.CRN), EventNumber: f.Event, AsOf: dateText(f.AsOf), State: string(f.State), MinutesLeft: f.Left, MinutesASession: f.Session,
		AttendancePermille: f.Chance, Outcomes: f.Outcomes, PlacesAWeekHundredths: f.PerWeek, LikelyFinish: dateText(f.Likely), EarlyFinish: dateText(f.Early),
		LateFinish: dateText(f.Late), TargetDate: dateText(f.Target), OrderEndDate: dateText(f.HardEnd), PastTarget: f.PastTarget,
		MinutesNeededAWeek: f.NeededMinutes, MinutesBookedAWeek: f.NeededBooked, Reviews: dueMessages(f.Reviews), Clocks: dueMessages(f.Clocks),
		Text: f.Answer, Assumes: f.Assumes,
	}
	if f.ByTarget >= 0 {
		m.ChanceByTargetPermille = &f.ByTarget
	}
	if f.ByHardEnd >= 0 {
		m.ChanceByEndPermille = &f.ByHardEnd
	}
	return m
}

func dueMessages(all []scheduler.Due) []*paybackv1.DueItem {
	var out []*paybackv1.DueItem
	for _, d := range all {
		out = append(out, &paybackv1.DueItem{Kind: string(d.Kind), By: dateText(d.By), Done: dateText(d.Done), State: string(d.State), Late: d.Late})
	}
	return out
}

// dateText is empty for no date.
func dateText(d model.Date) string {
	if d == 0 {
		return ""
	}
	return d.String()
}
