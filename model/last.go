package model

import "sort"

// Last is the latest session before the week that a person came to, or was told to come to where nothing is recorded of it
// yet; the zero value is none.
type Last struct {
	Project    ProjectCode
	Date       Date
	Supervisor SupervisorCode // empty: nobody is named
}

// Runs reports whether a standing slot comes round on a day, as [Slot.Runs] does.
func (s *Standing) Runs(d Date) bool {
	return Slot{Weekday: s.Weekday, Frequency: s.Frequency, StartDate: s.StartDate, EndDate: s.EndDate}.Runs(d)
}

// StandingOf gives the standing slots of a person, in order.
func (s *Snapshot) StandingOf(c CRN) []Standing {
	from := sort.Search(len(s.Standing), func(i int) bool { return s.Standing[i].CRN >= c })
	to := from
	for to < len(s.Standing) && s.Standing[to].CRN == c {
		to++
	}
	return s.Standing[from:to]
}
