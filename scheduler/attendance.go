package scheduler

import (
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/forecast"
)

// freezeAttendance estimates from what was recorded before the week how likely people come.
func freezeAttendance(sn *model.Snapshot, f *model.Facts) {
	t := trialsOf(sn, f.History, sn.Week.Monday())
	est := forecast.EstimateAttendance(sn.Policy, t.counts, t.trials)
	sn.Attendance = model.Attendance{Mean: est.Mean, Effects: est.Effects}
	for i := range sn.People {
		sn.People[i].Attendance = est.People[i]
	}
}

// trials is what a record says of coming: by person, in the order of the snapshot.
type trials struct {
	counts []forecast.Counts
	trials []forecast.Trial
	rows   []int // of the history, one a trial
}

// trialsOf gathers the outcomes of the snapshot's people before a day.
func trialsOf(sn *model.Snapshot, history []model.Appointment, before model.Date) trials {
	out := trials{counts: make([]forecast.Counts, len(sn.People))}
	index := make(map[model.CRN]int, len(sn.People))
	first := make([]int, len(sn.People)) // the trial of each person that was their first session; -1: none was
	for i := range sn.People {
		p := &sn.People[i]
		index[p.CRN], first[i] = i, -1
		out.counts[i] = forecast.Counts{Came: max(0, p.Attended), Missed: max(0, p.Missed)}
	}
	for i := range history {
		a := &history[i]
		who, known := index[a.CRN]
		if a.Session.Date >= before || a.Outcome.Presence() == model.NoRecord || !known {
			continue
		}
		if out.counts[who] == (forecast.Counts{}) {
			if at := first[who]; at < 0 || a.Session.Compare(history[out.rows[at]].Session) < 0 {
				first[who] = len(out.trials)
			}
		}
		out.trials = append(out.trials, forecast.Trial{Person: who, Traits: traitsOf(sn, &sn.People[who], a.Session), Came: a.Outcome.Presence() == model.Came})
		out.rows = append(out.rows, i)
	}
	for _, at := range first {
		if at >= 0 {
			out.trials[at].Traits |= forecast.First
		}
	}
	return out
}

// traitsOf gives what of a session held matters to whether a person came, but for whether it was their first.
func traitsOf(sn *model.Snapshot, p *model.Person, k model.SessionKey) forecast.Traits {
	at := sn.Project(k.Project)
	if at == nil {
		at = &model.Project{} // a project that has gone is not known to be of any kind, or far
	}
	return sn.SessionTraits(at, k.Date) | sn.WayTraits(false, sn.Travel.Minutes(p.Mode, p.At(), at.At()))
}
