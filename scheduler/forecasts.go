package scheduler

import (
	"slices"
	"strings"
	"time"

	"github.com/communitypayback/payback/model"
)

// findForecasts speaks of weather areas whose forecast of the week's coming outdoor work is missing or old.
func (f *findings) findForecasts(sn *model.Snapshot) {
	today, _ := sn.Calendar.Local(sn.AsOf)
	wanted := map[string][]model.Date{} // days of open outdoor sessions; sorted before it reaches anything
	var areas []string
	for i := range sn.Sessions {
		s := &sn.Sessions[i]
		p := sn.Project(s.Key.Project)
		if s.Bar != model.Open || p.Exposure != model.Outdoor || p.Kind != model.Group || s.Key.Date < today {
			continue
		}
		area := sn.WeatherArea(p)
		if wanted[area] == nil {
			areas = append(areas, area)
		}
		if !slices.Contains(wanted[area], s.Key.Date) {
			wanted[area] = append(wanted[area], s.Key.Date)
		}
	}
	slices.Sort(areas)
	for _, area := range areas {
		f.findForecast(sn, area, today, wanted[area])
	}
}

// findForecast speaks of one area. Days farther off than forecasts reach are not missed.
func (f *findings) findForecast(sn *model.Snapshot, area string, today model.Date, days []model.Date) {
	var missing []string
	oldest := sn.AsOf
	for _, d := range sortedDates(days) {
		i := slices.IndexFunc(sn.Outlooks, func(o model.Outlook) bool { return o.WeatherArea == area && o.Date == d })
		switch {
		case i >= 0:
			if at, ok := issuedAt(sn, sn.Outlooks[i].IssuedAt); ok {
				oldest = min(oldest, at)
			}
		case d <= today+model.Date(sn.Policy.ForecastReachDays):
			missing = append(missing, d.String())
		}
	}
	if len(missing) > 0 {
		f.addf(FindingNoForecast, area, "Weather area %s has no forecast for %s, when groups work outdoors.", area, strings.Join(missing, ", "))
	}
	if age := int32(sn.AsOf-oldest) / 60; age > sn.Policy.ForecastOldHours {
		f.addf(FindingOldForecast, area, "The forecast for weather area %s was issued %d hours ago; after %d it counts as old. Take in a newer one.",
			area, age, sn.Policy.ForecastOldHours)
	}
}

func sortedDates(days []model.Date) []model.Date {
	out := slices.Clone(days)
	slices.Sort(out)
	return out
}

// issuedAt reads when a forecast was issued: with a zone, or by the clocks of the region. Other words are not understood.
func issuedAt(sn *model.Snapshot, s string) (model.Instant, bool) {
	s = strings.TrimSpace(s)
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return model.Instant(t.Unix() / 60), true
	}
	day, clock, _ := strings.Cut(strings.Replace(s, " ", "T", 1), "T")
	d, err := model.ParseDate(day)
	if err != nil {
		return 0, false
	}
	c := model.Clock(0)
	if clock != "" {
		if c, err = model.ParseClock(clock); err != nil {
			return 0, false
		}
	}
	return sn.Calendar.Instant(d, c), true
}
