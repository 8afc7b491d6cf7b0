package scheduler

import (
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/forecast"
	"github.com/communitypayback/payback/model/policy"
)

// courses tells how often people were told to come of late, and how often they are.
type courses struct {
	people map[model.CRN]*course // looked up only
	others forecast.Offers       // the weeks of everybody
	came   int32                 // sessions that anybody came to in these weeks
	worked int64                 // minutes that they were credited, or that were offered where no credit is told
}

// course is one person's part of it.
type course struct {
	offers  forecast.Offers
	weeks   int32   // whole weeks in which they could be told to come
	offered int32   // how often they were
	plan    []int32 // how often they are, from today on, by week from the current one; as far as weeks are planned
	planned int32
	came    int32
	worked  int64
	adds    int64 // what the sessions of these weeks added to the general chance, permille, in all
}

// newCourses reads the record of the weeks before today and what is planned from then on. Losses that the service caused
// are no offers here, since they say nothing of how often somebody works.
func newCourses(sn *model.Snapshot, f *model.Facts, today model.Date) *courses {
	var (
		c      = &courses{people: make(map[model.CRN]*course, len(sn.People))}
		monday = model.WeekOf(today).Monday()
		first  = monday - 7*model.Date(sn.Policy.ForecastOfferWeeks)
		last   = monday // of the last week that is planned
		byWeek = map[model.CRN][]int32{}
	)
	for i := range f.History {
		if a := &f.History[i]; a.Session.Date >= monday && a.Outcome == "" {
			last = max(last, model.WeekOf(a.Session.Date).Monday())
		}
	}
	ahead := int(last-monday)/7 + 1
	for i := range sn.People {
		c.people[sn.People[i].CRN] = &course{plan: make([]int32, ahead)}
		byWeek[sn.People[i].CRN] = make([]int32, sn.Policy.ForecastOfferWeeks)
	}
	for i := range f.History {
		a := &f.History[i]
		own := c.people[a.CRN]
		switch day := a.Session.Date; {
		case own == nil:
		case day >= today && a.Outcome == "":
			own.plan[int(model.WeekOf(day).Monday()-monday)/7]++
			own.planned++
		case day >= first && day < monday && (a.Outcome == "" || a.Outcome.Presence() != model.NoRecord):
			byWeek[a.CRN][int(model.WeekOf(day).Monday()-first)/7]++
			p := sn.Person(a.CRN)
			own.adds += int64(sn.Attendance.Effects.Of(traitsOf(sn, p, a.Session)))
			if a.Outcome.Presence() == model.Came {
				own.came++
				own.worked += int64(creditOf(a))
			}
		}
	}
	for i := range sn.People {
		p := &sn.People[i]
		own := c.people[p.CRN]
		from := startOf(foretold(p))
		if from == 0 {
			continue
		}
		for w, k := range byWeek[p.CRN] {
			if first+model.Date(7*w) >= from {
				own.offers.Add(k, 1000)
				own.weeks++
				own.offered += k
			}
		}
		c.came += own.came
		c.worked += own.worked
		if q := foretold(p); q.Status == model.Active && leftOf(q) > 0 {
			for k, n := range own.offers {
				c.others[k] += n
			}
		}
	}
	return c
}

// startOf gives the day from which a requirement could be worked; zero: it cannot yet.
func startOf(q *model.Requirement) model.Date {
	if q.Inducted == 0 {
		return 0
	}
	return max(q.Sentenced, q.Inducted)
}

// creditOf gives the minutes of an appointment that somebody came to: those credited, or those offered where the files tell
// no credit.
func creditOf(a *model.Appointment) int32 {
	if a.Credited > 0 {
		return a.Credited
	}
	return a.Minutes()
}

func (c *courses) of(crn model.CRN) *course { return c.people[crn] }

// session gives the minutes that a session is likely to credit: the mean of the person's own of late, with so many of
// others' as a forecast adds weeks.
func (c *courses) session(own *course, b *policy.Book) int32 {
	others := b.WorthDayMinutes
	if c.came > 0 {
		others = c.worked / int64(c.came)
	}
	n := int64(b.ForecastOfferWeight)
	if n+int64(own.came) == 0 {
		return int32(max(1, others))
	}
	return int32(max(1, (n*others+own.worked)/(n+int64(own.came))))
}

// chance gives the person's chance of coming to sessions like those of late.
func (c *course) chance(sn *model.Snapshot, p *model.Person) int32 {
	adds := int32(0)
	if n := int64(c.offered); n > 0 {
		adds = int32(c.adds / n)
	}
	return min(max(p.Attendance+adds, sn.Policy.AttendanceLeast), sn.Policy.AttendanceMost)
}
