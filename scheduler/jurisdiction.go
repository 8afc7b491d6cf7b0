package scheduler

import (
	"time"

	"github.com/communitypayback/payback/model"
)

// workingDays gives the working time of Monday to Friday in which nobody is told to come, where a jurisdiction has hours
// worked in leisure time only.
func workingDays(sn *model.Snapshot) []model.Span {
	from, until := model.Clock(sn.Policy.WorkFromMinutes), model.Clock(sn.Policy.WorkUntilMinutes)
	if from >= until {
		return nil
	}
	var busy []model.Span
	m := sn.Week.Monday()
	for d := m - 2; d < m+10; d++ {
		if day := d.Weekday(); day != time.Saturday && day != time.Sunday {
			busy = append(busy, sn.Calendar.Span(d, from, until))
		}
	}
	return busy
}

// remote reports whether somebody lives in a remote area: their own way to every project is beyond the ordinary limit.
func remote(sn *model.Snapshot, p *model.Person) bool {
	if sn.Policy.RemoteMaxMinutes == 0 || !p.Home.Known() {
		return false
	}
	for i := range sn.Projects {
		if sn.Travel.Minutes(p.Mode, p.At(), sn.Projects[i].At()) <= sn.Policy.TravelMaxMinutes {
			return false
		}
	}
	return true
}
