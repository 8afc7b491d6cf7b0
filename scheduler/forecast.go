package scheduler

import (
	"context"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/forecast"
)

// ForecastState says which answer a forecast gives.
type ForecastState string

// The states of a forecast. Dates and chances are there in the first alone.
const (
	ForecastRunning             ForecastState = "running"   // there is a likely finish
	ForecastComplete            ForecastState = "complete"  // nothing is left to work
	ForecastSuspended           ForecastState = "suspended" // not active, so it cannot be worked
	ForecastEnded               ForecastState = "ended"     // the hard end is past with minutes left
	ForecastNoOffers            ForecastState = "no_offers" // nothing was offered lately and nothing is planned
	ForecastBeyond              ForecastState = "beyond"    // not even half of such people would finish within six years
	chanceUnknown                             = int32(-1)   // of a date that there is not
	forecastAhead                             = 6 * 52 * 7  // days that a forecast looks ahead
	earlyPermille, latePermille               = 100, 900    // the range that holds four in five
	middlePermille                            = 500
)

// Forecast is what is likely for one person's current requirement. It is shown to staff, enters no plan and is never told
// to the person as a promise.
type Forecast struct {
	CRN   model.CRN
	Event int32
	AsOf  model.Date
	State ForecastState

	Left       int32 // minutes still to be worked
	Session    int32 // minutes that a session attended is likely to credit
	Chance     int32 // of coming to a session like those of late, permille
	Outcomes   int32 // recorded, which the chance rests on
	OfferWeeks int32 // whole weeks of late in which places could be offered
	Offered    int32 // places in these weeks
	PerWeek    int32 // places a week that are expected, in hundredths
	Planned    int32 // places that the person has been told of, from today on

	Likely, Early, Late model.Date // half, one in ten and nine in ten of such people finish by then; zero: not foretold
	Target, HardEnd     model.Date // zero: none
	PastTarget          bool
	ByTarget, ByHardEnd int32 // chance to finish by the end of the day, permille; -1: there is no such day, or no forecast

	NeededMinutes int32 // to be worked each week to finish by the target, or by the hard end once the target is past
	NeededBooked  int32 // to be offered each week for that, at the person's chance; at most their weekly maximum

	Reviews []Due // six and nine months after sentence
	Clocks  []Due // induction and first session

	Answer  string // in a sentence or two
	Assumes string // what the dates rest on
}

// Forecast works out what is likely for a person as the record and the clock stand. Week names the snapshot to look at; the
// zero week: the one that holds today. It needs any role.
func (s *Service) Forecast(ctx context.Context, who model.Principal, region string, week model.Week, crn model.CRN) (*Forecast, error) {
	if err := may(who, region, readers); err != nil {
		return nil, err
	}
	if week == (model.Week{}) {
		week = s.thisWeek()
	}
	var out *Forecast
	err := s.Record.View(ctx, region, func(r Reader) error {
		f, _, err := s.currentFacts(r)
		if err != nil {
			return err
		}
		told, sn, err := s.freezeTold(r, f, week)
		if err != nil {
			return err
		}
		out, err = ForecastPerson(sn, told, crn)
		return err
	})
	return out, err
}

// ForecastPerson works out what is likely for a person, from a snapshot and the facts it was frozen from. Somebody unknown
// is a [model.Error] with CodeNotFound; where the policy shows no forecasts, with CodeForbidden.
func ForecastPerson(sn *model.Snapshot, f *model.Facts, crn model.CRN) (*Forecast, error) {
	p := sn.Person(crn)
	if p == nil || len(p.Requirements) == 0 {
		return nil, model.Errorf(model.CodeNotFound, "found nobody with CRN %s; expected one of the region's %d people", crn, len(sn.People))
	}
	if err := mayForetell(sn); err != nil {
		return nil, err
	}
	return newForeteller(sn, f).person(p), nil
}

// mayForetell refuses where the policy shows no forecasts.
func mayForetell(sn *model.Snapshot) error {
	if !sn.Policy.Applies("forecast") {
		return model.Errorf(model.CodeForbidden, "found a policy that switches forecasts off; a region that wants them switches the clause forecast on")
	}
	return nil
}

// foreteller forecasts the people of one region and day. Several goroutines may ask it at once.
type foreteller struct {
	*model.Snapshot
	today   model.Date
	courses *courses
	clocks  clocks
}

func newForeteller(sn *model.Snapshot, f *model.Facts) *foreteller {
	t := &foreteller{Snapshot: sn}
	t.today, _ = sn.Calendar.Local(sn.AsOf)
	t.courses, t.clocks = newCourses(sn, f, t.today), newClocks(sn, f, t.today)
	return t
}

