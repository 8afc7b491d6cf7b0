package api

import (
	paybackv1 "github.com/communitypayback/payback/api/gen/payback/v1"
	"github.com/communitypayback/payback/scheduler"
)

// lackingMessage says what is lacking as a message.
func lackingMessage(l *scheduler.Lacking) *paybackv1.Lacking {
	m := &paybackv1.Lacking{Workable: count(l.Workable), WithoutPlace: count(l.Without), Rest: count(l.Rest()), Sentences: scheduler.LackingText(l)}
	for _, c := range l.NoSession {
		m.NoSession = append(m.NoSession, &paybackv1.ScarceCount{What: c.What, People: count(c.People)})
	}
	if l.All != nil {
		m.All = shortageMessage(l.All)
	}
	for i := range l.Few {
		m.Few = append(m.Few, shortageMessage(&l.Few[i]))
	}
	return m
}

func shortageMessage(s *scheduler.Shortage) *paybackv1.Shortage {
	m := &paybackv1.Shortage{
		People: count(s.People), Held: count(s.Held), Lack: count(s.Lack()), WithoutPlace: count(s.Without), Driving: s.Driving,
		Sessions: count(s.Sessions), MoreDuties: count(s.More()),
	}
	for _, c := range s.Supervisors {
		m.SupervisorCodes = append(m.SupervisorCodes, string(c))
	}
	for _, r := range s.Minibuses {
		m.Registrations = append(m.Registrations, string(r))
	}
	for _, d := range s.Staffed {
		m.Dates = append(m.Dates, dateText(d))
	}
	for _, k := range s.Rooms {
		m.SessionsByRoom = append(m.SessionsByRoom, k.String())
	}
	return m
}
