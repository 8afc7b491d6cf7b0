package play

import (
	"slices"

	"github.com/communitypayback/payback/model"
)

// Measures is what became of everybody.
type Measures struct {
	OnTime      int   `json:"on_time"`      // orders completed by their target date
	Late        int   `json:"late"`         // completed after it
	Ended       int   `json:"ended"`        // ended with minutes left
	LostMinutes int64 `json:"lost_minutes"` // these minutes

	Booked          int   `json:"booked"` // appointments
	Attended        int   `json:"attended"`
	CreditedMinutes int64 `json:"credited_minutes"`
	TurnedAway      int   `json:"turned_away"` // came, and more had come than there was room for
	StoodDown       int   `json:"stood_down"`  // whose session did not run, or whose minibus did not
	// Told counts people, once each week, who have a place at another time or project than the last time they had one.
	Told int `json:"told"`
	// Changed counts people, once each night, whose week was changed after they had been told of it.
	Changed int `json:"changed"`

	// LongestWait is the most weeks in a row in which somebody had no place, of the weeks in which some session would have
	// suited them, and LongWaits how many people waited so for more than a quarter of a year.
	LongestWait int `json:"longest_wait"`
	LongWaits   int `json:"long_waits"`

	Register    int   `json:"register"`      // people with an order at the end
	LeftMinutes int64 `json:"left_minutes"`  // of their work
	PastTarget  int   `json:"past_target"`   // of them
	FirstInTime int   `json:"first_in_time"` // newcomers booked for a first session by its day
	FirstLate   int   `json:"first_late"`    // newcomers who were not
	Refused     int   `json:"refused"`       // plans made again that broke a rule, so that what people were told stayed
}

// longWait is what counts as a long wait, in weeks.
const longWait = 13

// slot is where and when somebody works in a week.
type slot struct {
	project model.ProjectCode
	weekday int8
	start   model.Clock
}

// log keeps from week to week what measures need.
type log struct {
	*Measures
	waits map[model.CRN]int
	long  map[model.CRN]bool
	slots map[model.CRN][]slot
	first map[model.CRN]bool // newcomers whose first session is settled
}

func newLog() *log {
	return &log{Measures: &Measures{}, waits: map[model.CRN]int{}, long: map[model.CRN]bool{}, slots: map[model.CRN][]slot{}, first: map[model.CRN]bool{}}
}

// week counts a week by what people were told of it. Suits tells whether some session of the week would suit a person.
func (l *log) week(sn *model.Snapshot, r *model.Roster, suits func(i int) bool) {
	booked := map[model.CRN][]slot{} // looked up only
	first := map[model.CRN]model.Date{}
	for _, a := range r.Appointments {
		booked[a.CRN] = append(booked[a.CRN], slot{a.Session.Project, int8(a.Session.Date.Weekday()), a.Session.Start})
		if d, ok := first[a.CRN]; !ok || a.Session.Date < d {
			first[a.CRN] = a.Session.Date
		}
	}
	for i := range sn.People {
		p := &sn.People[i]
		if p.Current(sn.Week) == nil {
			continue
		}
		now := booked[p.CRN]
		l.firstSession(sn, p, first[p.CRN], suits(i))
		if now == nil {
			if suits(i) {
				l.waits[p.CRN]++
				l.LongestWait = max(l.LongestWait, l.waits[p.CRN])
				if l.waits[p.CRN] > longWait && !l.long[p.CRN] {
					l.long[p.CRN] = true
					l.LongWaits++
				}
			}
			continue
		}
		l.waits[p.CRN] = 0
		if !slices.Equal(now, l.slots[p.CRN]) {
			l.Told++
		}
		l.slots[p.CRN] = now
	}
}

// firstSession counts newcomers by whether they are booked for a first session by its day.
func (l *log) firstSession(sn *model.Snapshot, p *model.Person, on model.Date, suited bool) {
	if p.FirstDue == 0 || l.first[p.CRN] || !suited {
		return
	}
	switch {
	case on != 0 && on <= p.FirstDue:
		l.FirstInTime++
		l.first[p.CRN] = true
	case p.FirstDue < sn.Week.Monday()+7:
		l.FirstLate++
		l.first[p.CRN] = true
	}
}

// end counts what is left.
func (l *log) end(f *model.Facts, on model.Date) {
	for i := range f.People {
		for j := range f.People[i].Requirements {
			q := &f.People[i].Requirements[j]
			if q.Status != model.Active {
				continue
			}
			l.Register++
			l.LeftMinutes += int64(left(q))
			if q.Target < on {
				l.PastTarget++
			}
		}
	}
}

// changed counts the people who have to be told that their week is another.
func changed(was, is *model.Roster) int {
	type where struct {
		k  model.SessionKey
		s  model.Span
		by model.StopCode
	}
	all := map[model.CRN]map[where]int{} // looked up and counted only
	note := func(r *model.Roster, n int) {
		for i := range r.Appointments {
			a := &r.Appointments[i]
			if all[a.CRN] == nil {
				all[a.CRN] = map[where]int{}
			}
			all[a.CRN][where{a.Session, a.Span, a.PickUp}] += n
		}
	}
	note(was, 1)
	note(is, -1)
	told := 0
	for _, own := range all {
		for _, n := range own {
			if n != 0 {
				told++
				break
			}
		}
	}
	return told
}