// person works out what is likely for somebody who has a requirement.
func (t *foreteller) person(p *model.Person) *Forecast {
	sn, q := t.Snapshot, foretold(p)
	x := &Forecast{
		CRN: p.CRN, Event: q.Event, AsOf: t.today, State: ForecastRunning, Left: leftOf(q), Target: q.Target, HardEnd: q.HardEnd,
		PastTarget: q.Target != 0 && q.Target < t.today, ByTarget: chanceUnknown, ByHardEnd: chanceUnknown, Outcomes: p.Outcomes,
	}
	x.course(sn, t.courses, p)
	x.Reviews, x.Clocks = t.clocks.reviews(q, x), t.clocks.starts(p, q)
	x.pace(sn, p)
	switch {
	case q.Status == model.Complete || x.Left == 0:
		x.State = ForecastComplete
	case q.Status != model.Active:
		x.State = ForecastSuspended
	case q.HardEnd != 0 && q.HardEnd < t.today:
		x.State = ForecastEnded
	case x.Offered == 0 && x.Planned == 0 && int64(x.OfferWeeks) > sn.Policy.WorthWaitingFree:
		x.State = ForecastNoOffers
	default:
		x.finish(sn, t.courses, p)
	}
	x.say(sn, q)
	return x
}

// foretold gives the requirement that a forecast is about: of the active ones with minutes left that has the earliest
// target, else one with minutes left, else the last.
func foretold(p *model.Person) *model.Requirement {
	var best *model.Requirement
	rank := func(r *model.Requirement) int {
		switch {
		case r.Status == model.Complete || leftOf(r) == 0:
			return 2
		case r.Status != model.Active:
			return 1
		default:
			return 0
		}
	}
	for i := range p.Requirements {
		r := &p.Requirements[i]
		if best == nil || rank(r) < rank(best) || rank(r) == rank(best) && (rank(r) == 2 || r.Target < best.Target) {
			best = r
		}
	}
	return best
}

// leftOf gives the minutes still to be worked, those of published appointments included.
func leftOf(r *model.Requirement) int32 { return max(0, r.Required+r.Adjustment-r.Completed) }

// pace works out what is needed each week.
func (x *Forecast) pace(sn *model.Snapshot, p *model.Person) {
	if x.Left == 0 {
		return
	}
	end := x.Target
	if x.PastTarget {
		end = x.HardEnd
	}
	limit := int64(sn.WeekLimit(p))
	if end < x.AsOf { // neither is to come: as much as a week allows
		x.NeededMinutes, x.NeededBooked = int32(min(limit, int64(x.Left))), int32(limit)
		return
	}
	weeks := max(1, int64(end-x.AsOf)/7)
	x.NeededMinutes = int32((int64(x.Left) + weeks - 1) / weeks)
	per := weeks * max(int64(x.Chance), sn.Policy.WorthPaceFloor)
	x.NeededBooked = int32(min(limit, (1000*int64(x.Left)+per-1)/per))
}

// course tells what the person's weeks were like of late.
func (x *Forecast) course(sn *model.Snapshot, c *courses, p *model.Person) {
	own := c.of(p.CRN)
	x.OfferWeeks, x.Offered, x.Planned = own.weeks, own.offered, own.planned
	offers := own.offers.Shrunk(&c.others, sn.Policy.ForecastOfferWeight)
	x.PerWeek = int32((offers.PerWeek() + 5) / 10)
	x.Session = c.session(own, sn.Policy)
	x.Chance = own.chance(sn, p)
}

// finish works the dates and chances out.
func (x *Forecast) finish(sn *model.Snapshot, c *courses, p *model.Person) {
	own := c.of(p.CRN)
	monday := model.WeekOf(x.AsOf).Monday()
	f := forecast.WhenFinished(forecast.Course{
		Today: int32(x.AsOf - monday), Sessions: (x.Left + x.Session - 1) / x.Session, Chance: x.Chance, Known: sn.Policy.AttendanceWeight + p.Outcomes,
		Offers: own.offers.Shrunk(&c.others, sn.Policy.ForecastOfferWeight), Planned: own.plan,
	})
	for _, d := range []struct {
		permille int32
		to       *model.Date
	}{{earlyPermille, &x.Early}, {middlePermille, &x.Likely}, {latePermille, &x.Late}} {
		if day, found := f.When(d.permille); found {
			*d.to = monday + model.Date(day)
		}
	}
	if x.Likely == 0 {
		x.State = ForecastBeyond
	}
	for _, d := range []struct {
		end model.Date
		to  *int32
	}{{x.Target, &x.ByTarget}, {x.HardEnd, &x.ByHardEnd}} {
		if d.end != 0 {
			*d.to = f.By(int32(min(d.end-monday, forecastAhead)))
		}
	}
}
