package instance

import (
	"cmp"
	"slices"
	"time"

	"github.com/communitypayback/payback/model"
)

// london gives British local time for a year and two either side by the rule in force since 1996: summer time from the
// last Sunday of March to the last Sunday of October, both at 01:00 UTC.
func london(year int) model.Calendar {
	c := model.Calendar{Zone: "Europe/London", Offsets: []model.Offset{{From: model.Instant(model.NewDate(year-2, time.January, 1)) * 1440}}}
	for y := year - 2; y <= year+2; y++ {
		c.Offsets = append(c.Offsets,
			model.Offset{From: model.Instant(lastSunday(y, time.March))*1440 + 60, Minutes: 60},
			model.Offset{From: model.Instant(lastSunday(y, time.October))*1440 + 60})
	}
	return c
}

func lastSunday(year int, month time.Month) model.Date {
	d := model.NewDate(year, month, 31)
	return d - model.Date(d.Weekday())
}

func winter(d model.Date) bool {
	_, month, _ := d.Civil()
	return month >= time.October || month <= time.March
}

// holidays gives the bank holidays of England and Wales for the given years, by the standing rules alone.
func holidays(years ...int) []model.Holiday {
	var all []model.Holiday
	for _, y := range years {
		e := easter(y)
		all = append(all,
			model.Holiday{Date: substitute(model.NewDate(y, time.January, 1)), Name: "New Year's Day"},
			model.Holiday{Date: e - 2, Name: "Good Friday"},
			model.Holiday{Date: e + 1, Name: "Easter Monday"},
			model.Holiday{Date: mondayFrom(model.NewDate(y, time.May, 1)), Name: "Early May bank holiday"},
			model.Holiday{Date: mondayFrom(model.NewDate(y, time.May, 25)), Name: "Spring bank holiday"},
			model.Holiday{Date: mondayFrom(model.NewDate(y, time.August, 25)), Name: "Summer bank holiday"})
		christmas, boxing := model.NewDate(y, time.December, 25), model.NewDate(y, time.December, 26)
		switch christmas.Weekday() {
		case time.Friday: // Boxing Day on Saturday
			boxing += 2
		case time.Saturday:
			christmas, boxing = christmas+2, boxing+2
		case time.Sunday:
			christmas += 2
		}
		all = append(all, model.Holiday{Date: christmas, Name: "Christmas Day"}, model.Holiday{Date: boxing, Name: "Boxing Day"})
	}
	slices.SortFunc(all, func(a, b model.Holiday) int { return cmp.Compare(a.Date, b.Date) })
	return all
}

// substitute moves a day on a weekend to the Monday.
func substitute(d model.Date) model.Date {
	if w := d.Weekday(); w == time.Saturday || w == time.Sunday {
		return mondayFrom(d)
	}
	return d
}

// mondayFrom gives the first Monday on or after a date.
func mondayFrom(d model.Date) model.Date { return d + model.Date((8-int(d.Weekday()))%7) }

// easter gives Easter Sunday by the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, chapter 8).
func easter(year int) model.Date {
	a, b, c := year%19, year/100, year%100
	h := (19*a + b - b/4 - (b-(b+8)/25+1)/3 + 15) % 30
	l := (32 + 2*(b%4) + 2*(c/4) - h - c%4) % 7
	n := h + l - 7*((a+11*h+22*l)/451) + 114
	return model.NewDate(year, time.Month(n/31), n%31+1)
}

// makeWeather gives each weather area a forecast for two weeks.
func (m *maker) makeWeather() {
	d := newDice(m.Seed, streamWeather)
	issued := (m.monday - 1).String()
	var last string
	for _, t := range m.facts.Teams {
		if t.WeatherArea == last {
			continue
		}
		last = t.WeatherArea
		for i := range model.Date(14) {
			m.facts.Outlooks = append(m.facts.Outlooks, model.Outlook{
				WeatherArea: t.WeatherArea, Date: m.monday + i, RainPermille: int32(m.rain(d, m.monday+i)),
				IssuedAt: issued + "T18:00", Source: "made up",
			})
		}
	}
}

// rain draws a forecast whose mean is the share of wet days, sure of itself on most days.
func (m *maker) rain(d dice, on model.Date) int {
	if m.is(WetWeek) {
		return d.between(wetWeek-100, wetWeek+100)
	}
	wet, dry := wetSummer, 50
	if winter(on) {
		wet, dry = wetWinter, 110
	}
	if d.chance(wet) {
		return d.between(550, 950)
	}
	return d.between(0, dry)
}
