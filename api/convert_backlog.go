package api

import (
	paybackv1 "github.com/communitypayback/payback/api/gen/payback/v1"
	"github.com/communitypayback/payback/scheduler"
)

func backlogMessage(b *scheduler.Backlog, people, due bool) *paybackv1.GetBacklogResponse {
	m := &paybackv1.GetBacklogResponse{AsOf: dateText(b.AsOf), MinutesLeft: b.LeftMinutes, Counts: countsMessage(&b.Counts), UnlikelyByOrderEnd: count(b.AtHardEnd)}
	for i := range b.Months {
		m.Months = append(m.Months, &paybackv1.BacklogMonth{First: dateText(b.Months[i].First), Counts: countsMessage(&b.Months[i].Counts)})
	}
	if people {
		for i := range b.People {
			p := &b.People[i]
			m.People = append(m.People, &paybackv1.BacklogPerson{Forecast: forecastMessage(p.Forecast), TeamCode: string(p.Team), Band: string(p.Band), WeeksWaiting: p.WeeksWaiting})
		}
	}
	if due {
		for i := range b.Due {
			d := &b.Due[i]
			m.Due = append(m.Due, &paybackv1.BacklogDue{Due: dueMessages([]scheduler.Due{d.Due})[0], Crn: string(d.CRN), EventNumber: d.Event, TeamCode: string(d.Team), Why: d.Why})
		}
	}
	return m
}

func backlogDayMessage(d *scheduler.BacklogDay) *paybackv1.BacklogDay {
	return &paybackv1.BacklogDay{AsOf: dateText(d.AsOf), MinutesLeft: d.LeftMinutes, Counts: countsMessage(&d.Counts), UnlikelyByOrderEnd: count(d.AtHardEnd),
		Due: count(d.Due), Overdue: count(d.Overdue)}
}

func countsMessage(c *scheduler.BandCounts) *paybackv1.BacklogCounts {
	of := func(b scheduler.Band) int32 { return count(c.Of(b)) }
	return &paybackv1.BacklogCounts{OnTrack: of(scheduler.BandOnTrack), AtRisk: of(scheduler.BandAtRisk), Unlikely: of(scheduler.BandUnlikely),
		Past: of(scheduler.BandPast), Idle: of(scheduler.BandIdle)}
}
