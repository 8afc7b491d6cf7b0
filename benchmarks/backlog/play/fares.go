package play

import (
	"cmp"
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
)

// Fare is how some people fared in a year.
type Fare struct {
	People      int   `json:"people"`       // of them were ever on the register with work to do
	OnTime      int   `json:"on_time"`      // orders completed by their target date
	Late        int   `json:"late"`         // completed after it
	Ended       int   `json:"ended"`        // ended with minutes left
	LostMinutes int64 `json:"lost_minutes"` // these minutes
	Weeks       int   `json:"weeks"`        // in which some session would have suited them, summed over people
	Without     int   `json:"without"`      // of these without a place
	LongestWait int   `json:"longest_wait"` // the most such weeks in a row
	LongWaits   int   `json:"long_waits"`   // people who waited so for more than a quarter of a year
}

// Fares tells how women and men fared. The zero value is ready; a nil one notes nothing.
type Fares struct {
	Women, Men Fare

	seen  map[model.CRN]bool
	waits map[model.CRN]int
}

// of gives the fare of those of a sex; nil: nothing is noted of them.
func (f *Fares) of(s model.Sex) *Fare {
	switch {
	case f == nil:
		return nil
	case s == model.Female:
		return &f.Women
	case s == model.Male:
		return &f.Men
	}
	return nil
}

// planned notes who has a place in a week that was planned.
func (f *Fares) planned(sn *model.Snapshot, r *model.Roster, reach *reach) {
	if f == nil {
		return
	}
	booked := map[model.CRN]bool{} // looked up only
	for _, a := range r.Appointments {
		booked[a.CRN] = true
	}
	for i := range sn.People {
		if p := &sn.People[i]; p.Current(sn.Week) != nil {
			f.week(p, booked[p.CRN], booked[p.CRN] || reach.anybody(solver.ActorIx(i), f.waits[p.CRN]))
		}
	}
}

// week notes whether somebody has a place in a week. Suits: some session would have suited them.
func (f *Fares) week(p *model.Person, placed, suits bool) {
	x := f.of(p.Sex)
	if x == nil {
		return
	}
	if f.seen == nil {
		f.seen, f.waits = map[model.CRN]bool{}, map[model.CRN]int{}
	}
	if !f.seen[p.CRN] {
		f.seen[p.CRN] = true
		x.People++
	}
	switch {
	case placed:
		x.Weeks++
		f.waits[p.CRN] = 0
	case suits:
		x.Weeks++
		x.Without++
		f.waits[p.CRN]++
		x.LongestWait = max(x.LongestWait, f.waits[p.CRN])
		if f.waits[p.CRN] == longWait+1 {
			x.LongWaits++
		}
	}
}

// completed notes that an order was completed.
func (f *Fares) completed(s model.Sex, inTime bool) {
	switch x := f.of(s); {
	case x == nil:
	case inTime:
		x.OnTime++
	default:
		x.Late++
	}
}

// ended notes that an order ended with minutes left.
func (f *Fares) ended(s model.Sex, minutes int32) {
	if x := f.of(s); x != nil {
		x.Ended++
		x.LostMinutes += int64(minutes)
	}
}

// sexOf gives the sex of somebody of the region.
func (r *region) sexOf(c model.CRN) model.Sex {
	i, ok := slices.BinarySearchFunc(r.facts.People, c, func(p model.Person, c model.CRN) int { return cmp.Compare(p.CRN, c) })
	if !ok {
		return model.SexOther
	}
	return r.facts.People[i].Sex
}
